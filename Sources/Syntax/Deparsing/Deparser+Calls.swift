extension Deparser {
  mutating func text(_ call: FunctionCall) -> String {
    if let syntax = syntax(of: call) { return text(call, as: syntax) }
    var sql = "\(call.name)(\(arguments(of: call)))"
    if call.isWithinGroup { sql += " WITHIN GROUP (ORDER BY \(sortText(call.order)))" }
    if let filter = call.filter { sql += " FILTER (WHERE \(self.text(filter)))" }
    if let window = call.window {
      sql += " OVER " + (window.name?.quotedIdentifier ?? "(\(windowText(window)))")
    }
    return sql
  }

  private mutating func arguments(of call: FunctionCall) -> String {
    if call.isStar { return "*" }
    var arguments: [String] = []
    for (position, argument) in call.arguments.enumerated() {
      let name = call.argumentNames[position].map { "\($0.quotedIdentifier) => " } ?? ""
      let variadic = call.isVariadic && position == call.arguments.count - 1 ? "VARIADIC " : ""
      arguments.append(variadic + name + text(argument))
    }
    let order = call.order.isEmpty || call.isWithinGroup ? "" : " ORDER BY \(sortText(call.order))"
    return (call.isDistinct ? "DISTINCT " : "") + arguments.joined(separator: ", ") + order
  }

  // MARK: - Calls with a grammar of their own

  /// The forms that the grammar turns into calls of functions in `pg_catalog`, and that the server writes as such again.
  enum CallSyntax {
    case atTimeZone, extract, overlaps, isNormalized, normalize, overlay, position, collationFor
    case substring
    case trim(String)
  }

  func syntax(of call: FunctionCall) -> CallSyntax? {
    guard call.name.schema == "pg_catalog", call.window == nil, call.filter == nil else { return nil }
    switch (call.name.name, call.arguments.count) {
    case ("timezone", 2): return .atTimeZone
    case ("extract", 2):
      if case .constant(.string) = call.arguments[0] { return .extract }
      return nil
    case ("overlaps", 4): return .overlaps
    case ("is_normalized", 1...2): return .isNormalized
    case ("normalize", 1...2): return .normalize
    case ("overlay", 3...4): return .overlay
    case ("position", 2): return .position
    case ("pg_collation_for", 1): return .collationFor
    case ("substring", 2...3): return .substring
    case ("btrim", 1...2): return .trim("BOTH")
    case ("ltrim", 1...2): return .trim("LEADING")
    case ("rtrim", 1...2): return .trim("TRAILING")
    default: return nil
    }
  }

  private mutating func text(_ call: FunctionCall, as syntax: CallSyntax) -> String {
    let operands = call.arguments.map { "(\(text($0)))" }
    let plain = call.arguments.map { text($0) }
    let last = { (word: String) in operands.count > 1 ? " \(word) \(operands[1])" : "" }
    switch syntax {
    case .atTimeZone: return "\(operands[1]) AT TIME ZONE \(operands[0])"
    case .extract:
      guard case .constant(.string(let field)) = call.arguments[0] else { return fail("EXTRACT") }
      return "EXTRACT(\(field.quotedIdentifier) FROM \(plain[1]))"
    case .overlaps: return "(\(plain[0]), \(plain[1])) OVERLAPS (\(plain[2]), \(plain[3]))"
    case .isNormalized: return "\(operands[0]) IS\(form(of: call)) NORMALIZED"
    case .normalize: return "NORMALIZE(\(operands[0])\(operands.count > 1 ? "," : "")\(form(of: call)))"
    case .overlay:
      let length = operands.count > 3 ? " FOR \(operands[3])" : ""
      return "OVERLAY(\(operands[0]) PLACING \(operands[1]) FROM \(operands[2])\(length))"
    case .position: return "POSITION(\(operands[1]) IN \(operands[0]))"
    case .collationFor: return "COLLATION FOR \(operands[0])"
    case .substring:
      return "SUBSTRING(\(operands[0])\(last("FROM"))\(operands.count > 2 ? " FOR \(operands[2])" : ""))"
    case .trim(let side):
      return "TRIM(\(side) \(operands.count > 1 ? "\(operands[1]) " : "")FROM \(operands[0]))"
    }
  }

  /// The Unicode normal form, which the grammar reads as a string.
  private func form(of call: FunctionCall) -> String {
    guard call.arguments.count > 1, case .constant(.string(let form)) = call.arguments[1] else { return "" }
    return " " + form
  }

  mutating func special(_ node: String, _ operands: [Expression]) -> String {
    switch node {
    case "ROLLUP", "CUBE", "GROUPING SETS": "\(node) (\(list(operands)))"
    case "EMPTY GROUPING SET": "()"
    case "GroupingFunc": "GROUPING(\(list(operands)))"
    default: fail(node)
    }
  }

  // MARK: - ORDER BY and windows

  mutating func sortText(_ items: [SortItem]) -> String {
    items.map { item in
      var sql = self.text(item.expression)
      if let comparison = item.comparison { sql += " USING \(operatorText(comparison))" }
      return sql + suffix(item.direction, item.nulls)
    }
    .joined(separator: ", ")
  }

  func suffix(_ direction: SortItem.Direction, _ nulls: SortItem.Nulls) -> String {
    let direction = direction == .descending ? " DESC" : direction == .ascending ? " ASC" : ""
    return direction + (nulls == .first ? " NULLS FIRST" : nulls == .last ? " NULLS LAST" : "")
  }

  /// What is in the parentheses.
  mutating func windowText(_ window: WindowDefinition) -> String {
    var words: [String] = []
    if let base = window.base { words.append(base.quotedIdentifier) }
    if !window.partitions.isEmpty { words.append("PARTITION BY \(list(window.partitions))") }
    if !window.order.isEmpty { words.append("ORDER BY \(sortText(window.order))") }
    if let frame = window.frame {
      let start = text(frame.start)
      words.append(
        "\(frame.mode.rawValue) " + (frame.end.map { "BETWEEN \(start) AND \(text($0))" } ?? start)
      )
      if let exclusion = frame.exclusion { words.append("EXCLUDE \(exclusion.rawValue)") }
    }
    return words.joined(separator: " ")
  }

  private mutating func text(_ bound: WindowFrame.Bound) -> String {
    switch bound {
    case .unboundedPreceding: "UNBOUNDED PRECEDING"
    case .unboundedFollowing: "UNBOUNDED FOLLOWING"
    case .currentRow: "CURRENT ROW"
    case .preceding(let offset): "\(text(offset)) PRECEDING"
    case .following(let offset): "\(text(offset)) FOLLOWING"
    }
  }
}
