import Linting
import Rules
import Testing
import Threading

@testable import Migrations

extension TemporaryFolder {
  /// The lines of the file that a migration's statements start in, and their texts.
  fileprivate static func places(_ migration: Migration) -> [String] {
    migration.script.statements.map { statement in
      let (source, range) = migration.script.source.file(of: statement.range)
      return "\(source.location(of: range.lowerBound).line): \(source[range])"
    }
  }

  fileprivate func load(
    _ names: String...,
    runner: Runner? = nil,
    excluding patterns: [String] = []
  ) throws -> [History] {
    try load(names.map { .stored(raw($0)) }, runner: runner, excluding: patterns)
  }

  fileprivate func load(
    _ sources: [MigrationSource],
    runner: Runner? = nil,
    excluding patterns: [String] = []
  ) throws -> [History] {
    var exclusions = Exclusions(workingFolder: FileSystem.workingFolder())
    exclusions.add(patterns.map(PathPattern.init), writtenIn: raw(""))
    return try MigrationLoader(runner: runner, exclusions: exclusions).load(sources)
  }

  /// A history in short: `up <- down`, unreported files in parentheses, orphans as `<- down`.
  fileprivate func outline(_ history: History) -> [String] {
    func name(_ migration: Migration) -> String {
      let name = relative(migration.path)
      return migration.isReported ? name : "(\(name))"
    }
    return history.migrations.map { pair in name(pair.up) + (pair.down.map { " <- \(name($0))" } ?? "") }
      + history.orphanedDowns.map { "<- \(name($0))" }
  }
}

@Suite("Histories")
struct MigrationLoaderTests {
  @Test("golang-migrate's files are ordered by number and paired")
  func golangMigrate() throws {
    let folder = try TemporaryFolder(files: [
      "10_c.up.sql", "10_c.down.sql", "9_b.up.sql", "000001_a.up.sql", "1_a.down.sql", "11_d.down.sql", "seed.sql",
      "README.md",
    ])
    let history = try #require(try folder.load("").first)
    #expect(
      folder.outline(history) == [
        "000001_a.up.sql <- 1_a.down.sql", "9_b.up.sql", "10_c.up.sql <- 10_c.down.sql", "<- 11_d.down.sql",
      ]
    )
    #expect(history.ignored.map { folder.relative($0.path) } == ["seed.sql"])
    #expect(history.ignored.first?.reason.contains("VERSION_name.up.sql") == true)
    let first = try #require(history.migrations.first).up
    #expect(first.version == "000001")
    #expect(first.name == "a")
    #expect(first.runner == "golang-migrate")
    #expect(first.script.source[0..<18] == "-- 000001_a.up.sql")
  }

  @Test("SQL outside of all sections of a file is reported, and comments at its head count for the file")
  func strayText() throws {
    let folder = try TemporaryFolder()
    try folder.write("-- +goose Up\nSELECT 1;\n", to: "1_a.sql")
    try folder.write("DROP TABLE a;\n", to: "2_b.sql")
    try folder.write(
      "-- sqllint:allow-file table-dropped unused\nSELECT 0;\n-- +goose Up\nDROP TABLE a;\n",
      to: "3_c.sql"
    )
    let report = Linter(rules: AllRules.all, policy: Policy())
      .lint(try folder.load(""), toolVersion: "", grammarVersion: "")
    let found = report.migrations.flatMap { migration in
      migration.findings.map { finding in
        let line = migration.migration.script.source.location(of: finding.range.lowerBound).line
        return
          "\(folder.relative(migration.migration.path)):\(line) \(finding.rule)\(finding.isSuppressed ? " allowed" : "")"
      }
    }
    #expect(
      found == ["2_b.sql:1 file-unreadable", "3_c.sql:2 file-unreadable", "3_c.sql:4 table-dropped allowed"]
    )
  }

  @Test("a runner that is asked for and runs nothing is an error")
  func nothingToRun() throws {
    let folder = try TemporaryFolder(files: ["1_a.up.sql"])
    #expect(throws: LoadingFailure(problems: [.nothingToRun(runner: "sqitch")])) {
      try folder.load("", runner: Runner(rawValue: "sqitch"))
    }
  }

  @Test("a file of another encoding tells of its runner too, and of a mark that the server refuses")
  func byteOrderMarks() throws {
    let folder = try TemporaryFolder()
    try folder.write("\u{FEFF}-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n", to: "goose/1_a.sql")
    try folder.write("\u{FEFF}SELECT 1;\n", to: "migrate/1_a.up.sql")
    let goose = try #require(try folder.load("goose").first)
    #expect(goose.origin?.runner == "goose" && goose.migrations.first?.down != nil)
    let migrate = try #require(try folder.load("migrate").first?.migrations.first?.up)
    #expect(migrate.unreadable?.contains("byte order mark") == true)
  }

  @Test("the folder of one migration stands for its files, beside the others of the history")
  func ownFolder() throws {
    let folder = try TemporaryFolder(files: [
      "m/2024-01-01-000000_a/up.sql", "m/2024-01-01-000000_a/down.sql", "m/2024-01-02-000000_b/up.sql",
      "m/2024-01-02-000000_b/down.sql",
    ])
    let history = try #require(try folder.load("m/2024-01-02-000000_b").first)
    #expect(history.origin?.runner == "diesel")
    #expect(
      folder.outline(history) == [
        "(m/2024-01-01-000000_a/up.sql)", "m/2024-01-02-000000_b/up.sql <- m/2024-01-02-000000_b/down.sql",
      ]
    )
  }

  @Test("files of a folder beside others that nobody knows the runner of are paired by their names")
  func plainPairs() throws {
    let folder = try TemporaryFolder(files: ["a_down.sql", "a_up.sql", "b.down.sql", "b.sql", "c_down.sql"])
    #expect(
      folder.outline(try #require(try folder.load("").first)) == [
        "a_up.sql <- a_down.sql", "b.sql <- b.down.sql", "c_down.sql",
      ]
    )
  }

  @Test(
    "of files for several database systems those for PostgreSQL are read, paired by what their names have in common"
  )
  func dialects() throws {
    let folder = try TemporaryFolder(files: [
      "1_a.postgres.up.sql", "1_a.mysql.up.sql", "1_a.down.sql", "2_b.PG.up.sql", "2_b.up.sql", "2_b.sqlite3.up.sql",
      "2_b.pg.down.sql", "3_c.up.sql", "4_mysql.up.sql",
    ])
    let history = try #require(try folder.load("").first)
    #expect(
      folder.outline(history) == [
        "1_a.postgres.up.sql <- 1_a.down.sql", "2_b.PG.up.sql <- 2_b.pg.down.sql", "3_c.up.sql", "4_mysql.up.sql",
      ]
    )
    let reasons = Dictionary(history.ignored.map { (folder.relative($0.path), $0.reason) }) { first, _ in first }
    #expect(reasons.keys.sorted() == ["1_a.mysql.up.sql", "2_b.sqlite3.up.sql", "2_b.up.sql"])
    #expect(reasons["2_b.sqlite3.up.sql"] == "its name says that it is for SQLite")
    #expect(history.migrations.allSatisfy { $0.up.unreadable == nil && $0.up.name != "a.postgres" })
    let alone = try #require(try folder.load("1_a.postgres.up.sql", "1_a.mysql.up.sql").first)
    #expect(folder.outline(alone) == ["1_a.postgres.up.sql"] && alone.ignored.count == 1)
    #expect(alone.origin?.runner == "plain")
  }

  @Test("a system in a name means nothing where no file beside it is for another one")
  func noDialects() throws {
    let folder = try TemporaryFolder(files: ["1_a.mysql.sql", "2_b.sqlite.sql"])
    let history = try #require(try folder.load("").first)
    #expect(folder.outline(history) == ["1_a.mysql.sql", "2_b.sqlite.sql"] && history.ignored.isEmpty)
  }

  @Test("of folders for several database systems the one for PostgreSQL is read, and any that is given by name")
  func dialectFolders() throws {
    let folder = try TemporaryFolder(files: [
      "m/postgres/1_a.up.sql", "m/mysql/1_a.up.sql", "m/sqlite/deep/1_a.up.sql", "m/oracle/README",
      "n/mysql/1_a.up.sql",
    ])
    let histories = try folder.load("m")
    #expect(histories.map(folder.outline) == [["m/postgres/1_a.up.sql"]])
    let ignored = histories.flatMap(\.ignored)
    #expect(ignored.map { folder.relative($0.path) } == ["m/mysql", "m/sqlite"])
    #expect(ignored.first?.reason == "it is for MySQL: what is for PostgreSQL is in postgres beside it")
    #expect(try folder.load("m/mysql").map(folder.outline) == [["m/mysql/1_a.up.sql"]])
    #expect(try folder.load("n").map(folder.outline) == [["n/mysql/1_a.up.sql"]])
  }

  @Test("plain files are sent as psql does, which goes on behind an error unless the script says otherwise")
  func psql() throws {
    let folder = try TemporaryFolder()
    try folder.write("SELECT 1;\nSELECT 2;\n", to: "1.sql")
    try folder.write("\\set ON_ERROR_STOP\nSELECT 1;\n", to: "2.sql")
    try folder.write("\\set ON_ERROR_STOP 'tru'\nSELECT 1;\n", to: "3.sql")
    try folder.write("\\set ON_ERROR_STOP off\nSELECT 1;\n\\set ON_ERROR_STOP on\n", to: "4.sql")
    let ups = try #require(try folder.load("").first).migrations.map(\.up)
    #expect(ups.allSatisfy { $0.transactionMode == .none })
    #expect(ups.map(\.goesOnAfterErrors) == [true, false, false, true])
    #expect(
      ups.map(\.failure.state)
        == ["goes on", "exits", "exits", "goes on"].map { word in
          ups.map(\.failure.state).first { $0.contains(word) }
        }
    )
  }

  @Test("the marks of a runner that could run none of the files still tell what is down")
  func marks() throws {
    let folder = try TemporaryFolder()
    try folder.write("-- +goose Up\nSELECT 1;\n-- +goose Down\nSELECT 2;\n", to: "users.sql")
    let history = try #require(try folder.load("").first)
    #expect(history.origin?.runner == "plain" && history.origin?.evidence.contains("goose") == true)
    let pair = try #require(history.migrations.first)
    #expect(history.migrations.count == 1 && pair.up.script.statements.count == 1)
    #expect(pair.down?.script.statements.count == 1)
  }

  @Test("two files of one version are both kept, each with the down file of its name")
  func duplicateVersions() throws {
    let folder = try TemporaryFolder(files: [
      "1_b.up.sql", "1_a.up.sql", "1_b.down.sql", "1_a.down.sql", "2_x.up.sql", "2_y.up.sql", "2_z.down.sql",
    ])
    let history = try #require(try folder.load("").first)
    #expect(
      folder.outline(history) == [
        "1_a.up.sql <- 1_a.down.sql", "1_b.up.sql <- 1_b.down.sql", "2_x.up.sql <- 2_z.down.sql", "2_y.up.sql",
      ]
    )
  }

  @Test("a folder of plain files is read in natural order")
  func plain() throws {
    let folder = try TemporaryFolder(files: ["10.sql", "9.sql", "V1.x.up.sql", "V1.x.down.sql", "a.SQL"])
    let history = try #require(try folder.load("").first)
    #expect(folder.outline(history) == ["9.sql", "10.sql", "V1.x.up.sql <- V1.x.down.sql", "a.SQL"])
    #expect(history.migrations.first?.up.runner == "plain")
    #expect(history.migrations.first?.up.version == nil)
  }

  @Test("the runner can be forced")
  func forcedRunner() throws {
    let folder = try TemporaryFolder(files: ["1_a.up.sql", "seed.sql"])
    #expect(try folder.load("", runner: Runner(Plain())).map(folder.outline) == [["1_a.up.sql", "seed.sql"]])
    let other = try TemporaryFolder(files: ["b.sql"])
    let history = try #require(other.load("", runner: Runner(GolangMigrate())).first)
    #expect(history.migrations.isEmpty)
    #expect(history.ignored.count == 1)
  }

  @Test("each folder with SQL in it is a history of its own, in natural order")
  func foldersBelow() throws {
    let folder = try TemporaryFolder(files: ["m/10/a.sql", "m/9/b.sql", "m/c.sql", "m/empty/README", "m/.git/x.sql"])
    #expect(try folder.load("m").map(folder.outline) == [["m/c.sql"], ["m/9/b.sql"], ["m/10/a.sql"]])
  }

  @Test("several paths are several histories, and a folder is read once")
  func severalPaths() throws {
    let folder = try TemporaryFolder(files: ["b/1_x.up.sql", "a/1_y.up.sql"])
    let histories = try folder.load("b", "a", "b", "a/1_y.up.sql", "a/../b")
    #expect(histories.map(folder.outline) == [["b/1_x.up.sql"], ["a/1_y.up.sql"]])
  }

  @Test("a file is read with the migrations before it, and with its down migration")
  func singleFile() throws {
    let folder = try TemporaryFolder(files: [
      "1_a.up.sql", "1_a.down.sql", "2_b.up.sql", "2_b.down.sql", "3_c.up.sql", "seed.sql",
    ])
    let histories = try folder.load("2_b.up.sql")
    #expect(histories.map(folder.outline) == [["(1_a.up.sql)", "2_b.up.sql <- (2_b.down.sql)"]])
    #expect(histories.flatMap(\.ignored).isEmpty)
    #expect(try folder.load("1_a.down.sql").map(folder.outline) == [["(1_a.up.sql) <- 1_a.down.sql"]])
  }

  @Test("several files of a folder are one history, in its order")
  func severalFiles() throws {
    let folder = try TemporaryFolder(files: ["1_a.up.sql", "2_b.up.sql", "3_c.up.sql", "4_d.up.sql", "seed.sql"])
    let histories = try folder.load("3_c.up.sql", "1_a.up.sql", "seed.sql", "3_c.up.sql")
    #expect(histories.map(folder.outline) == [["1_a.up.sql", "(2_b.up.sql)", "3_c.up.sql"]])
    #expect(histories.flatMap(\.ignored).map { folder.relative($0.path) } == ["seed.sql"])
  }

  @Test("a plain file stands for itself, unless the folder is said to be a history")
  func plainFile() throws {
    let folder = try TemporaryFolder(files: ["a.sql", "b.sql", "c.sql", "notes.txt"])
    #expect(try folder.load("b.sql").map(folder.outline) == [["b.sql"]])
    #expect(try folder.load("c.sql", "a.sql").map(folder.outline) == [["a.sql", "c.sql"]])
    #expect(try folder.load("b.sql", runner: Runner(Plain())).map(folder.outline) == [["(a.sql)", "b.sql"]])
    #expect(try folder.load("notes.txt").map(folder.outline) == [["notes.txt"]])
  }

  @Test("text takes the place of its file in the history")
  func text() throws {
    let folder = try TemporaryFolder(files: ["1_a.up.sql", "2_b.up.sql"])
    let edited = try folder.load([.text(Array("edited".utf8), path: folder.raw("2_b.up.sql"))])
    #expect(edited.map(folder.outline) == [["(1_a.up.sql)", "2_b.up.sql"]])
    #expect(edited.first?.migrations.last?.up.script.source.utf8 == Array("edited".utf8))
    let new = try folder.load([.text([], path: folder.raw("3_new.up.sql"))])
    #expect(new.map(folder.outline) == [["(1_a.up.sql)", "(2_b.up.sql)", "3_new.up.sql"]])
    let elsewhere = try folder.load([.text([], path: folder.raw("nowhere/x.sql"))])
    #expect(elsewhere.map(folder.outline) == [["nowhere/x.sql"]])
  }

  @Test("excluded files are left out, also those given by name")
  func exclusions() throws {
    let folder = try TemporaryFolder(files: ["m/1_a.up.sql", "m/2_b.up.sql", "m/seeds/x.sql", "m/seed.sql"])
    let patterns = ["m/1_*", "seeds", "seed.sql"]
    let histories = try folder.load("m", excluding: patterns)
    #expect(histories.map(folder.outline) == [["m/2_b.up.sql"]])
    #expect(histories.flatMap(\.ignored).isEmpty)
    #expect(try folder.load("m/1_a.up.sql", excluding: patterns).isEmpty)
    #expect(try folder.load("m/2_b.up.sql", excluding: patterns).map(folder.outline) == [["m/2_b.up.sql"]])
    #expect(try folder.load("m/seeds", excluding: patterns).isEmpty)
  }

  @Test("what does not exist or holds no migrations is an error, all of them at once")
  func problems() throws {
    let folder = try TemporaryFolder(files: ["empty/README.md", "1_a.up.sql/README.md"])
    let expected = LoadingFailure(problems: [
      .missing(path: folder.path + "/gone"), .noMigrations(folder: folder.path + "/empty"),
      .missing(path: folder.path + "/empty/README.md/x.sql"),
    ])
    #expect(throws: expected) { try folder.load("gone", "empty", "empty/README.md/x.sql") }
    #expect(expected.problems.map(\.description).allSatisfy { $0.contains("give the folder that holds") })
  }

  @Test("progress counts every file")
  func progress() throws {
    let folder = try TemporaryFolder(files: (1...50).map { "\($0)_x.up.sql" })
    let seen = Counter()
    _ = try MigrationLoader(exclusions: Exclusions(workingFolder: RawPath("/"))).load([
      .stored(folder.raw(""))
    ]) { progress in
      #expect(progress.total == 50)
      #expect((1...50).contains(progress.done))
      _ = seen.next()
    }
    #expect(seen.next() == 51)
  }

  @Test("threads leave no number out, keep the order, and have room for deep recursion")
  func threads() {
    #expect(WorkerThreads.map(1000) { $0 * 2 } == (0..<1000).map { $0 * 2 })
    #expect(WorkerThreads.map(0) { $0 }.isEmpty)
    #expect(WorkerThreads.run { depth(200_000) } == 200_000)
  }

  @Test("Sections of a file, however many, keep their places in it and their down migrations")
  func manySections() throws {
    let folder = try TemporaryFolder()
    let sections = (1...5).map { number in
      """
      -- +goose Up
      SELECT \(number); -- first
      -- +goose StatementBegin
      SELECT 'é'; SELECT \(number);
      -- +goose StatementEnd
      -- +goose Down
      SELECT -\(number);

      """
    }
    try folder.write(sections.joined(), to: "1_a.sql")
    let pairs = try #require(try folder.load("").first).migrations
    #expect(pairs.count == 5)
    for (index, pair) in pairs.enumerated() {
      let line = index * 7
      #expect(
        TemporaryFolder.places(pair.up) == [
          "\(line + 2): SELECT \(index + 1)", "\(line + 4): SELECT 'é'", "\(line + 4): SELECT \(index + 1)",
        ]
      )
      #expect(pair.up.queries == [0..<1, 1..<3])
      #expect(pair.down.map(TemporaryFolder.places) == ["\(line + 7): SELECT -\(index + 1)"])
    }
  }
}

/// Recursion that no optimiser makes a loop of.
private func depth(_ count: Int) -> Int {
  count == 0 ? 0 : [count].reduce(0) { _, next in depth(next - 1) } + 1
}
