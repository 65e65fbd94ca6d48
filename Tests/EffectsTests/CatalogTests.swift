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

  @Test("operators, languages, access methods and objects of text search", arguments: EffectsTests.versions)
  func names(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    #expect(
      Set(try database.run("SELECT DISTINCT oprname FROM pg_operator").rows.map { Substring($0) })
        .subtracting(BuiltInNames.operators) == []
    )
    #expect(
      Set(try database.run("SELECT lanname FROM pg_language").rows.map { Substring($0) })
        .subtracting(BuiltInNames.languages) == []
    )
    #expect(
      Set(try database.run("SELECT amname FROM pg_am").rows.map { Substring($0) })
        .subtracting(BuiltInNames.accessMethods) == []
    )
    let textSearch =
      "SELECT cfgname FROM pg_ts_config UNION SELECT dictname FROM pg_ts_dict UNION SELECT prsname FROM "
      + "pg_ts_parser UNION SELECT tmplname FROM pg_ts_template"
    #expect(try database.run(textSearch).rows.filter { !BuiltInNames.isTextSearch($0) } == [])
  }

  @Test("parameters", arguments: EffectsTests.versions)
  func parameters(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    let names = try database.run("SELECT lower(name) FROM pg_settings WHERE name NOT LIKE '%.%'").rows
    #expect(names.count > 300)
    #expect(names.filter { !ServerParameters.contains($0) } == [])
  }

  @Test("types, and casts that need no words", arguments: EffectsTests.versions)
  func types(version: Int) throws {
    guard let server = LiveServer.all.first(where: { $0.version == version }) else { return }
    let database = try LiveDatabase(on: server)
    defer { try? database.drop() }
    let types = try database.run(
      """
      SELECT typname FROM pg_type WHERE typnamespace = 'pg_catalog'::regnamespace AND typtype IN ('b', 'r', 'm', 'p')
      AND NOT (typelem <> 0 AND typname LIKE '\\_%')
      """
    ).rows
    #expect(types.filter { !BuiltInTypes.all.contains(Substring($0)) } == [])
    let casts = try database.run(
      """
      SELECT c.castcontext::text || s.typname || '>' || t.typname FROM pg_cast c
      JOIN pg_type s ON s.oid = c.castsource JOIN pg_type t ON t.oid = c.casttarget
      WHERE c.castcontext <> 'e' AND c.castsource < 16384 AND c.casttarget < 16384
      """
    ).rows
    #expect(casts.count > 100)
    for cast in casts {
      let known = cast.hasPrefix("i") ? BuiltInCasts.implicit : BuiltInCasts.assignment
      #expect(known.contains(cast.dropFirst()), "\(cast)")
    }
  }
}
