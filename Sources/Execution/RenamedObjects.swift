import Catalog
import Syntax

/// Renaming of types, functions, statistics and schemas.
extension Execution {
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
    catalog.refreshDependencies()
  }

  mutating func renameFunction(
    _ object: ObjectReference,
    to newName: (QualifiedName) -> QualifiedName
  ) throws(SQLError) {
    let old = database.qualifiedFunction(object.name)
    guard let overloads = catalog.functions[old] else { return }
    let new = newName(old)
    let meant = database.overloads(meantBy: object)
    if meant.count > 1 { throw .ambiguousRoutine(.function, object.name) }
    guard let function = meant.first else {
      throw .undefinedRoutine(
        .function,
        object.name,
        object.arguments?.map { database.resolved($0).withoutModifiers.sql }
      )
    }
    if catalog.functions[new]?.contains(where: { $0.signature == function.signature }) == true {
      throw .duplicateRoutine(.function, new, function.signature)
    }
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
    if catalog.schemas.contains(new) { throw .duplicate(.schema, new) }
    catalog.schemas.remove(old)
    catalog.schemas.insert(new)
    catalog.schemaComments[new] = catalog.schemaComments.removeValue(forKey: old)
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
        let object = ObjectReference(name: name, arguments: function.inputTypes)
        try renameFunction(object, to: { QualifiedName(schema: new, $0.name) })
      }
    }
    for name in Array(catalog.statistics.keys) where name.schema == old {
      try renameStatistics(name, to: QualifiedName(schema: new, name.name))
    }
    for (name, installed) in catalog.extensions where installed.schema == old { catalog.extensions[name]?.schema = new }
    for index in catalog.otherObjects.indices where catalog.otherObjects[index].name.schema == old {
      catalog.otherObjects[index].changes.append(
        "ALTER \(catalog.otherObjects[index].kind.rawValue) \(catalog.otherObjects[index].name) SET SCHEMA \(new.quotedIdentifier)"
      )
      catalog.otherObjects[index].name.schema = new
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
