import Linting

/// The table of contents: every rule that ships.
package enum AllRules {
  package static let all: [any Rule] = [
    // Indexes
    IndexBuiltWithoutConcurrently(),
    IndexDroppedWithoutConcurrently(),
    ReindexWithoutConcurrently(),
    UniqueIndexDropped(),
    ConcurrentIndexIfNotExists(),
    StatementTimeoutCutsConcurrentBuild(),
    DuplicateIndex(),
    // Columns
    ColumnDefaultRewritesTable(),
    GeneratedColumnRewritesTable(),
    DomainColumnRewritesTable(),
    RequiredColumnWithoutDefault(),
    RequiredColumnDefaultDropped(),
    ColumnCheckScansTable(),
    ColumnConstraintBuildsIndex(),
    ColumnForeignKeyScansTable(),
    ConstraintLostToIfNotExists(),
    NotNullDropped(),
    ColumnTypeChangeRewritesTable(),
    ColumnTypeChangeRebuildsIndexes(),
    ColumnTypeChangeScansTable(),
    ColumnTypeNarrowed(),
    SetNotNullScansTable(),
    ColumnDropped(),
    ColumnRenamed(),
    // Constraints
    CheckAddedWithoutNotValid(),
    ForeignKeyAddedWithoutNotValid(),
    UniqueConstraintBuildsIndex(),
    PrimaryKeyBuildsIndex(),
    ExclusionConstraintBuildsIndex(),
    PrimaryKeyDropped(),
    ConstraintDropped(),
    VolatileFunctionInCheck(),
    DomainConstraintScansTables(),
    ForeignKeyTypeMismatch(),
    ForeignKeyWithoutIndex(),
    ConstraintLeftNotValid(),
    // Tables
    TableDropped(),
    TableRenamed(),
    TableTruncated(),
    TableCreatedAgain(),
    TableMovedToSchema(),
    TableRewritten(),
    TableLockedExplicitly(),
    TableCopied(),
    AutovacuumDisabled(),
    MaterializedViewRefreshedWithoutConcurrently(),
    // Partitions
    PartitionAttachedWithScan(),
    PartitionCreatedInPlace(),
    PartitionDetachedWithoutConcurrently(),
    PartitionDropped(),
    // Triggers
    TriggerDisabled(),
    TriggerAdded(),
    // Objects
    SchemaDropped(),
    DatabaseDropped(),
    OwnedObjectsDropped(),
    ObjectDropped(),
    ObjectRenamed(),
    PrivilegesRevoked(),
    IdentifierTruncated(),
    // Data
    UpdateWithoutWhere(),
    DeleteWithoutWhere(),
    UnbatchedBackfill(),
    // Transactions
    StatementRefusedInTransaction(),
    BackfillWhileTableLocked(),
    WorkUnderExclusiveLock(),
    ConstraintValidatedInSameTransaction(),
    TablesLockedTogether(),
    TableRewrittenTwice(),
    LockTimeoutIneffective(),
    TransactionLeftOpen(),
    TransactionNested(),
    ReplicationRoleChanged(),
    // Security
    RowLevelSecurityWithoutPolicy(),
    // Refusals
    StatementRefused(),
    RelationNotInHistory(),
    // Rollback
    DownMissing(),
    DownEmpty(),
    DownDoesNotRestore(),
    DownCannotRestoreData(),
    Irreversible(),
    // Versions
    VersionDuplicated(),
    VersionGap(),
    VersionOutOfOrder(),
    ReleasedMigrationEdited(),
    FileNameMalformed(),
    // Files
    SyntaxError(),
    StatementUnclassified(),
    FileUnreadable(),
    // Suppressions
    SuppressionWithoutReason(),
    SuppressionUnused(),
    SuppressionUnknown(),
  ]
}
