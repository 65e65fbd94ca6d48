import Analysis

/// diesel: a folder with `up.sql` and `down.sql` for each migration; a file in one query and a transaction.
struct Diesel: RunnerDefinition {
  let name = "diesel"

  func evidence(in folder: MigrationFolder) -> String? {
    let known = folder.subfolders.count { Self.version(of: $0) != nil && folder.file("up.sql", in: $0) != nil }
    return known > folder.files.count
      ? "folders named VERSION_name hold up.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["up.sql": .up, "down.sql": .down]) { subfolder in
      guard let version = Self.version(of: subfolder) else { return nil }
      // Source: diesel compares versions without their dashes.
      return (version, version.filter { $0 != "-" })
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .wrapped) }

  func transactionMode(besides file: RawPath) -> Migration.TransactionMode? {
    let metadata = file.folder.appending(Array("metadata.toml".utf8))
    guard let bytes = try? FileSystem.read(metadata) else { return nil }
    let optsOut = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).contains {
      $0.filter { !$0.isWhitespace } == "run_in_transaction=false"
    }
    // The file still comes in one query.
    return optsOut ? .implicit : nil
  }

  /// `2024-02-12-120203` of `2024-02-12-120203_remove_index`.
  private static func version(of folder: RawPath) -> String? {
    let name = String(decoding: folder.name, as: UTF8.self)
    guard let underscore = name.firstIndex(of: "_") else { return nil }
    let version = name[..<underscore]
    let isNumber = version.allSatisfy { $0.isASCII && $0.isNumber || $0 == "-" } && version.contains(where: \.isNumber)
    return isNumber ? String(version) : nil
  }
}
