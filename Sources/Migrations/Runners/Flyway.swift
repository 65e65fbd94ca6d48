import Analysis

/// Flyway: `V1.2__name.sql` in the order of dotted versions, then `R__name.sql`; `U1.2__name.sql` leads down. A file runs in
/// a transaction unless its `.conf` says otherwise or it holds a statement that PostgreSQL refuses there.
struct Flyway: RunnerDefinition {
  let name = "flyway"

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.files.count { Self.parts(of: $0.stem) != nil }
    return known > 0 && known * 2 >= folder.files.count ? "files are named V1__name.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = RunnerFiles()
    var versioned: [(version: [UInt64], file: RunnerFiles.File)] = []
    var repeatable: [RunnerFiles.File] = []
    for file in folder.files {
      guard let (prefix, version, description) = Self.parts(of: file.stem) else {
        result.ignored.append(
          (file, "Flyway does not run it: it is not named V1__name.sql, U1__name.sql or R__name.sql")
        )
        continue
      }
      let numbers = version.split { $0 == "." || $0 == "_" }.compactMap { UInt64($0) }
      let key = numbers.map(String.init).joined(separator: ".")
      let direction: Migration.Direction = prefix == "U" ? .down : .up
      let name = FileName(
        version: version.isEmpty ? nil : version,
        name: description,
        direction: direction,
        key: prefix == "R" ? "R__\(description)" : key
      )
      switch prefix {
      case "R": repeatable.append(.init(file: file, name: name))
      case "B": result.ignored.append((file, "it is a baseline, which stands for earlier versions in a new database"))
      default: versioned.append((numbers, .init(file: file, name: name)))
      }
    }
    let sorted = versioned.sorted { left, right in
      left.version == right.version
        ? NaturalOrder.precedes(left.file.file.path.name, right.file.file.path.name)
        : left.version.lexicographicallyPrecedes(right.version)
    }
    result.files = sorted.map(\.file) + repeatable
    return result
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .wrapped) }

  func transactionMode(besides file: RawPath) -> Migration.TransactionMode? {
    guard let bytes = try? FileSystem.read(RawPath(bytes: file.bytes + Array(".conf".utf8))) else { return nil }
    let optsOut = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).contains {
      $0.filter { !$0.isWhitespace } == "executeInTransaction=false"
    }
    return optsOut ? Migration.TransactionMode.none : nil
  }

  var avoidsRefusedTransactions: Bool { true }

  /// `V`, `1.2` and `name` of `V1.2__name`.
  private static func parts(of stem: String) -> (prefix: Character, version: String, description: String)? {
    guard let prefix = stem.first, "VURB".contains(prefix), let separator = stem.firstRange(of: "__") else {
      return nil
    }
    let version = String(stem[stem.index(after: stem.startIndex)..<separator.lowerBound])
    guard prefix == "R" ? version.isEmpty : version.isVersion else { return nil }
    return (prefix, version, String(stem[separator.upperBound...]))
  }
}

extension String {
  /// Numbers with dots or underscores between them.
  fileprivate var isVersion: Bool {
    !isEmpty && first?.isNumber == true && allSatisfy { $0.isASCII && ($0.isNumber || $0 == "." || $0 == "_") }
  }
}
