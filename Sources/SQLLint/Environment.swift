import Migrations
import Syntax

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is asked of the environment of the process.
enum Environment {
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

  /// All variables.
  static var all: [String: String] {
    var values: [String: String] = [:]
    var entry = environ
    while let text = entry.pointee {
      let parts = String(cString: text).split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      if parts.count == 2 { values[String(parts[0])] = String(parts[1]) }
      entry += 1
    }
    return values
  }

  /// The day of the run in UTC, which a variable may say so that runs can be repeated.
  ///
  /// Source: https://reproducible-builds.org/specs/source-date-epoch/
  static var today: CalendarDate? {
    let now = value("SOURCE_DATE_EPOCH").flatMap(Int.init) ?? Int(time(nil))
    return CalendarDate(day: now.quotientAndRemainder(dividingBy: 86_400).quotient)
  }
}

extension ContinuousIntegration {
  /// That of the process.
  static var current: ContinuousIntegration {
    // Of other events the variables tell all that is of interest.
    let event = Environment.value("GITHUB_EVENT_NAME") == "merge_group" ? Environment.value("GITHUB_EVENT_PATH") : nil
    return ContinuousIntegration(Environment.all, event: event.flatMap { try? FileSystem.read(RawPath($0)) })
  }
}
