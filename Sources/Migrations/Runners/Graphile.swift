import Analysis

/// graphile-migrate: `committed/000001.sql` with `--! ` headers, then `current.sql`; each in a transaction.
struct Graphile: RunnerDefinition {
  let name = "graphile-migrate"

  func evidence(in folder: MigrationFolder) -> String? {
    folder.has("committed") && (folder.has("current.sql") || folder.has("current"))
      ? "there are committed/ and current.sql" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    var result = RunnerFiles()
    result.subfolders = folder.subfolders.filter { $0.name.elementsEqual("committed".utf8) }
    for subfolder in result.subfolders {
      let entries = (try? FileSystem.entries(of: subfolder)) ?? []
      for name in entries.map(\.name).filter(\.isSQLFileName).sorted(by: NaturalOrder.precedes) {
        guard let file = folder.file(String(decoding: name, as: UTF8.self), in: subfolder),
          let (digits, rest) = file.stem.leadingDigits
        else { continue }
        let name = FileName(version: digits, name: String(rest.drop { $0 == "-" }), key: digits)
        result.files.append(.init(file: file, name: name))
      }
    }
    if let current = folder.file("current.sql") {
      result.files.append(.init(file: current, name: FileName(version: nil, name: "current", key: "current")))
    }
    return result
  }

  func sections(of text: MarkedText, named name: FileName) -> [Section] {
    let optsOut = text.lines.contains { $0.text.hasPrefix("--! no-transaction") }
    return whole(text, name, optsOut ? .implicit : .wrapped)
  }
}
