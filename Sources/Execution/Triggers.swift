import Catalog
import Syntax

/// What belongs to a relation and calls functions: triggers, policies and rules.
extension Execution {
  // MARK: - Triggers

  mutating func perform(_ statement: CreateTrigger) throws(SQLError) {
    let name = database.qualified(statement.relation.name)
    lock(name, .shareRowExclusive)
    if statement.isForEachRow { lock(catalog.partitions(of: name), .shareRowExclusive) }
    var definition = statement.with(function: database.resolvedFunction(statement.function))
    if let condition = statement.condition {
      definition = definition.with(condition: database.resolved(condition, of: name))
    }
    var trigger = Trigger(definition: definition, name: statement.name)
    trigger.referenced = statement.referencedRelation.map { database.qualified($0.name) }
    if var view = catalog.views[name] {
      try replace(trigger, in: &view.triggers)
      catalog.views[name] = view
      return
    }
    if catalog.tables[name] == nil { catalog.put(Table(assumed: name, in: catalog)) }
    guard var table = catalog.tables[name] else { return }
    for column in statement.columns where !catalog.mayHave(column, table) { throw .undefinedObject }
    try replace(trigger, in: &table.triggers)
    catalog.tables[name] = table
    guard statement.isForEachRow, table.kind == .partitionedTable else { return }
    for child in table.children { shareTrigger(trigger, with: child) }
  }

  private func replace(_ trigger: Trigger, in triggers: inout PartList<Trigger>) throws(SQLError) {
    if let index = triggers.firstIndex(named: trigger.name) {
      guard trigger.definition.replaces else { throw .duplicateObject }
      triggers[index] = trigger
    } else {
      triggers.append(trigger)
    }
  }

  // MARK: - Policies and rules

  mutating func perform(_ statement: CreatePolicy) throws(SQLError) {
    let name = database.qualified(statement.relation.name)
    lock(name, .accessExclusive)
    if catalog.tables[name] == nil { catalog.put(Table(assumed: name, in: catalog)) }
    if catalog.tables[name]?.policies.contains(named: statement.name) == true { throw .duplicateObject }
    try analyze(statement.using, of: statement.relation, as: "POLICY")
    try analyze(statement.withCheck, of: statement.relation, as: "POLICY")
    let policy = statement.mapping { database.resolved($0, of: name) }
    catalog.tables[name]?.policies.append(policy)
  }

  mutating func perform(_ statement: AlterPolicy) throws(SQLError) {
    let name = database.qualified(statement.relation.name)
    lock(name, .accessExclusive)
    guard let table = catalog.tables[name] else { return }
    guard let index = table.policies.firstIndex(named: statement.name) else {
      if table.isAssumed { return }
      throw .undefinedObject
    }
    let policy = table.policies[index].changed(by: statement).mapping { database.resolved($0, of: name) }
    catalog.tables[name]?.policies[index] = policy
  }

  mutating func perform(_ statement: CreateRule) throws(SQLError) {
    let name = database.qualified(statement.relation.name)
    lock(name, .accessExclusive)
    try analyze(statement)
    // A view's own rule is its query.
    guard catalog.tables[name] != nil else { return }
    let rule = RewriteRule(
      definition: statement.mapping(expressions: { database.resolved($0) }, queries: { database.resolved($0) }),
      name: statement.name
    )
    if let index = catalog.tables[name]?.rules.firstIndex(named: statement.name) {
      guard statement.replaces else { throw .duplicateObject }
      catalog.tables[name]?.rules[index] = rule
    } else {
      catalog.tables[name]?.rules.append(rule)
    }
  }
}
