import Linting
import Syntax

/// SARIF 2.1.0, which code-scanning services read.
///
/// Source: OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
enum SARIFReport {
  static func render(_ report: Report, rules: [any Rule]) -> String { JSONReport.encode(Log(report, rules: rules)) }

  struct Log: Encodable {
    let schema = "https://json.schemastore.org/sarif-2.1.0.json"
    let version = "2.1.0"
    let runs: [Run]

    init(_ report: Report, rules: [any Rule]) { runs = [Run(report, rules: rules)] }

    enum CodingKeys: String, CodingKey {
      case schema = "$schema"
      case version, runs
    }
  }

  struct Run: Encodable {
    let tool: Tool
    let columnKind = "utf16CodeUnits"
    let invocations = [Invocation()]
    let results: [Result]

    init(_ report: Report, rules: [any Rule]) {
      tool = Tool(
        driver: Driver(version: report.toolVersion, rules: rules.map { Descriptor($0, policy: report.policy) })
      )
      let indexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })
      results = report.migrations.flatMap { migration in
        var seen: [String: Int] = [:]
        return migration.findings.map { Result($0, in: migration, ruleIndex: indexes[$0.rule], seen: &seen) }
      }
    }
  }

  struct Invocation: Encodable {
    let executionSuccessful = true
  }

  struct Tool: Encodable {
    let driver: Driver
  }

  struct Driver: Encodable {
    let name = "sqllint"
    let version: String
    let rules: [Descriptor]
  }

  struct Text: Encodable {
    let text: String
  }

  struct Help: Encodable {
    let text: String
    let markdown: String
  }

  struct Configuration: Encodable {
    let level: String
  }

  struct Properties: Encodable {
    let risk: String
    /// `nil` for a result, which has those of its rule.
    let tags: [String]?
  }

  struct Descriptor: Encodable {
    let id: String
    let shortDescription: Text
    let fullDescription: Text
    let help: Help
    let helpUri: String
    let defaultConfiguration: Configuration
    let properties: Properties

    init(_ rule: any Rule, policy: Policy) {
      let risk = policy.ruleRisks[rule.id] ?? rule.risk
      id = rule.id
      shortDescription = Text(text: rule.summary)
      fullDescription = Text(text: rule.explanation)
      help = Help(
        text: rule.explanation + "\n\nThe safe way:\n\n" + rule.alternative,
        markdown: rule.explanation + "\n\nThe safe way:\n\n```sql\n" + rule.alternative + "\n```"
      )
      helpUri = rule.reference
      defaultConfiguration = Configuration(level: risk.level)
      properties = Properties(risk: risk.rawValue, tags: ["postgresql", "migration"])
    }
  }

  struct Result: Encodable {
    let ruleId: String
    let ruleIndex: Int?
    let level: String
    let message: Text
    let locations: [Location]
    let partialFingerprints: [String: String]
    let suppressions: [Suppression]
    let properties: Properties

    init(_ finding: Finding, in migration: MigrationReport, ruleIndex: Int?, seen: inout [String: Int]) {
      let (source, range) = migration.migration.script.source.file(of: finding.range)
      ruleId = finding.rule
      self.ruleIndex = ruleIndex
      level = finding.risk.level
      let text = [finding.message.description, finding.fix?.text].compactMap(\.self).joined(separator: "\n\n")
      message = Text(text: text.withoutLinks)
      locations = [Location(range: range, source: source)]
      // The text that is flagged, not its place: a finding stays the same when lines above it change.
      let identity = "\(finding.rule)\n\(source.path)\n\(source[range])"
      let number = seen[identity, default: 0]
      seen[identity] = number + 1
      partialFingerprints = ["sqllint/v1": "\(hexadecimal(identity.fowlerNollVo, digits: 16)):\(number)"]
      suppressions = finding.isSuppressed ? [Suppression(justification: finding.suppressionReason)] : []
      properties = Properties(risk: finding.risk.rawValue, tags: nil)
    }
  }

  struct Suppression: Encodable {
    let kind = "inSource"
    let justification: String?
  }

  struct Location: Encodable {
    let physicalLocation: PhysicalLocation

    init(range: Range<Int>, source: SourceText) {
      physicalLocation = PhysicalLocation(
        artifactLocation: ArtifactLocation(path: source.path),
        region: Region(range, in: source)
      )
    }
  }

  struct PhysicalLocation: Encodable {
    let artifactLocation: ArtifactLocation
    let region: Region
  }

  struct ArtifactLocation: Encodable {
    let uri: String
    let uriBaseId: String?

    init(path: String) {
      var relative = path[...]
      while relative.hasPrefix("./") { relative = relative.dropFirst(2) }
      let isAbsolute = relative.hasPrefix("/")
      uri = (isAbsolute ? "file://" : "") + relative.percentEncoded
      uriBaseId = isAbsolute ? nil : "%SRCROOT%"
    }
  }

  struct Region: Encodable {
    let startLine: Int
    let startColumn: Int
    let endLine: Int
    let endColumn: Int

    init(_ range: Range<Int>, in source: SourceText) {
      let start = source.utf16Location(of: range.lowerBound)
      let end = source.utf16Location(of: range.upperBound)
      startLine = start.line
      startColumn = start.column
      endLine = end.line
      endColumn = end.column
    }
  }
}

extension Risk {
  fileprivate var level: String {
    switch self {
    case .critical, .high: "error"
    case .medium: "warning"
    case .low: "note"
    }
  }
}

extension StringProtocol {
  /// The path as part of a URI (RFC 3986): its slashes stay.
  fileprivate var percentEncoded: String {
    var encoded = ""
    for byte in utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        encoded.unicodeScalars.append(Unicode.Scalar(byte))
      default: encoded += "%" + hexadecimal(byte, digits: 2).uppercased()
      }
    }
    return encoded
  }
}

extension String {
  /// The text with what viewers would read as a link to a place of the log's choice, `[text](target)`, escaped.
  ///
  /// Source: SARIF 2.1.0, 3.11.6, "Messages with embedded links".
  fileprivate var withoutLinks: String { replacing("](", with: "\\](") }

  /// FNV-1a with 64 bits, which is the same in every run.
  fileprivate var fowlerNollVo: UInt64 {
    utf8.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
  }
}
