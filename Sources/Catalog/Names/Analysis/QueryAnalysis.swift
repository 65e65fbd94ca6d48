import Syntax

/// What PostgreSQL's analyser asks of a query before it runs: that the names in it mean something, that they mean one
/// thing, and that values fit where they go.
///
/// It refuses only what the history tells for certain. A relation of which not all columns are known may have any column,
/// so that nothing is said about names that may be its.
///
/// Source: `analyze.c`, `parse_clause.c`, `parse_relation.c`, `parse_expr.c`, `parse_target.c`, `parse_agg.c`,
/// `parse_cte.c` and `parse_merge.c`, in whose order things are looked at.
package struct QueryAnalysis {
  let database: Database
  /// The query that is looked at, behind those around it.
  var levels: [Level] = []
  /// Names that the text around gives a meaning, such as parameters of a function.
  var variables: Set<String> = []
  /// The relations that the history neither has nor dropped, in the order of the text.
  package private(set) var missing: [QualifiedName] = []
  /// Types of casts that neither PostgreSQL nor the history has.
  package private(set) var missingTypes: [TypeName] = []
  /// What PostgreSQL refuses unless something else than the history made what it needs.
  package private(set) var doubts: [SQLError] = []
  /// Inside the arguments of an aggregate: the queries whose columns they read, by their position in ``levels``.
  var referenced: Set<Int>?
  /// Inside the arguments of an aggregate: the queries whose rows aggregates in them gather.
  var gathered: Set<Int> = []
  /// What the query reads, where somebody asks.
  var reads: Reads?
  private var entries = 0
  private var steps = 0

  package init(database: Database, variables: Set<String> = []) {
    self.database = database
    self.variables = variables
  }

  /// More than any query that people write takes. What is longer is not looked at to its end.
  private static let maximumSteps = 4_000_000

  /// Counts `count` comparisons; true where there were too many.
  mutating func isExhausted(by count: Int) -> Bool {
    steps += count
    return steps > Self.maximumSteps
  }

  mutating func note(missing name: QualifiedName) { missing.append(name) }

  mutating func note(missing type: TypeName) { missingTypes.append(type) }

  mutating func doubt(_ error: SQLError) { doubts.append(error.uncertain) }

  mutating func nextEntry() -> Int {
    entries += 1
    return entries
  }

  var catalog: Catalog { _read { yield database.catalog } }

  var current: Int { levels.count - 1 }

  /// Where in a query an expression stands.
  mutating func inside<Result>(
    _ clause: Clause,
    _ body: (inout QueryAnalysis) throws(SQLError) -> Result
  ) throws(SQLError) -> Result {
    let before = levels[current].clause
    levels[current].clause = clause
    defer { levels[current].clause = before }
    return try body(&self)
  }
}

extension QueryAnalysis {
  /// A query as those inside it see it.
  struct Level {
    var entries: [Entry] = []
    var commonTables: [String: ResultColumns] = [:]
    /// Whether the items of FROM to the left can be named now.
    var isLateral = false
    var clause = Clause.results
    var hasAggregates = false
    var windows: Set<String> = []
  }

  /// The parts of statements, in the words of PostgreSQL's messages.
  enum Clause: String {
    case results = "SELECT"
    case functionInFrom = "functions in FROM"
    case join = "JOIN conditions"
    case condition = "WHERE"
    case having = "HAVING"
    case groupBy = "GROUP BY"
    case orderBy = "ORDER BY"
    case distinctOn = "DISTINCT ON"
    case limit = "LIMIT"
    case window = "window definitions"
    case filter = "FILTER"
    case values = "VALUES"
    case update = "UPDATE"
    case returning = "RETURNING"
    case mergeCondition = "MERGE WHEN conditions"
    case aggregate = "aggregate function calls"
    case trigger = "trigger WHEN conditions"

    var takesAggregates: Bool {
      switch self {
      case .results, .having, .orderBy, .distinctOn, .window, .aggregate: true
      default: false
      }
    }

    var takesWindowFunctions: Bool { self == .results || self == .orderBy || self == .distinctOn }
  }

  /// The columns that a query or a relation yields.
  struct ResultColumns {
    var columns: [ResultColumn]
    /// Whether ``columns`` is all of them; where it is not, they may stand at other places.
    var isComplete: Bool

    static let unknown = ResultColumns(columns: [], isComplete: false)
  }

  struct ResultColumn {
    var name: String
    /// `nil` where it is not known; `unknown` for a constant in quotes, as in PostgreSQL.
    var type: TypeName?
    /// The column of FROM that it is; `nil` for values that are computed.
    var source: Source?
  }

  /// A column of a relation in FROM.
  struct Source: Hashable {
    let entry: Int
    let column: String
  }

  /// What FROM puts in reach of expressions.
  struct Entry {
    let number: Int
    /// What may stand before the dot.
    var name: String?
    /// The relation; `nil` for others, such as subqueries.
    var relation: QualifiedName?
    var isAliased = true
    private(set) var contents: ResultColumns
    /// Whether it is a table, which has `ctid` and its kin.
    var hasSystemColumns = false
    var showsName = true
    var showsColumns = true
    /// Whether only LATERAL subqueries and functions reach it now, and whether they may.
    var isLateralOnly = false
    var isLateralAllowed = true
    /// Why nothing may name it; `nil` for nearly all.
    var refusal: SQLError?
    /// Where columns are, in an entry of many; -1 for names that several have.
    private var positions: [String: Int]?

    init(number: Int, name: String?, contents: ResultColumns, relation: QualifiedName? = nil) {
      self.number = number
      self.name = name
      self.relation = relation
      self.contents = contents
      guard contents.columns.count > 16 else { return }
      positions = Dictionary(contents.columns.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { _, _ in -1 })
    }

    enum Match { case none, one(ResultColumn), several }

    func match(_ name: String) -> Match {
      if let positions {
        guard let position = positions[name] else { return .none }
        return position < 0 ? .several : .one(contents.columns[position])
      }
      var found: ResultColumn?
      for column in contents.columns where column.name == name {
        if found != nil { return .several }
        found = column
      }
      return found.map { .one($0) } ?? .none
    }
  }
}

extension QueryAnalysis.ResultColumns {
  /// With the names of an alias or a WITH clause in front. `what` is how PostgreSQL calls what has them.
  func renamed(
    _ names: [String],
    of what: @autoclosure () -> String
  ) throws(SQLError) -> QueryAnalysis.ResultColumns {
    if names.isEmpty { return self }
    guard isComplete else {
      // Which columns get the names is not known.
      return Self(columns: names.map { .init(name: $0, type: nil) }, isComplete: false)
    }
    if names.count > columns.count {
      throw SQLError(
        .invalidColumnReference,
        "\(what()) has \(columns.count) columns available but \(names.count) columns specified"
      )
    }
    var result = self
    for (position, name) in names.enumerated() { result.columns[position].name = name }
    return result
  }

  /// As a query hands them on: constants in quotes are texts then.
  var asResults: Self {
    var result = self
    for index in result.columns.indices {
      result.columns[index].source = nil
      if result.columns[index].type?.isUntyped == true { result.columns[index].type = .text }
    }
    return result
  }

  /// The types of a recursive query's second part may widen those of the first one.
  var withoutTypes: Self {
    var result = self
    for index in result.columns.indices {
      result.columns[index].type = nil
      result.columns[index].source = nil
    }
    return result
  }

  /// As columns of an entry of FROM.
  func columns(ofEntry number: Int) -> Self {
    var result = self
    for index in result.columns.indices {
      result.columns[index].source = .init(entry: number, column: result.columns[index].name)
    }
    return result
  }
}

extension TypeName {
  /// The type of constants in quotes and of NULL, which takes that of the place where they stand.
  static let untyped = TypeName(QualifiedName("unknown"))
  static let text = TypeName(QualifiedName("text"))
  static let boolean = TypeName(QualifiedName("bool"))

  var isUntyped: Bool { self == .untyped }
}
