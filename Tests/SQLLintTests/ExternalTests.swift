import Foundation
import Testing

@Suite("What the migrations do not make")
struct ExternalObjectTests {
  private static let files = [
    "db/000001_users.up.sql": "CREATE TABLE users (id bigint);\n",
    "db/000001_users.down.sql": "DROP TABLE users;\n",
    "db/000002_note.up.sql":
      "COMMENT ON TABLE invoices IS 'of another service';\nDELETE FROM schema_migrations WHERE version = 0;\n",
    "db/000002_note.down.sql": "COMMENT ON TABLE invoices IS NULL;\n",
  ]

  @Test("is missed, unless .sqllint.yml lists it or a runner keeps it")
  func external() throws {
    func missing(_ configuration: String) throws -> [String] {
      let folder = try ProjectFolder(Self.files.merging([".sqllint.yml": configuration]) { $1 })
      return try Command.run("check", "--format", "compact", "db", in: folder).output.split(separator: "\n")
        .filter { $0.contains("[relation-not-in-history]") }.map(String.init)
    }
    let found = try missing("")
    #expect(found.count == 1)
    #expect(found.first?.contains("\"invoices\"") == true)
    #expect(try missing("external: [inv*]") == [])
    #expect(try missing("external: [billing.*]").count == 1)
  }
}
