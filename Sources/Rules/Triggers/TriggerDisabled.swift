import Catalog
import Execution
import Linting
import Syntax

struct TriggerDisabled: StatementRule {
  let id = "trigger-disabled"
  let alsoKnownAs = ["pgfence: disable-trigger", "squawk: ban-disable-trigger"]
  let summary = "While a trigger is disabled, nothing keeps true what it keeps true."
  let risk = Risk.high
  let explanation = """
    Rows that are written meanwhile, by running code too, bypass the trigger, and nothing looks at them when it is \
    enabled again. DISABLE TRIGGER ALL switches off foreign keys as well, which are triggers to PostgreSQL: rows \
    that point nowhere stay unnoticed for good. It needs a superuser.

    Enabled again in the same file, it is Medium: the lock keeps others from writing until the transaction ends, and \
    what the migration itself writes is what goes unchecked.
    """
  let alternative = """
    -- let the trigger run; where it costs too much, change the rows in batches
    UPDATE orders SET total = 0 WHERE id BETWEEN 1 AND 10000 AND total IS NULL;
    """
  let reference =
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-DISABLE-ENABLE-TRIGGER"
  private static let tables = [
    "CREATE TABLE orders (id bigint, total integer);",
    "CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';",
    "CREATE TRIGGER audit AFTER UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION audit();",
  ]
  let examples: [RuleExample] = [
    .bad("one of a table that exists", history: tables, "ALTER TABLE orders DISABLE TRIGGER audit;"),
    .bad("all, with foreign keys", history: tables, "ALTER TABLE orders DISABLE TRIGGER ALL;"),
    .bad(
      "and enabled again, at Medium",
      history: tables,
      "ALTER TABLE orders DISABLE TRIGGER USER;\nALTER TABLE orders ENABLE TRIGGER USER;"
    ),
    .good("enabled", history: tables, "ALTER TABLE orders ENABLE TRIGGER audit;"),
    .good(
      "of a table made in the same migration",
      "CREATE TABLE orders (id bigint);\nALTER TABLE orders DISABLE TRIGGER ALL;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind, !context.effects.ofUsedRelations.isEmpty else {
      return []
    }
    let table = context.before.qualified(alter.relation.name)
    let actions = alter.actions.filter { if case .setTrigger(_, let mode) = $0.kind { mode.isOff } else { false } }
    let disabled = actions.compactMap { action in
      if case .setTrigger(let selection, _) = action.kind { selection } else { nil }
    }
    if disabled.isEmpty { return [] }
    let isBrief = disabled.allSatisfy { isEnabledAgain($0, of: table, after: context) }
    return [
      context.finding(
        self,
        .disabling(disabled, of: table),
        at: actions.first?.range,
        risk: isBrief ? .medium : nil,
        fix: Finding.Fix(
          isBrief
            ? "let it run, in batches where it costs too much, or check afterwards what it would have checked"
            : "leave it enabled, or drop it once no code relies on it; enable it again in the same transaction where only this migration's own writes are to bypass it"
        )
      )
    ]
  }

  private func isEnabledAgain(
    _ selection: AlterTable.TriggerSelection,
    of table: QualifiedName,
    after context: StatementContext
  ) -> Bool {
    context.migration.script.statements.dropFirst(context.index + 1).contains { statement in
      guard case .alterTable(let alter) = statement.kind, context.before.qualified(alter.relation.name) == table else {
        return false
      }
      return alter.actions.contains { action in
        guard case .setTrigger(let other, let mode) = action.kind, !mode.isOff else { return false }
        return other == selection || other == .all || other == .user && selection != .all
      }
    }
  }
}

extension AlterTable.FiringMode {
  /// Whether it does nothing when an application writes.
  fileprivate var isOff: Bool { self == .disabled || self == .replica }
}

extension Finding.Message {
  fileprivate static func disabling(_ disabled: [AlterTable.TriggerSelection], of table: QualifiedName) -> Self {
    if disabled.contains(.all) {
      return """
        disabling all triggers of \(table.displayName) switches off its foreign keys too: rows that break them stay \
        unnoticed for good
        """
    }
    let names = disabled.compactMap { if case .named(let name) = $0 { name.quotedIdentifier } else { nil } }
    let what = disabled.contains(.user) ? "the triggers" : names.named("trigger", "triggers")
    let keeps = what.hasPrefix("trigger ") ? "it checks and keeps" : "they check and keep"
    return "with \(what) of \(table.displayName) disabled, rows are written without what \(keeps) up to date"
  }
}
