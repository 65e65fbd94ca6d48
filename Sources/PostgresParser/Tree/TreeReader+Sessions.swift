import CPgQuery
import Syntax

/// Transactions, settings, and what else concerns the session.
extension TreeReader {
  func transaction(_ statement: TransactionStmt) -> TransactionControl {
    let name = string(statement.savepoint_name) ?? ""
    let identifier = string(statement.gid) ?? ""
    func isReadOnly() -> Bool? {
      nodes(statement.options).compactMap(settingValue).compactMap(SetParameter.readOnly).last
    }
    return switch statement.kind {
    case TRANS_STMT_BEGIN: .begin(isStart: false, isReadOnly: isReadOnly())
    case TRANS_STMT_START: .begin(isStart: true, isReadOnly: isReadOnly())
    case TRANS_STMT_COMMIT: .commit(chain: statement.chain)
    case TRANS_STMT_SAVEPOINT: .savepoint(name)
    case TRANS_STMT_RELEASE: .release(name)
    case TRANS_STMT_ROLLBACK_TO: .rollbackTo(name)
    case TRANS_STMT_PREPARE: .prepare(identifier)
    case TRANS_STMT_COMMIT_PREPARED: .commitPrepared(identifier)
    case TRANS_STMT_ROLLBACK_PREPARED: .rollbackPrepared(identifier)
    default: .rollback(chain: statement.chain)
    }
  }

  func setting(_ statement: VariableSetStmt) -> SetParameter {
    setting(statement, scope: statement.is_local ? .transaction : .session)
  }

  func setting(_ pointer: UnsafePointer<VariableSetStmt>?, scope: SetParameter.Scope) -> Statement.Kind? {
    pointer.map { .set(setting($0.pointee, scope: scope)) }
  }

  private func setting(_ statement: VariableSetStmt, scope: SetParameter.Scope) -> SetParameter {
    let isReset = statement.kind == VAR_RESET || statement.kind == VAR_RESET_ALL
    let holdsValues = statement.kind == VAR_SET_VALUE || statement.kind == VAR_SET_MULTI
    return SetParameter(
      scope: scope,
      name: statement.kind == VAR_RESET_ALL ? nil : string(statement.name),
      values: holdsValues ? nodes(statement.args).compactMap(settingValue) : nil,
      isReset: isReset
    )
  }

  /// SET TRANSACTION has options where the others have constants.
  private func settingValue(_ node: TreeNode) -> String? {
    guard let definition = node.read(DefElem.self, if: T_DefElem) else { return optionValue(node) }
    let option = option(definition)
    return [option.name, option.value].compactMap(\.self).joined(separator: " ")
  }

  func setConstraints(_ statement: ConstraintsSetStmt) -> SetConstraints {
    SetConstraints(
      names: relations(statement.constraints).map(\.name),
      isDeferred: statement.deferred
    )
  }

  func discard(_ statement: DiscardStmt) -> Discard {
    switch statement.target {
    case DISCARD_PLANS: .plans
    case DISCARD_SEQUENCES: .sequences
    case DISCARD_TEMP: .temporary
    default: .all
    }
  }

  func explain(_ statement: ExplainStmt) -> Statement.Kind? {
    guard let query = TreeNode(statement.query) else { return nil }
    return .explain(
      Explain(statement: self.statement(query), runs: isOn("analyze", in: options(statement.options)))
    )
  }

  func copy(_ statement: CopyStmt) -> Copy {
    Copy(
      relation: statement.relation.map { relation($0.pointee) },
      query: TreeNode(statement.query).map { self.statement($0) },
      columns: strings(statement.attlist),
      isFrom: statement.is_from,
      usesStandardStream: statement.filename == nil && !statement.is_program,
      program: statement.is_program ? string(statement.filename) ?? "" : nil
    )
  }
}
