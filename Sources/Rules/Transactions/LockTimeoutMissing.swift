import Execution
import Linting
import Syntax

struct LockTimeoutMissing: MigrationRule {
  let id = "lock-timeout-missing"
  let alsoKnownAs = ["squawk: require-timeout-settings", "eugene: E9", "pgfence: missing-lock-timeout"]
  let summary = "Nothing ends the wait for a lock behind which everybody else queues."
  let risk = Risk.low
  let explanation = """
    A statement that needs a strong lock waits until the last transaction that uses the table ends, and everybody \
    who comes later waits behind it, readers too: one long report is enough to stop the application. With \
    lock_timeout the statement gives up instead, and the migration can be run again.

    It is reported once a file, where most migrations before this one set lock_timeout, and once a history that sets none. \
    `timeouts: migration` in `.sqllint.yml` asks every migration that locks tables for one; `timeouts: session` says that \
    the role or the runner's connection sets it, as ALTER ROLE does.
    """
  let alternative = """
    SET lock_timeout = '5s';
    ALTER TABLE users ADD COLUMN plan text;
    """
  let reference = "https://www.postgresql.org/docs/current/runtime-config-client.html#GUC-LOCK-TIMEOUT"
  private static let usual = "SET lock_timeout = '5s';\nCREATE TABLE users (id bigint);"
  let examples: [RuleExample] = [
    .bad("where those before set one", history: [usual], "ALTER TABLE users ADD COLUMN plan text;"),
    .good("with one", history: [usual], "SET lock_timeout = '5s';\nALTER TABLE users ADD COLUMN plan text;"),
    .good("a table made in the same migration", history: [usual], "CREATE TABLE plans (name text);\nDROP TABLE plans;"),
    .good("a lock that stops nobody", history: [usual], "COMMENT ON TABLE users IS 'people';"),
    .good(
      "where nobody sets one",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    guard context.asksForLockTimeout, !context.migration.setsLockTimeout else { return [] }
    for (index, statement) in context.statements.enumerated() {
      guard let locked = statement.lockBehindWhichOthersQueue else { continue }
      let isUnsaid = context.policy.timeouts == nil && context.isFirstWithoutLockTimeout
      return [
        context.finding(self, .waiting(for: locked, inNone: isUnsaid), at: index, fix: isUnsaid ? .forRole : .here)
      ]
    }
    return []
  }
}

extension Finding.Fix {
  fileprivate static let here = Self(
    "write SET lock_timeout = '5s'; first, and run the migration again where it strikes"
  )

  fileprivate static let forRole = Self(
    "set it for the role that runs the migrations, with ALTER ROLE … SET lock_timeout = '5s', and say timeouts: session in "
      + ".sqllint.yml; or let each migration begin with SET lock_timeout = '5s'"
  )
}

extension Finding.Message {
  fileprivate static func waiting(for locked: Effect, inNone isUnsaid: Bool) -> Self {
    """
    \(isUnsaid ? "no migration of this history sets a lock_timeout" : "no lock_timeout is set"): this statement waits for \
    \(locked.displayName) as long as anybody uses it, and everybody else queues behind it
    """
  }
}
