import Linting
import Syntax

extension Script {
  /// The same for a runner that sends all of the text to the server, to which psql's commands are errors. The end of
  /// COPY data is none to runners that read such data as psql does.
  func refusingPsqlCommands(sentBy runner: Runner) -> Script {
    let refused = nonSQLRanges.compactMap { part -> Syntax.SyntaxError? in
      guard case .metaCommand(let name) = part.kind, name != "." else { return nil }
      let message = "\\\(name) is a command of psql, and \(runner.rawValue) sends it to the server, which refuses it"
      return Syntax.SyntaxError(message: message, range: part.range, skipped: part.range)
    }
    guard !refused.isEmpty else { return self }
    return Script(
      source: source,
      statements: statements,
      comments: comments,
      errors: (errors + refused).sorted { $0.range.lowerBound < $1.range.lowerBound },
      nonSQLRanges: nonSQLRanges
    )
  }
}

extension Script {
  /// The statements that psql sends in one query, because `\;` is between them.
  var queriesOfPsql: [Range<Int>] {
    let joints = nonSQLRanges.filter { $0.kind == .metaCommand(";") }.map(\.range.lowerBound)
    var queries: [Range<Int>] = []
    for joint in joints {
      let next = statements.partitioningIndex { $0.range.lowerBound > joint }
      guard next > 0, next < statements.count else { continue }
      if let last = queries.last, last.upperBound == next {
        queries[queries.count - 1] = last.lowerBound..<next + 1
      } else {
        queries.append(next - 1..<next + 1)
      }
    }
    return queries
  }
}

extension Script {
  /// Whether `\set ON_ERROR_STOP` stands before the first statement.
  ///
  /// Source: psql, `startup.c`, `bool_substitute_hook`, and `variables.c`, `ParseVariableBool`: nothing behind the name
  /// is "on", and each word counts as far as it goes.
  var stopsPsqlAtErrors: Bool {
    let end = statements.first?.range.lowerBound ?? source.utf8.count
    var stops = false
    for part in nonSQLRanges where part.kind == .metaCommand("set") && part.range.lowerBound < end {
      let words = source[part.range].split(whereSeparator: \.isWhitespace).dropFirst().map(String.init)
      guard words.first == "ON_ERROR_STOP" else { continue }
      let value = words.dropFirst().joined().filter { $0 != "'" }.lowercased()
      stops = value.isEmpty || value == "1" || value == "on" || "true".hasPrefix(value) || "yes".hasPrefix(value)
    }
    return stops
  }
}

extension History {
  /// Whether a script of it includes others.
  fileprivate var hasInclusions: Bool {
    migrations.contains { $0.up.script.source.hasInclusions || $0.down?.script.source.hasInclusions == true }
      || orphanedDowns.contains { $0.script.source.hasInclusions }
  }
}

extension [History] {
  /// The same without files that nobody runs by themselves: others of them include them.
  func withoutIncluded(from workingFolder: RawPath) -> [History] {
    guard contains(where: \.hasInclusions) else { return self }
    let migrations = flatMap { $0.migrations.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + $0.orphanedDowns }
    let scripts = migrations.filter { !$0.script.source.includedPaths.isEmpty }.map { migration in
      let absolute = { (path: String) in RawPath(path).absolute(from: workingFolder) }
      return (migration.path, absolute(migration.path), Set(migration.script.source.includedPaths.map(absolute)))
    }
    guard !scripts.isEmpty else { return self }
    let includedBy = Dictionary(scripts.map { ($0.1, $0.2) }) { first, _ in first }
    var includers: [RawPath: [(name: String, path: RawPath)]] = [:]
    for (name, path, included) in scripts {
      for place in included { includers[place, default: []].append((name, path)) }
    }
    return map { history in
      guard history.origin?.runner == Plain().name else { return history }
      return history.leavingOut { migration in
        let place = RawPath(migration.path).absolute(from: workingFolder)
        // Of files that include each other each may be the one that is run.
        let includer = includers[place]?.first { includedBy[place]?.contains($0.path) != true }
        return includer.map { "\($0.name) includes it" }
      }
    }.filter { !$0.migrations.isEmpty || !$0.ignored.isEmpty || !$0.orphanedDowns.isEmpty }
  }
}
