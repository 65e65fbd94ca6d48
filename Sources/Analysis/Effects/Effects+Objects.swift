import Syntax

extension EffectLedger {
  // MARK: - New names

  /// Source: `ExecRenameStmt` in `alter.c` and `renameatt`, `RenameRelation`, `RenameConstraint` in `tablecmds.c`.
  mutating func enter(_ statement: Rename) {
    switch statement.objectKind {
    case .table, .foreignTable, .view, .materializedView, .sequence, .index: renameRelation(statement)
    case .column: renameColumn(statement)
    case .constraint:
      guard let relation = statement.relation, !isSkipped(statement, relation) else { return }
      for table in family(relation) where table == schema.qualified(relation.name) || inherits(table, statement) {
        lock(table, .accessExclusive)
      }
      if let index = schema.table(relation.name)?.constraint(statement.object.name.name)?.index {
        lock(index, .shareUpdateExclusive)
      }
    case .trigger, .policy, .rule:
      guard let relation = statement.relation, !isSkipped(statement, relation) else { return }
      lock(schema.qualified(relation.name), .accessExclusive)
    case .attribute:
      guard let relation = statement.relation else { return }
      breaks(.objectRenamed(.attribute, name: "\(relation.name).\(statement.object.name)", to: statement.newName))
    default:
      breaks(.objectRenamed(statement.objectKind, name: statement.object.name.description, to: statement.newName))
    }
  }

  private func isSkipped(_ statement: Rename, _ relation: RelationReference) -> Bool {
    statement.ifExists && !schema.hasRelation(schema.qualified(relation.name))
  }

  private func inherits(_ table: QualifiedName, _ statement: Rename) -> Bool {
    schema.tables[table]?.constraint(statement.object.name.name)?.isInherited == true
  }

  private mutating func renameRelation(_ statement: Rename) {
    let name = schema.qualified(statement.object.name)
    if statement.ifExists, !schema.hasRelation(name) { return }
    // Renaming an index is the one rename that lets reads and writes go on, from PostgreSQL 12.
    let isIndex = statement.objectKind == .index || schema.indexes[name] != nil
    lock(name, isIndex ? .shareUpdateExclusive : .accessExclusive)
    guard !isIndex, existed(name) else { return }
    if statement.objectKind == .sequence {
      breaks(.objectRenamed(.sequence, name: name.description, to: statement.newName))
    } else {
      breaks(.relationRenamed(name, to: statement.newName))
    }
  }

  private mutating func renameColumn(_ statement: Rename) {
    guard let relation = statement.relation, !isSkipped(statement, relation) else { return }
    let name = schema.qualified(relation.name)
    for table in family(relation) { lock(table, .accessExclusive) }
    if existed(name) {
      breaks(.columnRenamed(statement.object.name.name, of: name, to: statement.newName))
    }
  }

  mutating func enter(_ statement: SetSchema) {
    switch statement.objectKind {
    case .table, .foreignTable, .view, .materializedView, .sequence:
      let name = schema.qualified(statement.object.name)
      if statement.ifExists, !schema.hasRelation(name) { return }
      lock(name, .accessExclusive)
      for sequence in ownedSequences(of: name) { lock(sequence, .accessExclusive) }
      guard existed(name) else { return }
      let moved = QualifiedName(schema: statement.newSchema, name.name)
      breaks(.relationRenamed(name, to: moved.description))
    default:
      let moved = QualifiedName(schema: statement.newSchema, statement.object.name.name)
      breaks(
        .objectRenamed(statement.objectKind, name: statement.object.name.description, to: moved.description)
      )
    }
  }

  // MARK: - Comments and owners

  /// Source: `CommentObject` in `comment.c`: a relation and its columns are locked, its parts are not.
  mutating func enterObjectChange(_ statement: Statement.Kind) {
    switch statement {
    case .comment(let comment):
      switch comment.objectKind {
      case .table, .foreignTable, .view, .materializedView, .index, .sequence:
        lock(schema.qualified(comment.object.name), .shareUpdateExclusive)
      case .column:
        if let relation = comment.object.relation { lock(schema.qualified(relation), .shareUpdateExclusive) }
      default: break
      }
    case .changeOwner(let change):
      switch change.objectKind {
      case .table, .view, .materializedView, .sequence:
        lock(schema.qualified(change.object.name), .accessExclusive)
      default: break
      }
    default: break
    }
  }

  // MARK: - What belongs to a relation

  mutating func enterAttachment(_ statement: Statement.Kind) {
    switch statement {
    case .createTrigger(let trigger):
      let name = schema.qualified(trigger.relation.name)
      lock(name, .shareRowExclusive)
      if trigger.isForEachRow, schema.tables[name]?.kind == .partitionedTable {
        for partition in schema.descendants(of: name) { lock(partition, .shareRowExclusive) }
      }
    case .createPolicy(let policy): lock(schema.qualified(policy.relation.name), .accessExclusive)
    case .alterPolicy(let policy): lock(schema.qualified(policy.relation.name), .accessExclusive)
    case .createRule(let rule): lock(schema.qualified(rule.relation.name), .accessExclusive)
    case .createStatistics(let statistics):
      for relation in statistics.relations { lock(schema.qualified(relation.name), .shareUpdateExclusive) }
    case .createSequence(let sequence):
      if case .column(_, let table)? = sequence.ownedBy { lock(schema.qualified(table), .accessShare) }
    case .alterSequence(let sequence):
      let name = schema.qualified(sequence.relation.name)
      if sequence.ifExists, !schema.hasRelation(name) { return }
      lock(name, .shareRowExclusive)
    default: break
    }
  }

  // MARK: - Domains

  /// Every table with a column of the domain is locked and read.
  ///
  /// Source: `validateDomainCheckConstraint` and `validateDomainNotNullConstraint` in `typecmds.c`.
  mutating func enter(_ statement: AlterDomain) {
    let name = schema.qualifiedType(statement.name)
    switch statement.action {
    case .addConstraint(let constraint): guard !constraint.isNotValid else { return }
    case .setNotNull, .validateConstraint: break
    default: return
    }
    let isGentle = if case .validateConstraint = statement.action { version >= 18 } else { false }
    for table in schema.tables.values.sorted(by: { $0.name.description < $1.name.description })
    where table.columns.contains(where: { $0.type.map { schema.qualifiedType($0.name) } == name }) {
      lock(table.name, isGentle ? .shareUpdateExclusive : .share)
      scan(table.name, because: .domainConstraint(domain: name))
    }
    if schema.types[name] == nil { unknown("which tables have columns of domain \(name)") }
  }
}
