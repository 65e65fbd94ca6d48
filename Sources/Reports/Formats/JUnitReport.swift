import Linting
import Syntax

/// JUnit's XML, for services that show tests: a suite a migration, in it the decision and each finding as a test. What is
/// allowed is a test that is skipped, with the reason.
///
/// Source: `junit-10.xsd` of Jenkins' xUnit plugin, which is what most readers take.
enum JUnitReport {
  static func write(_ report: Report, style: ReportStyle, to output: @escaping ([UInt8]) -> Void) {
    let verdicts = Dictionary(
      report.verdicts.map { (Key($0.migration.migration), $0) },
      uniquingKeysWith: { first, _ in first }
    )
    let suites = report.migrations.map {
      Suite($0, verdicts[Key($0.migration)], policy: report.policy(for: $0), style)
    }.filter { !$0.cases.isEmpty }
    let attributes: [XMLWriter.Attribute] = [
      ("name", "sqllint"), ("tests", String(suites.reduce(0) { $0 + $1.cases.count })),
      ("failures", String(suites.reduce(0) { $0 + $1.failures })), ("errors", "0"),
    ]
    XMLWriter.write(to: output, root: "testsuites", attributes) { xml in
      for suite in suites { suite.write(to: &xml) }
    }
  }

  /// Two runners may take the same file.
  private struct Key: Hashable {
    let path: String
    let direction: Migration.Direction

    init(_ migration: Migration) { (path, direction) = (migration.path, migration.direction) }
  }

  private struct Suite {
    let path: String
    let cases: [Case]

    init(_ migration: MigrationReport, _ verdict: Verdict?, policy: Policy, _ style: ReportStyle) {
      path = style.servicePath(migration.migration.path)
      let found = migration.findings.map { Case($0, in: migration, policy: policy, style) }
      cases = (verdict.map { [Case($0)] } ?? []) + found
    }

    var failures: Int { cases.count { if case .fails = $0.result { true } else { false } } }
    private var skipped: Int { cases.count { if case .skipped = $0.result { true } else { false } } }

    func write(to xml: inout XMLWriter) {
      let attributes: [XMLWriter.Attribute] = [
        ("name", path), ("tests", String(cases.count)), ("failures", String(failures)), ("errors", "0"),
        ("skipped", String(skipped)),
      ]
      xml.element("testsuite", attributes) { xml in
        for test in cases { test.write(to: &xml, path: path) }
      }
    }
  }

  private struct Case {
    enum Result {
      case passes(String)
      case skipped(String)
      case fails(message: String, type: String, String)
    }

    let name: String
    let result: Result

    init(_ verdict: Verdict) {
      name = "\(Decision.name): \(verdict.decision.risk.rawValue) risk, \(verdict.decision.approval)"
      result =
        verdict.decision.lacksApproval
        ? .fails(
          message: verdict.signOffSentence ?? verdict.sentence,
          type: "missing approval",
          ([verdict.sentence] + verdict.signOffNotes).joined(separator: "\n")
        ) : .passes(verdict.sentence)
    }

    init(_ finding: Finding, in migration: MigrationReport, policy: Policy, _ style: ReportStyle) {
      let (source, range) = migration.migration.script.source.file(of: finding.range)
      let place = source.location(of: range.lowerBound)
      name = "\(finding.rule), line \(place.line)"
      let message = finding.message.description
      let fix = finding.fix.map { "\n\n\($0.text)" } ?? ""
      let text = "\(style.servicePath(source.path)):\(place.line):\(place.column): \(message)\(fix)"
      result =
        if finding.isSuppressed {
          .skipped(finding.suppressionReason ?? "allowed without a reason")
        } else if policy.fails(finding) {
          .fails(message: message, type: "\(finding.risk.rawValue) risk", text)
        } else {
          .passes(text)
        }
    }

    func write(to xml: inout XMLWriter, path: String) {
      xml.element("testcase", [("name", name), ("classname", path)]) { xml in
        switch result {
        case .passes(let text): xml.element("system-out", text: text)
        case .skipped(let reason): xml.element("skipped", [("message", reason)])
        case .fails(let message, let type, let text):
          xml.element("failure", [("message", message), ("type", type)], text: text)
        }
      }
    }
  }
}
