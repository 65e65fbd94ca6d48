import ArgumentParser
import Configuration
import Linting
import Migrations
import Reports
import Rules

/// `sqllint config`
struct ConfigCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "config",
    abstract: "Print what holds for a path, and where each value comes from.",
    discussion: """
      The nearest \(ConfigurationFile.name) counts, with all that it extends, and the options that are given. What is \
      printed can be read as a \(ConfigurationFile.name) itself. --schema prints a JSON Schema for editors.
      """
  )

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case yaml, json
  }

  @Option(help: "As a file with comments, or for other programs.")
  var format = Format.yaml

  @Flag(help: "Print the JSON Schema of \(ConfigurationFile.name) instead.")
  var schema = false

  @OptionGroup var options: CheckOptions
  @OptionGroup(title: "Output options") var appearance: AppearanceOptions

  func run() throws {
    let names = RuleNames(AllRules.all)
    if schema {
      try OutputFile.standardOutput.write(ConfigurationSchema.json(names))
      return
    }
    let place = options.paths.first.flatMap { RawArguments.paths(shownAs: $0).first } ?? RawPath(".")
    var file = options.config.map { ConfigurationFile(path: RawArguments.paths(shownAs: $0).first ?? RawPath($0)) }
    if file == nil { file = try .nearest(to: place, workingFolder: FileSystem.workingFolder()) }
    var effective = try file?.read(names: names) ?? EffectiveConfiguration(names: names)
    if !options.paths.isEmpty, let file {
      for override in effective.configuration.overrides
      where Exclusions(override.paths, from: file.folder).cover(place) {
        for entry in override.entries { effective.note(entry) }
      }
    }
    for entry in try options.entries(names, besides: effective) { effective.note(entry) }
    switch format {
    case .yaml:
      let lines = effective.text(heading: heading(effective)).split(separator: "\n", omittingEmptySubsequences: false)
      let text = lines.map { String($0).visible }.joined(separator: "\n")
      try OutputFile.standardOutput.write(painted(text).withoutCommands)
    case .json: try OutputFile.standardOutput.write(try JSONText.text(Document(effective)))
    }
  }

  private func heading(_ effective: EffectiveConfiguration) -> [String] {
    let files = effective.files
    guard let own = files.last else {
      return ["There is no \(ConfigurationFile.name): this is the preset \(Preset.default.rawValue)."]
    }
    let others = files.dropLast()
    return [others.isEmpty ? own : "\(own), which builds upon \(others.joined(separator: ", "))"]
  }

  /// Comments stand back in a terminal.
  private func painted(_ text: String) -> String {
    let style = appearance.style(on: .current())
    guard style.color else { return text }
    let paint = ANSIStyle(isOn: true)
    return text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      guard let start = line.range(of: line.hasPrefix("#") ? "#" : "  # ", options: .backwards) else {
        return String(line)
      }
      return line[..<start.lowerBound] + paint(String(line[start.lowerBound...]), .cyan)
    }.joined(separator: "\n")
  }

  // MARK: - JSON

  private struct Document: Encodable {
    struct Entry: Encodable {
      let file: String?
      let key: [String]
      let line: Int?
      let origin: String
      let value: Value
    }

    let files: [String]
    let keys: [Entry]
    let schemaVersion = 1

    init(_ effective: EffectiveConfiguration) {
      files = effective.files
      keys = effective.complete.map { entry in
        let place: (String, Int)? = if case .file(let file, let line) = entry.origin { (file, line) } else { nil }
        return Entry(
          file: place?.0,
          key: entry.path,
          line: place?.1,
          origin: entry.origin.kind,
          value: Value(text: entry.value)
        )
      }
    }
  }

  /// Texts, lists and groups; what is written is not taken for a number.
  private struct Value: Encodable {
    let text: YAMLText

    struct Key: CodingKey {
      let stringValue: String
      let intValue: Int? = nil

      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    func encode(to encoder: any Encoder) throws {
      switch text {
      case .text(let text):
        var container = encoder.singleValueContainer()
        try container.encode(text)
      case .list(let items):
        var container = encoder.unkeyedContainer()
        for item in items { try container.encode(Value(text: item)) }
      case .group(let pairs):
        var container = encoder.unkeyedContainer()
        for pair in pairs { try container.encode([pair.key: Value(text: pair.value)]) }
      }
    }
  }
}

extension ConfigurationEntry.Origin {
  /// For programs.
  fileprivate var kind: String {
    switch self {
    case .file: "file"
    case .preset(let preset): "preset \(preset.rawValue)"
    case .option(let option): option
    case .usual: "default"
    }
  }
}

extension CheckOptions {
  /// What options say of keys.
  fileprivate func entries(
    _ names: RuleNames,
    besides effective: EffectiveConfiguration
  ) throws(CommandFailure) -> [ConfigurationEntry] {
    var entries: [ConfigurationEntry] = []
    func note(_ path: [String], _ value: String?, _ origin: String) {
      if let value { entries.append(ConfigurationEntry(path, .text(value), .option(origin))) }
    }
    note(["fail_on"], failOn?.rawValue, "--fail-on")
    note(["runner"], runner?.rawValue, "--runner")
    note(["transaction"], transaction?.rawValue, "--transaction")
    note(["target_version"], targetVersion.map(String.init), "--target-version")
    note(["sizes"], sizes, "--sizes")
    switch since {
    case .version(let version)?: note(["start_after"], version, "--since")
    case .git(let branch)?: note(["start_after"], "git:\(branch)", "--since")
    case .changed?, .releases?, nil: break
    }
    if changed, let target = ContinuousIntegration.current.target {
      note(["start_after"], "git:\(target.branch)", target.variable)
    }
    if !exclude.isEmpty {
      let patterns = effective.configuration.exclude.map(\.text) + exclude
      entries.append(ConfigurationEntry(["exclude"], .list(patterns.map(YAMLText.text)), .option("--exclude")))
    }
    if !rules.isEmpty {
      let wanted = Set(try names.ids(of: rules, option: "--rules"))
      for id in names.ids where !wanted.contains(id) && !CheckRun.rulesAboutReading.contains(id) {
        note(["rules", id], "off", "--rules")
      }
    }
    for id in try names.ids(of: excludeRules, option: "--exclude-rules") {
      note(["rules", id], "off", "--exclude-rules")
    }
    return entries
  }
}
