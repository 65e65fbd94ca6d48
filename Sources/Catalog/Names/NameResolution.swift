import Syntax

/// PostgreSQL stores what a definition means, not what it says: a later RENAME or another search path does not change
/// it. So the schema keeps definitions with every name that it knows written with its schema.
extension Database {
  /// A definition's expression, with the names that it knows qualified. `table` is the one whose columns it names.
  package func resolved(_ expression: Expression, of table: QualifiedName? = nil) -> Expression {
    let scope = table.map { [Rewriter.Source(RelationReference($0))] } ?? []
    return rewriter.rewrite(expression, in: scope).mapping { part in
      // `t.a` in a check of t means its column, whatever t will be called.
      guard let table, case .column(let column) = part, column.parts.count > 1, !column.isStar,
        column.parts.dropLast().last == table.name, let name = column.name
      else { return part }
      return .column(ColumnReference(parts: [name], offset: column.offset))
    }
  }

  /// The type with its schema, where the history made it.
  package func resolved(_ type: TypeName) -> TypeName {
    guard !type.isColumnType else { return type }
    let name = qualifiedType(type.name)
    guard catalog.types.contains(name) || catalog.tables.contains(name) || catalog.views.contains(name) else {
      return type
    }
    return type.renamed(to: name)
  }

  package func resolved(_ type: TypeName?) -> TypeName? { type.map { resolved($0) } }

  private var rewriter: Rewriter {
    Rewriter(
      relation: { resolved($0) },
      expression: { expression, scope in qualified(resolved(part: expression), in: scope) },
      targets: { targets, select in expandingStars(targets, of: select) }
    )
  }

  /// The query as a view keeps it: relations with their schemas, columns with their relations, stars expanded.
  package func resolved(_ query: Query) -> Query { rewriter.rewrite(query) }

  private func resolved(_ reference: RelationReference) -> RelationReference {
    let name = qualified(reference.name)
    guard catalog.hasRelation(name) else { return reference }
    return reference.renamed(to: name)
  }

  private func resolved(part: Expression) -> Expression {
    switch part {
    case .call(let call):
      if call.name.name == "nextval", case .constant(.string(let text))? = call.arguments.first {
        return .call(call.with(name: call.name, arguments: [relationConstant(text)] + call.arguments.dropFirst()))
      }
      let name = qualifiedFunction(call.name)
      return !catalog.functions.contains(name) ? part : .call(call.with(name: name, arguments: call.arguments))
    case .cast(.constant(.string(let text)), let type) where type.name.name == "regclass" && type.arrayDimensions == 0:
      return relationConstant(text)
    case .cast(let operand, let type): return .cast(operand, to: resolved(type))
    default: return part
    }
  }

  /// `'name'::regclass`
  private func relationConstant(_ text: String) -> Expression {
    let name = qualified(QualifiedName(parsing: text))
    return .cast(
      .constant(.string(catalog.hasRelation(name) ? name.description : text)),
      to: TypeName(QualifiedName("regclass"))
    )
  }

  // MARK: - Columns of queries

  /// A bare column with the alias of the relation that has it.
  private func qualified(_ expression: Expression, in scope: Rewriter.Scope) -> Expression {
    guard case .column(let column) = expression, let name = column.name else { return expression }
    if column.parts.count == 3, scope.contains(where: { $0.alias == column.parts[1] && $0.relation != nil }) {
      return .column(ColumnReference(parts: [column.parts[1], name], offset: column.offset))
    }
    guard column.parts.count == 1 else { return expression }
    for distance in 0...(scope.map(\.distance).max() ?? 0) {
      let sources = scope.filter { $0.distance == distance }
      let owners = sources.filter { source in source.relation.map { hasColumn(name, $0) } == true }
      if let owner = owners.first, owners.count == 1 {
        return .column(ColumnReference(parts: [owner.alias, name], offset: column.offset))
      }
      // It may be a column of a subquery or function here, or of several tables joined USING it.
      if owners.count > 1 || sources.contains(where: { $0.relation == nil || !knowsColumns(of: $0) }) {
        return expression
      }
    }
    return expression
  }

  private func hasColumn(_ name: String, _ reference: RelationReference) -> Bool {
    guard reference.aliasColumns.isEmpty else { return false }
    let relation = qualified(reference.name)
    return catalog.tables.reading(relation, { $0.columns.contains(named: name) }) == true
      || catalog.views[relation]?.columnNames.contains(name) == true
  }

  private func knowsColumns(of source: Rewriter.Source) -> Bool {
    guard let reference = source.relation, reference.aliasColumns.isEmpty else { return false }
    let relation = qualified(reference.name)
    return catalog.tables[relation]?.knowsAllColumns ?? catalog.views[relation]?.knowsAllColumns ?? false
  }

  /// Writes the columns that `*` and `t.*` stand for, where all of them are known.
  private func expandingStars(_ targets: [Select.Target], of select: Select) -> [Select.Target] {
    var expanded: [Select.Target] = []
    for target in targets {
      // PostgreSQL refuses the query.
      if expanded.count > ServerLimits.targets { return targets }
      guard case .column(let column) = target.expression, column.isStar, column.parts.count <= 2 else {
        expanded.append(target)
        continue
      }
      let alias = column.parts.count == 2 ? column.parts[0] : nil
      if let columns = starColumns(of: select.from, alias: alias) {
        expanded += columns.map { source, name in
          Select.Target(name: nil, expression: .column(ColumnReference(parts: [source, name])))
        }
      } else {
        expanded.append(target)
      }
    }
    return expanded
  }

  private func starColumns(of items: [FromItem], alias: String?) -> [(String, String)]? {
    var columns: [(String, String)] = []
    for item in items {
      switch item {
      case .relation(let relation):
        let source = Rewriter.Source(relation)
        guard alias == nil || alias == source.alias else { continue }
        guard knowsColumns(of: source) else { return nil }
        columns += columnNames(of: relation).map { (source.alias, $0) }
      case .join(let join) where join.columns.isEmpty && !join.isNatural && join.alias == nil:
        guard let joined = starColumns(of: [join.left, join.right], alias: alias) else { return nil }
        columns += joined
      case .subquery(_, let name, _), .tableExpression(_, let name):
        if alias == nil || alias == name?.name { return nil }
      default: return nil
      }
    }
    return columns
  }

  private func columnNames(of reference: RelationReference) -> [String] {
    let relation = qualified(reference.name)
    return catalog.tables[relation]?.columns.map(\.name) ?? catalog.views[relation]?.columnNames ?? []
  }
}

extension FunctionCall {
  package func with(name: QualifiedName, arguments: [Expression]) -> FunctionCall {
    FunctionCall(
      name: name,
      arguments: arguments,
      argumentNames: argumentNames,
      isStar: isStar,
      isDistinct: isDistinct,
      isVariadic: isVariadic,
      isWithinGroup: isWithinGroup,
      order: order,
      filter: filter,
      window: window,
      offset: offset
    )
  }
}

extension RelationReference {
  /// The same place in a query, by another name; what refers to it goes on by the old one.
  package func renamed(to name: QualifiedName) -> RelationReference {
    RelationReference(
      name,
      includesDescendants: includesDescendants,
      persistence: persistence,
      alias: alias ?? (name.name == self.name.name ? nil : self.name.name),
      aliasColumns: aliasColumns,
      offset: offset
    )
  }
}

extension TypeName {
  package func renamed(to name: QualifiedName) -> TypeName {
    TypeName(
      name,
      modifiers: modifiers,
      arrayDimensions: arrayDimensions,
      isSet: isSet,
      isColumnType: isColumnType,
      offset: offset
    )
  }
}

extension QualifiedName {
  /// As the input of `regclass` reads it: folded to lower case but for what stands in quotes.
  package init(parsing text: String) {
    var parts = [""]
    var isQuoted = false
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "\"" {
        if isQuoted, rest.first == "\"" {
          parts[parts.count - 1].append("\"")
          rest.removeFirst()
        } else {
          isQuoted.toggle()
        }
      } else if character == ".", !isQuoted {
        parts.append("")
      } else {
        parts[parts.count - 1] += isQuoted ? String(character) : character.lowercased()
      }
    }
    self.init(schema: parts.dropLast().last, parts.last ?? "")
  }
}
