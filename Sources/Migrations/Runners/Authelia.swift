import Analysis

/// Authelia's own: `V0001.Name.up.sql` and `V0001.Name.down.sql`.
struct Authelia: RunnerDefinition {
  let name = "authelia"

  func evidence(in folder: MigrationFolder) -> String? {
    !folder.files.isEmpty && folder.files.allSatisfy { Self.name(of: $0.stem) != nil }
      ? "all files are named V0001.Name.up.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(by: "Authelia", expecting: "V0001.Name.up.sql or V0001.Name.down.sql", Self.name)
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .implicit) }

  private static func name(of stem: String) -> FileName? {
    guard stem.first == "V", let (digits, rest) = stem.dropFirst().leadingDigits, rest.first == ".",
      let dot = rest.lastIndex(of: "."), dot != rest.startIndex,
      let direction = Migration.Direction(rawValue: String(rest[rest.index(after: dot)...]))
    else { return nil }
    let name = rest[rest.index(after: rest.startIndex)..<dot]
    return FileName(version: digits, name: String(name), direction: direction, key: digits)
  }
}
