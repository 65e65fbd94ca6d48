import Catalog
import Execution
import Syntax

/// Where a statement stands in the risk table, and in expand → migrate → contract.
///
/// The table is the policy's: Low is what nobody notices, Medium needs a strategy, High breaks or stops something,
/// Critical takes data away wholesale. Findings can raise the risk further, never lower it.
package struct Assessment: Hashable, Sendable {
  package let risk: Risk
  package let phase: Phase

  package init(of statement: Statement.Kind, effects: StatementEffects) {
    var risk: Risk = effects.unknowns.isEmpty ? .low : .medium
    var isVisible = false
    for effect in effects.relations where effect.isVisibleToOthers {
      isVisible = true
      risk = max(risk, effect.risk)
    }
    for loss in effects.losses { risk = max(risk, loss.risk) }
    for breakage in effects.breaks { risk = max(risk, breakage.risk) }
    self.risk = max(risk, statement.risk(visibleToOthers: isVisible))
    phase =
      if !effects.losses.isEmpty || effects.breaks.contains(where: \.isRemoval) || statement.removes {
        .contract
      } else if statement.movesData {
        .migrate
      } else {
        .expand
      }
  }
}

extension DataLoss {
  fileprivate var risk: Risk {
    switch self {
    case .table, .column, .narrowing: .high
    case .rows(_, let isBounded): isBounded ? .medium : .critical
    case .object(let kind, _):
      switch kind {
      case .schema, .database, .tablespace: .critical
      case .sequence: .high
      default: .medium
      }
    }
  }
}

extension Breakage {
  fileprivate var risk: Risk {
    switch self {
    case .relationGone, .relationRenamed, .columnGone, .columnRenamed, .insertFails: .high
    case .columnTypeChanged, .objectGone, .objectRenamed, .partGone: .medium
    }
  }

  fileprivate var isRemoval: Bool {
    switch self {
    case .relationGone, .relationRenamed, .columnGone, .columnRenamed, .objectGone, .objectRenamed, .partGone:
      true
    case .insertFails, .columnTypeChanged: false
    }
  }
}

extension Effect {
  /// The risk of the work that is done while others wait for the lock.
  fileprivate var risk: Risk {
    work.map { item in
      guard !lock.blocks.isDisjoint(with: [.reads, .writes]) else { return .low }
      return switch item.cause {
      case .index, .refresh, .dataChange: .medium
      default: .high
      }
    }.max() ?? .low
  }
}

extension [LockMode.Activity] {
  fileprivate func isDisjoint(with others: [LockMode.Activity]) -> Bool { !contains(where: others.contains) }
}

extension Statement.Kind {
  /// What the risk table says of the command itself, where its effects do not tell.
  fileprivate func risk(visibleToOthers isVisible: Bool) -> Risk {
    switch self {
    case .alterTable(let alter): isVisible ? alter.actions.map(\.kind.risk).max() ?? .low : .low
    case .dataChange(let change): isVisible && change.changesRows ? .medium : .low
    case .lockTable(let lock): isVisible && LockMode(name: lock.mode).map { $0 >= .share } ?? true ? .medium : .low
    case .createTable(let table): isVisible && table.partitionBound != nil ? .medium : .low
    case .drop(let drop): isVisible && drop.objectKind != .index ? .medium : .low
    case .dropOwned, .dropDatabase: .critical
    case .anonymousBlock(let block): block.code.statements.map { $0.risk(visibleToOthers: isVisible) }.max() ?? .low
    case .dropTablespace, .dropSubscription, .reassignOwned, .alterDatabase, .dropRole: .medium
    case .set(let parameter): parameter.scope == .session || parameter.scope == .transaction ? .low : .medium
    default: .low
    }
  }

  /// Whether it takes something away, although no data is lost and no code breaks: an index, a constraint, a default.
  fileprivate var removes: Bool {
    switch self {
    case .drop, .dropDatabase, .dropOwned, .dropRole, .dropSubscription, .dropTablespace: true
    case .alterTable(let alter): alter.actions.contains { $0.kind.tightens }
    default: false
    }
  }

  /// Whether it reads or writes rows as its own purpose.
  var movesData: Bool {
    switch self {
    case .dataChange, .refreshMaterializedView, .call: true
    case .copy(let copy): copy.isFrom
    case .anonymousBlock(let block): block.code.statements.contains(where: \.movesData)
    case .alterTable(let alter):
      alter.actions.contains { if case .validateConstraint = $0.kind { true } else { false } }
    default: false
    }
  }
}

extension DataChange {
  /// Whether it changes rows that exist; INSERT only adds some.
  fileprivate var changesRows: Bool {
    switch self {
    case .insert(let insert): if case .doUpdate = insert.conflict { true } else { false }
    case .update, .delete, .merge: true
    }
  }
}

extension AlterTable.ActionKind {
  /// The action's row in the risk table on a table that others use.
  fileprivate var risk: Risk {
    switch self {
    case .addColumn(let column, _): column.isRequired ? .medium : .low
    case .setType, .setNotNull, .setExpression, .dropExpression: .medium
    case .addConstraint(let constraint):
      // NOT VALID is the first half of the strategy that the table asks for; USING INDEX the second.
      constraint.isNotValid || constraint.usesExistingIndex ? .medium : .high
    // Old code goes on without it: what it promised is lost, not what it wrote.
    case .dropConstraint, .alterConstraint: .medium
    case .setTrigger(_, .disabled), .detachPartition: .high
    case .attachPartition, .inherit, .noInherit, .setRowSecurity, .setForcedRowSecurity: .medium
    case .other: .medium
    default: .low
    }
  }

  /// Whether it ends an expand → migrate → contract sequence: old code can no longer do what it did.
  fileprivate var tightens: Bool {
    switch self {
    case .dropColumn, .dropConstraint, .dropDefault, .dropIdentity, .setNotNull, .detachPartition: true
    default: false
    }
  }
}

extension Constraint {
  fileprivate var usesExistingIndex: Bool {
    switch kind {
    case .primaryKey(let key), .unique(let key): key.existingIndex != nil
    default: false
    }
  }
}
