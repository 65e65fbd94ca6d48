extension Evaluator {
  mutating func value(of operation: Operation) -> Value? {
    guard let left = operation.left else {
      guard operation.form == .plain, operation.name.name == "-",
        case .integer(let number)? = value(of: operation.right)
      else { return nil }
      return 0.minus(number).map { .integer($0) }
    }
    switch operation.form {
    case .plain: return combined(left, operation.name.name, operation.right)
    case .inList:
      guard case .row(let items) = operation.right else { return nil }
      return isAmong(left, items).flatMap { operation.name.name == "=" ? $0 : inverse($0) }
    case .any:
      guard operation.name.name == "=", case .array(let items)? = value(of: operation.right),
        let tested = value(of: left), tested != .null
      else { return nil }
      return .boolean(items.contains(tested))
    case .all, .isDistinct, .isNotDistinct, .nullIf, .like, .ilike, .similar, .between, .notBetween, .betweenSymmetric,
      .notBetweenSymmetric:
      return nil
    }
  }

  private mutating func isAmong(_ tested: Expression, _ items: [Expression]) -> Value? {
    guard let tested = value(of: tested), let values = values(of: items) else { return nil }
    if tested == .null { return .null }
    if values.contains(tested) { return .boolean(true) }
    return values.contains(.null) ? .null : .boolean(false)
  }

  private func inverse(_ value: Value) -> Value? {
    if case .boolean(let value) = value { .boolean(!value) } else { value }
  }

  private mutating func combined(_ left: Expression, _ name: String, _ right: Expression) -> Value? {
    guard let left = value(of: left), let right = value(of: right) else { return nil }
    if left == .null || right == .null { return .null }
    switch name {
    case "||": return concatenated(left, right)
    case "+": return sum(left, right)
    case "-": return difference(left, right)
    case "*", "/", "%": return product(left, name, right)
    default: return compared(left, name, right)
    }
  }

  private func concatenated(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.array(let head), .array(let tail)): return .array(head + tail)
    case (.array(let head), _): return .array(head + [right])
    case (_, .array(let tail)): return .array([left] + tail)
    default: break
    }
    guard let head = left.text, let tail = right.text else { return nil }
    return .text(head + tail)
  }

  private func product(_ left: Value, _ name: String, _ right: Value) -> Value? {
    guard case .integer(let left) = left, case .integer(let right) = right else { return nil }
    let result =
      switch name {
      case "*": left.times(right)
      case "/": left.divided(by: right)
      default: left.remainder(by: right)
      }
    return result.map { .integer($0) }
  }

  private func sum(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left.plus(right).map { .integer($0) }
    case (.date(let date), .integer(let days)), (.integer(let days), .date(let date)):
      date.adding(months: 0, days: days).map { .date($0) }
    case (.date(let date), .interval(let months, let days, let seconds)):
      Value(moment: date, second: 0)?.adding(months: months, days: days, seconds: seconds)
    case (.timestamp, .interval(let months, let days, let seconds)):
      left.adding(months: months, days: days, seconds: seconds)
    default: nil
    }
  }

  private func difference(_ left: Value, _ right: Value) -> Value? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left.minus(right).map { .integer($0) }
    case (_, .integer(let number)): 0.minus(number).flatMap { sum(left, .integer($0)) }
    case (.date(let left), .date(let right)): .integer(left.day - right.day)
    case (_, .interval(let months, let days, let seconds)):
      if let months = 0.minus(months), let days = 0.minus(days), let seconds = 0.minus(seconds) {
        sum(left, .interval(months: months, days: days, seconds: seconds))
      } else {
        nil
      }
    default: nil
    }
  }

  /// Of two values, which are known, and maybe NULL.
  func compared(_ left: Value, _ name: String, _ right: Value) -> Value? {
    if left == .null || right == .null { return .null }
    switch name {
    case "=": return areEqual(left, right).map { .boolean($0) }
    case "<>": return areEqual(left, right).map { .boolean(!$0) }
    case "<": return precedes(left, right).map { .boolean($0) }
    case ">": return precedes(right, left).map { .boolean($0) }
    case "<=": return precedes(right, left).map { .boolean(!$0) }
    case ">=": return precedes(left, right).map { .boolean(!$0) }
    default: return nil
    }
  }

  private func areEqual(_ left: Value, _ right: Value) -> Bool? {
    switch (left, right) {
    case (.integer, .integer), (.date, .date), (.text, .text), (.boolean, .boolean): left == right
    default: nil
    }
  }

  /// Which of two values comes first; not of texts, as their order is the collation's.
  private func precedes(_ left: Value, _ right: Value) -> Bool? {
    switch (left, right) {
    case (.integer(let left), .integer(let right)): left < right
    case (.date(let left), .date(let right)): left < right
    case (.boolean(let left), .boolean(let right)): !left && right
    default: nil
    }
  }
}

extension Value {
  /// A moment moved by an interval; only whole days are known of one whose time of day is not.
  fileprivate func adding(months: Int, days: Int, seconds: Int) -> Value? {
    guard case .timestamp(let date, let second) = self else { return nil }
    guard let second else {
      guard seconds == 0 else { return nil }
      return date.adding(months: months, days: days).flatMap { Value(moment: $0, second: nil) }
    }
    // An interval's seconds come after its months and days.
    guard let (carried, time) = second.plus(seconds)?.flooredDivision(by: 86_400) else { return nil }
    return date.adding(months: months, days: days)?.adding(months: 0, days: carried).flatMap {
      Value(moment: $0, second: time)
    }
  }

  /// `1 day`, `2 weeks 3 hours`, `-1 month`.
  init?(interval text: String) {
    let words = text.split(separator: " ").map { $0.lowercased() }
    guard !words.isEmpty, words.count % 2 == 0 else { return nil }
    var (months, days, seconds) = (0, 0, 0)
    for position in stride(from: 0, to: words.count, by: 2) {
      guard let number = Int(words[position]), number.magnitude < 1_000_000 else { return nil }
      switch words[position + 1] {
      case "year", "years": months += number * 12
      case "month", "months", "mon", "mons": months += number
      case "week", "weeks": days += number * 7
      case "day", "days": days += number
      case "hour", "hours": seconds += number * 3600
      case "minute", "minutes", "min", "mins": seconds += number * 60
      case "second", "seconds", "sec", "secs": seconds += number
      default: return nil
      }
    }
    self = .interval(months: months, days: days, seconds: seconds)
  }
}
