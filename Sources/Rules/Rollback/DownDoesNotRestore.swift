import Catalog
import Execution
import Linting
import Syntax

struct DownDoesNotRestore: RollbackRule {
  let id = "down-does-not-restore"
  let summary = "A down migration does not restore the schema as it was."
  let risk = Risk.medium
  let isAboutFile = false
  let isAboutDown = true
  let explanation = """
    After the migration and its down migration, the schema is not what it was: something is left over, missing or \
    changed. A rollback is then a change of its own that nobody has reviewed, and the next run of the migration may fail.

    sqllint runs both in its simulated schema and compares object by object. The order of columns does not count, nor do \
    comments, the layout of functions, values of enums, which PostgreSQL cannot remove, extensions that were perhaps there \
    before, and a column that comes back with a default so that the rows can have it.

    It is Low where running code can hardly tell: an index that is not unique, a function that keeps its new body, a \
    constraint under another name.
    """
  let alternative = """
    -- up: ALTER TABLE users ADD COLUMN email text;
    --     CREATE INDEX users_name_idx ON users (name);
    DROP INDEX users_name_idx;
    ALTER TABLE users DROP COLUMN email;
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html"
  let examples: [RuleExample] = [
    .bad(
      "a column is left over",
      history: ["CREATE TABLE users (id bigint, name text);"],
      "ALTER TABLE users ADD COLUMN email text, ADD COLUMN age integer;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
    .bad(
      "a view is missing",
      history: ["CREATE TABLE users (id bigint, name text);", "CREATE VIEW names AS SELECT name FROM users;"],
      "CREATE VIEW ids AS SELECT id FROM users;",
      down: "DROP VIEW ids, names;"
    ),
    .bad(
      "a value of an enum is missing",
      history: ["CREATE TYPE state AS ENUM ('new', 'paid');"],
      "DROP TYPE state;\nCREATE TYPE state AS ENUM ('new', 'open');",
      down: "DROP TYPE state;\nCREATE TYPE state AS ENUM ('new');"
    ),
    .bad(
      "a slow index is missing",
      history: ["CREATE TABLE users (id bigint, name text);", "CREATE INDEX users_name_idx ON users (name);"],
      "DROP INDEX users_name_idx;\nALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
    .good(
      "a function in another layout",
      history: ["CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"],
      "CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 2';",
      down: """
        CREATE OR REPLACE FUNCTION one() RETURNS integer LANGUAGE sql AS $$
          -- as it was
          SELECT 1
        $$;
        """
    ),
    .good(
      "an extension that was perhaps there before",
      history: ["CREATE TABLE users (id bigint, name text);"],
      "CREATE EXTENSION IF NOT EXISTS pg_trgm;\nALTER TABLE users ADD COLUMN email text;",
      down: "ALTER TABLE users DROP COLUMN email;"
    ),
    .good(
      "all is as before",
      history: ["CREATE TABLE users (id bigint, name text);"],
      "ALTER TABLE users ADD COLUMN email text, ADD COLUMN age integer;",
      down: "ALTER TABLE users DROP COLUMN email, DROP COLUMN age;"
    ),
  ]

  func check(_ rollback: Rollback) -> [Finding] {
    guard rollback.hasStatements, !rollback.differences.isEmpty else { return [] }
    if let refused = rollback.refused, let down = rollback.down {
      let statement = down.script.statements[refused.index]
      return [rollback.finding(self, .fails(down.script.source[statement.range].firstLine, refused.error), at: 0)]
    }
    let first = rollback.makers.values.min()
    return [
      rollback.finding(
        self,
        first.map { .leaves(rollback, at: $0) } ?? .changes(rollback),
        at: first ?? 0,
        risk: rollback.feltDifferences.isEmpty ? .low : nil,
        fix: fix(in: rollback)
      )
    ]
  }

  private func fix(in rollback: Rollback) -> Finding.Fix? {
    let differences = rollback.differences
    let known = differences.compactMap { rollback.restorations[$0] }.sorted { $0.order < $1.order }
    if known.isEmpty { return nil }
    let others = differences.filter { rollback.restorations[$0] == nil }.map(\.object)
    return Finding.Fix(
      others.isEmpty
        ? "add this to the down migration"
        : "add this to the down migration, and what undoes the rest: \(others.shortList)",
      migrations: [],
      rollback: known.flatMap(\.statements).joined(separator: "\n")
    )
  }
}

extension Rollback {
  /// What differs, in the order in which the migration made it, each with its line unless that is the one of the finding.
  fileprivate func list(from first: Int?) -> String {
    let sorted = differences.sorted { (makers[$0] ?? -1, $0) < (makers[$1] ?? -1, $1) }
    func part(_ word: String, _ kind: CatalogDifference.Kind) -> String? {
      let objects = sorted.filter { $0.kind == kind }
      guard !objects.isEmpty else { return nil }
      let shown = objects.prefix(3).map { difference in
        guard let maker = makers[difference], maker != first else { return difference.object }
        return "\(difference.object) (line \(line(of: maker)))"
      }
      let more = objects.count > 3 ? " and \(objects.count - 3) more" : ""
      return "it \(word) \(shown.joined(separator: ", "))\(more)"
    }
    return [part("leaves", .leftOver), part("misses", .missing), part("changes", .changed)].compactMap(\.self)
      .joined(separator: "; ")
  }
}

extension Rollback {
  private func line(of statement: Int) -> Int {
    let (file, range) = up.script.source.file(of: up.script.statements[statement].range)
    return file.location(of: range.lowerBound).line
  }
}

extension Finding.Message {
  fileprivate static func leaves(_ rollback: Rollback, at first: Int) -> Self {
    "the down migration does not bring back what was there: \(rollback.list(from: first))"
  }

  fileprivate static func changes(_ rollback: Rollback) -> Self {
    "after this migration and its down migration, the schema is not as before: \(rollback.list(from: nil))"
  }

  fileprivate static func fails(_ statement: String, _ error: SQLError) -> Self {
    "the down migration fails: PostgreSQL refuses `\(statement)`: \(error.message) (\(error.state.rawValue))"
  }
}
