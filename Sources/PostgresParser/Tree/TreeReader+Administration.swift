import CPgQuery
import Syntax

/// Schemas, databases, roles, privileges, replication and maintenance.
extension TreeReader {
  // MARK: - Schemas and extensions

  func createSchema(_ statement: CreateSchemaStmt) -> CreateSchema {
    CreateSchema(
      name: string(statement.schemaname),
      owner: role(statement.authrole),
      ifNotExists: statement.if_not_exists,
      elements: nodes(statement.schemaElts).map { self.statement($0) }
    )
  }

  func createExtension(_ statement: CreateExtensionStmt) -> CreateExtension {
    let options = options(statement.options)
    return CreateExtension(
      name: string(statement.extname) ?? "",
      schema: options.last { $0.name == "schema" }?.value,
      cascade: isOn("cascade", in: options),
      ifNotExists: statement.if_not_exists
    )
  }

  func alterExtension(_ statement: AlterExtensionStmt) -> AlterExtension {
    let version = options(statement.options).last { $0.name == "new_version" }?.value
    return AlterExtension(name: string(statement.extname) ?? "", action: .update(to: version))
  }

  func alterExtension(_ statement: AlterExtensionContentsStmt) -> Statement.Kind? {
    guard let kind = objectKind(statement.objtype), let node = TreeNode(statement.object) else { return nil }
    let object = object(node, kind: kind)
    return .alterExtension(
      AlterExtension(
        name: string(statement.extname) ?? "",
        // The grammar writes +1 for ADD and -1 for DROP.
        action: statement.action > 0 ? .add(kind, object) : .drop(kind, object)
      )
    )
  }

  // MARK: - Roles and privileges

  func createRole(_ statement: CreateRoleStmt) -> RoleDefinition {
    let noun =
      switch statement.stmt_type {
      case ROLESTMT_USER: "USER"
      case ROLESTMT_GROUP: "GROUP"
      default: "ROLE"
      }
    return RoleDefinition(
      role: .named(string(statement.role) ?? ""),
      noun: noun,
      options: options(statement.options)
    )
  }

  func grant(_ statement: GrantStmt) -> Grant? {
    guard let kind = objectKind(statement.objtype) else { return nil }
    let target: Grant.Target =
      switch statement.targtype {
      case ACL_TARGET_ALL_IN_SCHEMA: .allInSchemas(kind, strings(statement.objects))
      case ACL_TARGET_DEFAULTS: .defaults(kind, schemas: [])
      default: .objects(kind, nodes(statement.objects).map { object($0, kind: kind) })
      }
    return grant(statement, of: target)
  }

  private func grant(_ statement: GrantStmt, of target: Grant.Target) -> Grant {
    Grant(
      isGrant: statement.is_grant,
      target: target,
      privileges: nodes(statement.privileges).compactMap { node in
        node.read(AccessPriv.self, if: T_AccessPriv).map { string($0.priv_name)?.lowercased() ?? "all" }
      },
      columns: nodes(statement.privileges).flatMap { node in
        node.read(AccessPriv.self, if: T_AccessPriv).map { strings($0.cols) } ?? []
      },
      columnPrivileges: nodes(statement.privileges).compactMap { node in
        node.read(AccessPriv.self, if: T_AccessPriv).flatMap { privilege in
          privilege.cols == nil ? nil : string(privilege.priv_name)?.lowercased() ?? "all"
        }
      },
      grantees: roles(statement.grantees),
      hasGrantOption: statement.grant_option,
      grantor: role(statement.grantor),
      cascade: statement.behavior == DROP_CASCADE
    )
  }

  func alterDefaultPrivileges(_ statement: AlterDefaultPrivilegesStmt) -> Statement.Kind? {
    guard let action = statement.action?.pointee, let kind = objectKind(action.objtype) else { return nil }
    let schemas = definitions(statement.options).filter { string($0.defname) == "schemas" }
      .flatMap { TreeNode($0.arg)?.elements?.compactMap { $0?.text } ?? [] }
    return .alterDefaultPrivileges(grant(action, of: .defaults(kind, schemas: schemas)))
  }

  func grantRole(_ statement: GrantRoleStmt) -> GrantRole {
    GrantRole(
      isGrant: statement.is_grant,
      roles: nodes(statement.granted_roles).compactMap { node in
        node.read(AccessPriv.self, if: T_AccessPriv).flatMap { string($0.priv_name) }
      },
      grantees: roles(statement.grantee_roles),
      grantor: role(statement.grantor)
    )
  }

  // MARK: - Replication

  func publication(
    _ name: UnsafePointer<CChar>?,
    objects: UnsafePointer<List>?,
    forAllTables: Bool,
    options: UnsafePointer<List>?,
    change: PublicationDefinition.Change? = nil
  ) -> PublicationDefinition {
    let specifications = nodes(objects).compactMap { $0.read(PublicationObjSpec.self, if: T_PublicationObjSpec) }
    return PublicationDefinition(
      name: string(name) ?? "",
      members: specifications.compactMap { specification in
        specification.pubtable.map { table in
          PublicationDefinition.Member(
            relation: relation(table.pointee.relation),
            columns: strings(table.pointee.columns),
            condition: expression(table.pointee.whereClause)
          )
        }
      },
      schemas: specifications.compactMap { $0.pubtable == nil ? string($0.name) : nil },
      forAllTables: forAllTables,
      options: self.options(options),
      change: change
    )
  }

  func publicationChange(_ statement: AlterPublicationStmt) -> PublicationDefinition.Change? {
    guard statement.pubobjects != nil else { return nil }
    return switch statement.action {
    case AP_AddObjects: .add
    case AP_DropObjects: .drop
    default: .set
    }
  }

  // MARK: - Maintenance

  func reindex(_ statement: ReindexStmt) -> Reindex {
    let name = string(statement.name)
    let target: Reindex.Target =
      switch statement.kind {
      case REINDEX_OBJECT_INDEX: .index(relation(statement.relation))
      case REINDEX_OBJECT_TABLE: .table(relation(statement.relation))
      case REINDEX_OBJECT_SCHEMA: .schema(name ?? "")
      case REINDEX_OBJECT_SYSTEM: .system(name)
      default: .database(name)
      }
    return Reindex(target: target, isConcurrent: isOn("concurrently", in: options(statement.params)))
  }

  func cluster(_ statement: ClusterStmt) -> Cluster {
    Cluster(
      relation: statement.relation.map { relation($0.pointee) },
      index: string(statement.indexname)
    )
  }

  func vacuum(_ statement: VacuumStmt) -> Vacuum {
    let options = options(statement.options)
    var relations: [RelationReference] = []
    var columns: [Int: [String]] = [:]
    for node in nodes(statement.rels) {
      guard let item = node.read(VacuumRelation.self, if: T_VacuumRelation) else { continue }
      let names = strings(item.va_cols)
      if !names.isEmpty { columns[relations.count] = names }
      relations.append(relation(item.relation))
    }
    return Vacuum(
      isVacuum: statement.is_vacuumcmd,
      isFull: isOn("full", in: options),
      analyzes: !statement.is_vacuumcmd || isOn("analyze", in: options),
      relations: relations,
      columns: columns,
      options: options
    )
  }

  /// The numbers are those of `storage/lockdefs.h`.
  func lockTable(_ statement: LockStmt) -> LockTable {
    let modes = [
      "ACCESS SHARE", "ROW SHARE", "ROW EXCLUSIVE", "SHARE UPDATE EXCLUSIVE", "SHARE", "SHARE ROW EXCLUSIVE",
      "EXCLUSIVE", "ACCESS EXCLUSIVE",
    ]
    let index = Int(statement.mode) - 1
    return LockTable(
      relations: relations(statement.relations),
      mode: modes.indices.contains(index) ? modes[index] : "ACCESS EXCLUSIVE",
      noWait: statement.nowait
    )
  }

  func truncate(_ statement: TruncateStmt) -> Truncate {
    Truncate(
      relations: relations(statement.relations),
      cascade: statement.behavior == DROP_CASCADE,
      restartsIdentity: statement.restart_seqs
    )
  }

  func moveAll(_ statement: AlterTableMoveAllStmt) -> MoveAllRelations {
    MoveAllRelations(
      objectKind: objectKind(statement.objtype) ?? .table,
      from: string(statement.orig_tablespacename) ?? "",
      to: string(statement.new_tablespacename) ?? ""
    )
  }
}
