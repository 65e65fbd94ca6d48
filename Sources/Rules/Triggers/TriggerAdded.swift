import Catalog
import Execution
import Linting
import Syntax

struct TriggerAdded: StatementRule {
  let id = "trigger-added"
  let alsoKnownAs = ["pgfence: create-trigger"]
  let summary = "A new trigger or rule raises errors in, or changes, what running code writes."
  let risk = Risk.low
  let explanation = """
    A trigger runs for the code that is deployed now as well as for the new code, from the moment the migration \
    commits. Where its function raises an exception, statements that worked before fail, at High; where it writes to \
    columns of the new row, values that code wrote are replaced. A rule with INSTEAD does something other than what \
    the code says, at High.

    A trigger that only fills a column of the same migration, as it keeps an old and a new column equal, is how \
    expand steps are done. CREATE TRIGGER itself blocks writes only for a moment.
    """
  let alternative = """
    -- first report what would fail, deploy code that no longer does it, and raise then
    CREATE FUNCTION check_total() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      IF NEW.total < 0 THEN
        RAISE WARNING 'order % has a negative total', NEW.id;
      END IF;
      RETURN NEW;
    END $$;
    """
  let reference = "https://www.postgresql.org/docs/current/trigger-definition.html"
  private static let orders = "CREATE TABLE orders (id bigint, total integer, touched_at timestamptz);"
  private static let trigger = "CREATE TRIGGER t BEFORE UPDATE ON orders FOR EACH ROW EXECUTE FUNCTION f();"
  let examples: [RuleExample] = [
    .bad(
      "whose function raises an exception, at High",
      history: [orders],
      function("BEGIN IF NEW.total < 0 THEN RAISE EXCEPTION 'no'; END IF; RETURN NEW; END") + trigger
    ),
    .bad(
      "that replaces what code wrote",
      history: [orders],
      function("BEGIN NEW.touched_at := now(); RETURN NEW; END") + trigger
    ),
    .bad(
      "a rule that does something else, at High",
      history: [orders],
      "CREATE RULE keep AS ON DELETE TO orders DO INSTEAD NOTHING;"
    ),
    .good(
      "that fills a column of the same migration",
      history: [orders],
      "ALTER TABLE orders ADD COLUMN total_cents bigint;\n"
        + function("BEGIN NEW.total_cents := NEW.total * 100; RETURN NEW; END") + trigger
    ),
    .good(
      "of a table made in the same migration",
      orders + "\n" + function("BEGIN RAISE EXCEPTION 'no'; END") + trigger
    ),
  ]

  private static func function(_ body: String) -> String {
    "CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ \(body) $$;\n"
  }

  func check(_ context: StatementContext) -> [Finding] {
    switch context.statement.kind {
    case .createTrigger(let trigger): check(trigger, context)
    case .createRule(let rule): check(rule, context)
    default: []
    }
  }

  private func check(_ trigger: CreateTrigger, _ context: StatementContext) -> [Finding] {
    let table = context.before.qualified(trigger.relation.name)
    guard !context.replaces(trigger, of: table),
      context.effects.ofUsedRelations.contains(where: { $0.relation == table }),
      let body = context.before.catalog.functions[context.before.qualifiedFunction(trigger.function)]?.first?.definition
        .body.map(TriggerBody.init)
    else { return [] }
    if body.raises {
      return [
        context.finding(
          self,
          .raising(trigger, on: table),
          risk: .high,
          fix: Finding.Fix(
            "let it raise a WARNING first, deploy code that no longer causes it, and let it raise an EXCEPTION then"
          )
        )
      ]
    }
    guard trigger.timing == .before, trigger.isForEachRow else { return [] }
    // A column that the same migration adds is filled by nobody yet.
    let written = body.columns.filter { context.wasThere($0, in: table) }
    guard !written.isEmpty else { return [] }
    return [context.finding(self, .replacing(written, trigger, on: table))]
  }

  private func check(_ rule: CreateRule, _ context: StatementContext) -> [Finding] {
    let table = context.before.qualified(rule.relation.name)
    guard rule.event != .select, !context.effects.isOfView(table),
      context.effects.ofUsedRelations.contains(where: { $0.relation == table })
    else { return [] }
    return [
      context.finding(
        self,
        .rewriting(rule, on: table),
        risk: rule.isInstead ? .high : nil,
        fix: Finding.Fix("use a trigger, which sees the rows and can be tested, once running code no longer does it")
      )
    ]
  }
}

extension Finding.Message {
  fileprivate static func raising(_ trigger: CreateTrigger, on table: QualifiedName) -> Self {
    """
    trigger \(trigger.name.quotedIdentifier) makes \(trigger.eventWords) of running code on \(table.displayName) \
    fail wherever \(trigger.function)() raises an exception
    """
  }

  fileprivate static func replacing(_ columns: [String], _ trigger: CreateTrigger, on table: QualifiedName) -> Self {
    """
    trigger \(trigger.name.quotedIdentifier) replaces what running code writes to \
    \(columns.map(\.quotedIdentifier).shortList) of \(table.displayName)
    """
  }

  fileprivate static func rewriting(_ rule: CreateRule, on table: QualifiedName) -> Self {
    """
    rule \(rule.name.quotedIdentifier) does something \(rule.isInstead ? "else" : "more") than \
    \(rule.event.rawValue.uppercased()) of running code on \(table.displayName) says
    """
  }
}
