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
    case .subquery(let query, let alias, _): return [(alias?.name, columns(of: query))]
    case .join(let join): return source(of: join.left, with: clause) + source(of: join.right, with: clause)
    case .sample(let item, _): return source(of: item, with: clause)
    case .function(let item):
      return [(item.alias?.name, QueryColumns(columns: [], isComplete: false))]
    case .tableExpression(_, let alias):
      return [(alias?.name, QueryColumns(columns: [], isComplete: false))]
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
    var column = Column(name: target.name ?? (target.expression.title ?? "?column?"), type: nil)
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
  /// The name that PostgreSQL gives a result column without AS, or an index's expression; `nil` where it finds none.
  ///
  /// Source: `FigureColnameInternal` in `parse_target.c`.
  var title: String? { titleAndStrength?.title }

  /// A weak title is one that a cast's type replaces.
  private var titleAndStrength: (title: String, isStrong: Bool)? {
    switch self {
    case .column(let column): return column.name.map { ($0, true) }
    case .call(let call): return (call.name.name, true)
    case .operation(let operation): return operation.form == .nullIf ? ("nullif", true) : nil
    case .cast(let operand, let type):
      let inner = operand.titleAndStrength
      return inner?.isStrong == true ? inner : (type.name.name, false)
    case .collate(let operand, _): return operand.titleAndStrength
    case .case(let expression):
      let inner = expression.otherwise?.titleAndStrength
      return inner?.isStrong == true ? inner : ("case", false)
    case .coalesce: return ("coalesce", true)
    case .greatest: return ("greatest", true)
    case .least: return ("least", true)
    case .array: return ("array", true)
    case .row: return ("row", true)
    case .sqlValue(let function, _): return (function.rawValue.lowercased(), true)
    case .indirection(let operand, let steps):
      for case .field(let name) in steps.reversed() { return (name, true) }
      return operand.titleAndStrength
    case .subquery(let subquery):
      switch subquery.form {
      case .exists: return ("exists", true)
      case .array: return ("array", true)
      case .scalar:
        guard case .select(let select) = subquery.query, let target = select.targets.first else { return nil }
        return target.name.map { ($0, true) } ?? target.expression.titleAndStrength
      case .any, .all: return nil
      }
    default: return nil
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
