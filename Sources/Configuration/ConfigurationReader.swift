import Linting
import Migrations
import Syntax
import Yams

/// Reads the YAML of a configuration, and notes all that is wrong with it rather than the first thing only.
///
/// Values are taken as they are written: what YAML 1.1 holds for a boolean (`off`, `no`) stays text.
package struct ConfigurationReader {
  private enum Key: String, CaseIterable {
    case runner, transaction
    case startAfter = "start_after"
    case targetVersion = "target_version"
    case timeZone = "time_zone"
    case failOn = "fail_on"
    case approvals, approvers, downtime, rules, paths, exclude, external, baseline
    case foreignSuppressions = "foreign_suppressions"
    case timeouts, tables, sizes, rates, limits, templates
  }

  let names: RuleNames
  var configuration = Configuration()
  private var problems: [ConfigurationFailure.Problem] = []

  package static func read(_ text: String, names: RuleNames) throws(ConfigurationFailure) -> Configuration {
    var reader = ConfigurationReader(names: names)
    do {
      if let root = try ConfigurationText(text).compose() { reader.read(root) }
    } catch let failure as ConfigurationFailure {
      throw failure
    } catch {
      reader.problems.append(ConfigurationFailure.Problem(error))
    }
    guard reader.problems.isEmpty else { throw ConfigurationFailure(problems: reader.problems.sorted()) }
    return reader.configuration
  }

  private init(names: RuleNames) { self.names = names }

  private mutating func read(_ root: Node) {
    for (key, value) in pairs(root, of: "the file") {
      guard let word = text(key, expecting: "a key") else { continue }
      guard let known = Key(rawValue: word) else {
        let advice = NearestName.advice(for: word, among: Key.allCases.map(\.rawValue))
        complain(at: key, "unknown key '\(word)': \(advice)")
        continue
      }
      read(value, of: known)
    }
  }

  private mutating func read(_ value: Node, of key: Key) {
    switch key {
    case .runner:
      configuration.runner = choice(value, of: key.rawValue, among: Runner.allCases)
    case .transaction:
      configuration.transaction = choice(value, of: key.rawValue, among: Migration.TransactionMode.allCases)
    case .startAfter:
      configuration.startAfter = text(value, expecting: "the version of a migration, or git: and a branch")
        .map(Start.init(parsing:))
    case .failOn:
      configuration.failOn = choice(value, of: key.rawValue, among: FailureThreshold.allCases)
    case .targetVersion:
      configuration.targetVersion = version(value)
    case .timeZone:
      configuration.timeZone = text(value, expecting: "the TimeZone of the sessions, such as UTC")
    case .timeouts:
      configuration.timeouts = choice(value, of: key.rawValue, among: Policy.TimeoutPlace.allCases)
    case .approvals:
      readApprovals(value)
    case .approvers:
      readApprovers(value)
    case .downtime:
      configuration.downtimes = textsByRisk(value, of: key.rawValue)
    case .rules:
      readRules(value)
    case .paths:
      configuration.paths = patterns(value, of: key.rawValue, expecting: "a file or a folder")
    case .baseline:
      configuration.baseline = text(value, expecting: "the baseline's file, or none")
    case .foreignSuppressions:
      configuration.honoursForeignComments = flag(value, of: key.rawValue) ?? false
    case .exclude:
      configuration.exclude = patterns(value, of: key.rawValue, expecting: "a glob pattern of paths")
    case .external:
      configuration.external = patterns(value, of: key.rawValue, expecting: "a pattern such as schema.*")
      if configuration.external.count > Self.maximumExternal {
        complain(at: value, "more than \(Self.maximumExternal) patterns: each name that is missing is held against all")
      }
    case .tables: readTables(value)
    case .sizes:
      configuration.sizes = text(value, expecting: "a file that sqllint sizes --query and psql write")
    case .rates: readRates(value)
    case .limits:
      readLimits(value)
    case .templates:
      configuration.templates = text(value, expecting: "a folder with templates of the runbook")
    }
  }

  static let maximumExternal = 500

  private mutating func version(_ node: Node) -> Int? {
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

  private mutating func readRules(_ node: Node) {
    let names = names
    let settings = Risk.allCases.map(\.rawValue) + ["on", "off"]
    for (name, value) in pairs(node, of: Key.rules.rawValue) {
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
        Risk(rawValue: setting).map(Configuration.RuleSetting.risk) ?? (setting == "on" ? .on : .off)
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

  private mutating func readLimits(_ node: Node) {
    for (key, value) in pairs(node, of: Key.limits.rawValue) {
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
