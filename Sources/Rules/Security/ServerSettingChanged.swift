import Linting
import Syntax

struct ServerSettingChanged: StatementRule {
  let id = "server-setting-changed"
  let summary = "A setting is changed for the whole server, or a dangerous one for all sessions to come."
  let risk = Risk.critical
  let explanation = """
    ALTER SYSTEM writes into the configuration of the server: it holds for all databases, from the next reload or restart \
    on, long after the migration, and no down migration knows what was there before. ALTER DATABASE and ALTER ROLE hold for \
    each new session: settings that switch off triggers, checks, writes or the durability of commits, or that change what \
    names mean, then change what all code does.

    Settings of the server belong to its configuration; what one migration needs, SET in that migration.
    """
  let alternative = "ALTER ROLE web SET lock_timeout = '5s';"
  let reference = "https://www.postgresql.org/docs/current/config-setting.html"
  let examples: [RuleExample] = [
    .bad("of the server", transactionMode: .none, "ALTER SYSTEM SET work_mem = '64MB';"),
    .bad(
      "triggers and foreign keys, for a role",
      "ALTER ROLE CURRENT_USER IN DATABASE postgres SET session_replication_role = replica;"
    ),
    .bad("what names mean", "ALTER ROLE CURRENT_USER IN DATABASE template1 SET search_path = app, public;"),
    .good("a timeout of a role", "ALTER ROLE CURRENT_USER IN DATABASE postgres SET lock_timeout = '5s';"),
    .good("of the session", "SET search_path = public;"),
    .good("back to what it was", "ALTER ROLE CURRENT_USER IN DATABASE postgres RESET search_path;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .set(let parameter) = context.statement.kind else { return [] }
    let name = parameter.name?.lowercased()
    let whose: String
    switch parameter.scope {
    case .session, .transaction: return []
    case .system:
      let fix = Finding.Fix("leave it to the server's configuration; SET it in the migration if only that needs it")
      return [context.finding(self, .changing(name ?? "all settings"), fix: fix)]
    case .database(let database): whose = "database \(database.quotedIdentifier)"
    case .role(let role, _): whose = role.map { "role \($0.sql)" } ?? "every role"
    }
    guard let name, let value = parameter.values?.joined(separator: ", ").lowercased(),
      let danger = Danger(name: name, value: value)
    else { return [] }
    return [
      context.finding(
        self,
        .making(name, whose, danger.words),
        risk: danger.risk,
        fix: Finding.Fix("SET it where it is needed, for one session or with SET LOCAL for one transaction")
      )
    ]
  }
}

/// What a setting does to code that does not expect it.
private struct Danger {
  let risk: Risk
  let words: String

  /// Source: PostgreSQL's manual, "Client Connection Defaults", "Developer Options", "Write Ahead Log".
  init?(name: String, value: String) {
    let isOff = ["off", "false", "no", "0"].contains(value)
    switch name {
    case "session_replication_role" where value != "origin":
      (risk, words) = (.critical, "runs without foreign keys and triggers")
    case "zero_damaged_pages", "ignore_checksum_failure", "ignore_system_indexes", "allow_system_table_mods":
      if isOff { return nil }
      (risk, words) = (.critical, "can lose data without a word")
    case "session_preload_libraries", "local_preload_libraries":
      (risk, words) = (.critical, "loads code of those libraries into the server")
    case "default_transaction_read_only" where !isOff:
      (risk, words) = (.high, "can write nothing")
    case "synchronous_commit" where isOff:
      (risk, words) = (.high, "can lose what it has committed when the server crashes")
    case "search_path":
      (risk, words) = (.high, "finds other tables and functions under the same names")
    default: return nil
    }
  }
}

extension Finding.Message {
  fileprivate static func changing(_ name: String) -> Self {
    "changing \(name) with ALTER SYSTEM holds for every database of the server, from the next reload or restart on"
  }

  fileprivate static func making(_ name: String, _ whose: String, _ danger: String) -> Self {
    "with \(name), each new session of \(whose) \(danger)"
  }
}
