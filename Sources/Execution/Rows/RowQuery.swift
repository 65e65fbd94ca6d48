import Catalog
import Syntax

/// A question to the rows that are there, which only reads: it returns rows exactly when a statement would fail on them.
package struct RowQuery: Hashable, Sendable {
  /// The SQLSTATE with which the statement fails.
  package let sqlState: String
  package let sql: String
  /// The rows that it returns, such as `rows of users with NULL in email`.
  package let subject: String
  /// What must be before the deployment as it is when the statement runs, so that the answer is the same.
  package let reads: RowReads
}

/// The columns, functions and types that a question names.
package struct RowReads: Hashable, Sendable {
  package private(set) var columns: [QualifiedName: Set<String>] = [:]
  package private(set) var functions: Set<QualifiedName> = []
  package private(set) var types: Set<QualifiedName> = []

  mutating func add(_ names: [String] = [], of table: QualifiedName) { columns[table, default: []].formUnion(names) }

  mutating func add(_ expression: Expression, of table: QualifiedName) {
    add(expression.columnNames, of: table)
    expression.walk { part in
      switch part {
      case .call(let call): functions.insert(call.name)
      case .cast(_, let type): types.insert(type.name)
      default: break
      }
    }
  }
}

/// Makes questions of row conditions.
package struct RowQueryWriter {
  let database: Database
  /// The server's major version.
  let version: Int
  /// Whether a column can be asked for before the deployment, to show it.
  private let isThere: (String, QualifiedName) -> Bool
  var deparser = Deparser()
  var reads = RowReads()

  /// `database` is the one that the statement meets.
  package init(
    database: Database,
    version: Int,
    isThere: @escaping (String, QualifiedName) -> Bool = { _, _ in true }
  ) {
    self.database = database
    self.version = version
    self.isThere = isThere
  }

  /// The questions of a condition; none where no exact one can be written.
  package static func queries(
    of condition: RowCondition,
    in database: Database,
    version: Int,
    isThere: @escaping (String, QualifiedName) -> Bool = { _, _ in true }
  ) -> [RowQuery] {
    var writer = RowQueryWriter(database: database, version: version, isThere: isThere)
    let queries = writer.queries(of: condition)
    return writer.deparser.unprintable.isEmpty ? queries : []
  }

  static let limit = "LIMIT 10"

  // MARK: - Kinds

  private mutating func queries(of condition: RowCondition) -> [RowQuery] {
    let table = condition.table
    reads.add(of: table)
    switch condition.kind {
    case .none(let column):
      let sql = "SELECT \(shown([], of: table)) FROM \(source(condition)) \(Self.limit)"
      return [query("23502", sql, "rows of \(table.displayName), as \(column.quotedIdentifier) gets no value")]
    case .oneAtMost(let column):
      let sql = "SELECT \(shown([], of: table)) FROM \(source(condition)) \(Self.limit) OFFSET 1"
      let subject = "more than one row of \(table.displayName), as \(column.quotedIdentifier) is the same in all"
      return [query("23505", sql, subject)]
    case .notNull(let expressions):
      let names = expressions.map { text($0, of: table) }
      let tests = zip(expressions, names).map {
        isComposite($0, of: table) ? "\($1) IS NOT DISTINCT FROM NULL" : "\($1) IS NULL"
      }
      return rows(
        condition,
        expressions,
        "23502",
        tests.joined(separator: " OR "),
        "with NULL in \(names.joined(separator: " or "))"
      )
    case .check(let check, let constraint):
      let name = constraint.map { "check \($0.quotedIdentifier)" } ?? "the check"
      return rows(condition, [check], "23514", "NOT (\(text(check, of: table)))", "against \(name)")
    case .unique(let key): return [duplicates(key, condition)].compactMap(\.self)
    case .foreignKey(let key): return [orphans(key, condition)]
    case .exclusion(let exclusion): return [conflicts(exclusion, condition)].compactMap(\.self)
    case .typeChange(let change): return conversions(change, condition)
    case .within(let bound, let parent): return bounds(bound, of: parent, condition, isWithin: true)
    case .outside(let bound, let parent): return bounds(bound, of: parent, condition, isWithin: false)
    }
  }

  func query(_ sqlState: String, _ sql: String, _ subject: String) -> RowQuery {
    RowQuery(sqlState: sqlState, sql: sql, subject: subject, reads: reads)
  }

  /// The rows for which the condition is true; shows what tells them apart and the columns that the expressions read.
  mutating func rows(
    _ condition: RowCondition,
    _ expressions: [Expression],
    _ sqlState: String,
    _ test: String,
    _ subject: String
  ) -> [RowQuery] {
    if expressions.contains(where: \.isConfusing) { return [] }
    let columns = shown(expressions.flatMap(\.columnNames), of: condition.table)
    let sql = "SELECT \(columns) FROM \(source(condition)) WHERE \(test) \(Self.limit)"
    return [query(sqlState, sql, "rows of \(condition.table.displayName) \(subject)")]
  }

  private mutating func duplicates(_ key: RowCondition.UniqueKey, _ condition: RowCondition) -> RowQuery? {
    let table = condition.table
    guard key.elements.allSatisfy(\.comparesByDefault) else { return nil }
    let expressions = key.elements.map(\.expression)
    if (expressions + [key.predicate].compactMap(\.self)).contains(where: \.isConfusing) { return nil }
    let texts = key.elements.map { element in
      // In parentheses but for a column: what stands for itself in GROUP BY must be no constant.
      let text = text(element.expression, of: table)
      return (element.column == nil ? "(\(text))" : text) + (element.collation.map { " COLLATE \($0)" } ?? "")
    }
    var tests = key.predicate.map { ["(\(text($0, of: table)))"] } ?? []
    if !key.nullsNotDistinct {
      tests += zip(expressions, texts).map {
        isComposite($0, of: table) ? "\($1) IS DISTINCT FROM NULL" : "\($1) IS NOT NULL"
      }
    }
    let filter = tests.isEmpty ? "" : " WHERE \(tests.joined(separator: " AND "))"
    let subject = "duplicates of \(texts.joined(separator: ", ")) in \(table.displayName)"
    if expressions.contains(where: { $0.columnNames.isEmpty }) {
      // GROUP BY takes no constants.
      let names = texts.indices.map { "key\($0 + 1)" }
      let keys = zip(texts, names).map { "\($0) AS \($1)" }.joined(separator: ", ")
      let list = names.joined(separator: ", ")
      let sql =
        "SELECT \(list), count(*) FROM (SELECT \(keys) FROM \(source(condition))\(filter)) AS keys "
        + "GROUP BY \(list) HAVING count(*) > 1 \(Self.limit)"
      return query("23505", sql, subject)
    }
    let list = texts.joined(separator: ", ")
    let sql =
      "SELECT \(list), count(*) FROM \(source(condition))\(filter) GROUP BY \(list) HAVING count(*) > 1 \(Self.limit)"
    return query("23505", sql, subject)
  }

  /// Source: `RI_Initial_Check` in `ri_triggers.c`.
  private mutating func orphans(_ key: RowCondition.Reference, _ condition: RowCondition) -> RowQuery {
    let table = condition.table
    let names = key.columns.map { text($0, of: table) }
    reads.add(key.referencedColumns, of: key.referenced)
    let present = names.map { "\($0) IS NOT NULL" }
    let filter =
      key.match == .full && present.count > 1
      ? "(\(present.joined(separator: " OR ")))" : present.joined(separator: " AND ")
    let matches = zip(key.columns, key.referencedColumns).map { own, other in
      let value = own.mapping { part in
        guard case .column(let column) = part, let name = column.name else { return part }
        return .column(ColumnReference(parts: ["referencing", name]))
      }
      let collations = (collation(of: own, in: table), collation(of: .column(named: other), in: key.referenced))
      let collation = collations.0 == collations.1 ? "" : " COLLATE \(collations.1?.description ?? "\"default\"")"
      return "referenced.\(other.quotedIdentifier) = \(text(value, of: nil))\(collation)"
    }
    let columns = shown(key.columns.flatMap(\.columnNames), of: table)
    let target = source(key.referenced, isAlone: !isPartitioned(key.referenced))
    let sql =
      "SELECT \(columns) FROM \(source(condition)) AS referencing WHERE \(filter) AND NOT EXISTS "
      + "(SELECT 1 FROM \(target) AS referenced WHERE \(matches.joined(separator: " AND "))) \(Self.limit)"
    let subject =
      "rows of \(table.displayName) whose \(names.joined(separator: ", ")) is not in \(key.referenced.displayName)"
    return query("23503", sql, subject)
  }

  private mutating func conflicts(_ exclusion: ExclusionConstraint, _ condition: RowCondition) -> RowQuery? {
    let table = condition.table
    let expressions = exclusion.elements.map(\.element.expression)
    if (expressions + [exclusion.predicate].compactMap(\.self)).contains(where: \.isConfusing) { return nil }
    let names = expressions.indices.map { "key\($0 + 1)" }
    let keys = zip(exclusion.elements, names).map { element, name in
      let collation = element.element.collation.map { " COLLATE \($0)" } ?? ""
      return "(\(text(element.element.expression, of: table)))\(collation) AS \(name)"
    }
    let filter = exclusion.predicate.map { " WHERE \(text($0, of: table))" } ?? ""
    let tests = zip(exclusion.elements, names).map { element, name in
      let sign = element.comparison
      return
        "one.\(name) \(sign.schema.map { "OPERATOR(\($0.quotedIdentifier).\(sign.name))" } ?? sign.name) other.\(name)"
    }
    let columns = names.map { "one.\($0)" } + names.map { "other.\($0)" }
    let sql =
      "WITH candidate AS (SELECT tableoid AS home, ctid AS place, \(keys.joined(separator: ", ")) FROM "
      + "\(source(condition))\(filter)) SELECT \(columns.joined(separator: ", ")) FROM candidate AS one "
      + "JOIN candidate AS other ON (one.home, one.place) < (other.home, other.place) AND "
      + "\(tests.joined(separator: " AND ")) \(Self.limit)"
    return query("23P01", sql, "rows of \(table.displayName) that exclude one another")
  }

  // MARK: - Names

  mutating func text(_ expression: Expression, of table: QualifiedName?) -> String {
    if let table { reads.add(expression, of: table) }
    return deparser.text(expression)
  }

  func source(_ condition: RowCondition) -> String { (condition.isAlone ? "ONLY " : "") + condition.table.displayName }

  /// ONLY says something about tables that others inherit from.
  func source(_ table: QualifiedName, isAlone: Bool) -> String {
    let hasChildren = database.catalog.tables[table]?.children.isEmpty == false
    return (isAlone && hasChildren ? "ONLY " : "") + table.displayName
  }

  func isPartitioned(_ table: QualifiedName) -> Bool { database.catalog.tables[table]?.kind == .partitionedTable }

  /// What tells a row from others, and columns: those of the primary key, or all where it is not known.
  mutating func shown(_ columns: [String], of table: QualifiedName) -> String {
    let key = database.catalog.tables[table]?.primaryKey?.columns ?? []
    guard !key.isEmpty, key.allSatisfy({ isThere($0, table) }) else { return "*" }
    var names = key
    for column in columns where !names.contains(column) { names.append(column) }
    reads.add(names, of: table)
    return deparser.names(names)
  }

  func column(_ expression: Expression, of table: QualifiedName) -> Column? {
    guard case .column(let reference) = expression, let name = reference.name else { return nil }
    return database.catalog.tables[table]?.column(name)
  }

  /// A row type is NULL to IS NULL where all of its fields are, which is not what a constraint asks.
  private func isComposite(_ expression: Expression, of table: QualifiedName) -> Bool {
    guard let type = column(expression, of: table)?.type, type.arrayDimensions == 0 else { return false }
    if case .composite? = database.catalog.types[type.name]?.form { return true }
    return database.catalog.tables.contains(type.name)
  }

  func collation(of expression: Expression, in table: QualifiedName) -> QualifiedName? {
    column(expression, of: table)?.collation
  }
}

extension IndexElement {
  /// Whether the index takes two values for equal that GROUP BY takes for equal. The named operator classes compare as
  /// the type itself does, bit by bit where they are about patterns.
  fileprivate var comparesByDefault: Bool {
    guard let name = operatorClass?.name else { return true }
    return name != "record_image_ops" && (name.hasSuffix("_ops") && !name.hasPrefix("gist_"))
  }
}

extension Expression {
  /// Whether psql could take a part of its text for a variable: `a[1:n]`.
  var isConfusing: Bool {
    contains { part in
      guard case .indirection(_, let steps) = part else { return false }
      return steps.contains {
        if case .slice(_, let end?) = $0, case .constant = end {
          false
        } else if case .slice(_, nil) = $0 {
          false
        } else if case .slice = $0 {
          true
        } else {
          false
        }
      }
    }
  }
}
