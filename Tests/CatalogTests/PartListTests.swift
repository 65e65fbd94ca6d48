import Catalog
import Syntax
import Testing

@Suite("The parts of an object, few or thousands")
struct PartListTests {
  /// Numbers that look random and are always the same.
  private struct Numbers: RandomNumberGenerator {
    var state: UInt64 = 1

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state >> 11
    }
  }

  @Test("a list that grows and shrinks is what an array would be", arguments: [10, 70, 400])
  func model(size: Int) {
    var numbers = Numbers()
    var list = PartList<Column>()
    var array: [Column] = []
    for step in 0..<2_000 {
      // Names come again, and more is added than removed until the list is long enough.
      let name = "c\(Int.random(in: 0..<size, using: &numbers))"
      let grows = array.count < size && step % 1_000 < 700
      switch Int.random(in: 0..<(grows ? 4 : 8), using: &numbers) {
      case 0...2 where grows:
        list.append(Column(name: name, type: nil))
        array.append(Column(name: name, type: nil))
      case 3:
        if let position = array.firstIndex(where: { $0.name == name }) { array[position].name = "r\(step)" }
        list.update(name) { $0.name = "r\(step)" }
      case 4, 5:
        list.remove(named: name)
        array.removeAll { $0.name == name }
      default:
        let digit = "\(step % 10)"
        list.removeAll { $0.name.hasSuffix(digit) && $0.name.hasPrefix("r") }
        array.removeAll { $0.name.hasSuffix(digit) && $0.name.hasPrefix("r") }
      }
      #expect(list.firstIndex(named: name) == array.firstIndex { $0.name == name })
      #expect(list.count == array.count)
    }
    #expect(Array(list) == array)
    #expect(list.indices.map { list[$0] } == array)
    #expect(list == PartList(array))
  }

  @Test("two states of a long list share all but what lies beside a change")
  func sharing() {
    let old = PartList((1...1_000).map { Column(name: "c\($0)", type: nil) })
    var new = old
    new.update("c500") { $0.isNotNull = true }
    new.remove(named: "c900")
    new.append(Column(name: "last", type: nil))
    #expect(new != old)
    #expect(old.parts(notSharedWith: old).isEmpty)
    let gone = old.parts(notSharedWith: new)
    let made = new.parts(notSharedWith: old)
    #expect(gone.count < 200)
    #expect(Set(gone.filter { !made.contains($0) }.map(\.name)) == ["c500", "c900"])
    #expect(Set(made.filter { !gone.contains($0) }.map(\.name)) == ["c500", "last"])
    new.update("c500") { $0.isNotNull = false }
    new.remove(named: "last")
    #expect(Array(new) == old.filter { $0.name != "c900" })
  }

  @Test("what a long table names is known after each change")
  func references() {
    var database = Database(
      "CREATE TABLE a (id integer PRIMARY KEY); CREATE TABLE b (id integer PRIMARY KEY); CREATE TABLE t (id integer)"
    )
    for number in 1...200 {
      database.apply(
        "ALTER TABLE t ADD CONSTRAINT k\(number) FOREIGN KEY (id) REFERENCES \(number % 100 == 7 ? "b" : "a")"
      )
    }
    #expect(Self.holders(of: "b", database) == ["t"])
    database.apply("ALTER TABLE t DROP CONSTRAINT k7")
    #expect(Self.holders(of: "b", database) == ["t"])
    database.apply("ALTER TABLE t DROP CONSTRAINT k107")
    #expect(Self.holders(of: "b", database) == [])
    #expect(Self.holders(of: "a", database) == ["t"])
    for number in 1...190 { database.apply("ALTER TABLE t DROP CONSTRAINT IF EXISTS k\(number)") }
    #expect(Self.holders(of: "a", database) == ["t"])
    database.apply("DROP TABLE t")
    #expect(Self.holders(of: "a", database) == [])
  }

  private static func holders(of table: QualifiedName, _ database: Database) -> [String] {
    database.catalog.dependents(ofRelation: table).tables.map(\.name.name)
  }
}
