import Catalog
import Execution
import Linting
import Syntax

struct PrimaryKeyBuildsIndex: StatementRule {
  let id = "primary-key-builds-index"
  let alsoKnownAs = ["squawk: adding-serial-primary-key-field"]
  let summary = "A new primary key builds its index while reads and writes wait."
  let risk = Risk.high
  let explanation = """
    ADD PRIMARY KEY builds a unique index under an ACCESS EXCLUSIVE lock: nobody can read or write the table until \
    it is finished. Columns that may be NULL are made NOT NULL, for which PostgreSQL reads every row, even where \
    USING INDEX names an index that is there.

    Make the columns NOT NULL by a validated check, build a unique index CONCURRENTLY, and let the key take it over.
    """
  let alternative = """
    CREATE UNIQUE INDEX CONCURRENTLY jobs_pkey ON jobs (id);
    -- next migration: id is NOT NULL
    ALTER TABLE jobs ADD CONSTRAINT jobs_pkey PRIMARY KEY USING INDEX jobs_pkey;
    """
  let reference =
    "https://www.postgresql.org/docs/current/sql-altertable.html#SQL-ALTERTABLE-DESC-ADD-TABLE-CONSTRAINT-USING-INDEX"
  let examples: [RuleExample] = [
    .bad(
      "of a column that is NOT NULL",
      history: ["CREATE TABLE jobs (id bigint NOT NULL);"],
      "ALTER TABLE jobs ADD PRIMARY KEY (id);"
    ),
    .bad(
      "of columns that may be NULL",
      history: ["CREATE TABLE jobs (id bigint, realm text NOT NULL);"],
      "ALTER TABLE jobs ADD CONSTRAINT jobs_key PRIMARY KEY (realm, id);"
    ),
    .bad(
      "in place of another one",
      history: [
        "CREATE TABLE jobs (id integer PRIMARY KEY, number bigint NOT NULL);",
        "CREATE UNIQUE INDEX CONCURRENTLY jobs_id_idx ON jobs (id);",
      ],
      "ALTER TABLE jobs DROP CONSTRAINT jobs_pkey, ADD PRIMARY KEY (number);"
    ),
    .bad(
      "by an index of a column that may be NULL",
      history: ["CREATE TABLE jobs (id bigint);", "CREATE UNIQUE INDEX CONCURRENTLY jobs_key ON jobs (id);"],
      "ALTER TABLE jobs ADD CONSTRAINT jobs_key PRIMARY KEY USING INDEX jobs_key;"
    ),
    .good(
      "by an index of a column that is NOT NULL",
      history: ["CREATE TABLE jobs (id bigint NOT NULL);", "CREATE UNIQUE INDEX CONCURRENTLY jobs_key ON jobs (id);"],
      "ALTER TABLE jobs ADD CONSTRAINT jobs_key PRIMARY KEY USING INDEX jobs_key;"
    ),
    .good(
      "on a table made in the same migration",
      "CREATE TABLE jobs (id bigint);\nALTER TABLE jobs ADD PRIMARY KEY (id);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let builds = context.visibleWork(.indexBuild).filter(\.isForPrimaryKey)
    let scans = context.visibleWork(.scan).filter(\.isForPrimaryKey)
    guard let work = builds.first ?? scans.first, let action = context.action(of: work.item),
      case .addConstraint(let constraint) = action.kind, case .primaryKey(let key) = constraint.kind
    else { return [] }
    let nullable = context.columnsToCheck(of: key)
    return [
      context.finding(
        self,
        builds.isEmpty ? .checking(nullable, work) : .building(checking: scans.isEmpty ? [] : nullable, work),
        at: action.range,
        fix: context.keepingOthers(fix(constraint, key, nullable, action, in: context), besides: action)
      )
    ]
  }

  private func fix(
    _ constraint: Constraint,
    _ key: KeyConstraint,
    _ nullable: [String],
    _ action: AlterTable.Action,
    in context: StatementContext
  ) -> Finding.Fix? {
    guard case .alterTable(let alter) = context.statement.kind, let name = context.nameOfConstraint(addedBy: action)
    else { return nil }
    let table = context.before.portable(alter.relation.name)
    let advice =
      (nullable.isEmpty ? "" : "make \(nullable.sentenceList) NOT NULL by a validated check, ")
      + (key.existingIndex == nil ? "build a unique index CONCURRENTLY\(context.aloneAdvice), " : "")
      + "and let the key take it over in the next migration"
    guard let known = context.before.table(table), known.kind != .partitionedTable,
      nullable.allSatisfy({ known.column($0) != nil }), key.columns.allSatisfy({ known.column($0) != nil })
    else { return Finding.Fix(advice) }
    let notNull = nullable.flatMap { NotNullRecipe(table: table, column: $0).migrations }
    if key.existingIndex != nil, let text = context.text(of: action) {
      return Finding.Fix(advice, migrations: notNull + ["ALTER TABLE \(table) \(text);"])
    }
    let old = known.primaryKey?.name
    // Both keys may bear one name, and two indexes cannot.
    let index = old == name ? GeneratedName.make(table.name, nil, "new_pkey") : name
    let recipe = ConstraintRecipes(table: table, name: name)
    return Finding.Fix(
      advice,
      migrations: notNull + recipe.primaryKey(constraint, key, index: index, insteadOf: old)
    )
  }
}

extension VisibleWork {
  fileprivate var isForPrimaryKey: Bool { if case .primaryKey(_, nil) = item.cause { true } else { false } }
}

extension StatementContext {
  /// The columns of the key that may be NULL, as far as nothing proves that they are not.
  fileprivate func columnsToCheck(of key: KeyConstraint) -> [String] {
    guard case .alterTable(let alter) = statement.kind else { return [] }
    let name = before.qualified(alter.relation.name)
    let index = key.existingIndex.flatMap { before.catalog.indexes[QualifiedName(schema: name.schema, $0)] }
    let columns = index.map { $0.uniqueKey?.elements.compactMap(\.column) ?? [] } ?? key.columns
    let known = before.catalog.tables[name]
    return columns.filter { known?.column($0)?.isNotNull != true && known?.proof(notNull: $0)?.isValidated != true }
  }
}

extension IndexElement.Key {
  fileprivate var column: String? { if case .column(let name) = self { name } else { nil } }
}

extension Finding.Message {
  fileprivate static func building(checking nullable: [String], _ work: VisibleWork) -> Self {
    let checks =
      nullable.isEmpty ? "" : " and reading every row to see that \(nullable.names) \(nullable.verb) never NULL"
    return "building the index of the primary key\(checks) \(work.relation.blocking) until it is done"
  }

  fileprivate static func checking(_ nullable: [String], _ work: VisibleWork) -> Self {
    """
    reading every row of \(work.relation.displayName) to see that \(nullable.names) of its primary key \
    \(nullable.verb) never NULL \(work.relation.blocking)
    """
  }
}

extension [String] {
  fileprivate var names: String { isEmpty ? "each column" : map(\.quotedIdentifier).sentenceList }
  fileprivate var verb: String { count < 2 ? "is" : "are" }
}
