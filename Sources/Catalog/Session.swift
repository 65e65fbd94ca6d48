import Syntax

/// The settings of a session that change what names mean and what statements do.
package struct Session: Hashable, Sendable {
  package private(set) var searchPath = ["public"]
  /// `nil` where neither the history nor the project sets it: the server's own, which nobody knows.
  package private(set) var timeZone: String?
  /// The zone in which sessions begin, as far as the project tells.
  package let usualTimeZone: String?
  /// The day on which the migration runs, which functions put into names; `nil` where it is not known.
  package let today: CalendarDate?
  /// The names of prepared statements.
  package var prepared: Set<String> = []
  /// The names of cursors that statements declared.
  package private(set) var cursors: Set<String> = []
  private var heldCursors: Set<String> = []
  /// Whether it ran a block of code.
  package private(set) var hasRunCode = false
  package private(set) var checksFunctionBodies = false
  /// The role that SET ROLE or SET SESSION AUTHORIZATION chose; `nil` for the one that logged in.
  package private(set) var role: String?
  /// Whether it sends the next statement after one that failed, as psql does.
  package var goesOnAfterErrors = false
  /// Whether the open transaction only reads, where a statement said so.
  package private(set) var transactionIsReadOnly: Bool?
  private var usuallyReadsOnly = false
  /// The settings to which the session returns when a transaction with SET LOCAL ends.
  private var outside: Settings?

  fileprivate struct Settings: Hashable, Sendable {
    var searchPath: [String]
    var timeZone: String?
    var checksFunctionBodies = true
    var usuallyReadsOnly = false
  }

  /// Whether the next statement runs in a transaction that only reads.
  package var isReadOnly: Bool { transactionIsReadOnly ?? usuallyReadsOnly }

  /// BEGIN, with what it says of the transaction; nothing that is set later for other transactions changes it.
  package mutating func beginTransaction(isReadOnly: Bool?) {
    transactionIsReadOnly = isReadOnly ?? transactionIsReadOnly ?? usuallyReadsOnly
  }

  package init(today: CalendarDate? = nil, timeZone: String? = nil) {
    self.today = today
    self.timeZone = timeZone
    usualTimeZone = timeZone
  }

  /// What has run already had bodies that PostgreSQL took; those of what is judged are checked.
  package mutating func checkFunctionBodies() { checksFunctionBodies = true }

  // MARK: - Cursors

  /// False where there is one of the name.
  package mutating func declare(cursor name: String, isHeld: Bool) -> Bool {
    if isHeld { heldCursors.insert(name) } else { heldCursors.remove(name) }
    return cursors.insert(name).inserted
  }

  /// `nil` closes all of them.
  package mutating func close(cursor name: String?) {
    guard let name else {
      cursors = []
      return
    }
    cursors.remove(name)
  }

  package mutating func noteCode() { hasRunCode = true }

  /// The schema in which an object without one is made.
  package var creationSchema: String { searchPath.first ?? "public" }

  package mutating func set(_ parameter: SetParameter) {
    guard parameter.scope == .session || parameter.scope == .transaction else { return }
    if parameter.scope == .transaction, outside == nil { outside = settings }
    settings.set(parameter, usualTimeZone: usualTimeZone)
    switch parameter.name?.lowercased() {
    case "role", "session_authorization":
      role = parameter.values?.first.flatMap { $0.lowercased() == "none" ? nil : $0 }
    case "transaction", "transaction_read_only": transactionIsReadOnly = parameter.readsOnly ?? transactionIsReadOnly
    default: break
    }
    // What SET LOCAL hides until the transaction ends.
    if parameter.scope == .session { outside?.set(parameter, usualTimeZone: usualTimeZone) }
  }

  /// Whether something in it ends with the transaction.
  var hasLocalState: Bool { outside != nil || transactionIsReadOnly != nil || !cursors.isEmpty }

  /// The transaction ends: what SET LOCAL set is gone.
  package mutating func endTransaction() {
    transactionIsReadOnly = nil
    if !cursors.isEmpty { cursors.formIntersection(heldCursors) }
    guard let outside else { return }
    settings = outside
    self.outside = nil
  }

  /// Runs with a schema in front of the search path, as CREATE SCHEMA does with its elements.
  package mutating func search(_ schema: String) { searchPath.insert(schema, at: 0) }

  package mutating func stopSearching(_ schema: String) {
    if searchPath.first == schema { searchPath.removeFirst() }
  }

  private var settings: Settings {
    get {
      Settings(
        searchPath: searchPath,
        timeZone: timeZone,
        checksFunctionBodies: checksFunctionBodies,
        usuallyReadsOnly: usuallyReadsOnly
      )
    }
    set {
      searchPath = newValue.searchPath
      timeZone = newValue.timeZone
      checksFunctionBodies = newValue.checksFunctionBodies
      usuallyReadsOnly = newValue.usuallyReadsOnly
    }
  }
}

extension Session.Settings {
  fileprivate mutating func set(_ parameter: SetParameter, usualTimeZone: String?) {
    switch parameter.name?.lowercased() {
    case "search_path": searchPath = parameter.values.map(Self.searchPath) ?? ["public"]
    case "timezone": timeZone = parameter.values?.first ?? usualTimeZone
    case "check_function_bodies":
      checksFunctionBodies = !["off", "false", "no", "0"].contains(parameter.values?.first?.lowercased() ?? "on")
    case "session characteristics", "default_transaction_read_only":
      usuallyReadsOnly = parameter.isReset || parameter.values == nil ? false : parameter.readsOnly ?? usuallyReadsOnly
    case nil: self = Self(searchPath: ["public"], timeZone: usualTimeZone)
    default: break
    }
  }

  /// The schemas that are searched besides `pg_catalog`; nobody knows whether the role has a schema of its own.
  private static func searchPath(_ names: [String]) -> [String] {
    names.map { $0.hasPrefix("\"") && $0.count > 1 ? String($0.dropFirst().dropLast()) : $0 }
      .filter { !["$user", "pg_catalog", ""].contains($0) }
  }
}

extension SetParameter {
  /// Whether transactions only read by what it sets; `nil` where it does not say.
  fileprivate var readsOnly: Bool? {
    if let readOnly { return readOnly }
    guard name?.hasSuffix("transaction_read_only") == true, let value = values?.first else { return nil }
    return !["off", "false", "no", "0", "f", "n"].contains(value.lowercased())
  }
}
