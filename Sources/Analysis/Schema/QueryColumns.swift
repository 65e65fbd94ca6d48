import Syntax

/// The columns that a query yields, as far as the schema tells.
struct QueryColumns {
  var columns: [Column]
  /// False where a star stands for a relation whose columns are not all known.
  var isComplete: Bool

  var names: [String] { columns.map(\.name) }
}

extension Schema {
  func columns(of query: Query) -> QueryColumns {
    switch query {
    case .select(let select): columns(of: select)
    case .values(let values):
      QueryColumns(
        columns: (values.rows.first ?? []).indices.map { Column(name: "column\($0 + 1)", type: nil) },
        isComplete: true
      )
    case .setOperation(let operation): columns(of: operation.left)
    case .dataChange: QueryColumns(columns: [], isComplete: false)
    }
  }

  private func columns(of select: Select) -> QueryColumns {
    let sources = select.from.flatMap { source(of: $0, with: select.with) }
    var result = QueryColumns(columns: [], isComplete: true)
    for target in select.targets {
      guard case .column(let reference) = target.expression, reference.isStar else {
        result.columns.append(column(of: target, in: sources))
        continue
      }
      let alias = reference.parts.dropLast().last
      for source in sources where alias == nil || source.alias == alias {
        result.columns += source.columns.columns.map { Column(name: $0.name, type: $0.type) }
        if !source.columns.isComplete { result.isComplete = false }
      }
    }
    return result
  }

  private typealias Source = (alias: String?, columns: QueryColumns)

  private func source(of item: FromItem, with clause: WithClause?) -> [Source] {
    switch item {
    case .relation(let relation):
      let common = relation.name.schema == nil ? clause?.queries.first { $0.name == relation.name.name } : nil
      let columns = common.map { self.columns(of: $0.query) } ?? self.columns(of: qualified(relation.name))
      return [(relation.alias ?? relation.name.name, columns)]
    case .subquery(let query, let alias, _): return [(alias, columns(of: query))]
    case .join(let join): return source(of: join.left, with: clause) + source(of: join.right, with: clause)
    case .sample(let item): return source(of: item, with: clause)
    case .function(_, let alias), .tableExpression(_, let alias):
      return [(alias, QueryColumns(columns: [], isComplete: false))]
    case .other: return [(nil, QueryColumns(columns: [], isComplete: false))]
    }
  }

  private func columns(of relation: QualifiedName) -> QueryColumns {
    if let table = tables[relation] {
      return QueryColumns(columns: table.columns, isComplete: table.knowsAllColumns)
    }
    if let view = views[relation] {
      return QueryColumns(columns: view.columnNames.map { Column(name: $0, type: nil) }, isComplete: true)
    }
    return QueryColumns(columns: [], isComplete: false)
  }

  private func column(of target: Select.Target, in sources: [Source]) -> Column {
    var column = Column(name: target.name ?? target.expression.columnTitle, type: nil)
    switch target.expression {
    case .column(let reference):
      let alias = reference.parts.dropLast().last
      column.type =
        sources.lazy.filter { alias == nil || $0.alias == alias }
        .compactMap { $0.columns.columns.first { $0.name == reference.name } }.first?.type
    case .cast(_, let type): column.type = type
    default: break
    }
    return column
  }
}

extension Expression {
  /// The name that PostgreSQL gives a result column without AS (`FigureColname` in `parse_target.c`).
  fileprivate var columnTitle: String {
    switch self {
    case .column(let column): column.name ?? "?column?"
    case .call(let call): call.name.name
    case .cast(let operand, let type):
      operand.columnTitle == "?column?" ? type.name.name : operand.columnTitle
    case .collate(let operand, _): operand.columnTitle
    case .case(let expression):
      expression.otherwise.map(\.columnTitle).flatMap { $0 == "?column?" ? nil : $0 } ?? "case"
    case .coalesce: "coalesce"
    case .greatest: "greatest"
    case .least: "least"
    case .array: "array"
    case .row: "row"
    case .sqlValue(let function): function.rawValue.lowercased()
    case .subquery(let subquery): subquery.form == .exists ? "exists" : "?column?"
    default: "?column?"
    }
  }
}

extension Query {
  /// The names of the columns it mentions; `nil` where a star stands for all.
  var mentionedColumns: Set<String>? {
    var names: Set<String> = []
    var hasStar = false
    walkExpressions {
      guard case .column(let column) = $0 else { return }
      if let name = column.name { names.insert(name) } else { hasStar = true }
    }
    return hasStar ? nil : names
  }
}
