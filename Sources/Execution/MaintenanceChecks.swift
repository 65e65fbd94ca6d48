import Catalog
import Syntax

/// What PostgreSQL refuses of REINDEX, VACUUM and ANALYZE.
extension Execution {
  // MARK: - REINDEX

  /// Source: `ReindexIndex` and `ReindexRelationConcurrently` in `indexcmds.c`.
  func checkSystemCatalog(_ given: QualifiedName, _ reindex: Reindex) throws(SQLError) {
    guard reindex.isConcurrent, !catalog.hasRelation(database.qualified(given)) else { return }
    let isOwn =
      given.schema == nil || given.schema == "pg_catalog"
      ? given.name.hasPrefix("pg_") : given.schema == "pg_toast" && given.isToastOfSystem
    if isOwn { throw .systemCatalogsConcurrently }
  }

  func check(_ index: Index, mayBeRebuiltBy reindex: Reindex) throws(SQLError) {
    guard reindex.isConcurrent, let name = index.constraint,
      case .exclusion? = catalog.tables[index.table]?.constraint(name)?.definition.kind
    else { return }
    throw SQLError(
      .featureNotSupported,
      "concurrent index creation for exclusion constraints is not supported",
      about: SQLError.Object(.index, index.name)
    )
  }

  // MARK: - VACUUM and ANALYZE

  /// Source: `ExecVacuum` and `vacuum` in `vacuum.c`, `do_analyze_rel` in `analyze.c`.
  mutating func check(_ vacuum: Vacuum) throws(SQLError) {
    if vacuum.isVacuum, !vacuum.analyzes, !vacuum.columns.isEmpty {
      throw SQLError(
        .featureNotSupported,
        "ANALYZE option must be specified when a column list is provided"
      )
    }
    if vacuum.isFull, let workers = vacuum.options.first(where: { $0.name == "parallel" })?.value, workers != "0" {
      throw SQLError(.featureNotSupported, "VACUUM FULL cannot be performed in parallel")
    }
    for relation in vacuum.relations { _ = try requireRelation(relation.name) }
    for (position, columns) in vacuum.columns.sorted(by: { $0.key < $1.key }) {
      try check(columns, of: database.qualified(vacuum.relations[position].name))
    }
  }

  private func check(_ columns: [String], of name: QualifiedName) throws(SQLError) {
    let view = catalog.views[name]
    // What is no table is skipped.
    if let view, !view.isMaterialized { return }
    var seen: Set<String> = []
    for column in columns {
      let isThere: Bool =
        if let table = catalog.tables[name] {
          table.column(column) != nil || !catalog.isFullyKnown(table)
        } else if let view {
          view.columnNames.contains(column) || !view.knowsAllColumns
        } else { true }
      if !isThere { throw .undefined(.column, column, of: name) }
      if !seen.insert(column).inserted {
        throw SQLError(
          .duplicateColumn,
          "column \(column.quotedInErrors) of relation \(name.quotedInErrors) appears more than once",
          about: SQLError.Object(.column, QualifiedName(column), of: name)
        )
      }
    }
  }
}

extension SQLError {
  static var systemCatalogsConcurrently: SQLError {
    SQLError(.featureNotSupported, "cannot reindex system catalogs concurrently")
  }
}

extension QualifiedName {
  /// Whether it is the table or the index of TOAST that one of PostgreSQL's own catalogs has: their numbers are below
  /// those of what users make.
  fileprivate var isToastOfSystem: Bool {
    guard name.hasPrefix("pg_toast_"), let number = Int(name.dropFirst("pg_toast_".count).prefix { $0.isNumber }) else {
      return false
    }
    return number < 16_384
  }
}
