import Linting

/// A file of formatted SQL, read line by line.
struct LiquibaseChangelog {
  private var changesets: [Changeset] = []
  private var ignored = Ignored.none
  private var isInRollback = false

  private enum Ignored {
    case none
    case lines(Int)
    case upToEnd
  }

  static func isHeader(_ line: Substring) -> Bool {
    line.dropping(prefix: "--")?.trimmed.dropping(prefix: "liquibase")?.trimmed.dropping(prefix: "formatted") != nil
  }

  init(_ text: DirectiveLines) {
    for line in text.lines where !isIgnored(line) { read(line) }
  }

  /// The parts of the file, a changeset's rollback after it.
  var sections: [Section] {
    let byID = Dictionary(changesets.map { ($0.id.lowercased(), $0) }) { first, _ in first }
    return changesets.flatMap { $0.sections(among: byID) }
  }

  // MARK: - Lines

  /// What a line says to Liquibase.
  private enum Directive {
    case changeset(Changeset)
    /// What follows the word.
    case rollback(Substring)
    case rollbackBlock
    case ignoreLines(String)

    /// `nil` for a line of SQL and for directives that change nothing about it, which are comments.
    init?(_ line: DirectiveLines.Line) {
      if line.bytes.first == UInt8(ascii: "/") {
        let words = line.text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
        guard words == ["/*", "liquibase", "rollback"] else { return nil }
        self = .rollbackBlock
        return
      }
      guard line.isComment, let comment = line.text.dropping(prefix: "--")?.trimmed else { return nil }
      if let rest = comment.dropping(prefix: "changeset"), rest.first?.isWhitespace == true,
        let changeset = Changeset(rest.trimmed)
      {
        self = .changeset(changeset)
      } else if let rest = comment.dropping(prefix: "rollback"), rest.first == " " {
        self = .rollback(rest.dropFirst())
      } else if !line.isIndented, let rest = comment.dropping(prefix: "ignoreLines:") {
        self = .ignoreLines(rest.lowercased())
      } else {
        return nil
      }
    }
  }

  private mutating func isIgnored(_ line: DirectiveLines.Line) -> Bool {
    switch ignored {
    case .none: return false
    case .lines(let count):
      ignored = count > 1 ? .lines(count - 1) : .none
      return true
    case .upToEnd:
      if case .ignoreLines("end") = Directive(line) { ignored = .none }
      return true
    }
  }

  private mutating func read(_ line: DirectiveLines.Line) {
    guard !isInRollback else { return readRollbackBlock(line) }
    switch Directive(line) {
    case .changeset(let changeset): changesets.append(changeset)
    case .rollback(let sql):
      appendRollback(sql, (line.content.upperBound - sql.utf8.count)..<line.range.upperBound)
    case .rollbackBlock:
      isInRollback = true
      appendRollback("", line.range.lowerBound..<line.range.lowerBound)
    case .ignoreLines("start"): ignored = .upToEnd
    case .ignoreLines(let count): ignored = Int(count).flatMap { $0 > 0 ? .lines($0) : nil } ?? .none
    case nil: if let last = changesets.indices.last { changesets[last].append(line) }
    }
  }

  private mutating func readRollbackBlock(_ line: DirectiveLines.Line) {
    guard line.text.hasSuffix("*/") else { return appendRollback(line.text, line.range) }
    isInRollback = false
    appendRollback(line.text.dropLast(2), line.range.lowerBound..<(line.content.upperBound - 2))
  }

  private mutating func appendRollback(_ text: Substring, _ range: Range<Int>) {
    guard let last = changesets.indices.last else { return }
    changesets[last].appendRollback(text, range)
  }
}

extension LiquibaseChangelog {
  private struct Changeset {
    private let author: String
    fileprivate let id: String
    private let attributes: [Substring]
    private var ranges: [Range<Int>] = []
    private var terminators: [Range<Int>] = []
    /// `nil` where it says nothing about a rollback.
    private var rollback: (text: String, ranges: [Range<Int>])?

    /// `"an author":"an id" attributes`. Quotes may be left out, and an author may hold spaces even so.
    init?(_ text: Substring) {
      var rest = text
      guard let author = Self.quoted(in: &rest) ?? Self.word(in: &rest, upTo: { $0 == ":" }), rest.first == ":" else {
        return nil
      }
      rest = rest.dropFirst().trimmed
      guard let id = Self.quoted(in: &rest) ?? Self.word(in: &rest, upTo: \.isWhitespace) else { return nil }
      self.author = author
      self.id = id
      // Liquibase looks for them in all of the line.
      attributes = text.split(whereSeparator: \.isWhitespace)
    }

    private static func quoted(in rest: inout Substring) -> String? {
      guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
      defer { rest = rest[rest.index(after: end)...].trimmed }
      return String(rest[..<end].dropFirst())
    }

    private static func word(in rest: inout Substring, upTo isEnd: (Character) -> Bool) -> String? {
      let word = rest.prefix { !isEnd($0) }
      guard !word.isEmpty else { return nil }
      rest = rest[word.endIndex...]
      return String(word.trimmed)
    }

    /// A line of SQL. `go` and `/` on a line of their own, or what the changeset says, end a statement too.
    mutating func append(_ line: DirectiveLines.Line) {
      ranges.append(line.range)
      let isDefault = ["go", "/"].contains(line.text.lowercased())
      guard isSplit, let mark = ownDelimiter ?? (isDefault ? String(line.text) : nil),
        line.text.lowercased().hasSuffix(mark.lowercased())
      else { return }
      terminators.append((line.content.upperBound - mark.utf8.count)..<line.content.upperBound)
    }

    mutating func appendRollback(_ text: Substring, _ range: Range<Int>) {
      if rollback == nil { rollback = ("", []) } else { rollback?.text += "\n" }
      rollback?.text += text
      rollback?.ranges.append(range)
    }

    /// The up and down sections; none where the changeset is not for PostgreSQL. `changesets` are those of the file by
    /// their ids in small letters.
    func sections(among changesets: [String: Self]) -> [Section] {
      guard isForPostgreSQL, self["ignore"]?.lowercased() != "true" else { return [] }
      let isWrapped = self["runInTransaction"].map { $0.lowercased() == "true" } ?? true
      let mode: Migration.TransactionMode = isWrapped ? .wrapped : .none
      var up = Section(direction: .up, ranges: ranges, transactionMode: mode, version: "\(author):\(id)")
      up.terminators = terminators
      up.queries = queries
      up.isRepeatable = ["runOnChange", "runAlways"].contains { self[$0]?.lowercased() == "true" }
      guard let rollback else { return [up] }
      var down = Section(direction: .down, ranges: rollback.ranges, transactionMode: mode, version: up.version)
      let words = rollback.text.lowercased().split(whereSeparator: \.isWhitespace)
      if words.first?.hasPrefix("empty") == true || words.starts(with: ["not", "required"]) {
        down.ranges = []
      } else if let id = words.lazy.compactMap({ $0.dropping(exactly: "changesetid:") }).first {
        // The other changeset's SQL leads back.
        let other = changesets[String(id)]
        (down.ranges, down.terminators) = (other?.ranges ?? [], other?.terminators ?? [])
      }
      return [up, down]
    }

    /// What goes to the server in one go though it may hold several statements.
    private var queries: [Range<Int>] {
      guard !isSplit || ownDelimiter != nil, let start = ranges.first, let end = ranges.last else { return [] }
      let starts = [start.lowerBound] + terminators.map(\.upperBound)
      return zip(starts, terminators.map(\.lowerBound) + [end.upperBound]).map { $0..<$1 }
    }

    private var isSplit: Bool { self["splitStatements"]?.lowercased() != "false" }

    /// `nil` where a semicolon ends a statement.
    private var ownDelimiter: String? {
      guard let delimiter = self["endDelimiter"]?.replacing("\\n", with: ""), !delimiter.isEmpty else { return nil }
      return delimiter == ";" ? nil : delimiter
    }

    private var isForPostgreSQL: Bool {
      guard let names = self["dbms"]?.lowercased().split(separator: ",") else { return true }
      guard !names.contains("!postgresql"), !names.contains("none") else { return false }
      return names.contains("postgresql") || names.contains("all") || names.allSatisfy { $0.hasPrefix("!") }
    }

    /// The value of an attribute.
    private subscript(name: String) -> String? {
      attributes.compactMap { $0.dropping(prefix: name + ":") }.last.map { $0.filter { $0 != "\"" } }
    }
  }
}
