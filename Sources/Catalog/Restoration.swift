import Syntax

extension CatalogDifference {
  /// The SQL that makes it as it was `before`, and when it has to run among that of other differences; `nil` where the
  /// catalog does not hold all that it takes.
  package func restoration(of now: Catalog, to before: Catalog) -> Restoration? {
    let statements: [String?]
    switch kind {
    case .leftOver: statements = [subject.removal(from: now)]
    case .missing: statements = subject.creation(in: before)
    case .changed: statements = subject.change(from: now, to: before)
    }
    let known = statements.compactMap(\.self)
    guard !known.isEmpty, known.count == statements.count else { return nil }
    return Restoration(order: subject.order(of: kind), statements: known)
  }

  package struct Restoration: Sendable {
    /// What is smaller runs first: what stands on something goes before it, and comes back after it.
    package let order: Int
    package let statements: [String]
  }
}

extension CatalogDifference.Subject {
  fileprivate func order(of kind: CatalogDifference.Kind) -> Int {
    let height =
      switch self {
      case .schema: 0
      case .extension: 1
      case .type, .sequence, .enumValue: 2
      case .function: 3
      case .table, .settings: 4
      case .part(.column, _, _): 5
      case .index: 6
      case .part(.constraint, _, _), .statistics: 7
      case .view: 8
      case .part: 9
      }
    return kind == .leftOver ? -height : height + 1
  }

  /// What takes it away.
  fileprivate func removal(from catalog: Catalog) -> String? {
    switch self {
    case .table(let name):
      "DROP \(catalog.tables[name]?.kind == .foreignTable ? "FOREIGN TABLE" : "TABLE") \(name.displayName);"
    case .index(let name): "DROP INDEX \(name.displayName);"
    case .view(let name):
      "DROP \(catalog.views[name]?.isMaterialized == true ? "MATERIALIZED VIEW" : "VIEW") \(name.displayName);"
    case .sequence(let name): "DROP SEQUENCE \(name.displayName);"
    case .type(let name):
      if case .domain? = catalog.types[name]?.form {
        "DROP DOMAIN \(name.displayName);"
      } else {
        "DROP TYPE \(name.displayName);"
      }
    case .function(let name):
      catalog.functions[name].flatMap { $0.count == 1 ? $0.first : nil }.map { function in
        "DROP \(function.definition.isProcedure ? "PROCEDURE" : "FUNCTION") \(name.displayName)"
          + "(\(function.signature.joined(separator: ", ")));"
      }
    case .statistics(let name): "DROP STATISTICS \(name.displayName);"
    case .schema(let name): "DROP SCHEMA \(name.quotedIdentifier);"
    case .extension(let name): "DROP EXTENSION \(name.quotedIdentifier);"
    case .part(.column, let name, let table): "ALTER TABLE \(table.displayName) DROP COLUMN \(name.quotedIdentifier);"
    case .part(.constraint, let name, let table):
      "ALTER TABLE \(table.displayName) DROP CONSTRAINT \(name.quotedIdentifier);"
    case .part(let part, let name, let table):
      "DROP \(part.rawValue.uppercased()) \(name.quotedIdentifier) ON \(table.displayName);"
    // PostgreSQL cannot drop a value.
    case .enumValue, .settings: nil
    }
  }

  /// What makes it again.
  fileprivate func creation(in catalog: Catalog) -> [String?] {
    func written(_ write: (inout SchemaWriter) -> Void) -> [String?] {
      var writer = SchemaWriter(database: Database(catalog: catalog))
      write(&writer)
      // What cannot be written stands there as a comment.
      return writer.statements.map { $0.hasPrefix("--") ? nil : $0.trimmingLineFeeds }
    }
    switch self {
    case .table(let name):
      guard let table = catalog.tables[name] else { return [nil] }
      let own = catalog.sequences.values.filter { $0.owner?.table == name }.sorted { $0.name < $1.name }
      return written { writer in
        for sequence in own { writer.write(sequence) }
        writer.write(table)
        writer.attach(table)
        writer.writeChecksNotValidated(table)
        writer.writeIndexes(catalog.indexes(of: name))
        writer.writeSettings(table)
        writer.writeForeignKeys(table)
        writer.writeRules(table.rules, of: name)
        for trigger in table.triggers { writer.write(trigger, on: name) }
        writer.writePolicies(table)
      }
    case .index(let name): return catalog.indexes[name].map { index in written { $0.writeIndexes([index]) } } ?? [nil]
    case .view(let name):
      return catalog.views[name].map { view in
        written {
          $0.write(view)
          $0.writeIndexes(view.indexNames.compactMap { catalog.indexes[$0] })
        }
      } ?? [nil]
    case .sequence(let name): return catalog.sequences[name].map { item in written { $0.write(item) } } ?? [nil]
    case .type(let name): return catalog.types[name].map { type in written { $0.write(type) } } ?? [nil]
    case .function(let name):
      return (catalog.functions[name].map(Array.init) ?? []).flatMap { item in written { $0.write(item, named: name) } }
    case .statistics(let name): return catalog.statistics[name].map { item in written { $0.write(item) } } ?? [nil]
    case .schema(let name): return ["CREATE SCHEMA \(name.quotedIdentifier);"]
    case .extension(let name): return ["CREATE EXTENSION \(name.quotedIdentifier);"]
    case .enumValue(let value, let type): return [catalog.types[type]?.addition(of: value)]
    case .settings: return [nil]
    case .part(let part, let name, let table):
      guard let table = catalog.tables[table] else { return [nil] }
      return written { $0.write(part, name, of: table) }
    }
  }

  /// What makes it as it was.
  fileprivate func change(from now: Catalog, to before: Catalog) -> [String?] {
    switch self {
    case .part(.column, let name, let table):
      return [before.tables[table]?.restoration(ofColumn: name, from: now.tables[table], in: before)]
    case .part, .index: return [removal(from: now)] + creation(in: before)
    case .view(let name):
      guard before.views[name]?.isMaterialized == false, now.views[name]?.isMaterialized == false else {
        return [removal(from: now)] + creation(in: before)
      }
      // Other columns than those that it has now PostgreSQL takes only behind these.
      let isSame = now.views[name]?.columnNames == before.views[name]?.columnNames
      return isSame
        ? creation(in: before).map { $0?.replacing("CREATE VIEW", with: "CREATE OR REPLACE VIEW", maxReplacements: 1) }
        : [removal(from: now)] + creation(in: before)
    case .function(let name):
      guard now.functions[name]?.count == 1, before.functions[name]?.count == 1 else { return [nil] }
      return creation(in: before).map { $0?.replacing("CREATE ", with: "CREATE OR REPLACE ", maxReplacements: 1) }
    case .settings(let table):
      guard let old = before.tables[table], let new = now.tables[table] else { return [nil] }
      return [old.restorationOfRowSecurity(from: new)]
    default: return [nil]
    }
  }
}

extension Table {
  fileprivate func restoration(ofColumn name: String, from now: Table?, in catalog: Catalog) -> String? {
    guard let old = column(name), let new = now?.column(name), old.generated == new.generated,
      old.identity == new.identity
    else { return nil }
    var deparser = Deparser()
    let prefix = "ALTER COLUMN \(name.quotedIdentifier)"
    var actions: [String] = []
    if old.type != new.type || old.collation != new.collation {
      guard let type = old.type else { return nil }
      // The default may have no cast to the type.
      if new.defaultValue != nil { actions.append("\(prefix) DROP DEFAULT") }
      let collation = old.collation.map { " COLLATE \($0)" } ?? ""
      actions.append("\(prefix) TYPE \(deparser.text(type))\(collation)")
      if let value = old.defaultValue { actions.append("\(prefix) SET DEFAULT \(deparser.text(default: value))") }
    } else if old.defaultValue != new.defaultValue {
      actions.append(
        "\(prefix) " + (old.defaultValue.map { "SET DEFAULT \(deparser.text(default: $0))" } ?? "DROP DEFAULT")
      )
    }
    if old.isNotNull != new.isNotNull { actions.append("\(prefix) \(old.isNotNull ? "SET" : "DROP") NOT NULL") }
    guard !actions.isEmpty, deparser.unprintable.isEmpty else { return nil }
    return "ALTER TABLE \(self.name.displayName) \(actions.joined(separator: ",\n  "));"
  }

  fileprivate func restorationOfRowSecurity(from now: Table) -> String? {
    var other = now
    other.hasRowSecurity = hasRowSecurity
    other.forcesRowSecurity = forcesRowSecurity
    guard hasSameSettings(as: other) else { return nil }
    let actions = [
      hasRowSecurity == now.hasRowSecurity ? nil : "\(hasRowSecurity ? "ENABLE" : "DISABLE") ROW LEVEL SECURITY",
      forcesRowSecurity == now.forcesRowSecurity
        ? nil : "\(forcesRowSecurity ? "FORCE" : "NO FORCE") ROW LEVEL SECURITY",
    ].compactMap(\.self)
    return "ALTER TABLE \(name.displayName) \(actions.joined(separator: ", "));"
  }
}

extension UserType {
  /// Puts a value back where it was.
  fileprivate func addition(of value: String) -> String? {
    guard case .enumeration(let values) = form, let position = values.firstIndex(of: value) else { return nil }
    let place =
      position > 0
      ? " AFTER \(values[position - 1].quotedLiteral)"
      : values.count > 1 ? " BEFORE \(values[position + 1].quotedLiteral)" : ""
    return "ALTER TYPE \(name.displayName) ADD VALUE \(value.quotedLiteral)\(place);"
  }
}

extension String {
  fileprivate var trimmingLineFeeds: String {
    var text = self[...]
    while text.last == "\n" { text.removeLast() }
    return String(text)
  }
}
