import HashTreeCollections
import Syntax

/// The simulated database as one session sees it: what there is, and what names mean.
package struct Database: Sendable {
  package var catalog: Catalog
  private var sessionBox = Box(Session())
  /// Tables with rows that deferred constraints have yet to check, in the transaction that is open.
  package var pendingTriggers: Set<QualifiedName> = []
  /// Whether SET CONSTRAINTS ALL DEFERRED holds in it.
  package var defersConstraints = false
  /// What was added since by statements that may have failed on the rows that they met.
  package var additionsAtRisk: TreeSet<ObjectAddress> = []
  /// What was added a second time, so that the first time had failed.
  package var additionsRepeated: TreeSet<ObjectAddress> = []

  package init(catalog: Catalog = Catalog()) { self.catalog = catalog }

  /// In a box, as most statements leave it as it is.
  package var session: Session {
    _read { yield sessionBox.storage.object }
    _modify { yield &sessionBox.object }
  }

  /// A new migration begins, in a session of its own: what was made until now existed before it, unless it runs right
  /// behind the last one. The migrations before it ran: whoever saw one fail would not go on. `today` is the day on which
  /// it runs.
  package mutating func beginMigration(on today: CalendarDate? = nil, continuing isContinued: Bool = false) {
    catalog.beginMigration(continuing: isContinued)
    additionsAtRisk = []
    additionsRepeated = []
    beginSession(on: today)
  }

  /// A session ends, and its temporary relations with it; another one begins.
  package mutating func beginSession(on today: CalendarDate? = nil) {
    catalog.discardTemporary()
    catalog.endTransaction()
    endConstraintChecks()
    session = Session(today: today ?? session.today, timeZone: session.usualTimeZone)
  }

  /// The transaction ends, and with it what was set for it alone.
  package mutating func endTransaction() {
    if session.hasLocalState { session.endTransaction() }
    endConstraintChecks()
    catalog.endTransaction()
  }

  private mutating func endConstraintChecks() {
    if !pendingTriggers.isEmpty { pendingTriggers = [] }
    defersConstraints = false
  }

  // MARK: - Look-up

  /// The table that a name means on the search path.
  package func table(_ name: QualifiedName) -> Table? { catalog.tables[qualified(name)] }

  /// The index that a name means on the search path.
  package func index(_ name: QualifiedName) -> Index? { catalog.indexes[qualified(name)] }

  /// The view or materialized view that a name means on the search path.
  package func view(_ name: QualifiedName) -> View? { catalog.views[qualified(name)] }

  /// The relation's name with the schema it is found in; an unknown one gets the schema in which it would be made.
  package func qualified(_ name: QualifiedName) -> QualifiedName {
    located(name) { catalog.hasRelation($0) }
  }

  /// The type's name with the schema it is found in.
  package func qualifiedType(_ name: QualifiedName) -> QualifiedName {
    located(name) { catalog.types.contains($0) || catalog.tables.contains($0) }
  }

  package func qualifiedFunction(_ name: QualifiedName) -> QualifiedName {
    located(name) { catalog.functions.contains($0) }
  }

  package func qualifiedStatistics(_ name: QualifiedName) -> QualifiedName {
    located(name) { catalog.statistics.contains($0) }
  }

  /// The history's function that a name means; a name that is none of them stays as it is.
  package func resolvedFunction(_ name: QualifiedName) -> QualifiedName {
    let found = qualifiedFunction(name)
    return catalog.functions.contains(found) ? found : name
  }

  /// The name with the schema in which there is such an object.
  package func qualified(_ name: QualifiedName, where exists: (QualifiedName) -> Bool) -> QualifiedName {
    located(name, where: exists)
  }

  private func located(_ name: QualifiedName, where exists: (QualifiedName) -> Bool) -> QualifiedName {
    guard name.schema == nil else { return name }
    let temporary = QualifiedName(schema: Catalog.temporary, name.name)
    if catalog.hasTemporary, exists(temporary) { return temporary }
    if catalog.hasRelationsInSystemCatalog {
      let system = QualifiedName(schema: "pg_catalog", name.name)
      if exists(system) { return system }
    }
    for schema in session.searchPath {
      let candidate = QualifiedName(schema: schema, name.name)
      if exists(candidate) { return candidate }
    }
    return QualifiedName(schema: session.creationSchema, name.name)
  }

  /// The name under which a relation is made.
  package func creationName(of relation: RelationReference) -> QualifiedName {
    if relation.persistence == .temporary { return QualifiedName(schema: Catalog.temporary, relation.name.name) }
    return creationName(relation.name)
  }

  package func creationName(_ name: QualifiedName) -> QualifiedName {
    QualifiedName(schema: name.schema ?? session.creationSchema, name.name)
  }

  /// A table and, where the statement includes them, those below it.
  package func family(_ reference: RelationReference) -> [QualifiedName] {
    let name = qualified(reference.name)
    return reference.includesDescendants ? [name] + catalog.descendants(of: name) : [name]
  }
}
