import Syntax

extension SchemaWriter {
  package mutating func writeComments() {
    for (name, text) in database.catalog.schemaComments.sorted(by: { $0.key < $1.key }) {
      comment(on: "SCHEMA \(name.quotedIdentifier)", text)
    }
    for type in database.catalog.types.values.sorted(by: { $0.name < $1.name }) {
      let isDomain = if case .domain = type.form { true } else { false }
      comment(on: "\(isDomain ? "DOMAIN" : "TYPE") \(type.name)", type.comment)
    }
    for sequence in database.catalog.sequences.values.sorted(by: { $0.name < $1.name }) {
      comment(on: "SEQUENCE \(sequence.name)", sequence.comment)
    }
    for name in database.catalog.functions.keys.sorted() {
      let overloads = database.catalog.functions[name] ?? []
      for function in overloads {
        let kind = function.definition.isProcedure ? "PROCEDURE" : "FUNCTION"
        comment(on: "\(kind) \(name)(\(function.signature.joined(separator: ", ")))", function.comment)
      }
    }
    for table in database.catalog.tables.values.filter(\.isPrinted).sorted(by: { $0.name < $1.name }) {
      writeComments(of: table)
    }
    for view in database.catalog.views.values.sorted(by: { $0.name < $1.name })
    where view.name.schema != Catalog.temporary {
      comment(on: "\(view.isMaterialized ? "MATERIALIZED VIEW" : "VIEW") \(view.name)", view.comment)
      for column in view.columns { comment(on: "COLUMN \(view.name).\(column.name.quotedIdentifier)", column.comment) }
      for index in view.indexNames { comment(on: "INDEX \(index)", database.catalog.indexes[index]?.comment) }
    }
  }

  private mutating func writeComments(of table: Table) {
    comment(on: "\(table.kind == .foreignTable ? "FOREIGN TABLE" : "TABLE") \(table.name)", table.comment)
    for column in table.columns {
      comment(on: "COLUMN \(table.name).\(column.name.quotedIdentifier)", column.comment)
    }
    for constraint in table.constraints {
      comment(on: "CONSTRAINT \(constraint.name.quotedIdentifier) ON \(table.name)", constraint.comment)
    }
    for index in table.indexNames { comment(on: "INDEX \(index)", database.catalog.indexes[index]?.comment) }
    for trigger in table.triggers {
      comment(on: "TRIGGER \(trigger.name.quotedIdentifier) ON \(table.name)", trigger.comment)
    }
  }

  private mutating func comment(on object: String, _ text: String?) {
    if let text { add("COMMENT ON \(object) IS \(text.quotedLiteral)") }
  }
}
