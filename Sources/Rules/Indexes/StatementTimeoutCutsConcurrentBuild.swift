import Execution
import Linting
import Syntax

struct StatementTimeoutCutsConcurrentBuild: StatementRule {
  let id = "statement-timeout-cuts-concurrent-build"
  let summary = "A timeout that is set in the migration ends a long build or validation."
  let risk = Risk.medium
  let explanation = """
    CREATE INDEX CONCURRENTLY and VALIDATE CONSTRAINT are made to take long and block nobody. A statement_timeout \
    ends them all the same, and a build that is cut short leaves an invalid index that every write has to maintain. \
    So does a lock_timeout where the build waits for a transaction that began before it, a wait that holds up \
    nobody.

    Set statement_timeout to 0 and reset lock_timeout for these statements, and keep both for the others.
    """
  let alternative = """
    SET statement_timeout = 0;
    RESET lock_timeout;
    CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);
    """
  let reference = "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-STATEMENT-TIMEOUT"
  let examples: [RuleExample] = [
    .bad(
      "around a build",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "SET statement_timeout = '30s';\nCREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .bad(
      "a lock_timeout around a build, which waits for old transactions",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "SET lock_timeout = '5s';\nCREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .bad(
      "around a validation",
      history: [
        "CREATE TABLE clips (user_id bigint);",
        "ALTER TABLE clips ADD CONSTRAINT has_user CHECK (user_id IS NOT NULL) NOT VALID;",
      ],
      "SET statement_timeout = 5000;\nALTER TABLE clips VALIDATE CONSTRAINT has_user;"
    ),
    .good(
      "set to 0",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "SET statement_timeout = 0;\nCREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .good(
      "and reset before",
      history: ["CREATE TABLE clips (user_id bigint);"],
      transactionMode: .none,
      "SET statement_timeout = '30s';\nRESET statement_timeout;\n"
        + "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let effect = context.effects.relations.first { effect in
      effect.isWaitedFor && effect.work.contains(where: \.isMadeToTakeLong)
    }
    guard let effect, let item = effect.work.first(where: \.isMadeToTakeLong) else { return [] }
    let names = item.work == .indexBuild ? ["statement_timeout", "lock_timeout"] : ["statement_timeout"]
    guard let cut = names.compactMap({ context.timeout($0) }).first else { return [] }
    return [
      context.finding(
        self,
        .cutting(item, on: effect, after: cut),
        fix: Finding.Fix(
          cut.name == "lock_timeout"
            ? "reset lock_timeout before this statement" : "set \(cut.name) to 0 for this statement",
          migrations: item.work == .indexBuild
            ? [] : ["SET \(cut.name) = 0;\n\(context.source[context.statement.range]);"]
        )
      )
    ]
  }
}

/// A timeout as it is set.
private struct Timeout {
  let name: String
  let value: String
}

extension WorkItem {
  fileprivate var isMadeToTakeLong: Bool {
    switch cause {
    case .index(_, let isConcurrent), .reindex(let isConcurrent): isConcurrent
    case .validation: true
    default: false
    }
  }
}

extension StatementContext {
  /// What the migration has set last; `nil` where that is nothing, or 0.
  fileprivate func timeout(_ name: String) -> Timeout? {
    for statement in migration.script.statements[..<index].reversed() {
      guard case .set(let parameter) = statement.kind else { continue }
      guard parameter.scope == .session || parameter.scope == .transaction && transaction.isBlock else { continue }
      guard let set = parameter.name?.lowercased() else { return nil }
      guard set == name else { continue }
      guard let value = parameter.values?.first, value.contains(where: { ("1"..."9").contains($0) }) else { return nil }
      return Timeout(name: name, value: value)
    }
    return nil
  }
}

extension Finding.Message {
  fileprivate static func cutting(_ item: WorkItem, on effect: Effect, after timeout: Timeout) -> Self {
    let limit = "\(timeout.name) = \(timeout.value)"
    switch item.cause {
    case .validation(let constraint):
      return "\(limit) ends the validation of \(constraint.quotedIdentifier) on a large \(effect.displayName)"
    default:
      return "\(limit) ends the build on a large or busy \(effect.displayName), and leaves an invalid index behind"
    }
  }
}
