extension Evaluator {
  /// The functions with which names and texts are put together; those that PostgreSQL brings along.
  mutating func value(of call: FunctionCall) -> Value? {
    guard !call.isVariadic, call.argumentNames.isEmpty, call.filter == nil, call.window == nil,
      call.name.schema == nil || call.name.schema == "pg_catalog", let arguments = values(of: call.arguments)
    else { return nil }
    switch call.name.name {
    case "concat": return concatenation(of: arguments)
    case "concat_ws": return concatenation(of: Array(arguments.dropFirst()), between: arguments.first)
    case "format": return format(arguments)
    case "quote_nullable" where arguments == [.null]: return .text("NULL")
    case "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp":
      return arguments.isEmpty ? today.flatMap { Value(moment: $0, second: nil) } : nil
    case "to_regclass": return arguments.first?.text.flatMap(relation)
    default: return arguments.contains(.null) ? .null : strict(call.name.name, arguments)
    }
  }

  /// Functions that give NULL for NULL.
  private mutating func strict(_ name: String, _ arguments: [Value]) -> Value? {
    switch (name, arguments.count) {
    case ("to_char", 2): return arguments[1].text.flatMap { arguments[0].written(by: $0) }.map { .text($0) }
    case ("date_trunc", 2): return arguments[0].text.flatMap { arguments[1].truncated(to: $0.lowercased()) }
    case ("array_length", 2):
      guard case .array(let elements) = arguments[0], arguments[1] == .integer(1) else { return nil }
      return elements.isEmpty ? .null : .integer(elements.count)
    case ("substr", 2...3), ("substring", 2...3), ("left", 2), ("right", 2): return part(name, arguments)
    default: break
    }
    let texts = arguments.compactMap(\.text)
    guard texts.count == arguments.count, let text = texts.first else { return nil }
    switch (name, arguments.count) {
    case ("lower", 1): return .text(text.lowercased())
    case ("upper", 1): return .text(text.uppercased())
    case ("quote_ident", 1): return .text(text.quotedIdentifier)
    case ("quote_literal", 1), ("quote_nullable", 1): return .text(text.quotedLiteral)
    case ("length", 1), ("char_length", 1): return .integer(text.unicodeScalars.count)
    case ("btrim", 1): return .text(text.trimmed(of: " "))
    case ("replace", 3): return replacing(texts[1], in: text, by: texts[2])
    default: return nil
    }
  }

  private func relation(_ name: String) -> Value? { hasRelation(name).map { $0 ? .text(name) : .null } }

  private func part(_ name: String, _ arguments: [Value]) -> Value? {
    guard case .text(let text) = arguments[0], case .integer(let number) = arguments[1] else { return nil }
    let scalars = Array(text.unicodeScalars)
    // Offsets between characters, which may be before the first one or after the last.
    let start: Int?
    var end: Int? = scalars.count
    switch name {
    case "left": (start, end) = (0, number >= 0 ? number : scalars.count.plus(number))
    case "right": start = number >= 0 ? scalars.count.minus(number) : 0.minus(number)
    default:
      start = number.minus(1)
      if arguments.count == 3 {
        guard case .integer(let count) = arguments[2], count >= 0 else { return nil }
        end = start?.plus(count)
      }
    }
    guard let start, let end else { return nil }
    let rest = scalars.prefix(max(0, end)).dropFirst(max(0, start))
    return .text(String(String.UnicodeScalarView(rest)))
  }

  // MARK: - Texts of several values

  private func concatenation(of values: [Value], between separator: Value? = .text("")) -> Value? {
    if separator == .null { return .null }
    let texts = values.filter { $0 != .null }.map(\.text)
    guard let separator = separator?.text, !texts.contains(nil) else { return nil }
    return .text(texts.compactMap(\.self).joined(separator: separator))
  }

  private mutating func replacing(_ part: String, in text: String, by other: String) -> Value? {
    let pattern = BytePattern(part.utf8)
    let bytes = Array(text.utf8)
    let other = Array(other.utf8)[...]
    var result = BoundedText(budget)
    var start = 0
    while let found = pattern.firstOffset(in: bytes, from: start) {
      guard result.append(bytes[start..<found], other) else { break }
      start = found + pattern.count
    }
    return finished(result, bytes[start...])
  }

  /// `nil` where the text is longer than the budget allows.
  private mutating func finished(_ result: BoundedText, _ rest: ArraySlice<UInt8>) -> Value? {
    var result = result
    guard result.append(rest) else {
      _ = budget.spend(bytes: result.count)
      return nil
    }
    return .text(result.text)
  }

  /// PostgreSQL's `format`, without widths.
  private mutating func format(_ values: [Value]) -> Value? {
    guard let template = values.first else { return nil }
    guard let template = template.text else { return template == .null ? .null : nil }
    let arguments = values.dropFirst()
    var result = BoundedText(budget)
    var next = arguments.startIndex
    var rest = Array(template.utf8)[...]
    while let sign = rest.firstIndex(of: .percent) {
      var text = [UInt8.percent]
      let before = rest[..<sign]
      rest = rest[sign...].dropFirst()
      if rest.first != .percent {
        let digits = rest.prefix(while: \.isDigit)
        if !digits.isEmpty {
          // Digits without a dollar sign are a width.
          guard let position = Int(String(decoding: digits, as: UTF8.self)), rest[digits.endIndex...].first == .dollar
          else { return nil }
          next = position
          rest = rest[digits.endIndex...].dropFirst()
        }
        guard let kind = rest.first, arguments.indices.contains(next),
          let formatted = arguments[next].formatted(as: kind)
        else { return nil }
        text = Array(formatted.utf8)
        next += 1
      }
      guard result.append(before, text[...]) else { break }
      rest = rest.dropFirst()
    }
    return finished(result, rest)
  }
}

/// A text that is put together from parts, which may stand in it many times.
private struct BoundedText {
  private(set) var count = 0
  private var bytes: [UInt8] = []
  private let budget: EvaluationBudget

  init(_ budget: EvaluationBudget) { self.budget = budget }

  var text: String { String(decoding: bytes, as: UTF8.self) }

  /// False where the text gets longer than the budget allows; then it is left as it is.
  mutating func append(_ parts: ArraySlice<UInt8>...) -> Bool {
    for part in parts {
      count += part.count
      guard budget.hasBytes(count) else { return false }
      bytes += part
    }
    return true
  }
}

extension Value {
  /// What `%s`, `%I` or `%L` makes of the value.
  fileprivate func formatted(as kind: UInt8) -> String? {
    switch (Unicode.Scalar(kind), self) {
    case ("s", .null): ""
    case ("L", .null): "NULL"
    case ("s", _): text
    case ("I", _): text?.quotedIdentifier
    case ("L", _): text?.quotedLiteral
    default: nil
    }
  }
}

extension String {
  /// Without one character at its ends.
  fileprivate func trimmed(of character: Character) -> String {
    String(drop { $0 == character }.reversed().drop { $0 == character }.reversed())
  }
}
