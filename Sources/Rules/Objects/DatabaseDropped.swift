import Catalog
import Execution
import Linting
import Syntax

struct DatabaseDropped: StatementRule {
  let id = "database-dropped"
  let alsoKnownAs = ["squawk: ban-drop-database", "pgfence: drop-database"]
  let summary = "DROP DATABASE and DROP TABLESPACE delete files from the disk at once."
  let risk = Risk.critical
  let tellsOfLoss = true
  let explanation = """
    DROP DATABASE deletes the directory with all that was ever in the database. It cannot be rolled back, as it runs \
    outside of any transaction, and with FORCE it ends the sessions of those who use it.

    DROP TABLESPACE deletes a directory too. PostgreSQL refuses it while any database has something there, but another \
    cluster's files do not stop it.
    """
  let alternative = """
    -- by hand, with a backup, after nobody has been connected for a while
    SELECT usename, client_addr, state FROM pg_stat_activity WHERE datname = 'legacy';
    """
  let reference = "https://www.postgresql.org/docs/current/sql-dropdatabase.html"
  let examples: [RuleExample] = [
    .bad("a database", history: [], transactionMode: .none, "DROP DATABASE IF EXISTS legacy;"),
    .good("a table made in the same migration", "CREATE TABLE legacy (id bigint);\nDROP TABLE legacy;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.effects.losses.compactMap { loss in
      let message: Finding.Message
      switch loss {
      case .object(.database, let name): message = .dropping(database: name)
      case .object(.tablespace, let name): message = .dropping(tablespace: name)
      default: return nil
      }
      return context.finding(
        self,
        message,
        fix: Finding.Fix(
          "leave it to a person, who has a backup and sees that nobody is connected, or say with the reason that it may "
            + "go:\n-- sqllint:allow \(id) reason"
        )
      )
    }
  }
}

extension Finding.Message {
  fileprivate static func dropping(database name: String) -> Self {
    "dropping database \(name.quotedIdentifier) deletes all that is in it from the disk for good, and no rollback helps"
  }

  fileprivate static func dropping(tablespace name: String) -> Self {
    """
    dropping tablespace \(name.quotedIdentifier) deletes its directory from the disk for good; PostgreSQL refuses it \
    while a database still has something there
    """
  }
}
