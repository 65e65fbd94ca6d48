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

  init(of folder: RawPath) {
    workingFolder = FileSystem.workingFolder()
    self.folder = folder.absolute(from: workingFolder)
    root = Project.root(of: self.folder, from: workingFolder)
    project = Project(of: folder)
  }

  /// The script with all that it includes, at any depth. What cannot be read stays as it is.
  func expand(_ source: SourceText) -> SourceText {
    var room = Self.maximumCount
    return expand(source, inside: [], &room)
  }

  /// Why commands of a script that stayed as they are could not be followed.
  func failures(in script: Script) -> [Migration.UnreadPart] {
    script.inclusions.compactMap { command in
      let (file, _) = script.source.file(of: command)
      do throws(Failure) {
        _ = try read(script.source[command], in: RawPath(file.path))
        // It can be read, so that it goes on without end.
        let reason = "\(script.source[command]) is not followed: it includes itself, or more than can be read"
        return Migration.UnreadPart(range: command, reason: reason)
      } catch {
        return Migration.UnreadPart(
          range: command,
          reason: "\(script.source[command]) is not followed: \(error.reason)"
        )
      }
    }
  }

  private static let maximumDepth = 16
  private static let maximumCount = 500

  /// `room` is how many more files may be included.
  private func expand(_ source: SourceText, inside scripts: [RawPath], _ room: inout Int) -> SourceText {
    guard source.utf8.contains(UInt8(ascii: "\\")), scripts.count < Self.maximumDepth else { return source }
    let path = RawPath(source.path).absolute(from: workingFolder)
    let script = PostgresParser.parse(source)
    var inclusions: [(range: Range<Int>, text: SourceText)] = []
    for command in script.inclusions where room > 0 {
      guard let text = try? read(source[command], in: path), !(scripts + [path]).contains(text.place(in: workingFolder))
      else { continue }
      room -= 1
      inclusions.append((command, expand(text, inside: scripts + [path], &room).ended))
    }
    return inclusions.isEmpty ? source : source.including(inclusions)
  }

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
