import Catalog
import Linting
import PostgresParser
import Syntax

extension Finding.Fix.Step {
  /// Whether a runner may send it in a transaction that it begins itself.
  var runsInTransaction: Bool {
    guard sql.mayHoldCommandOutsideTransaction else { return true }
    let script = PostgresParser.parse(SourceText(path: "", text: sql))
    return !script.statements.contains { $0.kind.mustRunOutsideTransaction(in: Database()) }
  }
}
