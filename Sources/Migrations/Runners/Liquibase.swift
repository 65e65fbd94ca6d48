import Analysis

/// Liquibase's formatted SQL: changesets in files, statement by statement in a transaction each.
struct Liquibase: RunnerDefinition {
  let name = "liquibase"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.directive(in: $0)?.name == "liquibase" } ? "files hold `--liquibase formatted sql`" : nil
  }

  /// As `includeAll` takes them: in the order of their names.
  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.named(by: "Liquibase", expecting: "anything.sql") { stem in
      let (digits, rest) = stem.leadingDigits ?? ("", stem)
      return FileName(
        version: digits.isEmpty ? nil : digits,
        name: String(rest.drop { $0 == "_" || $0 == "-" }),
        key: stem
      )
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] {
    var sections: [Section] = []
    var rollbacks: [Section] = []
    for line in text.lines {
      switch Self.directive(in: line.text) {
      case ("changeset", let rest)?:
        let words = rest.split(whereSeparator: \.isWhitespace)
        let optsOut = words.contains { $0.lowercased() == "runintransaction:false" }
        let mode: Migration.TransactionMode = optsOut ? .none : .wrapped
        sections.append(
          Section(direction: .up, ranges: [], transactionMode: mode, version: words.first.map(String.init))
        )
      case ("rollback", let rest)?:
        guard let up = sections.last else { continue }
        // What stands behind the word is SQL, at the end of the line.
        let start = line.range.lowerBound + text.utf8[line.range].count - text.utf8[line.range].suffixCount(of: rest)
        if rollbacks.last?.version != up.version {
          rollbacks.append(
            Section(direction: .down, ranges: [], transactionMode: up.transactionMode, version: up.version)
          )
        }
        let isWord = ["empty", "not required"].contains(rest.lowercased())
        if !isWord { rollbacks.appendToLast(start..<line.range.upperBound) }
      case ("liquibase", _)?, ("comment", _)?, ("preconditions", _)?, ("precondition-sql-check", _)?, ("property", _)?,
        ("ignorelines", _)?:
        break
      default: sections.appendToLast(line.range)
      }
    }
    return sections.flatMap { up in [up] + rollbacks.filter { $0.version == up.version } }
  }

  /// `changeset` and what follows of `--changeset author:id`; the name in lower case.
  private static func directive(in line: Substring) -> (name: String, rest: Substring)? {
    guard let comment = line.dropping(prefix: "--")?.trimmed else { return nil }
    let name = comment.prefix { !$0.isWhitespace && $0 != ":" }.lowercased()
    let known = [
      "liquibase", "changeset", "rollback", "comment", "preconditions", "precondition-sql-check", "property",
      "ignorelines",
    ]
    guard known.contains(name) else { return nil }
    return (name, comment.dropFirst(name.count).drop { $0 == ":" || $0 == " " || $0 == "\t" })
  }
}

extension ArraySlice<UInt8> {
  /// How many bytes from the start of a text to the end.
  fileprivate func suffixCount(of text: Substring) -> Int {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty, count >= wanted.count else { return 0 }
    for start in stride(from: endIndex - wanted.count, through: startIndex, by: -1)
    where self[start..<start + wanted.count].elementsEqual(wanted) {
      return endIndex - start
    }
    return 0
  }
}
