import Linting

struct FileNameMalformed: FileRule {
  let id = "file-name-malformed"
  let summary = "A file looks like a migration, and its runner does not run it."
  let risk = Risk.medium
  let explanation = """
    The name begins with a version, or ends in up or down, but it is not a name that the runner accepts. What the file is \
    meant to do is not done, and usually nobody notices; some runners refuse the whole folder.

    Name it as the runner expects, or so that nobody takes it for a migration.
    """
  let alternative = """
    -- 000012-add-email.sql becomes 000012_add_email.up.sql
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = []

  func check(_ migration: Migration) -> [Finding] {
    guard case .misnamed(let reason) = migration.status else { return [] }
    let fix = Finding.Fix("name it as the runner expects, or so that nobody takes it for a migration")
    return [Finding(rule: id, risk: risk, range: 0..<0, message: .ignored(reason), fix: fix)]
  }
}

extension Finding.Message {
  fileprivate static func ignored(_ reason: String) -> Self { "this looks like a migration, but \(reason)" }
}
