import Syntax

extension Catalog {
  /// An object in the words of PostgreSQL's errors, such as `constraint a_fkey on table a`.
  ///
  /// Source: `getObjectDescription` in `objectaddress.c`.
  package func description(of address: ObjectAddress) -> String {
    switch address {
    case .schema(let name): "schema \(name.quotedIdentifier)"
    case .table(let name), .view(let name), .index(let name), .sequence(let name):
      description(ofRelation: name, address)
    case .column(let column, let table): "column \(column.quotedIdentifier) of \(description(of: .table(table)))"
    case .defaultValue(let column, let table):
      "default value for \(description(of: .column(column, of: table)))"
    case .constraint(let name, let table): "constraint \(name.quotedIdentifier) on \(description(of: .table(table)))"
    case .trigger(let name, let relation): "trigger \(name.quotedIdentifier) on \(description(of: .table(relation)))"
    case .policy(let name, let table): "policy \(name.quotedIdentifier) on \(description(of: .table(table)))"
    case .rule(let name, let relation): "rule \(name.quotedIdentifier) on \(description(of: .table(relation)))"
    case .statistics(let name): "statistics object \(name.displayName)"
    case .type(let name): "type \(name.displayName)"
    case .attribute(let name, let type): "column \(name.quotedIdentifier) of composite type \(type.displayName)"
    case .domainCheck(let name, _): "constraint \(name.quotedIdentifier)"
    case .function(let name, let signature): "function \(name.displayName)(\(signature.joined(separator: ",")))"
    case .other(let identity): identity.description
    }
  }

  private func description(ofRelation name: QualifiedName, _ address: ObjectAddress) -> String {
    let noun: String
    switch (kind(of: name), address) {
    case (.foreignTable, _): noun = "foreign table"
    case (.materializedView, _): noun = "materialized view"
    case (.view, _): noun = "view"
    case (.index, _): noun = "index"
    case (.sequence, _): noun = "sequence"
    case (.table, _), (.partitionedTable, _), (_, .table): noun = "table"
    case (_, .index): noun = "index"
    case (_, .sequence): noun = "sequence"
    default: noun = "view"
    }
    return "\(noun) \(name.displayName)"
  }
}

extension OtherObject.Identity: CustomStringConvertible {
  package var description: String {
    let list = signature.joined(separator: ",")
    return switch key.kind {
    case .aggregate: "function \(key.name.displayName)(\(list))"
    case .operator: "operator \(key.name.name)(\(signature.count == 1 ? "NONE,\(list)" : list))"
    case .cast: "cast from \(signature.first ?? "") to \(signature.last ?? "")"
    case .transform: "transform for \(list) language \(key.name.displayName)"
    case .operatorClass, .operatorFamily:
      "\(key.kind.wordInErrors) \(key.name.displayName) for access method \(list)"
    default: "\(key.kind.wordInErrors) \(key.name.displayName)"
    }
  }
}
