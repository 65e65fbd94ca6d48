import Foundation
import Linting
import Migrations
import Rules
import Testing

@testable import Configuration
@testable import SQLLint

private let names = RuleNames(AllRules.all)

/// What a file says with files beside it.
private func resolve(_ text: String, _ files: [String: String] = [:]) throws -> EffectiveConfiguration {
  try ConfigurationChain.resolve(.init(name: "c.yml", text: text), names: names) { place in
    files[place.text].map { .success(.init(name: place.text, text: $0)) } ?? .failure(.init("it is not there"))
  }
}

private func problems(_ text: String, _ files: [String: String] = [:]) -> [String] {
  do {
    _ = try resolve(text, files)
    return []
  } catch {
    return (error as? ConfigurationFailure)?.messages(for: "?") ?? ["\(error)"]
  }
}

@Suite("Configurations that build upon others")
struct ConfigurationLayerTests {
  @Test("the later of what is extended wins, the file over all, and groups count key by key")
  func order() throws {
    let files = [
      "a.yml":
        "fail_on: low\nexclude: [x]\nrules: {table-dropped: low, column-dropped: off}\napprovals: {high: A, rules: {table-*: X}}\n",
      "b.yml": "fail_on: high\nrules: {table-dropped: critical}\napprovers: {CTO: ['@c']}\nlimits: {files: 7}\n",
    ]
    let found = try resolve(
      "extends: [./a.yml, b.yml]\nexclude: []\napprovals: {critical: B, rules: {table-*: Y}}\nlimits: {inclusions: 3}\n",
      files
    ).configuration
    #expect(found.failOn == .risk(.high))
    #expect(found.exclude == [])
    #expect(found.rules["table-dropped"] == .risk(.critical))
    #expect(found.rules["column-dropped"] == .off)
    #expect(found.approvals == [.high: "A", .critical: "B"])
    #expect(found.approvalPolicy.conditions.map(\.requirement.text) == ["Y"])
    #expect(found.approvalPolicy.members == ["CTO": ["@c"]])
    #expect(found.limits[.files] == 7 && found.limits[.inclusions] == 3)
  }

  @Test("paths count from the folder of the file in which they stand")
  func places() throws {
    let found = try resolve("extends: ../base.yml\npaths: [m]\n", ["../base.yml": "exclude: [s/*.sql]\nsizes: s.csv\n"])
    #expect(found.configuration.paths == ["m"])
    #expect(found.configuration.exclude == [PlacedText("s/*.sql", in: "..")])
    #expect(found.configuration.sizes?.path(from: RawPath("/p/a")).text == "/p/s.csv")
    #expect(found.configuration.sizes == PlacedText("s.csv", in: ".."))
    #expect(found.files == ["../base.yml", "c.yml"])
  }

  @Test("a file that leads back to itself is told with the way")
  func circle() {
    let files = ["a.yml": "extends: x/b.yml", "x/b.yml": "\nextends: ../a.yml"]
    #expect(
      problems("extends: a.yml", files) == [
        "x/b.yml:2:10: extends leads back to where it began: a.yml → x/b.yml → a.yml"
      ]
    )
    #expect(
      problems("extends: x/../c.yml") == ["c.yml:1:10: extends leads back to where it began: c.yml → c.yml"]
    )
  }

  @Test("what doubles with each file ends")
  func doubling() {
    var files: [String: String] = [:]
    for index in 0..<40 { files["\(index).yml"] = "extends: [\(index + 1).yml, ./\(index + 1).yml]" }
    #expect(problems("extends: 0.yml", files).first?.hasSuffix("extends reads more than 32 files") == true)
  }

  @Test(
    "what cannot be extended is told with its place",
    arguments: [
      ("extends: stirct", "c.yml:1:10: 'stirct' is neither a preset nor a file: did you mean strict?"),
      (
        "extends: zzz",
        "c.yml:1:10: 'zzz' is neither a preset nor a file: it is a preset (strict, default or quiet) or a file such as "
          + "./base.yml"
      ),
      (
        "extends: https://example.com/x.yml",
        "c.yml:1:10: 'https://example.com/x.yml' is not read: only files of the project are, and nothing from the network"
      ),
      ("extends:\n  - strict\n  - ./x.yml", "c.yml:3:5: extends: ./x.yml: it is not there"),
      ("extends: a.yml", "a.yml:2:10: 'hihg' is not a value of fail_on: did you mean high?"),
    ]
  )
  func mistakes(_ text: String, _ message: String) {
    #expect(problems(text, ["a.yml": "\nfail_on: hihg"]) == [message])
  }

  @Test("each value is told with its place, and the whole reads as it is printed")
  func origins() throws {
    let text = """
      extends: [quiet, a.yml]
      fail_on: high
      rules:
        drop-column-x: low
      """.replacing("drop-column-x", with: "table-dropped")
      + "\napprovals: {high: {by: ['A \"B\"', \"*\"], count: 2}, tables: {'billing.*': X}}\ndowntime: {low: \"no: never\"}\n"
      + "tables: {large: ['a b', '#c']}\noverrides: [{paths: ['x/**'], fail_on: none}, {paths: y, rules: {table-dropped: off}}]\n"
      + "rates: {scan: 200 MB/s}\nstart_after: 000012\ntime_zone: 'off'\n"
    let found = try resolve(text, ["a.yml": "target_version: 15\nrules: {index-built-without-concurrently: high}\n"])
    let printed = found.text()
    for line in [
      "fail_on: high  # c.yml:2", "target_version: 15  # a.yml:1", "  table-dropped: low  # c.yml:4",
      "  index-built-without-concurrently: high  # a.yml:2", "  down-missing: advice  # preset quiet",
      "  critical: Executive Team  # default", "start_after: 000012  # c.yml:10",
      "foreign_suppressions: false  # default",
    ] {
      #expect(
        printed.split(separator: "\n").contains { $0.replacing(/[ ]{2,}#/, with: "  #") == line },
        "\(line) is not in\n\(printed)"
      )
    }
    // Presets are in it already.
    let again = try resolve(printed, ["a.yml": ""])
    var (one, other) = (found.configuration, again.configuration)
    // What is usual is written out.
    for key in [\Configuration.approvals, \.downtimes] {
      one[keyPath: key].merge(other[keyPath: key]) { own, _ in own }
    }
    one.approvalPolicy.byRisk.merge(other.approvalPolicy.byRisk) { own, _ in own }
    other.overrides = one.overrides
    #expect(one == other)
    #expect(again.configuration.overrides == found.configuration.overrides)
  }
}

@Suite("Presets")
struct PresetTests {
  @Test("decide about each rule of medium risk or higher, and about no other")
  func decisions() {
    let named = Preset.Concern.allCases.flatMap(Preset.rules)
    #expect(Set(named).count == named.count)
    let risky = AllRules.all.filter { !$0.isOptIn && ($0.risk > .low || $0.id == "server-setting-changed") }.map(\.id)
    #expect(Set(risky).subtracting(named) == [], "name them in Preset.swift, by what they are about")
    #expect(Set(named).subtracting(AllRules.all.map(\.id)) == [])
    for rule in AllRules.all where rule.tellsOfLoss { #expect(Preset.rules(about: .loss).contains(rule.id)) }
  }

  @Test("fail on less, the quieter they are")
  func failures() throws {
    func fails(_ preset: String, _ rule: String) throws -> Bool {
      let policy = try resolve("extends: \(preset)").configuration.policy
      let finding = Finding(rule: rule, risk: .medium, range: 0..<0, message: "x")
      return AllRules.all.contains { $0.id == rule && policy.runs($0) } && policy.fails(finding)
    }
    for (rule, presets) in [
      ("table-dropped", ["strict", "default", "quiet"]), ("statement-refused", ["strict", "default", "quiet"]),
      ("index-built-without-concurrently", ["strict", "default"]), ("down-missing", ["strict"]),
      ("char-type", ["strict"]),
    ] {
      for preset in Preset.allCases {
        #expect(try fails(preset.rawValue, rule) == presets.contains(preset.rawValue), "\(preset) \(rule)")
      }
    }
    #expect(try resolve("").configuration == resolve("extends: default").configuration.with { $0.extends = [] })
  }

  @Test("are told in the documents as they are")
  func documents() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    for name in ["README.md", ".sqllint.yml"] {
      let text = try String(contentsOf: root.appending(path: name), encoding: .utf8)
      for preset in Preset.allCases { #expect(text.contains(preset.summary), "\(preset.rawValue) in \(name)") }
    }
  }

  @Test("advice is reported, and fails no run; a rule that is turned on fails it again")
  func advice() throws {
    let folder = try ProjectFolder([
      "migrations/000001_a.up.sql": "CREATE TABLE a (id bigint PRIMARY KEY);\n",
      "migrations/000001_a.down.sql": "DROP TABLE a;\n",
      "migrations/000002_b.up.sql": "ALTER TABLE a SET (autovacuum_enabled = false);\n",
      "migrations/000002_b.down.sql": "ALTER TABLE a RESET (autovacuum_enabled);\n",
    ])
    let advised = try Command.run("migrations", "--format", "text", in: folder)
    #expect(advised.status == 0)
    #expect(advised.output.contains("medium[autovacuum-disabled]"))
    #expect(advised.output.contains("Passes: the one finding of medium risk or higher is advice."))
    try folder.write("rules: {autovacuum-disabled: on}\n", to: ".sqllint.yml")
    #expect(try Command.run("migrations", in: folder).status == 1)
    try folder.write("extends: strict\n", to: ".sqllint.yml")
    #expect(try Command.run("migrations", in: folder).status == 1)
    try folder.write("", to: ".sqllint.yml")
    #expect(
      try Command.run("explain", "autovacuum-disabled", in: folder).output
        .hasPrefix("autovacuum-disabled (medium risk, advice)")
    )
  }
}

extension Configuration {
  fileprivate func with(_ change: (inout Self) -> Void) -> Self {
    var changed = self
    change(&changed)
    return changed
  }
}

@Suite("The schema of configurations")
struct ConfigurationSchemaTests {
  @Test("has every key that is read, and no other")
  func keys() throws {
    let schema = try #require(
      JSONSerialization.jsonObject(with: Data(ConfigurationSchema.json(names).utf8)) as? [String: Any]
    )
    func hold(_ schema: [String: Any], _ keys: [ConfigurationKey], _ place: String) throws {
      let properties = try #require(schema["properties"] as? [String: [String: Any]], "\(place)")
      #expect(properties.keys.sorted() == keys.map(\.name).sorted(), "\(place)")
      #expect(schema["additionalProperties"] as? Bool == false)
      for key in keys {
        let own = properties[key.name] ?? [:]
        #expect((own["description"] as? String)?.hasPrefix(key.summary) == true)
        switch key.shape {
        case .group(let keys): try hold(own, keys, key.name)
        case .groups(let keys, let required):
          let items = try #require(own["items"] as? [String: Any])
          #expect(items["required"] as? [String] == required)
          try hold(items, keys, key.name)
        default: break
        }
      }
    }
    try hold(schema, ConfigurationKey.all, "the file")
    // A key that the table has is read: it is never an unknown one.
    for key in ConfigurationKey.all {
      let told = problems("\(key.name): {: }")
      #expect(!told.contains { $0.contains("unknown key '\(key.name)'") }, "\(told)")
    }
  }
}
