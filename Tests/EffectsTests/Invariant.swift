import Catalog
import Execution
import Syntax

/// What a statement did to the catalog and its effects do not say: what left, and relations whose catalog entries changed.
func unexplained(from before: Database, to after: Database, _ effects: StatementEffects) -> [String] {
  let named = NamedByEffects(effects)
  let departures = before.departures(to: after)
  let lost = departures.filter { part in
    // What was taken to be a table of the name is another relation.
    let isReplaced = !before.catalog.isKnown(part.name) && part.holder == nil && after.catalog.isKnown(part.name)
    return !isReplaced && !named.explains(part, among: departures, in: before)
  }.map { "lost \($0)" }
  return (lost + before.changedRelations(in: after).filter { !named.locks($0, in: before) }.map { "changed \($0)" })
    .sorted()
}

/// The effects of a statement, by what they name.
private struct NamedByEffects {
  private var locks: [QualifiedName: LockMode] = [:]
  private var columns: Set<CatalogPart> = []
  private var lostTables: Set<QualifiedName> = []
  private var objects: Set<String> = []
  private var renamedSchemas: Set<String> = []

  init(_ effects: StatementEffects) {
    for effect in effects.relations { locks[effect.relation] = effect.lock }
    for loss in effects.losses {
      switch loss {
      case .column(let column, let table): insert(column, of: table)
      case .object(_, let name): objects.insert(name)
      case .table(let table): lostTables.insert(table)
      case .rows, .narrowing: break
      }
    }
    for breakage in effects.breaks {
      switch breakage {
      case .columnGone(let column, let table), .columnRenamed(let column, let table, _): insert(column, of: table)
      case .objectRenamed(.schema, let name, _):
        objects.insert(name)
        renamedSchemas.insert(name)
      case .objectGone(_, let name), .objectRenamed(_, let name, _): objects.insert(name)
      case .relationGone, .relationRenamed, .insertFails, .columnTypeChanged, .partGone, .dependentGone,
        .attributeRenamed,
        .enumValueRenamed, .privilegesGone, .constraintGone, .primaryKeyGone, .uniquenessLost:
        break
      }
    }
  }

  private mutating func insert(_ column: String, of table: QualifiedName) {
    columns.insert(CatalogPart(kind: .column, name: QualifiedName(column), holder: table))
  }

  private func lock(on relation: QualifiedName?) -> LockMode { relation.flatMap { locks[$0] } ?? .accessShare }

  /// Whether the effects name a part that left, with all of `departures`, from `schema`.
  func explains(_ part: CatalogPart, among departures: Set<CatalogPart>, in schema: Database) -> Bool {
    // All of a schema's objects get its new name, and PostgreSQL locks none of them.
    if let place = (part.holder ?? part.name).schema, renamedSchemas.contains(place) { return true }
    switch part.kind {
    case .table, .view, .sequence: return lock(on: part.name) == .accessExclusive
    case .index:
      // Renaming an index, and dropping it CONCURRENTLY, takes no more.
      return lock(on: part.name) >= .shareUpdateExclusive
        || lock(on: schema.catalog.indexes[part.name]?.table) == .accessExclusive
    case .column:
      // Another table may have the name of one that went.
      let goesWithTable = part.holder.map {
        lostTables.contains($0) || departures.contains(CatalogPart(kind: .table, name: $0))
      }
      return lock(on: part.holder) == .accessExclusive && (goesWithTable ?? false || names(column: part, in: schema))
    case .constraint:
      // A key has the name of its index.
      let constraint = part.holder.flatMap { schema.catalog.tables[$0]?.constraint(part.name.name) }
      return lock(on: part.holder) == .accessExclusive || lock(on: constraint?.index) >= .shareUpdateExclusive
    case .defaultValue, .trigger, .policy, .rule: return lock(on: part.holder) == .accessExclusive
    case .schema, .type: return objects.contains(part.name.description)
    case .function:
      // No code calls a trigger's function.
      let isForTrigger = schema.catalog.functions[part.name]?.allSatisfy(\.isForTrigger) == true
      return isForTrigger || objects.contains(part.name.description)
    // Code does not depend on them, and PostgreSQL locks no relation of a domain's values.
    case .statistics, .attribute, .check: return true
    }
  }

  /// The column, or that of a parent from which the table has it.
  private func names(column: CatalogPart, in schema: Database) -> Bool {
    if columns.contains(column) { return true }
    return column.holder.flatMap { schema.catalog.tables[$0]?.parents }?.contains { parent in
      names(column: CatalogPart(kind: .column, name: column.name, holder: parent), in: schema)
    } ?? false
  }

  func locks(_ relation: QualifiedName, in schema: Database) -> Bool {
    max(lock(on: relation), lock(on: schema.catalog.indexes[relation]?.table)) >= .shareUpdateExclusive
  }
}

// MARK: - Catalog entries

extension Database {
  /// The relations of which PostgreSQL's catalog has other rows in `after`. A new name of something that a relation uses
  /// is none: the catalog refers to it by number.
  fileprivate func changedRelations(in after: Database) -> [QualifiedName] {
    func changed<Value: Equatable>(
      _ values: KeyPath<Catalog, ObjectMap<Value>>,
      _ entry: (Value, Database) -> Set<String>
    ) -> [QualifiedName] {
      let others = after.catalog[keyPath: values]
      return others.log.written.compactMap { name in
        guard name.schema != "pg_temp", let value = catalog[keyPath: values][name], let other = others[name],
          other != value
        else { return nil }
        return entry(value, self) == entry(other, after) ? nil : name
      }
    }
    return changed(\.tables) { $0.entry(in: $1) } + changed(\.views) { view, _ in view.entry }
      + changed(\.indexes) { index, _ in index.entry } + changed(\.sequences) { sequence, _ in sequence.entry }
  }
}

extension Table {
  fileprivate func entry(in schema: Database) -> Set<String> {
    let columns = columns.map { column in
      let type = column.type.map { schema.catalog.types[$0.name] == nil ? $0.sql : "a type of the history" } ?? ""
      let values = [column.defaultValue != nil, column.generated != nil, column.isNotNull, column.isStored]
      let storage = [column.storage, column.compression, column.comment]
      return "\(column.name) \(type) \(values) \(String(describing: column.identity)) \(storage) \(column.options)"
    }
    // A comment on one of its parts takes no lock that others see, and a key gets the name of its index.
    let constraints = constraints.map {
      "\($0.index == nil ? $0.name : "key") \($0.isValidated) \($0.definition.isDeferrable)"
    }
    let triggers = triggers.map { "\($0.name) \($0.firing)" }
    let flags = [hasRowSecurity, forcesRowSecurity, isPartition, ofType != nil, clusterIndex != nil]
    let settings = [tablespace, accessMethod, comment]
    return Set(
      columns + constraints + triggers + policies.map(\.name) + rules.map { "\($0.name) \($0.firing)" } + [
        "\(flags) \(settings) \(options) \(persistence)", "\(parents.count) parents", "\(indexNames.count) indexes",
      ]
    )
  }
}

extension View {
  fileprivate var entry: Set<String> {
    Set(
      columnNames.map { "\($0) \(defaults[$0] != nil)" } + triggers.map { "\($0.name) \($0.firing)" } + [
        "\(options) \(hasData) \(String(describing: comment))", "\(indexNames.count) indexes",
      ]
    )
  }
}

extension Index {
  /// An index of indexes becomes valid with its last part, without a lock that others see.
  fileprivate var entry: Set<String> {
    ["\(constraint != nil) \(isPrimaryKey) \(parent != nil) \(String(describing: comment))"]
  }
}

extension SequenceGenerator {
  fileprivate var entry: Set<String> {
    ["\(type?.sql ?? "") \(options) \(owner != nil) \(persistence) \(String(describing: comment))"]
  }
}
