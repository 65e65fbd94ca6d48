import Catalog
import Execution
import Syntax
import Testing

@Suite("Refusals that something else than the files decides")
struct UncertainRefusalTests {
  private static let database = TrialDatabase("CREATE TABLE users (id integer PRIMARY KEY, name text)")

  @Test(
    "what no statement made is doubted",
    arguments: [
      "CREATE TABLE made (id nope)", "ALTER TABLE users ADD COLUMN more nope", "ALTER TABLE nope ADD COLUMN id integer",
      "CREATE INDEX ON nope (id)", "CREATE TABLE made (LIKE nope)", "CREATE TABLE made () INHERITS (nope)",
      "CREATE TABLE made (id integer REFERENCES nope)", "CREATE INDEX ON users USING nope (id)",
      "CREATE INDEX ON users (name nope_ops)", "CREATE INDEX ON users USING gist (id)", "CREATE TABLE nope.made ()",
    ]
  )
  func doubt(sql: String) throws {
    let refusal = try #require(Self.database.refusal(of: sql))
    #expect(!refusal.isCertain)
  }

  @Test(
    "what an extension may have brought is not",
    arguments: [
      "CREATE TABLE made (id citext)", "CREATE TABLE made (place geometry(Point, 4326))",
      "CREATE INDEX ON users USING hnsw (id vector_l2_ops)", "CREATE INDEX ON users USING gin (name gin_trgm_ops)",
      "CREATE EXTENSION nobody_knows; CREATE TABLE made (id its_type)",
      "CREATE EXTENSION btree_gist; CREATE INDEX ON users USING gist (id)",
    ]
  )
  func extensions(sql: String) {
    #expect(Self.database.refusal(of: sql) == nil)
  }

  @Test("a cast that the history makes is one")
  func ownCasts() {
    let statement = "ALTER TABLE users ALTER COLUMN id TYPE boolean"
    #expect(Self.database.refusal(of: statement)?.state == .datatypeMismatch)
    let cast = "CREATE CAST (integer AS boolean) WITHOUT FUNCTION AS ASSIGNMENT; "
    #expect(Self.database.refusal(of: cast + statement) == nil)
  }

  @Test(
    "a table waits for the checks of its new rows",
    arguments: [
      ("INSERT INTO keyed VALUES (1); ALTER TABLE keyed ADD COLUMN more integer", SQLState.objectInUse),
      ("INSERT INTO keyed VALUES (1); CREATE INDEX ON keyed (id)", .objectInUse),
      ("INSERT INTO users VALUES (1); ALTER TABLE users ADD COLUMN more integer", nil),
      ("INSERT INTO keyed SELECT id FROM users; ALTER TABLE keyed ADD COLUMN more integer", nil),
      (
        "INSERT INTO keyed VALUES (1); SET CONSTRAINTS ALL IMMEDIATE; ALTER TABLE keyed ADD COLUMN more integer", nil
      ),
    ]
  )
  func pendingTriggers(sql: String, state: SQLState?) {
    let database = TrialDatabase(
      """
      CREATE TABLE users (id integer PRIMARY KEY);
      CREATE TABLE keyed (id integer REFERENCES users DEFERRABLE INITIALLY DEFERRED);
      """
    )
    #expect(database.refusal(of: sql)?.state == state)
  }
}
