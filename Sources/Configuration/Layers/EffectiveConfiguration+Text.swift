extension EffectiveConfiguration {
  /// All keys with their values, in the order of their table; those that nobody gave with what is usual.
  package var complete: [ConfigurationEntry] {
    var given: [[String]: [ConfigurationEntry]] = [:]
    for entry in entries { given[Array(entry.path.prefix(1)), default: []].append(entry) }
    return ConfigurationKey.all.flatMap { Self.complete($0, below: [], among: given[[$0.name]] ?? []) }
  }

  private static func complete(
    _ key: ConfigurationKey,
    below path: [String],
    among given: [ConfigurationEntry]
  ) -> [ConfigurationEntry] {
    let path = path + [key.name]
    if case .group(let keys) = key.shape {
      return keys.flatMap { complete($0, below: path, among: given) }
    }
    let own = given.filter { $0.path.starts(with: path) }
    if !own.isEmpty { return own.sorted { $0.isItem || $1.isItem ? false : $0.path.last ?? "" < $1.path.last ?? "" } }
    return key.usual.map { [ConfigurationEntry(path, YAMLText(usual: $0), .usual)] } ?? []
  }

  /// The whole as a file of its own, in which a comment on each line says where its value comes from.
  ///
  /// Paths stand as they are written; those of a file in another folder count from there.
  package func text(heading: [String] = []) -> String {
    var lines: [(text: String, origin: String?)] = []
    var open: [String] = []
    for entry in complete {
      if entry.isItem {
        if open != entry.path { lines.append(("\(entry.path.joined(separator: ".")):", nil)) }
        open = entry.path
        lines.append(("  - \(entry.value.flow)", entry.origin.words))
        continue
      }
      let groups = Array(entry.path.dropLast())
      let shared = zip(open, groups).prefix { $0 == $1 }.count
      for depth in shared..<max(groups.count, shared) {
        lines.append(("\(Self.indent(depth))\(YAMLText.scalar(groups[depth])):", nil))
      }
      open = groups
      let key = YAMLText.scalar(entry.path.last ?? "")
      lines.append(("\(Self.indent(groups.count))\(key): \(entry.value.flow)", entry.origin.words))
    }
    let width = min(
      lines.filter { $0.origin != nil && $0.text.count <= Self.widest }.map(\.text.count).max() ?? 0,
      Self.widest
    )
    let body = lines.map { line in
      guard let origin = line.origin else { return line.text }
      let padding = String(repeating: " ", count: max(width - line.text.count, 0))
      return "\(line.text)\(padding)  # \(origin)"
    }
    return (heading.map { "# \($0)" } + body).joined(separator: "\n") + "\n"
  }

  private static func indent(_ depth: Int) -> String { String(repeating: "  ", count: depth) }

  /// Longer lines have their comments behind them.
  private static let widest = 52
}

extension ConfigurationEntry.Origin {
  /// For people.
  package var words: String {
    switch self {
    case .file(let name, let line): "\(name):\(line)"
    case .preset(let preset): "preset \(preset.rawValue)"
    case .option(let option): option
    case .usual: "default"
    }
  }
}
