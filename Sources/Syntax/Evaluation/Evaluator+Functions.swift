extension Evaluator {
  /// The functions with which names and texts are put together; those that PostgreSQL brings along.
  func value(of call: FunctionCall) -> Value? {
    guard !call.isVariadic, call.argumentNames.isEmpty, call.filter == nil, call.window == nil,
      call.name.schema == nil || call.name.schema == "pg_catalog", let arguments = values(of: call.arguments)
    else { return nil }
    switch call.name.name {
    case "concat": return concatenation(of: arguments)
    case "concat_ws": return concatenation(of: Array(arguments.dropFirst()), between: arguments.first)
    case "format": return format(arguments)
    case "quote_nullable" where arguments == [.null]: return .text("NULL")
    case "now", "transaction_timestamp", "statement_timestamp", "clock_timestamp":
      return arguments.isEmpty ? today.map { .timestamp($0, second: nil) } : nil
    case "to_regclass": return arguments.first?.text.flatMap(relation)
    default: return arguments.contains(.null) ? .null : strict(call.name.name, arguments)
    }
  }

  /// Functions that give NULL for NULL.
  private func strict(_ name: String, _ arguments: [Value]) -> Value? {
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
    case ("btrim", 1): return .text(text.trimmingSpaces)
    case ("replace", 3): return .text(text.replacing(texts[1], by: texts[2]))
    default: return nil
    }
  }

  private func relation(_ name: String) -> Value? { hasRelation(name).map { $0 ? .text(name) : .null } }

  private func part(_ name: String, _ arguments: [Value]) -> Value? {
    guard case .text(let text) = arguments[0], case .integer(let number) = arguments[1] else { return nil }
    let scalars = Array(text.unicodeScalars)
    let range: Range<Int>
    switch name {
    case "left": range = 0..<max(0, number >= 0 ? min(number, scalars.count) : scalars.count + number)
    case "right": range = min(scalars.count, number >= 0 ? max(0, scalars.count - number) : -number)..<scalars.count
    default:
      var end = scalars.count
      if arguments.count == 3 {
        guard case .integer(let count) = arguments[2], count >= 0 else { return nil }
        end = min(end, max(0, number - 1 + count))
      }
      range = min(max(0, number - 1), end)..<end
    }
    return .text(String(String.UnicodeScalarView(scalars[range])))
  }

  // MARK: - Texts of several values

  private func concatenation(of values: [Value], between separator: Value? = .text("")) -> Value? {
    if separator == .null { return .null }
    let texts = values.filter { $0 != .null }.map(\.text)
    guard let separator = separator?.text, !texts.contains(nil) else { return nil }
    return .text(texts.compactMap(\.self).joined(separator: separator))
  }

  /// PostgreSQL's `format`, without widths.
  private func format(_ values: [Value]) -> Value? {
    guard let template = values.first else { return nil }
    guard let template = template.text else { return template == .null ? .null : nil }
    let arguments = values.dropFirst()
    var result = ""
    var next = arguments.startIndex
    var rest = Substring(template)
    while let sign = rest.firstIndex(of: "%") {
      result += rest[..<sign]
      rest = rest[rest.index(after: sign)...]
      if rest.first == "%" {
        result += "%"
        rest = rest.dropFirst()
        continue
      }
      let digits = rest.prefix(while: \.isNumber)
      if !digits.isEmpty {
        // Digits without a dollar sign are a width.
        guard let position = Int(digits), rest[digits.endIndex...].first == "$", position > 0 else { return nil }
        next = arguments.startIndex + position - 1
        rest = rest[digits.endIndex...].dropFirst()
      }
      guard let kind = rest.first, arguments.indices.contains(next),
        let text = arguments[next].formatted(as: kind)
      else { return nil }
      result += text
      next += 1
      rest = rest.dropFirst()
    }
    return .text(result + rest)
  }
}

extension Value {
  /// What `%s`, `%I` or `%L` makes of the value.
  fileprivate func formatted(as kind: Character) -> String? {
    switch (kind, self) {
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
  fileprivate var trimmingSpaces: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  fileprivate func replacing(_ part: String, by other: String) -> String {
    guard !part.isEmpty else { return self }
    var result = ""
    var rest = Substring(self)
    while !rest.isEmpty {
      if rest.hasPrefix(part) {
        result += other
        rest = rest.dropFirst(part.count)
      } else {
        result.append(rest.removeFirst())
      }
    }
    return result
  }
}
