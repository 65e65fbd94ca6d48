import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateFunction) throws(SQLError) {
    let name = QualifiedName(schema: statement.name.schema ?? database.session.creationSchema, statement.name.name)
    try analyzeBody(of: statement)
    let function = Function(
      definition: resolved(statement),
      volatility: statement.volatility ?? .volatile,
      createdIn: catalog.currentMigration
    )
    guard let old = catalog.functions[name]?.firstIndex(named: function.signature) else {
      catalog.addOverload(function, to: name)
      return
    }
    let definition = catalog.functions[name]?[old].definition
    guard statement.replaces else { throw .duplicateObject }
    if let result = definition?.returns, let new = function.definition.returns, result.sql != new.sql {
      throw .dependentObjectsStillExist
    }
    if definition?.isProcedure != statement.isProcedure { throw .wrongObjectType }
    catalog.functions[name]?[old].definition = function.definition
    catalog.functions[name]?[old].volatility = function.volatility
  }

  private func resolved(_ definition: CreateFunction) -> CreateFunction {
    definition.mapping(
      types: { database.resolved($0) },
      expressions: { database.resolved($0) },
      queries: { database.resolved($0) }
    )
  }

  mutating func perform(_ statement: AlterFunction) throws(SQLError) {
    let name = database.qualifiedFunction(statement.function.name)
    guard let overloads = catalog.functions[name] else { return }
    let signature = statement.function.arguments?.map { database.resolved($0).withoutModifiers.sql }
    let meant = overloads.indices.filter { signature == nil || overloads[$0].signature == signature }
    if meant.count > 1 { throw .ambiguousFunction }
    guard let index = meant.first else { throw .undefinedObject }
    if let volatility = statement.volatility { catalog.functions[name]?[index].volatility = volatility }
    catalog.functions[name]?[index].definition = overloads[index].definition.changed(by: statement)
  }
}

extension Catalog {
  mutating func addOverload(_ function: Function, to name: QualifiedName) {
    if functions.contains(name) { functions[name]?.append(function) } else { functions[name] = [function] }
  }
}
