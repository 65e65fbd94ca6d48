import CPgQuery
import Syntax

extension TreeReader {
  func expressions(_ list: UnsafePointer<List>?) -> [Expression] { nodes(list).map(expression) }

  func expression(_ pointer: UnsafePointer<Node>?) -> Expression? { TreeNode(pointer).map(expression) }

  func expression(_ node: TreeNode) -> Expression {
    inner?.readExpression(node) ?? .other(node: "expression nested too deeply")
  }

  private func readExpression(_ node: TreeNode) -> Expression {
    switch node.tag {
    case T_ColumnRef: column(node.read(ColumnRef.self))
    case T_A_Const: .constant(constant(node.read(A_Const.self)))
    case T_ParamRef: .parameter(Int(node.read(ParamRef.self).number))
    case T_FuncCall: .call(call(node.read(FuncCall.self)))
    case T_SQLValueFunction: valueFunction(node.read(CPgQuery.SQLValueFunction.self))
    case T_TypeCast: cast(node.read(TypeCast.self))
    case T_A_Expr: operation(node.read(A_Expr.self))
    case T_BoolExpr: connective(node.read(BoolExpr.self))
    case T_NullTest: nullTest(node.read(NullTest.self))
    case T_BooleanTest: booleanTest(node.read(CPgQuery.BooleanTest.self))
    case T_CaseExpr: .case(caseExpression(node.read(CaseExpr.self)))
    case T_CoalesceExpr: .coalesce(expressions(node.read(CoalesceExpr.self).args))
    case T_MinMaxExpr: minMax(node.read(MinMaxExpr.self))
    case T_A_ArrayExpr: .array(expressions(node.read(A_ArrayExpr.self).elements))
    case T_RowExpr: .row(expressions(node.read(RowExpr.self).args))
    case T_List: .row(node.elements?.compactMap { $0.map(expression) } ?? [])
    case T_SubLink: subquery(node.read(SubLink.self))
    case T_CollateClause: collate(node.read(CollateClause.self))
    case T_A_Indirection: indirection(node.read(A_Indirection.self))
    case T_SetToDefault: .setToDefault
    case T_CurrentOfExpr: .currentOf(cursor: string(node.read(CurrentOfExpr.self).cursor_name) ?? "")
    case T_NamedArgExpr: TreeNode(node.read(NamedArgExpr.self).arg).map(expression) ?? .constant(.null)
    case T_MultiAssignRef: expression(node.read(MultiAssignRef.self).source) ?? .constant(.null)
    case T_Integer, T_Float, T_Boolean, T_String, T_BitString: .constant(value(node))
    default: special(node)
    }
  }

  // MARK: - Leaves

  private func column(_ reference: ColumnRef) -> Expression {
    let fields = nodes(reference.fields)
    return .column(
      ColumnReference(
        parts: fields.map { $0.text ?? "*" },
        isStar: fields.last?.tag == T_A_Star,
        offset: offset(reference.location)
      )
    )
  }

  func constant(_ constant: A_Const) -> Constant {
    guard !constant.isnull else { return .null }
    return withUnsafePointer(to: constant.val) { value(TreeNode(UnsafeRawPointer($0))) }
  }

  private func value(_ node: TreeNode) -> Constant {
    switch node.tag {
    case T_Integer: .integer(Int(node.read(Integer.self).ival))
    case T_Float: .number(string(node.read(CPgQuery.Float.self).fval) ?? "")
    case T_Boolean: .boolean(node.read(Boolean.self).boolval)
    case T_BitString: .bitString(string(node.read(BitString.self).bsval) ?? "")
    default: .string(node.text ?? "")
    }
  }

  private func valueFunction(_ function: CPgQuery.SQLValueFunction) -> Expression {
    switch function.op {
    case SVFOP_CURRENT_DATE: .sqlValue(.currentDate)
    case SVFOP_CURRENT_TIME: .sqlValue(.currentTime)
    case SVFOP_CURRENT_TIME_N: .sqlValue(.currentTime, precision: Int(function.typmod))
    case SVFOP_CURRENT_TIMESTAMP: .sqlValue(.currentTimestamp)
    case SVFOP_CURRENT_TIMESTAMP_N: .sqlValue(.currentTimestamp, precision: Int(function.typmod))
    case SVFOP_LOCALTIME: .sqlValue(.localTime)
    case SVFOP_LOCALTIME_N: .sqlValue(.localTime, precision: Int(function.typmod))
    case SVFOP_LOCALTIMESTAMP: .sqlValue(.localTimestamp)
    case SVFOP_LOCALTIMESTAMP_N: .sqlValue(.localTimestamp, precision: Int(function.typmod))
    case SVFOP_CURRENT_ROLE: .sqlValue(.currentRole)
    case SVFOP_CURRENT_USER: .sqlValue(.currentUser)
    case SVFOP_USER: .sqlValue(.user)
    case SVFOP_SESSION_USER: .sqlValue(.sessionUser)
    case SVFOP_CURRENT_CATALOG: .sqlValue(.currentCatalog)
    case SVFOP_CURRENT_SCHEMA: .sqlValue(.currentSchema)
    default: .other(node: "SQLValueFunction \(function.op.rawValue)")
    }
  }

  // MARK: - Calls

  func call(_ call: FuncCall) -> FunctionCall {
    let arguments = nodes(call.args)
    var names: [Int: String] = [:]
    for (position, argument) in arguments.enumerated() {
      if let named = argument.read(NamedArgExpr.self, if: T_NamedArgExpr) { names[position] = string(named.name) }
    }
    return FunctionCall(
      name: qualifiedName(call.funcname),
      arguments: arguments.map(expression),
      argumentNames: names,
      isStar: call.agg_star,
      isDistinct: call.agg_distinct,
      isVariadic: call.func_variadic,
      isWithinGroup: call.agg_within_group,
      order: sortItems(call.agg_order),
      filter: expression(call.agg_filter),
      window: call.over.map { window($0.pointee) },
      offset: offset(call.location)
    )
  }

  func window(_ window: WindowDef) -> WindowDefinition {
    WindowDefinition(
      name: string(window.name),
      base: string(window.refname),
      partitions: expressions(window.partitionClause),
      order: sortItems(window.orderClause),
      frame: frame(window)
    )
  }

  /// The bits are those of `nodes/parsenodes.h`.
  private func frame(_ window: WindowDef) -> WindowFrame? {
    let options = window.frameOptions
    guard options & FRAMEOPTION_NONDEFAULT != 0 else { return nil }
    let start: WindowFrame.Bound =
      switch true {
      case options & FRAMEOPTION_START_UNBOUNDED_PRECEDING != 0: .unboundedPreceding
      case options & FRAMEOPTION_START_UNBOUNDED_FOLLOWING != 0: .unboundedFollowing
      case options & FRAMEOPTION_START_OFFSET_PRECEDING != 0:
        expression(window.startOffset).map { .preceding($0) } ?? .currentRow
      case options & FRAMEOPTION_START_OFFSET_FOLLOWING != 0:
        expression(window.startOffset).map { .following($0) } ?? .currentRow
      default: .currentRow
      }
    let end: WindowFrame.Bound =
      switch true {
      case options & FRAMEOPTION_END_UNBOUNDED_PRECEDING != 0: .unboundedPreceding
      case options & FRAMEOPTION_END_UNBOUNDED_FOLLOWING != 0: .unboundedFollowing
      case options & FRAMEOPTION_END_OFFSET_PRECEDING != 0:
        expression(window.endOffset).map { .preceding($0) } ?? .currentRow
      case options & FRAMEOPTION_END_OFFSET_FOLLOWING != 0:
        expression(window.endOffset).map { .following($0) } ?? .currentRow
      default: .currentRow
      }
    let exclusion: WindowFrame.Exclusion? =
      switch true {
      case options & FRAMEOPTION_EXCLUDE_CURRENT_ROW != 0: .currentRow
      case options & FRAMEOPTION_EXCLUDE_GROUP != 0: .group
      case options & FRAMEOPTION_EXCLUDE_TIES != 0: .ties
      default: nil
      }
    return WindowFrame(
      mode: options & FRAMEOPTION_ROWS != 0 ? .rows : options & FRAMEOPTION_GROUPS != 0 ? .groups : .range,
      start: start,
      end: options & FRAMEOPTION_BETWEEN != 0 ? end : nil,
      exclusion: exclusion
    )
  }

  func sortItems(_ list: UnsafePointer<List>?) -> [SortItem] {
    nodes(list).compactMap { node in
      guard let item = node.read(SortBy.self, if: T_SortBy), let key = expression(item.node) else { return nil }
      return SortItem(
        expression: key,
        direction: direction(item.sortby_dir),
        nulls: nulls(item.sortby_nulls),
        comparison: item.useOp == nil ? nil : qualifiedName(item.useOp)
      )
    }
  }

  func direction(_ direction: SortByDir) -> SortItem.Direction {
    switch direction {
    case SORTBY_ASC: .ascending
    case SORTBY_DESC: .descending
    case SORTBY_USING: .using
    default: .unspecified
    }
  }

  func nulls(_ nulls: SortByNulls) -> SortItem.Nulls {
    switch nulls {
    case SORTBY_NULLS_FIRST: .first
    case SORTBY_NULLS_LAST: .last
    default: .unspecified
    }
  }

  private func cast(_ cast: TypeCast) -> Expression {
    guard let argument = expression(cast.arg), let type = typeName(cast.typeName) else {
      return .other(node: "TypeCast")
    }
    return .cast(argument, to: type)
  }

  // MARK: - Operators

  private func operation(_ operation: A_Expr) -> Expression {
    guard let right = expression(operation.rexpr) else { return .other(node: "A_Expr") }
    return .operation(
      Operation(
        form: form(operation.kind),
        name: qualifiedName(operation.name),
        left: expression(operation.lexpr),
        right: right,
        offset: offset(operation.location)
      )
    )
  }

  private func form(_ kind: A_Expr_Kind) -> Operation.Form {
    switch kind {
    case AEXPR_OP_ANY: .any
    case AEXPR_OP_ALL: .all
    case AEXPR_DISTINCT: .isDistinct
    case AEXPR_NOT_DISTINCT: .isNotDistinct
    case AEXPR_NULLIF: .nullIf
    case AEXPR_IN: .inList
    case AEXPR_LIKE: .like
    case AEXPR_ILIKE: .ilike
    case AEXPR_SIMILAR: .similar
    case AEXPR_BETWEEN: .between
    case AEXPR_NOT_BETWEEN: .notBetween
    case AEXPR_BETWEEN_SYM: .betweenSymmetric
    case AEXPR_NOT_BETWEEN_SYM: .notBetweenSymmetric
    default: .plain
    }
  }

  private func connective(_ connective: BoolExpr) -> Expression {
    let operands = expressions(connective.args)
    switch connective.boolop {
    case AND_EXPR: return .and(operands)
    case OR_EXPR: return .or(operands)
    default: return operands.first.map { .not($0) } ?? .other(node: "BoolExpr")
    }
  }

  private func nullTest(_ test: NullTest) -> Expression {
    guard let argument = TreeNode(test.arg).map(expression) else { return .other(node: "NullTest") }
    return test.nulltesttype == IS_NULL ? .isNull(argument) : .isNotNull(argument)
  }

  private func booleanTest(_ test: CPgQuery.BooleanTest) -> Expression {
    guard let argument = TreeNode(test.arg).map(expression) else { return .other(node: "BooleanTest") }
    let form: BooleanTest =
      switch test.booltesttype {
      case IS_TRUE: .isTrue
      case IS_NOT_TRUE: .isNotTrue
      case IS_FALSE: .isFalse
      case IS_NOT_FALSE: .isNotFalse
      case IS_UNKNOWN: .isUnknown
      default: .isNotUnknown
      }
    return .booleanTest(argument, form)
  }

  private func minMax(_ call: MinMaxExpr) -> Expression {
    call.op == IS_GREATEST ? .greatest(expressions(call.args)) : .least(expressions(call.args))
  }

  private func caseExpression(_ expression: CaseExpr) -> CaseExpression {
    CaseExpression(
      subject: TreeNode(expression.arg).map(self.expression),
      branches: nodes(expression.args).compactMap { node in
        guard let branch = node.read(CaseWhen.self, if: T_CaseWhen),
          let condition = TreeNode(branch.expr).map(self.expression),
          let result = TreeNode(branch.result).map(self.expression)
        else { return nil }
        return CaseExpression.Branch(condition: condition, result: result)
      },
      otherwise: TreeNode(expression.defresult).map(self.expression)
    )
  }

  private func collate(_ clause: CollateClause) -> Expression {
    guard let argument = expression(clause.arg) else { return .other(node: "CollateClause") }
    return .collate(argument, collation: qualifiedName(clause.collname))
  }

  private func subquery(_ link: SubLink) -> Expression {
    let form: Subquery.Form =
      switch link.subLinkType {
      case EXISTS_SUBLINK: .exists
      case ALL_SUBLINK: .all
      case ANY_SUBLINK: .any
      case ARRAY_SUBLINK: .array
      default: .scalar
      }
    guard let query = TreeNode(link.subselect).map(query) else { return .other(node: "SubLink") }
    let comparison = strings(link.operName)
    return .subquery(
      Subquery(
        form: form,
        test: TreeNode(link.testexpr).map(expression),
        // `x IN (SELECT …)` has no operator in the tree.
        comparison: comparison.isEmpty ? (form == .any ? QualifiedName("=") : nil) : Self.qualifiedName(comparison),
        query: query,
        offset: offset(link.location)
      )
    )
  }

  private func indirection(_ indirection: A_Indirection) -> Expression {
    guard let argument = expression(indirection.arg) else { return .other(node: "A_Indirection") }
    return .indirection(argument, nodes(indirection.indirection).map(step))
  }

  private func step(_ node: TreeNode) -> Indirection {
    if node.tag == T_A_Star { return .star }
    guard let indices = node.read(A_Indices.self, if: T_A_Indices) else { return .field(node.text ?? "") }
    if indices.is_slice { return .slice(from: expression(indices.lidx), to: expression(indices.uidx)) }
    return expression(indices.uidx).map { .element($0) } ?? .slice(from: nil, to: nil)
  }
}
