import Catalog
import Execution
import Foundation
import LiveServer
import Syntax

/// What a case did to the relations that were there before it.
struct Observation: Equatable {
  /// The strongest lock on each relation, from SHARE UPDATE EXCLUSIVE.
  var locks: [String: LockMode] = [:]
  /// `rewrite users`, `scan users`.
  var work: Set<String> = []
  /// What left the catalog: `column email of users`.
  var departures: Set<String> = []

  var facts: Set<String> { work.union(locks.map { "\($1.name) \($0)" }) }
}

// MARK: - On the server

extension Observation {
  /// Runs the case on a database with the base schema, which stays as it is.
  init(of effectCase: EffectCase, on database: LiveDatabase) throws {
    if effectCase.isWatched {
      let copy = try LiveDatabase(copying: database)
      try self.init(watching: effectCase, on: copy)
      try copy.drop()
    } else {
      try self.init(inTransaction: effectCase, on: database)
    }
  }

  /// In a transaction that is rolled back.
  private init(inTransaction effectCase: EffectCase, on database: LiveDatabase) throws {
    let answer = try database.run(
      """
      BEGIN;
      SET LOCAL client_min_messages = warning;
      SET LOCAL timezone = 'Europe/Berlin';
      \(Self.relations);
      \(Self.parts("before"));
      SET LOCAL client_min_messages = debug1;
      \(effectCase.sql)
      SET LOCAL client_min_messages = warning;
      \(Self.locks);
      \(Self.storage);
      \(Self.foreignKeys);
      \(Self.parts("after"));
      ROLLBACK;
      """
    )
    guard answer.errors.isEmpty else { throw Refused(effectCase: "\(effectCase)", errors: answer.errors) }
    self.init(
      rows: answer.rows,
      work: answer.work,
      isEmptying: effectCase.statements.contains(where: \.empties),
      silentlyScanned: effectCase.statements.compactMap(\.silentlyScanned).first,
      changed: Self.changed(by: effectCase)
    )
  }

  /// Without a transaction block, while others hold locks that the case waits for.
  private init(watching effectCase: EffectCase, on database: LiveDatabase) throws {
    let before = try database.run("\(Self.relations); \(Self.parts("before"));")
    let watched = try database.watch(effectCase.sql, whileHeld: effectCase.held)
    let after = try database.run("\(Self.storage); \(Self.foreignKeys); \(Self.parts("after"));")
    let errors = watched.answer.errors + before.errors + after.errors
    guard errors.isEmpty else { throw Refused(effectCase: "\(effectCase)", errors: errors) }
    self.init(
      rows: before.rows + watched.locks.map { "lock|\($0)" } + after.rows,
      work: watched.answer.work,
      isEmptying: false,
      silentlyScanned: nil,
      changed: []
    )
  }

  struct Refused: Error {
    let effectCase: String
    let errors: [LiveDatabase.ServerMessage]
  }

  /// What is there before: oid, name, file on disk.
  private static let relations = """
    SELECT 'relation', c.oid, CASE WHEN n.nspname = 'public' THEN '' ELSE n.nspname || '.' END || c.relname,
      coalesce(pg_relation_filenode(c.oid), 0)
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE n.nspname !~ '^(pg_|information_schema)' AND c.relkind IN ('r', 'p', 'i', 'I', 'S', 'v', 'm', 'f')
    """

  private static let locks = """
    SELECT 'lock', relation, mode FROM pg_locks WHERE locktype = 'relation' AND pid = pg_backend_pid() AND granted
    """

  /// Afterwards: the file on disk, and how often all rows were read.
  private static let storage = """
    SELECT 'storage', c.oid, coalesce(pg_relation_filenode(c.oid), 0), coalesce(s.seq_scan, 0), c.relkind
    FROM pg_class c LEFT JOIN pg_stat_xact_all_tables s ON s.relid = c.oid
    """

  private static let foreignKeys = "SELECT 'key', conname, conrelid FROM pg_constraint WHERE contype = 'f'"

  private static func parts(_ moment: String) -> String { "SELECT '\(moment)', * FROM (\(CatalogPart.query)) AS parts" }

  /// - Parameters:
  ///   - rows: Parts, relations, locks, storage and keys, as the queries above give them.
  ///   - messages: What the server told of its work.
  ///   - isEmptying: TRUNCATE gives a table a new file and its indexes new, empty trees: no work that grows with rows.
  ///   - silentlyScanned: the kind of relation that the command reads without a word in the log; the statistics tell.
  ///   - changed: The relations whose rows the case changes, which it reads to find them.
  private init(
    rows: [String],
    work messages: [String],
    isEmptying: Bool,
    silentlyScanned: String?,
    changed: Set<String>
  ) {
    let rows = rows.map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
    func parts(_ moment: String) -> Set<String> { Set(rows.filter { $0[0] == moment }.map { $0[1] }) }
    departures = parts("before").subtracting(parts("after"))
    var names: [String: String] = [:]
    var files: [String: String] = [:]
    for row in rows where row[0] == "relation" {
      names[row[1]] = row[2]
      files[row[1]] = row[3]
    }
    for row in rows where row[0] == "lock" {
      guard let name = names[row[1]], let mode = LockMode(catalogName: row[2]), mode >= .shareUpdateExclusive else {
        continue
      }
      locks[name] = max(locks[name] ?? mode, mode)
    }
    for row in rows where row[0] == "storage" {
      guard let name = names[row[1]] else { continue }
      if !isEmptying, row[2] != "0", row[2] != files[row[1]], row[4] == "r" || row[4] == "m" {
        work.insert("rewrite \(name)")
      }
      if row[3] != "0", row[4] == silentlyScanned, !changed.contains(name) { work.insert("scan \(name)") }
    }
    let known = Set(names.values)
    var keys: [String: String] = [:]
    for row in rows where row[0] == "key" { keys[row[1]] = names[row[2]] }
    for message in messages {
      let quoted = message.components(separatedBy: "\"").enumerated().filter { $0.offset % 2 == 1 }.map(\.element)
      let subject = quoted.last.flatMap { name in known.first { $0 == name || $0.hasSuffix(".\(name)") } }
      if message.hasPrefix("verifying table"), let subject { work.insert("scan \(subject)") }
      if message.hasPrefix("building index"), let subject, !isEmptying { work.insert("index-build \(subject)") }
      if message.hasPrefix("validating foreign key"), let key = quoted.first, let table = keys[key] {
        work.insert("fk-validation \(table)")
      }
    }
  }
}

extension LockMode {
  /// The name in `pg_locks`, such as `AccessExclusiveLock`.
  init?(catalogName: String) {
    let words = catalogName.dropLast(4).reduce(into: "") { text, character in
      if character.isUppercase, !text.isEmpty { text += " " }
      text += character.uppercased()
    }
    self.init(name: words)
  }
}

extension Statement.Kind {
  fileprivate var empties: Bool { if case .truncate = self { true } else { false } }

  fileprivate var silentlyScanned: String? {
    switch self {
    case .alterDomain: "r"
    case .alterTable(let alter): alter.actions.contains(where: \.kind.detachesPartition) ? "r" : nil
    case .createTable(let table): table.partitionBound != nil ? "r" : nil
    case .refreshMaterializedView(let refresh): refresh.isConcurrent ? "m" : nil
    case .dataChange(.delete), .dataChange(.update): "r"
    default: nil
    }
  }

  /// The relation whose rows it changes.
  fileprivate var changed: RelationReference? {
    switch self {
    case .dataChange(.delete(let delete)): delete.relation
    case .dataChange(.update(let update)): update.relation
    default: nil
    }
  }
}

extension AlterTable.ActionKind {
  fileprivate var detachesPartition: Bool { if case .detachPartition = self { true } else { false } }
}

extension Observation {
  /// The tables that the case reads to find the rows that it changes; the scans of other commands are what they claim.
  private static func changed(by effectCase: EffectCase) -> Set<String> {
    let relations = effectCase.statements.map(\.changed)
    if effectCase.statements.contains(where: { $0.silentlyScanned != nil && $0.changed == nil }) { return [] }
    return Set(relations.compactMap(\.self).flatMap { effectCase.schema.family($0) }.map(\.name))
  }
}

// MARK: - In the simulated schema

extension Observation {
  /// What is claimed of the case.
  init(claimedOf effectCase: EffectCase, version: Int) {
    var schema = effectCase.schema
    schema.beginMigration()
    for statement in effectCase.statements {
      let effects = schema.execute(statement, version: version).effects
      for effect in effects.relations where effect.existed {
        // The server's name is the one at the start; every case that renames touches the relation once.
        let name = effect.relation.schema == "public" ? effect.relation.name : effect.relation.description
        if effect.lock >= .shareUpdateExclusive { locks[name] = max(locks[name] ?? effect.lock, effect.lock) }
        for item in effect.work { work.insert("\(item.work.rawValue) \(name)") }
      }
    }
    departures = Set(effectCase.schema.departures(to: schema).map(\.description))
  }
}
