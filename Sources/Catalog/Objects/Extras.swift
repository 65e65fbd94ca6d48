import Syntax

// What few tables have.

extension Table {
  /// Whether it has any of them.
  var hasExtras: Bool { !extras.isUsual }

  package var partitionKey: PartitionKey? {
    get { extras.value.partitionKey }
    set { extras.value.partitionKey = newValue }
  }

  /// The composite type that gives the columns (`OF type`), with its schema.
  package var ofType: QualifiedName? {
    get { extras.value.ofType }
    set { extras.value.ofType = newValue }
  }

  /// Its own bound, where it is a partition.
  package var partitionBound: PartitionBound? {
    get { extras.value.partitionBound }
    set { extras.value.partitionBound = newValue }
  }

  /// The child that takes what no other partition does; kept here, as there may be thousands of them.
  var defaultPartition: QualifiedName? {
    get { extras.value.defaultPartition }
    set { extras.value.defaultPartition = newValue }
  }

  package var policies: PartList<CreatePolicy> {
    get { extras.value.policies }
    set { extras.value.policies = newValue }
  }

  package var rules: PartList<RewriteRule> {
    get { extras.value.rules }
    set { extras.value.rules = newValue }
  }

  /// Whether it ends with the transaction that makes it.
  package var dropsOnCommit: Bool {
    get { extras.value.dropsOnCommit }
    set { extras.value.dropsOnCommit = newValue }
  }

  package var forcesRowSecurity: Bool {
    get { extras.value.forcesRowSecurity }
    set { extras.value.forcesRowSecurity = newValue }
  }

  package var options: [Option] {
    get { extras.value.options }
    set { extras.value.options = newValue }
  }

  package var tablespace: String? {
    get { extras.value.tablespace }
    set { extras.value.tablespace = newValue }
  }

  package var accessMethod: String? {
    get { extras.value.accessMethod }
    set { extras.value.accessMethod = newValue }
  }

  package var foreignServer: String? {
    get { extras.value.foreignServer }
    set { extras.value.foreignServer = newValue }
  }

  package var foreignOptions: [Option] {
    get { extras.value.foreignOptions }
    set { extras.value.foreignOptions = newValue }
  }

  package var replicaIdentity: AlterTable.ReplicaIdentity {
    get { extras.value.replicaIdentity }
    set { extras.value.replicaIdentity = newValue }
  }

  /// The index of the last CLUSTER ON.
  package var clusterIndex: String? {
    get { extras.value.clusterIndex }
    set { extras.value.clusterIndex = newValue }
  }

  package var comment: String? {
    get { extras.value.comment }
    set { extras.value.comment = newValue }
  }
}

struct TableExtras: Hashable, Sendable, HasUsualState {
  var partitionKey: PartitionKey?
  var ofType: QualifiedName?
  var partitionBound: PartitionBound?
  var defaultPartition: QualifiedName?
  var policies = PartList<CreatePolicy>()
  var rules = PartList<RewriteRule>()
  var forcesRowSecurity: Bool = false
  var dropsOnCommit = false
  var options: [Option] = []
  var tablespace: String?
  var accessMethod: String?
  var foreignServer: String?
  var foreignOptions: [Option] = []
  var replicaIdentity: AlterTable.ReplicaIdentity = .primaryKey
  var clusterIndex: String?
  var comment: String?
}

// What few columns have.

extension Column {
  package var collation: QualifiedName? {
    get { extras.value.collation }
    set { extras.value.collation = newValue }
  }

  package var identity: Identity? {
    get { extras.value.identity }
    set { extras.value.identity = newValue }
  }

  /// The expression of a generated column.
  package var generated: Expression? {
    get { extras.value.generated }
    set { extras.value.generated = newValue }
  }

  package var storage: String? {
    get { extras.value.storage }
    set { extras.value.storage = newValue }
  }

  package var compression: String? {
    get { extras.value.compression }
    set { extras.value.compression = newValue }
  }

  package var statisticsTarget: Int? {
    get { extras.value.statisticsTarget }
    set { extras.value.statisticsTarget = newValue }
  }

  /// `n_distinct` and its kin.
  package var options: [Option] {
    get { extras.value.options }
    set { extras.value.options = newValue }
  }

  package var comment: String? {
    get { extras.value.comment }
    set { extras.value.comment = newValue }
  }
}

struct ColumnExtras: Hashable, Sendable, HasUsualState {
  var collation: QualifiedName?
  var identity: Column.Identity?
  var generated: Expression?
  var storage: String?
  var compression: String?
  var statisticsTarget: Int?
  var options: [Option] = []
  var comment: String?
}
