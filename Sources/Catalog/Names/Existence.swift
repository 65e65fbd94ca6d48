import Syntax

extension Database {
  /// Whether a row of a system catalog exists that code asks for, as far as the history tells.
  ///
  /// What the history never made may be there all the same.
  func exists(_ query: ExistenceQuery) -> Existence? {
    if var row = query.isAboutColumns ? columnRow(query) : indexRow(query) {
      for column in query.values.keys where row.values[column] == nil && !Self.usualFilters.contains(column) {
        row.filled.insert(column)
      }
      return .row(row)
    }
    let answer: Bool? =
      switch query.relation.name {
      case _ where query.isAboutColumns: existsColumn(query)
      case "tables" where query.relation.schema == "information_schema": existsRelation(query)
      case "views" where query.relation.schema == "information_schema": existsRelation(query)
      case "pg_tables", "pg_class", "pg_indexes", "pg_views", "pg_matviews": existsRelation(query)
      case "table_constraints" where query.relation.schema == "information_schema": existsConstraint(query)
      case "pg_constraint": existsConstraint(query)
      case "pg_trigger": existsTrigger(query)
      case "pg_policies": existsPolicy(query)
      case "pg_inherits": existsChild(query)
      case "pg_extension": query.text("extname").flatMap { catalog.extensions[$0] == nil ? nil : true }
      case "pg_namespace": query.text("nspname").flatMap { catalog.schemas.contains($0) ? true : nil }
      case "pg_type":
        query.text("typname").flatMap { catalog.types.contains(qualifiedType(QualifiedName($0))) ? true : nil }
      case "pg_roles", "pg_authid": query.text("rolname").flatMap { catalog.roles.contains($0) ? true : nil }
      default: nil
      }
    guard let answer else { return nil }
    if !answer { return Existence.none }
    // What else is asked of the row may not hold.
    return query.isComplete(besides: Self.usualFilters) ? .some : nil
  }

  /// Columns that say what their names say already, or that are taken to be what everybody asks for.
  private static let usualFilters: Set<String> = [
    "table_schema", "schemaname", "table_name", "tablename", "column_name", "relname", "attname", "attrelid",
    "indexname",
    "viewname", "matviewname", "constraint_name", "conname", "conrelid", "tgname", "tgrelid", "policyname", "inhparent",
    "inhrelid", "extname", "nspname", "typname", "indexrelid", "rolname", "constraint_schema", "attisdropped",
  ]

  /// The row of a table's column, where that is known.
  private func columnRow(_ query: ExistenceQuery) -> CatalogRow? {
    guard let name = relation(query), let column = query.text("column_name") ?? query.text("attname") else {
      return nil
    }
    return catalog.tables[name]?.column(column).map { row(of: $0) }
  }

  /// The row of an index in `pg_index`: a build that history tells of has ended well.
  private func indexRow(_ query: ExistenceQuery) -> CatalogRow? {
    guard query.relation.name == "pg_index" else { return nil }
    let name =
      query.text("indexrelid").map { QualifiedName(parsing: $0) }
      ?? query.text("relname").map { QualifiedName(schema: query.text("nspname"), $0) }
    guard let name, let index = catalog.indexes[qualified(name)] else { return nil }
    return CatalogRow(values: [
      "indisvalid": .boolean(index.isValid),
      "indisready": .boolean(true),
      "indislive": .boolean(true),
      "indisunique": .boolean(index.definition.isUnique),
      "indisprimary": .boolean(index.isPrimaryKey),
    ])
  }

  /// The relation that a row is about.
  private func relation(_ query: ExistenceQuery) -> QualifiedName? {
    let schema = query.text("table_schema") ?? query.text("schemaname") ?? query.text("constraint_schema")
    if let name = query.text("attrelid") ?? query.text("conrelid") ?? query.text("tgrelid") {
      return qualified(QualifiedName(parsing: name))
    }
    let name = ["table_name", "tablename", "relname", "indexname", "viewname", "matviewname"].lazy
      .compactMap { query.text($0) }.first
    return name.map { schema == nil ? qualified(QualifiedName($0)) : QualifiedName(schema: schema, $0) }
  }

  private func existsRelation(_ query: ExistenceQuery) -> Bool? {
    guard var name = relation(query) else { return nil }
    if let index = query.text("indexname") { name = QualifiedName(schema: name.schema, index) }
    return catalog.isKnown(name) ? true : catalog.isGone(name) ? false : nil
  }

  private func existsColumn(_ query: ExistenceQuery) -> Bool? {
    guard let name = relation(query) else { return nil }
    guard let column = query.text("column_name") ?? query.text("attname") else { return existsRelation(query) }
    if let view = catalog.views[name] {
      return view.columns.contains { $0.name == column } ? true : view.knowsAllColumns ? false : nil
    }
    return part(of: name) { $0.column(column) != nil }
  }

  private func existsConstraint(_ query: ExistenceQuery) -> Bool? {
    guard let constraint = query.text("conname") ?? query.text("constraint_name"), let name = relation(query) else {
      return nil
    }
    return part(of: name) { $0.constraint(constraint) != nil }
  }

  private func existsTrigger(_ query: ExistenceQuery) -> Bool? {
    guard let trigger = query.text("tgname"), let name = relation(query) else { return nil }
    return part(of: name) { $0.triggers.contains(named: trigger) }
  }

  private func existsPolicy(_ query: ExistenceQuery) -> Bool? {
    guard let policy = query.text("policyname"), let name = relation(query) else { return nil }
    return part(of: name) { $0.policies.contains(named: policy) }
  }

  private func existsChild(_ query: ExistenceQuery) -> Bool? {
    let (child, parent) = (query.text("inhrelid"), query.text("inhparent"))
    if let child {
      let parent = parent.map { qualified(QualifiedName(parsing: $0)) }
      return part(of: qualified(QualifiedName(parsing: child))) { table in
        parent.map(table.parents.contains) ?? !table.parents.isEmpty
      }
    }
    return parent.flatMap { part(of: qualified(QualifiedName(parsing: $0))) { !$0.children.isEmpty } }
  }

  /// Whether a table has something, where the history tells; a table that is gone has nothing.
  private func part(of name: QualifiedName, _ isThere: (Table) -> Bool) -> Bool? {
    guard let table = catalog.tables[name] else { return catalog.isGone(name) ? false : nil }
    return isThere(table) ? true : catalog.isFullyKnown(table) ? false : nil
  }
}

extension ExistenceQuery {
  fileprivate func text(_ column: String) -> String? { values[column]?.text }

  fileprivate func isComplete(besides known: Set<String>) -> Bool {
    conditions.isEmpty && values.keys.allSatisfy(known.contains)
  }

  fileprivate var isAboutColumns: Bool {
    relation.name == "pg_attribute" || relation.name == "columns" && relation.schema == "information_schema"
  }
}
