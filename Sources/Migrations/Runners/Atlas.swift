import Analysis

/// Atlas: `VERSION_name.sql` with `atlas.sum`; each file in a transaction, unless it says `-- atlas:txmode none`.
struct Atlas: RunnerDefinition {
  let name = "atlas"

  func evidence(in folder: MigrationFolder) -> String? { folder.has("atlas.sum") ? "there is atlas.sum" : nil }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.named(by: "Atlas", expecting: "VERSION_name.sql") { stem in
      guard let (digits, rest) = stem.leadingDigits else { return nil }
      return FileName(version: digits, name: String(rest.drop { $0 == "_" }), key: digits)
    }
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] {
    // Directives stand in the comments at the head of the file.
    let head = text.lines.prefix { $0.text.isEmpty || $0.text.hasPrefix("--") }
    let optsOut = head.contains { line in
      let words = line.text.dropping(prefix: "--")?.split(whereSeparator: \.isWhitespace)
      return words == ["atlas:txmode", "none"]
    }
    return whole(text, name, optsOut ? .none : .wrapped)
  }
}
