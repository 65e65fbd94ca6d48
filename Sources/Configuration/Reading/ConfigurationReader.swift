import Linting
import Migrations
import Syntax
import Yams

/// Reads the YAML of a configuration, and notes all that is wrong with it rather than the first thing only.
///
/// Values are taken as they are written: what YAML 1.1 holds for a boolean (`off`, `no`) stays text.
package struct ConfigurationReader {
  let names: RuleNames
  /// The folder that its paths count from, from that of the file which was found.
  let folder: String
  private let origin: (_ line: Int) -> ConfigurationEntry.Origin
  var configuration = Configuration()
  /// What it builds upon, in the order of the text.
  var extensions: [ConfigurationLayer.Extension] = []
  private var entries: [ConfigurationEntry] = []
  private var problems: [ConfigurationFailure.Problem] = []

  /// What a text says by itself, whatever it builds upon.
  package static func read(_ text: String, names: RuleNames) throws(ConfigurationFailure) -> Configuration {
    try layer(text, of: "", in: "", names: names).partial.configuration
  }

  /// What a file says, with the places of it all.
  static func layer(
    _ text: String,
    of file: String,
    in folder: String,
    names: RuleNames,
    origin: @escaping (_ line: Int) -> ConfigurationEntry.Origin = { .file("", line: $0) }
  ) throws(ConfigurationFailure) -> ConfigurationLayer {
    var reader = ConfigurationReader(names: names, folder: folder, origin: origin)
    do {
      if let root = try ConfigurationText(text).compose() { reader.read(root) }
    } catch let failure as ConfigurationFailure {
      throw failure
    } catch {
      reader.problems.append(ConfigurationFailure.Problem(error))
    }
    guard reader.problems.isEmpty else { throw ConfigurationFailure(problems: reader.problems.sorted()) }
    return ConfigurationLayer(
      partial: Partial(configuration: reader.configuration, given: Set(reader.entries.flatMap(\.path.beginnings))),
      entries: reader.entries,
      extensions: reader.extensions
    )
  }

  private init(names: RuleNames, folder: String, origin: @escaping (_ line: Int) -> ConfigurationEntry.Origin) {
    self.names = names
    self.folder = folder
    self.origin = origin
  }

  private mutating func read(_ root: Node) {
    let keys = ConfigurationKey.all
    for (key, value) in pairs(root, of: "the file") {
      guard let word = text(key, expecting: "a key") else { continue }
      guard let known = keys.first(where: { $0.name == word }) else {
        complain(at: key, "unknown key '\(word)': \(NearestName.advice(for: word, among: keys.map(\.name)))")
        continue
      }
      read(value, of: known)
    }
  }

  /// Reads what stands behind a key, and notes what is given.
  private mutating func read(_ value: Node, of key: ConfigurationKey) {
    key.read(&self, value)
    entries += ConfigurationEntry.Walk(names: names, origin: origin).entries(value, key)
  }

  // MARK: - What holds for some migrations

  mutating func readOverrides(_ node: Node) {
    guard case .sequence(let items) = node else {
      if case .scalar(let scalar) = node, scalar.isNull { return }
      complain(at: node, "overrides is \(node.shape): expected a list, a group of keys each after '- '")
      return
    }
    guard items.count <= Self.maximumOverrides else {
      complain(at: node, "more than \(Self.maximumOverrides) overrides: each migration is held against all")
      return
    }
    for item in items {
      if let override = override(item) { configuration.overrides.append(override) }
    }
  }

  private mutating func override(_ node: Node) -> Configuration.Override? {
    var other = ConfigurationReader(names: names, folder: folder, origin: origin)
    var paths: [String]?
    for (key, value) in pairs(node, of: "an override") {
      guard let word = text(key, expecting: "a key") else { continue }
      if word == ConfigurationKey.overridePaths.name {
        paths = oneOrMore(value, expecting: "a glob pattern of paths")
      } else if let known = ConfigurationKey.overridable.first(where: { $0.name == word }) {
        other.read(value, of: known)
      } else {
        complain(at: key, Self.complaint(aboutOverriding: word))
      }
    }
    problems += other.problems
    guard let paths, !paths.isEmpty else {
      if paths != nil || problems.isEmpty {
        complain(at: node, "it is not said which migrations this is about: expected paths: with glob patterns")
      }
      return nil
    }
    let given = Set(other.entries.flatMap(\.path.beginnings))
    for key in ["required", "comments", "bound"] where given.contains(["approvals", key]) {
      complain(at: node, "approvals.\(key) is for the whole run: it cannot stand in an override")
    }
    return Configuration.Override(
      paths: paths.map(placed),
      partial: Partial(configuration: other.configuration, given: given),
      entries: other.entries
    )
  }

  private static func complaint(aboutOverriding word: String) -> String {
    let keys = [ConfigurationKey.overridePaths.name] + ConfigurationKey.overridable.map(\.name)
    let isKey = ConfigurationKey.all.contains { $0.name == word }
    let problem =
      isKey ? "'\(word)' holds for all migrations of the file, and cannot be overridden" : "unknown key '\(word)'"
    return isKey
      ? "\(problem): an override has \(NearestName.alternatives(keys))"
      : "\(problem): \(NearestName.advice(for: word, among: keys))"
  }

  private static let maximumOverrides = 200

  // MARK: - What it builds upon

  static let expectedExtension =
    "a preset (\(NearestName.alternatives(Preset.allCases.map(\.rawValue)))) or a file such as ./base.yml"

  mutating func readExtensions(_ node: Node) {
    let nodes = if case .sequence(let items) = node { Array(items) } else { [node] }
    for node in nodes {
      guard let word = text(node, expecting: Self.expectedExtension) else { continue }
      configuration.extends.append(word)
      let target: ConfigurationLayer.Extension.Target
      if let preset = Preset(rawValue: word) {
        target = .preset(preset)
      } else if word.contains("://") {
        complain(at: node, "'\(word)' is not read: only files of the project are, and nothing from the network")
        continue
      } else if word.contains("/") || word.hasSuffix(".yml") || word.hasSuffix(".yaml") {
        target = .file(word)
      } else {
        let near = NearestName.candidates(for: word, among: Preset.allCases.map(\.rawValue))
        let advice =
          near.isEmpty ? "it is \(Self.expectedExtension)" : "did you mean \(NearestName.alternatives(near))?"
        complain(at: node, "'\(word)' is neither a preset nor a file: \(advice)")
        continue
      }
      let mark = node.mark
      extensions.append(.init(target: target, line: mark?.line ?? 1, column: mark?.column ?? 1))
    }
  }

  func placed(_ text: String) -> PlacedText { PlacedText(text, in: folder) }

  // MARK: - Values

  static let maximumExternal = 500

  mutating func version(_ node: Node) -> Int? {
    let versions = Policy.supportedVersions
    let expected = "a major version of PostgreSQL, \(versions.lowerBound) to \(versions.upperBound)"
    guard let word = text(node, expecting: expected) else { return nil }
    guard let version = Int(word), versions.contains(version) else {
      complain(at: node, "target_version is '\(word)': expected \(expected)")
      return nil
    }
    return version
  }

  mutating func textsByRisk(_ node: Node, of key: String) -> [Risk: String] {
    var texts: [Risk: String] = [:]
    for (name, value) in pairs(node, of: key) {
      guard let risk = choice(name, of: "a key of \(key)", among: Risk.allCases),
        let text = text(value, expecting: "a text")
      else { continue }
      guard text.unicodeScalars.count <= Self.maximumText else {
        complain(
          at: value,
          "the text is longer than \(Self.maximumText) characters, and stands in each row of a report"
        )
        continue
      }
      texts[risk] = text
    }
    return texts
  }

  static let maximumText = 200

  static let ruleSettings = Risk.allCases.map(\.rawValue) + ["advice", "on", "off"]

  mutating func readRules(_ node: Node) {
    let names = names
    let settings = Self.ruleSettings
    for (name, value) in pairs(node, of: "rules") {
      guard let word = text(name, expecting: "the name of a rule") else { continue }
      let id = names.presentID(of: word)
      if id == nil { complain(at: name, names.complaint(about: word)) }
      guard let setting = text(value, expecting: NearestName.alternatives(settings)) else { continue }
      guard settings.contains(setting) else {
        complain(
          at: value,
          "'\(setting)' is not a setting of a rule: \(NearestName.advice(for: setting, among: settings))"
        )
        continue
      }
      guard let id else { continue }
      guard configuration.rules[id] == nil else {
        complain(at: name, "\(id) is set already: '\(word)' is another name of it")
        continue
      }
      configuration.rules[id] =
        Risk(rawValue: setting).map(Configuration.RuleSetting.risk)
        ?? (setting == "on" ? .on : setting == "advice" ? .advice : .off)
    }
  }

  mutating func patterns(_ node: Node, of key: String, expecting expected: String) -> [String] {
    switch node {
    case .sequence(let patterns): return patterns.compactMap { text($0, expecting: expected) }
    case .scalar(let scalar) where scalar.isNull: return []
    default:
      complain(at: node, "\(key) is \(node.shape): expected a list, a pattern a line, each after '- '")
      return []
    }
  }

  mutating func readLimits(_ node: Node) {
    for (key, value) in pairs(node, of: "limits") {
      guard let name = choice(key, of: "a key of limits", among: Limits.Name.allCases) else { continue }
      let expected = "a number from 1 to \(name.maximum)"
      guard let word = text(value, expecting: expected) else { continue }
      if let number = Int(word), (1...name.maximum).contains(number) {
        configuration.limits[name] = number
      } else {
        complain(at: value, "\(name.rawValue) is '\(word)': expected \(expected)")
      }
    }
  }

  // MARK: - Shapes

  /// The entries of a mapping; none, and no complaint, where all of them are commented out.
  mutating func pairs(_ node: Node, of owner: String) -> [(key: Node, value: Node)] {
    switch node {
    case .mapping(let mapping): return mapping.map { ($0.key, $0.value) }
    case .scalar(let scalar) where scalar.isNull: return []
    default:
      complain(at: node, "\(owner) is \(node.shape): expected lines of 'key: value'")
      return []
    }
  }

  /// One text, or a list of them.
  mutating func oneOrMore(_ node: Node, expecting expected: String) -> [String] {
    guard case .sequence(let items) = node else { return text(node, expecting: expected).map { [$0] } ?? [] }
    return items.compactMap { text($0, expecting: expected) }
  }

  mutating func text(_ node: Node, expecting expected: String) -> String? {
    guard case .scalar(let scalar) = node else {
      complain(at: node, "this is \(node.shape): expected \(expected)")
      return nil
    }
    guard !scalar.isNull, !scalar.string.isEmpty else {
      complain(at: node, "the value is missing: expected \(expected)")
      return nil
    }
    return scalar.string
  }

  mutating func choice<Choice: RawRepresentable<String>>(
    _ node: Node,
    of owner: String,
    among choices: [Choice]
  ) -> Choice? {
    let words = choices.map(\.rawValue)
    guard let word = text(node, expecting: NearestName.alternatives(words)) else { return nil }
    if let choice = Choice(rawValue: word) { return choice }
    complain(at: node, "'\(word)' is not a value of \(owner): \(NearestName.advice(for: word, among: words))")
    return nil
  }

  /// Nothing but these words: YAML 1.1 knows more, which differ from YAML 1.2.
  mutating func flag(_ node: Node, of key: String) -> Bool? {
    guard let word = text(node, expecting: "true or false") else { return nil }
    switch word.lowercased() {
    case "true", "yes": return true
    case "false", "no": return false
    default:
      complain(at: node, "\(key) is '\(word)': expected true or false")
      return nil
    }
  }

  /// Of a file that is wrong throughout, as much as people read; to look for near names takes its time.
  private static let maximumProblems = 100

  mutating func complain(at node: Node, _ message: @autoclosure () -> String) {
    guard problems.count <= Self.maximumProblems else { return }
    let text = problems.count < Self.maximumProblems ? message() : "and so on: fix these first"
    problems.append(
      ConfigurationFailure.Problem(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, message: text)
    )
  }
}

extension Node {
  var shape: String {
    switch self {
    case .scalar: "a single value"
    case .sequence: "a list"
    case .mapping: "a group of keys"
    case .alias: "an alias"
    }
  }
}

extension Node.Scalar {
  /// Whether nothing is written, or YAML's word for it.
  var isNull: Bool { style == .plain && ["", "~", "null", "Null", "NULL"].contains(string) }
}

extension ConfigurationFailure.Problem {
  /// What libyaml says of text that is no YAML.
  fileprivate init(_ error: any Error) {
    switch error as? YamlError {
    case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
      .composer(let context, let problem, let mark, _):
      let message = [context?.text, problem].compactMap(\.self).joined(separator: ", ")
      self.init(line: mark.line, column: mark.column, message: "this is not YAML: \(message)")
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\($0)'" }.joined(separator: ", ")
      self.init(
        line: context.mark.line,
        column: context.mark.column,
        message: "\(names) is given more than once: keep one"
      )
    case .reader(let problem, let offset, _, let text):
      let before = text.prefix(offset ?? 0).split(separator: "\n", omittingEmptySubsequences: false)
      self.init(
        line: max(before.count, 1),
        column: (before.last?.unicodeScalars.count ?? 0) + 1,
        message: "this is not YAML: \(problem)"
      )
    default:
      self.init(line: 1, column: 1, message: "this is not YAML: \(error)")
    }
  }
}
