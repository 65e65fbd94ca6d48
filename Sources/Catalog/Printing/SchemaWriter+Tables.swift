import Syntax

extension Table {
  /// Whether it is made with `INHERITS (…)`. Like pg_dump's, the columns of the parents then stand first.
  package var inheritsByDefinition: Bool { !parents.isEmpty && !isPartition }
}

extension SchemaWriter {
  package mutating func write(_ table: Table) {
    if table.isAssumed {
      comment("\(table.name): the history never makes it, and tells only of these columns")
    } else if !table.knowsAllColumns {
      comment("\(table.name): not all of its columns are known")
    }
    let inherits = table.inheritsByDefinition
    var elements = columnElements(of: table, inherits: inherits)
    // Here already, as a view that groups by it needs it.
    if !table.isPartition, table.partitionKey == nil, let key = table.primaryKey {
      elements.append("CONSTRAINT \(key.name.quotedIdentifier) \(deparser.text(key.definition, columns: key.columns))")
    }
    for check in table.constraints where check.condition != nil && check.isValidated && !(inherits && check.isInherited)
    {
      let definition = deparser.text(check.definition, columns: check.columns)
      elements.append("CONSTRAINT \(check.name.quotedIdentifier) \(definition)")
    }
    let kind =
      table.kind == .foreignTable ? "FOREIGN TABLE" : table.persistence == .unlogged ? "UNLOGGED TABLE" : "TABLE"
    var sql = "CREATE \(kind) \(table.name)" + (table.ofType.map { " OF \($0)" } ?? "")
    if !elements.isEmpty {
      sql += " (\n  \(elements.joined(separator: ",\n  "))\n)"
    } else if table.ofType == nil {
      sql += " ()"
    }
    if inherits { sql += " INHERITS (\(table.parents.map(\.description).joined(separator: ", ")))" }
    if let key = table.partitionKey { sql += " PARTITION BY \(deparser.text(key))" }
    if let server = table.foreignServer { sql += " SERVER \(server.quotedIdentifier)" }
    if !table.foreignOptions.isEmpty { sql += " OPTIONS (\(foreign(table.foreignOptions)))" }
    if let method = table.accessMethod { sql += " USING \(method.quotedIdentifier)" }
    if !table.options.isEmpty { sql += " WITH\(deparser.parenthesized(options: table.options))" }
    if let tablespace = table.tablespace { sql += " TABLESPACE \(tablespace.quotedIdentifier)" }
    add(sql)
    if inherits { writeInheritedColumns(of: table) }
    for sequence in database.catalog.sequences.values.sorted(by: { $0.name < $1.name })
    where sequence.owner?.table == table.name && !sequence.isIdentity {
      guard let owner = sequence.owner else { continue }
      add("ALTER SEQUENCE \(sequence.name) OWNED BY \(owner.table).\(owner.column.quotedIdentifier)")
    }
  }

  private func foreign(_ options: [Option]) -> String {
    options.map { "\($0.name.quotedIdentifier) \(($0.value ?? "").quotedLiteral)" }.joined(separator: ", ")
  }

  /// The columns that the table's definition names; a typed table names only what its type does not say.
  private mutating func columnElements(of table: Table, inherits: Bool) -> [String] {
    table.columns.compactMap { column in
      if inherits, !column.isLocal { return nil }
      let text = text(column, of: table)
      return text.isEmpty ? nil : text
    }
  }

  /// Defaults and NOT NULL that differ from what the parents of a column say.
  private mutating func writeInheritedColumns(of table: Table) {
    for column in table.columns where !column.isLocal {
      guard let inherited = table.parents.compactMap({ database.catalog.tables[$0]?.column(column.name) }).first else {
        continue
      }
      let prefix = "ALTER TABLE ONLY \(table.name) ALTER COLUMN \(column.name.quotedIdentifier)"
      if column.isNotNull != inherited.isNotNull { add("\(prefix) \(column.isNotNull ? "SET" : "DROP") NOT NULL") }
      if column.defaultValue != inherited.defaultValue {
        add(prefix + (column.defaultValue.map { " SET DEFAULT \(deparser.text(default: $0))" } ?? " DROP DEFAULT"))
      }
    }
  }

  private mutating func text(_ column: Column, of table: Table) -> String {
    var words = [column.name.quotedIdentifier]
    if table.ofType == nil {
      words.append(column.type.map { deparser.text($0) } ?? "text /* its type is not known */")
      if let collation = column.collation { words.append("COLLATE \(collation)") }
    }
    if let generated = column.generated {
      words.append("GENERATED ALWAYS AS (\(deparser.text(generated))) \(column.isStored ? "STORED" : "VIRTUAL")")
    } else if let identity = column.identity, !table.isPartition {
      words.append(text(identity, of: column, in: table))
    } else if let value = column.defaultValue {
      words.append("DEFAULT \(deparser.text(default: value))")
    }
    if column.isNotNull { words.append("NOT NULL") }
    if table.ofType != nil, words.count == 1 { return "" }
    return words.joined(separator: " ")
  }

  private mutating func text(_ identity: Column.Identity, of column: Column, in table: Table) -> String {
    let sequence = database.catalog.sequences.values.first { sequence in
      sequence.isIdentity && sequence.owner.map { $0 == (table.name, column.name) } == true
    }
    let name = sequence.map { "SEQUENCE NAME \($0.name)" } ?? ""
    let options = [name, deparser.sequenceOptions(sequence?.options ?? [])].filter { !$0.isEmpty }
    let suffix = options.isEmpty ? "" : " (\(options.joined(separator: " ")))"
    return "GENERATED \(identity == .always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY\(suffix)"
  }

  // MARK: - What is added to tables

  package mutating func attach(_ table: Table) {
    guard let bound = table.partitionBound else { return }
    for parent in table.parents where database.catalog.tables[parent] != nil {
      add("ALTER TABLE ONLY \(parent) ATTACH PARTITION \(table.name) \(deparser.text(bound))")
    }
  }

  package mutating func writeChecksNotValidated(_ table: Table) {
    for constraint in table.constraints
    where constraint.condition != nil && !constraint.isValidated && !constraint.isInherited {
      let definition = deparser.text(constraint.definition, columns: constraint.columns)
      add("ALTER TABLE \(table.name) ADD CONSTRAINT \(constraint.name.quotedIdentifier) \(definition) NOT VALID")
    }
  }

  package mutating func writeIndexes(_ indexes: [Index]) {
    for index in indexes {
      // Its partitions have their own parts, which are attached to it later.
      let only = database.catalog.tables[index.table]?.kind == .partitionedTable ? "ONLY " : ""
      if let name = index.constraint, let table = database.catalog.tables[index.table],
        let constraint = table.constraint(name)
      {
        if index.isPrimaryKey, !table.isPartition, table.partitionKey == nil { continue }
        let definition = deparser.text(constraint.definition, columns: constraint.columns)
        add("ALTER TABLE \(only)\(index.table) ADD CONSTRAINT \(name.quotedIdentifier) \(definition)")
      } else {
        let unique = index.definition.isUnique ? "UNIQUE " : ""
        let definition = deparser.text(index.definition, on: only + index.table.description)
        add("CREATE \(unique)INDEX \(index.name.name.quotedIdentifier) \(definition)")
      }
    }
  }

  package mutating func attachIndexes() {
    for index in database.catalog.indexes.values.sorted(by: { $0.name < $1.name }) {
      guard let parent = index.parent, database.catalog.indexes[parent] != nil else { continue }
      add("ALTER INDEX \(parent) ATTACH PARTITION \(index.name)")
    }
  }

  package mutating func writeSettings(_ table: Table) {
    for column in table.columns {
      let prefix = "ALTER TABLE ONLY \(table.name) ALTER COLUMN \(column.name.quotedIdentifier) SET"
      if let storage = column.storage { add("\(prefix) STORAGE \(storage)") }
      if let compression = column.compression { add("\(prefix) COMPRESSION \(compression)") }
      if let target = column.statisticsTarget { add("\(prefix) STATISTICS \(target)") }
      if !column.options.isEmpty { add("\(prefix)\(deparser.parenthesized(options: column.options))") }
    }
    if let index = table.clusterIndex { add("ALTER TABLE \(table.name) CLUSTER ON \(index.quotedIdentifier)") }
    switch table.replicaIdentity {
    case .primaryKey: break
    case .full: add("ALTER TABLE ONLY \(table.name) REPLICA IDENTITY FULL")
    case .nothing: add("ALTER TABLE ONLY \(table.name) REPLICA IDENTITY NOTHING")
    case .index(let index):
      add("ALTER TABLE ONLY \(table.name) REPLICA IDENTITY USING INDEX \(index.quotedIdentifier)")
    }
    if table.hasRowSecurity { add("ALTER TABLE \(table.name) ENABLE ROW LEVEL SECURITY") }
    if table.forcesRowSecurity { add("ALTER TABLE ONLY \(table.name) FORCE ROW LEVEL SECURITY") }
  }

  /// One part of a table that is there.
  mutating func write(_ part: CatalogDifference.Part, _ name: String, of table: Table) {
    switch part {
    case .column:
      guard let column = table.column(name) else { return }
      // A sequence of its own is not written with it.
      if column.defaultValue?.contains(where: \.takesNumber) == true { return comment("the sequence of \(name)") }
      add("ALTER TABLE \(table.name.displayName) ADD COLUMN \(text(column, of: table))")
    case .constraint:
      guard let constraint = table.constraint(name) else { return }
      let definition = deparser.text(
        constraint.definition,
        columns: constraint.columns,
        referenced: constraint.referenced.map { ($0, constraint.referencedColumns) }
      )
      let validity = constraint.isValidated ? "" : " NOT VALID"
      let place = "ALTER TABLE \(table.name.displayName)"
      add("\(place) ADD CONSTRAINT \(name.quotedIdentifier) \(definition)\(validity)")
    case .policy: if let policy = table.policies.first(where: { $0.name == name }) { write(policy, on: table.name) }
    case .trigger:
      if let trigger = table.triggers.first(where: { $0.name == name }) { write(trigger, on: table.name) }
    case .rule: if let rule = table.rules.first(where: { $0.name == name }) { write(rule, on: table.name) }
    }
  }

  package mutating func writeForeignKeys(_ table: Table) {
    for constraint in table.constraints where !constraint.isInherited {
      guard let referenced = constraint.referenced else { continue }
      let definition = deparser.text(
        constraint.definition,
        columns: constraint.columns,
        referenced: (referenced, constraint.referencedColumns)
      )
      let validity = constraint.isValidated ? "" : " NOT VALID"
      let statement =
        "ALTER TABLE \(table.name) ADD CONSTRAINT \(constraint.name.quotedIdentifier) \(definition)\(validity)"
      if database.catalog.tables[referenced] == nil {
        comment("the history never makes \(referenced): \(statement)")
      } else {
        add(statement)
      }
    }
  }
}

extension Expression {
  fileprivate var takesNumber: Bool { if case .call(let call) = self { call.name.name == "nextval" } else { false } }
}
