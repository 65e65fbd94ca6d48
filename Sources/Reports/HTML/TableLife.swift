import Catalog
import Execution
import Linting
import Syntax

/// What a history does to one table or view, migration by migration.
struct TableLife {
  /// Its last name.
  let name: QualifiedName
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

  init(of migrations: [MigrationReport]) {
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
    let subject = effects.relations.first?.relation
    for effect in effects.relations where effect.kind.holdsRows {
      let isSubject = effect.relation == subject || gone.contains(effect.relation)
      // What reads a table leaves no trace in it.
      guard isSubject || effect.lock > .rowExclusive else { continue }
      let position = position(of: effect)
      if lives[position].steps.last?.entry != entry {
        lives[position].steps.append(TableLife.Step(entry: entry, risk: .low))
      }
      let last = lives[position].steps.count - 1
      lives[position].steps[last].note(statement, effect, isSubject: isSubject)
      if gone.contains(effect.relation) { lives[position].steps[last].isRemoval = true }
    }
    for case .relationRenamed(let old, let new) in effects.breaks { rename(old, to: new) }
  }

  private mutating func position(of effect: Effect) -> Int {
    if let position = positions[effect.relation] { return position }
    positions[effect.relation] = lives.count
    lives.append(TableLife(name: effect.relation, kind: effect.kind))
    return lives.count - 1
  }

  /// A table keeps its life under its new name.
  private mutating func rename(_ old: QualifiedName, to new: QualifiedName) {
    guard let position = positions.removeValue(forKey: old), positions[new] == nil else { return }
    let life = lives[position]
    lives[position] = TableLife(
      name: new,
      kind: life.kind,
      formerNames: life.formerNames + [old],
      steps: life.steps
    )
    positions[new] = position
  }
}

extension TableLife.Step {
  fileprivate mutating func note(_ statement: StatementReport, _ effect: Effect, isSubject: Bool) {
    let tag = statement.statement.commandTag
    if isSubject { commands.count(tag) } else { others.count(tag) }
    risk = max(risk, statement.risk)
    guard effect.isVisibleToOthers else { return }
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
