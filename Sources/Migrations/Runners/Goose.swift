import Analysis

/// goose: one file for both directions, statement by statement in a transaction.
struct Goose: RunnerDefinition {
  let name = "goose"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.command(in: $0) == "up" } ? "files hold `-- +goose Up`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(by: name, expecting: "VERSION_name.sql") { stem in
      guard let (digits, rest) = stem.leadingDigits, rest.first == "_" else { return nil }
      return FileName(version: digits, name: String(rest.dropFirst()), key: digits)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] {
    var mode = Migration.TransactionMode.wrapped
    var sections: [Section] = []
    for line in text.lines {
      switch Self.command(in: line.text) {
      case "up": sections.append(Section(direction: .up, ranges: [], transactionMode: mode))
      case "down": sections.append(Section(direction: .down, ranges: [], transactionMode: mode))
      case "no transaction": mode = .none
      default: sections.appendToLast(line.range)
      }
    }
    return sections.with(mode)
  }

  /// `Up` of `-- +goose Up`, in lower case.
  private static func command(in line: Substring) -> String? {
    guard let comment = line.dropping(prefix: "--")?.trimmed, let command = comment.dropping(prefix: "+goose")
    else { return nil }
    return command.split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
  }
}
