import Syntax
import Testing

@testable import Catalog
@testable import Execution

@Suite("A table that the history never made")
struct AssumedTableTests {
  @Test("is not in the catalog until a statement tells of it")
  func unknown() {
    let database = Database("SELECT 1")
    #expect(database.table("clips") == nil)
    #expect(database.catalog.kind(of: "clips") == nil)
  }

  @Test("keeps what ALTER TABLE tells, and is marked as assumed")
  func learning() throws {
    let database = Database(
      """
      ALTER TABLE clips ADD COLUMN note varchar(20) NOT NULL DEFAULT 'x', ALTER COLUMN title SET NOT NULL;
      ALTER TABLE clips ADD CONSTRAINT long CHECK (length(title) > 3) NOT VALID;
      """
    )
    let table = try #require(database.table("clips"))
    #expect(table.isAssumed)
    #expect(table.createdIn == 0)
    #expect(!table.knowsAllColumns)
    #expect(table.column("note")?.type?.sql == "varchar(20)")
    #expect(table.column("note")?.isNotNull == true)
    #expect(table.column("title")?.isNotNull == true)
    #expect(table.constraint("long")?.isValidated == false)
  }

  @Test("proves NOT NULL by a check that the history validates")
  func proof() {
    var database = Database("ALTER TABLE clips ADD CONSTRAINT c CHECK (a IS NOT NULL) NOT VALID")
    #expect(database.table("clips")?.proves(notNull: "a") == false)
    database.apply("ALTER TABLE clips VALIDATE CONSTRAINT c")
    #expect(database.table("clips")?.proves(notNull: "a") == true)
  }

  @Test("may have whatever a statement names")
  func accepting() {
    var database = Database("ALTER TABLE clips ADD COLUMN a int")
    let accepted = database.apply(
      """
      ALTER TABLE clips DROP COLUMN unheard_of;
      ALTER TABLE clips DROP CONSTRAINT unheard_of;
      ALTER TABLE clips RENAME unheard_of TO heard_of;
      CREATE INDEX ON clips (unheard_of_too);
      DROP TRIGGER unheard_of ON clips;
      DROP INDEX unheard_of;
      DROP TABLE unheard_of, unheard_of_too;
      """
    )
    #expect(accepted.allSatisfy { $0 })
    #expect(database.table("clips")?.column("heard_of") != nil)
  }

  @Test("cannot get a column twice")
  func refusing() {
    var database = Database("ALTER TABLE clips ADD COLUMN a int")
    #expect(database.apply("ALTER TABLE clips ADD COLUMN a text") == [false])
    #expect(database.table("clips")?.column("a")?.type?.sql == "integer")
  }

  @Test("is forgotten when the history makes one of its name")
  func creation() {
    var database = Database("CREATE INDEX old ON clips (a)")
    #expect(database.apply("CREATE TABLE clips (b int)") == [true])
    #expect(database.table("clips")?.isAssumed == false)
    #expect(database.table("clips")?.columns.map(\.name) == ["b"])
    #expect(database.index("old") == nil)
  }

  @Test("is known by its new name after a RENAME")
  func rename() {
    var database = Database("ALTER TABLE clips RENAME TO videos")
    #expect(database.table("videos")?.isAssumed == true)
    database.apply("ALTER TABLE videos ADD COLUMN a int; ALTER TABLE videos RENAME TO films")
    #expect(database.table("films")?.column("a") != nil)
    #expect(database.table("videos") == nil)
  }
}
