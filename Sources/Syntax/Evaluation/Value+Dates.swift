extension Value {
  /// A moment; `nil` for one that PostgreSQL's timestamps cannot be.
  init?(moment date: CalendarDate, second: Int?) {
    guard date < Self.endOfTimestamps else { return nil }
    self = .timestamp(date, second: second)
  }

  /// Source: `TIMESTAMP_END_JULIAN` in `datatype/timestamp.h`.
  private static let endOfTimestamps = CalendarDate(year: 294_277, month: 1, day: 1)

  /// What `to_char` makes of a date or a moment; `nil` where the template asks for what is not known.
  func written(by template: String) -> String? {
    let date: CalendarDate
    let second: Int?
    switch self {
    case .date(let day): (date, second) = (day, 0)
    case .timestamp(let day, let time): (date, second) = (day, time)
    default: return nil
    }
    guard date.parts.year > 0 else { return nil }
    var result = ""
    var rest = template[...].utf8
    while let byte = rest.first {
      if byte == .doubleQuote {
        let quoted = rest.dropFirst().prefix { $0 != .doubleQuote }
        result += Substring(quoted)
        rest = rest[quoted.endIndex...].dropFirst()
      } else if let pattern = Self.patterns.first(where: { $0.begins(rest) }) {
        guard let text = Self.text(of: pattern, date, second) else { return nil }
        result += text
        rest = rest.dropFirst(pattern.utf8.count)
      } else if byte.continuesWord, !byte.isDigit, byte != .underscore, byte != .dollar {
        return nil
      } else {
        result.unicodeScalars.append(Unicode.Scalar(byte))
        rest = rest.dropFirst()
      }
    }
    return result
  }

  /// Longer ones first. Source: the table of template patterns in the manual's "Data Type Formatting Functions".
  private static let patterns = ["IYYY", "YYYY", "HH24", "IW", "YY", "MM", "DD", "MI", "SS", "Q"]

  private static func text(of pattern: String, _ date: CalendarDate, _ second: Int?) -> String? {
    let (year, month, day) = date.parts
    switch pattern {
    case "YYYY": return year.padded(to: 4)
    case "YY": return (year % 100).padded(to: 2)
    case "MM": return month.padded(to: 2)
    case "DD": return day.padded(to: 2)
    case "Q": return String((month + 2) / 3)
    case "IYYY": return date.week.map { $0.year.padded(to: 4) }
    case "IW": return date.week.map { $0.number.padded(to: 2) }
    case "HH24": return second.map { ($0 / 3600).padded(to: 2) }
    case "MI": return second.map { ($0 / 60 % 60).padded(to: 2) }
    case "SS": return second.map { ($0 % 60).padded(to: 2) }
    default: return nil
    }
  }

  /// What `date_trunc` makes of a date or a moment.
  func truncated(to unit: String) -> Value? {
    let date: CalendarDate
    switch self {
    case .date(let day), .timestamp(let day, _): date = day
    default: return nil
    }
    let month = date.parts.month
    switch unit {
    case "day": return Value(moment: date, second: 0)
    case "week": return date.adding(months: 0, days: 1 - date.weekday).flatMap { Value(moment: $0, second: 0) }
    case "month": return date.startOfMonth(month).flatMap { Value(moment: $0, second: 0) }
    case "quarter": return date.startOfMonth((month - 1) / 3 * 3 + 1).flatMap { Value(moment: $0, second: 0) }
    case "year": return date.startOfMonth(1).flatMap { Value(moment: $0, second: 0) }
    default: return nil
    }
  }
}

extension CalendarDate {
  /// The week of ISO 8601: the first one of a year has its first Thursday.
  fileprivate var week: (year: Int, number: Int)? {
    guard let thursday = adding(months: 0, days: 4 - weekday) else { return nil }
    let year = thursday.parts.year
    return (year, (thursday.day - CalendarDate(year: year, month: 1, day: 1).day) / 7 + 1)
  }

  /// `nil` where PostgreSQL's first year does not have that day.
  fileprivate func startOfMonth(_ month: Int) -> CalendarDate? {
    CalendarDate(day: CalendarDate(year: parts.year, month: month, day: 1).day)
  }
}

extension String {
  /// Whether the text begins with this word, in whatever case.
  fileprivate func begins(_ text: Substring.UTF8View) -> Bool {
    text.starts(with: utf8) { $0 == $1 || $0 & ~0x20 == $1 }
  }
}
