/// One statement of a script.
package struct Statement: Sendable {
  package let kind: Kind
  /// From the first byte of the first token to the end of the last one, without the semicolon.
  package let range: Range<Int>
  /// Whether parts of it are nested more deeply than it was read, so that ``kind`` does not hold them.
  package let isTruncated: Bool

  package init(kind: Kind, range: Range<Int>, isTruncated: Bool = false) {
    self.kind = kind
    self.range = range
    self.isTruncated = isTruncated
  }

  /// The same statement, of which more is known.
  package func with(_ kind: Kind, _ range: Range<Int>) -> Statement {
    Statement(kind: kind, range: range, isTruncated: isTruncated)
  }

  /// What the statement says, one case a command, in PostgreSQL's own terms.
  package indirect enum Kind: Hashable, Sendable {
    // Tables, indexes, views
    case createTable(CreateTable)
    case createTableAs(CreateTableAs)
    case alterTable(AlterTable)
    case createIndex(CreateIndex)
    case createView(CreateView)
    case refreshMaterializedView(RefreshMaterializedView)
    case createRule(CreateRule)
    case createTrigger(CreateTrigger)
    case createPolicy(CreatePolicy)
    case alterPolicy(AlterPolicy)
    case createStatistics(CreateStatistics)
    case alterStatistics(AlterStatistics)
    case createSequence(CreateSequence)
    case alterSequence(AlterSequence)
    case moveAllRelations(MoveAllRelations)

    // Types
    case createDomain(CreateDomain)
    case alterDomain(AlterDomain)
    case createEnum(CreateEnum)
    case alterEnum(AlterEnum)
    case createCompositeType(CreateCompositeType)

    // Functions and code
    case createFunction(CreateFunction)
    case alterFunction(AlterFunction)
    case anonymousBlock(AnonymousBlock)
    case call(FunctionCall)

    // Any object
    case drop(Drop)
    case rename(Rename)
    case setSchema(SetSchema)
    case changeOwner(ChangeOwner)
    case comment(CommentOn)
    case createObject(ObjectDefinition)
    case alterObject(ObjectDefinition)

    // Data
    case query(Query)
    case dataChange(DataChange)
    case copy(Copy)
    case truncate(Truncate)

    // Maintenance
    case reindex(Reindex)
    case cluster(Cluster)
    case vacuum(Vacuum)
    case lockTable(LockTable)
    case checkpoint

    // Transactions and settings
    case transaction(TransactionControl)
    case setConstraints(SetConstraints)
    case set(SetParameter)
    case show(parameter: String)
    case discard(Discard)

    // Schemas, databases, roles, privileges
    case createSchema(CreateSchema)
    case createExtension(CreateExtension)
    case alterExtension(AlterExtension)
    case createDatabase(DatabaseDefinition)
    case alterDatabase(DatabaseDefinition)
    case dropDatabase(DropDatabase)
    case createTablespace(name: String)
    case alterTablespace(name: String)
    case dropTablespace(name: String, ifExists: Bool)
    case createRole(RoleDefinition)
    case alterRole(RoleDefinition)
    case dropRole(DropRole)
    case grant(Grant)
    case grantRole(GrantRole)
    case alterDefaultPrivileges(Grant)
    case dropOwned(roles: [RoleReference], cascade: Bool)
    case reassignOwned(from: [RoleReference], to: RoleReference)

    // Replication
    case createPublication(PublicationDefinition)
    case alterPublication(PublicationDefinition)
    case createSubscription(SubscriptionDefinition)
    case alterSubscription(SubscriptionDefinition)
    case dropSubscription(name: String, ifExists: Bool)

    // The session
    case explain(Explain)
    case prepare(name: String, Kind)
    case execute(name: String)
    case deallocate(name: String?)
    case declareCursor(name: String, Query, isHeld: Bool)
    case closeCursor(name: String?)
    case fetch(cursor: String, isMove: Bool)
    case listen(channel: String)
    case unlisten(channel: String?)
    case notify(channel: String)
    case load(library: String)

    /// A statement that is not modelled, by PostgreSQL's name of its node. Nothing is known about what it does.
    case other(node: String)
  }
}

/// `name = value` in WITH (…), OPTIONS (…) and their kin; the value as text.
package struct Option: Hashable, Sendable {
  package let namespace: String?
  package let name: String
  package let value: String?
  /// What ALTER … OPTIONS says to do with it; `nil` where it says nothing.
  package let change: Change?

  package enum Change: Hashable, Sendable { case add, set, drop }

  package init(namespace: String? = nil, name: String, value: String?, change: Change? = nil) {
    self.change = change
    self.namespace = namespace
    self.name = name
    self.value = value
  }
}
