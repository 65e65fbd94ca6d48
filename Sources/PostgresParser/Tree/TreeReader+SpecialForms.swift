import CPgQuery
import Syntax

/// The constructs that read like calls but have their own grammar.
extension TreeReader {
  func special(_ node: TreeNode) -> Expression {
    switch node.tag {
    case T_GroupingSet: groupingSet(node.read(GroupingSet.self))
    case T_GroupingFunc: .special(node: "GroupingFunc", expressions(node.read(GroupingFunc.self).args))
    case T_MergeSupportFunc: .special(node: "MergeSupportFunc", [])
    case T_ResTarget: expression(node.read(ResTarget.self).val) ?? .constant(.null)
    case T_XmlExpr: xml(node.read(XmlExpr.self))
    case T_XmlSerialize:
      .special(node: "XmlSerialize", [expression(node.read(XmlSerialize.self).expr)].compactMap(\.self))
    default: json(node)
    }
  }

  /// The node's name tells the kinds apart.
  private func groupingSet(_ set: GroupingSet) -> Expression {
    let name =
      switch set.kind {
      case GROUPING_SET_ROLLUP: "ROLLUP"
      case GROUPING_SET_CUBE: "CUBE"
      case GROUPING_SET_SETS: "GROUPING SETS"
      case GROUPING_SET_EMPTY: "EMPTY GROUPING SET"
      default: "GroupingSet"
      }
    return .special(node: name, expressions(set.content))
  }

  private func xml(_ call: XmlExpr) -> Expression {
    .special(node: "XmlExpr", expressions(call.named_args) + expressions(call.args))
  }

  private func json(_ node: TreeNode) -> Expression {
    switch node.tag {
    case T_JsonFuncExpr:
      let call = node.read(JsonFuncExpr.self)
      return .special(
        node: "JsonFuncExpr",
        [jsonValue(call.context_item), expression(call.pathspec), behavior(call.on_empty), behavior(call.on_error)]
          .compactMap(\.self) + passedArguments(call.passing)
      )
    case T_JsonParseExpr:
      return .special(node: "JsonParseExpr", [jsonValue(node.read(JsonParseExpr.self).expr)].compactMap(\.self))
    case T_JsonScalarExpr:
      return .special(node: "JsonScalarExpr", [operand(node.read(JsonScalarExpr.self).expr)].compactMap(\.self))
    case T_JsonSerializeExpr:
      return .special(node: "JsonSerializeExpr", [jsonValue(node.read(JsonSerializeExpr.self).expr)].compactMap(\.self))
    case T_JsonIsPredicate:
      return .special(
        node: "JsonIsPredicate",
        [expression(node.read(JsonIsPredicate.self).expr)].compactMap(\.self)
      )
    case T_JsonObjectConstructor:
      return .special(node: "JsonObjectConstructor", expressions(node.read(JsonObjectConstructor.self).exprs))
    case T_JsonArrayConstructor:
      return .special(node: "JsonArrayConstructor", expressions(node.read(JsonArrayConstructor.self).exprs))
    case T_JsonArrayQueryConstructor:
      let query = TreeNode(node.read(JsonArrayQueryConstructor.self).query).map(query)
      return .special(
        node: "JsonArrayQueryConstructor",
        query.map { [.subquery(Subquery(form: .scalar, test: nil, comparison: nil, query: $0))] } ?? []
      )
    case T_JsonObjectAgg:
      let argument = node.read(JsonObjectAgg.self).arg
      return .special(node: "JsonObjectAgg", argument.map { keyValue($0.pointee) } ?? [])
    case T_JsonArrayAgg:
      return .special(node: "JsonArrayAgg", [jsonValue(node.read(JsonArrayAgg.self).arg)].compactMap(\.self))
    case T_JsonKeyValue:
      return .special(node: "JsonKeyValue", keyValue(node.read(JsonKeyValue.self)))
    case T_JsonValueExpr:
      return operand(node.read(JsonValueExpr.self).raw_expr) ?? .constant(.null)
    case T_JsonTablePathSpec:
      return expression(node.read(JsonTablePathSpec.self).string) ?? .constant(.null)
    default:
      return .other(node: nodeName(node.tag))
    }
  }

  /// `Expr *` holds the same nodes as `Node *`.
  private func operand(_ pointer: UnsafePointer<Expr>?) -> Expression? { TreeNode(pointer).map(expression) }

  func jsonValue(_ pointer: UnsafePointer<JsonValueExpr>?) -> Expression? {
    pointer.flatMap { operand($0.pointee.raw_expr) }
  }

  private func keyValue(_ pair: JsonKeyValue) -> [Expression] {
    [operand(pair.key), jsonValue(pair.value)].compactMap(\.self)
  }

  private func behavior(_ pointer: UnsafePointer<JsonBehavior>?) -> Expression? {
    pointer.flatMap { expression($0.pointee.expr) }
  }

  func passedArguments(_ list: UnsafePointer<List>?) -> [Expression] {
    nodes(list).compactMap { node in node.read(JsonArgument.self, if: T_JsonArgument).flatMap { jsonValue($0.val) } }
  }
}
