import Analysis

/// tern: `001_name.sql`, both directions around `---- create above / drop below ----`, each in a transaction.
struct Tern: RunnerDefinition {
  let name = "tern"
  private static let separator = "---- create above / drop below ----"
  private static let optOut = "---- tern: disable-tx ----"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { $0 == Self.separator || $0 == Self.optOut } ? "files hold `\(Self.separator)`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(by: name, expecting: "001_name.sql") { stem in
      guard let (digits, rest) = stem.leadingDigits, rest.first == "_" else { return nil }
      return FileName(version: digits, name: String(rest.dropFirst()), key: digits)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] {
    let mode: Migration.TransactionMode = text.lines.contains { $0.text == Self.optOut } ? .none : .wrapped
    var sections = [Section(direction: .up, ranges: [], transactionMode: mode)]
    for line in text.lines {
      if line.text == Self.separator {
        sections.append(Section(direction: .down, ranges: [], transactionMode: mode))
      } else {
        sections.appendToLast(line.range)
      }
    }
    return sections
  }
}
