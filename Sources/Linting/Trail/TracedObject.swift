import Catalog
import Syntax

/// An object that is looked for in the statements of a history.
package struct TracedObject: Sendable {
  /// Relations and types are all tables here, as they share their names; procedures are functions, attributes columns.
  private let kind: ObjectKind
  private let name: QualifiedName
  /// Of a part: what it is part of.
  var owner: QualifiedName?

  /// What a statement does to the object.
  struct Mark {
    enum Kind {
      case makes
      /// It makes it unless it is there.
      case mayMake
      /// It makes what the object is part of, and the object not.
      case wasMadeWithOwner
      case removes
    }

    let kind: Kind
    let verb: String
    /// Where, in bytes; `nil` is the start of the statement.
    var offset: Int?
  }

  enum Trace {
    case none
    case mark(Mark)
    /// The relation that the object is part of had another name before.
    case ownerWasCalled(QualifiedName)
  }

  package init(_ object: SQLError.Object, in database: Database) {
    let isOfRelation = object.kind.traced == .table || object.owner != nil
    self.init(
      object.kind,
      isOfRelation && object.owner == nil ? database.qualified(object.name) : object.name,
      object.owner.map { database.qualified($0) }
    )
  }

  /// `nil` for what has no name in the statement that makes it.
  package init?(_ address: ObjectAddress) {
    switch address {
    case .schema(let name): self.init(.schema, QualifiedName(name))
    case .table(let name), .index(let name), .view(let name), .sequence(let name), .type(let name):
      self.init(.table, name)
    case .column(let name, let owner), .attribute(let name, let owner):
      self.init(.column, QualifiedName(name), owner)
    case .constraint(let name, let owner): self.init(.constraint, QualifiedName(name), owner)
    case .trigger(let name, let owner): self.init(.trigger, QualifiedName(name), owner)
    case .policy(let name, let owner): self.init(.policy, QualifiedName(name), owner)
    case .rule(let name, let owner): self.init(.rule, QualifiedName(name), owner)
    case .function(let name, _): self.init(.function, name)
    default: return nil
    }
  }

  private init(_ kind: ObjectKind, _ name: QualifiedName, _ owner: QualifiedName? = nil) {
    self.kind = kind.traced
    self.name = name
    self.owner = owner
  }

  /// The name under which the statements about it are found.
  var key: String { (owner ?? name).name }

  // MARK: - What a statement does to it

  func trace(in statement: Statement.Kind) -> Trace {
    switch statement {
    case .rename(let rename): return trace(in: rename)
    case .setSchema(let move): return trace(in: move)
    case .drop(let drop): return trace(in: drop)
    default:
      return (owner == nil ? markOfWhole(in: statement) : markOfPart(in: statement)).map(Trace.mark) ?? .none
    }
  }

  private func markOfWhole(in statement: Statement.Kind) -> Mark? {
    guard let made = statement.made, made.kind.traced == kind, Self.isSame(made.name, name) else { return nil }
    return Mark(kind: made.isConditional ? .mayMake : .makes, verb: "creates it")
  }

  private func markOfPart(in statement: Statement.Kind) -> Mark? {
    switch statement {
    case .createTable(let table) where isOwner(table.relation): return mark(in: table)
    case .createView(let view) where isOwner(view.relation):
      return Mark(kind: view.replaces ? .mayMake : .makes, verb: "creates it")
    case .createTableAs(let table) where isOwner(table.relation):
      return Mark(kind: table.ifNotExists ? .mayMake : .makes, verb: "creates it")
    case .createCompositeType(let type) where Self.isSame(type.name, owner):
      return Mark(kind: .makes, verb: "creates it")
    case .alterTable(let alter) where isOwner(alter.relation):
      return alter.actions.reversed().lazy.compactMap { mark(in: $0) }.first
    case .createTrigger(let trigger) where kind == .trigger && isOwner(trigger.relation) && trigger.name == name.name:
      return Mark(kind: trigger.replaces ? .mayMake : .makes, verb: "creates it")
    case .createPolicy(let policy) where kind == .policy && isOwner(policy.relation) && policy.name == name.name:
      return Mark(kind: .makes, verb: "creates it")
    case .createRule(let rule) where kind == .rule && isOwner(rule.relation) && rule.name == name.name:
      return Mark(kind: rule.replaces ? .mayMake : .makes, verb: "creates it")
    default: return nil
    }
  }

  private func mark(in table: CreateTable) -> Mark? {
    let made = table.ifNotExists ? Mark.Kind.mayMake : .makes
    for element in table.elements {
      switch element {
      case .column(let column):
        if kind == .column, column.name == name.name {
          return Mark(kind: made, verb: "creates it", offset: column.offset.byte)
        }
        if kind == .constraint, let constraint = column.constraints.first(where: { $0.name == name.name }) {
          return Mark(kind: made, verb: "creates it", offset: constraint.offset.byte)
        }
      case .constraint(let constraint):
        if kind == .constraint, constraint.name == name.name {
          return Mark(kind: made, verb: "creates it", offset: constraint.offset.byte)
        }
      case .like: if kind == .column { return Mark(kind: made, verb: "creates it") }
      }
    }
    if kind == .column, !table.parents.isEmpty || table.ofType != nil { return Mark(kind: made, verb: "creates it") }
    return table.ifNotExists ? nil : Mark(kind: .wasMadeWithOwner, verb: "")
  }

  private func mark(in action: AlterTable.Action) -> Mark? {
    let start = action.range?.lowerBound
    switch action.kind {
    case .addColumn(let column, let ifNotExists) where kind == .column && column.name == name.name:
      return Mark(kind: ifNotExists ? .mayMake : .makes, verb: "adds it", offset: start)
    case .addColumn(let column, _) where kind == .constraint:
      guard let constraint = column.constraints.first(where: { $0.name == name.name }) else { return nil }
      return Mark(kind: .makes, verb: "adds it", offset: constraint.offset.byte ?? start)
    case .addConstraint(let constraint) where kind == .constraint && constraint.name == name.name:
      return Mark(kind: .makes, verb: "adds it", offset: start)
    case .dropColumn(let column, _, _) where kind == .column && column == name.name:
      return Mark(kind: .removes, verb: "drops it", offset: start)
    case .dropConstraint(let constraint, _, _) where kind == .constraint && constraint == name.name:
      return Mark(kind: .removes, verb: "drops it", offset: start)
    default: return nil
    }
  }

  private func trace(in rename: Rename) -> Trace {
    let isPart = rename.objectKind.isPart
    let whole = isPart ? rename.object.relation ?? rename.relation?.name : rename.relation?.name ?? rename.object.name
    guard let whole else { return .none }
    if isPart {
      guard rename.objectKind.traced == kind, Self.isSame(whole, owner) else { return .none }
      let old = rename.object.name.name
      if rename.newName == name.name { return Self.renamed(from: old) }
      return old == name.name ? Self.renamed(to: rename.newName) : .none
    }
    guard rename.objectKind.traced == (owner == nil ? kind : .table) else { return .none }
    let new = QualifiedName(schema: whole.schema, rename.newName)
    if owner != nil { return Self.isSame(new, owner) ? .ownerWasCalled(whole) : .none }
    if Self.isSame(new, name) { return Self.renamed(from: whole.name) }
    return Self.isSame(whole, name) ? Self.renamed(to: rename.newName) : .none
  }

  private func trace(in move: SetSchema) -> Trace {
    guard move.objectKind.traced == (owner == nil ? kind : .table) else { return .none }
    let old = move.object.relation ?? move.object.name
    let new = QualifiedName(schema: move.newSchema, old.name)
    if owner != nil { return Self.isSame(new, owner) ? .ownerWasCalled(old) : .none }
    if Self.isSame(new, name) { return .mark(Mark(kind: .makes, verb: "moves it there")) }
    guard Self.isSame(old, name) else { return .none }
    return .mark(Mark(kind: .removes, verb: "moves it to schema \(move.newSchema.quotedIdentifier)"))
  }

  private static func renamed(from old: String) -> Trace {
    .mark(Mark(kind: .makes, verb: "gives \(old.quotedIdentifier) this name"))
  }

  private static func renamed(to new: String) -> Trace {
    .mark(Mark(kind: .removes, verb: "renames it to \(new.quotedIdentifier)"))
  }

  private func trace(in drop: Drop) -> Trace {
    let isDropped = drop.objects.contains { object in
      if drop.objectKind.isPart {
        return drop.objectKind.traced == kind && Self.isSame(object.relation, owner) && object.name.name == name.name
      }
      guard drop.objectKind.traced == (owner == nil ? kind : .table) else { return false }
      return Self.isSame(object.relation ?? object.name, owner ?? name)
    }
    guard isDropped else { return .none }
    let isAlone = owner == nil || drop.objectKind.isPart
    return .mark(Mark(kind: .removes, verb: isAlone ? "drops it" : "drops it with its table"))
  }

  // MARK: - Names

  private func isOwner(_ relation: RelationReference) -> Bool {
    if relation.persistence == .temporary, owner?.schema != Catalog.temporary { return false }
    return Self.isSame(relation.name, owner)
  }

  /// Whether a name as a statement gives it may be that of the object, which has its schema.
  private static func isSame(_ given: QualifiedName?, _ full: QualifiedName?) -> Bool {
    guard let given, let full, given.name == full.name else { return false }
    return given.schema == nil || full.schema == nil || given.schema == full.schema
  }
}

extension ObjectKind {
  fileprivate var traced: ObjectKind {
    if isRelation { return .table }
    return switch self {
    case .type, .domain: .table
    case .procedure, .routine, .aggregate: .function
    case .attribute: .column
    default: self
    }
  }

  fileprivate var isPart: Bool {
    switch self {
    case .column, .attribute, .constraint, .trigger, .policy, .rule: true
    default: false
    }
  }
}
