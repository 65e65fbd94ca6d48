import Catalog
import Execution
import Linting
import Syntax

/// The way from one column to another that takes its place: a trigger and a backfill in batches fill the new one while code
/// goes on with the old one, what hangs on the old one is made again on the new one while reads and writes go on, and one
/// short transaction lets the old one go.
struct ColumnReplacement {
  /// As the user names it.
  let table: QualifiedName
  private let old: Column
  /// What the new column is called while both are there.
  let temporary: String
  /// What it is called in the end.
  private let final: String
  private let type: TypeName
  /// What follows USING; `nil` where a cast gives the new value.
  private let conversion: Expression?
  private let known: Table
  private let context: StatementContext
  /// The schema with all that hangs on the old column on the new one instead.
  private let shadow: Database
  private let sequences: [QualifiedName]

  /// For a column that gets another name.
  init?(renaming column: String, to new: String, of table: QualifiedName, in context: StatementContext) {
    guard let type = context.before.table(table)?.column(column)?.type else { return nil }
    self.init(of: column, in: table, as: new, final: new, type, nil, context)
  }

  /// For a column that gets another type.
  init?(
    changing column: String,
    to type: TypeName,
    using conversion: Expression?,
    of table: QualifiedName,
    in context: StatementContext
  ) {
    let taken = context.before.table(table)?.columns.map(\.name) ?? []
    let names = (1...taken.count + 1).map { GeneratedName.make(column, nil, $0 == 1 ? "new" : "new\($0)") }
    guard let free = names.first(where: { !taken.contains($0) }) else { return nil }
    self.init(of: column, in: table, as: free, final: column, type, conversion, context)
  }

  private init?(
    of column: String,
    in table: QualifiedName,
    as temporary: String,
    final: String,
    _ type: TypeName,
    _ conversion: Expression?,
    _ context: StatementContext
  ) {
    let database = context.before
    guard let known = database.table(table), let old = known.column(column), old.type != nil, old.isReplaceable,
      known.isReplaceable, Self.goesAlone(column, of: table, in: context)
    else { return nil }
    var shadow = database
    let rename = Rename(
      objectKind: .column,
      relationKind: .table,
      relation: RelationReference(table),
      object: ObjectReference(name: QualifiedName(column)),
      newName: temporary,
      ifExists: false,
      cascade: false
    )
    guard shadow.execute(.rename(rename), version: context.policy.targetVersion).refusal == nil else { return nil }
    self.table = table
    self.old = old
    self.temporary = temporary
    self.final = final
    self.type = type
    self.conversion = conversion
    self.known = known
    self.context = context
    self.shadow = shadow
    sequences = database.catalog.dependents(ofRelation: known.name).sequences.filter { sequence in
      sequence.owner.map { $0 == (known.name, column) } == true
    }.map(\.name)
    let isPartitioned = known.kind == .partitionedTable
    if isPartitioned, !indexes.isEmpty || constraints.contains(where: { $0.condition == nil }) { return nil }
    if backfill == nil || constraints.contains(where: { $0.isKey && $0.definition.key == nil }) { return nil }
  }

  /// Whether nothing holds the column but what is made again here.
  private static func goesAlone(_ column: String, of table: QualifiedName, in context: StatementContext) -> Bool {
    let drop = AlterTable(
      relation: RelationReference(table),
      objectKind: .table,
      ifExists: false,
      actions: [AlterTable.Action(.dropColumn(column, ifExists: false, cascade: false))]
    )
    var trial = context.before
    guard let known = trial.table(table) else { return false }
    let isReferenced = known.constraints.contains {
      $0.referenced == known.name && $0.referencedColumns.contains(column)
    }
    let statistics = trial.catalog.dependents(ofRelation: known.name).statistics
    return !isReferenced && statistics.isEmpty
      && trial.execute(.alterTable(drop), version: context.policy.targetVersion).refusal == nil
  }

  /// What is in the way of it, where that is known: views that read the column, and foreign keys that point to it.
  static func obstacles(to column: String, of table: QualifiedName, in database: Database) -> [String] {
    let name = database.qualified(table)
    let views = database.catalog.views(reading: column, of: name).map { "view \($0.name.displayName)" }
    let keys = database.catalog.dependents(ofRelation: name).tables.flatMap { other in
      other.constraints.filter { $0.referenced == name && $0.referencedColumns.contains(column) }
        .map { "foreign key \($0.name.quotedIdentifier) of \(other.name.displayName)" }
    }
    return views + keys
  }

  // MARK: - What hangs on the column

  /// The constraints that read it, on the new column.
  private var constraints: [TableConstraint] {
    shadow.table(table)?.constraints.filter { $0.columns.contains(temporary) } ?? []
  }

  /// The indexes that read it and back no constraint, on the new column.
  private var indexes: [Index] {
    shadow.catalog.indexes(of: known.name).filter { $0.constraint == nil && $0.columns.contains(temporary) }
  }

  /// What an object that is made again is called while the old one is there.
  private func interim(_ name: String) -> String { GeneratedName.make(name, nil, "new") }

  // MARK: - Steps

  /// `deploy` is what must be true of running code before the old column goes.
  func steps(once deploy: String, keepingEqual isTwoWay: Bool) -> [Finding.Fix.Step] {
    guard let backfill else { return [] }
    return [start(isTwoWay: isTwoWay), backfill] + indexSteps + constraintSteps + [end(once: deploy)]
  }

  private var oldName: String { old.name.quotedIdentifier }
  private var newName: String { temporary.quotedIdentifier }

  private var trigger: RowTrigger { RowTrigger(on: table, for: old.name, behind: known.triggers) }

  private func start(isTwoWay: Bool) -> Finding.Fix.Step {
    let collation = old.collation.flatMap { isTwoWay ? " COLLATE \($0)" : nil } ?? ""
    let sql = """
      SET LOCAL lock_timeout = '2s';
      ALTER TABLE \(table) ADD COLUMN \(newName) \(context.before.portable(type).sql)\(collation);
      \(isTwoWay
        ? trigger.creation(bothWays, allowing: "it copies one column to the other")
        : trigger.creation("  NEW.\(newName) := \(converted);"))
      """
    return Finding.Fix.Step(context.inOneTransaction(sql))
  }

  private var bothWays: String {
    // Not every type has an `=`.
    let cast = type.isComparable && type.arrayDimensions == 0 ? "" : "::text"
    return """
        IF TG_OP = 'INSERT' AND NEW.\(newName) IS NOT NULL
          OR TG_OP = 'UPDATE' AND NEW.\(newName)\(cast) IS DISTINCT FROM OLD.\(newName)\(cast) THEN
          NEW.\(oldName) := NEW.\(newName);
        ELSE
          NEW.\(newName) := NEW.\(oldName);
        END IF;
      """
  }

  /// The new value of the row that a trigger sees.
  private var converted: String {
    guard let conversion else { return "NEW.\(oldName)::\(context.before.portable(type).sql)" }
    return trigger.value(of: conversion)
  }

  private var backfill: Finding.Fix.Step? {
    let value =
      conversion.map { "(\($0.sql))" }
      ?? (temporary == final ? oldName : "\(oldName)::\(context.before.portable(type).sql)")
    let key = context.before.keyColumns(of: table)
    // What USING makes NULL would be tried for ever.
    if conversion != nil, key.isEmpty { return nil }
    let backfill = Backfill(
      table: table,
      assignments: "\(newName) = \(value)",
      pending: "\(newName) IS NULL" + (old.isNotNull ? "" : " AND \(oldName) IS NOT NULL"),
      key: key
    )
    return backfill.migration.map { Finding.Fix.Step($0) }
  }

  /// Each alone in its migration.
  private var indexSteps: [Finding.Fix.Step] {
    let keys = constraints.compactMap { constraint -> Finding.Fix.Step? in
      guard let key = constraint.definition.key else { return nil }
      let recipe = ConstraintRecipes(table: table, name: constraint.name)
      let index = recipe.index(interim(constraint.name).quotedIdentifier, for: key, columns: constraint.columns)
      return Finding.Fix.Step(index.sql)
    }
    return keys
      + indexes.map { index in
        var deparser = Deparser()
        let unique = index.definition.isUnique ? "UNIQUE " : ""
        let definition = deparser.text(index.definition, on: table.description)
          .replacing(" USING btree", with: "", maxReplacements: 1)
        let name = interim(index.name.name).quotedIdentifier
        return Finding.Fix.Step("CREATE \(unique)INDEX CONCURRENTLY \(name) \(definition);")
      }
  }

  private var notNull: NotNullRecipe? {
    old.isNotNull ? NotNullRecipe(table: table, column: temporary, isFilled: true) : nil
  }

  /// Checks in one migration, each foreign key in one of its own, and then all that there is to validate.
  private var constraintSteps: [Finding.Fix.Step] {
    let others = constraints.filter { !$0.isKey }
    let additions = others.map { (constraint: $0, sql: addition(of: $0)) }
    let checks =
      (notNull.map { [$0.addition] } ?? [])
      + additions.filter { $0.constraint.referenced == nil }.map(\.sql)
    let keys = additions.filter { $0.constraint.referenced != nil }.map(\.sql)
    let validated =
      (notNull.map { [$0.proof] } ?? []) + others.filter(\.isValidated).map { interim($0.name).quotedIdentifier }
    let validations = validated.map { "VALIDATE CONSTRAINT \($0)" }
    return ([checks] + keys.map { [$0] } + [validations]).filter { !$0.isEmpty }.map { actions in
      Finding.Fix.Step("ALTER TABLE \(table)\(actions.count == 1 ? " " : "\n  ")\(actions.joined(separator: ",\n  "));")
    }
  }

  private func addition(of constraint: TableConstraint) -> String {
    var deparser = Deparser()
    let definition = deparser.text(
      constraint.definition,
      columns: constraint.columns,
      referenced: constraint.referenced.map { ($0.portable, constraint.referencedColumns) }
    )
    return "ADD CONSTRAINT \(interim(constraint.name).quotedIdentifier) \(definition) NOT VALID"
  }

  /// The old column goes, and the new one and what hangs on it get the names that the old ones had.
  private func end(once deploy: String) -> Finding.Fix.Step {
    let place = "ALTER TABLE \(table)"
    var sql = ["SET LOCAL lock_timeout = '2s';"] + trigger.removal(because: "it has done its work")
    if let notNull {
      sql += ["\(place) ALTER COLUMN \(newName) SET NOT NULL;", "\(place) DROP CONSTRAINT \(notNull.proof);"]
    }
    if let value = old.defaultValue {
      var deparser = Deparser()
      sql.append("\(place) ALTER COLUMN \(newName) SET DEFAULT \(deparser.text(default: value));")
    }
    sql += sequences.map { "ALTER SEQUENCE \($0.portable) OWNED BY \(table).\(newName);" }
    sql += [
      "-- sqllint:allow column-dropped its values are in \(newName)",
      "\(place) DROP COLUMN \(oldName);",
    ]
    if final != temporary {
      sql.append("\(place) RENAME COLUMN \(newName) TO \(final.quotedIdentifier);")
    }
    if let comment = old.comment {
      sql.append("COMMENT ON COLUMN \(table).\(final.quotedIdentifier) IS \(comment.quotedLiteral);")
    }
    sql += constraints.map { constraint in
      let name = constraint.name.quotedIdentifier
      let interim = interim(constraint.name).quotedIdentifier
      guard let words = constraint.definition.keyWords else {
        return "\(place) RENAME CONSTRAINT \(interim) TO \(name);"
      }
      return "\(place) ADD CONSTRAINT \(name) \(words) USING INDEX \(interim)\(constraint.definition.deferral);"
    }
    sql += indexes.map { index in
      let name = QualifiedName(schema: table.schema, interim(index.name.name))
      return "ALTER INDEX \(name) RENAME TO \(index.name.name.quotedIdentifier);"
    }
    return Finding.Fix.Step(context.inOneTransaction(sql.joined(separator: "\n")), once: deploy)
  }
}

extension StatementContext {
  /// The statements as a migration that is one transaction.
  func inOneTransaction(_ sql: String) -> String {
    migration.transactionMode == .none ? "BEGIN;\n\(sql)\nCOMMIT;" : sql
  }
}

extension Table {
  /// Whether one of its columns can be left behind for another one.
  fileprivate var isReplaceable: Bool {
    guard [.table, .partitionedTable].contains(kind), parents.isEmpty, ofType == nil, !isAssumed else { return false }
    if case .index = replicaIdentity { return false }
    return knowsAllColumns && clusterIndex == nil && (kind == .partitionedTable || children.isEmpty)
  }
}

extension Column {
  fileprivate var isReplaceable: Bool {
    generated == nil && identity == nil && !isInherited && storage == nil && compression == nil
      && statisticsTarget == nil && options.isEmpty
  }
}

extension Constraint {
  fileprivate var key: KeyConstraint? {
    switch kind {
    case .primaryKey(let key), .unique(let key): key
    default: nil
    }
  }

  fileprivate var keyWords: String? {
    switch kind {
    case .primaryKey: "PRIMARY KEY"
    case .unique: "UNIQUE"
    default: nil
    }
  }
}
