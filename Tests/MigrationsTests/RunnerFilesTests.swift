import Linting
import Testing

@testable import Migrations

@Suite("What runners tell migrations apart by")
struct RunnerFilesTests {
  /// What a runner makes of a folder `m`.
  private func files(_ runner: some RunnerDefinition, _ names: [String]) throws -> RunnerFiles {
    let folder = try TemporaryFolder()
    for name in names {
      let parts = name.split(separator: ":", maxSplits: 1).map(String.init)
      try folder.write(parts.count > 1 ? parts[1] : "SELECT 1;", to: "m/" + parts[0])
    }
    let makeFile = { @Sendable (path: RawPath) in FolderFile(path: path, content: nil, isReported: true) }
    let entries = try FileSystem.entries(of: folder.raw("m")).sorted { NaturalOrder.precedes($0.name, $1.name) }
    let paths = { (kind: FileSystem.Kind) in
      entries.filter { $0.kind == kind }.map { folder.raw("m").appending($0.name) }
    }
    return runner.files(
      in: MigrationFolder(
        path: folder.raw("m"),
        files: paths(.file).map(makeFile),
        subfolders: paths(.folder),
        exclusions: Exclusions(workingFolder: RawPath("/")),
        project: Project(of: folder.raw("m")),
        baseline: nil,
        makeFile: makeFile
      )
    )
  }

  struct Case: CustomTestStringConvertible, Sendable {
    let runner: any RunnerDefinition
    let files: [String]
    let keys: [String]
    var testDescription: String { "\(runner.name): \(files.joined(separator: ", "))" }
  }

  @Test(
    "is equal where they take two for one",
    arguments: [
      Case(runner: GolangMigrate(), files: ["01_a.up.sql", "1_b.up.sql"], keys: ["1", "1"]),
      Case(runner: Goose(), files: ["01_a.sql", "1_b.sql"], keys: ["1", "1"]),
      Case(runner: Dbmate(), files: ["01_a.sql", "1_b.sql"], keys: ["01", "1"]),
      Case(runner: Supabase(), files: ["01_a.sql", "01_b.sql", "1_b.sql"], keys: ["01", "01", "1"]),
      Case(runner: Sqlx(), files: ["01_a.sql", "1_b.up.sql"], keys: ["1", "1"]),
      Case(
        runner: Diesel(),
        files: ["2024-01-01-0_a/up.sql", "2024-01-010_b/up.sql"],
        keys: ["202401010", "202401010"]
      ),
      Case(runner: Hasura(), files: ["01_a/up.sql", "1_b/up.sql"], keys: ["1", "1"]),
      Case(runner: Flyway(), files: ["V01__a.sql", "V1.0__b.sql", "V1_0_0.sql"], keys: ["1", "1", "1"]),
      Case(runner: Flyway(), files: ["R__a_b.sql", "V0__a.sql"], keys: ["0", "R__a b"]),
      Case(runner: Prisma(), files: ["1_a/migration.sql", "1_b/migration.sql"], keys: ["1_a", "1_b"]),
      Case(runner: NodePgMigrate(), files: ["1_a.sql", "1_b.sql"], keys: ["1_a", "1_b"]),
      Case(runner: Atlas(), files: ["1.a_x.sql", "1_y.sql"], keys: ["1.a", "1"]),
      Case(runner: Graphile(), files: ["committed/1-a.sql", "committed/01-b.sql"], keys: ["01", "1"]),
      Case(runner: Liquibase(), files: ["1_a.sql", "1_b.sql"], keys: ["1_a.sql", "1_b.sql"]),
    ]
  )
  func keys(expected: Case) throws {
    #expect(try files(expected.runner, expected.files).files.map(\.name.key) == expected.keys)
  }

  @Test("what stands for earlier migrations begins the history where these are gone, and is left out where not")
  func starts() throws {
    let flyway = try files(Flyway(), ["B1__a.sql", "B3__b.sql", "V4__c.sql"])
    #expect(flyway.files.map(\.file.stem) == ["B3__b", "V4__c"])
    #expect(flyway.setAside.map(\.file.stem) == ["B1__a"])
    let late = try files(Flyway(), ["B3__b.sql", "V3__a.sql", "V4__c.sql"])
    #expect(late.files.map(\.file.stem) == ["V3__a", "V4__c"])
    let atlas = try files(Atlas(), ["1_a.sql:-- atlas:checkpoint\n\nSELECT 1;", "2_b.sql"])
    #expect(atlas.files.map(\.file.stem) == ["1_a", "2_b"])
  }

  @Test("what is set aside on purpose is no misnamed migration")
  func setAside() throws {
    let atlas = try files(Atlas(), ["1_a.sql", "2_b.sql:-- atlas:checkpoint\n\nSELECT 1;"])
    #expect(atlas.setAside.map(\.file.stem) == ["2_b"] && atlas.ignored.isEmpty)
    let authelia = try files(Authelia(), ["V0001.A.all.up.sql", "V0001.A.mysql.up.sql"])
    #expect(authelia.setAside.map(\.file.stem) == ["V0001.A.mysql.up"] && authelia.ignored.isEmpty)
  }

  @Test("some keep checksums of the text")
  func checksums() {
    let names = Runner.allCases.filter(\.definition.verifiesText).map(\.rawValue).sorted()
    #expect(names == ["atlas", "flyway", "graphile-migrate", "refinery", "sqlx"])
  }

  @Test("versions of any size compare as numbers")
  func hugeVersions() throws {
    let names = ["V20240101000000000000000000000__b.sql", "V3__a.sql", "V100000000000000000000__c.sql"]
    let order = try files(Flyway(), names).files.map(\.name.name)
    #expect(order == ["a", "c", "b"])
  }
}
