import Foundation
import Testing

@Suite("The README")
struct ReadmeTests {
  @Test("shows what sqllint prints")
  func sample() throws {
    let readme = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "README.md")
    let text = try String(contentsOf: readme, encoding: .utf8)
    let shown = try #require(text.components(separatedBy: "$ sqllint migrations/\n").dropFirst().first)
      .components(separatedBy: "```")[0]
    let folder = try ProjectFolder([
      // Of a team that has said so, sqllint does not ask for it.
      "migrations/.sqllint.yml": "timeouts: session\n",
      "migrations/000001_accounts.up.sql":
        "CREATE TABLE accounts (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, email text);\n",
      "migrations/000001_accounts.down.sql": "DROP TABLE accounts;\n",
      "migrations/000002_require_email.up.sql": "ALTER TABLE accounts ALTER COLUMN email SET NOT NULL;\n",
      "migrations/000002_require_email.down.sql": "ALTER TABLE accounts ALTER COLUMN email DROP NOT NULL;\n",
    ])
    let command = try Command.run("migrations/", "--format", "text", in: folder)
    #expect(command.output == shown)
  }
}
