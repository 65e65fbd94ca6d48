/// A query: what SELECT, VALUES and TABLE read.
package indirect enum Query: Hashable, Sendable {
  case select(Select)
  /// `VALUES (…), (…)`
  case values(Values)
  case setOperation(SetOperation)
  /// INSERT, UPDATE, DELETE or MERGE with RETURNING, in a WITH clause.
  case dataChange(DataChange)
}

package struct Select: Hashable, Sendable {
  package struct Target: Hashable, Sendable {
    package let name: String?
    package let expression: Expression

    package init(name: String?, expression: Expression) {
      self.name = name
      self.expression = expression
    }
  }

  package enum Distinct: Hashable, Sendable {
    case none, all
    case on([Expression])
  }

  package var with: WithClause?
  package var distinct: Distinct
  package var targets: [Target]
  /// `SELECT … INTO table`, which makes a table.
  package var into: RelationReference?
  package var from: [FromItem]
  package var condition: Expression?
  package var groupBy: [Expression]
  /// `GROUP BY DISTINCT`
  package var groupsDistinct: Bool
  package var having: Expression?
  /// The WINDOW clause.
  package var windows: [WindowDefinition]
  package var tail: QueryTail

  package init(
    with: WithClause? = nil,
    distinct: Distinct = .none,
    targets: [Target] = [],
    into: RelationReference? = nil,
    from: [FromItem] = [],
    condition: Expression? = nil,
    groupBy: [Expression] = [],
    groupsDistinct: Bool = false,
    having: Expression? = nil,
    windows: [WindowDefinition] = [],
    tail: QueryTail = QueryTail()
  ) {
    self.with = with
    self.distinct = distinct
    self.targets = targets
    self.into = into
    self.from = from
    self.condition = condition
    self.groupBy = groupBy
    self.groupsDistinct = groupsDistinct
    self.having = having
    self.windows = windows
    self.tail = tail
  }
}

/// What may stand after any query: ORDER BY, LIMIT, OFFSET, FOR UPDATE.
package struct QueryTail: Hashable, Sendable {
  package var order: [SortItem]
  package var limit: Expression?
  /// `FETCH FIRST … WITH TIES`
  package var limitsWithTies: Bool
  package var offset: Expression?
  package var locking: [LockingClause]

  package init(
    order: [SortItem] = [],
    limit: Expression? = nil,
    limitsWithTies: Bool = false,
    offset: Expression? = nil,
    locking: [LockingClause] = []
  ) {
    self.order = order
    self.limit = limit
    self.limitsWithTies = limitsWithTies
    self.offset = offset
    self.locking = locking
  }
}

package struct LockingClause: Hashable, Sendable {
  package enum Strength: Hashable, Sendable { case keyShare, share, noKeyUpdate, update }
  package enum WaitPolicy: Hashable, Sendable { case block, skipLocked, noWait }

  package let strength: Strength
  package let waitPolicy: WaitPolicy
  /// The tables after OF; empty means all of the query's.
  package let relations: [RelationReference]

  package init(strength: Strength, waitPolicy: WaitPolicy, relations: [RelationReference]) {
    self.strength = strength
    self.waitPolicy = waitPolicy
    self.relations = relations
  }
}

package struct Values: Hashable, Sendable {
  package var with: WithClause?
  package var rows: [[Expression]]
  package var tail: QueryTail

  package init(with: WithClause?, rows: [[Expression]], tail: QueryTail) {
    self.with = with
    self.rows = rows
    self.tail = tail
  }
}

package struct SetOperation: Hashable, Sendable {
  package enum Operator: Hashable, Sendable { case union, intersect, except }

  package var with: WithClause?
  package var operation: Operator
  package var keepsDuplicates: Bool
  package var left: Query
  package var right: Query
  package var tail: QueryTail

  package init(
    with: WithClause?,
    operation: Operator,
    keepsDuplicates: Bool,
    left: Query,
    right: Query,
    tail: QueryTail
  ) {
    self.with = with
    self.operation = operation
    self.keepsDuplicates = keepsDuplicates
    self.left = left
    self.right = right
    self.tail = tail
  }
}

package struct WithClause: Hashable, Sendable {
  package struct CommonTableExpression: Hashable, Sendable {
    package let name: String
    package let columns: [String]
    /// `nil` where the text leaves it to PostgreSQL.
    package let isMaterialized: Bool?
    package let query: Query
    /// Whether it has a SEARCH or CYCLE clause, which are not modelled.
    package let searchesOrDetectsCycles: Bool

    package init(
      name: String,
      columns: [String] = [],
      isMaterialized: Bool? = nil,
      query: Query,
      searchesOrDetectsCycles: Bool = false
    ) {
      self.name = name
      self.columns = columns
      self.isMaterialized = isMaterialized
      self.query = query
      self.searchesOrDetectsCycles = searchesOrDetectsCycles
    }
  }

  package let isRecursive: Bool
  package let queries: [CommonTableExpression]

  package init(isRecursive: Bool, queries: [CommonTableExpression]) {
    self.isRecursive = isRecursive
    self.queries = queries
  }
}

package indirect enum FromItem: Hashable, Sendable {
  case relation(RelationReference)
  case subquery(Query, alias: Alias?, isLateral: Bool)
  case function(FunctionItem)
  case join(Join)
  /// `table TABLESAMPLE method (…)`
  case sample(FromItem, SamplingMethod)
  /// XMLTABLE and JSON_TABLE.
  case tableExpression(Expression, alias: Alias?)
  /// A node that is not modelled, by PostgreSQL's name of it.
  case other(node: String)
}

/// `AS name (a, b)`; a function's alias may define columns with their types.
package struct Alias: Hashable, Sendable {
  package let name: String
  package let columns: [String]

  package init(name: String, columns: [String] = []) {
    self.name = name
    self.columns = columns
  }
}

/// A call of functions in FROM.
package struct FunctionItem: Hashable, Sendable {
  package let calls: [Expression]
  package let alias: Alias?
  /// `AS (a int, b text)`, by position in ``calls``.
  package let definitions: [Int: [ColumnDefinition]]
  package let isLateral: Bool
  package let hasOrdinality: Bool
  /// `ROWS FROM (…)`
  package let isRowsFrom: Bool

  package init(
    calls: [Expression],
    alias: Alias? = nil,
    definitions: [Int: [ColumnDefinition]] = [:],
    isLateral: Bool = false,
    hasOrdinality: Bool = false,
    isRowsFrom: Bool = false
  ) {
    self.calls = calls
    self.alias = alias
    self.definitions = definitions
    self.isLateral = isLateral
    self.hasOrdinality = hasOrdinality
    self.isRowsFrom = isRowsFrom
  }
}

/// `TABLESAMPLE name (arguments) REPEATABLE (seed)`
package struct SamplingMethod: Hashable, Sendable {
  package let name: QualifiedName
  package let arguments: [Expression]
  package let seed: Expression?

  package init(name: QualifiedName, arguments: [Expression], seed: Expression?) {
    self.name = name
    self.arguments = arguments
    self.seed = seed
  }
}

package struct Join: Hashable, Sendable {
  package enum Form: Hashable, Sendable { case inner, left, right, full }

  package let form: Form
  package let left: FromItem
  package let right: FromItem
  package let condition: Expression?
  package let isNatural: Bool
  /// The columns of USING.
  package let columns: [String]
  /// `USING (…) AS name`
  package let columnsAlias: String?
  /// `(a JOIN b …) AS name`
  package let alias: Alias?

  package init(
    form: Form,
    left: FromItem,
    right: FromItem,
    condition: Expression?,
    isNatural: Bool = false,
    columns: [String] = [],
    columnsAlias: String? = nil,
    alias: Alias? = nil
  ) {
    self.form = form
    self.left = left
    self.right = right
    self.condition = condition
    self.isNatural = isNatural
    self.columns = columns
    self.columnsAlias = columnsAlias
    self.alias = alias
  }
}
