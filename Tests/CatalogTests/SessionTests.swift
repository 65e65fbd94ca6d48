import Syntax
import Testing

@testable import Catalog
@testable import Execution

@Suite("The session decides what names mean")
struct SessionTests {
  @Test("by the search path, which SET, set_config and RESET change")
  func searchPath() {
    var schema = Database("CREATE SCHEMA app; SET search_path TO \"$user\", app, public; CREATE TABLE a (x int)")
    #expect(schema.catalog.tables["app.a"] != nil)
    schema.apply("SELECT pg_catalog.set_config('search_path', 'public', false); CREATE TABLE a (y int)")
    #expect(schema.table(QualifiedName(schema: nil, "a"))?.column("y") != nil)
    schema.apply("SET search_path = app; RESET search_path")
    #expect(schema.session.searchPath == ["public"])
  }

  @Test("SET LOCAL ends with the transaction, SET does not")
  func local() {
    var schema = Database("SET LOCAL search_path TO app")
    #expect(schema.session.searchPath == ["app"])
    schema.endTransaction()
    #expect(schema.session.searchPath == ["public"])
    schema.apply("SET LOCAL timezone = 'UTC'; SET search_path TO app")
    schema.endTransaction()
    #expect(schema.session.searchPath == ["app"])
    #expect(schema.session.timeZone == nil)
  }

  @Test("each migration has its own")
  func migrations() {
    var schema = Database(
      "SET search_path TO app; SET timezone = 'UTC'; CREATE TEMP TABLE t (a int); CREATE TEMP VIEW v AS SELECT 1"
    )
    #expect(schema.catalog.tables.count == 1)
    schema.beginMigration()
    #expect(schema.session.searchPath == ["public"])
    #expect(schema.session.timeZone == nil)
    #expect(schema.catalog.tables.isEmpty)
    #expect(schema.catalog.views.isEmpty)
  }

  @Test("temporary relations hide others of their name")
  func temporary() {
    var schema = Database(
      "CREATE TABLE t (a int); CREATE TEMP TABLE t (b serial PRIMARY KEY); ALTER TABLE t ADD COLUMN c int"
    )
    #expect(schema.catalog.tables["public.t"]?.columns.map(\.name) == ["a"])
    #expect(schema.table(QualifiedName(schema: nil, "t"))?.columns.map(\.name) == ["b", "c"])
    schema.apply("DROP TABLE t; ALTER TABLE t ADD COLUMN d int")
    #expect(schema.catalog.tables["public.t"]?.columns.map(\.name) == ["a", "d"])
  }

  @Test("a view keeps the tables that it was made of")
  func resolution() {
    var schema = Database(
      """
      CREATE SCHEMA app; CREATE TABLE app.t (a int, b int);
      SET search_path TO app; CREATE VIEW v AS SELECT * FROM t; RESET search_path;
      CREATE TABLE t (c int); ALTER TABLE app.t RENAME a TO z; ALTER TABLE app.t RENAME TO u;
      """
    )
    let view = schema.view("app.v")
    #expect(view?.relations == ["app.u"])
    #expect(view?.columnNames == ["a", "b"])
    #expect(view?.query.sql == "SELECT u.z AS a, u.b FROM app.u")
    #expect(schema.apply("ALTER TABLE app.u DROP COLUMN z; DROP TABLE app.u; DROP TABLE t") == [false, false, true])
  }
}
