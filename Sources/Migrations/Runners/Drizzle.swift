import Analysis

/// Drizzle: `meta/_journal.json` lists the files; statements between breakpoints one after the other, all in a transaction.
struct Drizzle: RunnerDefinition {
  let name = "drizzle"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.has("meta/_journal.json") ? "there is meta/_journal.json" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    let tags = Self.tags(in: folder.text(of: "meta/_journal.json") ?? "")
    var result = RunnerFiles()
    for tag in tags {
      guard let file = folder.files.first(where: { $0.stem == tag }) else { continue }
      let (digits, rest) = tag.leadingDigits ?? ("", tag)
      let name = FileName(version: digits.isEmpty ? nil : digits, name: String(rest.drop { $0 == "_" }), key: tag)
      result.files.append(.init(file: file, name: name))
    }
    result.ignored = folder.files.filter { !tags.contains($0.stem) }
      .map { ($0, "Drizzle does not run it: meta/_journal.json does not list it") }
    return result
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] { whole(text, name, .wrapped) }

  /// The values of `"tag"`, in the order of the entries.
  private static func tags(in json: String) -> [String] {
    json.split(separator: "\"tag\"").dropFirst().compactMap { part in
      let value = part.drop { $0 == " " || $0 == ":" || $0.isNewline || $0 == "\t" }
      guard value.first == "\"" else { return nil }
      return String(value.dropFirst().prefix { $0 != "\"" })
    }
  }
}
