import Syntax
import Testing

@testable import PostgresParser

/// The only statement of a text.
func statement(_ sql: String) throws -> Statement.Kind {
  let statements = try RawParser.parse(Array(sql.utf8)[...], base: 0)
  return try #require(statements.count == 1 ? statements.first : nil).kind
}

@Suite("A tree is read")
struct TreeReaderTests {
  @Test("names are folded as PostgreSQL folds them, and quoted ones are kept")
  func names() throws {
    guard case .createTable(let table) = try statement(#"CREATE TABLE App."Users" (Id INTEGER)"#) else {
      Issue.record("no CREATE TABLE")
      return
    }
    #expect(table.relation.name == QualifiedName(schema: "app", "Users"))
    guard case .column(let column)? = table.elements.first else {
      Issue.record("no column")
      return
    }
    #expect(column.name == "id")
    #expect(column.type == TypeName(QualifiedName("int4")))
  }

  @Test("a type's modifiers and dimensions are kept, and the system's schema is left out")
  func types() throws {
    guard
      case .createTable(let table) = try statement(
        "CREATE TABLE t (a varchar(50), b numeric(10, 2)[], c pg_catalog.int8)"
      )
    else {
      Issue.record("no CREATE TABLE")
      return
    }
    let types = table.elements.compactMap { if case .column(let column) = $0 { column.type } else { nil } }
    #expect(
      types == [
        TypeName(QualifiedName("varchar"), modifiers: [.constant(.integer(50))]),
        TypeName(
          QualifiedName("numeric"),
          modifiers: [.constant(.integer(10)), .constant(.integer(2))],
          arrayDimensions: 1
        ),
        TypeName(QualifiedName("int8")),
      ]
    )
  }

  @Test("DEFERRABLE after a column's constraint belongs to that constraint")
  func deferrableColumnConstraint() throws {
    let sql = "CREATE TABLE t (a int UNIQUE DEFERRABLE INITIALLY DEFERRED NOT NULL)"
    guard case .createTable(let table) = try statement(sql), case .column(let column)? = table.elements.first else {
      Issue.record("no column")
      return
    }
    #expect(column.constraints.count == 2)
    #expect(column.constraints.first?.isDeferrable == true)
    #expect(column.constraints.first?.isInitiallyDeferred == true)
    #expect(column.constraints.last?.kind == .notNull)
    #expect(column.constraints.last?.isDeferrable == false)
  }

  @Test("MINVALUE and MAXVALUE of a partition bound are not columns")
  func partitionBound() throws {
    let sql = "CREATE TABLE p PARTITION OF t FOR VALUES FROM (MINVALUE) TO (10)"
    guard case .createTable(let table) = try statement(sql) else {
      Issue.record("no CREATE TABLE")
      return
    }
    #expect(table.partitionBound == .range(from: [.minimum], to: [.value(.constant(.integer(10)))]))
    #expect(table.parents.map(\.name) == [QualifiedName("t")])
  }

  @Test("(a, b) = row sets two columns at once")
  func multipleAssignment() throws {
    guard case .dataChange(.update(let update)) = try statement("UPDATE t SET (a, b) = (SELECT 1, 2), c = 3") else {
      Issue.record("no UPDATE")
      return
    }
    #expect(update.assignments.map(\.columns) == [["a", "b"], ["c"]])
  }

  @Test("a location counts from the start of the file, not of the parsed piece")
  func base() throws {
    let statements = try RawParser.parse(Array("SELECT a".utf8)[...], base: 100)
    guard case .query(.select(let select))? = statements.first?.kind,
      case .column(let column)? = select.targets.first?.expression
    else {
      Issue.record("no column")
      return
    }
    #expect(column.offset.byte == 107)
    #expect(statements.first?.range == 100..<108)
  }

  @Test("an error's place is counted in bytes, though PostgreSQL counts characters")
  func errorPlace() {
    #expect(throws: RawParser.Failure(message: #"syntax error at or near "FROB""#, offset: 30)) {
      try RawParser.parse(Array("/* äöü */ SELECT FROB FROB FROB".utf8)[...], base: 0)
    }
  }

  @Test("what nests too deeply is unknown, and nothing crashes", arguments: [1_000, 100_000])
  func depth(count: Int) throws {
    let chain = "SELECT 1" + String(repeating: " || 1", count: count)
    guard case .query(.select(let select)) = try statement(chain), let target = select.targets.first else {
      Issue.record("no SELECT")
      return
    }
    #expect(String(describing: target.expression).contains("nested too deeply"))
  }

  @Test("a union of 20,000 queries is read without a crash")
  func wideUnion() throws {
    let union = "SELECT 1" + String(repeating: " UNION ALL SELECT 1", count: 20_000)
    guard case .query(.setOperation) = try statement(union) else {
      Issue.record("no UNION")
      return
    }
  }
}
