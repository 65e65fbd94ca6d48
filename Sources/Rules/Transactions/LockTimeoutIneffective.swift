import Linting
import Syntax

struct LockTimeoutIneffective: StatementRule {
  let id = "lock-timeout-ineffective"
  let summary = "A lock_timeout is set that guards nothing."
  let risk = Risk.medium
  let explanation = """
    lock_timeout makes a statement give up when it has waited too long for a lock, so that others do not queue behind it. \
    0 switches it off. SET LOCAL lasts for the transaction: outside one it does nothing but warn. Set after the statement \
    that locks, it comes too late.
    """
  let alternative = """
    SET lock_timeout = '5s';
    ALTER TABLE users ADD COLUMN plan text;
    """
  let reference = "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT"
  let examples: [RuleExample] = [
    .bad(
      "0, which is none",
      history: ["CREATE TABLE users (id bigint);"],
      "SET lock_timeout = 0;\nALTER TABLE users ADD COLUMN plan text;"
    ),
    .bad(
      "SET LOCAL outside a transaction",
      history: ["CREATE TABLE users (id bigint);"],
      transactionMode: .none,
      "SET LOCAL lock_timeout = '5s';\nALTER TABLE users ADD COLUMN plan text;"
    ),
    .bad(
      "after the lock",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text;\nSET lock_timeout = '5s';"
    ),
    .good("a dump with which the history begins", "SET lock_timeout = 0;\nCREATE TABLE users (id bigint);"),
    .good(
      "before the lock",
      history: ["CREATE TABLE users (id bigint);"],
      "SET lock_timeout = '5s';\nALTER TABLE users ADD COLUMN plan text;\nRESET lock_timeout;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .set(let parameter) = context.statement.kind, parameter.setsLockTimeout else { return [] }
    let isFirst = !context.migration.script.statements[..<context.index].contains { statement in
      if case .set(let parameter) = statement.kind { parameter.setsLockTimeout } else { false }
    }
    if parameter.isOff {
      // A dump begins so, and what it makes nobody uses yet.
      return isFirst && !context.before.catalog.tables.isEmpty
        ? [context.finding(self, .off, fix: Finding.Fix("set the time that others may wait, such as '5s'"))] : []
    }
    if parameter.scope == .transaction, context.transaction.kind == .own {
      return [context.finding(self, .local, fix: Finding.Fix("write SET without LOCAL, or BEGIN before it"))]
    }
    guard isFirst, let held = context.transaction.heldLocks.first.first else { return [] }
    return [
      context.finding(
        self,
        .late(line: held.place.line),
        fix: Finding.Fix("set it before the first statement that locks")
      )
    ]
  }
}

extension SetParameter {
  fileprivate var setsLockTimeout: Bool {
    name?.lowercased() == "lock_timeout" && values != nil && (scope == .session || scope == .transaction)
  }

  /// Whether it is zero, in whatever unit.
  fileprivate var isOff: Bool {
    guard let value = values?.first else { return false }
    return Double(value.filter { $0.isNumber || $0 == "." || $0 == "-" }) == 0
  }
}

extension Finding.Message {
  fileprivate static var off: Self {
    "a lock_timeout of 0 is none: whoever needs the table queues for as long as it takes"
  }

  fileprivate static var local: Self {
    "outside a transaction, SET LOCAL does nothing: no lock_timeout guards what follows"
  }

  fileprivate static func late(line: Int) -> Self {
    "this lock_timeout comes after line \(line), which it should guard and which has its lock already"
  }
}
