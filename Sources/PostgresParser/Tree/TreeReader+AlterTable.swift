import CPgQuery
import Syntax

extension TreeReader {
  func alterTable(_ statement: AlterTableStmt) -> AlterTable {
    AlterTable(
      relation: relation(statement.relation),
      objectKind: objectKind(statement.objtype) ?? .table,
      ifExists: statement.missing_ok,
      actions: nodes(statement.cmds).compactMap { node in
        node.read(AlterTableCmd.self, if: T_AlterTableCmd).map { AlterTable.Action(action($0), cascades: $0.cascades) }
      }
    )
  }

  private func action(_ command: AlterTableCmd) -> AlterTable.ActionKind {
    columnAction(command) ?? constraintAction(command) ?? firingAction(command) ?? storageAction(command)
      ?? inheritanceAction(command) ?? .other(subtype: Int(command.subtype.rawValue))
  }

  private func columnAction(_ command: AlterTableCmd) -> AlterTable.ActionKind? {
    let column = string(command.name) ?? ""
    let definition = TreeNode(command.def)
    switch command.subtype {
    case AT_AddColumn, AT_AddColumnToView:
      return definition?.read(ColumnDef.self, if: T_ColumnDef).map {
        .addColumn(columnDefinition($0), ifNotExists: command.missing_ok)
      }
    case AT_DropColumn:
      return .dropColumn(column, ifExists: command.missing_ok, cascade: command.cascades)
    case AT_AlterColumnType:
      return definition?.read(ColumnDef.self, if: T_ColumnDef).map {
        .setType(column: column, columnDefinition($0), using: expression($0.raw_default))
      }
    case AT_ColumnDefault:
      return definition.map { .setDefault(column: column, expression($0)) } ?? .dropDefault(column: column)
    case AT_SetNotNull: return .setNotNull(column: column)
    case AT_DropNotNull: return .dropNotNull(column: column)
    case AT_SetExpression: return definition.map { .setExpression(column: column, expression($0)) }
    case AT_DropExpression: return .dropExpression(column: column, ifExists: command.missing_ok)
    case AT_AddIdentity:
      guard case .identity(let always, let options)? = definition.flatMap({ constraint($0) })?.kind else { return nil }
      return .addIdentity(column: column, always: always, options: options)
    case AT_SetIdentity: return .setIdentity(column: column, options: options(definition))
    case AT_DropIdentity: return .dropIdentity(column: column, ifExists: command.missing_ok)
    case AT_SetStatistics: return statistics(command, target: definition)
    case AT_SetOptions: return .setColumnOptions(column: column, options(definition))
    case AT_ResetOptions: return .resetColumnOptions(column: column, options(definition))
    case AT_SetStorage: return .setStorage(column: column, definition?.text ?? "")
    case AT_SetCompression: return .setCompression(column: column, definition?.text ?? "")
    case AT_AlterColumnGenericOptions: return .setColumnForeignOptions(column: column, options(definition))
    default: return nil
    }
  }

  private func statistics(_ command: AlterTableCmd, target: TreeNode?) -> AlterTable.ActionKind {
    .setStatistics(
      column: string(command.name),
      number: command.name == nil ? Int(command.num) : nil,
      target: target?.read(Integer.self, if: T_Integer).map { Int($0.ival) }
    )
  }

  private func constraintAction(_ command: AlterTableCmd) -> AlterTable.ActionKind? {
    let definition = TreeNode(command.def)
    switch command.subtype {
    case AT_AddConstraint: return definition.flatMap { constraint($0) }.map { .addConstraint($0) }
    case AT_AlterConstraint: return definition.flatMap { constraint($0) }.map { .alterConstraint($0) }
    case AT_ValidateConstraint: return .validateConstraint(string(command.name) ?? "")
    case AT_DropConstraint:
      return .dropConstraint(string(command.name) ?? "", ifExists: command.missing_ok, cascade: command.cascades)
    default: return nil
    }
  }

  private func firingAction(_ command: AlterTableCmd) -> AlterTable.ActionKind? {
    let name = string(command.name) ?? ""
    return switch command.subtype {
    case AT_EnableTrig: .setTrigger(.named(name), .enabled)
    case AT_EnableAlwaysTrig: .setTrigger(.named(name), .always)
    case AT_EnableReplicaTrig: .setTrigger(.named(name), .replica)
    case AT_DisableTrig: .setTrigger(.named(name), .disabled)
    case AT_EnableTrigAll: .setTrigger(.all, .enabled)
    case AT_DisableTrigAll: .setTrigger(.all, .disabled)
    case AT_EnableTrigUser: .setTrigger(.user, .enabled)
    case AT_DisableTrigUser: .setTrigger(.user, .disabled)
    case AT_EnableRule: .setRule(name, .enabled)
    case AT_EnableAlwaysRule: .setRule(name, .always)
    case AT_EnableReplicaRule: .setRule(name, .replica)
    case AT_DisableRule: .setRule(name, .disabled)
    case AT_EnableRowSecurity: .setRowSecurity(enabled: true)
    case AT_DisableRowSecurity: .setRowSecurity(enabled: false)
    case AT_ForceRowSecurity: .setForcedRowSecurity(true)
    case AT_NoForceRowSecurity: .setForcedRowSecurity(false)
    default: nil
    }
  }

  private func storageAction(_ command: AlterTableCmd) -> AlterTable.ActionKind? {
    let name = string(command.name)
    let definition = TreeNode(command.def)
    return switch command.subtype {
    case AT_ClusterOn: .clusterOn(index: name ?? "")
    case AT_DropCluster: .setWithoutCluster
    case AT_SetLogged: .setLogged(true)
    case AT_SetUnLogged: .setLogged(false)
    case AT_SetAccessMethod: .setAccessMethod(name)
    case AT_SetTableSpace: .setTablespace(name ?? "")
    case AT_SetRelOptions, AT_ReplaceRelOptions: .setOptions(options(definition))
    case AT_ResetRelOptions: .resetOptions(options(definition))
    case AT_GenericOptions: .setForeignOptions(options(definition))
    case AT_ReplicaIdentity:
      definition?.read(ReplicaIdentityStmt.self, if: T_ReplicaIdentityStmt).map { .setReplicaIdentity(identity($0)) }
    case AT_ChangeOwner: role(command.newowner).map { .changeOwner($0) }
    case AT_DropOids: .setWithoutOIDs
    default: nil
    }
  }

  private func identity(_ statement: ReplicaIdentityStmt) -> AlterTable.ReplicaIdentity {
    switch letter(statement.identity_type) {
    case "f": .full
    case "n": .nothing
    case "i": .index(string(statement.name) ?? "")
    default: .primaryKey
    }
  }

  private func inheritanceAction(_ command: AlterTableCmd) -> AlterTable.ActionKind? {
    let definition = TreeNode(command.def)
    let parent = definition?.read(RangeVar.self, if: T_RangeVar).map(relation)
    let partition = definition?.read(PartitionCmd.self, if: T_PartitionCmd)
    switch command.subtype {
    case AT_AddInherit: return parent.map { .inherit($0) }
    case AT_DropInherit: return parent.map { .noInherit($0) }
    case AT_AddOf: return definition?.read(CPgQuery.TypeName.self, if: T_TypeName).map { .setOfType(typeName($0)) }
    case AT_DropOf: return .setNotOfType
    case AT_AttachPartition:
      return partition.map { .attachPartition(relation($0.name), $0.bound.map { partitionBound($0.pointee) }) }
    case AT_DetachPartition:
      return partition.map { .detachPartition(relation($0.name), concurrently: $0.concurrent) }
    case AT_DetachPartitionFinalize: return partition.map { .finalizeDetach(relation($0.name)) }
    default: return nil
    }
  }

  private func options(_ node: TreeNode?) -> [Option] {
    node?.elements?.compactMap { $0?.read(DefElem.self, if: T_DefElem).map(option) } ?? []
  }
}

extension AlterTableCmd {
  fileprivate var cascades: Bool { behavior == DROP_CASCADE }
}
