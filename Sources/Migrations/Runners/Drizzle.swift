import Foundation
import Linting

/// Drizzle: `meta/_journal.json` lists the files, or from 1.0 on each folder with `migration.sql` and `snapshot.json` is a
/// migration. Statements between breakpoints one after the other, all migrations of a run in one transaction.
///
/// Source: drizzle-orm, `src/migrator.ts`, `readMigrationFiles`; `src/pg-core/dialect.ts`, `migrate`; for 1.0
/// `src/migrator.utils.ts` and `src/pg-core/async/session.ts`.
struct Drizzle: RunnerDefinition {
  let name = "drizzle"
  let ownTables = ["__drizzle_migrations"]
  let afterFailure = Migration.Failure(
    "`__drizzle_migrations` names none of the migrations of this run",
    recovery: "fix the file and run `drizzle-kit migrate` again"
  )
  var sendsSectionsWhole: Bool { false }
  // Source: drizzle-orm, issue 860, which is open.
  var sendsWithoutTransaction: Bool { false }
  private static let journal = "meta/_journal.json"

  var isToldByCompanion: Bool { true }

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
    let tags: [String]
    do throws(Refusal) {
      tags = try Self.tags(in: folder.text(of: Self.journal) ?? "")
    } catch {
      result.ignored = folder.files.map { ($0, error.reason) }
      return result
    }
    let files = Dictionary(folder.files.map { ($0.stem, $0) }) { first, _ in first }
    let isAllReported = folder.files.allSatisfy(\.isReported)
    for tag in tags {
      let (digits, rest) = tag.leadingDigits ?? ("", tag)
      let name = FileName(version: digits.isEmpty ? nil : digits, name: String(rest.drop { $0 == "_" }), key: tag)
      // A file that is listed and missing stops it: reading it will say so.
      let file =
        files[tag]
        ?? FolderFile(
          path: folder.path.appending(Array("\(tag).sql".utf8)),
          content: nil,
          isReported: isAllReported
        )
      result.files.append(.init(file: file, name: name))
    }
    let listed = Set(tags)
    result.ignored = folder.files.filter { !listed.contains($0.stem) }
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

  /// Why the files of a journal are not known, for people.
  private struct Refusal: Error {
    let reason: String
  }

  /// Of thousands of migrations a journal has as much; Foundation's decoder takes a hundred times the memory.
  private static let maximumJournal = 2 << 20

  /// The entries of the journal, in its order.
  private static func tags(in json: String) throws(Refusal) -> [String] {
    struct Journal: Decodable {
      struct Entry: Decodable { let tag: String }
      let entries: [Entry]
    }
    guard json.utf8.count <= maximumJournal else {
      throw Refusal(reason: "\(journal) has \(json.utf8.count) bytes, more than the \(maximumJournal) that are read")
    }
    guard let found = try? JSONDecoder().decode(Journal.self, from: Data(json.utf8)) else {
      throw Refusal(reason: "Drizzle stops at \(journal), which is not the JSON that it expects")
    }
    let tags = found.entries.map(\.tag)
    guard !tags.contains(where: { $0.split(separator: "/").contains("..") || $0.contains("\0") }) else {
      throw Refusal(reason: "\(journal) lists a file outside of its folder")
    }
    return tags
  }
}
