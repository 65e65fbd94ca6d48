import HashTreeCollections
import Syntax

/// Which definitions name which objects, both ways: what `pg_depend` is to PostgreSQL.
///
/// It holds whole objects; which column or constraint of a table it is that depends on another object is read off the few
/// tables that the graph names. What belongs to its table anyway (columns, constraints, indexes) is not in it.
struct DependencyGraph: Sendable {
  /// What a definition can name.
  enum Referenced: Hashable, Sendable {
    /// By its rows, its name, or a foreign key.
    case relation(QualifiedName)
    /// Also the row type of a relation.
    case type(QualifiedName)
    case function(QualifiedName)
    case collation(String)
  }

  /// An object with a definition.
  enum Holder: Hashable, Sendable {
    case table(QualifiedName)
    case index(QualifiedName)
    case view(QualifiedName)
    case sequence(QualifiedName)
    case statistics(QualifiedName)
    case type(QualifiedName)
    /// All overloads of a name.
    case functions(QualifiedName)

    var name: QualifiedName {
      switch self {
      case .table(let name), .index(let name), .view(let name), .sequence(let name), .statistics(let name),
        .type(let name), .functions(let name):
        name
      }
    }
  }

  /// A long object as it was when the graph last looked at it, and how often it named others.
  struct Seen<Object: Referring>: Sendable {
    var object: Object
    var counts: TreeDictionary<Referenced, Int>
  }

  private var holders: TreeDictionary<Referenced, TreeSet<Holder>> = [:]
  /// Of those that are not long.
  private var references: TreeDictionary<Holder, [Referenced: Int]> = [:]
  fileprivate var longTables: TreeDictionary<QualifiedName, Seen<Table>> = [:]
  fileprivate var longTypes: TreeDictionary<QualifiedName, Seen<UserType>> = [:]
  fileprivate var longFunctions: TreeDictionary<QualifiedName, Seen<PartList<Function>>> = [:]

  func holders(naming referenced: Referenced) -> TreeSet<Holder> { holders[referenced] ?? [] }

  /// A holder's definition names these from now on.
  private mutating func replaceReferences(of holder: Holder, with new: [Referenced: Int]) {
    guard let old = references[holder] ?? (new.isEmpty ? nil : [:]), old != new else { return }
    for referenced in old.keys where new[referenced] == nil { forget(holder, naming: referenced) }
    for referenced in new.keys where old[referenced] == nil { holders[referenced, default: []].insert(holder) }
    references[holder] = new.isEmpty ? nil : new
  }

  private mutating func forget(_ holder: Holder, naming referenced: Referenced) {
    holders[referenced]?.remove(holder)
    if holders[referenced]?.isEmpty == true { holders[referenced] = nil }
  }

  /// Looks at the objects that were written since the last time.
  fileprivate mutating func look<Object: Referring>(
    at objects: inout ObjectMap<Object>,
    as holder: (QualifiedName) -> Holder
  ) {
    guard !objects.log.isIndexed else { return }
    for name in objects.log.unindexed {
      replaceReferences(of: holder(name), with: objects.reading(name) { $0.references.counts } ?? [:])
    }
    objects.log.markIndexed()
  }

  /// The same of objects some of which are long: of these it looks at what is new and at what is gone. It gives the long
  /// ones as they are now.
  fileprivate mutating func look<Object>(
    at objects: inout ObjectMap<Object>,
    as holder: (QualifiedName) -> Holder,
    following seen: TreeDictionary<QualifiedName, Seen<Object>>
  ) -> TreeDictionary<QualifiedName, Seen<Object>> {
    guard !objects.log.isIndexed else { return seen }
    var long = seen
    for name in objects.log.unindexed {
      if objects.reading(name, { $0.isLong }) == true, let object = objects[name] {
        if long[name] == nil { replaceReferences(of: holder(name), with: [:]) }
        long[name] = follow(holder(name), from: long[name], to: object)
      } else {
        if !long.isEmpty, let seen = long.removeValue(forKey: name) {
          for referenced in seen.counts.keys { forget(holder(name), naming: referenced) }
        }
        replaceReferences(of: holder(name), with: objects.reading(name) { $0.references.counts } ?? [:])
      }
    }
    objects.log.markIndexed()
    return long
  }

  private mutating func follow<Object>(_ holder: Holder, from old: Seen<Object>?, to object: Object) -> Seen<Object> {
    var counts = old?.counts ?? [:]
    let new = old.map { object.references(notSharedWith: $0.object) } ?? object.references
    for (referenced, count) in new.counts {
      if counts[referenced] == nil { holders[referenced, default: []].insert(holder) }
      counts[referenced, default: 0] += count
    }
    for (referenced, count) in old?.object.references(notSharedWith: object).counts ?? [:] {
      let left = (counts[referenced] ?? 0) - count
      counts[referenced] = left > 0 ? left : nil
      if left <= 0 { forget(holder, naming: referenced) }
    }
    return Seen(object: object, counts: counts)
  }
}

/// The objects whose definitions name something, by kind, each kind sorted by name.
package struct DependentObjects {
  package fileprivate(set) var tables: [Table] = []
  package fileprivate(set) var indexes: [Index] = []
  package fileprivate(set) var views: [View] = []
  package fileprivate(set) var sequences: [SequenceGenerator] = []
  package fileprivate(set) var statistics: [Statistics] = []
  package fileprivate(set) var types: [UserType] = []
  package fileprivate(set) var functions: [(name: QualifiedName, overloads: PartList<Function>)] = []
}

extension DependentObjects {
  /// The foreign keys that point to a table, with the tables that hold them.
  func foreignKeys(to referenced: QualifiedName) -> [(table: QualifiedName, constraint: TableConstraint)] {
    var keys: [(table: QualifiedName, constraint: TableConstraint)] = []
    for table in tables.indices {
      for key in tables[table].constraints.filter({ $0.referenced == referenced }) {
        keys.append((tables[table].name, key))
      }
    }
    return keys
  }

  /// Whether a view or a rule reads a column.
  package func read(_ column: String, of relation: QualifiedName) -> Bool {
    views.contains { view in
      view.reads(column, of: relation) || view.rules.contains { $0.reads(column, of: relation) }
    } || tables.contains { table in table.rules.contains { $0.reads(column, of: relation) } }
  }

  /// The same with fewer views.
  package func filteringViews(_ isMeant: (View) -> Bool) -> Self {
    var some = self
    some.views.removeAll { !isMeant($0) }
    return some
  }

  /// The same with a table itself, whose policies may name its columns by its name.
  package func including(_ table: Table?) -> Self {
    guard let table, !tables.contains(where: { $0.name == table.name }) else { return self }
    var all = self
    all.tables.append(table)
    return all
  }
}

extension Catalog {
  /// Looks at what was written since the last time; costs nothing where nothing was.
  package mutating func refreshDependencies() {
    if isIndexed { return }
    graph.object.longTables = graph.object.look(at: &tables, as: { .table($0) }, following: graph.object.longTables)
    graph.object.look(at: &indexes, as: { .index($0) })
    graph.object.look(at: &views, as: { .view($0) })
    graph.object.look(at: &sequences, as: { .sequence($0) })
    graph.object.look(at: &statistics, as: { .statistics($0) })
    graph.object.longTypes = graph.object.look(at: &types, as: { .type($0) }, following: graph.object.longTypes)
    graph.object.longFunctions = graph.object.look(
      at: &functions,
      as: { .functions($0) },
      following: graph.object.longFunctions
    )
  }

  private var isIndexed: Bool {
    tables.log.isIndexed && indexes.log.isIndexed && views.log.isIndexed && sequences.log.isIndexed
      && statistics.log.isIndexed && types.log.isIndexed && functions.log.isIndexed
  }

  /// The objects that name a relation: that read it, point to it, or belong to it.
  package func dependents(ofRelation name: QualifiedName) -> DependentObjects { dependents(on: .relation(name)) }

  /// The objects that name a type, or the row type of a relation.
  package func dependents(ofType name: QualifiedName) -> DependentObjects { dependents(on: .type(name)) }

  /// The objects that name a relation or its row type.
  package func dependents(ofRelationOrRowType name: QualifiedName) -> DependentObjects {
    dependents(on: .relation(name), .type(name))
  }

  /// The objects that call a function, or fire it.
  package func dependents(ofFunction name: QualifiedName) -> DependentObjects { dependents(on: .function(name)) }

  /// The objects that name a collation, in whatever schema it is.
  package func dependents(ofCollation name: String) -> DependentObjects { dependents(on: .collation(name)) }

  private func dependents(
    on referenced: DependencyGraph.Referenced,
    _ other: DependencyGraph.Referenced? = nil
  ) -> DependentObjects {
    guard isIndexed else {
      var refreshed = self
      refreshed.refreshDependencies()
      return refreshed.dependents(on: referenced, other)
    }
    var holders = graph.object.holders(naming: referenced)
    if let other { holders.formUnion(graph.object.holders(naming: other)) }
    var found = DependentObjects()
    guard !holders.isEmpty else { return found }
    for holder in holders.sorted(by: { $0.name < $1.name }) {
      switch holder {
      case .table(let name): tables[name].map { found.tables.append($0) }
      case .index(let name): indexes[name].map { found.indexes.append($0) }
      case .view(let name): views[name].map { found.views.append($0) }
      case .sequence(let name): sequences[name].map { found.sequences.append($0) }
      case .statistics(let name): statistics[name].map { found.statistics.append($0) }
      case .type(let name): types[name].map { found.types.append($0) }
      case .functions(let name): functions[name].map { found.functions.append((name, $0)) }
      }
    }
    return found
  }
}
