import Syntax

extension Table {
  /// Whether `INHERITS (…)` gives the columns the order that they have; where it does not, the parents are added later.
  func inheritsByDefinition(in schema: Schema) -> Bool {
    guard !parents.isEmpty, !isPartition else { return false }
    var inherited: [String] = []
    for parent in parents {
      for column in schema.tables[parent]?.columns ?? [] where !inherited.contains(column.name) {
        inherited.append(column.name)
      }
    }
    return Array(columns.map(\.name).prefix(inherited.count)) == inherited
  }
}

extension SchemaWriter {
  mutating func write(_ table: Table) {
    if table.isAssumed {
      comment("\(table.name): the history never makes it, and tells only of these columns")
    } else if !table.knowsAllColumns {
      comment("\(table.name): not all of its columns are known")
    }
    let inherits = table.inheritsByDefinition(in: schema)
    let columns = table.columns.filter { !inherits || $0.isLocal || differsFromParents($0, in: table) }
    let checks = table.constraints.filter { $0.condition != nil && $0.isValidated && !(inherits && $0.isInherited) }
    var elements = columns.map { text($0, of: table) }
    // Here already, as a view that groups by it needs it.
    if !table.isPartition, table.partitionKey == nil, let key = table.primaryKey {
      elements.append("CONSTRAINT \(key.name.quotedIdentifier) \(deparser.text(key.definition, columns: key.columns))")
    }
    elements +=
      checks.map { "CONSTRAINT \($0.name.quotedIdentifier) \(deparser.text($0.definition, columns: $0.columns))" }
    let kind =
      table.kind == .foreignTable ? "FOREIGN TABLE" : table.persistence == .unlogged ? "UNLOGGED TABLE" : "TABLE"
    var sql = "CREATE \(kind) \(table.name) ("
    sql += elements.isEmpty ? ")" : "\n  " + elements.joined(separator: ",\n  ") + "\n)"
    if inherits { sql += " INHERITS (\(table.parents.map(\.description).joined(separator: ", ")))" }
    if let key = table.partitionKey { sql += " PARTITION BY \(deparser.text(key))" }
    if let server = table.foreignServer { sql += " SERVER \(server.quotedIdentifier)" }
    if !table.foreignOptions.isEmpty { sql += " OPTIONS (\(foreign(table.foreignOptions)))" }
    if let method = table.accessMethod { sql += " USING \(method.quotedIdentifier)" }
    if !table.options.isEmpty { sql += " WITH\(deparser.parenthesized(options: table.options))" }
    if let tablespace = table.tablespace { sql += " TABLESPACE \(tablespace.quotedIdentifier)" }
    add(sql)
    for sequence in schema.sequences.values.sorted(by: { $0.name < $1.name })
    where sequence.owner?.table == table.name && !sequence.isIdentity {
      guard let owner = sequence.owner else { continue }
      add("ALTER SEQUENCE \(sequence.name) OWNED BY \(owner.table).\(owner.column.quotedIdentifier)")
    }
  }

  private func foreign(_ options: [Option]) -> String {
    options.map { "\($0.name.quotedIdentifier) \(($0.value ?? "").quotedLiteral)" }.joined(separator: ", ")
  }

  /// An inherited column with another default or NOT NULL than its parents' must be named again.
  private func differsFromParents(_ column: Column, in table: Table) -> Bool {
    table.parents.contains { parent in
      guard let inherited = schema.tables[parent]?.column(column.name) else { return false }
      return inherited.defaultValue != column.defaultValue || inherited.isNotNull != column.isNotNull
    }
  }

  private mutating func text(_ column: Column, of table: Table) -> String {
    var words = [column.name.quotedIdentifier]
    if let type = column.type {
      words.append(deparser.text(type))
    } else {
      words.append("text /* its type is not known */")
    }
    if let collation = column.collation { words.append("COLLATE \(collation)") }
    if let generated = column.generated {
      words.append("GENERATED ALWAYS AS (\(deparser.text(generated))) \(column.isStored ? "STORED" : "VIRTUAL")")
    } else if let identity = column.identity, !table.isPartition {
      words.append(text(identity, of: column, in: table))
    } else if let value = column.defaultValue {
      words.append("DEFAULT \(deparser.text(default: value))")
    }
    if column.isNotNull { words.append("NOT NULL") }
    return words.joined(separator: " ")
  }

  private mutating func text(_ identity: Column.Identity, of column: Column, in table: Table) -> String {
    let sequence = schema.sequences.values.first { sequence in
      sequence.isIdentity && sequence.owner.map { $0 == (table.name, column.name) } == true
    }
    let name = sequence.map { "SEQUENCE NAME \($0.name)" } ?? ""
    let options = [name, deparser.sequenceOptions(sequence?.options ?? [])].filter { !$0.isEmpty }
    let suffix = options.isEmpty ? "" : " (\(options.joined(separator: " ")))"
    return "GENERATED \(identity == .always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY\(suffix)"
  }

  // MARK: - What is added to tables

  /// Partitions, and children whose columns stand in another order than INHERITS would give them.
  mutating func attach(_ table: Table) {
    guard !table.inheritsByDefinition(in: schema) else { return }
    for parent in table.parents where schema.tables[parent] != nil {
      if let bound = table.partitionBound {
        add("ALTER TABLE ONLY \(parent) ATTACH PARTITION \(table.name) \(deparser.text(bound))")
      } else {
        add("ALTER TABLE ONLY \(table.name) INHERIT \(parent)")
      }
    }
  }

  mutating func writeChecksNotValidated(_ table: Table) {
    for constraint in table.constraints
    where constraint.condition != nil && !constraint.isValidated && !constraint.isInherited {
      let definition = deparser.text(constraint.definition, columns: constraint.columns)
      add("ALTER TABLE \(table.name) ADD CONSTRAINT \(constraint.name.quotedIdentifier) \(definition) NOT VALID")
    }
  }

  mutating func writeIndexes(_ indexes: [Index]) {
    for index in indexes {
      // Its partitions have their own parts, which are attached to it later.
      let only = schema.tables[index.table]?.kind == .partitionedTable ? "ONLY " : ""
      if let name = index.constraint, let table = schema.tables[index.table], let constraint = table.constraint(name) {
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

  mutating func attachIndexes() {
    for index in schema.indexes.values.sorted(by: { $0.name < $1.name }) {
      guard let parent = index.parent, schema.indexes[parent] != nil else { continue }
      add("ALTER INDEX \(parent) ATTACH PARTITION \(index.name)")
    }
  }

  mutating func writeSettings(_ table: Table) {
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

  mutating func writeForeignKeys(_ table: Table) {
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
      if schema.tables[referenced] == nil {
        comment("the history never makes \(referenced): \(statement)")
      } else {
        add(statement)
      }
    }
  }
}
