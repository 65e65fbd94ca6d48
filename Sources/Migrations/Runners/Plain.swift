import Analysis
import Syntax

/// Nobody knows what runs them: every `.sql` file, in natural order.
///
/// A plain file is an up migration, unless its name ends in `.down.sql`. Most runners keep a file together.
struct Plain: RunnerDefinition {
  let name = "plain"
  var usualMode: Migration.TransactionMode { .implicit }
  var usesPsql: Bool { true }

  func evidence(in folder: MigrationFolder) -> String? { nil }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    RunnerFiles(files: folder.files.map { .init(file: $0, name: Self.name(of: $0.path.name)) })
  }

  /// Commands of psql tell that psql runs the file.
  func sending(of script: Script) -> Sending? {
    let isForPsql =
      script.source.hasInclusions || script.passages.contains { if case .metaCommand = $0.kind { true } else { false } }
    return isForPsql ? Sending(mode: .none) : nil
  }

  static func name(of bytes: [UInt8]) -> FileName {
    var stem = bytes[...]
    var direction = Migration.Direction.up
    if stem.hasSuffix(".sql") { stem = stem.dropLast(4) }
    if stem.hasSuffix(".up") {
      stem = stem.dropLast(3)
    } else if stem.hasSuffix(".down") {
      stem = stem.dropLast(5)
      direction = .down
    }
    let name = String(decoding: stem, as: UTF8.self)
    return FileName(version: nil, name: name, direction: direction, key: name)
  }
}
