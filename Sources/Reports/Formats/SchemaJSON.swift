import Catalog
import Execution
import Linting
import Syntax

/// The simulated catalog as JSON: every object by its kind, sorted by name.
package enum SchemaJSON {
  package static func render(_ database: Database) -> String {
    JSONWriter.text { json in json.object { write(database, to: &$0) } }
  }

  private static func write(_ database: Database, to json: inout JSONWriter) {
    let functions = database.catalog.functions.keys.flatMap { name in
      (database.catalog.functions[name] ?? []).map {
        (name: name.description, arguments: $0.inputTypes.map(\.sql), function: $0)
      }
    }
    json.member("extensions", database.catalog.extensions.keys.sorted())
    json.member("functions", functions.sorted { ($0.name, $0.arguments.joined()) < ($1.name, $1.arguments.joined()) }) {
      json,
      entry in
      json.object { entry.function.write(to: &$0, name: entry.name, arguments: entry.arguments) }
    }
    json.member("schema_version", 1)
    json.member("schemas", database.catalog.schemas.sorted())
    json.member("sequences", byName(database.catalog.sequences.values, \.name)) { json, sequence in
      json.object { sequence.write(to: &$0) }
    }
    json.member("tables", byName(database.catalog.tables.values, \.name)) { json, table in
      json.object { table.write(to: &$0, indexes: database.catalog.indexes(of: table.name)) }
    }
    json.member("types", byName(database.catalog.types.values, \.name)) { json, type in
      json.object { type.write(to: &$0) }
    }
    json.member("views", byName(database.catalog.views.values, \.name)) { json, view in
      json.object { view.write(to: &$0, indexes: view.indexNames.compactMap { database.catalog.indexes[$0] }) }
    }
  }

  private static func byName<Object>(
    _ objects: some Sequence<Object>,
    _ name: (Object) -> QualifiedName
  ) -> [Object] {
    objects.map { (name: name($0).description, object: $0) }.sorted { $0.name < $1.name }.map(\.object)
  }
}

extension Table {
  fileprivate func write(to json: inout JSONWriter, indexes: [Index]) {
    var deparser = Deparser()
    // Whether the migrations never made it: what is known comes from statements that changed it.
    json.member("assumed", isAssumed)
    json.member("columns", columns) { json, column in json.object { column.write(to: &$0) } }
    json.member("comment", orNull: comment)
    json.member("constraints", constraints) { json, constraint in json.object { constraint.write(to: &$0) } }
    json.member("indexes", indexes) { json, index in json.object { index.write(to: &$0) } }
    json.member("kind", kind.rawValue)
    json.member("name", name.description)
    json.member("parents", parents.map(\.description))
    json.member("partition_bound", orNull: partitionBound.map { deparser.text($0) })
    json.member("partition_key", orNull: partitionKey.map { deparser.text($0) })
    json.member("policies", policies.map(\.name))
    json.member("row_security", hasRowSecurity)
    json.member("triggers", triggers.map(\.name))
  }
}

extension Column {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("default", orNull: defaultValue?.sql)
    json.member("generated", orNull: generated?.sql)
    json.member("identity", identity != nil)
    json.member("name", name)
    json.member("not_null", isNotNull)
    // Null where the migrations do not tell.
    json.member("type", orNull: type?.sql)
  }
}

extension TableConstraint {
  fileprivate func write(to json: inout JSONWriter) {
    var deparser = Deparser()
    json.member("columns", columns)
    json.member("condition", orNull: condition?.sql)
    // As in CREATE TABLE, after its name.
    json.member(
      "definition",
      deparser.text(definition, columns: columns, referenced: referenced.map { ($0, referencedColumns) })
    )
    json.member("inherited", isInherited)
    json.member("kind", kindName)
    json.member("name", name)
    json.member("references", orNull: referenced?.description)
    json.member("valid", isValidated)
  }
}

extension Index {
  fileprivate func write(to json: inout JSONWriter) {
    var deparser = Deparser()
    json.member("columns", definition.elements) { json, element in
      switch element.key {
      case .column(let name): json.write(name)
      case .expression(let expression): json.write(expression.sql)
      }
    }
    // The constraint that it backs.
    json.member("constraint", orNull: constraint)
    // As in CREATE INDEX, after its name.
    json.member("definition", deparser.text(definition, on: table.description))
    json.member("method", definition.method)
    json.member("name", name.description)
    // The partitioned index that it is part of.
    json.member("parent", orNull: parent?.description)
    json.member("predicate", orNull: definition.predicate?.sql)
    json.member("unique", definition.isUnique)
    json.member("valid", isValid)
  }
}

extension View {
  fileprivate func write(to json: inout JSONWriter, indexes: [Index]) {
    json.member("columns", columnNames)
    json.member("definition", query.sql)
    json.member("indexes", indexes) { json, index in json.object { index.write(to: &$0) } }
    json.member("materialized", isMaterialized)
    json.member("name", name.description)
    // The relations that it reads.
    json.member("reads", relations.map(\.description))
  }
}

extension SequenceGenerator {
  fileprivate func write(to json: inout JSONWriter) {
    json.member("name", name.description)
    // The column that takes it along when it goes, with its table.
    json.member("owned_by", orNull: owner.map { "\($0.table).\($0.column.quotedIdentifier)" })
    json.member("type", orNull: type?.sql)
  }
}

extension UserType {
  fileprivate func write(to json: inout JSONWriter) {
    let attributes: [Column] = if case .composite(let columns) = form { columns } else { [] }
    let domain: Domain? = if case .domain(let definition) = form { definition } else { nil }
    let values: [String] = if case .enumeration(let labels) = form { labels } else { [] }
    json.member("attributes", attributes) { json, column in json.object { column.write(to: &$0) } }
    // The type that a domain is over.
    json.member("base", orNull: domain?.type.sql)
    // The conditions of a domain.
    json.member("checks", domain?.checks.map(\.condition.sql) ?? [])
    json.member("kind", form.word)
    json.member("name", name.description)
    json.member("values", values)
  }
}

extension UserType.Form {
  fileprivate var word: String {
    switch self {
    case .enumeration: "enum"
    case .domain: "domain"
    case .composite: "composite"
    case .other: "other"
    }
  }
}

extension Function {
  fileprivate func write(to json: inout JSONWriter, name: String, arguments: [String]) {
    json.member("arguments", arguments)
    json.member("language", orNull: definition.language)
    json.member("name", name)
    json.member("returns", orNull: definition.returns?.sql)
    json.member("volatility", "\(volatility)")
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
