import Foundation
import Linting

/// Drizzle: `meta/_journal.json` lists the files, or from 1.0 on each folder with `migration.sql` and `snapshot.json` is a
/// migration. Statements between breakpoints one after the other, all migrations of a run in one transaction.
///
/// Source: drizzle-orm, `src/migrator.ts`, `readMigrationFiles`; `src/pg-core/dialect.ts`, `migrate`; for 1.0
/// `src/migrator.utils.ts` and `src/pg-core/async/session.ts`.
struct Drizzle: RunnerDefinition {
  let name = "drizzle"
  var sendsSectionsWhole: Bool { false }
  private static let journal = "meta/_journal.json"

  func evidence(in folder: MigrationFolder) -> String? {
    if folder.has(Self.journal) { return "there is meta/_journal.json" }
    let known = folder.subfolders.count {
      folder.file("migration.sql", in: $0) != nil && folder.file("snapshot.json", in: $0) != nil
    }
    return known > folder.files.count ? "folders hold migration.sql and snapshot.json" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.has(Self.journal) ? listedFiles(in: folder) : foldered(in: folder)
  }

  private func listedFiles(in folder: MigrationFolder) -> RunnerFiles {
    var result = RunnerFiles()
    guard let tags = Self.tags(in: folder.text(of: Self.journal) ?? "") else {
      result.ignored = folder.files.map {
        ($0, "Drizzle stops at \(Self.journal), which is not the JSON that it expects")
      }
      return result
    }
    for tag in tags {
      let (digits, rest) = tag.leadingDigits ?? ("", tag)
      let name = FileName(version: digits.isEmpty ? nil : digits, name: String(rest.drop { $0 == "_" }), key: tag)
      // A file that is listed and missing stops it: reading it will say so.
      let file =
        folder.files.first { $0.stem == tag }
        ?? FolderFile(
          path: folder.path.appending(Array("\(tag).sql".utf8)),
          content: nil,
          isReported: folder.files.allSatisfy(\.isReported)
        )
      result.files.append(.init(file: file, name: name))
    }
    result.ignored = folder.files.filter { !tags.contains($0.stem) }
      .map { ($0, "Drizzle does not run it: meta/_journal.json does not list it") }
    // It runs what was made later than the last one that has run.
    result.lateVersions = .skips
    return result
  }

  private func foldered(in folder: MigrationFolder) -> RunnerFiles {
    folder.foldered(["migration.sql": .up, "down.sql": .down]) { subfolder in
      let name = String(decoding: subfolder.name, as: UTF8.self)
      return (name.leadingDigits?.digits ?? name, name)
    }
  }

  // Source: `src/migrator.utils.ts`, `getMigrationsToRun`, takes all folders whose names are not in its table.
  var lateVersions: History.ConflictPolicy? { .runs }
  var joinsMigrations: Bool { true }

  /// The entries of the journal, in its order; `nil` where it is no such thing.
  private static func tags(in json: String) -> [String]? {
    struct Journal: Decodable {
      struct Entry: Decodable { let tag: String }
      let entries: [Entry]
    }
    return (try? JSONDecoder().decode(Journal.self, from: Data(json.utf8)))?.entries.map(\.tag)
  }
}
