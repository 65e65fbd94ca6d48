import Syntax

/// The columns that a query yields, as far as the schema tells.
package struct QueryColumns {
  package var columns: [Column]
  /// False where a star stands for a relation whose columns are not all known.
  package var isComplete: Bool

  package static let unknown = QueryColumns(columns: [], isComplete: false)
}

extension Database {
  package func columns(of query: Query) -> QueryColumns { columns(of: query, defined: [:]) }

  /// `defined` are the tables of WITH clauses around the query.
  private func columns(of query: Query, defined: [String: QueryColumns]) -> QueryColumns {
    var defined = defined
    for table in query.with?.queries ?? [] {
      var columns = columns(of: table.query, defined: defined)
      for (position, name) in table.columns.enumerated() where columns.columns.indices.contains(position) {
        columns.columns[position].name = name
      }
      defined[table.name] = columns
    }
    switch query {
    case .select(let select): return columns(of: select, defined)
    case .values(let values):
      return QueryColumns(
        columns: (values.rows.first ?? []).enumerated().map { position, value in
          Column(name: "column\(position + 1)", type: type(of: value, in: []))
        },
        isComplete: true
      )
    case .setOperation(let operation): return columns(of: operation.left, defined: defined)
    case .dataChange: return .unknown
    }
  }

  private func columns(of select: Select, _ defined: [String: QueryColumns]) -> QueryColumns {
    let sources = select.from.flatMap { source(of: $0, defined) }
    var result = QueryColumns(columns: [], isComplete: true)
    for target in select.targets {
      // PostgreSQL refuses what is wider; one column more than it takes shows that.
      if result.columns.count > ServerLimits.targets { return result.cut(to: ServerLimits.targets + 1) }
      guard case .column(let reference) = target.expression, reference.isStar else {
        if target.expression.standsForFields || target.name == nil && target.expression.hasUntoldTitle {
          result.isComplete = false
        }
        result.columns.append(column(of: target, in: sources))
        continue
      }
      let alias = reference.parts.dropLast().last
      let merged = alias == nil ? select.from.mergedColumns : []
      for column in merged {
        result.columns.append(Column(name: column, type: type(ofColumn: column, alias: nil, in: sources)))
      }
      for source in sources where alias == nil || source.alias == alias {
        for column in source.columns.columns where !merged.contains(column.name) {
          result.columns.append(column.asResult)
        }
        if !source.columns.isComplete { result.isComplete = false }
      }
      if alias == nil, select.from.hasNaturalJoin { result.isComplete = false }
    }
    return result.cut(to: ServerLimits.targets + 1)
  }

  // MARK: - FROM

  private typealias Source = (alias: String?, columns: QueryColumns)

  private func source(of item: FromItem, _ defined: [String: QueryColumns]) -> [Source] {
    switch item {
    case .relation(let relation):
      let common = relation.name.schema == nil ? defined[relation.name.name] : nil
      let columns = common ?? columns(ofRelation: qualified(relation.name))
      return [(relation.alias ?? relation.name.name, columns.renamed(relation.aliasColumns))]
    case .subquery(let query, let alias, _):
      return [(alias?.name, columns(of: query, defined: defined).renamed(alias?.columns ?? []))]
    case .join(let join): return source(of: join.left, defined) + source(of: join.right, defined)
    case .sample(let item, _): return source(of: item, defined)
    case .function(let item): return [(item.alias?.name, columns(of: item))]
    case .tableExpression(_, let alias): return [(alias?.name, .unknown)]
    case .other: return [(nil, .unknown)]
    }
  }

  /// What is known of a function's columns is what its alias says.
  private func columns(of item: FunctionItem) -> QueryColumns {
    if let definitions = item.definitions[0], item.calls.count == 1 {
      return QueryColumns(columns: definitions.map { Column(name: $0.name, type: $0.type) }, isComplete: true)
    }
    guard let names = item.alias?.columns, !names.isEmpty else { return .unknown }
    return QueryColumns(columns: names.map { Column(name: $0, type: nil) }, isComplete: true)
  }

  private func columns(ofRelation relation: QualifiedName) -> QueryColumns {
    if let table = catalog.tables[relation] {
      return QueryColumns(columns: Array(table.columns), isComplete: catalog.isFullyKnown(table))
    }
    if let view = catalog.views[relation] {
      return QueryColumns(columns: view.columns, isComplete: view.knowsAllColumns)
    }
    return .unknown
  }

  // MARK: - Results

  private func column(of target: Select.Target, in sources: [Source]) -> Column {
    let name = target.name ?? target.expression.title ?? "?column?"
    if case .column(let reference) = target.expression, let column = column(reference, in: sources) {
      var result = column.asResult
      result.name = name
      return result
    }
    var column = Column(name: name, type: type(of: target.expression, in: sources))
    if case .collate(_, let collation) = target.expression { column.collation = collation }
    return column
  }

  private func column(_ reference: ColumnReference, in sources: [Source]) -> Column? {
    let alias = reference.parts.dropLast().last
    return sources.lazy.filter { alias == nil || $0.alias == alias }
      .compactMap { $0.columns.columns.first { $0.name == reference.name } }.first
  }

  private func type(ofColumn name: String, alias: String?, in sources: [Source]) -> TypeName? {
    column(ColumnReference(parts: [alias, name].compactMap(\.self)), in: sources)?.type
  }

  /// The type of a result, where it is plain; `nil` where it would take PostgreSQL's rules of overloading to tell.
  private func type(of expression: Expression, in sources: [Source]) -> TypeName? {
    func named(_ name: String) -> TypeName { TypeName(QualifiedName(name)) }
    switch expression {
    case .column(let reference): return column(reference, in: sources)?.type
    case .cast(_, let type): return type.serialType ?? resolved(type)
    case .constant(let constant): return constant.typeName.map(named)
    case .collate(let operand, _): return type(of: operand, in: sources)
    case .and, .or, .not, .isNull, .isNotNull, .booleanTest: return named("bool")
    case .operation(let operation): return operation.isComparison ? named("bool") : nil
    case .coalesce(let operands), .greatest(let operands), .least(let operands):
      return operands.firstTyped.lazy.compactMap { type(of: $0, in: sources) }.first?.withoutModifiers
    case .case(let expression):
      return (expression.branches.map(\.result) + [expression.otherwise].compactMap(\.self)).firstTyped.lazy
        .compactMap { type(of: $0, in: sources) }.first?.withoutModifiers
    case .subquery(let subquery):
      return subquery.form == .scalar
        ? columns(of: subquery.query).columns.first?.type : subquery.form == .array ? nil : named("bool")
    case .sqlValue(let function, _): return named(function.typeName)
    case .call(let call):
      if ["min", "max"].contains(call.name.name), let argument = call.arguments.first {
        return type(of: argument, in: sources)?.withoutModifiers
      }
      return Self.resultTypes[call.name.name].map(named)
        ?? function(called: call)?.definition.returns.map { resolved($0) }
    default: return nil
    }
  }

  /// Functions of PostgreSQL whose results have one type.
  private static let resultTypes = [
    "count": "int8", "row_number": "int8", "rank": "int8", "dense_rank": "int8", "now": "timestamptz",
    "clock_timestamp": "timestamptz", "lower": "text", "upper": "text", "concat": "text", "string_agg": "text",
    "gen_random_uuid": "uuid", "md5": "text", "random": "float8", "length": "int4", "bool_or": "bool",
    "bool_and": "bool", "jsonb_build_object": "jsonb", "json_build_object": "json", "jsonb_agg": "jsonb",
    "json_agg": "json", "to_jsonb": "jsonb", "to_tsvector": "tsvector", "nextval": "int8",
  ]
}

extension QueryColumns {
  fileprivate func cut(to count: Int) -> QueryColumns {
    columns.count <= count ? self : QueryColumns(columns: Array(columns.prefix(count)), isComplete: false)
  }

  fileprivate func renamed(_ names: [String]) -> QueryColumns {
    var result = self
    for (position, name) in names.enumerated() where columns.indices.contains(position) {
      result.columns[position].name = name
    }
    return result
  }
}

extension Column {
  /// As a query hands it on: with its type and collation only.
  fileprivate var asResult: Column {
    var column = Column(name: name, type: type)
    column.collation = collation
    return column
  }
}

extension [Expression] {
  /// Constants in quotes take the type of the others.
  fileprivate var firstTyped: [Expression] {
    let typed = filter {
      switch $0 {
      case .constant(.string), .constant(.null): false
      default: true
      }
    }
    return typed.isEmpty ? self : typed
  }
}

extension Constant {
  fileprivate var typeName: String? {
    switch self {
    case .integer: "int4"
    // A number with a point or an exponent is numeric, one that needs more than 32 bits int8.
    case .number(let text): Int(text) == nil ? "numeric" : "int8"
    case .string: "text"
    case .boolean: "bool"
    case .bitString: "bit"
    case .null: "text"
    }
  }
}

extension Operation {
  fileprivate var isComparison: Bool {
    switch form {
    case .plain: ["=", "<>", "!=", "<", ">", "<=", ">=", "~", "~*", "!~", "@>", "<@", "&&", "?"].contains(name.name)
    case .nullIf: false
    default: true
    }
  }
}

extension SQLValueFunction {
  var typeName: String {
    switch self {
    case .currentDate: "date"
    case .currentTime: "timetz"
    case .currentTimestamp: "timestamptz"
    case .localTime: "time"
    case .localTimestamp: "timestamp"
    case .currentRole, .currentUser, .user, .sessionUser, .currentCatalog, .currentSchema: "name"
    }
  }
}

extension [FromItem] {
  /// The columns that joins with USING yield once, and first.
  fileprivate var mergedColumns: [String] {
    var columns: [String] = []
    for case .join(let join) in self {
      let inner = [join.left, join.right].mergedColumns
      for column in join.columns + inner where !columns.contains(column) { columns.append(column) }
    }
    return columns
  }

  fileprivate var hasNaturalJoin: Bool {
    contains {
      if case .join(let join) = $0 { join.isNatural || [join.left, join.right].hasNaturalJoin } else { false }
    }
  }
}
