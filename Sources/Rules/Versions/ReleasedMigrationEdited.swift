import Linting

struct ReleasedMigrationEdited: FileRule {
  let id = "released-migration-edited"
  let summary = "A migration that is on the base branch was changed or deleted."
  let risk = Risk.high
  let explanation = """
    It may have run already, and no runner runs it again: databases that have it keep what the old text did, new ones get \
    what the new text does. Runners that keep checksums refuse to go on.

    Leave it as it is, and put the change into a migration of its own. If it certainly has not run anywhere, say so in a \
    comment that allows this rule.
    """
  let alternative = """
    -- 000012_add_email.up.sql stays as it is; 000013_widen_email.up.sql is
    ALTER TABLE users ALTER COLUMN email TYPE varchar(320);
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html"
  let examples: [RuleExample] = []

  func check(_ migration: Migration) -> [Finding] {
    let message: Finding.Message
    if migration.direction == .down {
      guard case .deleted(let branch) = migration.status else { return [] }
      let fix = Finding.Fix("bring it back: a rollback past this migration needs it")
      return [Finding(rule: id, risk: risk, range: 0..<0, message: .rollbackLost(branch), fix: fix)]
    }
    switch migration.status {
    case .edited(let branch): message = .changed("changed", branch)
    case .deleted(let branch): message = .changed("deleted", branch)
    default: return []
    }
    let fix = Finding.Fix("leave it as it is on the branch, and put the change into a migration of its own")
    return [Finding(rule: id, risk: risk, range: 0..<0, message: message, fix: fix)]
  }
}

extension Finding.Message {
  fileprivate static func rollbackLost(_ branch: String) -> Self {
    "this down migration is on \(branch) and was deleted here: its migration may have run, and can no longer be undone"
  }

  fileprivate static func changed(_ what: String, _ branch: String) -> Self {
    "this migration is on \(branch) and was \(what) here: databases where it has run do not get the change"
  }
}
