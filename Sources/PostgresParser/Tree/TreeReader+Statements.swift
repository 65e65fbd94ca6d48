import CPgQuery
import Syntax

extension TreeReader {
  /// Any statement. The groups exist because no function should be as long as PostgreSQL's list of commands.
  func statement(_ node: TreeNode?) -> Statement.Kind {
    guard let node else { return .other(node: "empty statement") }
    guard let inner else { return .other(node: "statement nested too deeply") }
    return inner.tableStatement(node) ?? inner.dataStatement(node) ?? inner.objectStatement(node)
      ?? inner.typeOrCodeStatement(node) ?? inner.sessionStatement(node) ?? inner.administrationStatement(node)
      ?? inner.replicationStatement(node) ?? inner.catalogEntry(node) ?? .other(node: nodeName(node.tag))
  }

  private func tableStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreateStmt: .createTable(createTable(node.read(CreateStmt.self)))
    case T_CreateForeignTableStmt: .createTable(createForeignTable(node.read(CreateForeignTableStmt.self)))
    case T_CreateTableAsStmt: .createTableAs(createTableAs(node.read(CreateTableAsStmt.self)))
    case T_AlterTableStmt: .alterTable(alterTable(node.read(AlterTableStmt.self)))
    case T_IndexStmt: .createIndex(createIndex(node.read(IndexStmt.self)))
    case T_ViewStmt: createView(node.read(ViewStmt.self))
    case T_RefreshMatViewStmt: refresh(node.read(RefreshMatViewStmt.self))
    case T_RuleStmt: .createRule(createRule(node.read(RuleStmt.self)))
    case T_CreateTrigStmt: .createTrigger(createTrigger(node.read(CreateTrigStmt.self)))
    case T_CreatePolicyStmt: .createPolicy(createPolicy(node.read(CreatePolicyStmt.self)))
    case T_AlterPolicyStmt: .alterPolicy(alterPolicy(node.read(AlterPolicyStmt.self)))
    case T_CreateStatsStmt: .createStatistics(createStatistics(node.read(CreateStatsStmt.self)))
    case T_AlterStatsStmt: .alterStatistics(alterStatistics(node.read(AlterStatsStmt.self)))
    case T_CreateSeqStmt: .createSequence(createSequence(node.read(CreateSeqStmt.self)))
    case T_AlterSeqStmt: .alterSequence(alterSequence(node.read(AlterSeqStmt.self)))
    case T_AlterTableMoveAllStmt: .moveAllRelations(moveAll(node.read(AlterTableMoveAllStmt.self)))
    default: nil
    }
  }

  private func refresh(_ statement: RefreshMatViewStmt) -> Statement.Kind {
    .refreshMaterializedView(
      RefreshMaterializedView(
        relation: relation(statement.relation),
        isConcurrent: statement.concurrent,
        withData: !statement.skipData
      )
    )
  }

  private func dataStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_SelectStmt: .query(query(node))
    case T_InsertStmt, T_UpdateStmt, T_DeleteStmt, T_MergeStmt: dataChange(node).map { .dataChange($0) }
    case T_CopyStmt: .copy(copy(node.read(CopyStmt.self)))
    case T_TruncateStmt: .truncate(truncate(node.read(TruncateStmt.self)))
    case T_ReindexStmt: .reindex(reindex(node.read(ReindexStmt.self)))
    case T_ClusterStmt: .cluster(cluster(node.read(ClusterStmt.self)))
    case T_VacuumStmt: .vacuum(vacuum(node.read(VacuumStmt.self)))
    case T_LockStmt: .lockTable(lockTable(node.read(LockStmt.self)))
    case T_CheckPointStmt: .checkpoint
    default: nil
    }
  }

  private func objectStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_DropStmt: drop(node.read(DropStmt.self))
    case T_DropUserMappingStmt: dropUserMapping(node.read(DropUserMappingStmt.self))
    case T_RenameStmt: rename(node.read(RenameStmt.self))
    case T_AlterObjectSchemaStmt: setSchema(node.read(AlterObjectSchemaStmt.self))
    case T_AlterOwnerStmt: changeOwner(node.read(AlterOwnerStmt.self))
    case T_CommentStmt: comment(node.read(CommentStmt.self))
    case T_SecLabelStmt: securityLabel(node.read(SecLabelStmt.self))
    default: nil
    }
  }

  private func typeOrCodeStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreateDomainStmt: createDomain(node.read(CPgQuery.CreateDomainStmt.self))
    case T_AlterDomainStmt: alterDomain(node.read(AlterDomainStmt.self))
    case T_CreateEnumStmt: .createEnum(createEnum(node.read(CreateEnumStmt.self)))
    case T_AlterEnumStmt: .alterEnum(alterEnum(node.read(AlterEnumStmt.self)))
    case T_CompositeTypeStmt: .createCompositeType(createCompositeType(node.read(CompositeTypeStmt.self)))
    case T_CreateFunctionStmt: .createFunction(createFunction(node.read(CreateFunctionStmt.self)))
    case T_AlterFunctionStmt: alterFunction(node.read(AlterFunctionStmt.self))
    case T_DoStmt: .anonymousBlock(anonymousBlock(node.read(DoStmt.self)))
    case T_CallStmt: node.read(CallStmt.self).funccall.map { .call(call($0.pointee)) }
    default: nil
    }
  }

  private func sessionStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_TransactionStmt: .transaction(transaction(node.read(TransactionStmt.self)))
    case T_VariableSetStmt: .set(setting(node.read(VariableSetStmt.self)))
    case T_VariableShowStmt: .show(parameter: string(node.read(VariableShowStmt.self).name) ?? "")
    case T_ConstraintsSetStmt: .setConstraints(setConstraints(node.read(ConstraintsSetStmt.self)))
    case T_DiscardStmt: .discard(discard(node.read(DiscardStmt.self)))
    case T_ExplainStmt: explain(node.read(ExplainStmt.self))
    case T_PrepareStmt: prepare(node.read(PrepareStmt.self))
    case T_ExecuteStmt: .execute(name: string(node.read(ExecuteStmt.self).name) ?? "")
    case T_DeallocateStmt: .deallocate(name: string(node.read(DeallocateStmt.self).name))
    case T_DeclareCursorStmt: declareCursor(node.read(DeclareCursorStmt.self))
    case T_ClosePortalStmt: .closeCursor(name: string(node.read(ClosePortalStmt.self).portalname))
    case T_FetchStmt: fetch(node.read(FetchStmt.self))
    case T_ListenStmt: .listen(channel: string(node.read(ListenStmt.self).conditionname) ?? "")
    case T_UnlistenStmt: .unlisten(channel: string(node.read(UnlistenStmt.self).conditionname))
    case T_NotifyStmt: .notify(channel: string(node.read(NotifyStmt.self).conditionname) ?? "")
    case T_LoadStmt: .load(library: string(node.read(LoadStmt.self).filename) ?? "")
    default: nil
    }
  }

  private func prepare(_ statement: PrepareStmt) -> Statement.Kind {
    .prepare(name: string(statement.name) ?? "", self.statement(TreeNode(statement.query)))
  }

  private func declareCursor(_ statement: DeclareCursorStmt) -> Statement.Kind? {
    TreeNode(statement.query).map {
      .declareCursor(
        name: string(statement.portalname) ?? "",
        query($0),
        isHeld: statement.options & CURSOR_OPT_HOLD != 0
      )
    }
  }

  private func fetch(_ statement: FetchStmt) -> Statement.Kind {
    .fetch(cursor: string(statement.portalname) ?? "", isMove: statement.ismove)
  }

  private func administrationStatement(_ node: TreeNode) -> Statement.Kind? {
    schemaStatement(node) ?? databaseStatement(node) ?? roleStatement(node)
  }

  private func schemaStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreateSchemaStmt: .createSchema(createSchema(node.read(CreateSchemaStmt.self)))
    case T_CreateExtensionStmt: .createExtension(createExtension(node.read(CreateExtensionStmt.self)))
    case T_AlterExtensionStmt: .alterExtension(alterExtension(node.read(AlterExtensionStmt.self)))
    case T_AlterExtensionContentsStmt: alterExtension(node.read(AlterExtensionContentsStmt.self))
    default: nil
    }
  }

  private func databaseStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreatedbStmt:
      let statement = node.read(CreatedbStmt.self)
      return .createDatabase(database(statement.dbname, options(statement.options)))
    case T_AlterDatabaseStmt:
      let statement = node.read(AlterDatabaseStmt.self)
      return .alterDatabase(database(statement.dbname, options(statement.options)))
    case T_AlterDatabaseRefreshCollStmt:
      return .alterDatabase(database(node.read(AlterDatabaseRefreshCollStmt.self).dbname, []))
    case T_AlterDatabaseSetStmt:
      let statement = node.read(AlterDatabaseSetStmt.self)
      return setting(statement.setstmt, scope: .database(string(statement.dbname) ?? ""))
    case T_AlterSystemStmt:
      return setting(node.read(AlterSystemStmt.self).setstmt, scope: .system)
    case T_DropdbStmt:
      let statement = node.read(DropdbStmt.self)
      return .dropDatabase(
        DropDatabase(
          name: string(statement.dbname) ?? "",
          ifExists: statement.missing_ok,
          force: isOn("force", in: options(statement.options))
        )
      )
    case T_CreateTableSpaceStmt:
      return .createTablespace(name: string(node.read(CreateTableSpaceStmt.self).tablespacename) ?? "")
    case T_AlterTableSpaceOptionsStmt:
      return .alterTablespace(name: string(node.read(AlterTableSpaceOptionsStmt.self).tablespacename) ?? "")
    case T_DropTableSpaceStmt:
      let statement = node.read(DropTableSpaceStmt.self)
      return .dropTablespace(name: string(statement.tablespacename) ?? "", ifExists: statement.missing_ok)
    default: return nil
    }
  }

  private func database(_ name: UnsafePointer<CChar>?, _ options: [Option]) -> DatabaseDefinition {
    DatabaseDefinition(name: string(name) ?? "", options: options)
  }

  private func roleStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreateRoleStmt:
      return .createRole(createRole(node.read(CreateRoleStmt.self)))
    case T_AlterRoleStmt:
      let statement = node.read(AlterRoleStmt.self)
      return role(statement.role).map {
        .alterRole(RoleDefinition(role: $0, noun: "ROLE", options: options(statement.options)))
      }
    case T_AlterRoleSetStmt:
      let statement = node.read(AlterRoleSetStmt.self)
      return setting(statement.setstmt, scope: .role(role(statement.role), database: string(statement.database)))
    case T_DropRoleStmt:
      let statement = node.read(DropRoleStmt.self)
      return .dropRole(DropRole(roles: roles(statement.roles), ifExists: statement.missing_ok))
    case T_GrantStmt:
      return grant(node.read(GrantStmt.self)).map { .grant($0) }
    case T_GrantRoleStmt:
      return .grantRole(grantRole(node.read(GrantRoleStmt.self)))
    case T_AlterDefaultPrivilegesStmt:
      return alterDefaultPrivileges(node.read(AlterDefaultPrivilegesStmt.self))
    case T_DropOwnedStmt:
      let statement = node.read(DropOwnedStmt.self)
      return .dropOwned(roles: roles(statement.roles), cascade: statement.behavior == DROP_CASCADE)
    case T_ReassignOwnedStmt:
      let statement = node.read(ReassignOwnedStmt.self)
      return role(statement.newrole).map { .reassignOwned(from: roles(statement.roles), to: $0) }
    default: return nil
    }
  }

  private func replicationStatement(_ node: TreeNode) -> Statement.Kind? {
    switch node.tag {
    case T_CreatePublicationStmt:
      let statement = node.read(CreatePublicationStmt.self)
      return .createPublication(
        publication(
          statement.pubname,
          objects: statement.pubobjects,
          forAllTables: statement.for_all_tables,
          options: statement.options
        )
      )
    case T_AlterPublicationStmt:
      let statement = node.read(AlterPublicationStmt.self)
      return .alterPublication(
        publication(
          statement.pubname,
          objects: statement.pubobjects,
          forAllTables: statement.for_all_tables,
          options: statement.options,
          change: publicationChange(statement)
        )
      )
    case T_CreateSubscriptionStmt:
      let statement = node.read(CreateSubscriptionStmt.self)
      return .createSubscription(
        subscription(statement.subname, connection: statement.conninfo, options: statement.options)
      )
    case T_AlterSubscriptionStmt:
      return .alterSubscription(subscription(node.read(AlterSubscriptionStmt.self)))
    case T_DropSubscriptionStmt:
      let statement = node.read(DropSubscriptionStmt.self)
      return .dropSubscription(name: string(statement.subname) ?? "", ifExists: statement.missing_ok)
    default: return nil
    }
  }

  private func subscription(_ statement: AlterSubscriptionStmt) -> SubscriptionDefinition {
    let options = options(statement.options)
    let changesPublications = [
      ALTER_SUBSCRIPTION_SET_PUBLICATION, ALTER_SUBSCRIPTION_ADD_PUBLICATION, ALTER_SUBSCRIPTION_DROP_PUBLICATION,
    ]
    let isLeftOut = options.contains {
      $0.name == "refresh" && ["false", "off", "0"].contains($0.value?.lowercased())
    }
    return SubscriptionDefinition(
      name: string(statement.subname) ?? "",
      connection: string(statement.conninfo),
      options: options,
      refreshesPublications: statement.kind == ALTER_SUBSCRIPTION_REFRESH
        || changesPublications.contains(statement.kind) && !isLeftOut
    )
  }

  private func subscription(
    _ name: UnsafePointer<CChar>?,
    connection: UnsafePointer<CChar>?,
    options list: UnsafePointer<List>?
  ) -> SubscriptionDefinition {
    SubscriptionDefinition(name: string(name) ?? "", connection: string(connection), options: options(list))
  }
}
