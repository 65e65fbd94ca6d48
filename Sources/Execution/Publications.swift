import Catalog
import Syntax

extension Execution {
  /// Source: `CreatePublication` in `publicationcmds.c`.
  mutating func create(_ publication: PublicationDefinition) throws(SQLError) {
    let name = publication.name
    if catalog.publications[name] != nil { throw .duplicate(.publication, name) }
    var made = Publication()
    made.isForAllTables = publication.forAllTables
    try set(publication.options, of: &made)
    let tables = try members(of: publication, sendsRoots: made.sendsRoots)
    if let table = publication.firstTableByColumn, !publication.schemas.isEmpty { throw columnList(of: table, name) }
    catalog.publications[name] = made
    for table in tables { catalog.publish(table.name, in: name, byColumn: table.isByColumn) }
    for schema in publication.schemas { catalog.publish(schema: schema, in: name) }
  }

  /// Source: `AlterPublication` in `publicationcmds.c`.
  mutating func alter(_ publication: PublicationDefinition) throws(SQLError) {
    let name = publication.name
    try requireOther(named: name, .publication)
    guard var known = catalog.publications[name] else {
      _ = try members(of: publication, sendsRoots: true)
      return
    }
    guard let change = publication.change else {
      try set(publication.options, of: &known)
      catalog.publications[name] = known
      return
    }
    if known.isForAllTables {
      throw SQLError(
        .objectNotInPrerequisiteState,
        "publication \"\(name)\" is defined as FOR ALL TABLES",
        about: SQLError.Object(.publication, QualifiedName(name))
      )
    }
    let tables = try members(of: publication, sendsRoots: known.sendsRoots)
    switch change {
    case .add:
      try checkColumnLists(of: publication, besides: known)
      for table in tables { try add(table, to: name) }
      for schema in publication.schemas {
        if known.schemas.contains(schema) {
          throw SQLError(.duplicateObject, "schema \"\(schema)\" is already member of publication \"\(name)\"")
        }
        catalog.publish(schema: schema, in: name)
      }
    case .drop: try drop(tables, publication)
    case .set:
      if let table = publication.firstTableByColumn, !publication.schemas.isEmpty { throw columnList(of: table, name) }
      catalog.emptyPublication(name)
      for table in tables { catalog.publish(table.name, in: name, byColumn: table.isByColumn) }
      for schema in publication.schemas { catalog.publish(schema: schema, in: name) }
    }
  }

  private mutating func add(_ table: PublishedTable, to publication: String) throws(SQLError) {
    if catalog.publications[publication]?.tables.contains(table.name) == true {
      throw SQLError(
        .duplicateObject,
        "relation \(table.name.quotedInErrors) is already member of publication \"\(publication)\"",
        about: SQLError.Object(.table, table.name)
      )
    }
    catalog.publish(table.name, in: publication, byColumn: table.isByColumn)
  }

  private mutating func drop(_ tables: [PublishedTable], _ publication: PublicationDefinition) throws(SQLError) {
    let name = publication.name
    if publication.members.contains(where: { !$0.columns.isEmpty }) {
      throw SQLError(.syntaxError, "column list must not be specified in ALTER PUBLICATION ... DROP")
    }
    if publication.members.contains(where: { $0.condition != nil }) {
      throw SQLError(.syntaxError, "cannot use a WHERE clause when removing a table from a publication")
    }
    for table in tables {
      if catalog.publications[name]?.tables.contains(table.name) == false {
        throw SQLError(
          .undefinedObject,
          "relation \(table.name.quotedInErrors) is not part of the publication",
          about: SQLError.Object(.table, table.name)
        )
      }
      catalog.unpublish(.table(table.name), from: name)
    }
    for schema in publication.schemas {
      if catalog.publications[name]?.schemas.contains(schema) == false {
        throw SQLError(.undefinedObject, "tables from schema \"\(schema)\" are not part of the publication")
      }
      catalog.unpublish(.schema(schema), from: name)
    }
  }

  // MARK: - Options

  /// Source: `parse_publication_options` in `publicationcmds.c`.
  private func set(_ options: [Option], of publication: inout Publication) throws(SQLError) {
    try requireOnce(options)
    for option in options {
      switch option.name {
      case "publish":
        let actions = (option.value ?? "").split(separator: ",").map { $0.filter { !$0.isWhitespace }.lowercased() }
        if let other = actions.first(where: { !["insert", "update", "delete", "truncate"].contains($0) }) {
          throw SQLError(.syntaxError, "unrecognized value for publication option \"publish\": \"\(other)\"")
        }
        publication.sendsUpdates = actions.contains("update")
        publication.sendsDeletes = actions.contains("delete")
      case "publish_via_partition_root":
        publication.sendsRoots = option.value.map { ["true", "on", "1", "yes"].contains($0.lowercased()) } ?? true
      case "publish_generated_columns" where version >= 18: break
      default: throw SQLError(.syntaxError, "unrecognized publication parameter: \"\(option.name)\"")
      }
    }
  }

  /// Source: `errorConflictingDefElem` in `define.c`.
  func requireOnce(_ options: [Option]) throws(SQLError) {
    if options.count < 2 { return }
    var names: Set<String> = []
    for option in options where !names.insert(option.name).inserted {
      throw SQLError(.syntaxError, "conflicting or redundant options: \"\(option.name)\" is given twice")
    }
  }

  // MARK: - Tables

  private struct PublishedTable {
    let name: QualifiedName
    let isByColumn: Bool
  }

  /// The tables that the statement names, which it locks.
  private mutating func members(
    of publication: PublicationDefinition,
    sendsRoots: Bool
  ) throws(SQLError) -> [PublishedTable] {
    var tables: [PublishedTable] = []
    var byColumn: [QualifiedName: Bool] = [:]
    for member in publication.members {
      let name = try requireRelation(member.relation.name)
      lock(name, .shareUpdateExclusive)
      if publication.change != .drop { try check(member, name, sendsRoots: sendsRoots) }
      if let earlier = byColumn[name] {
        if earlier || !member.columns.isEmpty {
          throw SQLError(.duplicateObject, "conflicting or redundant column lists for table \(name.quotedInErrors)")
        }
        continue
      }
      byColumn[name] = !member.columns.isEmpty
      tables.append(PublishedTable(name: name, isByColumn: !member.columns.isEmpty))
    }
    for schema in publication.schemas {
      if ["pg_catalog", "pg_toast"].contains(schema) || schema.hasPrefix(Catalog.temporary) {
        throw SQLError(.invalidParameterValue, "cannot add schema \"\(schema)\" to publication")
      }
      try requireSchema(schema)
    }
    return tables
  }

  /// Source: `check_publication_add_relation` and `publication_translate_columns` in `pg_publication.c`.
  private mutating func check(
    _ member: PublicationDefinition.Member,
    _ name: QualifiedName,
    sendsRoots: Bool
  ) throws(SQLError) {
    let about = SQLError.Object(.table, name)
    if catalog.isKnown(name), let kind = catalog.kind(of: name) {
      let isTemporary = name.schema == Catalog.temporary
      let isUnlogged = catalog.tables[name]?.persistence == .unlogged
      if kind != .table && kind != .partitionedTable || isTemporary || isUnlogged {
        throw SQLError(
          .invalidParameterValue,
          "cannot add relation \(name.quotedInErrors) to publication",
          about: about
        )
      }
      if kind == .partitionedTable, !sendsRoots, !member.columns.isEmpty || member.condition != nil {
        throw SQLError(
          .invalidParameterValue,
          "cannot publish columns or rows of the partitioned table \(name.quotedInErrors) apart: "
            + "publish_via_partition_root is false",
          about: about
        )
      }
    }
    try analyze(member.condition, of: member.relation, as: "PUBLICATION WHERE")
    var columns: Set<String> = []
    for column in member.columns {
      if column.isSystemColumn {
        throw SQLError(.invalidColumnReference, "cannot use system column \"\(column)\" in publication column list")
      }
      if let table = catalog.tables[name], !catalog.mayHave(column, table) {
        throw .undefined(.column, column, of: name)
      }
      if !columns.insert(column).inserted {
        throw SQLError(.duplicateObject, "duplicate column \"\(column)\" in publication column list")
      }
    }
  }

  /// Source: `CheckPubRelationColumnList` and `AlterPublicationSchemas` in `publicationcmds.c`.
  private func checkColumnLists(
    of publication: PublicationDefinition,
    besides known: Publication
  ) throws(SQLError) {
    let name = publication.name
    if let table = publication.firstTableByColumn, !known.schemas.isEmpty || !publication.schemas.isEmpty {
      throw columnList(of: table, name)
    }
    if !publication.schemas.isEmpty, !known.tablesByColumn.isEmpty {
      throw SQLError(
        .invalidParameterValue,
        "cannot add schema to publication \"\(name)\": it lists columns of a table"
      )
    }
  }

  private func columnList(of table: QualifiedName, _ publication: String) -> SQLError {
    SQLError(
      .invalidParameterValue,
      "cannot use column list for relation \(table.quotedInErrors) in publication \"\(publication)\"",
      about: SQLError.Object(.table, table)
    )
  }

  // MARK: - Replica identity

  /// What changes or deletes rows of a published table must tell subscribers which rows.
  ///
  /// Source: `CheckCmdReplicaIdentity` in `execReplication.c`.
  func requireIdentity(for change: DataChange) throws(SQLError) {
    if catalog.publications.isEmpty { return }
    let isUpdate: Bool
    let isBounded: Bool
    switch change {
    case .update(let update): (isUpdate, isBounded) = (true, update.condition != nil)
    case .delete(let delete): (isUpdate, isBounded) = (false, delete.condition != nil)
    case .insert, .merge: return
    }
    let name = database.qualified(change.relation.name)
    guard let table = catalog.tables[name], table.rules.isEmpty else { return }
    var targets = [name]
    if table.kind == .partitionedTable {
      // A condition may leave partitions out.
      if isBounded || !change.relation.includesDescendants { return }
      targets = catalog.descendants(of: name)
    }
    for target in targets {
      guard let table = catalog.tables[target], catalog.isFullyKnown(table), table.lacksIdentity,
        catalog.publications(of: target).contains(where: { isUpdate ? $0.sendsUpdates : $0.sendsDeletes })
      else { continue }
      throw SQLError(
        .objectNotInPrerequisiteState,
        "cannot \(isUpdate ? "update" : "delete from") table \(target.quotedInErrors) because it does not have a "
          + "replica identity and publishes \(isUpdate ? "updates" : "deletes")",
        about: SQLError.Object(.table, target)
      )
    }
  }
}

extension Table {
  /// Whether it is a table whose changes are sent, and nothing tells its rows apart.
  fileprivate var lacksIdentity: Bool {
    guard kind == .table, persistence == .permanent, name.schema != Catalog.temporary else { return false }
    switch replicaIdentity {
    case .primaryKey: return primaryKey == nil
    case .full: return false
    case .nothing: return true
    case .index: return false
    }
  }
}

extension PublicationDefinition {
  fileprivate var firstTableByColumn: QualifiedName? {
    members.first { !$0.columns.isEmpty }?.relation.name
  }
}
