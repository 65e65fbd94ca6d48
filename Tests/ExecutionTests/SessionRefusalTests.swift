import Catalog
import Execution
import Syntax
import Testing

@Suite("What PostgreSQL refuses of cursors and prepared statements")
struct SessionRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE TABLE t (a integer);
    """
  )

  @Test("a cursor or a prepared statement is there once, and names what is there", arguments: cases)
  func refusal(_ refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("DECLARE x CURSOR FOR SELECT 1; DECLARE x CURSOR FOR SELECT 1", .duplicateCursor),
    DefinitionCase("DECLARE x CURSOR FOR SELECT 1; CLOSE x; DECLARE x CURSOR FOR SELECT 1"),
    DefinitionCase("DECLARE x CURSOR FOR SELECT zz FROM t", .undefinedColumn),
    DefinitionCase("PREPARE q AS SELECT zz FROM t", .undefinedColumn),
    DefinitionCase("PREPARE q AS SELECT a FROM t WHERE a = $1"),
    DefinitionCase("FETCH x", .invalidCursorName),
    DefinitionCase("CLOSE x", .invalidCursorName),
    DefinitionCase("MOVE x", .invalidCursorName),
    DefinitionCase("CLOSE ALL"),
    DefinitionCase("DECLARE x CURSOR FOR SELECT 1; CLOSE ALL; FETCH x", .invalidCursorName),
    DefinitionCase("DO $$ BEGIN NULL; END $$; FETCH x"),
    DefinitionCase("DECLARE x CURSOR FOR SELECT 1; DISCARD ALL; FETCH x", .invalidCursorName),
    DefinitionCase("DECLARE x CURSOR FOR SELECT 1; FETCH x"),
  ]
}
