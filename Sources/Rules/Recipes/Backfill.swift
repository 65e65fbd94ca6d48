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
  /// The only column of the primary key.
  let key: String?

  static let rowsInBatch = 10_000

  /// `nil` where the rows can be taken neither by their key nor by what is to be done to them.
  var migration: String? {
    if let key { return walk(along: key.quotedIdentifier) }
    return pending.map(drain)
  }

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
          WHERE \(key) >= batch_start AND (\(key) < batch_end OR batch_end IS NULL)\(pending.map { " AND \($0)" } ?? "");
        COMMIT;
        batch_start := batch_end;
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
  /// The only column of a table's primary key, by which its rows can be gone through.
  func singleKey(of table: QualifiedName) -> String? {
    guard let columns = self.table(table)?.primaryKey?.columns, columns.count == 1 else { return nil }
    return columns[0]
  }
}
