import Syntax

extension QueryAnalysis {
  /// Looks at an expression, and gives its type; `nil` where that would take PostgreSQL's rules of overloading to tell.
  mutating func type(of expression: Expression) throws(SQLError) -> TypeName? {
    switch expression {
    case .constant(let constant): return constant.analyzedType
    case .column(let reference):
      if reference.isStar {
        if reference.parts.count > 1 { _ = try entry(named: reference) }
        return nil
      }
      return try type(of: reference)
    case .call(let call): return try type(of: call)
    case .cast(let operand, let type):
      let source = try self.type(of: operand)
      return try cast(operand, source, to: type)
    case .and(let operands):
      for operand in operands { try requireBoolean(type(of: operand), "AND") }
      return .boolean
    case .or(let operands):
      for operand in operands { try requireBoolean(type(of: operand), "OR") }
      return .boolean
    case .not(let operand):
      try requireBoolean(type(of: operand), "NOT")
      return .boolean
    case .isNull(let operand), .isNotNull(let operand):
      try analyze(operand)
      return .boolean
    case .booleanTest(let operand, let test):
      try requireBoolean(type(of: operand), test.words)
      return .boolean
    case .operation(let operation): return try type(of: operation)
    case .subquery(let subquery): return try type(of: subquery)
    case .case(let expression): return try type(of: expression)
    case .coalesce(let operands), .greatest(let operands), .least(let operands):
      return try commonType(of: operands)
    case .collate(let operand, _): return try type(of: operand)
    case .indirection(let operand, let steps):
      // `(t).a` is a column of t.
      let row = try type(of: operand)
      for step in steps { for index in step.indexes { try analyze(index) } }
      return try type(ofField: steps, of: row)
    case .special(let node, _) where node == "JsonObjectAgg" || node == "JsonArrayAgg":
      levels[current].hasAggregates = true
      try analyzeAll(expression.operands)
      return nil
    case .array, .row, .special:
      try analyzeAll(expression.operands)
      return nil
    case .sqlValue(let function, _): return TypeName(QualifiedName(function.typeName))
    case .parameter, .setToDefault, .currentOf, .other: return nil
    }
  }

  /// `(x).f`, where x is of a row type that the history has.
  private mutating func type(ofField steps: [Indirection], of row: TypeName?) throws(SQLError) -> TypeName? {
    guard case .field(let name)? = steps.first, let row, row.arrayDimensions == 0, name.isPlainName else { return nil }
    let type = database.qualifiedType(row.name)
    let field: Column?
    if case .composite(let attributes)? = catalog.types[type]?.form {
      field = attributes.first { $0.name == name }
    } else if let table = catalog.tables[type] {
      field = table.column(name)
      if field == nil, !catalog.isFullyKnown(table) { return nil }
    } else {
      return nil
    }
    guard let field else {
      // It may be a call with the row as its argument.
      if name.isSystemColumn || database.mayTakeRows(name) { return nil }
      throw SQLError(
        .undefinedColumn,
        "column \"\(name)\" not found in data type \(type.name)",
        about: SQLError.Object(.column, QualifiedName(name), of: type)
      )
    }
    note(read: name, ofType: type)
    return steps.count == 1 ? field.type : try self.type(ofField: Array(steps.dropFirst()), of: field.type)
  }

  private mutating func analyze(_ expression: Expression) throws(SQLError) { _ = try type(of: expression) }

  private mutating func analyzeAll(_ expressions: [Expression]) throws(SQLError) {
    for expression in expressions { try analyze(expression) }
  }

  /// The value that `what` takes is true or false.
  func requireBoolean(_ type: TypeName?, _ what: String) throws(SQLError) {
    guard let type, !type.isUntyped, let base = database.builtInBase(of: type),
      base.arrayDimensions > 0 || base.name.name != "bool"
    else { return }
    throw SQLError(
      .datatypeMismatch,
      "argument of \(what) must be type boolean, not type \(type.nameInErrors)"
    )
  }

  /// The type of a cast. A constant that names a relation is looked up at once.
  private mutating func cast(
    _ operand: Expression,
    _ source: TypeName?,
    to type: TypeName
  ) throws(SQLError) -> TypeName? {
    guard !type.isColumnType else { return nil }
    let resolved = type.serialType ?? database.resolved(type)
    if !resolved.isBuiltIn, !catalog.types.contains(resolved.name) { note(missing: type) }
    try requireCast(from: source, to: resolved)
    if case .constant(.string(let text)) = operand, type.arrayDimensions == 0 {
      if type.name.name == "regclass" { try requireRelation(text) }
      try catalog.requireUsable(text, of: resolved)
    }
    return resolved
  }

  /// The relation that a constant of type `regclass` names.
  mutating func requireRelation(_ text: String) throws(SQLError) {
    guard text.first?.isNumber == false, text != "-" else { return }
    let written = QualifiedName(parsing: text)
    let name = database.qualified(written)
    if catalog.hasRelation(name) || !database.mayTell(ofMissing: written) { return }
    if case .composite? = catalog.types[name]?.form { return }
    if catalog.isGone(name) { throw .undefined(.table, name) }
    note(missing: name)
  }

  private mutating func type(of expression: CaseExpression) throws(SQLError) -> TypeName? {
    if let subject = expression.subject { try analyze(subject) }
    for branch in expression.branches {
      let type = try type(of: branch.condition)
      if expression.subject == nil { try requireBoolean(type, "CASE/WHEN") }
    }
    return try commonType(of: expression.branches.map(\.result) + [expression.otherwise].compactMap(\.self))
  }

  private mutating func commonType(of operands: [Expression]) throws(SQLError) -> TypeName? {
    var common: TypeName? = .untyped
    for operand in operands { common = commonType(common, try type(of: operand)?.withoutModifiers) }
    return common?.isUntyped == true ? .text : common
  }

  private mutating func type(of operation: Operation) throws(SQLError) -> TypeName? {
    let left: TypeName? = if let operand = operation.left { try type(of: operand) } else { nil }
    if case .row(let items) = operation.right, operation.form == .inList || operation.form.isRange {
      for item in items {
        let type = try type(of: item)
        if operation.form == .inList { _ = try resolve(operation, left, type) }
      }
      return .boolean
    }
    let right = try type(of: operation.right)
    try requireUsable(operation.left, as: right)
    try requireUsable(operation.right, as: left)
    switch operation.form {
    case .nullIf: return left?.isUntyped == true ? nil : left
    case .any, .all:
      guard let right, right.arrayDimensions > 0 else { return .boolean }
      _ = try resolve(operation, left, right.element)
      return .boolean
    case .like, .ilike:
      _ = try resolve(operation, left, right)
      return .boolean
    case .plain:
      let result = try resolve(operation, left, right)
      if operation.name.schema != nil { return result }
      if ["=", "<>", "!=", "<", ">", "<=", ">="].contains(operation.name.name) { return .boolean }
      // The same whole numbers on both sides.
      guard let left, left == right, ["int2", "int4", "int8", "numeric", "float8"].contains(left.name.name),
        left.modifiers.isEmpty, left.arrayDimensions == 0, ["+", "-", "*", "/"].contains(operation.name.name)
      else { return result }
      return left
    default: return .boolean
    }
  }

  /// A constant beside a value of an enum is one of its values.
  private func requireUsable(_ expression: Expression?, as type: TypeName?) throws(SQLError) {
    guard let type, !catalog.newEnumValues.isEmpty, case .constant(.string(let text))? = expression else { return }
    try catalog.requireUsable(text, of: type)
  }

  private mutating func type(of subquery: Subquery) throws(SQLError) -> TypeName? {
    let tested: TypeName? = if let test = subquery.test { try type(of: test) } else { nil }
    let columns = try results(of: subquery.query)
    switch subquery.form {
    case .exists: return .boolean
    case .scalar, .array:
      if columns.isComplete, columns.columns.count != 1 {
        throw SQLError(
          .syntaxError,
          columns.columns.isEmpty ? "subquery must return a column" : "subquery must return only one column"
        )
      }
      guard subquery.form == .scalar, columns.isComplete, let type = columns.columns.first?.type else { return nil }
      return type.isUntyped ? .text : type
    case .any, .all:
      guard columns.isComplete, let test = subquery.test else { return .boolean }
      let width: Int
      switch test {
      case .row(let items) where !items.contains(where: \.standsForSeveral): width = items.count
      case .row, .other, .special: return .boolean
      default: width = 1
      }
      if width == columns.columns.count {
        if width == 1, let name = subquery.comparison, let type = columns.columns.first?.type {
          let operation = Operation(form: .plain, name: name, left: test, right: test)
          _ = try resolve(operation, tested, type.isUntyped ? .text : type)
        }
        return .boolean
      }
      throw SQLError(.syntaxError, "subquery has too \(width < columns.columns.count ? "many" : "few") columns")
    }
  }
}

extension Operation.Form {
  fileprivate var isRange: Bool {
    switch self {
    case .between, .notBetween, .betweenSymmetric, .notBetweenSymmetric: true
    default: false
    }
  }
}

extension BooleanTest {
  fileprivate var words: String {
    switch self {
    case .isTrue: "IS TRUE"
    case .isNotTrue: "IS NOT TRUE"
    case .isFalse: "IS FALSE"
    case .isNotFalse: "IS NOT FALSE"
    case .isUnknown: "IS UNKNOWN"
    case .isNotUnknown: "IS NOT UNKNOWN"
    }
  }
}

extension Constant {
  /// The type that the analyser gives it before it knows where it goes.
  var analyzedType: TypeName {
    switch self {
    case .null, .string: .untyped
    case .boolean: .boolean
    case .integer: TypeName(QualifiedName("int4"))
    case .number(let text): TypeName(QualifiedName(Int(text) == nil ? "numeric" : "int8"))
    case .bitString: TypeName(QualifiedName("bit"))
    }
  }
}

extension Indirection {
  fileprivate var indexes: [Expression] {
    switch self {
    case .field, .star: []
    case .element(let index): [index]
    case .slice(let from, let to): [from, to].compactMap(\.self)
    }
  }
}

extension WindowFrame.Bound {
  var distance: Expression? {
    switch self {
    case .preceding(let distance), .following(let distance): distance
    case .unboundedPreceding, .unboundedFollowing, .currentRow: nil
    }
  }
}

extension Expression {
  /// Whether it stands for all fields of a composite value: `(address).*`.
  var standsForFields: Bool { if case .indirection(_, let steps) = self { steps.last == .star } else { false } }

  /// Whether it may stand for several values in a list.
  var standsForSeveral: Bool {
    switch self {
    case .column(let reference): reference.isStar
    case .indirection: standsForFields
    default: false
    }
  }
}
