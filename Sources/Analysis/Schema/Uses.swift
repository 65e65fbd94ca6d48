import Syntax

extension Expression {
  /// Whether it is a call of a function; `function` is the overload, where it is known.
  func calls(_ name: QualifiedName, accepting function: Function?) -> Bool {
    guard case .call(let call) = self, call.name == name else { return false }
    return function?.accepts(call.arguments.count) ?? true
  }

  /// Whether it is a cast to a type, or to arrays of it.
  func casts(to name: QualifiedName) -> Bool { if case .cast(_, let type) = self { type.name == name } else { false } }

  /// Whether it is the constant of a relation's name.
  func names(relation name: QualifiedName, in schema: Schema) -> Bool {
    guard case .cast(.constant(.string(let text)), let type) = self, type.name.name == "regclass" else { return false }
    return schema.qualified(QualifiedName(parsing: text)) == name
  }

  /// Whether it is a query that reads a relation.
  func reads(_ name: QualifiedName, in schema: Schema) -> Bool {
    guard case .subquery(let subquery) = self else { return false }
    return subquery.query.relations.contains { schema.qualified($0.name) == name }
  }
}

extension Function {
  /// The input types as SQL, which tell overloads apart.
  var signature: [String] { inputTypes.map { $0.withoutModifiers.sql } }

  /// Whether an argument or the result is of a type.
  func mentions(_ type: QualifiedName) -> Bool {
    definition.parameters.contains { $0.type.name == type } || definition.returns?.name == type
  }
}

extension TypeName {
  /// Length and precision do not tell functions apart, nor do they belong to results.
  var withoutModifiers: TypeName {
    TypeName(name, arrayDimensions: arrayDimensions, isSet: isSet, isColumnType: isColumnType, offset: offset)
  }
}

extension CreateFunction.SQLBody {
  func contains(where matches: (Expression) -> Bool) -> Bool {
    switch self {
    case .value(let expression): expression.contains(where: matches)
    case .atomic(let statements): statements.contains { $0.contains(where: matches) }
    }
  }
}

extension Statement.Kind {
  /// Whether a query or data change holds such an expression, or reads a relation as such a subquery would.
  fileprivate func contains(where matches: (Expression) -> Bool) -> Bool {
    let query: Query
    switch self {
    case .query(let read): query = read
    case .dataChange(let change): query = .dataChange(change)
    default: return false
    }
    // The query itself, as an expression that reads it.
    return Expression.subquery(Subquery(form: .scalar, test: nil, comparison: nil, query: query))
      .contains(where: matches)
  }
}

extension CreateRule {
  func contains(where matches: (Expression) -> Bool) -> Bool {
    condition?.contains(where: matches) == true || actions.contains { $0.contains(where: matches) }
      || actions.contains { $0.changes(where: matches) }
  }
}

extension Statement.Kind {
  /// Whether it changes a table that such a subquery would read.
  fileprivate func changes(where matches: (Expression) -> Bool) -> Bool {
    guard case .dataChange(let change) = self else { return false }
    let read = Query.select(Select(from: [.relation(change.relation)]))
    return matches(.subquery(Subquery(form: .scalar, test: nil, comparison: nil, query: read)))
  }
}

extension CreatePolicy {
  func contains(where matches: (Expression) -> Bool) -> Bool {
    [using, withCheck].contains { $0?.contains(where: matches) == true }
  }

  /// Whether it reads a column of its table.
  func reads(_ column: String, of table: QualifiedName) -> Bool {
    contains { part in
      guard case .column(let reference) = part, reference.name == column else { return false }
      return reference.parts.count == 1 || reference.parts.dropLast().last == table.name
    }
  }
}

extension Trigger {
  /// Whether it fires on changes of a column, or its condition reads it.
  func reads(_ column: String) -> Bool {
    definition.columns.contains(column) || definition.condition?.columnNames.contains(column) == true
  }
}

extension Index {
  func contains(where matches: (Expression) -> Bool) -> Bool {
    definition.elements.contains { $0.contains(where: matches) }
      || definition.predicate?.contains(where: matches) == true
  }
}

extension IndexElement {
  func contains(where matches: (Expression) -> Bool) -> Bool {
    if case .expression(let expression) = key { expression.contains(where: matches) } else { false }
  }
}
