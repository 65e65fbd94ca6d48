/// What people type for a runner: one value a runner, nothing of it anywhere else.
///
/// `{folder}`, `{url}`, `{version}`, `{count}`, `{file}`, `{name}` and `{before}` stand for what a migration has.
package struct RunnerCommands: Sendable {
  package let runner: String
  /// Where these commands and their options are documented.
  let manual: String
  /// Says which migrations have run; `nil` where no command does.
  let status: String?
  /// Runs the next one, and no other.
  let upOne: String?
  /// Runs so many.
  let upCount: String?
  /// Runs all up to a version.
  let upTo: String?
  /// Runs all that are left.
  let upAll: String
  /// Takes the last one back.
  let down: String?
  /// After a statement was refused; in its order.
  let repair: [String]
  /// After a statement of a down migration was refused, where the runner then wants something else.
  let downRepair: [String]
  /// What the runner noted, as SQL; `nil` where its table is not documented.
  let stateQuery: String?
  /// How its sessions get `lock_timeout`.
  let timeout: Timeout

  enum Timeout: Sendable {
    /// Its driver reads PGOPTIONS.
    case environment
    /// A parameter of the connection's URL.
    case parameter(String)
    /// Nobody says: in the migration itself, or as a setting of the role.
    case migration
  }

  init(
    _ runner: String,
    manual: String,
    status: String?,
    upOne: String? = nil,
    upCount: String? = nil,
    upTo: String? = nil,
    upAll: String,
    down: String?,
    repair: [String] = [],
    downRepair: [String] = [],
    stateQuery: String? = nil,
    timeout: Timeout = .migration
  ) {
    self.runner = runner
    self.manual = manual
    self.status = status
    self.upOne = upOne
    self.upCount = upCount
    self.upTo = upTo
    self.upAll = upAll
    self.down = down
    self.repair = repair
    self.downRepair = downRepair
    self.stateQuery = stateQuery
    self.timeout = timeout
  }

  package static func of(_ runner: String) -> RunnerCommands { all.first { $0.runner == runner } ?? psql }

  /// What stands for the places in a command.
  struct Values {
    let folder: String
    var version = ""
    var count = 1
    var file = ""
    var downFile = ""
    var name = ""
    /// The version before it; `-1` is golang-migrate's word for none.
    var before = ""
  }

  func fill(_ command: String, _ values: Values) -> String {
    let replacements = [
      "{folder}": values.folder.shellWord, "{url}": "\"$DATABASE_URL\"", "{version}": values.version.shellWord,
      "{count}": String(values.count), "{file}": values.file.shellWord, "{down}": values.downFile.shellWord,
      "{name}": values.name.shellWord, "{before}": values.before.shellWord,
    ]
    // In one pass, so that a name cannot bring a place of its own along.
    var result = ""
    var rest = command[...]
    while let start = rest.firstIndex(of: "{") {
      result += rest[..<start]
      guard let end = rest[start...].firstIndex(of: "}") else { break }
      result += replacements[String(rest[start...end])] ?? String(rest[start...end])
      rest = rest[rest.index(after: end)...]
    }
    return result + rest
  }

  /// Whether a command runs one migration and no other.
  var runsOne: Bool { upOne != nil || upCount != nil || upTo != nil || upAll.contains("{file}") }

  /// The command that runs some migrations and no other; the last of them comes with `values`.
  func up(_ values: Values, isLast: Bool, files: [String]) -> [String] {
    if upAll.contains("{file}") {
      return files.map { file in
        var own = values
        own.file = file
        return fill(upAll, own)
      }
    }
    if let upTo, !values.version.isEmpty { return [fill(upTo, values)] }
    if let upCount { return [fill(upCount, values)] }
    if let upOne { return Array(repeating: fill(upOne, values), count: min(values.count, 100)) }
    let note = isLast ? [] : ["# it runs all that it finds: deploy only the files of this stage before it"]
    return note + [fill(upAll, values)]
  }
}

extension String {
  /// As one word of a shell, in which nothing is expanded.
  var shellWord: String {
    let isPlain =
      !isEmpty
      && utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"):
          true
        default: "_-./+:@%".utf8.contains(byte)
        }
      }
    return isPlain && first != "-" ? self : "'\(replacing("'", with: "'\\''"))'"
  }
}
