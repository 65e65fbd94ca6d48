import Catalog
import Execution
import PostgresParser
import Syntax
import Testing

@Suite("How a statement is written never changes what it does")
struct PropertyTests {
  @Test("comments between all tokens", arguments: EffectCase.all)
  func comments(effectCase: EffectCase) {
    expectSame(effectCase, rewriting: { tokens in tokens.joined(separator: " /* ; DROP TABLE x */ ") })
    expectSame(effectCase, rewriting: { tokens in tokens.joined(separator: " -- '\n") })
  }

  @Test("white space of any kind", arguments: EffectCase.all)
  func whiteSpace(effectCase: EffectCase) {
    expectSame(effectCase, rewriting: { tokens in tokens.joined(separator: "\r\n\t ") })
  }

  @Test("upper and lower case", arguments: EffectCase.all)
  func letterCase(effectCase: EffectCase) {
    expectSame(effectCase, changing: { $0.uppercased() })
    expectSame(effectCase, changing: { $0.lowercased() })
  }

  @Test("quotes around names that need none", arguments: EffectCase.all)
  func quotes(effectCase: EffectCase) {
    // A keyword in quotes is a name, so only words that are no keywords at all can be quoted.
    let names: Set<String> = [
      "users", "orders", "items", "plain", "events", "logs", "animals", "dogs", "email", "nickname", "events_2025",
      "users_age_check", "users_name_idx", "orders_user_id_fkey", "adults", "totals", "tickets",
    ]
    expectSame(effectCase, changing: { names.contains($0) ? "\"\($0)\"" : $0 })
  }

  @Test("the schema that the search path would find", arguments: EffectCase.all)
  func qualification(effectCase: EffectCase) {
    // Behind FROM, INTO, TABLE, UPDATE, JOIN and ONLY stands a relation.
    let relations: Set<String> = ["users", "orders", "plain", "events", "animals", "items", "notes"]
    let leads: Set<String> = ["table", "from", "into", "update", "join", "only", "truncate", "references"]
    expectSame(effectCase) { tokens in
      tokens.indices.map { index in
        let isRelation = index > 0 && leads.contains(tokens[index - 1].lowercased())
        return isRelation && relations.contains(tokens[index]) ? "public.\(tokens[index])" : tokens[index]
      }.joined(separator: " ")
    }
  }

  private func expectSame(_ effectCase: EffectCase, changing word: (String) -> String) {
    let sql = effectCase.sql
    let bytes = Array(sql.utf8)
    let tokens = Lexer(bytes).map { token in
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      return token.kind == .word ? word(text) : text
    }
    expectSame(effectCase, as: tokens.joined(separator: " "))
  }

  private func expectSame(_ effectCase: EffectCase, rewriting rewrite: ([String]) -> String) {
    let bytes = Array(effectCase.sql.utf8)
    let tokens = Lexer(bytes).filter { !$0.isComment }.map { String(decoding: bytes[$0.range], as: UTF8.self) }
    expectSame(effectCase, as: rewrite(tokens))
  }

  private func expectSame(_ effectCase: EffectCase, as sql: String) {
    let other = effectCase.worded(sql)
    #expect(other.statements.count == effectCase.statements.count, "\(sql)")
    let before = Observation(claimedOf: effectCase, version: 17)
    let after = Observation(claimedOf: other, version: 17)
    #expect(before == after, "\(sql)")
  }
}
