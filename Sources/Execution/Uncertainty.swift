import Catalog
import Syntax

/// What of a script may have failed for reasons that the files do not show, and left names as they were.
extension Execution {
  /// Notes the names of which it is not known whether the statement, which the history has run, made or took them.
  mutating func noteUncertainNames(of statement: Statement.Kind) {
    if database.session.role != nil {
      noteOwnership(of: statement)
    } else if !catalog.owners.isEmpty {
      noteOwnershipOfLogin(statement)
    }
    if database.session.goesOnAfterErrors, catalog.hasEventTriggers {
      catalog.noteUncertain(statement.ownership(in: database).changed.map(\.name))
    }
    if database.session.goesOnAfterErrors, dependsOnRows || isAboutDomainInUse(statement) {
      catalog.noteUncertain(statement.namesThatRowsDecide)
    }
  }

  /// Whether columns are of a domain that the statement alters, or of one over it.
  private func isAboutDomainInUse(_ statement: Statement.Kind) -> Bool {
    guard case .alterDomain(let alter) = statement else { return false }
    let name = database.qualifiedType(alter.name)
    return ([name] + catalog.domains(over: name)).contains { !catalog.dependents(ofType: $0).tables.isEmpty }
  }

  /// The role that logged in, mostly a superuser, has what it makes, and changes what others have.
  private mutating func noteOwnershipOfLogin(_ statement: Statement.Kind) {
    switch statement {
    case .createTable, .createTableAs, .createView, .createSequence:
      guard let made = statement.ownership(in: database).made, !statement.mayLeaveOldOne else { return }
      catalog.owners[made] = nil
    default: break
    }
  }

  /// Whether rows decide whether the statement runs.
  private var dependsOnRows: Bool {
    effects.relations.contains { effect in
      effect.work.contains { item in
        switch item.cause {
        case .check, .foreignKey, .unique, .primaryKey, .exclusion, .validation, .notNull, .domainConstraint: true
        case .index: true
        default: false
        }
      }
    }
  }

  /// Another role than the one that logged in changes only what is its own.
  private mutating func noteOwnership(of statement: Statement.Kind) {
    guard let role = database.session.role else { return }
    let names = statement.ownership(in: database)
    if let made = names.made { catalog.owners[made] = role }
    let isOwn = names.changed.allSatisfy { catalog.owners[$0] == role }
    if isOwn {
      if let changed = names.changed.first, let renamed = names.renamed {
        catalog.owners[renamed] = catalog.owners[changed]
      }
      return
    }
    catalog.noteUncertain((names.changed + [names.renamed].compactMap(\.self)).map(\.name) + names.parts)
  }
}

/// What a statement makes and changes.
private struct Ownership {
  var made: QualifiedName?
  var changed: [QualifiedName] = []
  var renamed: QualifiedName?
  /// Of relations that are changed.
  var parts: [String] = []
}

extension Ownership {
  /// Of a part of a relation, such as a trigger.
  fileprivate init(of part: String, on relation: RelationReference, in database: Database) {
    self.init(
      changed: [database.qualified(relation.name)],
      parts: [Catalog.name(ofPart: part, of: relation.name)]
    )
  }
}

extension Statement.Kind {
  fileprivate func ownership(in database: Database) -> Ownership {
    func made(_ name: QualifiedName) -> QualifiedName { database.creationName(name) }
    func found(_ object: ObjectReference, _ kind: ObjectKind) -> QualifiedName { object.name(in: database, kind) }
    switch self {
    case .createFunction(let function): return Ownership(made: made(function.name))
    case .createObject(let object):
      return Ownership(made: object.objectKind.isInSchema ? made(object.name) : object.name)
    case .createTable(let table): return Ownership(made: database.creationName(of: table.relation))
    case .createTableAs(let table): return Ownership(made: database.creationName(of: table.relation))
    case .createView(let view): return Ownership(made: database.creationName(of: view.relation))
    case .createSequence(let sequence): return Ownership(made: database.creationName(of: sequence.relation))
    case .createEnum(let type): return Ownership(made: made(type.name))
    case .createDomain(let type): return Ownership(made: made(type.name))
    case .createCompositeType(let type): return Ownership(made: made(type.name))
    case .createSchema(let schema): return Ownership(made: schema.name.map { QualifiedName($0) })
    case .rename(let rename):
      let relation = rename.relation.map { ObjectReference(name: $0.name) }
      let old = found(relation ?? rename.object, relation == nil ? rename.objectKind : .table)
      return Ownership(
        changed: [old],
        renamed: relation == nil ? QualifiedName(schema: old.schema, rename.newName) : nil,
        parts: [rename.newName, rename.object.name.name].map {
          relation == nil ? $0 : Catalog.name(ofPart: $0, of: old)
        }
      )
    case .setSchema(let move):
      let old = found(move.object, move.objectKind)
      return Ownership(changed: [old], renamed: QualifiedName(schema: move.newSchema, old.name))
    case .drop(let drop):
      return Ownership(
        changed: drop.objects.map { found($0, drop.objectKind) },
        parts: drop.objects.map { object in
          object.relation.map { Catalog.name(ofPart: object.name.name, of: $0) } ?? object.name.name
        }
      )
    case .alterTable(let alter): return Ownership(changed: [database.qualified(alter.relation.name)])
    case .createPolicy(let policy): return Ownership(of: policy.name, on: policy.relation, in: database)
    case .createTrigger(let trigger): return Ownership(of: trigger.name, on: trigger.relation, in: database)
    case .createRole(let role):
      // Few roles may make others.
      guard case .named(let name) = role.role else { return Ownership() }
      return Ownership(changed: [QualifiedName(name)])
    default: return Ownership()
    }
  }

  /// Whether the statement may find what it would make, and leave it to its owner.
  fileprivate var mayLeaveOldOne: Bool {
    switch self {
    case .createTable(let table): table.ifNotExists
    case .createTableAs(let table): table.ifNotExists
    case .createView(let view): view.replaces
    case .createSequence(let sequence): sequence.ifNotExists
    default: true
    }
  }

  /// The names of what is not there if the rows do not fit.
  fileprivate var namesThatRowsDecide: [String] {
    switch self {
    case .alterDomain(let alter):
      if case .addConstraint(let constraint) = alter.action, let name = constraint.name {
        [Catalog.name(ofPart: name, of: alter.name)]
      } else {
        []
      }
    default: []
    }
  }
}

extension ObjectReference {
  /// The object's name with its schema, of a part of a relation that of the relation.
  func name(in database: Database, _ kind: ObjectKind) -> QualifiedName {
    let name = relation ?? self.name
    switch kind {
    case .function, .procedure, .routine, .aggregate: return database.qualifiedRoutine(name)
    case .type, .domain: return database.qualifiedType(name)
    case .schema, .language, .foreignServer, .foreignDataWrapper, .eventTrigger, .publication: return name
    case .table, .view, .materializedView, .index, .sequence, .foreignTable, .column, .trigger, .policy, .rule,
      .constraint:
      return database.qualified(name)
    default: return database.qualified(name) { !database.catalog.others(kind, $0).isEmpty }
    }
  }
}
