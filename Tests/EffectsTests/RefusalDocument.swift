import Catalog
import Foundation

extension RefusalCase {
  /// Writes the marks of what sqllint does not know anew, by the cases' descriptions.
  static func mark(_ unknown: [String: String]) throws {
    for file in Set(all.map(\.file)) {
      let url = folder.appending(path: "\(file).sql")
      var lines: [String] = []
      var title = ""
      for line in try String(contentsOf: url, encoding: .utf8).components(separatedBy: "\n")
      where !line.hasPrefix("-- unknown to sqllint: ") {
        lines.append(line)
        if line.hasPrefix("-- case: ") { title = String(line.dropFirst(9)) }
        if line.hasPrefix("-- refused: "), let reason = unknown["\(file): \(title)"] {
          lines.append("-- unknown to sqllint: \(reason)")
        }
      }
      try lines.joined(separator: "\n").write(to: url, atomically: true, encoding: .utf8)
    }
  }

  static let document = folder.deletingLastPathComponent().deletingLastPathComponent()
    .appending(path: "Documentation/refusals.md")

  /// What the cases prove, by SQLSTATE.
  static var documentation: String {
    let refused = Dictionary(grouping: all.filter { $0.state != nil }) { $0.state ?? "" }
    let (told, untold) = (all.filter { $0.state != nil && $0.unknown == nil }, all.filter { $0.unknown != nil })
    let head = """
      # What PostgreSQL refuses, and what sqllint knows of it

      Written from the cases in `Fixtures/refusals`; do not edit. Each of them runs on live servers of PostgreSQL 15, 16, 17
      and 18, which must refuse its last statement with the SQLSTATE above it, and sqllint must say the same.

      - \(told.count + untold.count) cases are refused, of which sqllint tells \(told.count).
      - \(all.filter { $0.state == nil }.count) more run, and sqllint must not call them refused.

      They are proved on all four versions where none is named.

      """
    let sections = refused.sorted { $0.key < $1.key }.map { state, cases in
      let name = SQLState(rawValue: state).map { " \(conditionName(of: $0))" } ?? ""
      let (known, unknown) = (cases.filter { $0.unknown == nil }, cases.filter { $0.unknown != nil })
      let lists = [("", known), ("Not told yet:\n\n", unknown)].filter { !$0.1.isEmpty }
      let text = lists.map { heading, cases in
        "\(heading)\(cases.map { "- \($0.title)\($0.versionNote)\n" }.joined())"
      }
      return "\n## \(state)\(name)\n\n\(text.joined(separator: "\n"))"
    }
    return head + sections.joined()
  }

  private var versionNote: String {
    switch (versions.lowerBound > 0, versions.upperBound < 99) {
    case (true, true): " (\(versions.lowerBound) to \(versions.upperBound))"
    case (true, false): " (from \(versions.lowerBound))"
    case (false, true): " (until \(versions.upperBound))"
    case (false, false): ""
    }
  }

  /// PostgreSQL's name of the condition: `active_sql_transaction` of `activeSQLTransaction`.
  private static func conditionName(of state: SQLState) -> String {
    let letters = Array("\(state)")
    return letters.indices.map { index in
      let (letter, isFirst) = (letters[index], index == letters.startIndex)
      guard letter.isUppercase, !isFirst else { return letter.lowercased() }
      let followsLower = letters[index - 1].isLowercase
      let beginsWord = index + 1 < letters.endIndex && letters[index + 1].isLowercase
      return (followsLower || beginsWord ? "_" : "") + letter.lowercased()
    }.joined()
  }
}
