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
  /// What gives it a risk of Medium or more.
  package let reason: Reason?

  package enum Reason: Hashable, Sendable {
    /// What of it is not known.
    case unknown(String)
    /// Work on a relation while others wait.
    case work(Effect)
    case loss(DataLoss)
    case breakage(Breakage)
    /// What the command is known for, and the strategy that it needs: the end of a sentence.
    case command(String)
    /// Of a low risk: that the relation is small.
    case smallness(QualifiedName)
  }

  package init(of statement: Statement.Kind, effects: StatementEffects) {
    var grounds: [(risk: Risk, reason: Reason)] = effects.losses.map { ($0.risk, .loss($0)) }
    grounds += effects.breaks.map { ($0.risk(amid: effects), .breakage($0)) }
    grounds += effects.visibleToOthers.map { ($0.risk, .work($0)) }
    if let (risk, words) = statement.ground(in: effects, GroundFacts(effects)) {
      grounds.append((risk, .command(words)))
    }
    grounds += effects.unknowns.map { (.medium, .unknown($0)) }
    // The first of the highest.
    let highest = grounds.reduce(nil) { (best: (risk: Risk, reason: Reason)?, ground) in
      best.map { $0.risk >= ground.risk } ?? false ? best : ground
    }
    if case .drop = statement, let column = effects.losses.first(where: \.isOfColumn) {
      risk = .critical
      reason = .loss(column)
    } else {
      risk = highest?.risk ?? .low
      reason = risk > .low ? highest?.reason : Self.smallness(in: effects, of: statement)
    }
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

extension Assessment {
  /// The small relation without which the risk would be higher.
  private static func smallness(in effects: StatementEffects, of statement: Statement.Kind) -> Reason? {
    guard let small = effects.relations.first(where: { $0.existed && $0.size == .small }) else { return nil }
    return Assessment(of: statement, effects: effects.ofUnknownSize).risk > .low ? .smallness(small.relation) : nil
  }

  /// Findings about the work of a statement have its risk, where a large table raises that.
  static func raise(
    _ findings: inout [Finding],
    of statement: Statement.Kind,
    _ effects: StatementEffects,
    _ policy: Policy
  ) {
    guard effects.relations.contains(where: { $0.size == .large }) else { return }
    let usual = Assessment(of: statement, effects: effects.ofUnknownSize).risk
    let risk = Assessment(of: statement, effects: effects).risk
    guard risk > usual else { return }
    for index in findings.indices
    where findings[index].risk == usual && policy.ruleRisks[findings[index].rule] == nil {
      findings[index].risk = risk
    }
  }
}

extension StatementEffects {
  /// The same on relations of which nobody says how large they are.
  fileprivate var ofUnknownSize: Self {
    var effects = self
    for index in effects.relations.indices { effects.relations[index].size = .unknown }
    return effects
  }

  /// Whether a relation that it touches is a view, which holds no rows that anybody writes.
  package func isOfView(_ relation: QualifiedName) -> Bool {
    relations.contains { $0.relation == relation && [.view, .materializedView].contains($0.kind) }
  }
}

extension DataLoss {
  /// DROP takes columns of tables that it does not name, where they are of a type that goes.
  fileprivate var isOfColumn: Bool { if case .column = self { true } else { false } }

  fileprivate var risk: Risk {
    switch self {
    case .table, .column, .narrowing: .high
    case .rows(_, let isBounded): isBounded ? .medium : .critical
    case .object(let kind, _):
      switch kind {
      case .schema, .database, .tablespace, .role, .extension: .critical
      case .sequence: .high
      default: .medium
      }
    }
  }
}

extension Breakage {
  fileprivate func risk(amid effects: StatementEffects) -> Risk {
    switch self {
    case .relationRenamed(let relation, _): effects.isOfView(relation) ? .medium : .high
    case .relationGone, .columnGone, .columnRenamed, .insertFails, .attributeRenamed, .enumValueRenamed,
      .primaryKeyGone:
      .high
    case .partGone(let kind, _, _): kind == .attribute ? .high : .medium
    case .constraintGone, .uniquenessLost, .objectGone, .objectRenamed, .privilegesGone, .dependentGone: .medium
    // What code cannot read as the new type is stored otherwise too, and has the risk of the rewrite.
    case .columnTypeChanged: .low
    }
  }

  fileprivate var isRemoval: Bool {
    switch self {
    case .relationGone, .relationRenamed, .columnGone, .columnRenamed, .objectGone, .objectRenamed, .partGone,
      .attributeRenamed, .enumValueRenamed, .dependentGone, .privilegesGone, .constraintGone, .primaryKeyGone,
      .uniquenessLost:
      true
    case .insertFails, .columnTypeChanged: false
    }
  }
}

extension Effect {
  /// The risk of the work that is done while others wait for the lock: what needs a strategy stops them for long where
  /// the table is large.
  fileprivate var risk: Risk {
    let usual = usualRisk
    return size == .large && usual == .medium ? .high : usual
  }

  private var usualRisk: Risk {
    work.map { item in
      guard !lock.blocks.isDisjoint(with: [.reads, .writes]) else { return .low }
      return switch item.cause {
      case .refresh(let isConcurrent, let isFirst): isConcurrent || isFirst ? .low : .medium
      case .index, .dataChange, .domainConstraint: .medium
      // Of a new column, which holds NULL or the same value everywhere.
      case .check(_, .some), .foreignKey(_, .some, _), .unique(_, .some), .primaryKey(_, .some): .medium
      case .typeChange where item.work != .rewrite: .medium
      default: .high
      }
    }.max() ?? .low
  }
}

extension [LockMode.Activity] {
  fileprivate func isDisjoint(with others: [LockMode.Activity]) -> Bool { !contains(where: others.contains) }
}

/// What is asked of all effects, once: a block may hold thousands of statements, and touch as many relations.
private struct GroundFacts {
  /// Whether others notice anything.
  let isVisible: Bool
  /// Whether rows are written that others use.
  let writesRows: Bool

  init(_ effects: StatementEffects) {
    isVisible = effects.relations.contains(where: \.isWaitedFor)
    writesRows = effects.relations.contains { $0.isWaitedFor && $0.lock >= .rowExclusive }
  }
}

extension Statement.Kind {
  /// What the risk table says of the command itself, where its effects do not tell.
  fileprivate func ground(in effects: StatementEffects, _ facts: GroundFacts) -> (Risk, String)? {
    switch self {
    case .alterTable(let alter):
      // Of a table that the migration makes, all of this is part of its making.
      guard effects.relations.first?.isVisibleToOthers == true else { return nil }
      return alter.actions.compactMap(\.kind.ground).max { $0.0 < $1.0 }
    case .dataChange, .query, .copy, .explain:
      // Written as a statement of its own or in WITH, it is the same.
      guard facts.writesRows, changesRows else { return nil }
      return (.medium, "changes rows that running code uses: batches that commit keep its locks short")
    case .lockTable(let lock):
      let isStrong = LockMode(name: lock.mode).map { $0 >= .share } ?? true
      return facts.isVisible && isStrong ? (.medium, "makes others wait until its transaction ends") : nil
    case .createTable(let table):
      return facts.isVisible && table.partitionBound != nil
        ? (.medium, "locks the partitioned table: a table made apart can be attached instead") : nil
    case .anonymousBlock(let block):
      return block.code.statements.compactMap { $0.ground(in: effects, facts) }.max { $0.0 < $1.0 }
    case .reassignOwned, .alterDatabase:
      return (.medium, "changes the server for all that use it")
    case .set(let parameter):
      return parameter.scope == .session || parameter.scope == .transaction
        ? nil : (.medium, "changes a setting for sessions to come")
    default: return nil
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
  package var movesData: Bool {
    switch self {
    case .dataChange, .refreshMaterializedView, .call: true
    case .query(let query): !query.dataChanges.isEmpty
    case .copy(let copy): copy.isFrom
    case .anonymousBlock(let block): block.code.statements.contains(where: \.movesData)
    case .alterTable(let alter):
      alter.actions.contains { if case .validateConstraint = $0.kind { true } else { false } }
    default: false
    }
  }
}

extension Statement.Kind {
  /// Whether it changes rows that are there, in WITH too.
  fileprivate var changesRows: Bool {
    switch self {
    case .dataChange(let change): Query.dataChange(change).dataChanges.contains(where: \.changesRows)
    case .query(let query): query.dataChanges.contains(where: \.changesRows)
    case .copy(let copy): copy.query?.changesRows ?? false
    case .explain(let explain): explain.runs && explain.statement.changesRows
    default: false
    }
  }
}

extension DataChange {
  /// Whether it changes rows that exist, however many; INSERT only adds some, or changes those that its text brings along.
  fileprivate var changesRows: Bool {
    switch self {
    case .insert(let insert):
      if case .doUpdate? = insert.conflict, !insert.bringsItsRows { true } else { false }
    case .update, .delete, .merge: true
    }
  }
}

extension Insert {
  fileprivate var bringsItsRows: Bool {
    switch query {
    case .values(let values)?: values.rows.count <= Self.few
    case nil: true
    default: false
    }
  }

  private static let few = 100
}

extension AlterTable.ActionKind {
  /// The action's row in the risk table on a table that others use.
  fileprivate var ground: (Risk, String)? {
    switch self {
    case .addColumn(let column, _):
      column.isRequired
        ? (.medium, "adds a required column: its default stands in for code that does not know it") : nil
    case .setNotNull: (.medium, "requires a value: code that leaves it out must be gone")
    case .dropExpression: (.medium, "changes how a column gets its values")
    case .addConstraint(let constraint):
      // NOT VALID is the first half of the strategy that the table asks for; USING INDEX the second. Any other has the
      // risk of its work.
      constraint.isNotValid || constraint.existingIndex != nil
        ? (.medium, "holds for new rows at once: code that breaks it must be gone") : nil
    case .setTrigger(_, .disabled), .setTrigger(_, .replica): (.medium, "switches off what the trigger does")
    case .detachPartition(_, let isConcurrent):
      isConcurrent ? nil : (.high, "takes the partition's rows out of its table")
    case .inherit, .noInherit: (.medium, "changes which rows queries of the parent find")
    case .setRowSecurity, .setForcedRowSecurity: (.medium, "changes which rows running code sees")
    case .other: (.medium, "does what sqllint does not know")
    default: nil
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
