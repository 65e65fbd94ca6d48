import Syntax

/// Definitions in one spelling: what PostgreSQL's analyser makes one tree of, and what pg_dump writes otherwise than people
/// do, reads the same afterwards. Two definitions are compared in this form, none is kept in it.
///
/// Source: `transformAExprIn`, `transformAExprBetween` and `transformBoolExpr` in `parse_expr.c`.
package struct CanonicalForm {
  let database: Database

  package init(in catalog: Catalog) { database = Database(catalog: catalog) }

  // MARK: - Definitions

  /// `table` is the one whose columns the expression names.
  package func of(_ expression: Expression, table: Table?) -> Expression {
    expression.mapping { part in
      canonical(part) { reference in reference.name.flatMap { table?.column($0)?.type } }
    }
  }

  package func of(_ query: Query) -> Query {
    let rewriter = Rewriter(
      expression: { part, scope in canonical(part) { type(of: $0, in: scope) } },
      targets: { targets, _ in targets.map(Self.canonical) },
      sortItem: { $0.canonical }
    )
    return rewriter.rewrite(query)
  }

  package func of(_ index: CreateIndex, table: Table?) -> CreateIndex {
    index.mapping { of($0, table: table) }.mappingElements(\.canonical)
  }

  package func of(_ type: TypeName) -> TypeName {
    let name = type.name.schema == "pg_catalog" ? QualifiedName(type.name.name) : type.name
    // A number without a scale has none.
    let modifiers =
      name == QualifiedName("numeric") && type.modifiers.count == 1
      ? type.modifiers + [.constant(.integer(0))] : type.modifiers
    return TypeName(
      name,
      modifiers: modifiers,
      arrayDimensions: min(type.arrayDimensions, 1),
      isSet: type.isSet,
      isColumnType: type.isColumnType
    )
  }

  package func of(_ type: UserType.Form) -> UserType.Form {
    guard case .domain(var domain) = type else { return type }
    domain.type = of(domain.type)
    let value = { (reference: ColumnReference) in reference.name == "value" ? domain.type : nil }
    domain.defaultValue = domain.defaultValue.map { constant($0.mapping { canonical($0, value) }, of: domain.type) }
    for index in domain.checks.indices {
      let condition = domain.checks[index].condition.mapping { canonical($0, value) }
      domain.checks[index].condition = condition
    }
    return .domain(domain)
  }

  /// A column's default, whose value gets the column's type without being cast.
  package func ofDefault(_ expression: Expression, column: Column) -> Expression {
    let expression = of(expression, table: nil)
    return column.type.map { constant(expression, of: of($0)) } ?? expression
  }

  /// `x AS x` is what `x` is without it.
  private static func canonical(_ target: Select.Target) -> Select.Target {
    guard case .column(let column) = target.expression, column.name == target.name else { return target }
    return Select.Target(name: nil, expression: target.expression)
  }

  // MARK: - Expressions

  private typealias ColumnTypes = (ColumnReference) -> TypeName?

  /// Of a part whose own parts are in this form.
  private func canonical(_ part: Expression, _ columns: ColumnTypes) -> Expression {
    switch part {
    case .operation(let operation): return canonical(operation, columns)
    case .and(let parts): return .and(parts.flatMap { if case .and(let inner) = $0 { inner } else { [$0] } })
    case .or(let parts): return .or(parts.flatMap { if case .or(let inner) = $0 { inner } else { [$0] } })
    case .cast(let operand, let type): return cast(operand, to: of(type), columns)
    case .call(let call):
      return .call(call.with(name: withoutSystemSchema(call.name), arguments: arguments(of: call, columns)))
    case .coalesce(let operands): return .coalesce(alike(operands, columns))
    case .greatest(let operands): return .greatest(alike(operands, columns))
    case .least(let operands): return .least(alike(operands, columns))
    default: return part
    }
  }

  private func withoutSystemSchema(_ name: QualifiedName) -> QualifiedName {
    name.schema == "pg_catalog" ? QualifiedName(name.name) : name
  }

  private func canonical(_ operation: Operation, _ columns: ColumnTypes) -> Expression {
    let name = withoutSystemSchema(operation.name)
    guard let left = operation.left else {
      return .operation(Operation(form: operation.form, name: name, left: nil, right: operation.right))
    }
    switch (operation.form, operation.right) {
    case (.inList, .row(let items)):
      let isNegated = name.name == "<>"
      return membership(of: left, in: items, isNegated ? .all : .any, name, columns)
    case (.any, .array(let items)) where name.name == "=", (.all, .array(let items)) where name.name == "<>":
      return membership(of: left, in: items, operation.form, name, columns)
    case (.between, .row(let bounds)) where bounds.count == 2:
      return .and([
        plain(left, ">=", bounds[0], columns), plain(left, "<=", bounds[1], columns),
      ])
    case (.notBetween, .row(let bounds)) where bounds.count == 2:
      return .or([
        plain(left, "<", bounds[0], columns), plain(left, ">", bounds[1], columns),
      ])
    case (.plain, _), (.like, _), (.ilike, _): return plain(left, name, operation.right, columns)
    default:
      return .operation(Operation(form: operation.form, name: name, left: left, right: operation.right))
    }
  }

  private func plain(_ left: Expression, _ name: String, _ right: Expression, _ columns: ColumnTypes) -> Expression {
    plain(left, QualifiedName(name), right, columns)
  }

  private func plain(
    _ left: Expression,
    _ name: QualifiedName,
    _ right: Expression,
    _ columns: ColumnTypes
  ) -> Expression {
    var operands = alike([left, right], columns)
    if Self.textRightOperators.contains(name.name), case .cast(.constant(let constant), let target) = operands[1],
      target.isText
    {
      operands[1] = .constant(constant)
    }
    return .operation(Operation(form: .plain, name: name, left: operands[0], right: operands[1]))
  }

  /// `x IN (…)`, which is `x = ANY (ARRAY[…])`, and `x = a` where there is one alone.
  private func membership(
    of left: Expression,
    in items: [Expression],
    _ form: Operation.Form,
    _ name: QualifiedName,
    _ columns: ColumnTypes
  ) -> Expression {
    if items.count == 1 { return plain(left, name, items[0], columns) }
    let operands = alike([left] + items, columns)
    return .operation(
      Operation(form: form, name: name, left: operands[0], right: .array(Array(operands.dropFirst())))
    )
  }

  // MARK: - Casts

  /// A constant gets the type of what it stands beside, whether or not it is cast to it; `varchar` has no operators of its
  /// own and is compared as `text`.
  private func alike(_ operands: [Expression], _ columns: ColumnTypes) -> [Expression] {
    let operands = operands.map { withoutRelabelling($0, columns) }
    let types = operands.map { $0.isConstantOrCast ? nil : type(of: $0, columns) }
    guard let common = types.compactMap(\.self).first?.withoutModifiers else { return operands }
    return operands.map { constant($0, of: common) }
  }

  /// A constant that is cast to a type, as it stands where it gets that type anyway.
  private func constant(_ expression: Expression, of type: TypeName) -> Expression {
    switch expression {
    case .cast(.constant(let constant), let target):
      let target = target.withoutModifiers
      guard target == type.withoutModifiers || target.isText && type.isText else { return expression }
      return .constant(constant)
    case .constant(.string(let text)):
      let value = Self.value(of: text, type.withoutModifiers)
      return if case .cast(let number, _)? = value { number } else { value ?? expression }
    case .cast(.array(let items), let target) where target.arrayDimensions > 0 && !items.isEmpty:
      return target.withoutModifiers == type.withoutModifiers ? .array(items) : expression
    default: return expression
    }
  }

  /// `varchar` is turned into `text` without a word.
  private func withoutRelabelling(_ expression: Expression, _ columns: ColumnTypes) -> Expression {
    guard case .cast(let operand, let target) = expression, target == TypeName(QualifiedName("text")),
      !operand.isConstantOrCast, let type = type(of: operand, columns), type.isText
    else { return expression }
    return operand
  }

  private func cast(_ operand: Expression, to type: TypeName, _ columns: ColumnTypes) -> Expression {
    if case .cast(_, let inner) = operand, inner == type { return operand }
    switch operand {
    case .constant(.string(let text)):
      return Self.value(of: text, type) ?? .cast(operand, to: type)
    case .constant(.integer) where type.isPlain("int4"), .constant(.boolean) where type.isPlain("bool"):
      return operand
    case .cast(.constant(let constant), let inner) where inner.isText && inner.modifiers.isEmpty && type.isText:
      return .cast(.constant(constant), to: type)
    case .array(let items) where type.arrayDimensions > 0:
      if items.isEmpty { return .cast(.constant(.string("{}")), to: type) }
      // What the items are cast to for their array is what the array is cast to.
      let element = TypeName(type.name)
      return .array(
        items.map { item in
          if case .cast(.constant(let constant), let inner) = item, inner.isText || inner == element {
            .cast(.constant(constant), to: element)
          } else if case .constant = item {
            .cast(item, to: element)
          } else {
            item
          }
        }
      )
    case .column:
      if let own = self.type(of: operand, columns), of(own) == type { return operand }
    default: break
    }
    return .cast(operand, to: type)
  }

  /// A constant that PostgreSQL writes as a string with a cast: `'-1'::integer`, `'t'::boolean`.
  private static func value(of text: String, _ type: TypeName) -> Expression? {
    guard type.modifiers.isEmpty, type.arrayDimensions == 0, type.name.schema == nil else { return nil }
    switch type.name.name {
    case "bool":
      switch text.lowercased() {
      case "t", "true", "yes", "on", "1": return .constant(.boolean(true))
      case "f", "false", "no", "off", "0": return .constant(.boolean(false))
      default: return nil
      }
    case "int4": return Int32(text).map { .constant(.integer(Int($0))) }
    case "int2", "int8", "numeric": return Int32(text).map { .cast(.constant(.integer(Int($0))), to: type) }
    default: return nil
    }
  }

  /// The arguments of a call without the casts that PostgreSQL makes of itself: to the type of the parameter, where the
  /// function has one overload alone, and from `varchar` to `text`.
  private func arguments(of call: FunctionCall, _ columns: ColumnTypes) -> [Expression] {
    let overloads = database.catalog.functions[database.qualifiedFunction(call.name)]
    let only = overloads.flatMap { $0.count == 1 ? $0.first : nil }
    return call.arguments.enumerated().map { position, argument in
      let argument = withoutRelabelling(argument, columns)
      guard case .cast(let operand, let target) = argument else { return argument }
      if let types = only?.inputTypes {
        let isNamed = !call.argumentNames.isEmpty
        let isOwn = types.indices.contains(position) && of(types[position]).withoutModifiers == target
        return isOwn && !isNamed ? operand : argument
      }
      guard overloads == nil, case .constant = operand, target.modifiers.isEmpty else { return argument }
      return target.isText || target.isPlain("regconfig") ? operand : argument
    }
  }

  // MARK: - Types

  private func type(of expression: Expression, _ columns: ColumnTypes) -> TypeName? {
    let type: TypeName? =
      switch expression {
      case .column(let reference): columns(reference)
      case .collate(let operand, _): self.type(of: operand, columns)
      case .call(let call): Self.textFunctions.contains(call.name.name) ? .text : certainType(of: expression)
      case .operation(let operation) where Self.textOperators.contains(operation.name.name): .text
      case .coalesce(let operands), .greatest(let operands), .least(let operands):
        operands.compactMap { self.type(of: $0, columns) }.first
      default: certainType(of: expression)
      }
    return type.map { of($0) }
  }

  private func certainType(of expression: Expression) -> TypeName? {
    database.certainType(of: expression, of: nil)
  }

  private static let textOperators: Set<String> = ["->>", "#>>"]

  /// Operators whose right operand is a text where it is a string.
  private static let textRightOperators: Set<String> = [
    "->", "->>", "?", "~", "!~", "~*", "!~*", "~~", "!~~", "~~*", "!~~*",
  ]

  /// Functions that give `text` for what they are called with in definitions.
  private static let textFunctions: Set<String> = [
    "lower", "upper", "btrim", "ltrim", "rtrim", "left", "right", "concat",
  ]

  private func type(of reference: ColumnReference, in scope: Rewriter.Scope) -> TypeName? {
    guard reference.parts.count == 2, let name = reference.name,
      let source = scope.first(where: { $0.alias == reference.parts[0] }), let relation = source.relation,
      relation.aliasColumns.isEmpty
    else { return nil }
    return database.catalog.tables[relation.name]?.column(name)?.type
  }
}

extension SortItem {
  /// Ascending with NULLs at the end, or descending with NULLs in front, is what there is without a word.
  fileprivate var canonical: SortItem {
    let (direction, nulls) = Self.canonical(direction, nulls)
    return SortItem(expression: expression, direction: direction, nulls: nulls, comparison: comparison)
  }

  fileprivate static func canonical(_ direction: Direction, _ nulls: Nulls) -> (Direction, Nulls) {
    switch (direction, nulls) {
    case (.ascending, .last), (.ascending, .unspecified), (.unspecified, .last): (.unspecified, .unspecified)
    case (.ascending, .first): (.unspecified, .first)
    case (.descending, .first): (.descending, .unspecified)
    default: (direction, nulls)
    }
  }
}

extension IndexElement {
  fileprivate var canonical: IndexElement {
    let (direction, nulls) = SortItem.canonical(direction, nulls)
    // A column in parentheses is the column.
    let key: Key =
      if case .expression(.column(let column)) = key, column.parts.count == 1, let name = column.name {
        .column(name)
      } else {
        self.key
      }
    return IndexElement(
      key: key,
      collation: collation,
      operatorClass: operatorClass,
      operatorClassOptions: operatorClassOptions,
      direction: direction,
      nulls: nulls
    )
  }
}

extension Expression {
  fileprivate var isConstantOrCast: Bool {
    switch self {
    case .constant, .cast(.constant, _), .cast(.array, _): true
    default: false
    }
  }
}

extension TypeName {
  /// `text`, or `varchar`, which is nothing but text to all operators and functions.
  fileprivate var isText: Bool {
    arrayDimensions == 0 && name.schema == nil && (name.name == "text" || name.name == "varchar")
  }

  fileprivate func isPlain(_ name: String) -> Bool {
    arrayDimensions == 0 && modifiers.isEmpty && self.name == QualifiedName(name)
  }
}
