import Catalog
import Execution
import Linting
import Syntax

extension StatementContext {
  /// The foreign keys of a table that point to others, each dropped in a transaction of its own, and then `last`: dropping
  /// one locks both tables, and each of these transactions waits for two of them alone. Empty where nothing is gained.
  func droppingKeysFirst(
    of table: QualifiedName,
    where isInTheWay: (TableConstraint) -> Bool = { _ in true },
    then last: Finding.Fix.Step
  ) -> [Finding.Fix.Step] {
    guard let known = before.catalog.tables[table], known.kind == .table, known.parents.isEmpty else { return [] }
    let keys = known.constraints.filter { key in
      key.referenced.map { $0 != table && before.catalog.tables[$0] != nil } == true && isInTheWay(key)
    }
    guard !keys.isEmpty else { return [] }
    return keys.map { key in
      """
      SET lock_timeout = '2s';
      -- sqllint:allow constraint-dropped what it belongs to goes next
      ALTER TABLE \(table.portable) DROP CONSTRAINT \(key.name.quotedIdentifier);
      RESET lock_timeout;
      """
    } + [last]
  }

  /// What of the advice on dropping says how to get past busy tables, for the middle of a sentence.
  static let keysFirst =
    "drop its foreign keys first, each in a transaction of its own that is sent again when lock_timeout strikes"

  // MARK: - What is dropped to be made again

  /// ALTER TYPE, where the migration drops a column and adds it again with another type.
  func fixByTypeChange(of column: String, of table: QualifiedName) -> Finding.Fix? {
    guard case .alterTable(let alter) = statement.kind, let old = before.catalog.tables[table]?.column(column),
      let type = definitionMadeAgain(of: column, of: table)?.type, old.generated == nil, old.identity == nil
    else { return nil }
    let name = before.portable(alter.relation.name)
    if old.type == type { return Finding.Fix("leave it as it is: it is made again with the same type") }
    let change = AlterTable(
      relation: alter.relation,
      objectKind: .table,
      ifExists: false,
      actions: [
        AlterTable.Action(
          .setType(column: column, ColumnDefinition(name: column, type: type), using: nil)
        )
      ]
    )
    var database = before
    let result = database.execute(.alterTable(change), version: policy.targetVersion)
    guard result.refusal == nil else { return nil }
    guard result.effects.losses.isEmpty, result.effects.relations.allSatisfy(\.work.isEmpty) else {
      return Finding.Fix(
        "change its type instead, which keeps its values: ALTER COLUMN … TYPE, or a new column in steps"
      )
    }
    return Finding.Fix(
      "change its type in place, which keeps its values and touches no row",
      migrations: [
        "ALTER TABLE \(name) ALTER COLUMN \(column.quotedIdentifier) TYPE \(before.portable(type).sql);"
      ]
    )
  }

  private func definitionMadeAgain(of column: String, of table: QualifiedName) -> ColumnDefinition? {
    for statement in migration.script.statements[index...] {
      guard case .alterTable(let alter) = statement.kind, before.qualified(alter.relation.name) == table else {
        continue
      }
      for action in alter.actions {
        if case .addColumn(let definition, _) = action.kind, definition.name == column { return definition }
      }
    }
    return nil
  }

  /// RENAME CONSTRAINT, where the migration adds what another constraint says that it drops.
  func fixByRenaming(_ action: AlterTable.Action) -> Finding.Fix? {
    guard case .alterTable(let alter) = statement.kind, let name = nameOfConstraint(addedBy: action),
      let start = deploymentStart?.tables[before.qualified(alter.relation.name)],
      let new = after.table(alter.relation.name)?.constraint(name)
    else { return nil }
    let dropped = migration.script.statements.flatMap { statement -> [String] in
      guard case .alterTable(let other) = statement.kind, before.qualified(other.relation.name) == start.name else {
        return []
      }
      return other.actions.compactMap { if case .dropConstraint(let name, _, _) = $0.kind { name } else { nil } }
    }
    guard
      let old = dropped.lazy.compactMap({ start.constraint($0) }).first(where: { $0.name != name && $0.says(what: new) }
      )
    else { return nil }
    let table = before.portable(alter.relation.name)
    return Finding.Fix(
      "\(old.name.quotedIdentifier) says the same and is dropped: rename it, which checks no row",
      migrations: ["ALTER TABLE \(table) RENAME CONSTRAINT \(old.name.quotedIdentifier) TO \(name.quotedIdentifier);"]
    )
  }
}

extension TableConstraint {
  /// Whether another one asks the same of the rows.
  fileprivate func says(what other: TableConstraint) -> Bool {
    guard isValidated, columns == other.columns, referenced == other.referenced,
      referencedColumns == other.referencedColumns, definition.isDeferrable == other.definition.isDeferrable,
      definition.isInitiallyDeferred == other.definition.isInitiallyDeferred
    else { return false }
    return switch (definition.kind, other.definition.kind) {
    case (.foreignKey(let old), .foreignKey(let new)):
      old.match == new.match && old.onUpdate == new.onUpdate && old.onDelete == new.onDelete
    case (.check(let old, let oldStays), .check(let new, let newStays)): old == new && oldStays == newStays
    default: false
    }
  }
}
