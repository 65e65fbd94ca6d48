import Catalog
import Syntax

/// Works out which values of an expression over a row's columns PostgreSQL refuses to make or to cast.
struct ValueConverter {
  /// Values that are refused.
  struct Failure {
    let sqlState: String
    /// True for them, false or NULL for all others. It may itself fail for those that an earlier step refuses.
    let test: String
    /// Why, such as `is out of range for integer`.
    let reason: String
    /// Counts the casts, the innermost first.
    let step: Int
  }

  struct ConvertedValue {
    /// `nil` for a constant without a type.
    var type: TypeName?
    var text: String
    var failures: [Failure] = []
  }

  let database: Database
  let version: Int
  /// The type of a column.
  let columnType: (String) -> TypeName?
  private var deparser = Deparser()
  private var step = 0

  init(database: Database, version: Int, columnType: @escaping (String) -> TypeName?) {
    self.database = database
    self.version = version
    self.columnType = columnType
  }

  // MARK: - Expressions

  /// `nil` where it is not known whether the expression itself can fail, or of what type it is.
  mutating func value(of expression: Expression) -> ConvertedValue? {
    switch expression {
    case .column(let column):
      guard let name = column.name, let type = columnType(name) else { return nil }
      return ConvertedValue(type: type, text: deparser.text(expression))
    case .constant(let constant): return ConvertedValue(type: constant.type, text: deparser.text(expression))
    case .cast(let operand, let type):
      guard let inner = value(of: operand) else { return nil }
      // A constant is a value of the type or fails whatever the rows are.
      if inner.type == nil { return ConvertedValue(type: type, text: deparser.text(expression)) }
      guard var result = cast(inner, to: type, isExplicit: true) else { return nil }
      result.text = deparser.text(expression)
      return result
    case .call(let call):
      guard Self.textFunctions.contains(call.name.name), call.name.schema == nil || call.name.schema == "pg_catalog",
        database.catalog.functions[database.qualifiedFunction(call.name)] == nil
      else { return nil }
      return text(expression, of: call.arguments)
    case .operation(let operation) where operation.form == .plain && operation.name == QualifiedName("||"):
      return text(expression, of: [operation.left, operation.right].compactMap(\.self))
    case .operation(let operation) where operation.form == .nullIf:
      return first(of: [operation.left, operation.right], expression)
    case .coalesce(let operands): return first(of: operands, expression)
    case .case(let choice): return first(of: choice.branches.map(\.result) + [choice.otherwise], expression)
    default: return nil
    }
  }

  /// Functions from texts to a text that take all of them.
  private static let textFunctions: Set<String> = [
    "lower", "upper", "initcap", "btrim", "ltrim", "rtrim", "replace", "translate", "concat", "left", "right",
    "reverse",
  ]

  private mutating func text(_ expression: Expression, of operands: [Expression]) -> ConvertedValue? {
    var failures: [Failure] = []
    for operand in operands {
      guard let value = value(of: operand) else { return nil }
      failures += value.failures
    }
    return ConvertedValue(type: TypeName(QualifiedName("text")), text: deparser.text(expression), failures: failures)
  }

  /// One of the operands, none of which may fail.
  private mutating func first(of operands: [Expression?], _ expression: Expression) -> ConvertedValue? {
    var types: [TypeName] = []
    for operand in operands.compactMap(\.self) where !operand.isNull {
      guard let value = value(of: operand), value.failures.isEmpty else { return nil }
      if let type = value.type { types.append(type) }
    }
    let type = types.first ?? TypeName(QualifiedName("text"))
    guard types.allSatisfy({ $0.name == type.name && $0.arrayDimensions == 0 }) else { return nil }
    return ConvertedValue(type: type.withoutModifiers, text: deparser.text(expression))
  }

  // MARK: - Casts

  /// The value as another type; `nil` where it is not known which values are refused.
  mutating func cast(_ value: ConvertedValue, to type: TypeName, isExplicit: Bool) -> ConvertedValue? {
    step += 1
    guard let from = base(of: value.type) else {
      return value.type == nil ? ConvertedValue(type: type, text: value.text, failures: value.failures) : nil
    }
    var result = value
    result.type = type
    var target = type
    var checks: [Failure] = []
    for _ in 0..<16 {
      guard target.arrayDimensions == 0, case .domain(let domain)? = database.catalog.types[target.name]?.form else {
        break
      }
      // Checks see the value as the type below.
      let operand = "(\(value.text))::\(deparser.text(domain.type))"
      if domain.isNotNull { checks.append(failure("23502", "\(value.text) IS NULL", "is NULL", 1)) }
      for check in domain.checks {
        let placeholder = Expression.other(node: "value")
        let condition = check.condition.replacing { $0 == "value" ? placeholder : nil }
        guard let text = condition.text(with: operand) else { return nil }
        checks.append(
          failure("23514", "NOT (\(text))", "is against check \(check.name.quotedIdentifier) of its domain", 1)
        )
      }
      target = domain.type
    }
    if value.type?.name != type.name || value.type?.arrayDimensions != type.arrayDimensions || checks.isEmpty {
      guard let failures = failures(value.text, from, target, isExplicit: isExplicit) else { return nil }
      // What a domain checks comes behind the cast to the type below it.
      result.failures += failures
      result.failures += checks
    }
    return result
  }

  /// The type below a domain.
  private func base(of type: TypeName?) -> TypeName? {
    guard var type else { return nil }
    for _ in 0..<16 {
      guard type.arrayDimensions == 0, case .domain(let domain)? = database.catalog.types[type.name]?.form else {
        break
      }
      type = domain.type
    }
    return type
  }

  private func failure(_ sqlState: String, _ test: String, _ reason: String, _ later: Int = 0) -> Failure {
    Failure(sqlState: sqlState, test: test, reason: reason, step: step * 2 + later)
  }

  private mutating func failures(_ value: String, _ from: TypeName, _ to: TypeName, isExplicit: Bool) -> [Failure]? {
    if from.arrayDimensions > 0 || to.arrayDimensions > 0 { return from == to ? [] : nil }
    let families = (TypeFamily(from, in: database), TypeFamily(to, in: database))
    switch families {
    case (_, .text(let length)): return tooLong(value, from, families.0, length, isExplicit: isExplicit)
    case (.text, .enumeration(let labels)):
      guard from.name.name != "bpchar" else { return nil }
      let list = labels.map(\.quotedLiteral).joined(separator: ", ")
      let test = labels.isEmpty ? "\(value) IS NOT NULL" : "(\(value))::text COLLATE \"C\" NOT IN (\(list))"
      return [failure("22P02", test, "is no value of \(to.name.displayName)")]
    case (.text, _): return unreadable(value, from, to)
    case (.integer(let old), .integer(let new)):
      return new.range == old.range || new.bits > old.bits ? [] : [outOfRange(value, to, new)]
    case (.numeric, .integer(let new)), (.float, .integer(let new)):
      return outOfRange(value, to, new, isFloat: families.0 == .float(bits: 64) || families.0 == .float(bits: 32))
    case (.integer, .numeric(let digits)), (.numeric, .numeric(let digits)), (.float, .numeric(let digits)):
      return overflow(value, from, digits, to)
    case (.integer, .float), (.float(bits: 32), .float): return []
    case (.float(bits: 64), .float(bits: 32)): return [outOfFloat(value)]
    case (.bits(let old, let isOldVarying), .bits(let length, let isVarying)):
      if isExplicit || old == length && isOldVarying == isVarying { return [] }
      guard let length else { return [] }
      return isVarying
        ? [failure("22001", "length(\(value)) > \(length)", "is longer than \(length) bits")]
        : [failure("22026", "length(\(value)) <> \(length)", "is not \(length) bits long")]
    default: return from.name == to.name ? [] : nil
    }
  }

  // MARK: - Texts

  /// Blanks at the end are cut without a word (`varchar` in `varchar.c`), and all that is too much by an explicit cast.
  private func tooLong(
    _ value: String,
    _ from: TypeName,
    _ family: TypeFamily,
    _ length: Int?,
    isExplicit: Bool
  ) -> [Failure]? {
    guard let length, !isExplicit else { return [] }
    switch family {
    case .text(let old):
      if let old, old <= length { return [] }
    case .integer, .numeric, .boolean, .uuid, .enumeration: break
    default: return nil
    }
    let text =
      if case .text = family, ["text", "varchar"].contains(from.name.name) { value } else { "(\(value))::text" }
    return [failure("22001", "char_length(rtrim(\(text), ' ')) > \(length)", "is longer than \(length) characters")]
  }

  /// Texts that a type's input function refuses.
  private mutating func unreadable(_ value: String, _ from: TypeName, _ to: TypeName) -> [Failure]? {
    if from.name.name == "bpchar", to.name.name == "uuid" { return nil }
    guard to.name.schema == nil, let states = InputFacts.states[to.name.name] else { return nil }
    let type = deparser.text(to)
    let text = from.name.name == "text" || from.name.name == "varchar" ? value : "(\(value))::text"
    guard version >= 16 else { return InputFacts.oldFailures(text, to, type).map { $0.map { failure($0, $1, $2) } } }
    if states.count == 1 {
      return [failure(states[0], "NOT pg_input_is_valid(\(text), \(type.quotedLiteral))", "is no \(type)")]
    }
    let state = "(pg_input_error_info(\(text), \(type.quotedLiteral))).sql_error_code"
    let others = states.dropFirst().map(\.quotedLiteral).joined(separator: ", ")
    return [failure(states[0], "\(state) NOT IN (\(others))", "is no \(type)")]
      + states.dropFirst().map { failure($0, "\(state) = \($0.quotedLiteral)", "is out of range for \(type)") }
  }

  // MARK: - Numbers

  private mutating func outOfRange(_ value: String, _ to: TypeName, _ range: TypeFamily.IntegerRange) -> Failure {
    failure("22003", "\(value) NOT BETWEEN \(range.range)", "is out of range for \(deparser.text(to))")
  }

  /// A number with a fraction is rounded first. Sources: `numeric_int4_opt_error` in `numeric.c`, `dtoi4` in `int.c`.
  private mutating func outOfRange(
    _ value: String,
    _ to: TypeName,
    _ range: TypeFamily.IntegerRange,
    isFloat: Bool
  ) -> [Failure] {
    let type = deparser.text(to)
    guard !isFloat else {
      let rounded = "round((\(value))::double precision)"
      let test =
        "NOT (\(rounded) >= \(range.minimum)::double precision AND \(rounded) < -(\(range.minimum)::double precision))"
      return [failure("22003", test, "is out of range for \(type)")]
    }
    // The difference is NaN for what is no finite number.
    let isFinite = "\(value) - \(value) = 0"
    return [
      failure("22003", "\(isFinite) AND round(\(value)) NOT BETWEEN \(range.range)", "is out of range for \(type)"),
      failure("0A000", "NOT (\(isFinite))", "is no finite number"),
    ]
  }

  private mutating func overflow(
    _ value: String,
    _ from: TypeName,
    _ digits: TypeFamily.Digits?,
    _ to: TypeName
  ) -> [Failure] {
    guard let digits, !digits.holdsAll(of: TypeFamily(from, in: database)) else { return [] }
    let number = from.name.name == "numeric" ? value : "(\(value))::numeric"
    let test = "\(number) <> 'NaN' AND abs(round(\(number), \(digits.scale))) >= 1e\(digits.precision - digits.scale)"
    return [failure("22003", test, "is out of range for \(deparser.text(to))")]
  }

  /// What rounds to infinity or to zero (`dtof` in `float.c`).
  private func outOfFloat(_ value: String) -> Failure {
    let large = "abs(\(value)) >= 3.4028235677973366e38::double precision AND abs(\(value)) < 'Infinity'"
    let small = "\(value) <> 0 AND abs(\(value)) <= 7.006492321624085e-46::double precision"
    return failure("22003", "(\(large) OR \(small))", "is out of range for real")
  }
}

extension Constant {
  fileprivate var type: TypeName? {
    switch self {
    case .null, .string, .bitString: nil
    case .boolean: TypeName(QualifiedName("bool"))
    case .integer: TypeName(QualifiedName("int4"))
    case .number: TypeName(QualifiedName("numeric"))
    }
  }
}

extension Expression {
  /// As SQL, with a text in the place of the one node that is not modelled; `nil` where there are others.
  fileprivate func text(with operand: String) -> String? {
    // A name that no text of the expression can hold: names end before NUL.
    let mark = "\u{0}value"
    let marked = mapping { if case .other = $0 { .column(named: mark) } else { $0 } }
    var deparser = Deparser()
    let text = deparser.text(marked).replacing(mark.quotedIdentifier, with: "(\(operand))")
    return deparser.unprintable.isEmpty ? text : nil
  }
}
