import Syntax

/// A check, with all that people need to know of it. Documentation, `sqllint explain`, SARIF, configuration and tests
/// are derived from this one value.
///
/// This is what all rules have in common. What a rule looks at is its kind: it is a ``StatementRule``, ``MigrationRule``,
/// ``FileRule``, ``HistoryRule``, ``RollbackRule`` or ``SuppressionRule``, or several of these.
package protocol Rule: Sendable {
  /// Kebab-case; names the offence and reads well after "allow". The type bears the same name in PascalCase.
  var id: String { get }
  /// Ids that this rule had before; they stay valid in configuration and suppressions.
  var formerIDs: [String] { get }
  /// The same rule in other tools, such as `squawk: ban-drop-table`.
  var alsoKnownAs: [String] { get }
  /// One sentence of at most 90 characters.
  var summary: String { get }
  /// The risk of its findings, unless the rule or the configuration says otherwise.
  var risk: Risk { get }
  /// Why it matters, in a paragraph or two of Markdown.
  var explanation: String { get }
  /// The safe way, as SQL.
  var alternative: String { get }
  /// The page of PostgreSQL's manual that it stands on.
  var reference: String { get }
  /// Whether its findings are about whole files, so that a comment on a statement does not allow them. The kind of a rule
  /// tells; only rules about rollbacks say it themselves.
  var isAboutFile: Bool { get }
  /// Whether its findings say that data is lost.
  var tellsOfLoss: Bool { get }
  /// Whether it is a matter of taste, and runs only where the configuration or the command line asks for it.
  var isOptIn: Bool { get }
  /// Whether it says the same thing only once in a file.
  var tellsOnce: Bool { get }
  /// The servers on which the danger exists.
  var versions: ClosedRange<Int> { get }
  var examples: [RuleExample] { get }

  // The rule as one of each kind; `nil` where it is not of that kind. The kinds answer for their rules.
  var asStatementRule: (any StatementRule)? { get }
  var asMigrationRule: (any MigrationRule)? { get }
  var asFileRule: (any FileRule)? { get }
  var asHistoryRule: (any HistoryRule)? { get }
  var asRollbackRule: (any RollbackRule)? { get }
  var asSuppressionRule: (any SuppressionRule)? { get }
}

extension Rule {
  package var formerIDs: [String] { [] }
  package var alsoKnownAs: [String] { [] }
  package var tellsOfLoss: Bool { false }
  package var isOptIn: Bool { false }
  package var tellsOnce: Bool { false }
  package var versions: ClosedRange<Int> { Policy.supportedVersions }

  package var asStatementRule: (any StatementRule)? { nil }
  package var asMigrationRule: (any MigrationRule)? { nil }
  package var asFileRule: (any FileRule)? { nil }
  package var asHistoryRule: (any HistoryRule)? { nil }
  package var asRollbackRule: (any RollbackRule)? { nil }
  package var asSuppressionRule: (any SuppressionRule)? { nil }
}

/// A rule about single statements.
package protocol StatementRule: Rule {
  /// Whether it has something to say of statements that PostgreSQL refuses. Other rules would speak of what such a
  /// statement does, which is nothing.
  var judgesRefused: Bool { get }
  /// Called for each statement of a migration that is judged, in order, and for those that it runs.
  func check(_ context: StatementContext) -> [Finding]
}

extension StatementRule {
  package var asStatementRule: (any StatementRule)? { self }
  package var isAboutFile: Bool { false }
  package var judgesRefused: Bool { false }
}

/// A rule about what only all statements of a migration show together.
package protocol MigrationRule: Rule {
  /// Called once for each migration that is judged, after its last statement.
  func check(_ context: MigrationContext) -> [Finding]
}

extension MigrationRule {
  package var asMigrationRule: (any MigrationRule)? { self }
  package var isAboutFile: Bool { false }
}

/// A rule about a migration as a file, whatever its statements do.
package protocol FileRule: Rule {
  /// Called once for each reported migration.
  func check(_ migration: Migration) -> [Finding]
}

extension FileRule {
  package var asFileRule: (any FileRule)? { self }
  package var isAboutFile: Bool { true }
}

/// A rule about a migration's place among the others of its history.
package protocol HistoryRule: Rule {
  /// Called once for each reported up migration.
  func check(_ context: HistoryContext) -> [Finding]
}

extension HistoryRule {
  package var asHistoryRule: (any HistoryRule)? { self }
  package var isAboutFile: Bool { true }
}

/// A rule about what a down migration brings back.
package protocol RollbackRule: Rule {
  /// Whether it is about the text of the down migration, so that it has something to say where that alone has changed.
  var isAboutDown: Bool { get }
  /// Called once for each up migration that is judged, in a history that has down migrations.
  func check(_ rollback: Rollback) -> [Finding]
}

extension RollbackRule {
  package var asRollbackRule: (any RollbackRule)? { self }
  package var isAboutDown: Bool { false }
}

/// A rule about comments that allow other rules.
package protocol SuppressionRule: Rule {
  /// Called once for each migration that is judged and has such comments, after all other rules.
  func check(_ audit: SuppressionAudit) -> [Finding]
}

extension SuppressionRule {
  package var asSuppressionRule: (any SuppressionRule)? { self }
  package var isAboutFile: Bool { false }
}
