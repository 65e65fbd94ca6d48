import Catalog
import Execution
import Linting
import Syntax

/// The way to NOT NULL that scans without blocking: a check that is validated while writes go on proves it.
struct NotNullRecipe {
  /// As the user names it.
  let table: QualifiedName
  let column: String
  /// Whether a step before has filled the rows that there are: the check refuses changes of those that hold NULL, too.
  var isFilled = false

  /// Each to be deployed after the one before.
  var migrations: [Finding.Fix.Step] {
    [
      Finding.Fix.Step(
        "ALTER TABLE \(table) \(addition);",
        once: isFilled
          ? "no running code writes NULL to \(name)"
          : "running code always writes \(name), and a backfill in batches has left no NULL"
      ),
      "ALTER TABLE \(table) VALIDATE CONSTRAINT \(proof);",
      """
      ALTER TABLE \(table) ALTER COLUMN \(name) SET NOT NULL;
      ALTER TABLE \(table) DROP CONSTRAINT \(proof);
      """,
    ]
  }

  private var name: String { column.quotedIdentifier }

  /// The check as an action of ALTER TABLE.
  var addition: String { "ADD CONSTRAINT \(proof) CHECK (\(name) IS NOT NULL) NOT VALID" }

  /// The name of the check.
  var proof: String { GeneratedName.make(table.name, column, "not_null_check").quotedIdentifier }
}
