import Execution
import Testing

@testable import Linting

@Suite("Transactions that only read")
struct ReadOnlyTransactionTests {
  @Test(
    "refuse what writes for as long as they last",
    arguments: [
      ("BEGIN READ ONLY; CREATE TABLE a (i int); COMMIT; CREATE TABLE a (i int)", "- 25006 - -"),
      ("BEGIN; SET TRANSACTION READ ONLY; DROP TABLE IF EXISTS a; ROLLBACK", "- - 25006 -"),
      ("BEGIN READ ONLY; SET TRANSACTION READ WRITE; CREATE TABLE a (i int); COMMIT", "- - - -"),
      (
        "SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY; CREATE TABLE a (i int); "
          + "START TRANSACTION READ WRITE; CREATE TABLE a (i int); COMMIT",
        "- 25006 - - -"
      ),
      (
        "SET default_transaction_read_only = on; CREATE TABLE a (i int); RESET default_transaction_read_only; "
          + "CREATE TABLE a (i int)",
        "- 25006 - -"
      ),
      ("BEGIN; SET default_transaction_read_only = on; CREATE TABLE a (i int); COMMIT", "- - - -"),
      ("BEGIN; SAVEPOINT s; SET TRANSACTION READ ONLY; ROLLBACK TO s; CREATE TABLE a (i int); COMMIT", "- - - - - -"),
      ("BEGIN READ ONLY; COMMIT AND CHAIN; CREATE TABLE a (i int)", "- - 25006"),
      ("SET TRANSACTION READ ONLY; CREATE TABLE a (i int)", "- -"),
      ("CREATE TEMP TABLE a (i int); BEGIN READ ONLY; INSERT INTO a VALUES (1); COMMIT", "- - - -"),
      ("CREATE TABLE a (i int); BEGIN READ ONLY; INSERT INTO a VALUES (1); COMMIT", "- - 25006 -"),
    ]
  )
  func refuse(sql: String, states: String) {
    #expect(Self.states(of: sql) == states)
  }

  @Test("COMMIT AND CHAIN and ROLLBACK AND CHAIN need one that is open")
  func chains() {
    #expect(Self.states(of: "COMMIT AND CHAIN; CREATE TABLE a (i int); DROP TABLE a") == "25P01 - -")
    #expect(
      Self.states(of: "BEGIN; COMMIT AND CHAIN; CREATE TABLE a (i int); ROLLBACK; CREATE TABLE a (i int)")
        == "- - - - -"
    )
  }

  private static func states(of sql: String) -> String {
    let report = Linter.lint(History(sql, mode: .none)).last
    return (report?.statements ?? []).map { $0.refusal?.state.rawValue ?? "-" }.joined(separator: " ")
  }
}
