import Syntax

extension Expression {
  /// Whether it is a call of a function; `function` is the overload, where it is known.
  package func calls(_ name: QualifiedName, accepting function: Function?) -> Bool {
    guard case .call(let call) = self, call.name == name else { return false }
    return function?.accepts(call.arguments.count) ?? true
  }

  /// Whether it is a cast to a type, or to arrays of it.
  package func casts(to name: QualifiedName) -> Bool {
    if case .cast(_, let type) = self { type.name == name } else { false }
  }

  /// Whether it is the constant of a relation's name.
  package func names(relation name: QualifiedName) -> Bool {
    guard case .cast(.constant(.string(let text)), let type) = self, type.name.name == "regclass" else { return false }
    return QualifiedName(parsing: text).inPublic == name
  }

  /// Whether it is a query that reads a relation.
  package func reads(_ name: QualifiedName) -> Bool {
    guard case .subquery(let subquery) = self else { return false }
    return subquery.query.relations.contains { $0.name.inPublic == name }
  }
}

extension Function {
  /// The input types as SQL, which tell overloads apart.
  package var signature: [String] { inputTypes.map { $0.withoutModifiers.sql } }

  /// Whether an argument or the result is of a type.
  package func mentions(_ type: QualifiedName) -> Bool {
    definition.parameters.contains { $0.type.name == type } || definition.returns?.name == type
  }
}

extension TypeName {
  /// Length and precision do not tell functions apart, nor do they belong to results.
  package var withoutModifiers: TypeName {
    TypeName(name, arrayDimensions: arrayDimensions, isSet: isSet, isColumnType: isColumnType, offset: offset)
  }
}

extension CreateFunction.SQLBody {
  package func contains(where matches: (Expression) -> Bool) -> Bool {
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
  package func contains(where matches: (Expression) -> Bool) -> Bool {
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
  package func contains(where matches: (Expression) -> Bool) -> Bool {
    [using, withCheck].contains { $0?.contains(where: matches) == true }
  }

  /// Whether it reads a column of its table.
  package func reads(_ column: String, of table: QualifiedName) -> Bool {
    contains { part in
      guard case .column(let reference) = part, reference.name == column else { return false }
      return reference.parts.count == 1 || reference.parts.dropLast().last == table.name
    }
  }
}

extension Trigger {
  /// Whether it fires on changes of a column, or its condition reads it.
  package func reads(_ column: String) -> Bool {
    definition.columns.contains(column) || definition.condition?.columnNames.contains(column) == true
  }
}

extension Index {
  package func contains(where matches: (Expression) -> Bool) -> Bool {
    definition.elements.contains { $0.contains(where: matches) }
      || definition.predicate?.contains(where: matches) == true
  }
}

extension IndexElement {
  package func contains(where matches: (Expression) -> Bool) -> Bool {
    if case .expression(let expression) = key { expression.contains(where: matches) } else { false }
  }
}

extension QualifiedName {
  /// A name that was not known when its definition was made keeps no schema; it is most likely in `public`.
  package var inPublic: QualifiedName { schema == nil ? QualifiedName(schema: "public", name) : self }
}
