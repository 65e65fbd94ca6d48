import Catalog
import Execution
import Linting
import Syntax

extension StatementContext {
  /// The fix of one action of ALTER TABLE, with the other actions of the statement behind it. Of several actions that have
  /// a fix, the first one's holds them. Those that do harm themselves have findings of their own.
  func keepingOthers(_ fix: Finding.Fix?, besides action: AlterTable.Action) -> Finding.Fix? {
    guard let fix, !fix.steps.isEmpty, case .alterTable(let alter) = statement.kind, alter.actions.count > 1,
      alter.actions.count <= Self.mostActions
    else { return fix }
    let outcomes = outcomesAlone(of: alter)
    guard alter.actions.firstIndex(of: action) == outcomes.firstIndex(of: .work) else { return fix }
    let others = zip(alter.actions, outcomes).filter { $0.1 == .harmless }.compactMap { text(of: $0.0) }
    let missing = others.filter { other in !fix.migrations.contains { $0.contains(other) } }
    guard !missing.isEmpty else { return fix }
    let table = before.portable(alter.relation.name)
    let rest = "ALTER TABLE \(table)\(missing.count == 1 ? " " : "\n  ")\(missing.joined(separator: ",\n  "));"
    return Finding.Fix(fix.advice, migrations: fix.steps + [Finding.Fix.Step(rest)], rollback: fix.rollback)
  }

  /// The others are run once for each finding of the statement.
  private static let mostActions = 50

  private enum Outcome { case harmless, work, otherHarm }

  private func outcomesAlone(of alter: AlterTable) -> [Outcome] {
    var database = before
    return alter.actions.map { action in
      let alone = AlterTable(
        relation: alter.relation,
        objectKind: alter.objectKind,
        ifExists: alter.ifExists,
        actions: [action]
      )
      let result = database.execute(.alterTable(alone), version: policy.targetVersion)
      let effects = result.effects
      let isInsertBroken = effects.breaks.contains { if case .insertFails = $0 { true } else { false } }
      if isInsertBroken || effects.visibleToOthers.contains(where: { !$0.work.isEmpty }) { return .work }
      return result.refusal == nil && effects.breaks.isEmpty && effects.losses.isEmpty ? .harmless : .otherHarm
    }
  }
}
