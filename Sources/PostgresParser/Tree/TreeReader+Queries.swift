import CPgQuery
import Syntax

extension TreeReader {
  /// SELECT, VALUES, TABLE, or a data change in a WITH clause.
  func query(_ node: TreeNode) -> Query {
    guard let inner else {
      return .select(Select(targets: [.init(name: nil, expression: .other(node: "query nested too deeply"))]))
    }
    if node.tag == T_SelectStmt { return inner.readQuery(node.read(SelectStmt.self)) }
    if let change = inner.dataChange(node) { return .dataChange(change) }
    return .select(Select(targets: [.init(name: nil, expression: .other(node: nodeName(node.tag)))]))
  }

  private func readQuery(_ statement: SelectStmt) -> Query {
    let with = withClause(statement.withClause)
    let tail = tail(of: statement)
    if statement.op != SETOP_NONE, let left = TreeNode(statement.larg), let right = TreeNode(statement.rarg) {
      return .setOperation(
        SetOperation(
          with: with,
          operation: setOperator(statement.op),
          keepsDuplicates: statement.all,
          left: query(left),
          right: query(right),
          tail: tail
        )
      )
    }
    if statement.valuesLists != nil {
      // A dump has hundreds of thousands: each array gets the room that it needs, and no more.
      let rows = nodes(statement.valuesLists).map { $0.elements?.compactMap(\.self).map(expression) ?? [] }
      return .values(Values(with: with, rows: rows, tail: tail))
    }
    return .select(
      Select(
        with: with,
        distinct: distinct(statement.distinctClause),
        targets: targets(statement.targetList),
        into: statement.intoClause.map { relation($0.pointee.rel) },
        from: fromItems(statement.fromClause),
        condition: expression(statement.whereClause),
        groupBy: expressions(statement.groupClause),
        groupsDistinct: statement.groupDistinct,
        having: expression(statement.havingClause),
        windows: nodes(statement.windowClause).compactMap { $0.read(WindowDef.self, if: T_WindowDef).map(window) },
        tail: tail
      )
    )
  }

  private func setOperator(_ operation: CPgQuery.SetOperation) -> SetOperation.Operator {
    switch operation {
    case SETOP_INTERSECT: .intersect
    case SETOP_EXCEPT: .except
    default: .union
    }
  }

  private func distinct(_ list: UnsafePointer<List>?) -> Select.Distinct {
    // The grammar writes DISTINCT without ON as a list of one null.
    let clause = NodeList(list)
    return clause.isEmpty ? .none : clause[0] == nil ? .all : .on(expressions(list))
  }

  func targets(_ list: UnsafePointer<List>?) -> [Select.Target] {
    nodes(list).compactMap { node in
      guard let target = node.read(ResTarget.self, if: T_ResTarget), let value = expression(target.val) else {
        return nil
      }
      return Select.Target(name: string(target.name), expression: value)
    }
  }

  private func tail(of statement: SelectStmt) -> QueryTail {
    QueryTail(
      order: sortItems(statement.sortClause),
      limit: expression(statement.limitCount),
      limitsWithTies: statement.limitOption == LIMIT_OPTION_WITH_TIES,
      offset: expression(statement.limitOffset),
      locking: nodes(statement.lockingClause).compactMap { node in
        node.read(CPgQuery.LockingClause.self, if: T_LockingClause).map(locking)
      }
    )
  }

  private func locking(_ clause: CPgQuery.LockingClause) -> LockingClause {
    let strength: LockingClause.Strength =
      switch clause.strength {
      case LCS_FORKEYSHARE: .keyShare
      case LCS_FORSHARE: .share
      case LCS_FORNOKEYUPDATE: .noKeyUpdate
      default: .update
      }
    let waitPolicy: LockingClause.WaitPolicy =
      switch clause.waitPolicy {
      case LockWaitSkip: .skipLocked
      case LockWaitError: .noWait
      default: .block
      }
    return LockingClause(strength: strength, waitPolicy: waitPolicy, relations: relations(clause.lockedRels))
  }

  func withClause(_ pointer: UnsafePointer<CPgQuery.WithClause>?) -> WithClause? {
    guard let clause = pointer?.pointee else { return nil }
    return WithClause(
      isRecursive: clause.recursive,
      queries: nodes(clause.ctes).compactMap { node in
        guard let table = node.read(CommonTableExpr.self, if: T_CommonTableExpr),
          let query = TreeNode(table.ctequery).map(query)
        else { return nil }
        let materialized: Bool? =
          switch table.ctematerialized {
          case CTEMaterializeAlways: true
          case CTEMaterializeNever: false
          default: nil
          }
        return WithClause.CommonTableExpression(
          name: string(table.ctename) ?? "",
          columns: strings(table.aliascolnames),
          isMaterialized: materialized,
          query: query,
          searchesOrDetectsCycles: table.search_clause != nil || table.cycle_clause != nil
        )
      }
    )
  }

  // MARK: - FROM

  func fromItems(_ list: UnsafePointer<List>?) -> [FromItem] { nodes(list).map(fromItem) }

  func fromItem(_ node: TreeNode) -> FromItem {
    inner?.readFromItem(node) ?? .other(node: "join nested too deeply")
  }

  private func readFromItem(_ node: TreeNode) -> FromItem {
    switch node.tag {
    case T_RangeVar:
      return .relation(relation(node.read(RangeVar.self)))
    case T_RangeSubselect:
      let item = node.read(RangeSubselect.self)
      guard let query = TreeNode(item.subquery).map(query) else { return .other(node: "RangeSubselect") }
      return .subquery(query, alias: alias(item.alias), isLateral: item.lateral)
    case T_RangeFunction:
      return .function(functionItem(node.read(RangeFunction.self)))
    case T_JoinExpr:
      return join(node.read(JoinExpr.self))
    case T_RangeTableSample:
      let item = node.read(RangeTableSample.self)
      let method = SamplingMethod(
        name: qualifiedName(item.method),
        arguments: expressions(item.args),
        seed: expression(item.repeatable)
      )
      return TreeNode(item.relation).map { .sample(fromItem($0), method) } ?? .other(node: "RangeTableSample")
    case T_RangeTableFunc:
      let item = node.read(RangeTableFunc.self)
      let held = [expression(item.docexpr), expression(item.rowexpr)].compactMap(\.self)
      return .tableExpression(.special(node: "RangeTableFunc", held), alias: alias(item.alias))
    case T_JsonTable:
      let item = node.read(JsonTable.self)
      let held = [jsonValue(item.context_item)].compactMap(\.self) + passedArguments(item.passing)
      return .tableExpression(.special(node: "JsonTable", held), alias: alias(item.alias))
    default:
      return .other(node: nodeName(node.tag))
    }
  }

  private func alias(_ pointer: UnsafePointer<CPgQuery.Alias>?) -> Syntax.Alias? {
    guard let alias = pointer?.pointee, let name = string(alias.aliasname) else { return nil }
    return Syntax.Alias(name: name, columns: strings(alias.colnames))
  }

  private func functionItem(_ item: RangeFunction) -> FunctionItem {
    var calls: [Expression] = []
    var definitions: [Int: [ColumnDefinition]] = [:]
    for function in nodes(item.functions) {
      // Each function is a list of the call and its column definitions.
      guard let parts = function.elements, let call = parts.first.flatMap(\.self) else { continue }
      if parts.count > 1, let columns = parts[1]?.elements {
        definitions[calls.count] = columns.compactMap {
          $0?.read(ColumnDef.self, if: T_ColumnDef).map(columnDefinition)
        }
      }
      calls.append(expression(call))
    }
    // A single function's definitions stand with its alias.
    if item.coldeflist != nil { definitions[0] = columnDefinitions(item.coldeflist) }
    return FunctionItem(
      calls: calls,
      alias: alias(item.alias),
      definitions: definitions,
      isLateral: item.lateral,
      hasOrdinality: item.ordinality,
      isRowsFrom: item.is_rowsfrom
    )
  }

  private func join(_ join: JoinExpr) -> FromItem {
    guard let left = TreeNode(join.larg), let right = TreeNode(join.rarg) else { return .other(node: "JoinExpr") }
    let form: Join.Form =
      switch join.jointype {
      case JOIN_LEFT: .left
      case JOIN_RIGHT: .right
      case JOIN_FULL: .full
      default: .inner
      }
    return .join(
      Join(
        form: form,
        left: fromItem(left),
        right: fromItem(right),
        condition: expression(join.quals),
        isNatural: join.isNatural,
        columns: strings(join.usingClause),
        columnsAlias: join.join_using_alias.flatMap { string($0.pointee.aliasname) },
        alias: alias(join.alias)
      )
    )
  }

  // MARK: - Data changes

  /// `nil` where the node is none.
  func dataChange(_ node: TreeNode) -> DataChange? {
    switch node.tag {
    case T_InsertStmt: .insert(insert(node.read(InsertStmt.self)))
    case T_UpdateStmt: .update(update(node.read(UpdateStmt.self)))
    case T_DeleteStmt: .delete(delete(node.read(DeleteStmt.self)))
    case T_MergeStmt: merge(node.read(MergeStmt.self)).map { .merge($0) }
    default: nil
    }
  }

  private func insert(_ statement: InsertStmt) -> Insert {
    let target = insertTarget(statement.cols)
    return Insert(
      with: withClause(statement.withClause),
      relation: relation(statement.relation),
      columns: target.columns,
      setsParts: target.setsParts,
      query: TreeNode(statement.selectStmt).map(query),
      conflict: statement.onConflictClause.map { conflict($0.pointee) },
      conflictTarget: statement.onConflictClause?.pointee.infer.map { conflictTarget($0.pointee) },
      overriding: overriding(statement.override),
      returning: targets(statement.returningList)
    )
  }

  private func overriding(_ kind: OverridingKind) -> Insert.Overriding {
    switch kind {
    case OVERRIDING_USER_VALUE: .userValue
    case OVERRIDING_SYSTEM_VALUE: .systemValue
    default: .none
    }
  }

  /// The columns that INSERT names.
  private func insertTarget(_ list: UnsafePointer<List>?) -> (columns: [String], setsParts: Bool) {
    let targets = nodes(list).compactMap { $0.read(ResTarget.self, if: T_ResTarget) }
    return (targets.compactMap { string($0.name) }, targets.contains { $0.indirection != nil })
  }

  private func conflict(_ clause: OnConflictClause) -> Insert.Conflict {
    guard clause.action == ONCONFLICT_UPDATE else { return .doNothing }
    return .doUpdate(assignments(clause.targetList), condition: expression(clause.whereClause))
  }

  private func conflictTarget(_ clause: InferClause) -> Insert.ConflictTarget {
    if let name = string(clause.conname) { return .constraint(name) }
    return .index(indexElements(clause.indexElems), predicate: expression(clause.whereClause))
  }

  private func update(_ statement: UpdateStmt) -> Update {
    Update(
      with: withClause(statement.withClause),
      relation: relation(statement.relation),
      assignments: assignments(statement.targetList),
      from: fromItems(statement.fromClause),
      condition: expression(statement.whereClause),
      returning: targets(statement.returningList)
    )
  }

  private func delete(_ statement: DeleteStmt) -> Delete {
    Delete(
      with: withClause(statement.withClause),
      relation: relation(statement.relation),
      using: fromItems(statement.usingClause),
      condition: expression(statement.whereClause),
      returning: targets(statement.returningList)
    )
  }

  private func merge(_ statement: MergeStmt) -> Merge? {
    guard let source = TreeNode(statement.sourceRelation), let condition = expression(statement.joinCondition) else {
      return nil
    }
    return Merge(
      with: withClause(statement.withClause),
      relation: relation(statement.relation),
      source: fromItem(source),
      condition: condition,
      clauses: nodes(statement.mergeWhenClauses).compactMap { node in
        node.read(MergeWhenClause.self, if: T_MergeWhenClause).flatMap(mergeClause)
      },
      returning: targets(statement.returningList)
    )
  }

  private func mergeClause(_ clause: MergeWhenClause) -> Merge.Clause? {
    let action: Merge.Action
    switch clause.commandType {
    case CMD_INSERT:
      let target = insertTarget(clause.targetList)
      action = .insert(
        columns: target.columns,
        values: clause.values == nil ? nil : expressions(clause.values),
        setsParts: target.setsParts,
        overriding: overriding(clause.`override`)
      )
    case CMD_UPDATE: action = .update(assignments(clause.targetList))
    case CMD_DELETE: action = .delete
    case CMD_NOTHING: action = .doNothing
    default: return nil
    }
    let match: Merge.Match =
      switch clause.matchKind {
      case MERGE_WHEN_NOT_MATCHED_BY_SOURCE: .notMatchedBySource
      case MERGE_WHEN_NOT_MATCHED_BY_TARGET: .notMatchedByTarget
      default: .matched
      }
    return Merge.Clause(match: match, condition: expression(clause.condition), action: action)
  }

  /// The grammar writes `(a, b) = row` as one target a column, each with the whole row.
  private func assignments(_ list: UnsafePointer<List>?) -> [Assignment] {
    var assignments: [Assignment] = []
    for node in nodes(list) {
      guard let target = node.read(ResTarget.self, if: T_ResTarget), let value = TreeNode(target.val) else { continue }
      let name = string(target.name) ?? ""
      let setsParts = target.indirection != nil
      let part = value.read(MultiAssignRef.self, if: T_MultiAssignRef)
      if let part, part.colno > 1, let first = assignments.popLast() {
        assignments.append(
          Assignment(
            columns: first.columns + [name],
            value: first.value,
            setsParts: first.setsParts || setsParts
          )
        )
      } else {
        assignments.append(Assignment(columns: [name], value: expression(value), setsParts: setsParts))
      }
    }
    return assignments
  }
}
