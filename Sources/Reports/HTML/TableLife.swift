import Catalog
import Execution
import Linting
import Syntax

/// What a history does to one table or view, migration by migration.
struct TableLife {
  /// Its last name.
  fileprivate(set) var name: QualifiedName
  let kind: RelationKind
  /// Names that it had before.
  var formerNames: [QualifiedName] = []
  /// In the order of the history.
  var steps: [Step] = []

  /// What one migration does to it.
  struct Step {
    /// The position of the migration.
    let entry: Int
    /// The strongest lock that others notice.
    var lock: LockMode?
    /// The highest risk of the statements that touch it.
    var risk: Risk
    /// The commands about the table itself, each with how often it comes.
    var commands: [(tag: String, count: Int)] = []
    /// Those about others, which lock it on the way.
    var others: [(tag: String, count: Int)] = []
    var work: [String] = []
    var isRemoval = false
  }
}

/// The tables and views of a history.
struct TableLives {
  private var lives: [TableLife] = []
  private var positions: [QualifiedName: Int] = [:]
  /// The schemas in which statements use a name.
  private var schemas: [String: Set<String>] = [:]

  init(of migrations: [MigrationReport]) {
    for effect in migrations.lazy.flatMap(\.statements).flatMap(\.effects.relations) where effect.kind.holdsRows {
      schemas[effect.relation.name, default: []].insert(effect.relation.schema ?? "")
    }
    for (entry, migration) in migrations.enumerated() {
      for statement in migration.statements { note(statement, of: entry) }
    }
  }

  /// By name.
  var sorted: [TableLife] {
    lives.sorted { ($0.name.schema ?? "", $0.name.name) < ($1.name.schema ?? "", $1.name.name) }
  }

  private mutating func note(_ statement: StatementReport, of entry: Int) {
    let effects = statement.effects
    let gone = effects.gone
    let made = statement.refusal?.isCertain == true ? nil : statement.statement.kind.made
    if let made {
      noteStep(of: fullName(of: made.name), made.kind, in: entry) { $0.note(statement, nil, isSubject: true) }
    }
    let subject = made == nil ? effects.relations.first?.relation : nil
    // What only reads a table leaves no trace in it.
    if case .query = statement.statement.kind { return }
    for effect in effects.relations where effect.kind.holdsRows {
      let isSubject = effect.relation == subject || gone.contains(effect.relation)
      guard isSubject || effect.lock > .rowExclusive else { continue }
      noteStep(of: effect.relation, effect.kind, in: entry) { step in
        step.note(statement, effect, isSubject: isSubject)
        if gone.contains(effect.relation) { step.isRemoval = true }
      }
    }
    for case .relationRenamed(let old, let new) in effects.breaks { rename(old, to: new) }
  }

  private mutating func noteStep(
    of relation: QualifiedName,
    _ kind: RelationKind,
    in entry: Int,
    _ note: (inout TableLife.Step) -> Void
  ) {
    let position = positions[relation] ?? lives.count
    if position == lives.count {
      positions[relation] = position
      lives.append(TableLife(name: relation, kind: kind))
    }
    if lives[position].steps.last?.entry != entry {
      lives[position].steps.append(TableLife.Step(entry: entry, risk: .low))
    }
    note(&lives[position].steps[lives[position].steps.count - 1])
  }

  /// The name of what a statement makes, which does not tell its schema where the search path does: the one in which
  /// other statements use the name.
  private func fullName(of name: QualifiedName) -> QualifiedName {
    guard name.schema == nil else { return name }
    let known = schemas[name.name] ?? []
    let schema = known.count == 1 ? known.first : nil
    return QualifiedName(schema: schema ?? "public", name.name)
  }

  /// A table keeps its life under its new name.
  private mutating func rename(_ old: QualifiedName, to new: QualifiedName) {
    guard let position = positions.removeValue(forKey: old), positions[new] == nil else { return }
    lives[position].formerNames.append(old)
    lives[position].name = new
    positions[new] = position
  }
}

extension TableLife.Step {
  fileprivate mutating func note(_ statement: StatementReport, _ effect: Effect?, isSubject: Bool) {
    let tag = statement.statement.commandTag
    if isSubject { commands.count(tag) } else { others.count(tag) }
    risk = max(risk, statement.risk)
    guard let effect, effect.isVisibleToOthers else { return }
    lock = max(lock ?? effect.lock, effect.lock)
    for sentence in effect.workSentences where work.count < 3 && !work.contains(sentence) { work.append(sentence) }
  }
}

extension [(tag: String, count: Int)] {
  fileprivate mutating func count(_ tag: String) {
    if let index = firstIndex(where: { $0.tag == tag }) {
      self[index].count += 1
    } else {
      append((tag, 1))
    }
  }

  /// Such as `CREATE TABLE, CREATE INDEX ×3`.
  var list: String { map { $0.count == 1 ? $0.tag : "\($0.tag) ×\($0.count)" }.joined(separator: ", ") }
}

extension Statement.Kind {
  /// The table or view that it makes; nothing that ends with the session.
  fileprivate var made: (name: QualifiedName, kind: RelationKind)? {
    guard let made = madeRelation, made.relation.persistence != .temporary else { return nil }
    return (made.relation.name, made.kind)
  }

  private var madeRelation: (relation: RelationReference, kind: RelationKind)? {
    switch self {
    case .createTable(let table) where table.foreignServer != nil: (table.relation, .foreignTable)
    case .createTable(let table): (table.relation, table.partitionKey == nil ? .table : .partitionedTable)
    case .createTableAs(let table): (table.relation, table.isMaterializedView ? .materializedView : .table)
    case .createView(let view): (view.relation, .view)
    default: nil
    }
  }
}

extension StatementEffects {
  /// The relations that it takes away.
  fileprivate var gone: Set<QualifiedName> {
    var gone: Set<QualifiedName> = []
    for case .table(let table) in losses { gone.insert(table) }
    for case .relationGone(let relation) in breaks { gone.insert(relation) }
    return gone
  }
}

extension RelationKind {
  /// Whether people think of it as a table; an index or a sequence is a part of one.
  var holdsRows: Bool {
    switch self {
    case .table, .partitionedTable, .foreignTable, .view, .materializedView: true
    case .index, .sequence, .compositeType: false
    }
  }
}
