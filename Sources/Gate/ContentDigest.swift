import Linting
import Migrations

/// What an approval was given for: the texts of the migrations that were reviewed, under their names.
///
/// Whatever changes one of them voids the approval; the day, the commit and other files have no part in it.
package enum ContentDigest {
  package static let prefix = "sha256:"

  /// Of all migrations of a report. `path` gives each file the name that it has wherever sqllint runs.
  package static func digest(of report: Report, path: (Migration) -> String) -> String {
    digest(of: report.migrations.map(\.migration), path: path)
  }

  static func digest(of migrations: [Migration], path: (Migration) -> String) -> String {
    let entries = migrations.filter(\.isReviewed).map { (name: path($0), direction: $0.direction.rawValue, $0.script) }
    var content: [UInt8] = []
    for (name, direction, script) in entries.sorted(by: { ($0.name, $0.direction) < ($1.name, $1.direction) }) {
      let text = script.source.utf8.withUnixLines
      // With their lengths, so that no text can be moved from one file to another.
      content += Array("\(name.utf8.count) \(name) \(direction) \(text.count)\n".utf8)
      content += text
    }
    return prefix + SHA256.hexadecimal(of: content)
  }
}

extension Migration {
  /// Whether it is something to be reviewed; the configuration is not.
  fileprivate var isReviewed: Bool {
    if case .configuration = status { false } else { true }
  }
}

extension [UInt8] {
  /// The same lines, ended as git keeps them.
  fileprivate var withUnixLines: [UInt8] {
    guard contains(0x0D) else { return self }
    return indices.filter { self[$0] != 0x0D || $0 + 1 == endIndex || self[$0 + 1] != 0x0A }.map { self[$0] }
  }
}
