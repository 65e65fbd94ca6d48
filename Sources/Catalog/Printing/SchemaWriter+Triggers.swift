import Syntax

extension Catalog {
  /// The triggers of tables and views, but those that partitions have from their parents.
  package var printedTriggers: [(relation: QualifiedName, triggers: [Trigger])] {
    let ofTables = tables.values.filter(\.isPrinted).map { ($0.name, $0.triggers.filter { !$0.isInherited }) }
    let ofViews = views.values.map { ($0.name, Array($0.triggers)) }
    return (ofTables + ofViews).sorted { $0.0 < $1.0 }.map { (relation: $0.0, triggers: $0.1) }
  }
}

extension SchemaWriter {
  package mutating func write(_ trigger: Trigger, on relation: QualifiedName) {
    let definition = trigger.definition
    let events = events(of: definition).joined(separator: " OR ")
    var sql = "CREATE \(definition.isConstraint ? "CONSTRAINT " : "")TRIGGER \(trigger.name.quotedIdentifier)"
    sql += " \(definition.timing.words) \(events) ON \(relation)"
    if let referenced = trigger.referenced { sql += " FROM \(referenced)" }
    if definition.isDeferrable { sql += " DEFERRABLE" }
    if definition.isInitiallyDeferred { sql += " INITIALLY DEFERRED" }
    let transitions = [
      definition.oldTable.map { "OLD TABLE AS \($0.quotedIdentifier)" },
      definition.newTable.map { "NEW TABLE AS \($0.quotedIdentifier)" },
    ].compactMap(\.self)
    if !transitions.isEmpty { sql += " REFERENCING \(transitions.joined(separator: " "))" }
    sql += " FOR EACH \(definition.isForEachRow ? "ROW" : "STATEMENT")"
    if let condition = definition.condition { sql += " WHEN (\(deparser.text(condition)))" }
    let arguments = definition.arguments.map(\.quotedLiteral).joined(separator: ", ")
    add("\(sql) EXECUTE FUNCTION \(definition.function)(\(arguments))")
    write(trigger.firing, of: "TRIGGER \(trigger.name.quotedIdentifier)", on: relation)
  }

  private func events(of trigger: CreateTrigger) -> [String] {
    let order: [(CreateTrigger.Event, String)] = [
      (.insert, "INSERT"), (.delete, "DELETE"), (.update, "UPDATE"), (.truncate, "TRUNCATE"),
    ]
    return order.filter { trigger.events.contains($0.0) }.map { event, word in
      event == .update && !trigger.columns.isEmpty ? "\(word) OF \(deparser.names(trigger.columns))" : word
    }
  }

  private mutating func write(_ mode: AlterTable.FiringMode, of object: String, on relation: QualifiedName) {
    switch mode {
    case .enabled: break
    case .always: add("ALTER TABLE \(relation) ENABLE ALWAYS \(object)")
    case .replica: add("ALTER TABLE \(relation) ENABLE REPLICA \(object)")
    case .disabled: add("ALTER TABLE \(relation) DISABLE \(object)")
    }
  }

  package mutating func writeRules(_ rules: PartList<RewriteRule>, of relation: QualifiedName) {
    for rule in rules { write(rule, on: relation) }
  }

  mutating func write(_ rule: RewriteRule, on relation: QualifiedName) {
    let condition = rule.definition.condition.map { " WHERE \(deparser.text($0))" } ?? ""
    let name = rule.name.quotedIdentifier
    let actions = rule.definition.actions.map { action -> String in
      switch action {
      case .query(let query): deparser.text(query)
      case .dataChange(let change): deparser.text(change)
      default: ""
      }
    }
    let list = actions.isEmpty ? "NOTHING" : "(\(actions.joined(separator: "; ")))"
    let event = rule.definition.event.rawValue.uppercased()
    add(
      "CREATE RULE \(name) AS ON \(event) TO \(relation)\(condition) DO\(rule.definition.isInstead ? " INSTEAD" : "") \(list)"
    )
    write(rule.firing, of: "RULE \(name)", on: relation)
  }

  package mutating func writePolicies(_ table: Table) {
    for policy in table.policies { write(policy, on: table.name) }
  }

  mutating func write(_ policy: CreatePolicy, on table: QualifiedName) {
    var sql = "CREATE POLICY \(policy.name.quotedIdentifier) ON \(table)"
    if !policy.isPermissive { sql += " AS RESTRICTIVE" }
    sql += " FOR \(policy.command.uppercased())"
    sql += " TO \(policy.roles.isEmpty ? "PUBLIC" : policy.roles.map(\.sql).joined(separator: ", "))"
    if let condition = policy.using { sql += " USING (\(deparser.text(condition)))" }
    if let condition = policy.withCheck { sql += " WITH CHECK (\(deparser.text(condition)))" }
    add(sql)
  }
}

extension CreateTrigger.Timing {
  fileprivate var words: String {
    switch self {
    case .before: "BEFORE"
    case .after: "AFTER"
    case .insteadOf: "INSTEAD OF"
    }
  }
}
