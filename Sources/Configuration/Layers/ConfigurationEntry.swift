import Yams

/// A key that somebody gave a value, and where.
package struct ConfigurationEntry: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    case file(String, line: Int)
    case preset(Preset)
    /// An option of the command line.
    case option(String)
    /// Nobody said otherwise.
    case usual
  }

  /// The way to it, such as `rules` and `table-dropped`.
  package let path: [String]
  package let value: YAMLText
  package let origin: Origin
  /// Whether it is one of a list that grows with each file.
  package var isItem = false

  package init(_ path: [String], _ value: YAMLText, _ origin: Origin) {
    self.path = path
    self.value = value
    self.origin = origin
  }
}

extension ConfigurationEntry {
  /// Finds the values behind a key.
  struct Walk {
    let names: RuleNames
    let origin: (_ line: Int) -> Origin

    func entries(_ node: Node, _ key: ConfigurationKey) -> [ConfigurationEntry] { entries(node, key.shape, [key.name]) }

    private func entries(_ node: Node, _ shape: KeyShape, _ path: [String]) -> [ConfigurationEntry] {
      switch (shape, node) {
      case (.group(let keys), .mapping(let pairs)):
        return pairs.flatMap { key, value in
          guard let name = key.scalar?.string, let known = keys.first(where: { $0.name == name }) else {
            return [ConfigurationEntry]()
          }
          return entries(value, known.shape, path + [name])
        }
      case (.map(let kind, let shape), .mapping(let pairs)):
        return pairs.flatMap { key, value in
          guard let name = key.scalar?.string else { return [ConfigurationEntry]() }
          return entries(value, shape, path + [kind == .rules ? names.presentID(of: name) ?? name : name])
        }
      case (.groups, .sequence(let items)):
        return items.map { item in
          var entry = entry(item, path)
          entry.isItem = true
          return entry
        }
      case (.group, _), (.map, _), (.groups, _):
        // Nothing is given where all of it is commented out.
        return []
      default: return [entry(node, path)]
      }
    }

    private func entry(_ node: Node, _ path: [String]) -> ConfigurationEntry {
      ConfigurationEntry(path, YAMLText(node), origin(node.mark?.line ?? 1))
    }
  }
}

extension [String] {
  /// The way, and all that lead towards it.
  var beginnings: [[String]] { indices.map { Array(self[...$0]) } }
}
