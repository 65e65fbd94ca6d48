import Migrations
import Testing

@testable import Plan

@Suite("The commands of runners")
struct RunnerCommandTests {
  @Test("are there for every runner that is recognised", arguments: Runner.allCases.map(\.rawValue))
  func all(_ runner: String) {
    let commands = RunnerCommands.of(runner)
    #expect(commands.runner == runner)
    #expect(commands.manual.hasPrefix("https://"))
    let values = RunnerCommands.Values(
      folder: "db/m",
      version: "3",
      file: "a.sql",
      downFile: "b.sql",
      name: "n",
      before: "2"
    )
    let lines =
      [commands.status, commands.upAll, commands.upOne, commands.upCount, commands.upTo, commands.down].compactMap {
        $0
      }
      + commands.repair + commands.downRepair
    #expect(lines.allSatisfy { !commands.fill($0, values).contains("{") })
  }

  @Test("hold names as one word, in which a shell expands nothing")
  func quoting() {
    let values = RunnerCommands.Values(folder: "a b/$(id)'{version}", version: "-x", count: 2)
    let commands = RunnerCommands.of("goose")
    #expect(
      commands.up(values, isLast: true, files: [])
        == [#"goose -dir 'a b/$(id)'\''{version}' postgres "$DATABASE_URL" up-to '-x'"#]
    )
  }

  @Test("run so many migrations as a stage has, and no more")
  func counts() {
    let values = RunnerCommands.Values(folder: "m", version: "12", count: 3)
    #expect(
      RunnerCommands.of("golang-migrate").up(values, isLast: false, files: [])
        == [#"migrate -path m -database "$DATABASE_URL" up 3"#]
    )
    #expect(
      RunnerCommands.of("dbmate").up(values, isLast: false, files: []).first
        == "# it runs all that it finds: deploy only the files of this stage before it"
    )
    #expect(RunnerCommands.of("plain").up(values, isLast: true, files: ["a.sql", "b.sql"]).count == 2)
  }
}
