import Testing

@testable import Migrations

@Suite("File names")
struct FileNameTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let file: String
    let version: String
    let number: UInt64
    let name: String
    let isDown: Bool
    var testDescription: String { file }
  }

  @Test(
    "golang-migrate's names are taken apart as its own expression does",
    arguments: [
      Case(file: "1_foobar.up.sql", version: "1", number: 1, name: "foobar", isDown: false),
      Case(file: "000021_drop_clips.down.sql", version: "000021", number: 21, name: "drop_clips", isDown: true),
      Case(
        file: "20170412214116_date_foobar.up.sql",
        version: "20170412214116",
        number: 20_170_412_214_116,
        name: "date_foobar",
        isDown: false
      ),
      Case(file: "1_.up.sql", version: "1", number: 1, name: "", isDown: false),
      Case(file: "1_a.up.b.down.sql", version: "1", number: 1, name: "a.up.b", isDown: true),
      Case(file: "1_a.up.up.sql", version: "1", number: 1, name: "a.up", isDown: false),
      Case(file: "1_a.up.x.sql", version: "1", number: 1, name: "a", isDown: false),
      Case(
        file: "18446744073709551615_last.up.sql",
        version: "18446744073709551615",
        number: .max,
        name: "last",
        isDown: false
      ),
    ]
  )
  func golangMigrate(_ expected: Case) {
    guard case .name(let name, let number)? = GolangMigrate.Name(Array(expected.file.utf8)) else {
      Issue.record("it is no name of a migration")
      return
    }
    #expect(name.version == expected.version)
    #expect(number == expected.number)
    #expect(name.name == expected.name)
    #expect(name.direction == (expected.isDown ? .down : .up))
  }

  @Test(
    "other names are no migrations to golang-migrate",
    arguments: [
      "seed.sql", "1_foobar.sql", "-1_foobar.up.sql", "1-foobar.up.sql", "_foobar.up.sql", "1_foobar.UP.sql",
      "1_foobar.up", "1_foobarup.sql", "V1_foobar.up.sql", " 1_foobar.up.sql", "1_foo\nbar.up.sql",
    ]
  )
  func otherNames(_ file: String) {
    #expect(GolangMigrate.Name(Array(file.utf8)) == nil)
  }

  @Test("a version that does not fit into 64 bits is refused as such")
  func hugeVersion() {
    #expect(GolangMigrate.Name(Array("18446744073709551616_x.up.sql".utf8)) == .numberTooLarge)
  }

  @Test("a plain file is an up migration, unless its name says down")
  func plain() {
    #expect(Plain.name(of: Array("b.sql".utf8)).name == "b")
    #expect(Plain.name(of: Array("b.sql".utf8)).direction == .up)
    #expect(Plain.name(of: Array("V0001.Users.up.sql".utf8)).name == "V0001.Users")
    #expect(Plain.name(of: Array("V0001.Users.down.sql".utf8)).name == "V0001.Users")
    #expect(Plain.name(of: Array("V0001.Users.down.sql".utf8)).direction == .down)
  }

  @Test("numbers in names sort as numbers")
  func naturalOrder() {
    let names = ["10_a", "9_a", "1_b", "1_a", "01_a", "a", "a10", "a9b", "a9", "2023-01-02", "2023-1-1"]
    let sorted = names.map { Array($0.utf8) }.sorted(by: NaturalOrder.precedes)
      .map { String(decoding: $0, as: UTF8.self) }
    #expect(sorted == ["01_a", "1_a", "1_b", "9_a", "10_a", "2023-1-1", "2023-01-02", "a", "a9", "a9b", "a10"])
  }

  @Test("paths keep what is not UTF-8 and know their folder")
  func rawPaths() {
    let path = RawPath(bytes: Array("folder/\u{0}x.sql".utf8).map { $0 == 0 ? 0xFF : $0 })
    #expect(path.text == "folder/\u{FFFD}x.sql")
    #expect(path.name == [0xFF] + Array("x.sql".utf8))
    #expect(path.folder == RawPath("folder"))
    #expect(RawPath("x.sql").folder == RawPath("."))
    #expect(RawPath("/x.sql").folder == RawPath("/"))
    #expect(RawPath(".").appending(Array("x".utf8)) == RawPath("x"))
    #expect(RawPath("a/").appending(Array("x".utf8)) == RawPath("a/x"))
    #expect(RawPath("../b/./c//d").absolute(from: RawPath("/a/x")) == RawPath("/a/b/c/d"))
    #expect(RawPath("../..").absolute(from: RawPath("/a")) == RawPath("/"))
  }
}
