import LiveServer
import Testing

@testable import Catalog
@testable import Execution

@Suite("The generated catalogs hold what every server has")
struct CatalogTests {
  @Test("functions, and which of them are volatile", arguments: EffectsTests.versions)
  func functions(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    let rows = try LiveDatabase(on: server).run(
      """
      SELECT proname, bool_or(provolatile = 'v') FROM pg_proc
      WHERE pronamespace = 'pg_catalog'::regnamespace AND prorettype NOT IN ('trigger'::regtype, 'internal'::regtype)
      GROUP BY proname
      """
    ).rows
    #expect(rows.count > 2000)
    for row in rows {
      let parts = row.split(separator: "|")
      if parts[1] == "t" {
        #expect(BuiltInFunctions.volatile.contains(parts[0]), "\(parts[0]) is volatile")
      } else {
        #expect(BuiltInFunctions.volatile.union(BuiltInFunctions.settled).contains(parts[0]), "\(parts[0]) is known")
      }
    }
  }

  @Test("casts that leave values as they are stored", arguments: EffectsTests.versions)
  func casts(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    let rows = try LiveDatabase(on: server).run(
      """
      SELECT s.typname || '>' || t.typname FROM pg_cast c
      JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
      WHERE c.castmethod = 'b' AND c.castsource < 16384 AND c.casttarget < 16384
      """
    ).rows
    #expect(BuiltInCasts.binaryCoercible.subtracting(rows.map { Substring($0) }) == [])
  }
}
