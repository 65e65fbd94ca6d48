import Syntax

extension Expression {
  /// The text that the expression gives whenever and wherever it is evaluated, as an EXECUTE needs it; `nil` if that is
  /// not known, or if it is NULL.
  var constantText: String? {
    switch self {
    case .constant(.boolean): nil
    case .constant(let constant): constant.text
    case .cast(let value, let type) where type.isText: value.constantText
    case .operation(let operation) where operation.form == .plain && operation.name == QualifiedName("||"):
      operation.left?.constantText.flatMap { left in operation.right.constantText.map { left + $0 } }
    case .call(let call): call.constantText
    default: nil
    }
  }
}

extension TypeName {
  fileprivate var isText: Bool {
    arrayDimensions == 0 && modifiers.isEmpty && !isSet && (name.name == "text" || name.name == "varchar")
  }
}

extension FunctionCall {
  fileprivate var constantText: String? {
    guard !isVariadic, argumentNames.isEmpty, name.schema == nil || name.schema == "pg_catalog" else { return nil }
    let texts = arguments.compactMap(\.constantText)
    guard let first = texts.first, texts.count == arguments.count else { return nil }
    switch (name.name, texts.count) {
    case ("format", _): return Self.format(first, texts.dropFirst())
    case ("concat", _): return texts.joined()
    case ("quote_ident", 1): return first.quotedIdentifier
    case ("quote_literal", 1): return first.quotedLiteral
    default: return nil
    }
  }

  /// PostgreSQL's `format`, without widths.
  private static func format(_ template: String, _ arguments: ArraySlice<String>) -> String? {
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
      guard let kind = rest.first, arguments.indices.contains(next) else { return nil }
      switch kind {
      case "s": result += arguments[next]
      case "I": result += arguments[next].quotedIdentifier
      case "L": result += arguments[next].quotedLiteral
      default: return nil
      }
      next += 1
      rest = rest.dropFirst()
    }
    return result + rest
  }
}

extension String {
  /// As PostgreSQL's `quote_literal` writes it.
  fileprivate var quotedLiteral: String {
    let isEscaped = contains("\\")
    let doubled = map { $0 == "'" ? "''" : $0 == "\\" ? "\\\\" : String($0) }.joined()
    return isEscaped ? " E'\(doubled)'" : "'\(doubled)'"
  }
}
