/// A value that an expression gives, as far as code that makes names and texts needs values.
package enum Value: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  case text(String)
  case date(CalendarDate)
  /// The time of day in seconds; `nil` where nobody knows it before the statement runs.
  ///
  /// Made by ``init(moment:second:)`` where a file gives the date.
  case timestamp(CalendarDate, second: Int?)
  case interval(months: Int, days: Int, seconds: Int)
  case array([Value])

  /// As PostgreSQL writes it where text is asked for; `nil` for NULL, and where it is not known.
  package var text: String? {
    switch self {
    case .text(let text): text
    case .integer(let number): String(number)
    case .date(let date): date.parts.year > 0 ? date.description : nil
    case .null, .boolean, .timestamp, .interval, .array: nil
    }
  }

  /// The value as a constant of SQL; `nil` where there is none that says the same.
  package var constant: Expression? {
    switch self {
    case .null: .constant(.null)
    case .boolean(let value): .constant(.boolean(value))
    case .integer(let number): .constant(.integer(number))
    case .text(let text): .cast(.constant(.string(text)), to: TypeName(QualifiedName("text")))
    case .date: text.map { .cast(.constant(.string($0)), to: TypeName(QualifiedName("date"))) }
    case .array(let elements):
      elements.allSatisfy { $0.constant != nil } ? .array(elements.compactMap(\.constant)) : nil
    case .timestamp, .interval: nil
    }
  }
}

/// A day of the Gregorian calendar.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Counted from 1970-01-01.
  package let day: Int

  /// From PostgreSQL's first day to its last one, 4713 BC to 5874897 AD. Source: `IS_VALID_DATE` in `utils/date.h` and the
  /// Julian days in `datatype/timestamp.h`.
  private static let knownDays = -2_440_588...2_145_042_905

  /// `nil` for a day that PostgreSQL's dates cannot be.
  package init?(day: Int) {
    guard Self.knownDays.contains(day) else { return nil }
    self.day = day
  }

  /// A day that exists, of a year that PostgreSQL's dates can be in.
  ///
  /// Source: Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms": years begin in March, so that the leap day
  /// is the last one.
  package init(year: Int, month: Int, day: Int) {
    let year = month <= 2 ? year - 1 : year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let leapDays = yearOfEra / 4 - yearOfEra / 100
    let dayOfEra = yearOfEra * 365 + leapDays + dayOfYear
    self.day = era * 146_097 + dayOfEra - 719_468
  }

  /// `2026-11-24` or `20261124`.
  package init?(parsing text: String) {
    let digits = text.filter(\.isNumber)
    let isPlain = text.utf8.count == 8
    let isDashed = text.utf8.count == 10 && text.split(separator: "-").map(\.count) == [4, 2, 2]
    guard isPlain || isDashed, digits.count == 8, let number = Int(digits) else { return nil }
    let (month, day) = (number / 100 % 100, number % 100)
    guard (1...12).contains(month), (1...31).contains(day) else { return nil }
    self.init(year: number / 10_000, month: month, day: day)
    guard parts == (number / 10_000, month, day) else { return nil }
  }

  package var parts: (year: Int, month: Int, day: Int) {
    let shifted = day + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let leapDays = dayOfEra / 1460 - dayOfEra / 36_524 + dayOfEra / 146_096
    let yearOfEra = (dayOfEra - leapDays) / 365
    let firstOfYear = 365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100
    let dayOfYear = dayOfEra - firstOfYear
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
  }

  /// 1 is Monday, as in ISO 8601.
  package var weekday: Int { (day + 3) % 7 < 0 ? (day + 3) % 7 + 8 : (day + 3) % 7 + 1 }

  /// The same day of another month, or its last one where it is shorter.
  package func adding(months: Int, days: Int) -> CalendarDate? {
    let (year, month, day) = parts
    guard let (newYear, newMonth) = months.plus(year * 12 + month - 1)?.flooredDivision(by: 12),
      Self.knownYears.contains(newYear)
    else { return nil }
    let first = CalendarDate(year: newYear, month: newMonth + 1, day: 1)
    let isLast = newMonth == 11
    let next = CalendarDate(year: isLast ? newYear + 1 : newYear, month: isLast ? 1 : newMonth + 2, day: 1)
    return days.plus(first.day + min(day, next.day - first.day) - 1).flatMap { CalendarDate(day: $0) }
  }

  /// Those of ``knownDays``.
  private static let knownYears = -4713...5_874_897

  package static func < (left: Self, right: Self) -> Bool { left.day < right.day }

  package var description: String {
    let (year, month, day) = parts
    return "\(year.padded(to: 4))-\(month.padded(to: 2))-\(day.padded(to: 2))"
  }
}

extension Int {
  func padded(to width: Int) -> String {
    let digits = String(self)
    return String(repeating: "0", count: Swift.max(0, width - digits.utf8.count)) + digits
  }
}
