import Linting
import Syntax

struct ColumnDefaultRewritesTable: StatementRule {
  let id = "column-default-rewrites-table"
  let alsoKnownAs = [
    "squawk: adding-field-with-default", "eugene: E11", "atlas: PG302",
    "pgfence: add-column-non-constant-default", "strong_migrations: add_column_default",
  ]
  let summary = "A new column whose value differs from row to row rewrites the whole table."
  let risk = Risk.high
  let explanation = """
    A default that is the same for all rows is stored once, whatever the table's size. A volatile one, such as \
    gen_random_uuid(), clock_timestamp() or the sequence behind serial and identity, must be computed for every row: \
    PostgreSQL writes the table and its indexes anew under an ACCESS EXCLUSIVE lock, and nobody can read or write it \
    until that is done.

    now() and CURRENT_TIMESTAMP are the same for the whole statement and rewrite nothing.
    """
  let alternative = """
    ALTER TABLE users ADD COLUMN public_id uuid;
    ALTER TABLE users ALTER COLUMN public_id SET DEFAULT gen_random_uuid();
    -- next migration, in batches until no row is left
    UPDATE users SET public_id = DEFAULT
      WHERE ctid IN (SELECT ctid FROM users WHERE public_id IS NULL LIMIT 10000);
    """
  let reference = "https://www.postgresql.org/docs/current/ddl-alter.html#DDL-ALTER-ADDING-A-COLUMN"
  let examples: [RuleExample] = [
    .bad(
      "a volatile function",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN public_id uuid DEFAULT gen_random_uuid();"
    ),
    .bad(
      "one that must be there, and once only",
      history: ["CREATE TABLE users (id bigint PRIMARY KEY);"],
      "ALTER TABLE users ADD COLUMN public_id uuid NOT NULL DEFAULT gen_random_uuid() UNIQUE;"
    ),
    .bad(
      "serial",
      history: ["CREATE TABLE users (name text);"],
      "ALTER TABLE users ADD COLUMN number serial;"
    ),
    .bad(
      "a function of the team's own that is volatile",
      history: [
        "CREATE TABLE users (id bigint);",
        "CREATE FUNCTION code() RETURNS text LANGUAGE sql AS $$ SELECT md5(random()::text) $$;",
      ],
      "ALTER TABLE users ADD COLUMN invitation text DEFAULT upper(code());"
    ),
    .good(
      "a constant, and now(), which is the same for all rows",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN plan text DEFAULT 'free', ADD COLUMN joined timestamptz DEFAULT now();"
    ),
    .good(
      "the default apart from the column",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN public_id uuid;\n"
        + "ALTER TABLE users ALTER COLUMN public_id SET DEFAULT gen_random_uuid();"
    ),
    .good("a table made in the same migration", "CREATE TABLE users (id bigserial);"),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    context.visibleWork(.rewrite).compactMap { work in
      guard let action = context.action(of: work.item), case .addColumn(let column, _) = action.kind else { return nil }
      switch work.item.cause {
      case .volatileDefault(_, let function, let isCertain):
        return context.finding(
          self,
          isCertain ? .volatile(column, function, work) : .unknown(column, function, work),
          at: action.range,
          risk: isCertain ? nil : .medium,
          fix: context.keepingOthers(fix(for: column, in: context), besides: action)
        )
      case .sequenceDefault:
        return context.finding(
          self,
          .sequence(column, work),
          at: action.range,
          fix: context.keepingOthers(sequenceFix(for: column, in: context), besides: action)
        )
      default: return nil
      }
    }
  }

  private func fix(for column: ColumnDefinition, in context: StatementContext) -> Finding.Fix? {
    let values = column.constraints.compactMap { constraint -> Expression? in
      if case .default(let value) = constraint.kind { value } else { nil }
    }
    guard let value = values.first, let recipe = ColumnRecipe(adding: column, in: context) else { return nil }
    return Finding.Fix(
      "add the column without a value, give new rows the default, and fill old rows in batches"
        + context.committingAdvice,
      migrations: recipe.filled(by: value)
    )
  }

  private func sequenceFix(for column: ColumnDefinition, in context: StatementContext) -> Finding.Fix? {
    guard let recipe = ColumnRecipe(adding: column, in: context) else { return nil }
    return Finding.Fix(
      "add a plain column, number new rows by a sequence of its own, and old ones in batches"
        + context.committingAdvice,
      migrations: recipe.numbered
    )
  }
}

extension Finding.Message {
  fileprivate static func volatile(_ column: ColumnDefinition, _ function: String, _ work: VisibleWork) -> Self {
    """
    adding column \(column.name.quotedIdentifier) with a value of \(function)() for every row rewrites \
    \(work.relation.displayName) and \(work.relation.blocking)
    """
  }

  fileprivate static func unknown(_ column: ColumnDefinition, _ function: String, _ work: VisibleWork) -> Self {
    """
    adding column \(column.name.quotedIdentifier) rewrites \(work.relation.displayName) unless \(function)() is \
    declared STABLE or IMMUTABLE, which these migrations do not tell
    """
  }

  fileprivate static func sequence(_ column: ColumnDefinition, _ work: VisibleWork) -> Self {
    """
    numbering the rows of \(work.relation.displayName) for new column \(column.name.quotedIdentifier) rewrites it and \
    \(work.relation.blocking)
    """
  }
}
