import HashTreeCollections
import Syntax

/// The simulated system catalog: what the database holds after the statements so far.
///
/// A value that costs nothing to copy. Relations that the history never made are not in it, or are marked
/// ``Table/isAssumed`` once a statement has told something about them.
package struct Catalog: Sendable {
  package var tables = ObjectMap<Table>()
  package var indexes = ObjectMap<Index>()
  /// Materialized views too.
  package var views = ObjectMap<View>()
  package var sequences = ObjectMap<SequenceGenerator>()
  package var types = ObjectMap<UserType>()
  /// Functions and procedures by name; overloads share one.
  package var functions = ObjectMap<PartList<Function>>()
  package var statistics = ObjectMap<Statistics>()
  package var schemas: TreeSet<String> = ["public"]
  var rare = Box(RareParts())
  /// What names what, as far as ``refreshDependencies()`` has seen.
  var graph = Box(DependencyGraph())
  /// Counts the migrations that have begun, so that relations know which one made them.
  package private(set) var currentMigration = 0
  /// The first of the migrations that run one after the other now: what it and those behind it make is new, and as good
  /// as empty.
  private var firstNewMigration = 0
  /// Counts the times that code ran which nobody could read: it may have changed any table made before.
  package private(set) var unreadableRuns = 0
  /// Relations that the history made and dropped. What it never made may be there all the same; these are not, unless
  /// they were made again.
  private var goneRelations: TreeSet<QualifiedName> = []
  /// Whether a relation was moved into `pg_catalog`, which is searched without being named.
  package var hasRelationsInSystemCatalog = false
  /// Whether a statement wrote `pg_depend`: what needs what is not known then.
  package var hasWrittenDependencies = false
  /// Whether event triggers may refuse what others run.
  package var hasEventTriggers = false
  /// Whether the history began with relations that it does not make.
  private var beginsLate = false
  private var hasMadeTables = false
  /// How many constraints have a name; PostgreSQL keeps the names that it makes unique in their schema.
  private var constraintNames: TreeDictionary<QualifiedName, Int> = [:]
  /// How many names of constraints got free.
  private(set) var constraintRemovals = 0
  var generatedNames = GeneratedNames()

  /// What is made by something else than the history.
  package var external = ExternalNames()

  package init() {}

  /// The schema in which temporary relations live, which is searched first.
  package static let temporary = "pg_temp"

  package mutating func beginMigration(continuing isContinued: Bool) {
    currentMigration += 1
    if !isContinued { firstNewMigration = currentMigration }
    if !rare.object.uncertainNames.isEmpty { rare.object.uncertainNames = [] }
    refreshDependencies()
  }

  /// Whether what was made in a migration was there before those that run now.
  package func existed(since migration: Int) -> Bool { migration < firstNewMigration || migration == 0 }

  /// Code ran that nobody could read: it may have changed any table, and made any relation.
  package mutating func markAllUncertain() {
    unreadableRuns += 1
    goneRelations = []
    goneObjects = []
    roleUses = RoleUses()
  }

  /// Whether the history tells all of a table, so that what it does not tell is not there.
  package func isFullyKnown(_ table: Table) -> Bool {
    table.knowsAllColumns && !table.isAssumed && table.unreadableRuns == unreadableRuns
  }

  package func isFullyKnown(_ table: QualifiedName) -> Bool { tables.reading(table) { isFullyKnown($0) } ?? false }

  /// Whether the table may have the column: it has it, or not all of its columns are known.
  package func mayHave(_ column: String, _ table: Table) -> Bool {
    table.columns.contains(named: column) || column.isSystemColumn || !isFullyKnown(table)
  }

  /// A statement needs a schema that the history has not made. It is taken to be made elsewhere where the history begins
  /// with it, or makes something in it and goes on.
  package mutating func tellsOfSchema(_ name: String, isForCreation: Bool) -> Bool {
    if rare.object.foreignSchemas.contains(name) { return false }
    let tells = tellsAllObjects && hasMadeTables
    if !tells || isForCreation { rare.object.foreignSchemas.insert(name) }
    return tells
  }

  package mutating func noteUncertain(_ names: some Sequence<String>) {
    for name in names { rare.object.uncertainNames.insert(name) }
  }

  /// Whether the refusal hangs on a name that may mean something else than the history tells.
  package func isUncertain(_ error: SQLError) -> Bool {
    if external.explains(error) { return true }
    if hasWrittenDependencies, [.dependentObjectsStillExist, .featureNotSupported].contains(error.state) {
      return true
    }
    let names = rare.object.uncertainNames
    guard !names.isEmpty, let object = error.object else { return false }
    guard let owner = object.owner else { return names.contains(object.name.name) }
    return names.contains(Self.name(ofPart: object.name.name, of: owner)) || names.contains(owner.name)
  }

  /// As which it is noted that a part of a relation is uncertain.
  package static func name(ofPart part: String, of owner: QualifiedName) -> String { "\(owner.name)\u{0}\(part)" }

  // MARK: - Look-up

  /// Whether any temporary relation may be there.
  package var hasTemporary: Bool {
    tables.log.hasTemporary || indexes.log.hasTemporary || views.log.hasTemporary || sequences.log.hasTemporary
  }

  /// Tables, indexes, views, sequences and composite types share their names.
  package func hasRelation(_ name: QualifiedName) -> Bool {
    tables.contains(name) || indexes.contains(name) || views.contains(name) || sequences.contains(name)
  }

  /// Whether a relation of the name is there for certain.
  package func isKnown(_ name: QualifiedName) -> Bool {
    if let isAssumed = tables.reading(name, { $0.isAssumed }) { return !isAssumed }
    return hasRelation(name)
  }

  /// What the history knew of a relation that it now makes was about another one.
  package mutating func forget(assumed name: QualifiedName) {
    if tables.reading(name, { $0.isAssumed }) == true { remove(.table(name)) }
  }

  /// Whether the history made and dropped the relation, and nothing can have made it again.
  package func isGone(_ name: QualifiedName) -> Bool { goneRelations.contains(name) && !hasRelation(name) }

  /// A statement needs a relation that the history has not made. Where it has made none at all by then, it does not begin
  /// at the beginning, and what it does not make may be there.
  package mutating func noteNeed(of name: QualifiedName) {
    if !isMissing(name) { rare.object.missingRelations.insert(name) }
    if !hasMadeTables, tellsAllButItsBeginning(ofSchemaOf: name) { beginsLate = true }
  }

  /// Whether a statement so far needed the relation, which the history has not made.
  package func isMissing(_ name: QualifiedName) -> Bool { rare.object.missingRelations.contains(name) }

  /// Whether the history makes all relations of the name's schema, as far as anyone can tell. Schemas that it does not
  /// make belong to others, such as `auth`.
  package func tellsAll(ofSchemaOf name: QualifiedName) -> Bool {
    !beginsLate && tellsAllButItsBeginning(ofSchemaOf: name)
  }

  /// The same of types, functions and what else extensions make.
  package func tellsAllObjects(ofSchemaOf name: QualifiedName) -> Bool {
    name.schema.map { schemas.contains($0) } == true && tellsAllObjects
  }

  /// The same of objects that are in no schema.
  package var tellsAllObjects: Bool {
    !beginsLate && unreadableRuns == 0 && extensions.keys.allSatisfy { $0 == "plpgsql" }
  }

  private func tellsAllButItsBeginning(ofSchemaOf name: QualifiedName) -> Bool {
    unreadableRuns == 0 && extensions.keys.allSatisfy(Extension.makesNoRelations)
      && name.schema.map { schemas.contains($0) } == true
  }

  package mutating func noteGone(_ names: [QualifiedName]) { for name in names { goneRelations.insert(name) } }

  /// The kind of the relation; `nil` where the history does not know it.
  package func kind(of name: QualifiedName) -> RelationKind? {
    if let kind = tables.reading(name, { $0.kind }) { return kind }
    if indexes.contains(name) { return .index }
    if let isMaterialized = views.reading(name, { $0.isMaterialized }) {
      return isMaterialized ? .materializedView : .view
    }
    return sequences.contains(name) ? .sequence : nil
  }

  /// The tables below one, by inheritance or as partitions, nearest first.
  package func descendants(of name: QualifiedName) -> [QualifiedName] {
    if tables.reading(name, { $0.children.isEmpty }) ?? true { return [] }
    return Walk<PartList<QualifiedName>>.nodes(from: name) { tables.reading($0) { $0.children } ?? [] }
  }

  /// The tables above one, nearest first.
  package func ancestors(of name: QualifiedName) -> [QualifiedName] {
    if tables.reading(name, { $0.parents.isEmpty }) ?? true { return [] }
    return Walk<[QualifiedName]>.nodes(from: name) { tables.reading($0) { $0.parents } ?? [] }
  }

  /// Whether a table is another one or below it.
  ///
  /// It looks from both in turn, so that it costs no more than the smaller of the two families: chains are made from
  /// either end.
  package func isTable(_ name: QualifiedName, withinFamilyOf ancestor: QualifiedName) -> Bool {
    var above = Walk<[QualifiedName]>(from: name)
    var below = Walk<PartList<QualifiedName>>(from: ancestor)
    if name == ancestor { return true }
    while true {
      guard let parent = above.next({ tables.reading($0) { $0.parents } ?? [] }) else { return false }
      guard let child = below.next({ tables.reading($0) { $0.children } ?? [] }) else { return false }
      if parent == ancestor || child == name { return true }
    }
  }

  /// The partitions below a partitioned table; children by inheritance are tables of their own in most respects.
  package func partitions(of table: QualifiedName) -> [QualifiedName] {
    tables.reading(table) { $0.kind } == .partitionedTable ? descendants(of: table) : []
  }

  /// The default partition of a partitioned table.
  package func defaultPartition(of parent: QualifiedName) -> QualifiedName? {
    tables.reading(parent) { $0.defaultPartition } ?? nil
  }

  /// The indexes of a table, in the order of their making.
  package func indexes(of table: QualifiedName) -> [Index] {
    (tables.reading(table) { $0.indexNames } ?? []).compactMap { indexes[$0] }
  }

  /// The indexes of partitions that are the direct parts of a partitioned table's index.
  package func parts(of index: QualifiedName) -> [Index] {
    guard let table = indexes.reading(index, { $0.table }), let partitions = tables.reading(table, { $0.children }),
      !partitions.isEmpty
    else { return [] }
    return partitions.flatMap { indexes(of: $0) }.filter { $0.parent == index }.sorted { $0.name < $1.name }
  }

  /// The same at all levels.
  package func allParts(of index: QualifiedName) -> [Index] {
    Walk<[QualifiedName]>.nodes(from: index) { parts(of: $0).map(\.name) }.compactMap { indexes[$0] }
  }

  /// Whether the columns of a table can be told apart by a key or a unique index that a foreign key may point to.
  package func isUnique(_ columns: [String], of table: Table) -> Bool {
    let names = tables.reading(table.name) { $0.indexNames } ?? []
    return names.contains { name in
      indexes.reading(name) { index in
        index.definition.isUnique && index.definition.elements.count == columns.count
          && index.definition.predicate == nil && !isDeferrable(index)
          && Set(index.definition.elements.flatMap(\.columnNames)) == Set(columns)
      } ?? false
    }
  }

  private func isDeferrable(_ index: Index) -> Bool {
    index.constraint.flatMap { tables[index.table]?.constraint($0) }?.definition.isDeferrable == true
  }

  // MARK: - Storage

  /// Puts a table in its place, and keeps the names of its constraints.
  package mutating func put(_ table: Table) {
    let before = tables.reading(table.name) { $0.constraints } ?? []
    let old = before.parts(notSharedWith: table.constraints)
    let new = table.constraints.parts(notSharedWith: before)
    // Most writes leave the constraints as they are, or add one.
    let kept = zip(old, new).prefix { $0.name == $1.name }.count
    for constraint in old.dropFirst(kept) {
      forgetConstraint(named: QualifiedName(schema: table.name.schema, constraint.name))
    }
    for constraint in new.dropFirst(kept) {
      constraintNames[QualifiedName(schema: table.name.schema, constraint.name), default: 0] += 1
    }
    tables[table.name] = table
    if !table.isAssumed { hasMadeTables = true }
  }

  package mutating func forgetConstraintNames(of table: Table) {
    for constraint in table.constraints {
      forgetConstraint(named: QualifiedName(schema: table.name.schema, constraint.name))
    }
  }

  mutating func forgetConstraint(named name: QualifiedName) {
    let count = (constraintNames[name] ?? 0) - 1
    constraintNames[name] = count > 0 ? count : nil
    if count <= 0 { constraintRemovals += 1 }
  }

  /// A check of a domain is gone, or has another name.
  package mutating func noteFreedCheckName() { constraintRemovals += 1 }

  package func hasConstraint(named name: QualifiedName) -> Bool { constraintNames[name] != nil }

  /// From now on only what is written after this tells two catalogs apart.
  package mutating func forgetWrites() {
    tables.log.forget()
    indexes.log.forget()
    views.log.forget()
    sequences.log.forget()
    types.log.forget()
    functions.log.forget()
    statistics.log.forget()
  }

  /// Temporary tables end with the transaction that made them, where they are ON COMMIT DROP.
  mutating func endTransaction() {
    releaseNewEnumValues()
    guard tables.log.hasTemporary else { return }
    let ending = tables.log.temporary.filter { tables.reading($0) { $0.dropsOnCommit } == true }
    if ending.isEmpty { return }
    refreshDependencies()
    let addresses = ending.sorted().map { ObjectAddress.table($0) }
    for address in (try? closure(of: addresses, cascades: true)) ?? addresses { remove(address) }
  }

  /// A session ends, and its temporary relations with it.
  package mutating func discardTemporary() {
    for name in tables.log.temporary { remove(.table(name)) }
    for name in views.log.temporary { remove(.view(name)) }
    for name in sequences.log.temporary { remove(.sequence(name)) }
    tables.log.endSession()
    indexes.log.endSession()
    views.log.endSession()
    sequences.log.endSession()
  }
}
