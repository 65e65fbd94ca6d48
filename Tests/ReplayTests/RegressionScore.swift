import Execution
import Foundation
import Linting
import Syntax

/// What PostgreSQL did with one statement of its own regression scripts, one line of a recording.
struct RegressionRecord: Decodable {
  /// Both count from 1, the column in characters.
  let line: Int
  let column: Int
  let sql: String
  let ok: Bool
  let sqlstate: String?
  let message: String?
  /// Its locks were not recorded, as it runs in transactions of its own.
  let alone: Bool?
  /// Whether it stands between BEGIN and COMMIT of the script.
  let isInBlock: Bool?
  /// Relations with the strongest mode that the statement added; those of temporary schemas are named by the schema.
  let locks: [[String]]?

  private enum CodingKeys: String, CodingKey {
    case line, column, sql, ok, sqlstate, message, alone, locks
    case isInBlock = "in_block"
  }

  /// Whether it begins or ends the transaction of a block.
  fileprivate var turnsTransaction: Bool {
    let words = sql.uppercased().split(whereSeparator: { !$0.isLetter })
    guard let word = words.first.map(String.init) else { return false }
    if word == "ROLLBACK" { return !words.contains("TO") }
    return ["BEGIN", "START", "COMMIT", "END", "ABORT"].contains(word)
  }

  /// Whether it is compared: of queries and of what only moves a session along, those that lock something.
  var isCompared: Bool {
    guard (locks ?? []).isEmpty, let word = sql.split(whereSeparator: \.isWhitespace).first else { return true }
    return !Self.unasked.contains(String(word.uppercased().trimmingSuffix(";")))
  }

  private static let unasked: Set = [
    "SELECT", "EXPLAIN", "INSERT", "UPDATE", "DELETE", "VALUES", "WITH", "FETCH", "EXECUTE", "SHOW", "CALL", "DO",
    "COPY",
    "MERGE", "TABLE", "DECLARE", "CLOSE", "BEGIN", "COMMIT", "ROLLBACK", "END", "SAVEPOINT", "RELEASE", "ABORT",
    "START",
  ]

  /// Whether the files can tell the refusal: not one that hangs on rows, roles and rights, the session, or the build.
  var isTold: Bool {
    guard let sqlstate else { return false }
    return !Self.untoldClasses.contains(String(sqlstate.prefix(2))) && !Self.untold.contains(sqlstate)
  }

  private static let untoldClasses: Set = ["22", "23", "25", "26", "34", "57", "58", "P0", "XX"]
  private static let untold: Set = ["42501", "42601", "55P03"]

  /// The locks that are compared, by the names that sqllint uses.
  fileprivate var strongLocks: Set<Lock> {
    Set(
      (locks ?? []).compactMap { pair in
        guard pair.count == 2, let mode = LockMode(name: pair[1]), mode.isCompared else { return nil }
        return Lock(relation: pair[0].replacing(/^pg_temp[^.]*\./, with: "pg_temp."), mode: mode)
      }
    )
  }
}

/// A lock on a relation that stood before the statement.
private struct Lock: Hashable, CustomStringConvertible {
  let relation: String
  let mode: LockMode

  var description: String { "\(mode.name) on \(relation)" }
}

/// What the script's transaction holds on relations already. A recording names only what a statement adds, and none of
/// the relations that a statement makes.
private struct HeldModes {
  private var modes: [String: LockMode] = [:]
  /// Tables that the transaction made, without their schemas: nobody else can reach them.
  private var made: Set<String> = []

  mutating func take(_ record: RegressionRecord, _ report: StatementReport?) {
    if case .createTable(let table)? = report?.statement.kind { made.insert(table.relation.name.name) }
    for lock in record.strongLocks {
      modes[lock.relation] = max(modes[lock.relation] ?? lock.mode, lock.mode)
    }
  }

  /// Whether a lock stops nobody who is not stopped already.
  func covers(_ lock: Lock) -> Bool {
    let name = lock.relation.split(separator: ".").last.map(String.init) ?? lock.relation
    return made.contains(name) || modes[lock.relation].map { $0 >= lock.mode } ?? false
  }
}

extension StatementReport {
  fileprivate var strongLocks: Set<Lock> {
    Set(
      effects.relations
        .filter { $0.lock.isCompared && ![.index, .sequence, .view].contains($0.kind) }
        .map { Lock(relation: $0.relation.description.replacing("\"", with: ""), mode: $0.lock) }
    )
  }
}

extension LockMode {
  fileprivate var isCompared: Bool { self >= .shareUpdateExclusive }
}

/// How well refusals and locks agree with what PostgreSQL did on its own regression scripts.
struct RegressionScore {
  struct Counts {
    var agreed = 0
    var missing = 0
    var wrong = 0

    /// One hundred where there is nothing to be wrong about.
    var precision: Double { agreed + wrong == 0 ? 100 : 100 * Double(agreed) / Double(agreed + wrong) }
    var recall: Double { agreed + missing == 0 ? 100 : 100 * Double(agreed) / Double(agreed + missing) }

    static func += (left: inout Self, right: Self) {
      left.agreed += right.agreed
      left.missing += right.missing
      left.wrong += right.wrong
    }
  }

  private(set) var statements = 0
  private(set) var unmatched = 0
  private(set) var refusals = Counts()
  /// Of the refusals that agree, those with PostgreSQL's own SQLSTATE.
  private(set) var equalStates = 0
  private(set) var locks = Counts()
  /// Where they do not agree, for those who go after it.
  private(set) var differences: [String] = []

  var shareOfEqualStates: Double {
    refusals.agreed == 0 ? 100 : 100 * Double(equalStates) / Double(refusals.agreed)
  }

  init() {}

  /// Compares the recording of a script with the report on it.
  init(_ records: [RegressionRecord], with report: MigrationReport) {
    let source = report.migration.script.source
    let statements = Dictionary(
      report.statements.map { (source.location(of: $0.statement.range.lowerBound), $0) },
      uniquingKeysWith: { $1 }
    )
    var held = HeldModes()
    var isCutOff = false
    for record in records {
      // psql sends statements that `\;` joins as one query; the recordings cut them apart.
      let isJoined = isCutOff || record.sql.hasSuffix("\\")
      isCutOff = record.sql.hasSuffix("\\")
      if isJoined { continue }
      let statement = statements[SourceLocation(line: record.line, column: record.column)]
      if record.isInBlock != true || record.turnsTransaction { held = HeldModes() }
      if record.isCompared {
        if let statement {
          compare(record, with: statement, holding: held, in: URL(filePath: source.path).lastPathComponent)
        } else {
          unmatched += 1
        }
      }
      if record.isInBlock == true, record.ok { held.take(record, statement) }
    }
  }

  private mutating func compare(
    _ record: RegressionRecord,
    with report: StatementReport,
    holding held: HeldModes,
    in file: String
  ) {
    statements += 1
    let place = "\(file):\(record.line)"
    if record.ok {
      if let refusal = report.refusal {
        refusals.wrong += 1
        differences.append("\(place) runs, and is called refused: \(refusal.state.rawValue) \(refusal.message)")
      }
      compareLocks(record, with: report, holding: held, at: place)
    } else if record.isTold {
      let (state, message) = (record.sqlstate ?? "", record.message ?? "")
      if let refusal = report.refusal {
        refusals.agreed += 1
        if refusal.state.rawValue == state {
          equalStates += 1
        } else {
          differences.append("\(place) is refused with \(state) (\(message)), not \(refusal.state.rawValue)")
        }
      } else {
        refusals.missing += 1
        differences.append("\(place) is refused, and nothing says so: \(state) \(message)")
      }
    }
  }

  private mutating func compareLocks(
    _ record: RegressionRecord,
    with report: StatementReport,
    holding held: HeldModes,
    at place: String
  ) {
    let real = record.strongLocks.filter { !held.covers($0) }
    var claimed = report.strongLocks.filter { !held.covers($0) && !$0.relation.hasPrefix("pg_catalog.") }
    if record.alone == true { claimed.formIntersection(real) }
    if record.sql.uppercased().hasPrefix("CREATE TABLE") {
      // The new table did not stand before the statement.
      let relations = Set(real.map(\.relation))
      claimed = claimed.filter { relations.contains($0.relation) }
    }
    locks.agreed += real.intersection(claimed).count
    locks.missing += real.subtracting(claimed).count
    locks.wrong += claimed.subtracting(real).count
    guard real != claimed else { return }
    let missing = real.subtracting(claimed).map(\.description).sorted()
    let wrong = claimed.subtracting(real).map(\.description).sorted()
    differences.append("\(place) locks: missing \(missing), wrong \(wrong)")
  }

  static func += (left: inout Self, right: Self) {
    left.statements += right.statements
    left.unmatched += right.unmatched
    left.refusals += right.refusals
    left.equalStates += right.equalStates
    left.locks += right.locks
    left.differences += right.differences
  }
}

extension String {
  fileprivate func trimmingSuffix(_ character: Character) -> Substring {
    self[..<(lastIndex { $0 != character }.map { index(after: $0) } ?? startIndex)]
  }
}
