import Testing

@testable import Catalog
@testable import Execution

@Suite("Names that PostgreSQL makes")
struct GeneratedNameTests {
  @Test("are cut from the longer part, to 63 bytes")
  func truncation() {
    let long = String(repeating: "t", count: 60)
    #expect(GeneratedName.make("t", "a", "key") == "t_a_key")
    #expect(GeneratedName.make("t", nil, "pkey") == "t_pkey")
    #expect(GeneratedName.make(long, "column", "key") == String(repeating: "t", count: 52) + "_column_key")
    #expect(GeneratedName.make(long, long, "idx").utf8.count == 63)
  }

  @Test("never end in half a character")
  func multibyte() {
    let name = GeneratedName.make(String(repeating: "ä", count: 40), "bb", "key")
    #expect(name == String(repeating: "ä", count: 28) + "_bb_key")
    #expect("aä".clipped(to: 2) == "a")
    #expect("aä".clipped(to: 3) == "aä")
  }

  @Test("take the next free number, of relations and of constraints")
  func numbers() {
    let database = Database(
      """
      CREATE TABLE t (a int, b int);
      CREATE INDEX ON t (a); CREATE INDEX ON t (a);
      ALTER TABLE t ADD CHECK (a > 0), ADD CHECK (a > 1);
      CREATE TABLE t_b_key (x int);
      ALTER TABLE t ADD UNIQUE (b);
      """
    )
    #expect(database.catalog.indexes(of: "t").map(\.name.name) == ["t_a_idx", "t_a_idx1", "t_b_key1"])
    #expect(database.table("t")?.constraints.map(\.name) == ["t_a_check", "t_a_check1", "t_b_key1"])
  }
}
