import Catalog
import Execution
import Linting
import Syntax

struct ObjectRenamed: StatementRule {
  let id = "object-renamed"
  let summary = "Running code that uses the old name of a view, function, type or enum value breaks."
  let risk = Risk.medium
  let explanation = """
    A rename, or a move to another schema, is instant for the database and instant for its users: code that runs now \
    and uses the old name fails until the new code is everywhere. No query names indexes, constraints and triggers, \
    so renaming those is harmless.

    A value of an enum and an attribute of a composite type are data as well as names, at High: code that writes the \
    old value, compares with it or does not know the new one when it reads it fails. Make the new one beside the old \
    one, let the code use it, and leave the old one or remove it in a later deployment.
    """
  let alternative = """
    ALTER VIEW active_users RENAME TO members;
    CREATE VIEW active_users AS SELECT * FROM members;
    -- drop active_users in a later deployment, when no code reads it
    """
  let reference = "https://www.postgresql.org/docs/current/sql-altertype.html"
  let examples: [RuleExample] = [
    .bad(
      "a view",
      history: ["CREATE TABLE users (id bigint);", "CREATE VIEW active_users AS SELECT id FROM users;"],
      "ALTER VIEW active_users RENAME TO members;"
    ),
    .bad(
      "a value of an enum, at High",
      history: ["CREATE TYPE size AS ENUM ('s', 'm');"],
      "ALTER TYPE size RENAME VALUE 's' TO 'small';"
    ),
    .bad(
      "an attribute of a type, at High",
      history: ["CREATE TYPE point3 AS (x integer, y integer);"],
      "ALTER TYPE point3 RENAME ATTRIBUTE x TO horizontal;"
    ),
    .bad(
      "a function that moves",
      history: ["CREATE SCHEMA app;", "CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"],
      "ALTER FUNCTION one() SET SCHEMA app;"
    ),
    .good(
      "an index, which no query names",
      history: ["CREATE TABLE users (id bigint);", "CREATE INDEX CONCURRENTLY users_id ON users (id);"],
      "ALTER INDEX users_id RENAME TO users_id_idx;"
    ),
    .good(
      "a type made in the same migration",
      "CREATE TYPE size AS ENUM ('s', 'm');\nALTER TYPE size RENAME TO shirt_size;"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    switch context.statement.kind {
    case .rename, .setSchema, .alterEnum: break
    default: return []
    }
    return context.effects.breaks.compactMap { breakage in
      guard let finding = judged(breakage, in: context) else { return nil }
      return context.finding(
        self,
        finding.message,
        risk: finding.risk,
        fix: fix(for: breakage, in: context),
        breaks: [breakage]
      )
    }
  }

  private func judged(_ breakage: Breakage, in context: StatementContext) -> (message: Finding.Message, risk: Risk)? {
    switch breakage {
    case .objectRenamed(let kind, let name, let new):
      let isMove = if case .setSchema = context.statement.kind { true } else { false }
      let newName = isMove ? kind.displayName(new) : new.quotedIdentifier
      return (.renaming("\(kind.words) \(kind.displayName(name))", to: newName), .medium)
    case .relationRenamed(let view, _) where context.effects.isOfView(view):
      let isMaterialized = context.before.catalog.kind(of: view) == .materializedView
      return (
        .renaming("\(isMaterialized ? "materialized " : "")view \(view.displayName)", to: context.newName), .medium
      )
    case .attributeRenamed(let attribute, let type, let new):
      let object = "attribute \(attribute.quotedIdentifier) of \(type.displayName)"
      return (.renaming(object, to: new.quotedIdentifier), .high)
    case .enumValueRenamed(let old, let type, let new): return (.renaming(old, of: type, to: new), .high)
    default: return nil
    }
  }

  private func fix(for breakage: Breakage, in context: StatementContext) -> Finding.Fix {
    switch breakage {
    case .relationRenamed(let view, _):
      let old = context.before.portable(view.schema == "public" ? QualifiedName(view.name) : view)
      return Finding.Fix(
        "leave a view under the old name in the same transaction, and drop it when no code uses it any more",
        migrations: context.newRelation.map { new in
          let kind = context.before.catalog.kind(of: view) == .materializedView ? "MATERIALIZED VIEW" : "VIEW"
          let change =
            new.name == view.name
            ? "SET SCHEMA \((new.schema ?? "public").quotedIdentifier)" : "RENAME TO \(new.name.quotedIdentifier)"
          return context.leavingView(under: old, of: new, by: "ALTER \(kind) \(old) \(change);")
        } ?? []
      )
    case .enumValueRenamed(_, let type, let new):
      let type = type.schema == "public" ? QualifiedName(type.name) : type
      return Finding.Fix(
        "add the new value beside the old one, deploy code that reads both and writes the new one, change the rows that "
          + "have the old one in batches, and leave that one unused",
        migrations: ["ALTER TYPE \(type) ADD VALUE \(new.quotedLiteral);"]
      )
    default:
      return Finding.Fix(
        "make another one under the new name, let the code use that, and drop the old one in a later deployment"
      )
    }
  }
}

extension StatementContext {
  /// The name that the statement gives a relation, with its schema; `nil` where it gives none.
  fileprivate var newRelation: QualifiedName? {
    switch statement.kind {
    case .rename(let rename):
      let old = before.portable(rename.object.name)
      return QualifiedName(schema: old.schema, rename.newName)
    case .setSchema(let move): return QualifiedName(schema: move.newSchema, move.object.name.name)
    default: return nil
    }
  }

  fileprivate var newName: String { newRelation?.displayName ?? "" }
}

extension Finding.Message {
  fileprivate static func renaming(_ object: String, to new: String) -> Self {
    "renaming \(object) to \(new) breaks running code that uses the old name"
  }

  fileprivate static func renaming(_ value: String, of type: QualifiedName, to new: String) -> Self {
    """
    renaming \(value.quotedLiteral) of enum \(type.displayName) to \(new.quotedLiteral) breaks running code that \
    writes or compares with the old value
    """
  }
}
