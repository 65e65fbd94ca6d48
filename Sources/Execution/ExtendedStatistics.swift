import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateStatistics) throws(SQLError) {
    lock(statement.relations.map { database.qualified($0.name) }, .shareUpdateExclusive)
    guard let table = statement.relations.first.map({ database.qualified($0.name) }) else { return }
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

  mutating func perform(_ statement: AlterStatistics) {
    let name = database.qualifiedStatistics(statement.name)
    if catalog.statistics.contains(name) { catalog.statistics[name]?.target = statement.target }
  }
}
