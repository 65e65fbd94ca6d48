import Testing

@testable import Syntax

/// The numbers are those at which arithmetic goes wrong; a file can hold any of them.
@Suite("Evaluation at the edges of its types")
struct EvaluationEdgeTests {
  static let integers = [Int.min, .min + 1, -2_147_483_649, -1, 0, 1, 2, 2_147_483_647, 1 << 62, .max - 1, .max]

  static let texts = [
    "", "a", "é🙂", "%", "%%", "%9223372036854775807$s", "%0$s", "%1$", "%-1$s", "%s%s", "%I", "\"", "\"YYYY", "YYYY",
    "YYYYIYYYIWQHH24MISS", "-9223372036854775808", "99999999999999999999", "{}", "now", "0001-01-01", "9999-12-31",
    "-9223372036854775808 days", "999999 years", "-999999 months 999999 hours", "week", "year",
  ]

  static let dates = [
    CalendarDate(year: -4713, month: 12, day: 1), CalendarDate(year: 0, month: 2, day: 29),
    CalendarDate(year: 1970, month: 1, day: 1), CalendarDate(year: 294_276, month: 12, day: 31),
    CalendarDate(year: 5_874_897, month: 12, day: 31),
  ]

  static let values: [Value] =
    [.null, .boolean(true), .array([]), .array([.null, .integer(.min)])] + integers.map { .integer($0) }
    + texts.map { .text($0) } + dates.map { .date($0) }
    + dates.flatMap { [.timestamp($0, second: nil), .timestamp($0, second: 0), .timestamp($0, second: 86_399)] }
    + integers.flatMap { number in
      [
        .interval(months: number, days: 0, seconds: 0), .interval(months: 0, days: number, seconds: 0),
        .interval(months: 0, days: 0, seconds: number), .interval(months: number, days: number, seconds: number),
      ]
    }

  static let operators = ["+", "-", "*", "/", "%", "||", "=", "<>", "<", ">", "<=", ">="]

  static let functions = [
    "concat", "concat_ws", "format", "quote_nullable", "now", "to_regclass", "to_char", "date_trunc", "array_length",
    "substr", "substring", "left", "right", "lower", "upper", "quote_ident", "quote_literal", "length", "char_length",
    "btrim", "replace", "abs", "repeat", "lpad", "generate_series",
  ]

  static let types = [
    "text", "varchar", "name", "bpchar", "regclass", "int2", "int4", "int8", "bool", "date", "timestamp", "timestamptz",
    "interval", "numeric", "mood",
  ]

  private func value(of expression: Syntax.Expression, _ arguments: [Value] = []) -> Value? {
    let names = Dictionary(uniqueKeysWithValues: arguments.enumerated().map { ("$\($0 + 1)", $1) })
    var evaluator = Evaluator(variables: names, today: Self.dates.last)
    return evaluator.value(of: expression)
  }

  private func operation(_ name: String, _ form: Operation.Form = .plain) -> Syntax.Expression {
    .operation(Operation(form: form, name: QualifiedName(name), left: .parameter(1), right: .parameter(2)))
  }

  @Test("no operator traps", arguments: operators)
  func binary(name: String) {
    for left in Self.values {
      for right in Self.values {
        let result = value(of: operation(name), [left, right])
        if let result { check(result) }
        _ = value(of: operation(name, .any), [left, .array([right, left])])
      }
    }
  }

  @Test("no sign and no cast traps")
  func unary() {
    let sign = Syntax.Expression.operation(
      Operation(form: .plain, name: QualifiedName("-"), left: nil, right: .parameter(1))
    )
    for operand in Self.values {
      if let result = value(of: sign, [operand]) { check(result) }
      for type in Self.types {
        let cast = Syntax.Expression.cast(.parameter(1), to: TypeName(QualifiedName(type)))
        if let result = value(of: cast, [operand]) { check(result) }
      }
    }
  }

  @Test("no function traps", arguments: functions)
  func call(name: String) {
    func call(_ arguments: [Value]) {
      let parameters = arguments.indices.map { Syntax.Expression.parameter($0 + 1) }
      let call = FunctionCall(name: QualifiedName(name), arguments: parameters)
      if let result = value(of: .call(call), arguments) { check(result) }
    }
    call([])
    for first in Self.values {
      call([first])
      for second in Self.values { call([first, second]) }
    }
    for text in Self.texts {
      for start in Self.integers {
        for count in Self.integers { call([.text(text), .integer(start), .integer(count)]) }
      }
      for part in Self.texts {
        for other in ["", "a", "\u{301}"] { call([.text(text), .text(part), .text(other)]) }
      }
    }
  }

  /// What is made of the value further on.
  private func check(_ value: Value) {
    _ = value.text
    _ = value.constant?.sql
    _ = value.written(by: "YYYY-MM-DD IYYY IW Q HH24:MI:SS")
    for unit in ["day", "week", "month", "quarter", "year"] { _ = value.truncated(to: unit) }
  }

  @Test("a day that PostgreSQL's dates cannot be is not known")
  func days() throws {
    let first = CalendarDate(year: -4713, month: 11, day: 24)
    let last = CalendarDate(year: 5_874_897, month: 12, day: 31)
    #expect(CalendarDate(day: first.day) == first)
    #expect(CalendarDate(day: first.day - 1) == nil)
    #expect(CalendarDate(day: last.day) == last)
    #expect(CalendarDate(day: last.day + 1) == nil)
    #expect(last.adding(months: 1, days: 0) == nil)
    #expect(first.adding(months: 0, days: .min) == nil)
    #expect(Value(moment: last, second: 0) == nil)
    #expect(Value.date(first).text == nil)
  }

  @Test("months are added over the beginning of the era")
  func months() {
    let date = CalendarDate(year: 1, month: 1, day: 31)
    #expect(date.adding(months: -2, days: 0)?.parts ?? (0, 0, 0) == (0, 11, 30))
    #expect(date.adding(months: -13, days: 0)?.parts ?? (0, 0, 0) == (-1, 12, 31))
  }

  @Test("a value over the budget is not known, nor is any after it")
  func budget() {
    let text = Syntax.Expression.constant(.string(String(repeating: "a", count: 1000)))
    let call = FunctionCall(name: QualifiedName("replace"), arguments: [text, .constant(.string("a")), text])
    var evaluator = Evaluator(budget: EvaluationBudget(bytes: 100_000))
    let large = evaluator.value(of: .call(call))
    #expect(large == nil)
    #expect(evaluator.budget.isExceeded)
    let small = evaluator.value(of: .constant(.integer(1)))
    #expect(small == nil)
  }

  @Test("the subject of a CASE is evaluated once")
  func subject() {
    var expression = Syntax.Expression.constant(.integer(1))
    for _ in 0..<30 {
      let branches = [2, 3, 1].map {
        CaseExpression.Branch(condition: .constant(.integer($0)), result: .constant(.integer(1)))
      }
      expression = .case(CaseExpression(subject: expression, branches: branches, otherwise: nil))
    }
    var evaluator = Evaluator(budget: EvaluationBudget(steps: 200))
    let value = evaluator.value(of: expression)
    #expect(value == .integer(1))
  }

  @Test("a long pattern in a long text is found in one go")
  func pattern() {
    let text = Array(repeating: UInt8(ascii: "a"), count: 400_000)
    let pattern = BytePattern(text.prefix(200_000) + [UInt8(ascii: "b")])
    #expect(pattern.firstOffset(in: text, from: 0) == nil)
    #expect(pattern.firstOffset(in: text + [UInt8(ascii: "b")], from: 0) == 200_000)
    #expect(BytePattern("aab".utf8).firstOffset(in: Array("aaab".utf8), from: 0) == 1)
    #expect(BytePattern("".utf8).firstOffset(in: text, from: 0) == nil)
  }
}
