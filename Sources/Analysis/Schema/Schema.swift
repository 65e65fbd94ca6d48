import Syntax

/// The simulated catalog: what the database holds after the statements so far.
///
/// A value: copies share their storage until one changes. Relations that the history never made are not in it, or are
/// marked ``Table/isAssumed`` once a statement has told something about them.
package struct Schema: Sendable {
  package internal(set) var tables: [QualifiedName: Table] = [:]
  package internal(set) var indexes: [QualifiedName: Index] = [:]
  /// Materialized views too.
  package internal(set) var views: [QualifiedName: View] = [:]
  package internal(set) var sequences: [QualifiedName: SequenceGenerator] = [:]
  package internal(set) var types: [QualifiedName: UserType] = [:]
  /// Functions and procedures by name; overloads share one.
  package internal(set) var functions: [QualifiedName: [Function]] = [:]
  package internal(set) var schemas: Set<String> = ["public"]
  package internal(set) var schemaComments: [String: String] = [:]
  package internal(set) var extensions: [String: Extension] = [:]
  package internal(set) var statistics: [QualifiedName: Statistics] = [:]
  /// Roles that the history made.
  package internal(set) var roles: Set<String> = []
  /// Aggregates, operators, casts, collations, text search objects and their kin, in the order of their making.
  package internal(set) var otherObjects: [OtherObject] = []
  /// Counts the migrations that have begun, so that relations know which one made them.
  package internal(set) var currentMigration = 0
  /// The first of the migrations that run one after the other now: what it and those behind it make is new, and as good
  /// as empty.
  private(set) var firstNewMigration = 0
  package internal(set) var searchPath = ["public"]
  /// `nil` where the history does not set it: the server's own, which nobody knows.
  package internal(set) var timeZone: String?
  /// The day on which the migration runs, which functions put into names; `nil` where it is not known.
  package internal(set) var today: CalendarDate?
  /// Relations that the history made and dropped. What it never made may be there all the same; these are not, unless
  /// they were made again.
  var goneRelations: Set<QualifiedName> = []
  /// By the table that is pointed to: the tables that have, or once had, foreign keys to it.
  var referencingTables: [QualifiedName: [QualifiedName]] = [:]
  /// How many calls of the history's functions are inside one another now.
  var callDepth = 0
  static let maximumCallDepth = 4
  /// The settings to which the session returns when a transaction with SET LOCAL ends.
  var sessionSettings: SessionSettings?
  /// How many constraints have a name; PostgreSQL keeps the names that it makes unique in their schema.
  var constraintNames: [QualifiedName: Int] = [:]

  package init() {}

  /// The schema in which temporary relations live, which is searched first.
  static let temporary = "pg_temp"

  /// A new migration begins: what was made until now existed before it, unless it runs right behind the last one.
  /// `today` is the day on which it runs.
  package mutating func beginMigration(on today: CalendarDate? = nil, continuing isContinued: Bool = false) {
    currentMigration += 1
    if !isContinued { firstNewMigration = currentMigration }
    self.today = today
    // Each migration has a session of its own.
    beginSession()
  }

  /// Whether what was made in a migration was there before those that run now.
  func existed(since migration: Int) -> Bool { migration < firstNewMigration || migration == 0 }

  // MARK: - Look-up

  /// The table that a name means on the search path.
  package func table(_ name: QualifiedName) -> Table? { tables[qualified(name)] }

  /// The index that a name means on the search path.
  package func index(_ name: QualifiedName) -> Index? { indexes[qualified(name)] }

  /// The view or materialized view that a name means on the search path.
  package func view(_ name: QualifiedName) -> View? { views[qualified(name)] }

  /// The relation's name with the schema it is found in; an unknown one gets the schema in which it would be made.
  package func qualified(_ name: QualifiedName) -> QualifiedName {
    located(name, where: hasRelation)
  }

  /// The type's name with the schema it is found in.
  package func qualifiedType(_ name: QualifiedName) -> QualifiedName {
    located(name) { types[$0] != nil || tables[$0] != nil }
  }

  func located(_ name: QualifiedName, where exists: (QualifiedName) -> Bool) -> QualifiedName {
    guard name.schema == nil else { return name }
    let temporary = QualifiedName(schema: Self.temporary, name.name)
    if exists(temporary) { return temporary }
    for schema in searchPath {
      let candidate = QualifiedName(schema: schema, name.name)
      if exists(candidate) { return candidate }
    }
    return QualifiedName(schema: creationSchema, name.name)
  }

  /// The schema in which a relation without one is made.
  var creationSchema: String { searchPath.first ?? "public" }

  /// The name under which a relation is made.
  func creationName(of relation: RelationReference) -> QualifiedName {
    if relation.persistence == .temporary { return QualifiedName(schema: Self.temporary, relation.name.name) }
    return QualifiedName(schema: relation.name.schema ?? creationSchema, relation.name.name)
  }

  /// Tables, indexes, views, sequences and composite types share their names.
  package func hasRelation(_ name: QualifiedName) -> Bool {
    tables[name] != nil || indexes[name] != nil || views[name] != nil || sequences[name] != nil
  }

  /// The kind of the relation; `nil` where the history does not know it.
  package func kind(of name: QualifiedName) -> RelationKind? {
    if let table = tables[name] { return table.kind }
    if let view = views[name] { return view.isMaterialized ? .materializedView : .view }
    if indexes[name] != nil { return .index }
    return sequences[name] != nil ? .sequence : nil
  }

  /// The tables below one, by inheritance or as partitions, nearest first.
  package func descendants(of name: QualifiedName) -> [QualifiedName] {
    var found: [QualifiedName] = []
    var next = tables[name]?.children ?? []
    while !next.isEmpty {
      found += next.filter { !found.contains($0) }
      next = next.flatMap { tables[$0]?.children ?? [] }.filter { !found.contains($0) }
    }
    return found
  }

  /// The indexes of a table, in the order of their making.
  package func indexes(of table: QualifiedName) -> [Index] {
    (tables[table]?.indexNames ?? []).compactMap { indexes[$0] }
  }

  /// Whether the columns of a table can be told apart by a key or a unique index that a foreign key may point to.
  func isUnique(_ columns: [String], of table: Table) -> Bool {
    indexes(of: table.name).contains { index in
      index.definition.isUnique && index.definition.predicate == nil && !isDeferrable(index)
        && Set(index.definition.elements.flatMap(\.columnNames)) == Set(columns)
        && index.definition.elements.count == columns.count
    }
  }

  private func isDeferrable(_ index: Index) -> Bool {
    index.constraint.flatMap { tables[index.table]?.constraint($0) }?.definition.isDeferrable == true
  }

  /// The foreign keys that point to a table, with the tables that hold them, in the order of their making.
  package func foreignKeys(to referenced: QualifiedName) -> [(table: QualifiedName, constraint: TableConstraint)] {
    (referencingTables[referenced] ?? []).flatMap { table in
      (tables[table]?.constraints ?? []).filter { $0.referenced == referenced }.map { (table, $0) }
    }
  }

  /// The views that read a relation, directly or through other views.
  package func views(reading relation: QualifiedName) -> [View] {
    views(above: views.values.filter { $0.relations.contains(relation) })
  }

  /// The views that read a column of a relation, and those that read these.
  package func views(reading column: String, of relation: QualifiedName) -> [View] {
    views(above: views.values.filter { $0.reads(column, of: relation) })
  }

  private func views(above first: [View]) -> [View] {
    var found: [QualifiedName: View] = [:]
    var next = first
    while let view = next.popLast() {
      guard found.updateValue(view, forKey: view.name) == nil else { continue }
      next += views.values.filter { $0.relations.contains(view.name) }
    }
    return found.values.sorted { $0.name < $1.name }
  }

  // MARK: - Storage

  /// Puts a table in its place, and keeps the names of its constraints.
  mutating func put(_ table: Table) {
    if let old = tables[table.name] { forgetConstraintNames(of: old) }
    for constraint in table.constraints {
      constraintNames[QualifiedName(schema: table.name.schema, constraint.name), default: 0] += 1
      if let referenced = constraint.referenced, referencingTables[referenced]?.contains(table.name) != true {
        referencingTables[referenced, default: []].append(table.name)
      }
    }
    tables[table.name] = table
  }

  func forgottenNames(of table: Table) -> [QualifiedName] {
    table.constraints.map { QualifiedName(schema: table.name.schema, $0.name) }
  }

  mutating func forgetConstraintNames(of table: Table) {
    for name in forgottenNames(of: table) {
      let count = (constraintNames[name] ?? 0) - 1
      constraintNames[name] = count > 0 ? count : nil
    }
  }

  /// The table to which a statement adds knowledge: the history's own, or an assumed one.
  func knownOrAssumed(_ reference: RelationReference) -> Table {
    let name = qualified(reference.name)
    return tables[name] ?? Table(assumed: name)
  }
}
