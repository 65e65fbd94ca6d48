import enum Syntax.NearestName
import Configuration
import Catalog
import Execution
import ArgumentParser
import Linting
import Migrations
import Reports
import Threading

/// `sqllint schema PATH`
struct SchemaCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "schema",
    abstract: "Print the schema at the end of the migrations, without a database."
  )

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case sql, json
  }

  @Argument(help: ArgumentHelp("The folder that holds the migrations.", valueName: "path"), completion: .directory)
  var path: String

  @Option(help: ArgumentHelp("The last migration that counts, by its version.", valueName: "version"))
  var at: String?

  @Option(help: "As SQL that PostgreSQL accepts, or as JSON.")
  var format = Format.sql

  @Option(help: "What runs the migrations (default: detected from the names of the files).")
  var runner: Runner?

  func run() throws {
    var database = Database()
    for pair in try history() {
      FaultReport.note(file: pair.up.path)
      database.run(pair.up, targetVersion: 17)
    }
    FaultReport.note(file: "")
    switch format {
    case .sql: try OutputFile.standardOutput.write(SchemaText.render(database))
    case .json: try OutputFile.standardOutput.write(SchemaJSON.render(database))
    }
  }

  /// The migrations up to the one that was asked for.
  private func history() throws(CommandFailure) -> [MigrationPair] {
    let histories: [History]
    do throws(LoadingFailure) {
      let sources = RawArguments.paths(shownAs: path).map(MigrationSource.stored)
      histories = try MigrationLoader(
        runner: runner,
        exclusions: Exclusions(workingFolder: FileSystem.workingFolder())
      ).load(sources)
    } catch {
      throw CommandFailure(error.problems.map(\.description))
    }
    guard histories.count == 1, let history = histories.first else {
      throw CommandFailure(
        "\(path) holds \(histories.count) histories, each with a schema of its own: give the folder of one"
      )
    }
    guard let at else { return try readable(history.migrations, of: history) }
    guard let last = history.migrations.lastIndex(where: { $0.up.isNamed(at) }) else {
      let versions = history.migrations.compactMap(\.up.version)
      let near = NearestName.candidates(for: at, among: versions)
      let hint =
        near.isEmpty ? "the last is \(versions.last ?? "none")" : "did you mean \(NearestName.alternatives(near))?"
      throw CommandFailure("--at: there is no migration \(at) in \(path); \(hint)")
    }
    return try readable(Array(history.migrations[...last]), of: history)
  }

  /// A schema without what was not read would be another one.
  private func readable(_ migrations: [MigrationPair], of history: History) throws(CommandFailure) -> [MigrationPair] {
    let reasons = (migrations.map(\.up) + history.misnamed).compactMap { file in
      file.unreadable.map { "\(file.path.shownName): \($0)" }
    }
    guard reasons.isEmpty else { throw CommandFailure(reasons) }
    return migrations
  }
}
