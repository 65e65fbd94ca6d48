import Catalog
import Execution
import Foundation
import Linting
import Syntax
import Testing

@testable import Reports

/// What programs rely on. A key may be added to the report; a line may not be taken from here.
private let contract = [
  "schema_version: number", "tool.name: string", "tool.version: string", "tool.grammar: string",
  "summary.migrations: number", "summary.statements: number", "summary.risk: string", "summary.approval: string",
  "summary.findings.low: number", "summary.findings.medium: number", "summary.findings.high: number",
  "summary.findings.critical: number", "migrations.path: string", "migrations.version: string",
  "migrations.name: string", "migrations.direction: string", "migrations.runner: string",
  "migrations.transaction: string", "migrations.risk: string", "migrations.approval: string",
  "migrations.downtime: string", "migrations.phases: string", "migrations.reversible: bool",
  "migrations.statements.line: number", "migrations.statements.column: number",
  "migrations.statements.end_line: number", "migrations.statements.end_column: number",
  "migrations.statements.kind: string", "migrations.statements.risk: string", "migrations.statements.phase: string",
  "migrations.statements.transaction: number", "migrations.statements.effects.relation: string",
  "migrations.statements.effects.kind: string", "migrations.statements.effects.lock: string",
  "migrations.statements.effects.work: string", "migrations.statements.effects.blocks: string",
  "migrations.statements.effects.existed: bool", "migrations.statements.effects.assumed: bool",
  "migrations.findings.rule: string", "migrations.findings.risk: string", "migrations.findings.line: number",
  "migrations.findings.column: number", "migrations.findings.end_line: number",
  "migrations.findings.end_column: number", "migrations.findings.message: string", "migrations.findings.fix: string",
  "migrations.findings.statement: number", "migrations.findings.suppressed: bool",
  "migrations.decision.approvers: string", "migrations.decision.deploy_after: string",
  "migrations.decision.reasons.risk: string", "migrations.decision.reasons.rule: string",
  "migrations.decision.reasons.text: string", "migrations.decision.reasons.places: string",
  "migrations.decision.reasons.allowed: bool", "migrations.decision.reasons.allowed_because: string",
  "summary.findings_by_rule.rule: string", "summary.findings_by_rule.findings: number",
  "summary.findings_by_rule.allowed: number",
  "migrations.findings.fix_steps.migration: number", "migrations.findings.fix_steps.sql: string",
  "migrations.findings.fix_steps.transaction: bool", "migrations.findings.fix_steps.deploy: null",
  "migrations.findings.url: string",
]

@Suite("The json format")
struct JSONReportTests {
  private func document(_ report: Report) throws -> [String: Any] {
    let data = Data(ReportFormat.json.render(report, rules: []).utf8)
    return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
  }

  @Test("keeps the contract: every key, with values of its kind")
  func keys() throws {
    let found = Self.paths(in: try document(SampleReport.report()), at: "")
    #expect(Set(contract).subtracting(found) == [])
  }

  /// Each value's path and kind; those of all elements of an array together.
  private static func paths(in value: Any, at path: String) -> Set<String> {
    switch value {
    case let object as [String: Any]:
      Set(object.flatMap { paths(in: $0.value, at: path.isEmpty ? $0.key : "\(path).\($0.key)") })
    case let array as [Any]: Set(array.flatMap { paths(in: $0, at: path) })
    case is String: ["\(path): string"]
    case let number as NSNumber:
      // JSONSerialization makes true and false numbers too.
      [String(cString: number.objCType) == "c" ? "\(path): bool" : "\(path): number"]
    default: ["\(path): null"]
    }
  }

  @Test("uses PostgreSQL's names of commands and locks, and the contract's of work and blocks")
  func words() throws {
    let effect = Effect.table(
      "Clips",
      .shareRowExclusive,
      [
        WorkItem(.foreignKeyValidation, because: .validation(constraint: "a")),
        WorkItem(.scan, because: .notNull(column: "a")), WorkItem(.scan, because: .notNull(column: "b")),
      ]
    )
    let migration = try MigrationReport(
      "1_a.up.sql",
      "ALTER TABLE \"Clips\" ADD b int;",
      effects: [StatementEffects(relations: [effect])]
    )
    let migrations = try #require(try document(Report([migration]))["migrations"] as? [[String: Any]])
    let statement = try #require((migrations.first?["statements"] as? [[String: Any]])?.first)
    #expect(statement["kind"] as? String == "ALTER TABLE")
    let written = try #require((statement["effects"] as? [[String: Any]])?.first)
    #expect(written["relation"] as? String == "public.\"Clips\"")
    #expect(written["lock"] as? String == "SHARE ROW EXCLUSIVE")
    #expect(written["work"] as? [String] == ["scan", "fk-validation"])
    #expect(written["blocks"] as? [String] == ["writes", "schema changes"])
  }

  @Test("has the safe way step by step: what code must do first, and what runs outside of a transaction")
  func fixSteps() throws {
    let batches = "DO $$ BEGIN UPDATE clips SET a = 1; COMMIT; END $$;"
    let fix = Finding.Fix(
      "take your time",
      migrations: [
        "ALTER TABLE clips ADD COLUMN a int;", Finding.Fix.Step(batches, once: "running code writes a"),
        "CREATE INDEX CONCURRENTLY clips_a_idx ON clips (a);", "BEGIN;\nSELECT 1;\nCOMMIT;\n",
      ]
    )
    let finding = FindingLiteral(rule: "a-rule", risk: .high, tokens: "SELECT", message: "no", fix: fix)
    let migration = try MigrationReport("1_a.up.sql", "SELECT 1;", findings: [finding])
    let migrations = try #require(try document(Report([migration]))["migrations"] as? [[String: Any]])
    let written = try #require((migrations.first?["findings"] as? [[String: Any]])?.first)
    let steps = try #require(written["fix_steps"] as? [[String: Any]])
    #expect(steps.map { $0["migration"] as? Int } == [1, 2, 3, 4])
    #expect(steps.map { $0["sql"] as? String } == fix.migrations.dropLast() + ["BEGIN;\nSELECT 1;\nCOMMIT;"])
    #expect(steps.map { $0["transaction"] as? Bool } == [true, false, false, false])
    #expect(steps.map { $0["deploy"] as? String } == [nil, "running code writes a", nil, nil])
    let text = try #require(written["fix"] as? String)
    #expect(text.hasPrefix("take your time\n\n-- migration 1 of 4\nALTER TABLE"))
    #expect(text.contains("-- migration 2 of 4\n-- once running code writes a\nDO $$"))
    #expect(written["url"] as? String == "Documentation/rules/a-rule.md")
  }

  @Test("counts findings that are not suppressed, of all files, and statements of up migrations")
  func summary() throws {
    let summary = try #require(try document(SampleReport.report())["summary"] as? [String: Any])
    #expect(summary["findings"] as? [String: Int] == ["low": 0, "medium": 1, "high": 1, "critical": 1])
    #expect(summary["suppressed"] as? Int == 1)
    #expect(summary["migrations"] as? Int == 5)
    #expect(summary["down_migrations"] as? Int == 1)
    #expect(summary["statements"] as? Int == 5)
    #expect(summary["ignored"] as? Int == 3)
    #expect(summary["risk"] as? String == "critical")
    #expect(summary["fails"] as? Bool == true)
  }

  @Test("ends with a line feed, escapes no slash, and orders keys")
  func layout() throws {
    let text = ReportFormat.json.render(try SampleReport.report(), rules: [])
    #expect(text.hasSuffix("}\n"))
    #expect(!text.contains("\\/"))
    let keys = text.split(separator: "\n").filter { $0.hasPrefix("  \"") }.map { String($0.prefix { $0 != ":" }) }
    #expect(keys == keys.sorted())
    #expect(keys.count == 5)
  }

  @Test("lays out JSON as Foundation does, whatever the text holds")
  func foundationLayout() throws {
    let texts = ["", "plain", "a\"b\\c/d", "\u{0}\u{8}\t\n\u{C}\r\u{1B}", "größe 📏"]
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    let numbers = [0, 9, 10, 4096, 999_999, 1_000_000, -1, .min]
    struct Document: Encodable {
      let empty: [String]
      let numbers: [Int]
      let texts: [String]
    }
    let document = Document(empty: [], numbers: numbers, texts: texts)
    let expected = String(decoding: try encoder.encode(document), as: UTF8.self)
    let written = JSONWriter.text { json in
      json.object { json in
        json.member("empty", [])
        json.member("numbers", numbers) { $0.write($1) }
        json.member("texts", texts)
      }
    }
    #expect(written == expected + "\n")
  }

  @Test("members whose layout is kept are written as if it were not")
  func layouts() {
    func text(_ write: (inout JSONWriter, Int) -> Void) -> String {
      JSONWriter.text { json in
        json.array([1, 1, 2, 1]) { json, number in
          json.object { json in
            write(&json, number)
            json.member("c", true)
          }
        }
      }
    }
    func write(_ number: Int, to json: inout JSONWriter) {
      json.member("a", number)
      json.member("b", ["x", "y"])
    }
    var layouts: [Int: [UInt8]] = [:]
    let kept = text { json, number in json.members(of: number, in: &layouts) { write(number, to: &$0) } }
    #expect(kept == text { json, number in write(number, to: &json) })
    #expect(layouts.keys.sorted() == [1, 2])
  }

  @Test("comes in chunks, so that a long report takes no more memory than a short one")
  func chunks() {
    var sizes: [Int] = []
    JSONWriter.write(to: { sizes.append($0.count) }) { json in
      json.array(0..<100_000) { $0.write($1) }
    }
    #expect(sizes.count > 10)
    #expect(sizes.allSatisfy { $0 < 70_000 })
  }

  @Test("writes a missing fix and a finding about the file as null")
  func nulls() throws {
    let migration = try MigrationReport(
      "a.sql",
      "",
      findings: [FindingLiteral(rule: "r", risk: .low, tokens: "", message: "m", statement: nil)]
    )
    let migrations = try #require(try document(Report([migration]))["migrations"] as? [[String: Any]])
    let finding = try #require((migrations.first?["findings"] as? [[String: Any]])?.first)
    #expect(finding["fix"] is NSNull)
    #expect(finding["statement"] is NSNull)
  }
}
