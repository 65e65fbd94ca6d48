import Foundation
import Syntax
import Testing

/// Folders that tests read.
enum FixtureFolder {
  static let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent()

  /// Migrations of public projects, on machines that have them.
  static var corpora: URL? {
    let folder = package.deletingLastPathComponent().appending(path: "shared/corpora")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }

  /// A new folder with what `Scripts/make-hostile-fixtures` makes.
  static func hostile(_ groups: [String]) throws -> URL {
    let folder = FileManager.default.temporaryDirectory.appending(path: "sqllint-hostile-\(UUID().uuidString)")
    let process = Process()
    process.executableURL = package.appending(path: "Scripts/make-hostile-fixtures")
    process.arguments = [folder.path] + groups
    try process.run()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0)
    return folder
  }

  /// The regular files below a folder whose name ends in `.sql`, sorted.
  static func sqlFiles(in folder: URL) -> [URL] {
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    let found = files.map { $0.compactMap { $0 as? URL } } ?? []
    return found.filter { url in
      let values = try? url.resourceValues(forKeys: [.isRegularFileKey])
      return url.pathExtension == "sql" && values?.isRegularFile == true
    }
    .sorted { $0.path < $1.path }
  }
}
