import Analysis
import Syntax

/// The way to NOT NULL that scans without blocking: a check that is validated while writes go on proves it.
struct NotNullRecipe {
  let table: String
  let column: String

  private var constraint: String {
    let name = table.split(separator: ".").last.map { $0.filter { $0 != "\"" } } ?? ""
    return GeneratedName.make(name, column, "not_null").quotedIdentifier
  }

  var migrations: [String] {
    let name = column.quotedIdentifier
    return [
      "ALTER TABLE \(table) ADD CONSTRAINT \(constraint) CHECK (\(name) IS NOT NULL) NOT VALID;",
      "ALTER TABLE \(table) VALIDATE CONSTRAINT \(constraint);",
      """
      ALTER TABLE \(table) ALTER COLUMN \(name) SET NOT NULL;
      ALTER TABLE \(table) DROP CONSTRAINT \(constraint);
      """,
    ]
  }
}
