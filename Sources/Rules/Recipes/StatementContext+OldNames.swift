import Linting
import Syntax

extension StatementContext {
  /// A relation under its new name, with a view under the old one that goes when no code uses it any more.
  func leavingView(under old: QualifiedName, of new: QualifiedName, by renaming: String) -> [Finding.Fix.Step] {
    [
      Finding.Fix.Step(inOneTransaction("\(renaming)\nCREATE VIEW \(old) AS SELECT * FROM \(new);")),
      Finding.Fix.Step(
        """
        -- sqllint:allow object-dropped no code uses the old name any more
        DROP VIEW \(old);
        """,
        once: "no running code uses \(old) any more"
      ),
    ]
  }

  /// What people should know of such a view, for the end of a sentence.
  static let viewLimits =
    "; it reads and writes the table, but knows neither TRUNCATE nor COPY FROM, and it needs the privileges that roles have "
    + "on the table"
}
