import Syntax
import Testing

@testable import Catalog
@testable import Execution

@Suite("The session decides what names mean")
struct SessionTests {
  @Test("by the search path, which SET, set_config and RESET change")
  func searchPath() {
    var database = Database("CREATE SCHEMA app; SET search_path TO \"$user\", app, public; CREATE TABLE a (x int)")
    #expect(database.catalog.tables["app.a"] != nil)
    database.apply("SELECT pg_catalog.set_config('search_path', 'public', false); CREATE TABLE a (y int)")
    #expect(database.table(QualifiedName(schema: nil, "a"))?.column("y") != nil)
    database.apply("SET search_path = app; RESET search_path")
    #expect(database.session.searchPath == ["public"])
  }

  @Test("SET LOCAL ends with the transaction, SET does not")
  func local() {
    var database = Database("SET LOCAL search_path TO app")
    #expect(database.session.searchPath == ["app"])
    database.endTransaction()
    #expect(database.session.searchPath == ["public"])
    database.apply("SET LOCAL timezone = 'UTC'; SET search_path TO app")
    database.endTransaction()
    #expect(database.session.searchPath == ["app"])
    #expect(database.session.timeZone == nil)
  }

  @Test("each migration has its own")
  func migrations() {
    var database = Database(
      "SET search_path TO app; SET timezone = 'UTC'; CREATE TEMP TABLE t (a int); CREATE TEMP VIEW v AS SELECT 1"
    )
    #expect(database.catalog.tables.count == 1)
    database.beginMigration()
    #expect(database.session.searchPath == ["public"])
    #expect(database.session.timeZone == nil)
    #expect(database.catalog.tables.isEmpty)
    #expect(database.catalog.views.isEmpty)
  }

  @Test("temporary relations hide others of their name")
  func temporary() {
    var database = Database(
      "CREATE TABLE t (a int); CREATE TEMP TABLE t (b serial PRIMARY KEY); ALTER TABLE t ADD COLUMN c int"
    )
    #expect(database.catalog.tables["public.t"]?.columns.map(\.name) == ["a"])
    #expect(database.table(QualifiedName(schema: nil, "t"))?.columns.map(\.name) == ["b", "c"])
    database.apply("DROP TABLE t; ALTER TABLE t ADD COLUMN d int")
    #expect(database.catalog.tables["public.t"]?.columns.map(\.name) == ["a", "d"])
  }

  @Test("a view keeps the tables that it was made of")
  func resolution() {
    var database = Database(
      """
      CREATE SCHEMA app; CREATE TABLE app.t (a int, b int);
      SET search_path TO app; CREATE VIEW v AS SELECT * FROM t; RESET search_path;
      CREATE TABLE t (c int); ALTER TABLE app.t RENAME a TO z; ALTER TABLE app.t RENAME TO u;
      """
    )
    let view = database.view("app.v")
    #expect(view?.relations == ["app.u"])
    #expect(view?.columnNames == ["a", "b"])
    #expect(view?.query.sql == "SELECT u.z AS a, u.b FROM app.u")
    #expect(database.apply("ALTER TABLE app.u DROP COLUMN z; DROP TABLE app.u; DROP TABLE t") == [false, false, true])
  }
}
