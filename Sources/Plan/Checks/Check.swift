import Syntax

/// A question to the database that it answers with true or false, and that only reads.
package struct Check: Hashable, Sendable {
  /// What is true then, such as `table tags exists`.
  package let subject: String
  /// Of one row with one boolean, without a semicolon.
  package let sql: String

  /// Whether it looks at rows: where there are none, it is true before the change too.
  package let isOfRows: Bool

  package init(_ subject: String, _ sql: String, isOfRows: Bool = false) {
    (self.subject, self.sql, self.isOfRows) = (subject, sql, isOfRows)
  }
}

/// What only people can compare: a query that shows it.
package struct Look: Hashable, Sendable {
  package let subject: String
  package let sql: String

  package init(_ subject: String, _ sql: String) { (self.subject, self.sql) = (subject, sql) }
}

/// What tells that a change of the schema is there.
package struct CheckList: Hashable, Sendable {
  package var checks: [Check] = []
  package var looks: [Look] = []

  mutating func add(_ subject: String, _ sql: String) { checks.append(Check(subject, sql)) }

  mutating func look(_ subject: String, _ sql: String) { looks.append(Look(subject, sql)) }
}

extension QualifiedName {
  /// The relation as an argument that is NULL where there is none, whatever stands in the name.
  var regclass: String { "to_regclass(\(description.quotedLiteral))" }
}
