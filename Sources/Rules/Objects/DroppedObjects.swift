import Catalog
import Execution
import Linting
import Syntax

/// What a DROP takes away, in words.
struct DroppedObjects {
  /// What the statement names: `view a`, `trigger b of c`.
  private(set) var named: [String] = []
  /// What goes with it.
  private(set) var others: [String] = []
  private(set) var columns: [String] = []
  /// All of it, but columns and tables, as the effects have it.
  private(set) var breaks: [Breakage] = []

  init(_ context: StatementContext) {
    let given = context.statement.kind.namesOfDropped(in: context.before)
    for breakage in context.effects.breaks {
      switch breakage {
      case .objectGone(let kind, let name):
        note("\(kind.words) \(kind.displayName(name))", isNamed: given.contains(name))
      case .partGone(let kind, let part, let whole):
        note(
          "\(kind.words) \(part.quotedIdentifier) of \(whole.displayName)",
          isNamed: kind == .attribute || given.contains("\(part.quotedIdentifier) of \(whole)")
        )
      case .columnGone(let column, let table):
        columns.append("column \(column.quotedIdentifier) of \(table.displayName)")
      case .relationGone(let table): others.append("table \(table.displayName)")
      default: break
      }
      switch breakage {
      case .objectGone, .partGone: breaks.append(breakage)
      default: break
      }
    }
  }

  private mutating func note(_ words: String, isNamed: Bool) {
    if isNamed { named.append(words) } else { others.append(words) }
  }
}

extension Statement.Kind {
  /// The kind of object that it drops, where no other rule speaks of that.
  var kindOfDropped: ObjectKind? {
    switch self {
    case .drop(let drop): [.table, .foreignTable, .index, .schema].contains(drop.objectKind) ? nil : drop.objectKind
    case .alterTable(let alter): alter.objectKind == .type ? .attribute : nil
    case .dropRole: .role
    case .dropSubscription: .subscription
    default: nil
    }
  }

  /// What it names, as effects write it.
  fileprivate func namesOfDropped(in database: Database) -> Set<String> {
    switch self {
    case .drop(let drop): Set(drop.objects.flatMap { $0.descriptions(in: database) })
    case .dropRole(let roles): Set(roles.roles.map(\.sql))
    case .dropSubscription(let name, _): [name.quotedIdentifier]
    default: []
    }
  }
}

extension ObjectReference {
  fileprivate func descriptions(in database: Database) -> [String] {
    if let relation { return ["\(name.name.quotedIdentifier) of \(database.qualified(relation))"] }
    return [database.qualified(name), database.qualifiedType(name), database.qualifiedFunction(name), name]
      .map(\.description)
  }
}
