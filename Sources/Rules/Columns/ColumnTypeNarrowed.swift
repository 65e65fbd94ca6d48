import Catalog
import Execution
import Linting
import Syntax

struct ColumnTypeNarrowed: StatementRule {
  let id = "column-type-narrowed"
  let summary = "Values that the new type cannot hold are refused, rounded or cut."
  let risk = Risk.high
  let tellsOfLoss = true
  let explanation = """
    The new type holds less than the old one. PostgreSQL refuses the statement at the first value that is out of \
    range or too long, and rounds without a word where only digits, fractions of a second or a time of day are lost; \
    a cast in USING cuts what is too long. No down migration brings back what is lost. Running code that writes such \
    a value fails afterwards.

    Look for such values first. A CHECK, NOT VALID and then validated, limits new values as well and rewrites nothing.
    """
  let alternative = """
    ALTER TABLE users ADD CONSTRAINT users_name_length CHECK (char_length(name) <= 50) NOT VALID;
    -- next migration
    ALTER TABLE users VALIDATE CONSTRAINT users_name_length;
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-SET-DATA-TYPE"
  let examples: [RuleExample] = [
    .bad(
      "a shorter varchar",
      history: ["CREATE TABLE users (name varchar(100));"],
      "ALTER TABLE users ALTER COLUMN name TYPE varchar(50);"
    ),
    .bad(
      "bigint to integer",
      history: ["CREATE TABLE users (visits bigint);"],
      "ALTER TABLE users ALTER COLUMN visits TYPE integer;"
    ),
    .bad(
      "timestamptz to date",
      history: ["CREATE TABLE users (seen timestamptz);"],
      "ALTER TABLE users ALTER COLUMN seen TYPE date;"
    ),
    .good(
      "a longer varchar",
      history: ["CREATE TABLE users (name varchar(50));"],
      "ALTER TABLE users ALTER COLUMN name TYPE varchar(100);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .alterTable(let alter) = context.statement.kind else { return [] }
    return context.effects.losses.compactMap { loss in
      guard case .narrowing(let column, let table) = loss,
        let action = alter.actions.first(where: { $0.kind.newType(of: column) != nil }),
        let new = action.kind.newType(of: column), let old = context.before.catalog.tables[table]?.column(column)?.type
      else { return nil }
      let outcome = Outcome(from: old, to: new.type, cuts: new.isCast)
      return context.finding(
        self,
        .narrowing(column, of: table, from: old, to: new.type, outcome),
        at: action.range,
        fix: fix(column, of: context.before.portable(alter.relation.name), from: old, to: new.type)
      )
    }
  }

  private func fix(_ column: String, of table: QualifiedName, from old: TypeName, to new: TypeName) -> Finding.Fix {
    let advice = "look for such values first, and change the code that writes them"
    guard old.isString, new.isString, case .constant(.integer(let length))? = new.modifiers.first else {
      return Finding.Fix(advice + "; then say so with the reason:\n-- sqllint:allow \(id) reason")
    }
    let name = GeneratedName.make(table.name, column, "length").quotedIdentifier
    let condition = "char_length(\(column.quotedIdentifier)) <= \(length)"
    return Finding.Fix(
      advice + "; a check that is validated while reads and writes go on limits the length as well",
      migrations: [
        Finding.Fix.Step(
          "ALTER TABLE \(table) ADD CONSTRAINT \(name) CHECK (\(condition)) NOT VALID;",
          once: "running code writes no longer values"
        ),
        "ALTER TABLE \(table) VALIDATE CONSTRAINT \(name);",
      ]
    )
  }
}

/// What becomes of values that do not fit.
private enum Outcome: String {
  case refused = "fails if a value does not fit"
  case rounded = "rounds its values, and fails if one does not fit"
  case cut = "cuts values that are longer, without a word"
  case withoutTime = "loses the time of day of every value"
  case withoutDate = "loses the date of every value"
  case shortened = "rounds its values"

  init(from old: TypeName, to new: TypeName, cuts: Bool) {
    switch new.name.name {
    case "date": self = .withoutTime
    case "time", "timetz": self = old.name.name.hasPrefix("timestamp") ? .withoutDate : .shortened
    case "timestamp", "timestamptz", "interval": self = .shortened
    case "numeric": self = old.scale.map { $0 <= new.scale ?? 0 } ?? false ? .refused : .rounded
    case "float4", "float8": self = .rounded
    case "int2", "int4", "int8": self = ["int2", "int4", "int8"].contains(old.name.name) ? .refused : .rounded
    default: self = cuts && new.isString ? .cut : .refused
    }
  }
}

extension TypeName {
  /// The digits behind the point of a numeric that says how many it has.
  fileprivate var scale: Int? {
    guard name.name == "numeric", !modifiers.isEmpty else { return nil }
    guard modifiers.count > 1 else { return 0 }
    if case .constant(.integer(let scale)) = modifiers[1] { return scale }
    return nil
  }

  fileprivate var isString: Bool { ["text", "varchar", "bpchar"].contains(name.name) }
}

extension AlterTable.ActionKind {
  /// What the action makes of the column, and whether USING converts it.
  fileprivate func newType(of name: String) -> (type: TypeName, isCast: Bool)? {
    guard case .setType(let column, let definition, let expression) = self, column == name, let type = definition.type
    else { return nil }
    return (type, expression != nil)
  }
}

extension Finding.Message {
  fileprivate static func narrowing(
    _ column: String,
    of table: QualifiedName,
    from old: TypeName,
    to new: TypeName,
    _ outcome: Outcome
  ) -> Self {
    "changing \(column.quotedIdentifier) of \(table.displayName) from \(old.sql) to \(new.sql) \(outcome.rawValue)"
  }
}
