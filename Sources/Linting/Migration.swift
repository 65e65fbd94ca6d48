import Syntax

/// One file of a history, in one direction.
package struct Migration: Sendable {
  package enum Direction: String, Hashable, Sendable { case up, down }

  /// How the runner sends the file's statements.
  package enum TransactionMode: String, CaseIterable, Hashable, Sendable {
    /// All in one simple query: several statements share an implicit transaction.
    case implicit
    /// Wrapped in BEGIN and COMMIT by the runner.
    case wrapped
    /// Wrapped likewise, but a statement that PostgreSQL refuses there runs alone: what stands before it is committed
    /// first, and what follows begins anew.
    case split
    /// One at a time, each in a transaction of its own.
    case none
  }

  /// What a runner does when PostgreSQL refuses a statement.
  package struct Failure: Hashable, Sendable {
    /// What it records, as a clause.
    package let state: String
    /// What people then do, as a clause.
    package let recovery: String

    package init(_ state: String, recovery: String) {
      self.state = state
      self.recovery = recovery
    }
  }

  /// The file, as the user gave its path; relative ones stay relative.
  package let path: String
  /// As the file name has it, with leading zeros; `nil` for a plain file.
  package let version: String?
  package let name: String
  package let direction: Direction
  /// The runner's name, such as `golang-migrate`.
  package let runner: String
  package let transactionMode: TransactionMode
  package let script: Script
  /// Statements of ``script`` that the runner sends in one query, where ``transactionMode`` does not tell: some of those
  /// that it sends one at a time, or all of a wrapped file.
  package let queries: [Range<Int>]
  /// Why the runner refuses to run the file at all, for the end of a sentence; `nil` where it does not.
  package let refusal: String?
  /// Whether the runner has no way to send it without the transaction that it begins.
  package let isAlwaysWrapped: Bool
  /// Whether the runner goes on with the next statement where PostgreSQL refuses one.
  package let goesOnAfterErrors: Bool
  /// What the runner leaves when PostgreSQL refuses one of the statements, and the way on.
  package let failure: Failure
  /// Why the file could not be read, and the way out; its script is then empty.
  package let unreadable: String?
  /// What the file names and could not be read.
  package private(set) var unreadParts: [UnreadPart]
  /// False for a migration that only builds the schema for the ones that were asked for.
  package private(set) var isReported: Bool
  /// By what the runner knows the migration; that of two files it takes for one is equal.
  package let identity: String
  package let status: Status
  /// Whether it runs again when its text changes: it has no down migration, and an edit of it is nothing amiss.
  package let isRepeatable: Bool

  package init(
    path: String,
    version: String?,
    name: String,
    direction: Direction,
    runner: String,
    transactionMode: TransactionMode,
    script: Script,
    queries: [Range<Int>] = [],
    refusal: String? = nil,
    isAlwaysWrapped: Bool = false,
    goesOnAfterErrors: Bool = false,
    failure: Failure = Failure("nothing else of it runs", recovery: "fix the file and run it again"),
    unreadable: String? = nil,
    unreadParts: [UnreadPart] = [],
    isReported: Bool = true,
    identity: String? = nil,
    status: Status = .pending,
    isRepeatable: Bool = false
  ) {
    self.path = path
    self.version = version
    self.name = name
    self.direction = direction
    self.runner = runner
    self.transactionMode = transactionMode
    self.script = script
    self.queries = queries
    self.refusal = refusal
    self.isAlwaysWrapped = isAlwaysWrapped
    self.goesOnAfterErrors = goesOnAfterErrors
    self.failure = failure
    self.unreadable = unreadable
    self.unreadParts = unreadParts
    self.isReported = isReported
    self.identity = identity ?? path
    self.status = status
    self.isRepeatable = isRepeatable
  }

  /// The same with a part that is in its script for nothing.
  package func lacking(_ part: UnreadPart) -> Self {
    var migration = self
    migration.unreadParts.append(part)
    return migration
  }

  /// What stands for the configuration of a project in a report.
  package static func configuration(path: String, text: [UInt8], loosened: [String], on branch: String) -> Self {
    Migration(
      path: path,
      version: nil,
      name: path,
      direction: .up,
      runner: "sqllint",
      transactionMode: .none,
      script: Script(source: SourceText(path: path, utf8: text), statements: [], comments: []),
      status: .configuration(loosened: loosened, branch: branch)
    )
  }

  var unreported: Self {
    var migration = self
    migration.isReported = false
    return migration
  }
}

extension Migration {
  /// A part of a script that stands for a file which cannot be read.
  package struct UnreadPart: Hashable, Sendable {
    /// In bytes of the script.
    package let range: Range<Int>
    /// Why, for people.
    package let reason: String

    package init(range: Range<Int>, reason: String) {
      self.range = range
      self.reason = reason
    }
  }

  /// What will become of a migration, as far as is known.
  package enum Status: Hashable, Sendable {
    /// The runner runs it; whether it did already is not known.
    case pending
    /// Not on the branch that it goes to. `newest` is the version of a migration there that comes after it.
    case new(newest: String?, branch: String)
    /// On the branch.
    case released
    /// On the branch with another text.
    case edited(branch: String)
    /// On the branch, and not here any more.
    case deleted(branch: String)
    /// It looks like a migration, and the runner leaves it out for this reason.
    case misnamed(reason: String)
    /// It is no migration but the configuration, which asks for less than that of the branch by these keys.
    case configuration(loosened: [String], branch: String)

    /// Whether the migration is still to run, so that there is something to judge.
    package var isToRun: Bool {
      switch self {
      case .pending, .new: true
      case .released, .edited, .deleted, .misnamed, .configuration: false
      }
    }
  }

  /// The version as a number; `nil` where it is none.
  package var number: UInt64? { version.flatMap { UInt64($0) } }

  /// Whether a text names the migration: its version, with leading zeros or without, or the name of one that has none.
  package func isNamed(_ text: String) -> Bool {
    guard let version else { return name == text }
    return version == text || number.map { UInt64(text) == $0 } ?? false
  }

  /// The day that a version such as `20261124093000` names: when the migration was written, and the best guess at when it
  /// runs; `nil` where it names none.
  package var day: CalendarDate? {
    let digits = (version ?? name).utf8.prefix(8)
    guard digits.count == 8, digits.allSatisfy({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }),
      let day = CalendarDate(parsing: String(decoding: digits, as: UTF8.self)),
      (1990...2100).contains(day.parts.year)
    else { return nil }
    return day
  }
}

/// A migration and its down migration.
package struct MigrationPair: Sendable {
  package let up: Migration
  /// `nil` where there is none.
  package let down: Migration?

  package init(up: Migration, down: Migration?) {
    self.up = up
    self.down = down
  }
}

extension Migration {
  /// Whether one of its statements sets a lock_timeout for those behind it.
  package var setsLockTimeout: Bool { script.statements.contains { $0.kind.setsLockTimeout } }
}

extension Statement.Kind {
  fileprivate var setsLockTimeout: Bool {
    switch self {
    case .set(let parameter):
      return (parameter.scope == .session || parameter.scope == .transaction) && parameter.values != nil
        && parameter.name?.lowercased() == "lock_timeout"
    case .query(.select(let select)):
      return select.targets.contains { target in
        guard case .call(let call) = target.expression, call.name.name == "set_config" else { return false }
        return call.arguments.first == .constant(.string("lock_timeout"))
      }
    default: return false
    }
  }
}
