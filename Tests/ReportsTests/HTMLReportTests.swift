import Execution
import Foundation
import Linting
import PostgresParser
import Rules
import Syntax
import Testing

@testable import Reports

@Suite("The page")
struct HTMLReportTests {
  private func page(_ report: Report, rules: [any Rule] = []) -> String {
    ReportFormat.html.render(report, rules: rules)
  }

  @Test("looks as it did when it was approved of, but for its style and its script")
  func rendering() throws {
    let page = page(try SampleReport.report(), rules: SampleRule.all)
    var body = page
    for resource in Self.resources {
      body = body.replacing(resource.text.description, with: "…").replacing(resource.digest, with: "…")
    }
    try Rendering("report.html").expect(body)
  }

  private static let resources = PageFrame.styles + PageFrame.scripts + [HTMLReport.script]

  @Test(
    "names the digests of its style and its scripts, so that nothing else may run",
    arguments: resources.map { ($0.text.description, $0.digest) }
  )
  func digests(_ text: String, _ digest: String) throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "sqllint-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: file) }
    try Data(text.utf8).write(to: file)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["sha256sum", file.path]
    let answer = Pipe()
    process.standardOutput = answer
    try process.run()
    let output = String(decoding: answer.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let hexadecimal = Array(output.prefix(64).utf8)
    try #require(hexadecimal.count == 64)
    let bytes = stride(from: 0, to: 64, by: 2).compactMap {
      UInt8(String(decoding: hexadecimal[$0..<$0 + 2], as: UTF8.self), radix: 16)
    }
    #expect("sha256-" + Data(bytes).base64EncodedString() == digest)
  }

  private static let hostile = [
    "<img src=x onerror=alert(1)>", "</script><script>alert(1)</script>", "</style><svg onload=alert(1)>",
    "\" onfocus=alert(1) autofocus x=\"", "' onfocus='alert(1)", "&lt;img&gt;", "<!--", "]]>", "javascript:alert(1)",
    "\u{202E}<b>\u{2066}", "\u{1}\u{8}\u{7F}\u{FEFF}",
  ]

  @Test("takes no name, path, message or fix for markup", arguments: hostile)
  func hostileText(_ text: String) throws {
    var policy = Policy()
    policy.approvals[.high] = text
    let name = text.replacing("\"", with: "\"\"")
    let statement = "DROP TABLE \"\(name)\""
    let effects = StatementEffects(
      relations: [.table(text, .accessExclusive)],
      losses: [.table(QualifiedName(schema: "public", text))],
      unknowns: [text]
    )
    let finding = FindingLiteral(
      rule: "table-dropped",
      risk: .high,
      tokens: statement,
      message: text,
      fix: Finding.Fix(text, migrations: [text])
    )
    let report = Report(
      [try MigrationReport("m/\(text).sql", statement + ";", risk: .high, effects: [effects], findings: [finding])],
      ignored: [.init(path: text, reason: text)],
      policy: policy
    )
    let page = page(report)
    let usual = self.page(try Report.finding("x", fix: Finding.Fix("x", migrations: ["x"])))
    #expect(tags(of: page).isSubset(of: tags(of: usual).union(["details", "dl", "dt", "dd", "svg", "path", "ul"])))
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(!page.contains(/<[^>]*\son[a-z]+\s*=/))
    #expect(!page.contains(/<[^>]*(?:href|src)=(?!"#[a-z0-9]+")/))
    // It is shown, as text.
    let shown = text.visible.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    #expect(page.contains("<p>" + "<b class=\"r2\">High</b> " + shown + " "))
  }

  private func tags(of page: String) -> Set<String> {
    var body = page
    for resource in Self.resources { body = body.replacing(resource.text.description, with: "") }
    return Set(body.matches(of: /<([a-z!][a-z0-9-]*)/).map { String($0.1) })
  }

  @Test("shows a deployment in full, and of a long history's older migrations what is risky")
  func brief() throws {
    func report(_ count: Int) throws -> Report {
      Report(
        try (1...count).map { number in
          let sql = (1...40).map { "CREATE TABLE t\(number)_\($0) (id bigint, note text DEFAULT 'quiet');" }
          return try MigrationReport("m/\(number)_a.up.sql", (sql + ["DROP TABLE old;"]).joined(separator: "\n"))
        }
      )
    }
    #expect(page(try report(20)).components(separatedBy: "DEFAULT 'quiet'").count == 801)
    let long = page(try report(500))
    #expect(long.contains("are shown in full, of older ones what is risky"))
    #expect(long.utf8.count < 3_000_000)
  }

  @Test("groups the timeline by year where versions are dates")
  func periods() {
    func page(_ names: [String]) -> String {
      self.page(Report(names.map { HTMLReportTests.history([($0, "SELECT 1;")]).migrations[0] }))
    }
    let dated = page((0..<14).map { "20\(10 + $0 / 5)0101000000_a" })
    #expect(dated.matches(of: /<div class="period"><h3>(\d+)<\/h3>/).map { String($0.1) } == ["2010", "2011", "2012"])
    #expect(page((1...14).map { "\($0)_a" }).components(separatedBy: "class=\"period\"").count == 2)
  }

  /// The report on migrations of one folder, each a file's name without its ending and its SQL.
  static func history(_ migrations: [(name: String, sql: String)]) -> Report {
    let pairs = migrations.map { name, sql in
      let source = SourceText(path: "m/\(name).up.sql", text: sql)
      let parts = name.split(separator: "_", maxSplits: 1).map(String.init)
      return MigrationPair(
        up: Migration(
          path: source.path,
          version: parts[0],
          name: parts.count > 1 ? parts[1] : "",
          direction: .up,
          runner: "golang-migrate",
          transactionMode: .implicit,
          script: PostgresParser.parse(source)
        ),
        down: nil
      )
    }
    return Linter(rules: AllRules.all, policy: Policy())
      .lint([History(migrations: pairs)], toolVersion: "1.2.3", grammarVersion: "17")
  }
}

@Suite("The page's drawings")
struct PageDrawingTests {
  private func charts(_ sql: String, before: String = "CREATE TABLE a (id int); CREATE TABLE b (id int);")
    -> [LockChart]
  {
    let report = HTMLReportTests.history([("1_a", before), ("2_b", sql)])
    let migration = report.migrations[1]
    return migration.transactions.compactMap { transaction in
      LockChart(
        of: transaction,
        statements: migration.statements.indices.filter {
          migration.statements[$0].transaction == transaction.number
        },
        in: migration
      )
    }
  }

  @Test("a bar begins where the lock is taken, grows stronger, and lasts to the end of the transaction")
  func segments() throws {
    let chart = try #require(
      charts("SELECT 1; CREATE INDEX ON a (id); ALTER TABLE a ADD x int; UPDATE b SET id = 1; DROP TABLE b;").first
    )
    #expect(chart.statements == [0, 1, 2, 3, 4])
    #expect(chart.bars.map(\.relation.name) == ["a", "b"])
    #expect(chart.bars[0].segments.map(\.start) == [1, 2])
    #expect(chart.bars[0].segments.map(\.mode) == [.share, .accessExclusive])
    #expect(chart.end(of: 0, in: chart.bars[0]) == 2)
    #expect(chart.end(of: 1, in: chart.bars[0]) == 5)
    #expect(chart.bars[1].segments.map(\.start) == [4])
    #expect(chart.longStatements == [1, 3])
    #expect(chart.longStretches(from: 2) == [3..<4])
  }

  @Test("a transaction of its own, and one that locks only what it makes, has none")
  func noChart() {
    #expect(charts("CREATE INDEX ON a (id);").isEmpty)
    #expect(charts("CREATE TABLE c (id int); CREATE INDEX ON c (id);").isEmpty)
  }

  @Test("a table that is renamed in the transaction keeps its bar")
  func renamed() throws {
    let chart = try #require(charts("SELECT 1; ALTER TABLE a RENAME TO c; ALTER TABLE c ADD x int;").first)
    #expect(chart.bars.count == 1)
    #expect(chart.bars[0].segments.map(\.mode) == [.accessExclusive])
  }

  @Test("a table's life names every migration that touches it, under all of its names")
  func life() throws {
    let report = HTMLReportTests.history([
      ("1_a", "CREATE TABLE a (id int PRIMARY KEY); CREATE INDEX ON a (id); CREATE INDEX ON a (id);"),
      ("2_b", "CREATE TABLE b (a_id int REFERENCES a);"), ("3_c", "ALTER TABLE a RENAME TO c;"),
      ("4_d", "SELECT * FROM c;"), ("5_e", "ALTER TABLE c ADD note text;"), ("6_f", "DROP TABLE c CASCADE;"),
    ])
    let lives = TableLives(of: report.migrations).sorted
    #expect(lives.map(\.name.name) == ["b", "c"])
    let life = try #require(lives.last)
    #expect(life.formerNames.map(\.name) == ["a"])
    #expect(life.steps.map(\.entry) == [0, 1, 2, 4, 5])
    #expect(life.steps[0].commands.list == "CREATE TABLE, CREATE INDEX ×2")
    #expect(life.steps[0].lock == nil)
    #expect(life.steps[1].commands.isEmpty)
    #expect(life.steps[1].others.list == "CREATE TABLE")
    #expect(life.steps[1].lock == .shareRowExclusive)
    #expect(life.steps[4].isRemoval)
  }
}
