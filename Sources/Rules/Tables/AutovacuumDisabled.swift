import Catalog
import Execution
import Linting
import Syntax

struct AutovacuumDisabled: StatementRule {
  let id = "autovacuum-disabled"
  let summary = "Without autovacuum the table grows, and its plans get worse, until someone remembers."
  let risk = Risk.medium
  let explanation = """
    Space of deleted and updated rows is not used again, statistics are no longer brought up to date, so that the \
    planner works with old ones, and index-only scans stop working. Nobody sees it for weeks. PostgreSQL still \
    vacuums the table to prevent transaction ids from wrapping around, all at once and at a time of its own choice.

    A table that is written a lot needs autovacuum more often, not less: lower its scale factor. Around a bulk load, \
    switch it off and on again in the same migration.
    """
  let alternative = "ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.02);"
  let reference = "https://www.postgresql.org/docs/current/sql-createtable.html#RELOPTION-AUTOVACUUM-ENABLED"
  let examples: [RuleExample] = [
    .bad(
      "of a table that exists",
      history: ["CREATE TABLE events (id bigint);"],
      "ALTER TABLE events SET (autovacuum_enabled = false);"
    ),
    .bad("of a new one", "CREATE TABLE events (id bigint) WITH (autovacuum_enabled = off);"),
    .good(
      "and enabled again",
      history: ["CREATE TABLE events (id bigint);"],
      "ALTER TABLE events SET (autovacuum_enabled = false);\nALTER TABLE events RESET (autovacuum_enabled);"
    ),
    .good(
      "more often",
      history: ["CREATE TABLE events (id bigint);"],
      "ALTER TABLE events SET (autovacuum_vacuum_scale_factor = 0.02);"
    ),
    .good(
      "of a temporary table, which autovacuum never sees",
      "CREATE TEMPORARY TABLE t (id int) WITH (autovacuum_enabled = off);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard let table = context.statement.kind.table(withoutAutovacuum: true) else { return [] }
    let name = context.after.qualified(table)
    guard let known = context.after.catalog.tables[name], known.persistence != .temporary,
      name.schema != Catalog.temporary, !isEnabledAgain(name, after: context)
    else { return [] }
    let (settings, portable) = (known.options.filter(\.disablesAutovacuum), context.before.portable(table))
    let names = settings.map { ($0.namespace.map { "\($0)." } ?? "") + $0.name }
    if names.isEmpty { return [] }
    return [
      context.finding(
        self,
        .disabling(name),
        fix: Finding.Fix(
          "leave it on; where it runs too rarely or takes too long, let it run more often",
          migrations: context.before.catalog.tables.contains(name)
            ? ["ALTER TABLE \(portable) SET (autovacuum_vacuum_scale_factor = 0.02);"] : []
        )
      )
    ]
  }

  private func isEnabledAgain(_ name: QualifiedName, after context: StatementContext) -> Bool {
    // Nobody switches it on again after more.
    context.migration.script.statements.dropFirst(context.index + 1).prefix(500).contains { statement in
      statement.kind.table(withoutAutovacuum: false).map(context.after.qualified) == name
    }
  }
}

extension Option {
  fileprivate var isAboutAutovacuum: Bool { name == "autovacuum_enabled" }

  fileprivate var disablesAutovacuum: Bool {
    isAboutAutovacuum && ["false", "off", "no", "0", "f", "n"].contains(value?.lowercased())
  }
}

extension Statement.Kind {
  /// The table whose autovacuum the statement switches off, or on.
  fileprivate func table(withoutAutovacuum isOff: Bool) -> QualifiedName? {
    let isMeant: (Option) -> Bool = { isOff ? $0.disablesAutovacuum : $0.isAboutAutovacuum && !$0.disablesAutovacuum }
    switch self {
    case .createTable(let table): return table.options.contains(where: isMeant) ? table.relation.name : nil
    case .alterTable(let alter):
      let sets = alter.actions.contains { action in
        switch action.kind {
        case .setOptions(let options): options.contains(where: isMeant)
        case .resetOptions(let options): !isOff && options.contains(where: \.isAboutAutovacuum)
        default: false
        }
      }
      return sets ? alter.relation.name : nil
    default: return nil
    }
  }
}

extension Finding.Message {
  fileprivate static func disabling(_ table: QualifiedName) -> Self {
    """
    without autovacuum \(table.displayName) grows with every change and keeps old statistics, until someone switches \
    it on again
    """
  }
}
