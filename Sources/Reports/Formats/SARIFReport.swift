import Linting
import Syntax

/// SARIF 2.1.0, which code-scanning services read.
///
/// Source: OASIS "Static Analysis Results Interchange Format (SARIF) Version 2.1.0".
enum SARIFReport {
  static func write(
    _ report: Report,
    rules: [any Rule],
    style: ReportStyle,
    to output: @escaping ([UInt8]) -> Void
  ) {
    JSONWriter.write(to: output) { json in
      json.object { json in
        json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        json.member("runs", [report]) { json, report in json.object { writeRun(report, rules, style, to: &$0) } }
        json.member("version", "2.1.0")
      }
    }
  }

  private static func writeRun(
    _ report: Report,
    _ rules: [any Rule],
    _ style: ReportStyle,
    to json: inout JSONWriter
  ) {
    let indexes = Dictionary(uniqueKeysWithValues: rules.enumerated().map { ($0.element.id, $0.offset) })
    json.member("columnKind", "utf16CodeUnits")
    json.member("invocations", CollectionOfOne(true)) { json, isSuccessful in
      json.object { $0.member("executionSuccessful", isSuccessful) }
    }
    json.member("results") { json in
      json.array { json in
        var fingerprints = Fingerprints()
        for verdict in report.verdicts.byRisk where verdict.decision.asksForApproval {
          json.element { json in
            json.object { verdict.write(to: &$0, style, ruleIndex: rules.count, &fingerprints) }
          }
        }
        for migration in report.migrations {
          for finding in migration.findings {
            json.element { json in
              json.object {
                finding.write(to: &$0, in: migration, style, ruleIndex: indexes[finding.rule], &fingerprints)
              }
            }
          }
        }
      }
    }
    json.member("tool") { json in
      json.object { json in
        json.member("driver") { json in
          json.object { json in
            json.member("name", "sqllint")
            json.member("rules") { json in
              json.array { json in
                for rule in rules {
                  json.element { json in json.object { writeDescriptor(of: rule, report.policy, to: &$0) } }
                }
                json.element { json in json.object { writeDecisionDescriptor(to: &$0) } }
              }
            }
            json.member("version", report.toolVersion)
          }
        }
      }
    }
  }

  private static func writeDescriptor(of rule: any Rule, _ policy: Policy, to json: inout JSONWriter) {
    let risk = policy.ruleRisks[rule.id] ?? rule.risk
    let help = rule.explanation + "\n\nThe safe way:\n\n"
    json.member("defaultConfiguration") { json in json.object { $0.member("level", risk.level) } }
    json.member("fullDescription") { json in json.object { $0.member("text", rule.explanation) } }
    json.member("help") { json in
      json.object { json in
        json.member("markdown", help + "```sql\n" + rule.alternative + "\n```")
        json.member("text", help + rule.alternative)
      }
    }
    // It must be an absolute URI.
    json.member("helpUri", RulePage.home == nil ? rule.reference : RulePage.address(of: rule.id))
    json.member("id", rule.id)
    json.member("properties") { json in
      json.object { json in
        json.member("page", RulePage.address(of: rule.id))
        json.member("risk", risk.rawValue)
        json.member("tags", ["postgresql", "migration"])
      }
    }
    json.member("shortDescription") { json in json.object { $0.member("text", rule.summary) } }
  }
}

extension SARIFReport {
  /// What stands for a rule where a migration must be approved.
  private static func writeDecisionDescriptor(to json: inout JSONWriter) {
    json.member("fullDescription") { json in
      json.object { json in
        json.member("text", "The risk of a migration decides who must approve it, whether findings are allowed or not.")
      }
    }
    json.member("id", Decision.name)
    json.member("properties") { json in json.object { $0.member("tags", ["postgresql", "migration"]) } }
    json.member("shortDescription") { json in json.object { $0.member("text", "A migration must be approved.") } }
  }
}

extension Verdict {
  fileprivate func write(
    to json: inout JSONWriter,
    _ style: ReportStyle,
    ruleIndex: Int,
    _ fingerprints: inout Fingerprints
  ) {
    let (source, range) = place
    json.member("level", decision.risk.level)
    json.member("locations", CollectionOfOne(range)) { json, range in
      json.object { json in
        json.member("physicalLocation") { json in json.object { source.writeLocation(of: range, style, to: &$0) } }
      }
    }
    json.member("message") { json in json.object { $0.member("text", sentence.withoutLinks) } }
    let fingerprint = fingerprints.next(for: "\(Decision.name)\n\(style.servicePath(migration.migration.path))")
    json.member("partialFingerprints") { json in json.object { $0.member("sqllint/v1", fingerprint) } }
    json.member("properties") { json in
      json.object { json in
        json.member("approval", decision.approval)
        json.member("approvers", decision.approvers)
        json.member("downtime", decision.downtime)
        if let signOff = decision.signOff, signOff.isAsked {
          json.member("isApproved", signOff.isApproved)
          json.member("missingApprovers", signOff.missing)
        }
        json.member("phases", decision.phases) { $0.write($1.rawValue) }
        json.member("reversible", decision.isReversible)
        json.member("risk", decision.risk.rawValue)
      }
    }
    json.member("ruleId", Decision.name)
    json.member("ruleIndex", ruleIndex)
    json.member("suppressions", [])
  }
}

extension Finding {
  fileprivate func write(
    to json: inout JSONWriter,
    in migration: MigrationReport,
    _ style: ReportStyle,
    ruleIndex: Int?,
    _ fingerprints: inout Fingerprints
  ) {
    let (source, range) = migration.migration.script.source.file(of: range)
    json.member("level", risk.level)
    json.member("locations", CollectionOfOne(range)) { json, range in
      json.object { json in
        json.member("physicalLocation") { json in json.object { source.writeLocation(of: range, style, to: &$0) } }
      }
    }
    let text = [message.description, fix?.text].compactMap(\.self).joined(separator: "\n\n")
    json.member("message") { json in json.object { $0.member("text", text.withoutLinks) } }
    // The text that is flagged, not its place: a finding stays the same when lines above it change.
    let fingerprint = fingerprints.next(for: "\(rule)\n\(style.servicePath(source.path))\n\(source[range])")
    json.member("partialFingerprints") { json in json.object { $0.member("sqllint/v1", fingerprint) } }
    json.member("properties") { json in json.object { $0.member("risk", risk.rawValue) } }
    json.member("ruleId", rule)
    if let ruleIndex { json.member("ruleIndex", ruleIndex) }
    json.member("suppressions", isSuppressed ? [suppressionReason] : []) { json, reason in
      json.object { json in
        if let reason { json.member("justification", reason) }
        json.member("kind", "inSource")
      }
    }
  }
}

extension SourceText {
  fileprivate func writeLocation(of range: Range<Int>, _ style: ReportStyle, to json: inout JSONWriter) {
    let start = utf16Location(of: range.lowerBound)
    let end = utf16Location(of: range.upperBound)
    let relative = style.servicePath(path)
    let isAbsolute = relative.hasPrefix("/")
    json.member("artifactLocation") { json in
      json.object { json in
        json.member("uri", (isAbsolute ? "file://" : "") + relative.percentEncoded)
        if !isAbsolute { json.member("uriBaseId", "%SRCROOT%") }
      }
    }
    json.member("region") { json in
      json.object { json in
        json.member("endColumn", end.column)
        json.member("endLine", end.line)
        json.member("startColumn", start.column)
        json.member("startLine", start.line)
      }
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
}
