import Linting
import PostgresParser
import Syntax

/// A file on its way to the migrations that its runner finds in it.
struct MigrationFile {
  private let file: HistoryPlan.File
  private let runner: Runner
  /// How the runner sends what says nothing about it, where its settings make it do so otherwise than usual.
  private let usualMode: Migration.TransactionMode?
  private let statuses: SectionStatuses
  /// What the scripts of the history include; `nil` where psql does not run them.
  private let inclusions: Inclusions?
  private let budget: LoadingBudget

  init(
    _ file: HistoryPlan.File,
    of plan: HistoryPlan,
    usualMode: Migration.TransactionMode?,
    inclusions: Inclusions?,
    budget: LoadingBudget
  ) {
    self.file = file
    self.budget = budget
    self.inclusions = inclusions
    self.usualMode = usualMode
    runner = plan.runner
    statuses = SectionStatuses(of: file, plan.runner, branch: plan.branch)
  }

  /// One, or a part for each that the runner finds. A file that cannot be read is a migration that says so.
  func migrations() -> [Migration] {
    do throws(Unreadable) {
      return migrations(of: try read())
    } catch {
      return [
        migration(
          .empty(file.path.text),
          status(of: SourceText(path: file.path.text, utf8: [])),
          unreadable: error.reason
        )
      ]
    }
  }

  private func migrations(of source: SourceText) -> [Migration] {
    let text = DirectiveLines(source.utf8)
    let sections = runner.definition.sections(of: text, named: file.name)
    let mode = runner.definition.transactionMode(besides: file.path)
    let isOneMigration = sections.count { $0.direction == .up } == 1
    let firstUp = sections.firstIndex { $0.direction == .up }
    let present = sections.enumerated().map { position, section in
      // What is wrong outside of all sections is shown with the first up section.
      guard position < Self.wholeSections || position == firstUp else { return part(section, of: source, text, mode) }
      // Comments above the only up section are about the file.
      let head = isOneMigration && section.direction == .up ? section.start : 0
      return migration(section, of: source, text, mode, head: source.comments(upTo: head))
    }
    let deleted = statuses.deleted(besides: Set(sections.map { $0.identity(in: file) })).map { part in
      migration(PostgresParser.parse(part.text), part.status, part.section, mode, start: part.section.span.lowerBound)
    }
    guard let stray = strayPart(of: text, besides: sections) else { return present + deleted }
    return add(stray, to: present + deleted, source)
  }

  /// Of a file with more sections each is read alone: reading all of the file for each of thousands takes minutes.
  private static let wholeSections = 2

  /// A section that is read without the rest of the file.
  private func part(
    _ section: Section,
    of source: SourceText,
    _ text: DirectiveLines,
    _ mode: Migration.TransactionMode?
  ) -> Migration {
    let script = PostgresParser.parse(source.part(of: section, in: text))
    let readable = inclusions == nil ? script.refusingPsqlCommands(sentBy: runner) : script
    return migration(readable, status(of: section, in: text), section, mode, start: section.span.lowerBound)
  }

  private func status(of section: Section, in text: DirectiveLines) -> Migration.Status {
    statuses.status(of: section.identity(in: file), section, in: text)
  }

  private func migration(
    _ section: Section,
    of source: SourceText,
    _ text: DirectiveLines,
    _ mode: Migration.TransactionMode?,
    head: [Comment]
  ) -> Migration {
    let masked = text.masked(to: section)
    let status = status(of: section, in: text)
    let isWhole = masked == source.utf8
    guard let inclusions else {
      let script = PostgresParser.parse(isWhole ? source : SourceText(path: source.path, utf8: masked))
      return migration(script.refusingPsqlCommands(sentBy: runner).showing(source, head), status, section, mode)
    }
    guard isWhole else {
      let script = PostgresParser.parse(SourceText(path: source.path, utf8: masked))
      return migration(script.showing(source, head), status, section, mode)
    }
    let expansion = inclusions.expand(source)
    // The run ends for it, and what is read until then takes no room.
    let isRoom = budget.takes(expansion.text, besides: source)
    let script = PostgresParser.parse(isRoom ? expansion.text : source)
    return migration(script, status, section, mode, unread: expansion.failures(in: script))
  }

  /// SQL outside of all parts of the file, or that the file has no part; `nil` where all is well.
  private func strayPart(of text: DirectiveLines, besides sections: [Section]) -> Migration.UnreadPart? {
    guard !runner.definition.leavesOutText else { return nil }
    let stray = text.stray(outside: sections.flatMap(\.allRanges))
    guard let place = stray ?? (sections.isEmpty ? 0..<0 : nil) else { return nil }
    let what = stray == nil ? "the file has" : "this is in"
    let reason = "\(runner.rawValue) does not run this or stops at it: \(what) no up or down section"
    return Migration.UnreadPart(range: place, reason: reason)
  }

  /// The first up migration has it; where there is none, one that holds nothing else.
  private func add(_ part: Migration.UnreadPart, to migrations: [Migration], _ source: SourceText) -> [Migration] {
    guard let first = migrations.firstIndex(where: { $0.direction == .up }) else {
      let script = Script(source: source, statements: [], comments: source.comments())
      return [migration(script, status(of: source), unread: [part])] + migrations
    }
    var migrations = migrations
    migrations[first] = migrations[first].lacking(part)
    return migrations
  }

  /// Where the file as a whole stands.
  private func status(of source: SourceText) -> Migration.Status {
    let whole = Section(direction: file.name.direction, ranges: [0..<source.utf8.count], transactionMode: .none)
    return statuses.status(of: file.name.key, whole, in: DirectiveLines(source.utf8))
  }

  /// `start` is where the script's text starts in the file.
  private func migration(
    _ script: Script,
    _ status: Migration.Status,
    _ section: Section? = nil,
    _ modeBesides: Migration.TransactionMode? = nil,
    start: Int = 0,
    unread: [Migration.UnreadPart] = [],
    unreadable: String? = nil
  ) -> Migration {
    let executionMode =
      modeBesides.map { ExecutionMode(transactionMode: $0) } ?? runner.definition.executionMode(of: script)
    var mode = executionMode?.transactionMode ?? section?.transactionMode ?? runner.definition.usualMode
    // Files that leave the runner's usual way do so whatever that is.
    if let usualMode, mode == runner.definition.usualMode { mode = usualMode }
    let stopsAtErrors = !runner.definition.goesOnAfterErrors || script.stopsPsqlAtErrors
    let isOneQuery = mode == .wrapped && runner.definition.sendsSectionsWhole
    let queries = (section?.queries ?? []).map { $0.lowerBound - start..<$0.upperBound - start }
    let pieces = runner.definition.usesPsql ? script.queriesOfPsql : script.statements(in: queries)
    return Migration(
      path: file.path.text,
      version: section?.version ?? file.name.version,
      name: file.name.name,
      direction: section?.direction ?? file.name.direction,
      runner: runner.rawValue,
      transactionMode: mode,
      script: script,
      queries: isOneQuery ? [script.statements.indices] : pieces,
      refusal: executionMode?.refusal,
      isAlwaysWrapped: mode == .wrapped && !runner.definition.sendsWithoutTransaction,
      goesOnAfterErrors: mode == .none && !stopsAtErrors,
      failure: runner.definition.failure(in: mode, stopping: stopsAtErrors),
      unreadable: unreadable,
      unreadParts: unread,
      isReported: file.isReported && status != .released,
      identity: section?.identity(in: file) ?? file.name.key,
      status: status,
      isRepeatable: file.name.isRepeatable || section?.isRepeatable == true
    )
  }
}

// MARK: - Reading

extension MigrationFile {
  private struct Unreadable: Error {
    let reason: String
  }

  private func read() throws(Unreadable) -> SourceText {
    if let reason = file.unreadable { throw Unreadable(reason: reason) }
    guard file.status != .unknown else {
      throw Unreadable(
        reason: "its text on the branch is not in this clone, and nothing is fetched: have git do so with "
          + "`git archive BRANCH FOLDER > /dev/null`"
      )
    }
    let bytes: [UInt8]
    do throws(FileSystem.ReadingFailure) {
      bytes = if let content = file.content { content } else { try FileSystem.read(file.path) }
    } catch {
      throw Unreadable(reason: error.message)
    }
    if runner.definition.sendsByteOrderMarks, SourceText.hasByteOrderMark(bytes) {
      throw Unreadable(
        reason: "it begins with a byte order mark, which \(runner.rawValue) sends to the server as it is: PostgreSQL "
          + "refuses the file; save it as UTF-8 without the mark"
      )
    }
    let limits = budget.limits
    guard bytes.count <= limits.fileBytes else {
      throw Unreadable(
        reason:
          "the file has \(bytes.count) bytes, more than \(Limits.Name.fileBytes.excess(of: limits)); split it, or leave "
          + "it out with `exclude`"
      )
    }
    do throws(DecodingFailure) {
      let source = try SourceText.decode(path: file.path.text, bytes: bytes)
      guard budget.takes(source) else { throw DecodingFailure(message: "the run is too large", line: nil) }
      return source
    } catch {
      throw Unreadable(reason: error.message)
    }
  }
}

extension SourceText {
  /// A section alone, at its place; `text` holds the lines of the source.
  func part(of section: Section, in text: DirectiveLines) -> SourceText {
    part(section.span, readAs: text.masked(to: section, in: section.span))
  }
}

extension Script {
  /// The same with the text as people wrote it; each byte that was read stands at its place.
  /// `head` are comments above it, which are about the file.
  fileprivate func showing(_ source: SourceText, _ head: [Comment] = []) -> Script {
    Script(
      source: source,
      statements: statements,
      comments: head + comments,
      errors: errors,
      nonSQLRanges: nonSQLRanges
    )
  }

  static func empty(_ path: String) -> Script {
    Script(source: SourceText(path: path, utf8: []), statements: [])
  }

  /// The positions of the statements that start in each of some ranges of bytes, which come in order.
  fileprivate func statements(in ranges: [Range<Int>]) -> [Range<Int>] {
    var next = statements.startIndex
    return ranges.map { range in
      let start = statements[next...].firstIndex { $0.range.lowerBound >= range.lowerBound } ?? statements.endIndex
      next = statements[start...].firstIndex { $0.range.lowerBound >= range.upperBound } ?? statements.endIndex
      return start..<next
    }
  }
}
