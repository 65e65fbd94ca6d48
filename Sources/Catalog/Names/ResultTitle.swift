import Syntax

extension Expression {
  /// The name that PostgreSQL gives a result column without AS, or an index's expression; `nil` where it finds none.
  ///
  /// Source: `FigureColnameInternal` in `parse_target.c`.
  package var title: String? { titleAndStrength?.title }

  /// A weak title is one that a cast's type replaces.
  private var titleAndStrength: (title: String, isStrong: Bool)? {
    switch self {
    case .column(let column): return column.name.map { ($0, true) }
    case .call(let call): return (call.name.name, true)
    case .operation(let operation): return operation.form == .nullIf ? ("nullif", true) : nil
    case .cast(let operand, let type):
      let inner = operand.titleAndStrength
      return inner?.isStrong == true ? inner : (type.name.name, false)
    case .collate(let operand, _): return operand.titleAndStrength
    case .case(let expression):
      let inner = expression.otherwise?.titleAndStrength
      return inner?.isStrong == true ? inner : ("case", false)
    case .coalesce: return ("coalesce", true)
    case .greatest: return ("greatest", true)
    case .least: return ("least", true)
    case .array: return ("array", true)
    case .row: return ("row", true)
    case .sqlValue(let function, _): return (function.rawValue.lowercased(), true)
    case .indirection(let operand, let steps):
      for case .field(let name) in steps.reversed() { return (name, true) }
      return operand.titleAndStrength
    case .subquery(let subquery):
      switch subquery.form {
      case .exists: return ("exists", true)
      case .array: return ("array", true)
      case .scalar:
        guard case .select(let select) = subquery.query, let target = select.targets.first else { return nil }
        return target.name.map { ($0, true) } ?? target.expression.titleAndStrength
      case .any, .all: return nil
      }
    case .special(let node, _): return Self.titlesOfSpecialForms[node].map { ($0, true) }
    default: return nil
    }
  }

  private static let titlesOfSpecialForms = [
    "GroupingFunc": "grouping", "MergeSupportFunc": "merge_action", "XmlSerialize": "xmlserialize",
    "JsonParseExpr": "json", "JsonScalarExpr": "json_scalar", "JsonSerializeExpr": "json_serialize",
    "JsonObjectConstructor": "json_object", "JsonArrayConstructor": "json_array",
    "JsonArrayQueryConstructor": "json_array", "JsonObjectAgg": "json_objectagg", "JsonArrayAgg": "json_arrayagg",
  ]

  /// Whether PostgreSQL names its result in a way that the tree does not tell, such as `xmlelement` or `json_value`.
  package var hasUntoldTitle: Bool {
    switch self {
    case .special(let node, _): node == "XmlExpr" || node == "JsonFuncExpr"
    case .other: true
    case .cast(let operand, _), .collate(let operand, _), .indirection(let operand, _): operand.hasUntoldTitle
    default: false
    }
  }
}
