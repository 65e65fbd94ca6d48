import Catalog
import Syntax

/// A trigger that fills columns of each row that is written. It is called like its function.
struct RowTrigger {
  /// As the user names it.
  let table: QualifiedName
  /// With the schema of the table.
  let name: QualifiedName

  /// Triggers fire in the order of their names, and what others write is to be seen.
  init(on table: QualifiedName, for column: String, behind others: some Sequence<Trigger>) {
    let name = GeneratedName.make(table.name, column, "sync")
    let isLast = others.allSatisfy { $0.name < name }
    self.table = table
    self.name = QualifiedName(schema: table.schema, isLast ? name : GeneratedName.make("zz", name, "last"))
  }

  /// `body` is what its function does before it returns the row; `allowing` is said where it changes what code wrote.
  func creation(_ body: String, allowing reason: String? = nil) -> String {
    """
    CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
    \(body)
      RETURN NEW;
    END $$;
    \(reason.map { "-- sqllint:allow trigger-added \($0)\n" } ?? "")CREATE TRIGGER \(name.name.quotedIdentifier) BEFORE INSERT OR UPDATE ON \(table)
      FOR EACH ROW EXECUTE FUNCTION \(name)();
    """
  }

  func removal(because reason: String) -> [String] {
    [
      "-- sqllint:allow object-dropped \(reason)",
      "DROP TRIGGER \(name.name.quotedIdentifier) ON \(table);",
      "DROP FUNCTION \(name)();",
    ]
  }

  /// What the expression gives for the row that the trigger sees.
  func value(of expression: Expression) -> String {
    "(SELECT \(expression.sql) FROM (SELECT NEW.*) AS \(table.name.quotedIdentifier))"
  }
}
