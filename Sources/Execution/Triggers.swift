import Catalog
import Syntax

/// What belongs to a relation and calls functions: triggers, policies and rules.
extension Execution {
  // MARK: - Triggers

  mutating func perform(_ statement: CreateTrigger) throws(SQLError) {
    let name = try requireRelation(statement.relation.name)
    lock(name, .shareRowExclusive)
    if statement.isForEachRow { lock(catalog.partitions(of: name), .shareRowExclusive) }
    try check(statement, on: name)
    var definition = statement.with(function: database.resolvedFunction(statement.function))
    if let condition = statement.condition {
      definition = definition.with(condition: database.resolved(condition, of: name))
    }
    var trigger = Trigger(definition: definition, name: statement.name)
    trigger.referenced = statement.referencedRelation.map { database.qualified($0.name) }
    if var view = catalog.views[name] {
      try replace(trigger, in: &view.triggers, of: name)
      catalog.views[name] = view
      return
    }
    if catalog.tables[name] == nil { catalog.put(Table(assumed: name, in: catalog)) }
    guard var table = catalog.tables[name] else { return }
    try replace(trigger, in: &table.triggers, of: name)
    try checkColumns(of: statement, table)
    catalog.tables[name] = table
    guard statement.isForEachRow, table.kind == .partitionedTable else { return }
    for child in table.children { try shareNewTrigger(trigger, with: child) }
  }

  private mutating func shareNewTrigger(_ trigger: Trigger, with child: QualifiedName) throws(SQLError) {
    for name in [child] + catalog.descendants(of: child) {
      if catalog.tables[name]?.triggers.contains(named: trigger.name) == true, !trigger.definition.replaces {
        throw .duplicate(.trigger, trigger.name, of: name)
      }
    }
    if trigger.definition.replaces {
      for name in [child] + catalog.descendants(of: child) {
        catalog.tables[name]?.triggers.remove(named: trigger.name)
      }
    }
    shareTrigger(trigger, with: child)
  }

  /// Source: `CreateTriggerFiringOn` in `trigger.c`, after the checks of the definition.
  private func replace(
    _ trigger: Trigger,
    in triggers: inout PartList<Trigger>,
    of relation: QualifiedName
  ) throws(SQLError) {
    guard let index = triggers.firstIndex(named: trigger.name) else { return triggers.append(trigger) }
    guard trigger.definition.replaces else { throw .duplicate(.trigger, trigger.name, of: relation) }
    let title = "trigger \"\(trigger.name)\" for relation \(relation.quotedInErrors)"
    if triggers[index].isInherited {
      throw SQLError(.duplicateObject, "\(title) is an internal or a child trigger")
    }
    if triggers[index].definition.isConstraint {
      throw SQLError(.duplicateObject, "\(title) is a constraint trigger")
    }
    triggers[index] = trigger
  }

  private func checkColumns(of trigger: CreateTrigger, _ table: Table) throws(SQLError) {
    var seen = Set<String>()
    for column in trigger.columns {
      if !catalog.mayHave(column, table) || column.isSystemColumn {
        throw .undefined(.column, column, of: table.name)
      }
      if !seen.insert(column).inserted {
        throw .columnTwice(column)
      }
    }
  }

  private mutating func check(_ trigger: CreateTrigger, on name: QualifiedName) throws(SQLError) {
    let table = catalog.tables[name]
    let kind = catalog.kind(of: name)
    if table?.isAssumed != true, let kind { try check(trigger, on: name, kind) }
    if let referenced = trigger.referencedRelation { _ = try requireRelation(referenced.name) }
    try checkForm(of: trigger)
    try checkTransitions(of: trigger, on: name, kind)
    if let condition = trigger.condition { try check(condition, of: trigger, on: name) }
    try checkFunction(of: trigger)
  }

  private func check(_ trigger: CreateTrigger, on name: QualifiedName, _ kind: RelationKind) throws(SQLError) {
    switch kind {
    case .table, .partitionedTable:
      if trigger.timing == .insteadOf { throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is a table") }
      if kind == .partitionedTable, trigger.isForEachRow, trigger.hasTransitionTables {
        throw SQLError(.featureNotSupported, "\(name.quotedInErrors) is a partitioned table")
      }
    case .view:
      let isForRow = trigger.timing != .insteadOf && trigger.isForEachRow
      if isForRow || trigger.events.contains(.truncate) {
        throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is a view")
      }
    case .foreignTable:
      if trigger.timing == .insteadOf || trigger.isConstraint {
        throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is a foreign table")
      }
    case .index, .materializedView, .sequence, .compositeType:
      throw SQLError(.wrongObjectType, "relation \(name.quotedInErrors) cannot have triggers")
    }
  }

  private func checkForm(of trigger: CreateTrigger) throws(SQLError) {
    if trigger.isForEachRow, trigger.events.contains(.truncate) {
      throw SQLError(.featureNotSupported, "TRUNCATE FOR EACH ROW triggers are not supported")
    }
    guard trigger.timing == .insteadOf else { return }
    if !trigger.isForEachRow { throw SQLError(.featureNotSupported, "INSTEAD OF triggers must be FOR EACH ROW") }
    if trigger.condition != nil {
      throw SQLError(.featureNotSupported, "INSTEAD OF triggers cannot have WHEN conditions")
    }
    if !trigger.columns.isEmpty {
      throw SQLError(.featureNotSupported, "INSTEAD OF triggers cannot have column lists")
    }
  }

  private func checkTransitions(
    of trigger: CreateTrigger,
    on name: QualifiedName,
    _ kind: RelationKind?
  ) throws(SQLError) {
    guard trigger.hasTransitionTables else { return }
    if kind == .foreignTable || kind == .view {
      throw SQLError(.wrongObjectType, "\(name.quotedInErrors) is a \(kind == .view ? "view" : "foreign table")")
    }
    if trigger.isForEachRow, let table = catalog.tables[name], !table.parents.isEmpty {
      let what = table.isPartition ? "partitions" : "inheritance children"
      throw SQLError(.featureNotSupported, "ROW triggers with transition tables are not supported on \(what)")
    }
    if trigger.timing != .after {
      throw SQLError(.invalidObjectDefinition, "transition table name can only be specified for an AFTER trigger")
    }
    if trigger.events.contains(.truncate) {
      throw SQLError(.featureNotSupported, "TRUNCATE triggers with transition tables are not supported")
    }
    if trigger.events.count > 1 {
      throw SQLError(
        .featureNotSupported,
        "transition tables cannot be specified for triggers with more than one event"
      )
    }
    if !trigger.columns.isEmpty {
      throw SQLError(.featureNotSupported, "transition tables cannot be specified for triggers with column lists")
    }
    if trigger.newTable != nil, trigger.events.isDisjoint(with: [.insert, .update]) {
      throw SQLError(.invalidObjectDefinition, "NEW TABLE can only be specified for an INSERT or UPDATE trigger")
    }
    if trigger.oldTable != nil, trigger.events.isDisjoint(with: [.delete, .update]) {
      throw SQLError(.invalidObjectDefinition, "OLD TABLE can only be specified for a DELETE or UPDATE trigger")
    }
    if trigger.oldTable == trigger.newTable {
      throw SQLError(.invalidObjectDefinition, "OLD TABLE name and NEW TABLE name cannot be the same")
    }
  }

  /// A WHEN condition reads the old and the new row, as far as there is one.
  private mutating func check(
    _ condition: Expression,
    of trigger: CreateTrigger,
    on name: QualifiedName
  ) throws(SQLError) {
    var failure: SQLError?
    func note(_ state: SQLState, _ message: String) { failure = failure ?? SQLError(state, message) }
    let table = catalog.tables[name]
    if condition.contains(where: { $0.heldQuery != nil }) {
      throw SQLError(.featureNotSupported, "cannot use subquery in trigger WHEN condition")
    }
    try analyze(condition, ofTriggerOn: trigger.relation)
    condition.walk { part in
      guard case .column(let reference) = part, let row = reference.parts.first, ["old", "new"].contains(row) else {
        return
      }
      if !trigger.isForEachRow {
        return note(.invalidObjectDefinition, "statement trigger's WHEN condition cannot reference column values")
      }
      if row == "old", trigger.events.contains(.insert) {
        note(.invalidObjectDefinition, "INSERT trigger's WHEN condition cannot reference OLD values")
      }
      guard row == "new" else { return }
      if trigger.events.contains(.delete) {
        note(.invalidObjectDefinition, "DELETE trigger's WHEN condition cannot reference NEW values")
      }
      guard trigger.timing == .before else { return }
      if reference.isStar || reference.parts.count == 1 {
        if table?.columns.contains(where: { $0.generated != nil }) == true {
          note(.invalidObjectDefinition, "BEFORE trigger's WHEN condition cannot reference NEW generated columns")
        }
        return
      }
      guard let column = reference.name else { return }
      if column.isSystemColumn {
        note(.featureNotSupported, "BEFORE trigger's WHEN condition cannot reference NEW system columns")
      } else if table?.column(column)?.generated != nil {
        note(.invalidObjectDefinition, "BEFORE trigger's WHEN condition cannot reference NEW generated columns")
      }
    }
    if let failure { throw failure }
  }

  /// The function of a trigger takes no arguments, and returns `trigger`.
  private mutating func checkFunction(of trigger: CreateTrigger) throws(SQLError) {
    let given = trigger.function
    let name = database.qualifiedFunction(given)
    if let overloads = catalog.functions[name] {
      if let function = overloads[named: []], !function.definition.isProcedure {
        if function.definition.returns?.name.name != "trigger" {
          throw SQLError(.invalidObjectDefinition, "function \(given.displayName) must return type trigger")
        }
        return
      }
      if !catalog.unreadableMayHaveMade { throw .undefinedRoutine(.function, given, []) }
      return
    }
    _ = try requireRoutine(ObjectReference(name: given, arguments: []), .function)
  }

  // MARK: - Policies

  mutating func perform(_ statement: CreatePolicy) throws(SQLError) {
    if statement.withCheck != nil, ["select", "delete"].contains(statement.command) {
      throw SQLError(.syntaxError, "WITH CHECK cannot be applied to SELECT or DELETE")
    }
    if statement.using != nil, statement.command == "insert" {
      throw SQLError(.syntaxError, "only WITH CHECK expression allowed for INSERT")
    }
    for role in statement.roles { try requireRole(role) }
    noteUse(of: statement.roles)
    let name = try requireTable(statement.relation.name)
    lock(name, .accessExclusive)
    if catalog.tables[name] == nil { catalog.put(Table(assumed: name, in: catalog)) }
    if catalog.tables[name]?.policies.contains(named: statement.name) == true {
      throw SQLError(
        .duplicateObject,
        "policy \"\(statement.name)\" for table \(name.quotedInErrors) already exists",
        about: SQLError.Object(.policy, QualifiedName(statement.name), of: name)
      )
    }
    try analyze(statement.using, of: statement.relation, as: "POLICY")
    try analyze(statement.withCheck, of: statement.relation, as: "POLICY")
    let policy = statement.mapping { database.resolved($0, of: name) }
    catalog.tables[name]?.policies.append(policy)
    noteUse(of: statement.roles, in: .policy(statement.name, of: name))
  }

  mutating func perform(_ statement: AlterPolicy) throws(SQLError) {
    for role in statement.roles { try requireRole(role) }
    noteUse(of: statement.roles)
    let name = try requireTable(statement.relation.name)
    lock(name, .accessExclusive)
    try analyze(statement.using, of: statement.relation, as: "POLICY")
    try analyze(statement.withCheck, of: statement.relation, as: "POLICY")
    guard let table = catalog.tables[name] else { return }
    guard let index = table.policies.firstIndex(named: statement.name) else {
      if !catalog.isFullyKnown(table) { return }
      throw .undefined(.policy, statement.name, of: name)
    }
    let command = table.policies[index].command
    if statement.using != nil, command == "insert" {
      throw SQLError(.syntaxError, "only WITH CHECK expression allowed for INSERT")
    }
    if statement.withCheck != nil, ["select", "delete"].contains(command) {
      throw SQLError(.syntaxError, "only USING expression allowed for SELECT, DELETE")
    }
    let policy = table.policies[index].changed(by: statement).mapping { database.resolved($0, of: name) }
    catalog.tables[name]?.policies[index] = policy
    if !statement.roles.isEmpty { noteUse(of: statement.roles, in: .policy(statement.name, of: name)) }
  }

  /// Source: `RangeVarCallbackForPolicy` in `policy.c`.
  private mutating func requireTable(_ given: QualifiedName) throws(SQLError) -> QualifiedName {
    let name = try requireRelation(given)
    if let kind = catalog.kind(of: name), kind != .table, kind != .partitionedTable, catalog.isKnown(name) {
      throw .wrongKind(given, as: .table)
    }
    return name
  }

  // MARK: - Rules

  /// Source: `DefineQueryRewrite` in `rewriteDefine.c`.
  mutating func perform(_ statement: CreateRule) throws(SQLError) {
    let name = try requireRelation(statement.relation.name)
    lock(name, .accessExclusive)
    if catalog.isKnown(name), let kind = catalog.kind(of: name) { try check(statement, on: name, kind) }
    if statement.name == "_RETURN", statement.event != .select {
      let relation = name.quotedInErrors
      throw SQLError(.invalidObjectDefinition, "non-view rule for \(relation) must not be named \"_RETURN\"")
    }
    if !statement.isInstead, statement.actions.contains(where: { !$0.returning.isEmpty }) {
      throw SQLError(.featureNotSupported, "RETURNING lists are not supported in non-INSTEAD rules")
    }
    let columnsRead = try analyze(statement)
    var rule = RewriteRule(
      definition: statement.mapping(expressions: { database.resolved($0) }, queries: { database.resolved($0) }),
      name: statement.name
    )
    rule.columnsRead = columnsRead
    if var view = catalog.views[name] {
      // A view's own rule is its query.
      if statement.event == .select { return }
      try replace(rule, in: &view.rules, of: name)
      catalog.views[name] = view
    } else if var table = catalog.tables[name] {
      try replace(rule, in: &table.rules, of: name)
      catalog.tables[name] = table
    }
  }

  private func replace(
    _ rule: RewriteRule,
    in rules: inout PartList<RewriteRule>,
    of name: QualifiedName
  ) throws(SQLError) {
    guard let index = rules.firstIndex(named: rule.name) else { return rules.append(rule) }
    guard rule.definition.replaces else { throw .duplicate(.rule, rule.name, of: name) }
    rules[index] = rule
  }

  private func check(_ rule: CreateRule, on name: QualifiedName, _ kind: RelationKind) throws(SQLError) {
    switch kind {
    case .table, .partitionedTable, .view, .materializedView: break
    default: throw SQLError(.wrongObjectType, "relation \(name.quotedInErrors) cannot have rules")
    }
    // Until 15 such a rule made a view of an empty table.
    if rule.event == .select, kind == .table || kind == .partitionedTable, version >= 16 || kind == .partitionedTable {
      throw SQLError(.wrongObjectType, "relation \(name.quotedInErrors) cannot have ON SELECT rules")
    }
    if rule.event == .select, kind == .view, !rule.replaces {
      throw SQLError(.objectNotInPrerequisiteState, "\(name.quotedInErrors) is already a view")
    }
    let row: String
    switch rule.event {
    case .insert: row = "old"
    case .delete: row = "new"
    default: return
    }
    let isUsed = rule.contains { part in
      if case .column(let reference) = part { reference.parts.count > 1 && reference.parts.first == row } else { false }
    }
    if isUsed {
      let event = rule.event.rawValue.uppercased()
      throw SQLError(.invalidObjectDefinition, "ON \(event) rule cannot use \(row.uppercased())")
    }
  }
}

extension CreateTrigger {
  fileprivate var hasTransitionTables: Bool { oldTable != nil || newTable != nil }
}

extension Statement.Kind {
  fileprivate var returning: [Select.Target] { if case .dataChange(let change) = self { change.returning } else { [] } }
}
