import Catalog
import Execution
import Linting
import PostgresParser
import Syntax

/// A finding as a test writes it: the offending tokens by their text.
struct FindingLiteral {
  var rule: String
  var risk: Risk
  /// The first place where the file says this; empty for the start of the file.
  var tokens: String
  var message: String
  var fix: Finding.Fix?
  /// The position of the statement; `nil` for a finding about the file.
  var statement: Int? = 0
  /// The reason that the file gives for allowing it.
  var allowedBecause: String?
}

extension Finding {
  init(_ literal: FindingLiteral, in source: SourceText) throws {
    self.init(
      rule: literal.rule,
      risk: literal.risk,
      range: try source.range(of: literal.tokens),
      message: Message(stringLiteral: literal.message),
      fix: literal.fix,
      statement: literal.statement,
      suppression: literal.allowedBecause.map {
        Suppression(rule: literal.rule, scope: .statement(literal.statement), reason: $0, range: 0..<0)
      }
    )
  }
}

extension MigrationReport {
  /// A report on a golang-migrate file; `effects` are those of its statements, in their order.
  init(
    _ path: String,
    _ sql: String,
    risk: Risk = .low,
    effects: [StatementEffects] = [],
    findings: [FindingLiteral] = [],
    additions: [Addition] = [],
    direction: Migration.Direction = .up,
    unreadable: String? = nil
  ) throws {
    let source = SourceText(path: path, text: sql)
    let script = PostgresParser.parse(source)
    self.init(
      migration: Migration(
        path: path,
        version: "000001",
        name: "test",
        direction: direction,
        runner: "golang-migrate",
        transactionMode: .implicit,
        script: script,
        unreadable: unreadable
      ),
      statements: script.statements.enumerated().map { index, statement in
        StatementReport(
          statement: statement,
          risk: risk,
          phase: .expand,
          effects: effects.indices.contains(index) ? effects[index] : StatementEffects(),
          transaction: 1
        )
      },
      findings: try findings.map { try Finding($0, in: source) },
      risk: risk,
      phases: script.statements.isEmpty ? [] : [.expand],
      additions: additions,
      irreversibility: []
    )
  }
}

extension Report {
  init(
    _ migrations: [MigrationReport],
    ignored: [History.IgnoredFile] = [],
    policy: Policy = Policy()
  ) {
    self.init(
      migrations: migrations,
      ignored: ignored,
      policy: policy,
      toolVersion: "1.2.3",
      grammarVersion: "17"
    )
  }

  /// One file with one finding in it.
  static func finding(
    _ message: String,
    path: String = "migrations/000001_test.up.sql",
    sql: String = "DROP TABLE clips;\n",
    tokens: String = "DROP TABLE clips",
    risk: Risk = .high,
    fix: Finding.Fix? = nil,
    policy: Policy = Policy()
  ) throws -> Report {
    let finding = FindingLiteral(rule: "table-dropped", risk: risk, tokens: tokens, message: message, fix: fix)
    return Report([try MigrationReport(path, sql, risk: risk, findings: [finding])], policy: policy)
  }
}

extension SourceText {
  struct NoSuchText: Error {
    let text: String
  }

  /// The first place of a text.
  func range(of text: String) throws -> Range<Int> {
    let wanted = Array(text.utf8)
    guard !wanted.isEmpty else { return 0..<0 }
    for start in utf8.indices where utf8[start...].starts(with: wanted) {
      return start..<(start + wanted.count)
    }
    throw NoSuchText(text: text)
  }
}

extension Effect {
  static func table(
    _ name: String,
    _ lock: LockMode,
    _ work: [WorkItem] = [],
    existed: Bool = true,
    isAssumed: Bool = false
  ) -> Effect {
    Effect(
      relation: QualifiedName(schema: "public", name),
      kind: .table,
      lock: lock,
      work: work,
      existed: existed,
      isAssumed: isAssumed
    )
  }
}
