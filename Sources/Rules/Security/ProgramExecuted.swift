import Linting
import Syntax

struct ProgramExecuted: StatementRule {
  let id = "program-executed"
  let summary = "The server runs a program on its own machine."
  let risk = Risk.critical
  let explanation = """
    COPY … PROGRAM has the server's shell run a command as the user that the server runs as: it can read and change \
    the data files, and reach whatever the machine reaches. The role needs to be a superuser or a member of \
    pg_execute_server_program, which a role that runs migrations should not be; on a hosted database nobody is.

    Run the program where the migration is started, and send its output: \\copy in psql, or COPY … FROM STDIN.
    """
  let alternative = "COPY notes FROM STDIN;"
  let reference = "https://www.postgresql.org/docs/current/sql-copy.html"
  let examples: [RuleExample] = [
    .bad("to a program", history: ["CREATE TABLE notes (id bigint);"], "COPY notes TO PROGRAM 'cat > /dev/null';"),
    .bad("from a program", history: ["CREATE TABLE notes (id bigint);"], "COPY notes FROM PROGRAM 'echo 1';"),
    .good("to the client", history: ["CREATE TABLE notes (id bigint);"], "COPY notes TO STDOUT;"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .copy(let copy) = context.statement.kind, let program = copy.program else { return [] }
    let fix = Finding.Fix(
      "run the program where the migration is started, and send its output with COPY … FROM STDIN or \\copy"
    )
    return [context.finding(self, .running(program.firstWord), fix: fix)]
  }
}

extension String {
  fileprivate var firstWord: String {
    String(split(maxSplits: 1, whereSeparator: \.isWhitespace).first?.prefix(40) ?? "")
  }
}

extension Finding.Message {
  fileprivate static func running(_ program: String) -> Self {
    "the server's shell runs \(program) on the server's machine, with all rights that the server has there"
  }
}
