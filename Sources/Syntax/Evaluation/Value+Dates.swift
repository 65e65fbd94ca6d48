extension Value {
  /// What `to_char` makes of a date or a moment; `nil` where the template asks for what is not known.
  func written(by template: String) -> String? {
    let date: CalendarDate
    let second: Int?
    switch self {
    case .date(let day): (date, second) = (day, 0)
    case .timestamp(let day, let time): (date, second) = (day, time)
    default: return nil
    }
    var result = ""
    var rest = Substring(template)
    while let character = rest.first {
      if character == "\"" {
        let quoted = rest.dropFirst().prefix { $0 != "\"" }
        result += quoted
        rest = rest[quoted.endIndex...].dropFirst()
      } else if let pattern = Self.patterns.first(where: { rest.uppercased().hasPrefix($0) }) {
        guard let text = Self.text(of: pattern, date, second) else { return nil }
        result += text
        rest = rest.dropFirst(pattern.count)
      } else if character.isLetter {
        return nil
      } else {
        result.append(rest.removeFirst())
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
    case "IYYY": return date.week.year.padded(to: 4)
    case "IW": return date.week.number.padded(to: 2)
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
    let (year, month, _) = date.parts
    switch unit {
    case "day": return .timestamp(date, second: 0)
    case "week": return .timestamp(date.adding(months: 0, days: 1 - date.weekday), second: 0)
    case "month": return .timestamp(CalendarDate(year: year, month: month, day: 1), second: 0)
    case "quarter": return .timestamp(CalendarDate(year: year, month: (month - 1) / 3 * 3 + 1, day: 1), second: 0)
    case "year": return .timestamp(CalendarDate(year: year, month: 1, day: 1), second: 0)
    default: return nil
    }
  }
}

extension CalendarDate {
  /// The week of ISO 8601: the first one of a year has its first Thursday.
  fileprivate var week: (year: Int, number: Int) {
    let thursday = CalendarDate(day: day + 4 - weekday)
    let year = thursday.parts.year
    return (year, (thursday.day - CalendarDate(year: year, month: 1, day: 1).day) / 7 + 1)
  }
}
