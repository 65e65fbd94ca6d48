import Catalog
import Execution
import Linting
import Syntax

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The JSON that other programs read. Keys may be added, never changed or dropped.
///
/// Text is as it is in the files; control characters and their kin are `\uXXXX`, so that the JSON is safe to print.
enum JSONReport {
  static func render(_ report: Report) -> String {
    encode(Document(report))
  }

  /// Pretty-printed, keys in order, with a line feed at the end.
  static func encode(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      let text = String(decoding: try encoder.encode(value), as: UTF8.self)
      return text.withHiddenScalarsAsJSONEscapes + "\n"
    } catch {
      // The encoder throws for numbers that JSON has not (infinity, not a number) alone, and these types hold none.
      preconditionFailure("a report that is no JSON: \(error)")
    }
  }
}

extension JSONReport {
  struct Document: Encodable {
    let schemaVersion = 1
    let tool: Tool
    let summary: Summary
    let migrations: [Migration]
    let ignored: [IgnoredFile]

    init(_ report: Report) {
      tool = Tool(
        version: report.toolVersion,
        grammar: report.grammarVersion,
        targetVersion: String(report.policy.targetVersion)
      )
      summary = Summary(report)
      migrations = report.migrations.map { Migration($0, policy: report.policy) }
      ignored = report.ignored.map { IgnoredFile(path: $0.path, reason: $0.reason) }
    }

    enum CodingKeys: String, CodingKey {
      case schemaVersion = "schema_version"
      case tool, summary, migrations, ignored
    }
  }

  struct Tool: Encodable {
    let name = "sqllint"
    let version: String
    let grammar: String
    let targetVersion: String

    enum CodingKeys: String, CodingKey {
      case name, version, grammar
      case targetVersion = "target_version"
    }
  }

  /// Statements and risk are those of the migrations that are judged, up migrations unless `--direction` says otherwise;
  /// findings are those of all files, as for the exit code.
  struct Summary: Encodable {
    let migrations: Int
    let downMigrations: Int
    let ignored: Int
    let statements: Int
    let risk: String
    let approval: String
    let downtime: String
    let findings: [String: Int]
    let suppressed: Int
    let failOn: String
    let fails: Bool

    init(_ report: Report) {
      let tally = Tally(report)
      migrations = tally.migrations
      downMigrations = tally.downMigrations
      ignored = report.ignored.count
      statements = tally.statements
      risk = report.risk.rawValue
      approval = report.policy.approval(for: report.risk)
      downtime = report.policy.downtime(for: report.risk)
      findings = Dictionary(uniqueKeysWithValues: Risk.allCases.map { ($0.rawValue, tally.findings[$0] ?? 0) })
      suppressed = tally.suppressed
      failOn = report.policy.failOn.rawValue
      fails = report.fails
    }

    enum CodingKeys: String, CodingKey {
      case migrations
      case downMigrations = "down_migrations"
      case ignored, statements, risk, approval, downtime, findings, suppressed
      case failOn = "fail_on"
      case fails
    }
  }

  struct IgnoredFile: Encodable {
    let path: String
    let reason: String
  }

  struct Migration: Encodable {
    let path: String
    /// Null for a plain file.
    let version: Nullable<String>
    let name: String
    let direction: String
    let runner: String
    let transaction: String
    let risk: String
    let approval: String
    let downtime: String
    let phases: [String]
    let reversible: Bool
    /// Why it is not, a sentence each.
    let irreversibleBecause: [String]
    let transactions: [Transaction]
    let statements: [Statement]
    let findings: [Finding]

    init(_ report: MigrationReport, policy: Policy) {
      let migration = report.migration
      path = migration.path
      version = Nullable(migration.version)
      name = migration.name
      direction = migration.direction.rawValue
      runner = migration.runner
      transaction = migration.transactionMode.rawValue
      risk = report.risk.rawValue
      approval = policy.approval(for: report.risk)
      downtime = policy.downtime(for: report.risk)
      phases = report.phases.map(\.rawValue)
      reversible = report.isReversible
      irreversibleBecause = report.irreversibility.map(\.sentence)
      let source = migration.script.source
      transactions = report.transactions.map(Transaction.init)
      statements = report.statements.map { Statement($0, source: source) }
      findings = report.findings.map { Finding($0, source: source) }
    }

    enum CodingKeys: String, CodingKey {
      case path, version, name, direction, runner, transaction, risk, approval, downtime, phases, reversible
      case irreversibleBecause = "irreversible_because"
      case transactions, statements, findings
    }
  }

  struct Statement: Encodable {
    /// The file that the line is in: the migration's, or one that it includes.
    let path: String
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    let kind: String
    let risk: String
    let phase: String
    let transaction: Int
    let effects: [Effect]
    let losses: [String]
    let breaks: [String]
    let unknowns: [String]

    init(_ report: StatementReport, source: SourceText) {
      let (file, range) = source.file(of: report.statement.range)
      let start = file.location(of: range.lowerBound)
      let end = file.location(of: range.upperBound)
      path = file.path
      line = start.line
      column = start.column
      endLine = end.line
      endColumn = end.column
      kind = report.statement.commandTag
      risk = report.risk.rawValue
      phase = report.phase.rawValue
      transaction = report.transaction
      effects = report.effects.relations.map(Effect.init)
      losses = report.effects.losses.map(\.sentence)
      breaks = report.effects.breaks.map(\.sentence)
      unknowns = report.effects.unknowns
    }

    enum CodingKeys: String, CodingKey {
      case path, line, column
      case endLine = "end_line"
      case endColumn = "end_column"
      case kind, risk, phase, transaction, effects, losses, breaks, unknowns
    }
  }

  /// A transaction of several statements, and the locks that it holds at its end, each since the statement that took it.
  struct Transaction: Encodable {
    /// As in the statements.
    let number: Int
    let kind: String
    let locks: [HeldLock]

    init(_ state: TransactionState) {
      number = state.number
      kind =
        switch state.kind {
        case .own: "own"
        case .implicit: "implicit"
        case .wrapped: "wrapped"
        case .explicit: "explicit"
        }
      locks = state.heldLocks.all.map(HeldLock.init)
    }
  }

  struct HeldLock: Encodable {
    let relation: String
    let lock: String
    let path: String
    let line: Int

    init(_ lock: Linting.HeldLock) {
      relation = lock.relation.description
      self.lock = lock.mode.name
      path = lock.place.path
      line = lock.place.line
    }
  }

  struct Effect: Encodable {
    let relation: String
    let kind: String
    let lock: String
    let work: [String]
    /// Why each piece of work is done; as long as `work` or longer, because two causes may ask for the same work.
    let causes: [String]
    let blocks: [String]
    let existed: Bool
    let assumed: Bool

    init(_ effect: Execution.Effect) {
      relation = effect.relation.description
      kind = effect.kind.rawValue
      lock = effect.lock.name
      work = Work.allCases.filter { work in effect.work.contains { $0.work == work } }.map(\.rawValue)
      causes = effect.work.map(\.sentence)
      blocks = effect.lock.blocks.map(\.rawValue)
      existed = effect.existed
      assumed = effect.isAssumed
    }
  }

  struct Finding: Encodable {
    let rule: String
    let risk: String
    /// The file that the line is in: the migration's, or one that it includes.
    let path: String
    let line: Int
    let column: Int
    let endLine: Int
    let endColumn: Int
    let message: String
    /// Null where the rule knows no safe way.
    let fix: Nullable<String>
    /// Null for a finding about the file.
    let statement: Nullable<Int>
    let suppressed: Bool
    /// Why it is allowed, in the words of the file; null where it counts or no reason is given.
    let reason: Nullable<String>

    init(_ finding: Linting.Finding, source: SourceText) {
      let (source, range) = source.file(of: finding.range)
      let start = source.location(of: range.lowerBound)
      let end = source.location(of: range.upperBound)
      path = source.path
      rule = finding.rule
      risk = finding.risk.rawValue
      line = start.line
      column = start.column
      endLine = end.line
      endColumn = end.column
      message = finding.message.description
      fix = Nullable(finding.fix?.text)
      statement = Nullable(finding.statement)
      suppressed = finding.isSuppressed
      reason = Nullable(finding.suppressionReason)
    }

    enum CodingKeys: String, CodingKey {
      case rule, risk, path, line, column
      case endLine = "end_line"
      case endColumn = "end_column"
      case message, fix, statement, suppressed
      case reason = "suppression_reason"
    }
  }

  /// A value whose key is written even where it is null.
  struct Nullable<Value: Encodable>: Encodable {
    let value: Value?

    init(_ value: Value?) { self.value = value }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      if let value {
        try container.encode(value)
      } else {
        try container.encodeNil()
      }
    }
  }
}
