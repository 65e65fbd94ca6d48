/// An expression, as PostgreSQL's raw parse tree holds it: names are not yet looked up.
package enum Expression: Hashable, Sendable {
  /// `a`, `t.a`, `t.*`; the parts as written.
  indirect case column(ColumnReference)
  /// In place, unlike the others: most expressions of a history are constants, thousands in the rows of a dump.
  case constant(Constant)
  /// `$1`
  indirect case parameter(Int)
  indirect case call(FunctionCall)
  /// `CURRENT_DATE`, `CURRENT_USER` and their kin.
  indirect case sqlValue(SQLValueFunction, precision: Int? = nil)
  indirect case cast(Expression, to: TypeName)
  indirect case operation(Operation)
  indirect case and([Expression])
  indirect case or([Expression])
  indirect case not(Expression)
  indirect case isNull(Expression)
  indirect case isNotNull(Expression)
  indirect case booleanTest(Expression, BooleanTest)
  indirect case `case`(CaseExpression)
  indirect case coalesce([Expression])
  indirect case greatest([Expression])
  indirect case least([Expression])
  indirect case array([Expression])
  indirect case row([Expression])
  indirect case subquery(Subquery)
  indirect case collate(Expression, collation: QualifiedName)
  /// `(x).field`, `x[1]`, `x[1:2]`
  indirect case indirection(Expression, [Indirection])
  /// `DEFAULT` in a list of values or after SET.
  case setToDefault
  /// `WHERE CURRENT OF cursor`
  indirect case currentOf(cursor: String)
  /// A construct that reads like a function call but has its own grammar (XML, JSON, GROUPING, MERGE_ACTION):
  /// PostgreSQL's name of the node, and what it holds.
  indirect case special(node: String, [Expression])
  /// A node that is not modelled, by PostgreSQL's name of it. Nothing is known about what it does.
  indirect case other(node: String)
}

package struct ColumnReference: Hashable, Sendable {
  /// One to four names; a star is the last part `*`.
  package let parts: [String]
  package let isStar: Bool
  package let offset: SourceOffset

  package init(parts: [String], isStar: Bool = false, offset: SourceOffset = SourceOffset(nil)) {
    self.parts = parts
    self.isStar = isStar
    self.offset = offset
  }

  /// The column's own name; `nil` for a star.
  package var name: String? { isStar ? nil : parts.last }
}

package enum Constant: Hashable, Sendable {
  case null
  case boolean(Bool)
  case integer(Int)
  /// A number that is no 32-bit integer, as written.
  case number(String)
  case string(String)
  /// `B'101'` or `X'1F'`, with the letter.
  case bitString(String)
}

package struct FunctionCall: Hashable, Sendable {
  package let name: QualifiedName
  package let arguments: [Expression]
  /// The names of arguments given as `name => value`, by position in ``arguments``.
  package let argumentNames: [Int: String]
  package let isStar: Bool
  package let isDistinct: Bool
  package let isVariadic: Bool
  /// True where ``order`` stands in `WITHIN GROUP (ORDER BY …)`.
  package let isWithinGroup: Bool
  package let order: [SortItem]
  package let filter: Expression?
  package let window: WindowDefinition?
  package let offset: SourceOffset

  package init(
    name: QualifiedName,
    arguments: [Expression] = [],
    argumentNames: [Int: String] = [:],
    isStar: Bool = false,
    isDistinct: Bool = false,
    isVariadic: Bool = false,
    isWithinGroup: Bool = false,
    order: [SortItem] = [],
    filter: Expression? = nil,
    window: WindowDefinition? = nil,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.name = name
    self.arguments = arguments
    self.argumentNames = argumentNames
    self.isStar = isStar
    self.isDistinct = isDistinct
    self.isVariadic = isVariadic
    self.isWithinGroup = isWithinGroup
    self.order = order
    self.filter = filter
    self.window = window
    self.offset = offset
  }
}

/// `OVER (…)`, `OVER name`, or `name AS (…)` in a WINDOW clause.
package struct WindowDefinition: Hashable, Sendable {
  package let name: String?
  /// The window that this one goes out from, in `OVER (base ORDER BY …)`.
  package let base: String?
  package let partitions: [Expression]
  package let order: [SortItem]
  /// `nil` where the text names none.
  package let frame: WindowFrame?

  package init(
    name: String?,
    base: String? = nil,
    partitions: [Expression],
    order: [SortItem],
    frame: WindowFrame? = nil
  ) {
    self.name = name
    self.base = base
    self.partitions = partitions
    self.order = order
    self.frame = frame
  }
}

/// `ROWS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES`.
package struct WindowFrame: Hashable, Sendable {
  package enum Mode: String, Hashable, Sendable { case range = "RANGE", rows = "ROWS", groups = "GROUPS" }
  package enum Bound: Hashable, Sendable {
    case unboundedPreceding, unboundedFollowing, currentRow
    case preceding(Expression), following(Expression)
  }
  package enum Exclusion: String, Hashable, Sendable { case currentRow = "CURRENT ROW", group = "GROUP", ties = "TIES" }

  package let mode: Mode
  package let start: Bound
  /// `nil` without BETWEEN.
  package let end: Bound?
  package let exclusion: Exclusion?

  package init(mode: Mode, start: Bound, end: Bound?, exclusion: Exclusion?) {
    self.mode = mode
    self.start = start
    self.end = end
    self.exclusion = exclusion
  }
}

package struct SortItem: Hashable, Sendable {
  package enum Direction: Hashable, Sendable { case unspecified, ascending, descending, using }
  package enum Nulls: Hashable, Sendable { case unspecified, first, last }

  package let expression: Expression
  package let direction: Direction
  package let nulls: Nulls
  /// The operator after USING.
  package let comparison: QualifiedName?

  package init(expression: Expression, direction: Direction, nulls: Nulls, comparison: QualifiedName? = nil) {
    self.expression = expression
    self.direction = direction
    self.nulls = nulls
    self.comparison = comparison
  }
}

/// The functions that SQL writes without parentheses.
package enum SQLValueFunction: String, Hashable, Sendable {
  case currentDate = "CURRENT_DATE"
  case currentTime = "CURRENT_TIME"
  case currentTimestamp = "CURRENT_TIMESTAMP"
  case localTime = "LOCALTIME"
  case localTimestamp = "LOCALTIMESTAMP"
  case currentRole = "CURRENT_ROLE"
  case currentUser = "CURRENT_USER"
  case user = "USER"
  case sessionUser = "SESSION_USER"
  case currentCatalog = "CURRENT_CATALOG"
  case currentSchema = "CURRENT_SCHEMA"
}

/// An operator and its operands; prefix operators have no left one.
package struct Operation: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case plain
    case any, all
    case isDistinct, isNotDistinct
    case nullIf
    /// The right operand is a ``Expression/row(_:)`` of the list's items.
    case inList
    case like, ilike, similar
    /// The right operand is a ``Expression/row(_:)`` of the two bounds.
    case between, notBetween, betweenSymmetric, notBetweenSymmetric
  }

  package let form: Form
  /// `=`, `<>`, `||`, `~~`; the negated forms of IN and LIKE are `<>` and `!~~`.
  package let name: QualifiedName
  package let left: Expression?
  package let right: Expression
  package let offset: SourceOffset

  package init(
    form: Form,
    name: QualifiedName,
    left: Expression?,
    right: Expression,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.form = form
    self.name = name
    self.left = left
    self.right = right
    self.offset = offset
  }
}

package enum BooleanTest: Hashable, Sendable {
  case isTrue, isNotTrue, isFalse, isNotFalse, isUnknown, isNotUnknown
}

package struct CaseExpression: Hashable, Sendable {
  package struct Branch: Hashable, Sendable {
    package let condition: Expression
    package let result: Expression

    package init(condition: Expression, result: Expression) {
      self.condition = condition
      self.result = result
    }
  }

  package let subject: Expression?
  package let branches: [Branch]
  package let otherwise: Expression?

  package init(subject: Expression?, branches: [Branch], otherwise: Expression?) {
    self.subject = subject
    self.branches = branches
    self.otherwise = otherwise
  }
}

package struct Subquery: Hashable, Sendable {
  package enum Form: Hashable, Sendable {
    case exists, scalar, array
    /// `x IN (SELECT …)` is `any` with the operator `=`.
    case any, all
  }

  package let form: Form
  package let test: Expression?
  package let comparison: QualifiedName?
  package let query: Query
  package let offset: SourceOffset

  package init(
    form: Form,
    test: Expression?,
    comparison: QualifiedName?,
    query: Query,
    offset: SourceOffset = SourceOffset(nil)
  ) {
    self.form = form
    self.test = test
    self.comparison = comparison
    self.query = query
    self.offset = offset
  }
}

package enum Indirection: Hashable, Sendable {
  case field(String)
  case star
  case element(Expression)
  case slice(from: Expression?, to: Expression?)
}
