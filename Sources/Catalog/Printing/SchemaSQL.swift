import Syntax

extension Database {
  /// The schema as SQL that makes it in an empty database; each statement ends with a semicolon and a line feed.
  ///
  /// Temporary relations are left out, and privileges and roles, which the schema does not hold. What cannot be written
  /// stands as a comment in its place.
  package var sql: String {
    var writer = SchemaWriter(database: self)
    writer.write()
    return writer.statements.joined(separator: "\n")
  }
}

/// Writes a schema as SQL, each object after all that it needs.
package struct SchemaWriter {
  package let database: Database
  package var deparser = Deparser()
  /// Statements and comments, each with its line feeds.
  private(set) var statements: [String] = []
  /// What is written, or is being written further up.
  private var visited: Set<SchemaObject> = []

  package init(database: Database) { self.database = database }

  package mutating func write() {
    // Bodies may name what is made later.
    add("SET check_function_bodies = false")
    for name in database.catalog.schemas.sorted() where name != "public" {
      add("CREATE SCHEMA \(name.quotedIdentifier)")
    }
    for (name, installed) in database.catalog.extensions.sorted(by: { $0.key < $1.key }) {
      let place = installed.schema.map { " WITH SCHEMA \($0.quotedIdentifier)" } ?? ""
      add("CREATE EXTENSION IF NOT EXISTS \(name.quotedIdentifier)\(place)")
    }
    for object in SchemaObject.all(of: database) { visit(object) }
    let tables = database.catalog.tables.values.filter(\.isPrinted).sorted { $0.name < $1.name }
    for table in tables { attach(table) }
    for table in tables { writeChecksNotValidated(table) }
    for table in tables { writeIndexes(database.catalog.indexes(of: table.name)) }
    for view in database.catalog.views.values.sorted(by: { $0.name < $1.name }) {
      writeIndexes(view.indexNames.compactMap { database.catalog.indexes[$0] })
    }
    attachIndexes()
    for table in tables { writeSettings(table) }
    for table in tables { writeForeignKeys(table) }
    for statistics in database.catalog.statistics.values.sorted(by: { $0.name < $1.name }) { write(statistics) }
    for table in tables { writeRules(table.rules, of: table.name) }
    for view in database.catalog.views.values.sorted(by: { $0.name < $1.name }) {
      writeRules(view.rules, of: view.name)
    }
    for (relation, triggers) in database.catalog.printedTriggers {
      for trigger in triggers { write(trigger, on: relation) }
    }
    for table in tables { writePolicies(table) }
    writeComments()
  }

  /// Adds a statement, or a comment where a part of it could not be written.
  package mutating func add(_ statement: String) {
    if let node = deparser.unprintable.first {
      deparser = Deparser()
      let lines = statement.split(whereSeparator: \.isNewline).joined(separator: "\n-- ")
      statements.append("-- not written, for its \(node): \(lines)\n")
      return
    }
    statements.append(statement + ";\n")
  }

  package mutating func comment(_ text: String) { statements.append("-- \(text)\n") }

  private mutating func visit(_ object: SchemaObject) {
    // What an object needs comes before it. No call for each level: there may be thousands of views on views.
    var open: [(object: SchemaObject, needs: ArraySlice<SchemaObject>)] = []
    if visited.insert(object).inserted { open.append((object, object.needs(in: database)[...])) }
    while let last = open.indices.last {
      guard let needed = open[last].needs.popFirst() else {
        write(open.removeLast().object)
        continue
      }
      if visited.insert(needed).inserted { open.append((needed, needed.needs(in: database)[...])) }
    }
  }

  private mutating func write(_ object: SchemaObject) {
    switch object {
    case .type(let name): if let type = database.catalog.types[name] { write(type) }
    case .sequence(let name): if let sequence = database.catalog.sequences[name] { write(sequence) }
    case .function(let name): for function in database.catalog.functions[name] ?? [] { write(function, named: name) }
    case .table(let name): if let table = database.catalog.tables[name] { write(table) }
    case .view(let name): if let view = database.catalog.views[name] { write(view) }
    case .other(let object): write(object)
    }
  }
}

extension QualifiedName: Comparable {
  @usableFromInline
  package static func < (left: Self, right: Self) -> Bool {
    (left.schema ?? "", left.name) < (right.schema ?? "", right.name)
  }
}

extension Table {
  /// Whether it outlives its session.
  package var isPrinted: Bool { name.schema != Catalog.temporary }
}
