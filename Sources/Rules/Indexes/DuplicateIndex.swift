import Catalog
import Linting
import Syntax

struct DuplicateIndex: StatementRule {
  let id = "duplicate-index"
  let summary = "Another index of the table serves all queries that this one does."
  let risk = Risk.low
  let explanation = """
    An index costs each INSERT and most UPDATEs a write, memory and disk. One that begins with the columns of \
    another, in the same order, with the same method and the same condition, serves every query that the other does; \
    a primary key and a unique constraint have indexes too.

    Leave it out, or drop the shorter one. A unique index stays where nothing else keeps the same columns unique.
    """
  let alternative = "CREATE INDEX CONCURRENTLY clips_user_id_made_at_idx ON clips (user_id, made_at);"
  let reference = "https://www.postgresql.org/docs/current/indexes-multicolumn.html"
  let examples: [RuleExample] = [
    .bad(
      "the columns of a primary key",
      history: ["CREATE TABLE clips (id bigint PRIMARY KEY);"],
      "CREATE INDEX CONCURRENTLY clips_id_idx ON clips (id);"
    ),
    .bad(
      "the first columns of another index",
      history: [
        "CREATE TABLE clips (user_id bigint, made_at date);",
        "CREATE INDEX CONCURRENTLY clips_user_id_made_at_idx ON clips (user_id, made_at);",
      ],
      "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);"
    ),
    .bad(
      "a table made in the same migration",
      "CREATE TABLE clips (id bigint PRIMARY KEY);\nCREATE UNIQUE INDEX clips_id_idx ON clips (id);"
    ),
    .good(
      "another order, and the rows of a condition",
      history: ["CREATE TABLE clips (user_id bigint, made_at date, PRIMARY KEY (user_id, made_at));"],
      "CREATE INDEX CONCURRENTLY clips_made_at_idx ON clips (made_at) WHERE user_id IS NULL;"
    ),
    .good(
      "unique where the other is not",
      history: [
        "CREATE TABLE clips (user_id bigint);", "CREATE INDEX CONCURRENTLY clips_user_id_idx ON clips (user_id);",
      ],
      "CREATE UNIQUE INDEX CONCURRENTLY clips_user_id_key ON clips (user_id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    guard case .createIndex(let statement) = context.statement.kind else { return [] }
    let table = context.after.qualified(statement.relation.name)
    let indexes = context.after.catalog.indexes(of: table)
    // A table with more is none that a person wrote.
    guard indexes.count <= 100, let new = indexes.last, !context.before.catalog.indexes.contains(new.name),
      let other = indexes.dropLast().first(where: { $0.serves(new) })
    else { return [] }
    return [
      context.finding(
        self,
        .adding(new, beside: other),
        leftover: .duplicate(index: new.name, of: other.name),
        fix: Finding.Fix("leave it out, or drop \(other.name.name.quotedIdentifier) if that one is to go")
      )
    ]
  }
}

extension Index {
  /// Whether every query that `other` could serve is served as well by this one, which keeps the same unique too.
  fileprivate func serves(_ other: Index) -> Bool {
    let (own, new) = (definition, other.definition)
    guard isValid, own.method == new.method, own.predicate == new.predicate, !new.isUnique || own.isUnique,
      own.elements.count >= new.elements.count,
      own.elements.count == new.elements.count || own.method == "btree" && !new.isUnique,
      zip(own.elements, new.elements).allSatisfy({ $0.sorts(like: $1) })
    else { return false }
    return Set(new.including).isSubset(of: own.including + keyNames)
  }

  private var keyNames: [String] {
    definition.elements.compactMap { if case .column(let name) = $0.key { name } else { nil } }
  }
}

extension IndexElement {
  fileprivate func sorts(like other: IndexElement) -> Bool {
    key == other.key && collation == other.collation && operatorClass == other.operatorClass
      && isDescending == other.isDescending && nullsComeFirst == other.nullsComeFirst
  }

  private var isDescending: Bool { direction == .descending }

  private var nullsComeFirst: Bool { nulls == .unspecified ? isDescending : nulls == .first }
}

extension Finding.Message {
  fileprivate static func adding(_ index: Index, beside other: Index) -> Self {
    let words = index.definition.elements.count == other.definition.elements.count ? "has" : "begins with"
    return """
      \(index.name.name.quotedIdentifier) of \(index.table.displayName) serves no query that \
      \(other.name.name.quotedIdentifier) does not, which \(words) the same columns, and costs every write
      """
  }
}
