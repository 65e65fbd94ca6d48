import Catalog
import Execution
import Syntax

/// A change of many rows in batches, each in a transaction of its own, in one migration.
///
/// COMMIT works in a DO block only outside a transaction: the block must be all that its migration holds.
struct Backfill {
  /// As the user names it.
  let table: QualifiedName
  /// What follows SET.
  let assignments: String
  /// What is true of the rows that are yet to be changed, and of no row that is done; `nil` where nothing tells them
  /// apart.
  let pending: String?
  /// The columns of the primary key; empty where none is known.
  let key: [String]

  static let rowsInBatch = 10_000

  /// `nil` where the rows can be taken neither by their key nor by what is to be done to them.
  var migration: String? {
    switch key.count {
    case 0: pending.map(drain)
    case 1: walk(along: key[0].quotedIdentifier)
    default: walk(along: key.map(\.quotedIdentifier))
    }
  }

  private var isPending: String { pending.map { " AND \($0)" } ?? "" }

  /// Goes through the table once, from key to key.
  private func walk(along key: String) -> String {
    """
    DO $$
    DECLARE
      batch_start \(table).\(key)%TYPE := (SELECT \(key) FROM \(table) ORDER BY \(key) LIMIT 1);
      batch_end \(table).\(key)%TYPE;
    BEGIN
      WHILE batch_start IS NOT NULL LOOP
        batch_end := (
          SELECT \(key) FROM \(table) WHERE \(key) > batch_start ORDER BY \(key) OFFSET \(Self.rowsInBatch - 1) LIMIT 1
        );
        UPDATE \(table) SET \(assignments)
          WHERE \(key) >= batch_start AND (\(key) < batch_end OR batch_end IS NULL)\(isPending);
        COMMIT;
        batch_start := batch_end;
      END LOOP;
    END
    $$;
    """
  }

  /// The same along a key of several columns, which are compared as a row.
  private func walk(along key: [String]) -> String {
    let columns = key.joined(separator: ", ")
    let numbers = 1...key.count
    func variables(_ name: String) -> String { numbers.map { "\(name)_\($0)" }.joined(separator: ", ") }
    let declarations = ["batch_start", "batch_end"].flatMap { name in
      zip(numbers, key).map { "  \(name)_\($0) \(table).\($1)%TYPE;" }
    }
    let advances = numbers.map { "    batch_start_\($0) := batch_end_\($0);" }
    return """
      DO $$
      DECLARE
      \(declarations.joined(separator: "\n"))
      BEGIN
        SELECT \(columns) INTO \(variables("batch_start")) FROM \(table) ORDER BY \(columns) LIMIT 1;
        WHILE batch_start_1 IS NOT NULL LOOP
          SELECT \(columns) INTO \(variables("batch_end")) FROM \(table)
            WHERE (\(columns)) > (\(variables("batch_start"))) ORDER BY \(columns) OFFSET \(Self.rowsInBatch - 1) LIMIT 1;
          UPDATE \(table) SET \(assignments)
            WHERE (\(columns)) >= (\(variables("batch_start")))
              AND ((\(columns)) < (\(variables("batch_end"))) OR batch_end_1 IS NULL)\(isPending);
          COMMIT;
      \(advances.joined(separator: "\n"))
        END LOOP;
      END
      $$;
      """
  }

  /// Takes rows that are to be changed until there is none. Places of rows are told apart within one table only, so
  /// that in a partitioned one the condition must be there twice.
  private func drain(_ pending: String) -> String {
    """
    DO $$
    BEGIN
      WHILE EXISTS (SELECT FROM \(table) WHERE \(pending)) LOOP
        UPDATE \(table) SET \(assignments)
          WHERE \(pending)
            AND ctid IN (SELECT ctid FROM \(table) WHERE \(pending) LIMIT \(Self.rowsInBatch));
        COMMIT;
      END LOOP;
    END
    $$;
    """
  }
}

extension Database {
  /// The columns of a table's primary key, by which its rows can be gone through.
  func keyColumns(of table: QualifiedName) -> [String] { self.table(table)?.primaryKey?.columns ?? [] }
}
