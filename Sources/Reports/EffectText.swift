import Catalog
import Execution
import Linting
import Syntax

extension Effect {
  /// What is done and why. A rewrite builds the indexes anew, which goes without saying.
  package var workSentences: [String] {
    let rewrites = Set(work.filter { $0.work == .rewrite }.map(\.cause))
    return work.filter { $0.work != .indexBuild || !rewrites.contains($0.cause) }.map(\.sentence)
  }
}

extension [Effect] {
  /// What is done to them and why, each once; of much the beginning, as each finding about a statement tells it.
  var briefWorkSentences: [String] {
    let items = lazy.flatMap { effect in
      effect.work.lazy.filter { item in
        item.work != .indexBuild || !effect.work.contains { $0.work == .rewrite && $0.cause == item.cause }
      }
    }
    var said: Set<String> = []
    var sentences: [String] = []
    for item in items where said.insert(item.sentence).inserted {
      if sentences.count == 8 { return sentences + ["and more of that kind"] }
      sentences.append(item.sentence.visible)
    }
    return sentences
  }
}

extension WorkItem {
  /// What is done and why, such as `whole table rewritten (title changes its type)`.
  package var sentence: String {
    let work =
      switch work {
      case .rewrite: "the table and its indexes written anew"
      case .scan: "every row read"
      case .indexBuild: cause.isConcurrent ? "index built while writes go on" : "index built"
      case .foreignKeyValidation: "every row checked against the referenced table"
      }
    return "\(work) (\(cause.phrase))"
  }
}

extension WorkCause {
  fileprivate var isConcurrent: Bool {
    switch self {
    case .index(_, let isConcurrent), .reindex(let isConcurrent), .refresh(let isConcurrent, _): isConcurrent
    default: false
    }
  }

  fileprivate var phrase: String {
    switch self {
    case .volatileDefault(let column, let function, let isCertain):
      isCertain
        ? "each row gets its own \(function)() in \(column.quotedIdentifier)"
        : "unless \(function)(), the default of \(column.quotedIdentifier), is not volatile"
    case .sequenceDefault(let column): "each row gets its own number in \(column.quotedIdentifier)"
    case .storedGeneratedColumn(let column): "\(column.quotedIdentifier) is computed for each row"
    case .constrainedDomain(let column, let domain):
      "the constraint of domain \(domain) is checked for \(column.quotedIdentifier)"
    case .typeChange(let column, _, _): "\(column.quotedIdentifier) changes its type"
    case .notNull(let column): "\(column.quotedIdentifier) is checked for nulls"
    case .check(let constraint, let column): "\(named("check", constraint, on: column)) is proved"
    case .foreignKey(let constraint, let column, let referenced):
      "\(named("foreign key", constraint, on: column)) to \(referenced) is proved"
    case .unique(let constraint, let column): named("unique constraint", constraint, on: column)
    case .primaryKey(let constraint, let column): named("primary key", constraint, on: column)
    case .exclusion(let constraint): named("exclusion constraint", constraint, on: nil)
    case .index(let name, _): named("index", name, on: nil)
    case .validation(let constraint): "constraint \(constraint.quotedIdentifier) is validated"
    case .partitionBound(let partition): "rows of \(partition) are checked against its bound"
    case .defaultPartition(let table): "the default partition of \(table) must hold none of the new partition's rows"
    case .domainConstraint(let domain): "a constraint of domain \(domain) is proved"
    case .storage(let command): command
    case .reindex: "the index is built anew"
    case .refresh: "the view's query runs"
    case .dataChange: "rows are picked and changed"
    case .referencingRows(let constraint):
      "once for each row that foreign key \(constraint.quotedIdentifier) points to, as no index leads with its columns"
    case .rowsPointingInto(let partition, let constraint):
      "foreign key \(constraint.quotedIdentifier) must point to no row of \(partition)"
    }
  }

  private func named(_ kind: String, _ name: String?, on column: String?) -> String {
    if let name { return "\(kind) \(name.quotedIdentifier)" }
    if let column { return "\(kind) of \(column.quotedIdentifier)" }
    return kind
  }
}

extension DataLoss {
  /// What is gone for good, such as `all rows of public.clips`.
  package var sentence: String {
    switch self {
    case .table(let table): "table \(table) with all its rows"
    case .column(let column, let table): "column \(column.quotedIdentifier) of \(table)"
    case .rows(let table, let isBounded): isBounded ? "some rows of \(table)" : "all rows of \(table)"
    case .narrowing(let column, let table):
      "values of \(column.quotedIdentifier) of \(table) that do not fit its new type"
    case .object(.role, let name): "all that role \(name) owns"
    case .object(.extension, let name): "columns of extension \(name)'s types"
    case .object(let kind, let name): "\(kind.rawValue.lowercased()) \(name)"
    }
  }
}

extension CatalogDifference {
  /// What is not as before, such as `column email of users is left over`.
  package var sentence: String {
    switch kind {
    case .missing: "\(object) is missing"
    case .changed: "\(object) is not as it was"
    case .leftOver: "\(object) is left over"
    }
  }
}

extension Irreversibility {
  /// Why all does not come back, such as `column email of users is left over`.
  package var sentence: String {
    switch self {
    case .noDownMigration: "there is no down migration"
    case .empty: "the down migration has no statement"
    case .unreadable(let reason): "the down migration cannot be read: \(reason)"
    case .syntaxError: "PostgreSQL cannot parse all of the down migration"
    case .refused(let statement, let reason):
      "PostgreSQL refuses `\(statement.firstLine)` of the down migration: \(reason)"
    case .differs(let difference): difference.sentence
    case .loses(let loss): "the data of \(loss.sentence) is gone for good"
    case .overwrites(let item):
      "what was in column \(item.column.quotedIdentifier) of \(item.table) is overwritten"
    case .unknown: "the files do not tell all that the migration does"
    }
  }
}

extension Breakage {
  /// Which running code stops working, such as `code that uses public.clips, which is gone`.
  package var sentence: String { "code that \(reliance)\(outcome.map { ", which \($0)" } ?? "")" }

  /// What the code does that stops working, such as `uses public.clips`.
  package var reliance: String {
    switch self {
    case .relationGone(let relation), .relationRenamed(let relation, _): "uses \(relation)"
    case .columnGone(let column, let table), .columnRenamed(let column, let table, _):
      "uses column \(column.quotedIdentifier) of \(table)"
    case .insertFails(let column, let table): "inserts into \(table) without a value for \(column.quotedIdentifier)"
    case .columnTypeChanged(let column, let table):
      "relies on the type of column \(column.quotedIdentifier) of \(table)"
    case .partGone(let kind, let part, let whole):
      "relies on \(kind.rawValue.lowercased()) \(part.quotedIdentifier) of \(whole)"
    case .attributeRenamed(let attribute, let type, _): "uses attribute \(attribute.quotedIdentifier) of \(type)"
    case .enumValueRenamed(let value, let type, _): "uses value \(value.quotedLiteral) of \(type)"
    case .privilegesGone(let place): "does as role \(place.role.sql) what it was given on \(place.description)"
    case .constraintGone(let constraint, let table):
      "relies on constraint \(constraint.quotedIdentifier) of \(table)"
    case .primaryKeyGone(let table): "relies on the primary key of \(table)"
    case .uniquenessLost(let key, _, let table): "inserts into \(table) ON CONFLICT \(key.sql)"
    case .objectGone(let kind, let name), .objectRenamed(let kind, let name, _):
      "uses \(kind.rawValue.lowercased()) \(name)"
    case .dependentGone(let part): "relies on \(part)"
    }
  }

  /// What has become of what it uses, where that is to be said.
  private var outcome: String? {
    switch self {
    case .relationGone, .columnGone, .partGone, .constraintGone, .primaryKeyGone, .objectGone: "is gone"
    case .relationRenamed(_, let name): "is now \(name)"
    case .columnRenamed(_, _, let name), .attributeRenamed(_, _, let name): "is now \(name.quotedIdentifier)"
    case .enumValueRenamed(_, _, let name): "is now \(name.quotedLiteral)"
    case .objectRenamed(_, _, let name): "is now \(name)"
    case .uniquenessLost: "nothing keeps unique any more"
    case .dependentGone: "goes with it"
    case .insertFails, .columnTypeChanged, .privilegesGone: nil
    }
  }
}

extension Assessment.Reason {
  /// Why a statement has its risk, such as `takes away all rows of public.clips`.
  package var sentence: String {
    switch self {
    case .unknown(let what): "the files do not tell \(what)"
    case .work(let effect):
      "works on every row of \(effect.relation), which \(effect.size == .large ? "is large and " : "")"
        + effect.lock.blockPhrase
    case .smallness(let relation): "\(relation) is small"
    case .loss(let loss): "takes away \(loss.sentence)"
    case .breakage(let breakage): "breaks \(breakage.sentence)"
    case .command(let words): words
    }
  }
}

extension LockMode {
  /// What other sessions wait for, such as `blocks writes and schema changes`.
  package var blockPhrase: String {
    let activities = blocks.map(\.rawValue)
    guard let last = activities.last else { return "blocks nothing" }
    guard activities.count > 1 else { return "blocks \(last)" }
    return "blocks \(activities.dropLast().joined(separator: ", ")) and \(last)"
  }
}

extension Double {
  /// `about 40 seconds`, `about 3 minutes`.
  package var inWords: String {
    if self < 1 { return "less than a second" }
    let units: [(seconds: Double, one: String, many: String)] = [
      (86_400, "day", "days"), (3_600, "hour", "hours"), (60, "minute", "minutes"), (1, "second", "seconds"),
    ]
    for unit in units where self >= unit.seconds * (unit.seconds == 1 ? 1 : 2) {
      let count = (self / unit.seconds).rounded()
      return "about \(Int(Swift.min(count, 1_000_000))) \(count == 1 ? unit.one : unit.many)"
    }
    return "about a second"
  }
}
