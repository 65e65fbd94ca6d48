import Catalog
import Execution
import PostgresParser
import Syntax

/// Something that a statement did to a relation that existed before its file.
struct Observation: Hashable, Comparable, CustomStringConvertible {
  enum Kind: Hashable { case work, lock }

  let kind: Kind
  let relation: String
  /// The work's or the lock mode's name.
  let what: String

  var description: String { "\(what) \(relation)" }

  static func < (left: Self, right: Self) -> Bool { (left.what, left.relation) < (right.what, right.relation) }
}

/// How well effects agree with what PostgreSQL did.
struct Comparison {
  /// A statement on which they do not.
  struct Difference {
    let file: String
    let line: Int
    let sql: String
    let missing: [Observation]
    let wrong: [Observation]
  }

  struct Counts {
    var agreed = 0
    var missing = 0
    var wrong = 0

    var precision: Double { agreed + wrong == 0 ? 1 : Double(agreed) / Double(agreed + wrong) }
    var recall: Double { agreed + missing == 0 ? 1 : Double(agreed) / Double(agreed + missing) }
  }

  private(set) var statements = 0
  /// Recorded statements that are not found in the parsed file.
  private(set) var unmatched: [RecordedStatement] = []
  private(set) var work = Counts()
  private(set) var locks = Counts()
  private(set) var differences: [Difference] = []

  /// Compares one statement; `after` is the database that it leaves.
  mutating func compare(
    _ recorded: RecordedStatement,
    _ statement: Statement.Kind,
    _ effects: StatementEffects,
    after: Database
  ) {
    statements += 1
    let truth = recorded.observations(after: after)
    let claim = effects.observations(of: statement, after: after)
    for kind in [Observation.Kind.work, .lock] {
      let real = truth.filter { $0.kind == kind }
      let claimed = claim.filter { $0.kind == kind }
      let path: WritableKeyPath<Comparison, Counts> = kind == .work ? \.work : \.locks
      self[keyPath: path].agreed += real.intersection(claimed).count
      self[keyPath: path].missing += real.subtracting(claimed).count
      self[keyPath: path].wrong += claimed.subtracting(real).count
    }
    guard truth != claim else { return }
    differences.append(
      Difference(
        file: recorded.file,
        line: recorded.line,
        sql: recorded.sql,
        missing: truth.subtracting(claim).sorted(),
        wrong: claim.subtracting(truth).sorted()
      )
    )
  }

  mutating func skip(_ recorded: RecordedStatement) { unmatched.append(recorded) }

  static func + (left: Self, right: Self) -> Self {
    var sum = left
    sum.statements += right.statements
    sum.unmatched += right.unmatched
    sum.work = left.work + right.work
    sum.locks = left.locks + right.locks
    sum.differences += right.differences
    return sum
  }
}

extension Comparison.Counts {
  fileprivate static func + (left: Self, right: Self) -> Self {
    Self(agreed: left.agreed + right.agreed, missing: left.missing + right.missing, wrong: left.wrong + right.wrong)
  }
}

extension RecordedStatement {
  /// What was observed on relations that existed before the file.
  fileprivate func observations(after: Database) -> Set<Observation> {
    let existing = Set((locks ?? []).filter(\.existed).map(\.relation))
    var observed: Set<Observation> = []
    for lock in locks ?? [] where lock.existed && !lock.relation.hasPrefix("pg_toast_") {
      guard let mode = LockMode(name: lock.mode), mode >= .shareUpdateExclusive else { continue }
      observed.insert(Observation(kind: .lock, relation: lock.relation, what: mode.name))
    }
    var work: [(Work, String)] = []
    work += (rewrite ?? []).map { (.rewrite, $0) }
    work += (verify ?? []).map { (.scan, $0) }
    work += (index ?? []).compactMap { $0.last }.map { (.indexBuild, $0) }
    work += (fk ?? []).compactMap { after.tableOfForeignKey($0) ?? target }.map { (.foreignKeyValidation, $0) }
    for (work, relation) in work where existing.contains(relation) {
      observed.insert(Observation(kind: .work, relation: relation, what: work.rawValue))
    }
    return observed
  }
}

extension StatementEffects {
  /// What is claimed of tables and views that existed before the file.
  ///
  /// The recordings were made in the statement's own transaction after it had run: they know relations by the names
  /// that it left, nothing of those that it dropped, and they hold no locks on indexes and sequences.
  fileprivate func observations(of statement: Statement.Kind, after: Database) -> Set<Observation> {
    var claimed: Set<Observation> = []
    for effect in relations where effect.existed && effect.kind != .index && effect.kind != .sequence {
      let name = statement.name(after: effect.relation)
      guard effect.isAssumed || after.catalog.kind(of: name) != nil else { continue }
      if effect.lock >= .shareUpdateExclusive {
        claimed.insert(Observation(kind: .lock, relation: name.name, what: effect.lock.name))
      }
      for item in effect.work where item.isRecorded {
        claimed.insert(Observation(kind: .work, relation: name.name, what: item.work.rawValue))
      }
    }
    return claimed
  }
}

extension WorkItem {
  /// The recordings tell of rewrites what the server logs as such; REFRESH is logged as nothing, and so are the queries
  /// by which foreign keys look for the rows that point to others.
  fileprivate var isRecorded: Bool {
    switch cause {
    case .refresh, .referencingRows, .rowsPointingInto: false
    default: true
    }
  }
}

extension Statement.Kind {
  /// Whether it ran in several transactions, of which a recording sees none.
  var isConcurrent: Bool {
    switch self {
    case .createIndex(let index): index.isConcurrent
    case .drop(let drop): drop.isConcurrent
    case .reindex(let reindex): reindex.isConcurrent
    case .alterTable(let alter):
      alter.actions.contains { if case .detachPartition(_, concurrently: true) = $0.kind { true } else { false } }
    default: false
    }
  }

  /// The name that a relation has once the statement has run.
  fileprivate func name(after relation: QualifiedName) -> QualifiedName {
    switch self {
    case .rename(let rename) where rename.object.name.name == relation.name && rename.objectKind != .column:
      QualifiedName(schema: relation.schema, rename.newName)
    case .setSchema(let move) where move.object.name.name == relation.name:
      QualifiedName(schema: move.newSchema, relation.name)
    default: relation
    }
  }
}

extension Database {
  /// The table that has a foreign key of this name.
  fileprivate func tableOfForeignKey(_ name: String) -> String? {
    catalog.tables.values.first { $0.constraint(name)?.referenced != nil }?.name.name
  }
}
