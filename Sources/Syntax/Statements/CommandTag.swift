extension Statement {
  /// PostgreSQL's command tag, such as `ALTER TABLE`.
  package var commandTag: String { kind.commandTag }
}

extension Statement.Kind {
  /// PostgreSQL's command tag, such as `ALTER TABLE`; the parser's name of the node for a statement that is not
  /// modelled.
  ///
  /// Source: `CreateCommandTag` in PostgreSQL 17's `tcop/utility.c`.
  package var commandTag: String {
    if case .other(let node) = self { return node }
    return definitionTag ?? changeTag ?? dataTag ?? sessionTag ?? serverTag ?? ""
  }

  /// Of relations, types and code.
  private var definitionTag: String? {
    switch self {
    case .createTable(let table): table.foreignServer == nil ? "CREATE TABLE" : "CREATE FOREIGN TABLE"
    case .createTableAs(let table): table.isMaterializedView ? "CREATE MATERIALIZED VIEW" : "CREATE TABLE AS"
    case .alterTable(let table): table.objectKind.alterTag
    case .createIndex: "CREATE INDEX"
    case .createView: "CREATE VIEW"
    case .refreshMaterializedView: "REFRESH MATERIALIZED VIEW"
    case .createRule: "CREATE RULE"
    case .createTrigger: "CREATE TRIGGER"
    case .createPolicy: "CREATE POLICY"
    case .alterPolicy: "ALTER POLICY"
    case .createStatistics: "CREATE STATISTICS"
    case .alterStatistics: "ALTER STATISTICS"
    case .createSequence: "CREATE SEQUENCE"
    case .alterSequence: "ALTER SEQUENCE"
    case .moveAllRelations(let move): move.objectKind.alterTag
    case .createDomain: "CREATE DOMAIN"
    case .alterDomain: "ALTER DOMAIN"
    case .createEnum, .createCompositeType: "CREATE TYPE"
    case .alterEnum: "ALTER TYPE"
    case .createFunction(let function): function.isProcedure ? "CREATE PROCEDURE" : "CREATE FUNCTION"
    case .alterFunction(let function): function.objectKind.alterTag
    case .anonymousBlock: "DO"
    case .call: "CALL"
    default: nil
    }
  }

  /// Of what there is, of any kind.
  private var changeTag: String? {
    switch self {
    case .drop(let drop): "DROP \(drop.objectKind.rawValue)"
    case .rename(let rename):
      (rename.objectKind == .column ? rename.relationKind ?? .table : rename.objectKind).alterTag
    case .setSchema(let move): move.objectKind.alterTag
    case .changeOwner(let change): change.objectKind.alterTag
    case .comment(let comment): comment.isSecurityLabel ? "SECURITY LABEL" : "COMMENT"
    case .createObject(let object), .alterObject(let object): object.commandTag
    default: nil
    }
  }

  /// Of data.
  private var dataTag: String? {
    switch self {
    case .query(.select(let select)) where select.into != nil: "SELECT INTO"
    case .query: "SELECT"
    case .dataChange(.insert): "INSERT"
    case .dataChange(.update): "UPDATE"
    case .dataChange(.delete): "DELETE"
    case .dataChange(.merge): "MERGE"
    case .copy: "COPY"
    case .truncate: "TRUNCATE TABLE"
    case .reindex: "REINDEX"
    case .cluster: "CLUSTER"
    case .vacuum(let vacuum): vacuum.isVacuum ? "VACUUM" : "ANALYZE"
    case .lockTable: "LOCK TABLE"
    case .checkpoint: "CHECKPOINT"
    default: nil
    }
  }

  /// Of the session and its transaction.
  private var sessionTag: String? {
    switch self {
    case .transaction(let control): control.commandTag
    case .setConstraints: "SET CONSTRAINTS"
    case .set(let set): set.commandTag
    case .show: "SHOW"
    case .discard(let discard): "DISCARD \(discard.rawValue)"
    case .explain: "EXPLAIN"
    case .prepare: "PREPARE"
    case .execute: "EXECUTE"
    case .deallocate(let name): name == nil ? "DEALLOCATE ALL" : "DEALLOCATE"
    case .declareCursor: "DECLARE CURSOR"
    case .closeCursor(let name): name == nil ? "CLOSE CURSOR ALL" : "CLOSE CURSOR"
    case .fetch(_, let isMove): isMove ? "MOVE" : "FETCH"
    case .listen: "LISTEN"
    case .unlisten: "UNLISTEN"
    case .notify: "NOTIFY"
    case .load: "LOAD"
    default: nil
    }
  }

  /// Of schemas, databases, roles, privileges and replication.
  private var serverTag: String? {
    switch self {
    case .createSchema: "CREATE SCHEMA"
    case .createExtension: "CREATE EXTENSION"
    case .alterExtension: "ALTER EXTENSION"
    case .createDatabase: "CREATE DATABASE"
    case .alterDatabase: "ALTER DATABASE"
    case .dropDatabase: "DROP DATABASE"
    case .createTablespace: "CREATE TABLESPACE"
    case .alterTablespace: "ALTER TABLESPACE"
    case .dropTablespace: "DROP TABLESPACE"
    case .createRole: "CREATE ROLE"
    case .alterRole: "ALTER ROLE"
    case .dropRole: "DROP ROLE"
    case .grant(let grant): grant.isGrant ? "GRANT" : "REVOKE"
    case .grantRole(let grant): grant.isGrant ? "GRANT ROLE" : "REVOKE ROLE"
    case .alterDefaultPrivileges: "ALTER DEFAULT PRIVILEGES"
    case .dropOwned: "DROP OWNED"
    case .reassignOwned: "REASSIGN OWNED"
    case .createPublication: "CREATE PUBLICATION"
    case .alterPublication: "ALTER PUBLICATION"
    case .createSubscription: "CREATE SUBSCRIPTION"
    case .alterSubscription: "ALTER SUBSCRIPTION"
    case .dropSubscription: "DROP SUBSCRIPTION"
    default: nil
    }
  }
}

extension ObjectKind {
  /// The tag of an ALTER of this kind of object; a part of a relation or a domain is altered by the ALTER of the whole.
  ///
  /// Source: `AlterObjectTypeCommandTag` in PostgreSQL 17's `tcop/utility.c`.
  fileprivate var alterTag: String {
    switch self {
    case .attribute: "ALTER TYPE"
    case .column, .constraint: "ALTER TABLE"
    case .domainConstraint: "ALTER DOMAIN"
    default: "ALTER \(rawValue)"
    }
  }
}

extension TransactionControl {
  fileprivate var commandTag: String {
    switch self {
    case .begin(let isStart, _): isStart ? "START TRANSACTION" : "BEGIN"
    case .commit: "COMMIT"
    case .rollback, .rollbackTo: "ROLLBACK"
    case .savepoint: "SAVEPOINT"
    case .release: "RELEASE"
    case .prepare: "PREPARE TRANSACTION"
    case .commitPrepared: "COMMIT PREPARED"
    case .rollbackPrepared: "ROLLBACK PREPARED"
    }
  }
}

extension SetParameter {
  fileprivate var commandTag: String {
    switch scope {
    case .session, .transaction: isReset ? "RESET" : "SET"
    case .system: "ALTER SYSTEM"
    case .database: "ALTER DATABASE"
    case .role: "ALTER ROLE"
    }
  }
}
