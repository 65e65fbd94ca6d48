import Catalog
import Execution
import Syntax

/// The simulated schema as JSON: every object by its kind, sorted by name.
package enum SchemaJSON {
  package static func render(_ schema: Database) -> String { JSONReport.encode(Document(schema)) }

  struct Document: Encodable {
    let schemaVersion = 1
    let schemas: [String]
    let extensions: [String]
    let types: [TypeEntry]
    let tables: [TableEntry]
    let views: [ViewEntry]
    let sequences: [SequenceEntry]
    let functions: [FunctionEntry]

    init(_ schema: Database) {
      schemas = schema.catalog.schemas.sorted()
      extensions = schema.catalog.extensions.keys.sorted()
      types = schema.catalog.types.values.map(TypeEntry.init).sorted { $0.name < $1.name }
      tables = schema.catalog.tables.values.map { TableEntry($0, indexes: schema.catalog.indexes(of: $0.name)) }
        .sorted { $0.name < $1.name }
      views = schema.catalog.views.values.map { ViewEntry($0, indexes: $0.indexNames.compactMap { schema.catalog.indexes[$0] }) }
        .sorted { $0.name < $1.name }
      sequences = schema.catalog.sequences.values.map(SequenceEntry.init).sorted { $0.name < $1.name }
      functions = schema.catalog.functions.keys
        .flatMap { name in (schema.catalog.functions[name] ?? []).map { FunctionEntry(name, $0) } }
        .sorted { ($0.name, $0.arguments.joined()) < ($1.name, $1.arguments.joined()) }
    }

    enum CodingKeys: String, CodingKey {
      case schemaVersion = "schema_version"
      case schemas, extensions, types, tables, views, sequences, functions
    }
  }

  struct ColumnEntry: Encodable {
    let name: String
    /// Null where the migrations do not tell.
    let type: JSONReport.Nullable<String>
    let notNull: Bool
    let defaultValue: JSONReport.Nullable<String>
    let identity: Bool
    let generated: JSONReport.Nullable<String>

    init(_ column: Column) {
      name = column.name
      type = JSONReport.Nullable(column.type?.sql)
      notNull = column.isNotNull
      defaultValue = JSONReport.Nullable(column.defaultValue?.sql)
      identity = column.identity != nil
      generated = JSONReport.Nullable(column.generated?.sql)
    }

    enum CodingKeys: String, CodingKey {
      case name, type
      case notNull = "not_null"
      case defaultValue = "default"
      case identity, generated
    }
  }

  struct ConstraintEntry: Encodable {
    let name: String
    let kind: String
    let columns: [String]
    let references: JSONReport.Nullable<String>
    let condition: JSONReport.Nullable<String>
    let valid: Bool
    /// As it stands in CREATE TABLE, behind its name.
    let definition: String
    let inherited: Bool

    init(_ constraint: TableConstraint) {
      name = constraint.name
      kind = constraint.kindName
      columns = constraint.columns
      references = JSONReport.Nullable(constraint.referenced?.description)
      condition = JSONReport.Nullable(constraint.condition?.sql)
      valid = constraint.isValidated
      var deparser = Deparser()
      definition = deparser.text(
        constraint.definition,
        columns: constraint.columns,
        referenced: constraint.referenced.map { ($0, constraint.referencedColumns) }
      )
      inherited = constraint.isInherited
    }
  }

  struct IndexEntry: Encodable {
    let name: String
    let columns: [String]
    let method: String
    let unique: Bool
    let valid: Bool
    let predicate: JSONReport.Nullable<String>
    /// As it stands in CREATE INDEX, behind its name.
    let definition: String
    /// The constraint that it backs.
    let constraint: JSONReport.Nullable<String>
    /// The partitioned index that it is part of.
    let parent: JSONReport.Nullable<String>

    init(_ index: Index) {
      name = index.name.description
      columns = index.definition.elements.map { element in
        switch element.key {
        case .column(let name): name
        case .expression(let expression): expression.sql
        }
      }
      method = index.definition.method
      unique = index.definition.isUnique
      valid = index.isValid
      predicate = JSONReport.Nullable(index.definition.predicate?.sql)
      var deparser = Deparser()
      definition = deparser.text(index.definition, on: index.table.description)
      constraint = JSONReport.Nullable(index.constraint)
      parent = JSONReport.Nullable(index.parent?.description)
    }
  }

  struct TableEntry: Encodable {
    let name: String
    let kind: String
    /// Whether the migrations never made it: what is known comes from statements that changed it.
    let assumed: Bool
    let columns: [ColumnEntry]
    let constraints: [ConstraintEntry]
    let indexes: [IndexEntry]
    let parents: [String]
    let partitionKey: JSONReport.Nullable<String>
    let partitionBound: JSONReport.Nullable<String>
    let triggers: [String]
    let policies: [String]
    let rowSecurity: Bool
    let comment: JSONReport.Nullable<String>

    init(_ table: Table, indexes: [Index]) {
      name = table.name.description
      kind = table.kind.rawValue
      assumed = table.isAssumed
      columns = table.columns.map(ColumnEntry.init)
      constraints = table.constraints.map(ConstraintEntry.init)
      self.indexes = indexes.map(IndexEntry.init)
      parents = table.parents.map(\.description)
      var deparser = Deparser()
      partitionKey = JSONReport.Nullable(table.partitionKey.map { deparser.text($0) })
      partitionBound = JSONReport.Nullable(table.partitionBound.map { deparser.text($0) })
      triggers = table.triggers.map(\.name)
      policies = table.policies.map(\.name)
      rowSecurity = table.hasRowSecurity
      comment = JSONReport.Nullable(table.comment)
    }

    enum CodingKeys: String, CodingKey {
      case name, kind, assumed, columns, constraints, indexes, parents, triggers, policies, comment
      case partitionKey = "partition_key"
      case partitionBound = "partition_bound"
      case rowSecurity = "row_security"
    }
  }

  struct ViewEntry: Encodable {
    let name: String
    let materialized: Bool
    let columns: [String]
    let indexes: [IndexEntry]
    let definition: String
    /// The relations that it reads.
    let reads: [String]

    init(_ view: View, indexes: [Index]) {
      name = view.name.description
      materialized = view.isMaterialized
      columns = view.columnNames
      self.indexes = indexes.map(IndexEntry.init)
      definition = view.query.sql
      reads = view.relations.map(\.description)
    }
  }

  struct SequenceEntry: Encodable {
    let name: String
    let type: JSONReport.Nullable<String>
    /// The column that takes it along when it goes, with its table.
    let ownedBy: JSONReport.Nullable<String>

    init(_ sequence: SequenceGenerator) {
      name = sequence.name.description
      type = JSONReport.Nullable(sequence.type?.sql)
      ownedBy = JSONReport.Nullable(sequence.owner.map { "\($0.table).\($0.column.quotedIdentifier)" })
    }

    enum CodingKeys: String, CodingKey {
      case name, type
      case ownedBy = "owned_by"
    }
  }

  struct TypeEntry: Encodable {
    let name: String
    let kind: String
    /// Of an enumeration.
    let values: [String]
    /// Of a composite type.
    let attributes: [ColumnEntry]
    /// The type that a domain is over.
    let base: JSONReport.Nullable<String>
    /// The conditions of a domain.
    let checks: [String]

    init(_ type: UserType) {
      var values: [String] = []
      var attributes: [Column] = []
      var domain: Domain?
      switch type.form {
      case .enumeration(let labels):
        kind = "enum"
        values = labels
      case .domain(let definition):
        kind = "domain"
        domain = definition
      case .composite(let columns):
        kind = "composite"
        attributes = columns
      case .other: kind = "other"
      }
      name = type.name.description
      self.values = values
      self.attributes = attributes.map(ColumnEntry.init)
      base = JSONReport.Nullable(domain?.type.sql)
      checks = domain?.checks.map(\.condition.sql) ?? []
    }
  }

  struct FunctionEntry: Encodable {
    let name: String
    let arguments: [String]
    let volatility: String
    let returns: JSONReport.Nullable<String>
    let language: JSONReport.Nullable<String>

    init(_ name: QualifiedName, _ function: Function) {
      self.name = name.description
      arguments = function.inputTypes.map(\.sql)
      volatility = "\(function.volatility)"
      returns = JSONReport.Nullable(function.definition.returns?.sql)
      language = JSONReport.Nullable(function.definition.language)
    }
  }
}

extension TableConstraint {
  fileprivate var kindName: String {
    switch definition.kind {
    case .check: "check"
    case .primaryKey: "primary key"
    case .unique: "unique"
    case .exclusion: "exclusion"
    case .foreignKey: "foreign key"
    case .null, .notNull, .default, .identity, .generated: "column"
    }
  }
}
