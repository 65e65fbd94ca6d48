import Foundation

/// Code that keeps writing to every table of a database, as an application does while it is deployed: what it writes is made
/// up from the server's catalog.
package struct WritingCode {
  /// What the rows hold that are there, and that the old code goes on writing.
  package enum Rows: Equatable, Sendable {
    /// NULL wherever it may be, and the same values again and again.
    case withNullsAndDuplicates
    case withNulls
    case clean
  }

  /// What a column holds where its type does not tell.
  package struct Given: Sendable {
    let relation: String
    let column: String?
    let value: String?

    /// Without a column: new code does not write to the relation.
    package init(_ relation: String, _ column: String? = nil, _ value: String? = nil) {
      (self.relation, self.column, self.value) = (relation, column, value)
    }
  }

  private let database: LiveDatabase
  private let writer: Program.Running

  /// Fills the tables with rows, and starts to write as old code does. `target` is a database as it is in the end, which
  /// tells what the new code knows.
  package init(
    in database: LiveDatabase,
    leadingTo target: LiveDatabase,
    with rows: Rows,
    given: [Given] = []
  ) throws {
    self.database = database
    try Self.fill(database, leadingTo: target, with: rows, given: given)
    _ = try database.run(["TRUNCATE writer.errors", "SELECT writer.deploy('old')"])
    writer = try LiveDatabase.program(
      ["--command=SET lock_timeout = '20s'", "--command=CALL writer.write()"],
      on: database.name,
      of: database.server,
      session: "writer"
    ).launch()
  }

  /// Fills the tables with rows as old code writes them.
  package static func fill(
    _ database: LiveDatabase,
    leadingTo target: LiveDatabase,
    with rows: Rows,
    given: [Given] = []
  ) throws {
    let learned = try target.run([Self.columns, Self.keys]).rows
    let values = given.map { line in
      let parts = [line.relation, line.column, line.value].map { $0.map { "$given$\($0)$given$" } ?? "NULL" }
      return "INSERT INTO writer.given VALUES (\(parts.joined(separator: ", ")))"
    }
    let nulls = rows != .clean
    let answer = try database.run(
      [Self.setup] + learned + values + [
        "SELECT writer.code('old', \(nulls), \(rows == .withNullsAndDuplicates), false)",
        "CALL writer.fill('old', 40)",
        "SELECT state || ': ' || message || ': ' || sql FROM writer.errors",
      ]
    )
    let complaints = answer.rows + answer.errors.map(\.description)
    guard complaints.allSatisfy(\.isEmpty) else { throw Failure(complaints.joined(separator: "\n")) }
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) { self.description = description }
  }

  /// What a migration did while code went on writing.
  package struct Migrated: Sendable {
    package let errors: [LiveDatabase.ServerMessage]
    /// The heavy work that it did with a lock on a table with rows behind which writers wait; empty where it commits
    /// along the way.
    package let workUnderLocks: [String]
  }

  /// Lets new code take over: both write for a while, as instances are replaced one after the other, and then only the new
  /// one.
  package func deploy(besideOld isFirst: Bool) throws -> [LiveDatabase.ServerMessage] {
    let both = isFirst ? ["SELECT writer.deploy('old', 'new')", Self.wait] : []
    return try database.run(
      [Self.patience, "SELECT writer.code('new', false, false, true)"] + both
        + ["SELECT writer.deploy('new')", Self.wait]
    ).errors
  }

  /// Runs a migration; `isAlone` where no transaction may be around it.
  package func migrate(_ sql: String, isAlone: Bool, isSplit: Bool) throws -> Migrated {
    let before = try database.run([Self.patience, Self.wait]).errors
    let answer =
      isSplit
      ? try database.run(sql, .apart) : try database.run(isAlone ? [sql] : ["BEGIN", sql, Self.locks, "COMMIT"])
    let after = answer.errors.isEmpty ? try database.run([Self.patience, Self.wait]).errors : []
    let isHeavy = { (said: String) in Self.heavyWork.contains(where: said.hasPrefix) && !said.contains("pg_toast") }
    let locks = answer.rows.filter { !$0.isEmpty }
    let work = isAlone || isSplit || locks.isEmpty ? [] : answer.work.filter(isHeavy)
    return Migrated(errors: before + answer.errors + after, workUnderLocks: work.isEmpty ? [] : work + locks)
  }

  /// Ends the writing; gives what the server refused of it. Nothing of it stays in the database.
  package func end() throws -> [String] {
    _ = try database.run("UPDATE writer.progress SET stops = true")
    let answer = LiveDatabase.Answer(try writer.finish())
    let errors = try database.run(
      "SELECT DISTINCT ON (state, message) state || ': ' || message || ': ' || sql FROM writer.errors"
    ).rows
    _ = try database.run("DROP SCHEMA writer CASCADE")
    return errors.filter { !$0.isEmpty } + answer.errors.map(\.description)
  }

  private static let wait = "CALL writer.wait()"
  private static let patience = "SET statement_timeout = '60s'"

  /// What PostgreSQL says at `debug1` when it goes through rows.
  private static let heavyWork = [
    "rewriting table", "verifying table", "building index", "validating foreign key constraint",
  ]

  private static let locks = """
    SELECT DISTINCT mode || ' of ' || c.relname FROM pg_locks l JOIN pg_class c ON c.oid = l.relation
    WHERE pid = pg_backend_pid() AND c.oid IN (SELECT oid FROM writer.tables)
      AND mode IN ('ShareLock', 'ShareRowExclusiveLock', 'ExclusiveLock', 'AccessExclusiveLock')
    """

  private static let columns = """
    SELECT format('INSERT INTO writer.columns VALUES (%L, %L)', attrelid::regclass, attname)
    FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
    WHERE relkind IN ('r', 'p') AND attnum > 0 AND NOT attisdropped
      AND relnamespace::regnamespace::text NOT IN ('pg_catalog', 'information_schema', 'pg_toast')
    """

  private static let keys = """
    SELECT format(
      'INSERT INTO writer.keys VALUES (%L, %L, %L)', conrelid::regclass, a.attname,
      format('(SELECT %I FROM %s ORDER BY 1 LIMIT 1)', r.attname, confrelid::regclass)
    )
    FROM pg_constraint c, unnest(conkey, confkey) AS k (own, other), pg_attribute a, pg_attribute r
    WHERE contype = 'f' AND a.attrelid = conrelid AND a.attnum = own AND r.attrelid = confrelid AND r.attnum = other
    """
}
