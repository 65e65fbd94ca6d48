import Analysis

/// node-pg-migrate's SQL files: `-- Up Migration` and `-- Down Migration` in one file, in a transaction.
struct NodePgMigrate: RunnerDefinition {
  let name = "node-pg-migrate"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.direction(in: $0) == .up } ? "files hold `-- Up Migration`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.named(by: name, expecting: "TIMESTAMP_name.sql") { stem in
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
    for line in text.lines {
      if let direction = Self.direction(in: line.text) {
        sections.append(Section(direction: direction, ranges: [], transactionMode: .wrapped))
      } else {
        sections.appendToLast(line.range)
      }
    }
    return sections.isEmpty ? whole(text, name, .wrapped) : sections
  }

  private static func direction(in line: Substring) -> Migration.Direction? {
    let words = line.dropping(prefix: "--")?.drop { $0 == "-" }.split(whereSeparator: \.isWhitespace)
      .map { $0.lowercased() }
    return switch words {
    case ["up", "migration"]?: .up
    case ["down", "migration"]?: .down
    default: nil
    }
  }
}
