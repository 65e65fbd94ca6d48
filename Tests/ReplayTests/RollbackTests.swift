import Catalog
import Execution
import Foundation
import Linting
import LiveServer
import Migrations
import Testing

@Suite(
  "What a down migration brings back is what PostgreSQL then has",
  .enabled(if: LiveServer.shared != nil, "\(LiveServer.absence)"),
  .enabled(if: Recording.shared != nil, "the histories are not beside the package")
)
struct RollbackTests {
  /// Histories whose runners have down files, and the migrations on which the two disagree, with the cause.
  static let histories: [String: [String: String]] = [
    "subculture-collective__clipper": [
      "000057": "it looks for an extension that the server has not, and does nothing without"
    ],
    "openmeterio__openmeter": [:],
    "rust-lang__crates.io": [
      "20170322130523": "an index of an expression is written anew when the type of its column changes",
      "2018-04-27-194025": "the same index",
    ],
    "svix__svix-webhooks": [:],
  ]

  @Test("up, then down, of every pair", arguments: histories.keys.sorted())
  func agreement(name: String) throws {
    let folder = try #require(Recording.shared).appending(path: "corpora/\(name)")
    let exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    let history = try #require(MigrationLoader(exclusions: exclusions).load([.stored(RawPath(folder.path))]).first)
    let database = try LiveDatabase(on: try #require(LiveServer.shared))
    defer { try? database.drop() }
    var simulated = Database()
    var before = try database.catalog()
    var pairs = 0
    var equal = 0
    var disagreements: [String: String] = [:]
    for pair in history.migrations {
      let start = simulated
      simulated.catalog.forgetWrites()
      simulated.run(pair.up, targetVersion: 15)
      guard try database.run(pair.up.text, .whole).errors.isEmpty else { continue }
      guard let down = pair.down else {
        before = try database.catalog()
        continue
      }
      var back = simulated
      back.run(down, targetVersion: 15)
      let claimed = back.catalog.differences(from: start.catalog)
      let (errors, after, again) = try database.run(down: down.text, up: pair.up.text)
      let real = errors + after.symmetricDifference(before).sorted().map { String($0.prefix(150)) }
      pairs += 1
      if (claimed.isEmpty && down.script.errors.isEmpty) == real.isEmpty {
        equal += 1
      } else {
        disagreements[pair.up.version ?? pair.up.name] =
          "sqllint: \(claimed.map(\.object)), PostgreSQL: \(real.prefix(4))"
      }
      before = again
    }
    print("rollbacks of \(name): \(equal) of \(pairs) agree")
    let known = Self.histories[name] ?? [:]
    for (version, difference) in disagreements where known[version] == nil { Issue.record("\(version): \(difference)") }
    #expect(Set(known.keys).subtracting(disagreements.keys) == [], "they agree by now")
    #expect(pairs > 10)
  }
}

extension Migration {
  fileprivate var text: String { String(decoding: script.source.utf8, as: UTF8.self) }
}

extension LiveDatabase {
  /// Runs down, looks, and runs up again. Where the down migration fails, nothing happens.
  fileprivate func run(down: String, up: String) throws -> (errors: [String], after: Set<String>, again: Set<String>) {
    let back = try run(down, .whole)
    guard back.errors.isEmpty else { return (back.errors.map(\.description), try catalog(), try catalog()) }
    let after = try catalog()
    _ = try run(up, .whole)
    return ([], after, try catalog())
  }

  /// What code can tell of the database, a line for each part.
  fileprivate func catalog() throws -> Set<String> { Set(try run(Self.parts).rows) }

  private static let parts = """
    WITH n AS (SELECT oid FROM pg_namespace WHERE nspname !~ '^(pg_|information_schema)'),
    own AS (SELECT c.* FROM pg_class c WHERE relnamespace IN (SELECT oid FROM n)
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e'))
    SELECT translate(part, E'\\n', ' ') FROM (
      SELECT concat_ws(' ', 'column', a.attrelid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), a.attnotnull,
        pg_get_expr(d.adbin, d.adrelid), a.attidentity, a.attgenerated) AS part
      FROM pg_attribute a JOIN own c ON c.oid = a.attrelid
      LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE c.relkind IN ('r', 'p', 'v', 'm') AND a.attnum > 0 AND NOT a.attisdropped
      UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
      FROM pg_constraint WHERE connamespace IN (SELECT oid FROM n) AND conrelid <> 0
      UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(i.indexrelid)) FROM pg_index i
      JOIN own c ON c.oid = i.indexrelid
      UNION ALL SELECT concat_ws(' ', 'view', oid::regclass, pg_get_viewdef(oid)) FROM own WHERE relkind IN ('v', 'm')
      UNION ALL SELECT concat_ws(' ', 'sequence', oid::regclass) FROM own WHERE relkind = 'S'
      UNION ALL SELECT concat_ws(' ', 'enum', enumtypid::regtype, string_agg(enumlabel, ',' ORDER BY enumsortorder))
      FROM pg_enum GROUP BY enumtypid
      -- Comments and layout make no difference to a function.
      UNION ALL SELECT concat_ws(' ', 'function', p.oid::regprocedure,
        regexp_replace(pg_get_functiondef(p.oid), '--[^\\n]*|\\s+', '', 'g')) FROM pg_proc p
      WHERE p.pronamespace IN (SELECT oid FROM n) AND p.prokind IN ('f', 'p')
        AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      UNION ALL SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(oid), tgenabled) FROM pg_trigger WHERE NOT tgisinternal
      UNION ALL SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, pg_get_expr(polqual, polrelid),
        pg_get_expr(polwithcheck, polrelid)) FROM pg_policy
      UNION ALL SELECT concat_ws(' ', 'security', oid::regclass, relrowsecurity, relforcerowsecurity, reloptions) FROM own
      WHERE relkind IN ('r', 'p')
      UNION ALL SELECT concat_ws(' ', 'extension', extname) FROM pg_extension
      UNION ALL SELECT concat_ws(' ', 'schema', nspname) FROM pg_namespace WHERE oid IN (SELECT oid FROM n)
      UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext
    ) AS parts
    """
}
