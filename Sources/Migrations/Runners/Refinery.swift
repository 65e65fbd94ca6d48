import Analysis

/// refinery: `V1__name.sql` in the order of the numbers, each in a transaction; told from Flyway by `refinery.toml`.
struct Refinery: RunnerDefinition {
  let name = "refinery"

  func evidence(in folder: MigrationFolder) -> String? {
    let places = ["refinery.toml", "../refinery.toml", "../../refinery.toml"]
    return folder.files.contains { Self.name(of: $0.stem) != nil } && places.contains(where: folder.has)
      ? "files are named V1__name.sql, and there is refinery.toml" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(by: name, expecting: "V1__name.sql or U1__name.sql", Self.name)
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .wrapped) }

  private static func name(of stem: String) -> FileName? {
    guard stem.first == "V" || stem.first == "U", let (digits, rest) = stem.dropFirst().leadingDigits,
      rest.hasPrefix("__")
    else { return nil }
    return FileName(version: digits, name: String(rest.dropFirst(2)), key: digits)
  }
}
