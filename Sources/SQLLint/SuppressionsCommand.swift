import ArgumentParser
import Configuration
import Linting
import Migrations
import Reports
import Rules
import struct Syntax.CalendarDate
import struct Syntax.SourceText

/// `sqllint suppressions`
struct SuppressionsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "suppressions",
    abstract: "List all comments that allow a rule, with their reasons, authors and age."
  )

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json
  }

  @Option(help: "One line a comment, or for other programs.")
  var format = Format.text

  @OptionGroup var options: CheckOptions

  func run() throws {
    let run = try CheckRun(options, names: RuleNames(AllRules.all))
    // What start_after keeps from being reported is there all the same.
    let isWhole = !options.changed && options.since == nil && run.configuration.startAfter != nil
    let entries = Self.entries(in: try run.load().histories, run.policy, isWhole: isWhole)
    switch format {
    case .text:
      let lines = entries.map { $0.line(on: run.policy.today) } + [Self.summary(entries, on: run.policy.today)]
      try OutputFile.standardOutput.write((lines.map(\.visible).joined(separator: "\n") + "\n").withoutCommands)
    case .json:
      try OutputFile.standardOutput.write(
        try JSONText.text(Document(suppressions: entries.map { $0.record(on: run.policy.today) }))
      )
    }
  }

  private static func summary(_ entries: [Entry], on today: CalendarDate?) -> String {
    guard !entries.isEmpty else { return "No rule is allowed anywhere." }
    let expired = entries.count { $0.suppression.hasExpired(on: today) }
    return entries.count.counted("suppression") + (expired > 0 ? ", \(expired) expired" : "") + "."
  }

  /// Files with several sections are shown once.
  private static func entries(in histories: [History], _ policy: Policy, isWhole: Bool) -> [Entry] {
    let foreign = policy.honoursForeignComments ? ForeignRules(AllRules.all) : nil
    var seen: Set<[String]> = []
    var entries: [Entry] = []
    var authors = LineAuthors()
    for migration in histories.flatMap(\.allMigrations) where isWhole || migration.isReported {
      let script = migration.script
      for suppression in script.suppressions + (foreign.map(script.foreignSuppressions) ?? []) {
        let (source, range) = script.source.file(of: suppression.range)
        let place = source.location(of: range.lowerBound)
        guard seen.insert([source.path, "\(place.line):\(place.column)", suppression.rule]).inserted else { continue }
        entries.append(
          Entry(
            path: source.path,
            line: place.line,
            suppression: suppression,
            author: authors.author(of: place.line, in: source)
          )
        )
      }
    }
    return entries
  }

  // MARK: - Entries

  private struct Entry {
    let path: String
    let line: Int
    let suppression: Suppression
    let author: Repository.Author?

    /// `path:line: rule: reason (until DATE, author, DATE, so many days ago)`
    func line(on today: CalendarDate?) -> String {
      let scope = suppression.scope == .file ? " (file)" : ""
      let reason = suppression.reason.isEmpty ? "no reason" : suppression.reason
      return "\(path):\(line): \(suppression.rule)\(scope): \(reason) (\(facts(on: today).joined(separator: ", ")))"
    }

    private func facts(on today: CalendarDate?) -> [String] {
      var facts: [String] = []
      if let tool = suppression.tool { facts.append("a comment for \(tool.rawValue)") }
      switch suppression.end {
      case .day(let day)?: facts.append(suppression.hasExpired(on: today) ? "expired \(day)" : "until \(day)")
      case .unreadable(let text)?: facts.append("until \(text), which is no day")
      case nil: break
      }
      guard let author else { return facts + ["not committed"] }
      facts.append(author.name)
      guard let day = author.day else { return facts }
      return facts + ["\(day)"] + (today.map { ["\(max($0.day - day.day, 0).counted("day")) ago"] } ?? [])
    }

    func record(on today: CalendarDate?) -> Document.Record {
      Document.Record(
        ageInDays: author?.day.flatMap { day in today.map { max($0.day - day.day, 0) } },
        author: author?.name,
        date: author?.day?.description,
        expired: suppression.hasExpired(on: today),
        line: line,
        path: path,
        reason: suppression.reason,
        rule: suppression.rule,
        scope: suppression.scope == .file ? "file" : "statement",
        tool: suppression.tool?.rawValue ?? "sqllint",
        until: suppression.end.flatMap { if case .day(let day) = $0 { day.description } else { nil } }
      )
    }
  }

  private struct Document: Encodable {
    struct Record: Encodable {
      let ageInDays: Int?
      let author: String?
      let date: String?
      let expired: Bool
      let line: Int
      let path: String
      let reason: String
      let rule: String
      let scope: String
      let tool: String
      let until: String?
    }

    let schemaVersion = 1
    let suppressions: [Record]
  }
}

/// Who wrote the lines of files, each of which git is asked about once.
private struct LineAuthors {
  private var repositories: [RawPath: Repository?] = [:]
  private var lines: [String: Blame] = [:]

  private struct Blame {
    let lines: [(line: [UInt8], author: Repository.Author)]
    /// Of equal lines the first one's.
    let authors: [[UInt8]: Repository.Author]
  }

  /// `nil` where the line is not in the newest commit.
  mutating func author(of line: Int, in source: SourceText) -> Repository.Author? {
    if lines[source.path] == nil { lines[source.path] = blame(source.path) }
    guard let known = lines[source.path] else { return nil }
    let text = Self.withoutReturn(Array(source.utf8[source.lineRange(line)]))
    // Lines above it may have been added since.
    if known.lines.indices.contains(line - 1), known.lines[line - 1].line == text {
      return known.lines[line - 1].author
    }
    return known.authors[text]
  }

  private static func withoutReturn(_ line: [UInt8]) -> [UInt8] { line.last == 0x0D ? line.dropLast() : line }

  private mutating func blame(_ path: String) -> Blame {
    let path = RawPath(path)
    let repository = repositories[path.folder] ?? Repository(around: path.folder)
    repositories[path.folder] = .some(repository)
    let lines = (repository?.authors(of: path) ?? []).map { (line: Self.withoutReturn($0.line), author: $0.author) }
    return Blame(lines: lines, authors: Dictionary(lines.map { ($0.line, $0.author) }) { first, _ in first })
  }
}

extension History {
  /// Of all files, up and down.
  var allMigrations: [Migration] {
    migrations.flatMap { [$0.up] + ($0.down.map { [$0] } ?? []) } + orphanedDowns + misnamed
  }
}
