import Catalog
import Syntax

/// Which relations each action of ALTER TABLE is for.
extension Execution {
  /// Source: `RangeVarCallbackForAlterRelation` and `ATPrepCmd` in `tablecmds.c`.
  func checkKind(of name: QualifiedName, for statement: AlterTable) throws(SQLError) {
    guard catalog.isKnown(name), let kind = catalog.kind(of: name) else { return }
    func isNo(_ word: String) -> SQLError { SQLError(.wrongObjectType, "\(name.quotedInErrors) is not \(word)") }
    switch statement.objectKind {
    case .view where kind != .view: throw isNo("a view")
    case .materializedView where kind != .materializedView: throw isNo("a materialized view")
    case .foreignTable where kind != .foreignTable: throw isNo("a foreign table")
    case .index where kind != .index: throw isNo("an index")
    case .sequence where kind != .sequence: throw isNo("a sequence")
    case .type: throw isNo("a composite type")
    default: break
    }
    for action in statement.actions {
      if kind == .partitionedTable, action.kind.setsParameters {
        throw SQLError(
          version >= 16 ? .wrongObjectType : .invalidParameterValue,
          "cannot specify storage parameters for a partitioned table"
        )
      }
      guard let use = action.kind.use, !use.kinds.contains(RelationKinds(kind)) else { continue }
      throw SQLError(
        .wrongObjectType,
        "ALTER action \(use.words) cannot be performed on relation \(name.quotedInErrors)"
      )
    }
  }

  /// A table of PostgreSQL's own, which nobody may alter.
  func checkSystemCatalog(_ name: QualifiedName) throws(SQLError) {
    let isOwn = name.schema == "pg_catalog" || !catalog.hasRelation(database.qualified(name)) && name.schema == nil
    guard isOwn, Self.systemCatalogs.contains(name.name) else { return }
    throw SQLError(.insufficientPrivilege, "permission denied: \(name.name.quotedInErrors) is a system catalog")
  }

  /// Those that people come across.
  private static let systemCatalogs: Set<String> = [
    "pg_aggregate", "pg_am", "pg_attrdef", "pg_attribute", "pg_authid", "pg_auth_members", "pg_cast", "pg_class",
    "pg_collation", "pg_constraint", "pg_database", "pg_depend", "pg_description", "pg_enum", "pg_extension",
    "pg_index", "pg_inherits", "pg_language", "pg_namespace", "pg_opclass", "pg_operator", "pg_policy", "pg_proc",
    "pg_publication", "pg_rewrite", "pg_sequence", "pg_statistic", "pg_tablespace", "pg_trigger", "pg_type",
  ]
}

/// A set of kinds that takes no memory of its own, as it is made for every action.
private struct RelationKinds: OptionSet {
  let rawValue: Int

  static let table = Self(rawValue: 1)
  static let partitionedTable = Self(rawValue: 2)
  static let foreignTable = Self(rawValue: 4)
  static let view = Self(rawValue: 8)
  static let materializedView = Self(rawValue: 16)
  static let index = Self(rawValue: 32)
  static let sequence = Self(rawValue: 64)

  init(rawValue: Int) { self.rawValue = rawValue }

  init(_ kind: RelationKind) {
    self =
      switch kind {
      case .table: .table
      case .partitionedTable: .partitionedTable
      case .foreignTable: .foreignTable
      case .view: .view
      case .materializedView: .materializedView
      case .index: .index
      case .sequence: .sequence
      case .compositeType: Self(rawValue: 128)
      }
  }
}

extension AlterTable.ActionKind {
  fileprivate typealias Use = (words: String, kinds: RelationKinds)

  fileprivate var setsParameters: Bool {
    switch self {
    case .setOptions(let options): !options.isEmpty
    case .resetOptions: false
    default: false
    }
  }

  /// The action as messages name it, and the relations that it is for; `nil` where that needs no look.
  fileprivate var use: Use? { useOnColumns ?? useOnParts ?? useOnStorage }

  private static var tables: RelationKinds { [.table, .partitionedTable] }
  private static var allTables: RelationKinds { [.table, .partitionedTable, .foreignTable] }

  private var useOnColumns: Use? {
    let withViews = Self.allTables.union([.view])
    let withData = Self.allTables.union([.materializedView])
    return switch self {
    case .addColumn: ("ADD COLUMN", Self.allTables)
    case .dropColumn: ("DROP COLUMN", Self.allTables)
    case .setType: ("ALTER COLUMN ... SET DATA TYPE", Self.allTables)
    case .setDefault: ("ALTER COLUMN ... SET DEFAULT", withViews)
    case .dropDefault: ("ALTER COLUMN ... DROP DEFAULT", withViews)
    case .setNotNull: ("ALTER COLUMN ... SET NOT NULL", Self.allTables)
    case .dropNotNull: ("ALTER COLUMN ... DROP NOT NULL", Self.allTables)
    case .setExpression: ("ALTER COLUMN ... SET EXPRESSION", Self.allTables)
    case .dropExpression: ("ALTER COLUMN ... DROP EXPRESSION", Self.allTables)
    case .addIdentity: ("ALTER COLUMN ... ADD IDENTITY", withViews)
    case .setIdentity: ("ALTER COLUMN ... SET", withViews)
    case .dropIdentity: ("ALTER COLUMN ... DROP IDENTITY", withViews)
    case .setStatistics: ("ALTER COLUMN ... SET STATISTICS", withData.union([.index]))
    case .setColumnOptions: ("ALTER COLUMN ... SET", withData)
    case .resetColumnOptions: ("ALTER COLUMN ... RESET", withData)
    case .setStorage: ("ALTER COLUMN ... SET STORAGE", withData)
    case .setCompression: ("ALTER COLUMN ... SET COMPRESSION", Self.tables.union([.materializedView]))
    case .setColumnForeignOptions: ("ALTER COLUMN ... OPTIONS", [.foreignTable])
    default: nil
    }
  }

  private var useOnParts: Use? {
    switch self {
    case .addConstraint: ("ADD CONSTRAINT", Self.allTables)
    case .alterConstraint: ("ALTER CONSTRAINT", Self.tables)
    case .validateConstraint: ("VALIDATE CONSTRAINT", Self.allTables)
    case .dropConstraint: ("DROP CONSTRAINT", Self.allTables)
    case .setTrigger(_, let mode): ("\(mode.words) TRIGGER", Self.allTables)
    case .setRule(_, let mode): ("\(mode.words) RULE", Self.tables)
    case .setRowSecurity(let enabled): ("\(enabled ? "ENABLE" : "DISABLE") ROW SECURITY", Self.tables)
    case .setForcedRowSecurity(let forced): ("\(forced ? "" : "NO ")FORCE ROW SECURITY", Self.tables)
    case .inherit: ("INHERIT", Self.allTables)
    case .noInherit: ("NO INHERIT", Self.allTables)
    case .setOfType: ("OF", Self.tables)
    case .setNotOfType: ("NOT OF", Self.tables)
    case .attachPartition: ("ATTACH PARTITION", Self.tables.union([.index]))
    case .detachPartition: ("DETACH PARTITION", Self.tables)
    case .finalizeDetach: ("DETACH PARTITION ... FINALIZE", Self.tables)
    default: nil
    }
  }

  private var useOnStorage: Use? {
    let withData = Self.tables.union([.materializedView])
    return switch self {
    case .clusterOn: ("CLUSTER ON", withData)
    case .setWithoutCluster: ("SET WITHOUT CLUSTER", withData)
    case .setLogged(let logged): ("SET \(logged ? "LOGGED" : "UNLOGGED")", Self.tables.union([.sequence]))
    case .setAccessMethod: ("SET ACCESS METHOD", withData)
    case .setTablespace: ("SET TABLESPACE", withData.union([.index]))
    case .setOptions: ("SET", withData.union([.view, .index]))
    case .resetOptions: ("RESET", withData.union([.view, .index]))
    case .setForeignOptions: ("OPTIONS", [.foreignTable])
    case .setReplicaIdentity: ("REPLICA IDENTITY", withData)
    default: nil
    }
  }
}

extension AlterTable.FiringMode {
  fileprivate var words: String {
    switch self {
    case .enabled: "ENABLE"
    case .always: "ENABLE ALWAYS"
    case .replica: "ENABLE REPLICA"
    case .disabled: "DISABLE"
    }
  }
}
