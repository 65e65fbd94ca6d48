import Linting
import PostgresParser
import Syntax

/// Reads what a script for psql includes with `\i` and `\ir`, as far as it lies in the same tree of folders.
///
/// Source: PostgreSQL's manual, psql, "Meta-Commands": `\ir` counts from the script's folder, `\i` from the folder that
/// psql runs in. That is not known: the history's folder and those above are looked through, then the script's.
struct Inclusions {
  private let workingFolder: RawPath
  /// The history's folder; absolute.
  private let folder: RawPath
  /// The top of the tree. What lies outside is nobody's business here.
  private let root: RawPath
  private let project: Project

  private let limits: Limits
  /// The most bytes that the inclusions of one script bring.
  private let includedBytes: Int

  /// `scripts` is how many scripts there are in the run: each may include its share of what a run may hold, so that what is
  /// read of one does not depend on the others.
  init(of folder: RawPath, limits: Limits = Limits(), scripts: Int = 1) {
    self.limits = limits
    includedBytes = min(limits.includedBytes, max(limits.runBytes / max(scripts, 1), Self.leastShare))
    workingFolder = FileSystem.workingFolder()
    self.folder = folder.absolute(from: workingFolder)
    root = Project.root(of: self.folder, from: workingFolder)
    project = Project(of: folder)
  }

  /// The script with all that it includes, as deep and as much as the limits have it. What is not read stays as it is.
  func expand(_ source: SourceText) -> Expansion {
    var state = State(files: limits.inclusions, bytes: includedBytes)
    return Expansion(text: expand(source, inside: [], &state), reasons: state.reasons)
  }

  /// A script and what it includes.
  struct Expansion {
    let text: SourceText
    fileprivate let reasons: [Place: String]

    /// Why commands of the script that stayed as they are were not followed.
    func failures(in script: Script) -> [Migration.UnreadPart] {
      let parts = script.inclusions.map { command in
        let (file, range) = script.source.file(of: command)
        let reason = reasons[Place(path: file.path, offset: range.lowerBound)] ?? "it is not read"
        return Migration.UnreadPart(
          range: command,
          reason: "\(script.source[command].firstLine) is not followed: \(reason)"
        )
      }
      guard parts.count > Self.maximumFailures else { return parts }
      let more = parts.count - Self.maximumFailures
      let rest = Migration.UnreadPart(
        range: parts[Self.maximumFailures].range,
        reason: "this command and those after it, \(more) in all, are not followed"
      )
      return parts[..<Self.maximumFailures] + [rest]
    }

    /// A file may be nothing but such commands, and a finding is much longer than one.
    private static let maximumFailures = 100
  }

  /// Where a command stands in its own file.
  fileprivate struct Place: Hashable {
    let path: String
    let offset: Int
  }

  private struct State {
    /// How many more commands are followed, and how many more bytes they may bring.
    var files: Int
    var bytes: Int
    /// Why no command is followed any more.
    var end: String?
    /// Why single commands are not.
    var reasons: [Place: String] = [:]
  }

  private func expand(_ source: SourceText, inside scripts: [RawPath], _ state: inout State) -> SourceText {
    guard source.utf8.contains(UInt8(ascii: "\\")) else { return source }
    let path = RawPath(source.path).absolute(from: workingFolder)
    var inclusions: [(range: Range<Int>, text: SourceText)] = []
    for command in PostgresParser.parse(source).inclusions {
      do throws(Failure) {
        let text = try follow(source[command], in: path, inside: scripts, &state)
        inclusions.append((command, expand(text, inside: scripts + [path], &state).ended))
      } catch {
        state.reasons[Place(path: source.path, offset: command.lowerBound)] = error.reason
      }
    }
    return inclusions.isEmpty ? source : source.including(inclusions)
  }

  /// What a command includes, as far as there is room for it.
  private func follow(
    _ command: String,
    in path: RawPath,
    inside scripts: [RawPath],
    _ state: inout State
  ) throws(Failure) -> SourceText {
    if let end = state.end { throw Failure(reason: end) }
    guard scripts.count < limits.inclusionDepth else {
      throw Failure(reason: "files include each other more than \(Limits.Name.inclusionDepth.excess(of: limits))")
    }
    guard state.files > 0 else {
      let end = "the script includes files more than \(Limits.Name.inclusions.excess(of: limits))"
      state.end = end
      throw Failure(reason: end)
    }
    state.files -= 1
    let text = try read(command, in: path)
    guard !(scripts + [path]).contains(text.place(in: workingFolder)) else {
      throw Failure(reason: "it includes itself")
    }
    guard text.utf8.count <= state.bytes else {
      let end =
        "what the script includes is larger than "
        + (includedBytes == limits.includedBytes
          ? Limits.Name.includedBytes.excess(of: limits) : "its share of a run, \(includedBytes) bytes")
      state.end = end
      throw Failure(reason: end)
    }
    state.bytes -= text.utf8.count
    return text
  }

  /// Of thousands of scripts each can include what people write.
  private static let leastShare = 1 << 18

  // MARK: - One command

  private struct Failure: Error {
    let reason: String
  }

  /// What a command such as `\ir roles.sql` of a script includes.
  private func read(_ command: String, in script: RawPath) throws(Failure) -> SourceText {
    let name = command.drop { !$0.isWhitespace }.unquoted
    guard !name.isEmpty, !name.contains(":"), !name.hasPrefix("~"), !name.hasPrefix("`") else {
      throw Failure(reason: "only psql can tell which file it names")
    }
    let isRelative = command.hasPrefix("\\ir") || command.hasPrefix("\\include_relative")
    let scriptFolder = script.absolute(from: workingFolder).folder
    let places = (isRelative ? [scriptFolder] : folder.ancestry + [scriptFolder])
      .map { RawPath(String(name)).absolute(from: $0) }
    guard let path = places.first(where: { $0.ancestry.contains(root) && (try? FileSystem.inspect($0)) != nil }) else {
      throw Failure(
        reason: places.contains { $0.ancestry.contains(root) }
          ? "there is no such file" : "the file lies outside \(root.relative(to: workingFolder).text)"
      )
    }
    if let reason = project.refusal(of: path) { throw Failure(reason: reason) }
    do {
      return try SourceText.decode(path: path.relative(to: workingFolder).text, bytes: FileSystem.read(path))
    } catch let failure as FileSystem.ReadingFailure {
      throw Failure(reason: failure.message)
    } catch {
      throw Failure(reason: (error as? DecodingFailure)?.message ?? "it cannot be read")
    }
  }
}

extension Script {
  /// Where it includes other files between its statements; inside a statement psql does so too, but nobody does it.
  fileprivate var inclusions: [Range<Int>] {
    nonSQLRanges.compactMap { part in
      guard case .metaCommand(let name) = part.kind,
        ["i", "ir", "include", "include_relative"].contains(name),
        !statements.contains(where: { $0.range.contains(part.range.lowerBound) })
      else { return nil }
      return part.range
    }
  }
}

extension SourceText {
  /// The same with a line end and a semicolon: at the end of a file psql sends what has none.
  fileprivate var ended: SourceText {
    including([(utf8.count..<utf8.count, SourceText(path: path, text: "\n;"))])
  }

  fileprivate func place(in workingFolder: RawPath) -> RawPath { RawPath(path).absolute(from: workingFolder) }
}

extension StringProtocol {
  /// A file name as psql's commands take it: in quotes, where two stand for one, or up to white space.
  fileprivate var unquoted: String {
    let text = drop(while: \.isWhitespace)
    guard let quote = text.first, quote == "'" || quote == "\"" else {
      // psql leaves out a semicolon after the name.
      let word = text.prefix { !$0.isWhitespace }
      return String(word.prefix(upTo: word.lastIndex { $0 != ";" }.map(word.index(after:)) ?? word.startIndex))
    }
    let inner = text.dropFirst().reversed().drop { $0 != quote }.dropFirst().reversed()
    return String(inner).replacing("\(quote)\(quote)", with: String(quote))
  }
}
