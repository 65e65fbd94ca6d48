import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateStatistics) throws(SQLError) {
    if statement.relations.count > 1 {
      throw SQLError(.featureNotSupported, "only a single relation is allowed in CREATE STATISTICS")
    }
    guard let relation = statement.relations.first else { return }
    let table = try requireRelation(relation.name)
    lock(table, .shareUpdateExclusive)
    if catalog.isKnown(table), let kind = catalog.kind(of: table), [.view, .index, .sequence].contains(kind) {
      throw SQLError(.wrongObjectType, "cannot define statistics for relation \(relation.name.quotedInErrors)")
    }
    if let name = statement.name { try requireCreation(of: name) }
    let name =
      statement.name.map { QualifiedName(schema: $0.schema ?? database.session.creationSchema, $0.name) }
      ?? statisticsName(for: statement, on: table)
    if catalog.statistics[name] != nil {
      if statement.ifNotExists { return }
      throw .duplicate(.statistics, name)
    }
    let unknown = statement.elements.flatMap(\.columnNames).first { column in
      catalog.tables[table].map { !catalog.mayHave(column, $0) } ?? false
    }
    if let unknown { throw .undefinedColumn(unknown) }
    let isPlainColumn = statement.elements.count == 1 && statement.elements.first?.column != nil
    if statement.elements.count > ServerLimits.statisticsColumns {
      throw SQLError(.tooManyColumns, "cannot have more than \(ServerLimits.statisticsColumns) columns in statistics")
    }
    var seen = Set<String>()
    for case .column(let column) in statement.elements.map(\.key) {
      if column.isSystemColumn {
        throw SQLError(.featureNotSupported, "statistics creation on system columns is not supported")
      }
      if !seen.insert(column).inserted {
        throw SQLError(.duplicateColumn, "duplicate column name in statistics definition")
      }
    }
    for kind in statement.kinds where !["ndistinct", "dependencies", "mcv"].contains(kind) {
      throw SQLError(.syntaxError, "unrecognized statistics kind \(kind.quotedInErrors)")
    }
    if statement.elements.count == 1, !isPlainColumn, !statement.kinds.isEmpty {
      throw SQLError(
        .featureNotSupported,
        "when building statistics on a single expression, statistics kinds may not be specified"
      )
    }
    if isPlainColumn {
      throw SQLError(.invalidObjectDefinition, "extended statistics require at least 2 columns")
    }
    let definition = CreateStatistics(
      name: name,
      kinds: statement.kinds,
      elements: statement.elements.map { database.resolved($0, of: table) },
      relations: statement.relations,
      ifNotExists: false
    )
    catalog.statistics[name] = Statistics(
      name: name,
      table: table,
      definition: definition,
      createdIn: catalog.currentMigration
    )
  }

  /// `t_a_b_stat`; expressions are called `expr` (`ChooseExtendedStatisticNameAddition` in `statscmds.c`).
  mutating func statisticsName(for definition: CreateStatistics, on table: QualifiedName) -> QualifiedName {
    let addition = GeneratedName.addition(definition.elements.map { $0.column ?? "expr" })
    return QualifiedName(schema: table.schema, catalog.statisticsName(table.name, addition, in: table.schema))
  }

  mutating func perform(_ statement: AlterStatistics) throws(SQLError) {
    let name = database.qualifiedStatistics(statement.name)
    if !catalog.statistics.contains(name), !statement.ifExists { try requireStatistics(statement.name) }
    if catalog.statistics.contains(name) { catalog.statistics[name]?.target = statement.target }
  }
}
