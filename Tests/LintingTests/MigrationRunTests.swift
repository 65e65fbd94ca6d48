import Catalog
import Execution
import Syntax
import Testing

@testable import Linting

@Suite("A migration changes the database")
struct MigrationRunTests {
  @Test("without what its ROLLBACKs undo")
  func rollback() {
    var database = Database()
    database.run(
      Migration(
        """
        BEGIN; CREATE TABLE kept (a int); SAVEPOINT s; CREATE TABLE undone (a int); ALTER TABLE kept ADD COLUMN b int;
        ROLLBACK TO s; COMMIT; BEGIN; DROP TABLE kept; CREATE TYPE mood AS ENUM ('a'); ROLLBACK;
        """
      ),
      targetVersion: 17
    )
    #expect(Array(database.catalog.tables.keys).map(\.name) == ["kept"])
    #expect(database.table(QualifiedName("kept"))?.columns.map(\.name) == ["a"])
    #expect(database.catalog.types.isEmpty)
  }

  @Test("without its temporary relations and settings")
  func session() {
    var database = Database()
    database.run(
      Migration("SET search_path TO app; CREATE TEMP TABLE t AS SELECT 1 AS a; CREATE TABLE u (a int)"),
      targetVersion: 17
    )
    #expect(Array(database.catalog.tables.keys).map(\.description) == ["app.u"])
    #expect(database.session.searchPath == ["public"])
  }
}
