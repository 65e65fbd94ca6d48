import Catalog
import Execution
import Linting
import Syntax

/// The way to NOT NULL that scans without blocking: a check that is validated while writes go on proves it.
struct NotNullRecipe {
  /// As the user names it.
  let table: QualifiedName
  let column: String

  /// Each to be deployed after the one before.
  var migrations: [String] {
    [
      "ALTER TABLE \(table) ADD CONSTRAINT \(proof) CHECK (\(name) IS NOT NULL) NOT VALID;",
      "ALTER TABLE \(table) VALIDATE CONSTRAINT \(proof);",
      """
      ALTER TABLE \(table) ALTER COLUMN \(name) SET NOT NULL;
      ALTER TABLE \(table) DROP CONSTRAINT \(proof);
      """,
    ]
  }

  private var name: String { column.quotedIdentifier }

  private var proof: String { GeneratedName.make(table.name, column, "not_null_check").quotedIdentifier }
}
