import Syntax

/// The settings that change what names mean and what statements do.
struct SessionSettings: Hashable, Sendable {
  var searchPath = ["public"]
  var timeZone: String?

  fileprivate mutating func set(_ parameter: SetParameter) {
    switch parameter.name?.lowercased() {
    case "search_path": searchPath = parameter.values.map(Self.searchPath) ?? ["public"]
    case "timezone": timeZone = parameter.values?.first
    case nil: self = SessionSettings()
    default: break
    }
  }

  /// The schemas that are searched besides `pg_catalog`; nobody knows whether the role has a schema of its own.
  private static func searchPath(_ names: [String]) -> [String] {
    names.map { $0.hasPrefix("\"") && $0.count > 1 ? String($0.dropFirst().dropLast()) : $0 }
      .filter { !["$user", "pg_catalog", ""].contains($0) }
  }
}

extension Schema {
  mutating func set(_ parameter: SetParameter) {
    guard parameter.scope == .session || parameter.scope == .transaction else { return }
    if parameter.scope == .transaction, sessionSettings == nil { sessionSettings = settings }
    settings.set(parameter)
    // What SET LOCAL hides until the transaction ends.
    if parameter.scope == .session { sessionSettings?.set(parameter) }
  }

  /// `set_config(name, value, is_local)`
  mutating func setConfiguration(_ arguments: [Expression]) {
    guard arguments.count >= 2, case .constant(.string(let name)) = arguments[0],
      case .constant(.string(let value)) = arguments[1]
    else { return }
    let isLocal = arguments.count > 2 && arguments[2] == .constant(.boolean(true))
    let names = value.split(separator: ",").map { String($0).trimmingSpaces }
    set(
      SetParameter(scope: isLocal ? .transaction : .session, name: name, values: names, isReset: false)
    )
  }

  private var settings: SessionSettings {
    get { SessionSettings(searchPath: searchPath, timeZone: timeZone) }
    set {
      searchPath = newValue.searchPath
      timeZone = newValue.timeZone
    }
  }

  /// The transaction ends: what SET LOCAL set is gone.
  package mutating func endTransaction() {
    guard let session = sessionSettings else { return }
    settings = session
    sessionSettings = nil
  }

  /// A session ends, and its temporary relations with it.
  mutating func discardTemporary() {
    func isTemporary(_ name: QualifiedName) -> Bool { name.schema == Self.temporary }
    guard
      tables.keys.contains(where: isTemporary) || views.keys.contains(where: isTemporary)
        || sequences.keys.contains(where: isTemporary)
    else { return }
    for name in tables.keys.filter(isTemporary) { remove(.table(name)) }
    for name in views.keys.filter(isTemporary) { remove(.view(name)) }
    for name in sequences.keys.filter(isTemporary) { remove(.sequence(name)) }
  }

  package mutating func beginSession() {
    discardTemporary()
    settings = SessionSettings()
    sessionSettings = nil
  }
}

extension String {
  fileprivate var trimmingSpaces: String {
    String(drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
  }
}
