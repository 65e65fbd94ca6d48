import Linting
import Syntax

struct FileUnreadable: FileRule {
  let id = "file-unreadable"
  let summary = "The file cannot be read as SQL, so nothing is known about it."
  let risk = Risk.high
  let explanation = """
    PostgreSQL reads UTF-8 text without NUL bytes. A file in another encoding, one that may not be opened, or one too \
    large to be SQL that people wrote cannot be judged, and most runners fail on it. The same holds for \
    files that a psql script includes, and for SQL outside of the sections of a file that its runner reads by sections.
    """
  let alternative = "SELECT 1;"
  let reference = "https://www.postgresql.org/docs/current/multibyte.html"
  let examples: [RuleExample] = []

  func check(_ migration: Migration) -> [Finding] {
    let parts = migration.unreadParts.map { ($0.range, $0.reason) }
    return ((migration.unreadable.map { [(0..<0, $0)] } ?? []) + parts).map { range, reason in
      Finding(rule: id, risk: risk, range: range, message: .unreadable(reason))
    }
  }
}

extension Finding.Message {
  fileprivate static func unreadable(_ reason: String) -> Self { "\(reason)" }
}
