import Catalog
import Syntax

/// Renaming of types, functions, statistics and schemas.
extension Execution {
  /// The type that ALTER TYPE or ALTER DOMAIN names.
  ///
  /// Source: `RenameType` in `typecmds.c`.
  mutating func alteredType(_ name: QualifiedName, _ kind: ObjectKind) throws(SQLError) -> QualifiedName {
    let full = try requireType(name, as: kind) ?? database.qualifiedType(name)
    if catalog.types[full] == nil, let table = catalog.tables[full], !table.isAssumed {
      throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is a table's row type")
    }
    return full
  }

  mutating func renameType(_ old: QualifiedName, to new: QualifiedName) throws(SQLError) {
    guard var type = catalog.types[old] else { return }
    if old == new { return }
    if catalog.types[new] != nil || catalog.isKnown(new) { throw .duplicate(.type, new) }
    catalog.types[old] = nil
    type.name = new
    catalog.types[new] = type
    catalog.refreshDependencies()
    catalog.renameDeclarations(of: catalog.dependents(ofType: old), old, to: new)
    database.rewriteDefinitions(
      of: catalog.dependents(ofType: old),
      DefinitionChange(concerns: { $0.casts(to: old) }) { expression in
        if case .cast(let operand, let type) = expression {
          .cast(operand, to: type.renamed(to: new))
        } else {
          expression
        }
      }
    )
    catalog.renameRelationRead(old, to: new)
    catalog.refreshDependencies()
  }

  /// Gives a function, a procedure or an aggregate another name or schema.
  ///
  /// Source: `AlterObjectRename_internal` and `AlterObjectNamespace_internal` in `alter.c`.
  mutating func renameRoutine(
    _ object: ObjectReference,
    _ kind: ObjectKind,
    isMove: Bool = false,
    to newName: (QualifiedName) -> QualifiedName
  ) throws(SQLError) {
    guard let address = try requireRoutine(object, kind) else { return }
    let target = newName(QualifiedName(schema: nil, ""))
    if isMove, let schema = target.schema { try requireSchema(schema) }
    switch address {
    case .function(let old, let signature):
      let new = newName(old)
      if isMove, old == new { return }
      try checkRoutine(new, signature, kind)
      try renameFunction(ObjectReference(name: old, arguments: nil), signature: signature, to: newName)
    case .other(let identity):
      let new = newName(identity.key.name)
      if isMove, identity.key.name == new { return }
      try checkRoutine(new, identity.signature, kind)
      catalog.renameOther(identity, to: new)
    default: break
    }
  }

  /// The name must be free for a function of these arguments.
  func checkRoutine(_ name: QualifiedName, _ signature: [String], _ kind: ObjectKind) throws(SQLError) {
    if catalog.functions[name]?.contains(named: signature) == true
      || catalog.others(.aggregate, name).contains(named: signature)
    {
      throw .duplicateRoutine(.function, name, signature)
    }
  }

  /// Gives an object of which little more than the name is known another name or schema.
  mutating func renameOther(
    _ object: ObjectReference,
    _ kind: ObjectKind,
    isMove: Bool = false,
    to newName: (QualifiedName) -> QualifiedName
  ) throws(SQLError) {
    let identity = try requireOther(object, kind)
    let target = newName(identity?.key.name ?? database.identity(of: object, kind).key.name)
    if isMove, let schema = target.schema { try requireSchema(schema) }
    if kind == .publication, catalog.publications[object.name.name] != nil {
      if catalog.publications[target.name] != nil { throw .duplicate(.publication, target.name) }
      catalog.renamePublication(object.name.name, to: target.name)
    }
    guard let identity else { return }
    let new = OtherObject.Identity(OtherObject.Key(kind, target), identity.signature)
    if new == identity, isMove { return }
    if catalog.other(new) != nil { throw .duplicate(kind, target) }
    catalog.renameOther(identity, to: target)
  }

  mutating func renameFunction(
    _ object: ObjectReference,
    signature: [String],
    to newName: (QualifiedName) -> QualifiedName
  ) throws(SQLError) {
    let old = database.qualifiedFunction(object.name)
    guard let overloads = catalog.functions[old] else { return }
    let new = newName(old)
    guard let function = overloads[named: signature] else {
      throw .undefinedRoutine(
        .function,
        object.name,
        object.arguments?.map { database.resolved($0).withoutModifiers.sql }
      )
    }
    if catalog.functions[new]?.contains(where: { $0.signature == function.signature }) == true {
      throw .duplicateRoutine(.function, new, function.signature)
    }
    catalog.roleUses.forget(.function(old, signature: signature))
    let rest = overloads.filter { $0 != function }
    catalog.functions[old] = rest.isEmpty ? nil : PartList(rest)
    catalog.addOverload(function, to: new)
    catalog.refreshDependencies()
    database.rewriteDefinitions(
      of: catalog.dependents(ofFunction: old),
      DefinitionChange(concerns: { $0.calls(old, accepting: function) }) { expression in
        if case .call(let call) = expression {
          .call(call.with(name: new, arguments: call.arguments))
        } else {
          expression
        }
      }
    )
    renameTriggerFunction(old, to: new)
    catalog.refreshDependencies()
  }

  private mutating func renameTriggerFunction(_ old: QualifiedName, to new: QualifiedName) {
    let dependents = catalog.dependents(ofFunction: old)
    for table in dependents.tables {
      for (index, trigger) in table.triggers.enumerated() where trigger.definition.function == old {
        catalog.tables[table.name]?.triggers[index].definition = trigger.definition.with(function: new)
      }
    }
    for view in dependents.views {
      for (index, trigger) in view.triggers.enumerated() where trigger.definition.function == old {
        catalog.views[view.name]?.triggers[index].definition = trigger.definition.with(function: new)
      }
    }
  }

  mutating func renameStatistics(_ old: QualifiedName, to new: QualifiedName) throws(SQLError) {
    if catalog.statistics[new] != nil { throw .duplicate(.statistics, new) }
    guard var renamed = catalog.statistics.remove(old) else { return }
    renamed.name = new
    catalog.statistics[new] = renamed
  }

  // MARK: - Schemas

  mutating func renameSchema(_ old: String, to new: String) throws(SQLError) {
    try requireSchema(old)
    if catalog.schemas.contains(new) { throw .duplicate(.schema, new) }
    if new.hasPrefix("pg_") { throw .reservedSchema(new) }
    catalog.schemas.remove(old)
    catalog.schemas.insert(new)
    catalog.schemaComments[new] = catalog.schemaComments.removeValue(forKey: old)
    catalog.roleUses.forget(.schema(old))
    catalog.roleUses.forget(.defaultPrivileges(inSchema: old))
    catalog.unpublish(.schema(old), nowNamed: .schema(new))
    // Indexes and owned sequences go with their tables.
    for name in Array(catalog.tables.keys) + Array(catalog.views.keys) where name.schema == old {
      try moveRelation(name, to: new)
    }
    for name in Array(catalog.sequences.keys) where name.schema == old { try moveRelation(name, to: new) }
    for name in Array(catalog.types.keys) where name.schema == old {
      try renameType(name, to: QualifiedName(schema: new, name.name))
    }
    for name in Array(catalog.functions.keys) where name.schema == old {
      for function in catalog.functions[name] ?? [] {
        try renameFunction(
          ObjectReference(name: name),
          signature: function.signature,
          to: { QualifiedName(schema: new, $0.name) }
        )
      }
    }
    for name in Array(catalog.statistics.keys) where name.schema == old {
      try renameStatistics(name, to: QualifiedName(schema: new, name.name))
    }
    for (name, installed) in catalog.extensions where installed.schema == old { catalog.extensions[name]?.schema = new }
    for object in catalog.otherObjects where object.name.schema == old {
      catalog.renameOther(object.identity, to: QualifiedName(schema: new, object.name.name))
    }
  }
}

extension Database {
  /// Of the history's functions those that have the name and, where it has any, the arguments.
  func overloads(meantBy object: ObjectReference) -> [Function] {
    let signature = object.arguments.map { $0.map { resolved($0).withoutModifiers.sql } }
    return (catalog.functions[qualifiedFunction(object.name)] ?? [])
      .filter { signature == nil || $0.signature == signature }
  }
}
