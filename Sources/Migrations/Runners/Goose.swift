import Linting
import Syntax

/// goose: `VERSION_name.sql`, one file for both directions, piece by piece in a transaction.
///
/// Source: goose, `internal/sqlparser/parser.go`; `migrate.go`, `collectMigrationsFS`; `migration.go`,
/// `NumericComponent`; `provider_run.go`, `runIndividually`.
struct Goose: RunnerDefinition {
  let name = "goose"
  let ownTables = ["goose_db_version"]
  let afterFailure = Migration.Failure(
    "`goose_db_version` does not name it",
    recovery: "fix the file and run `goose up` again"
  )
  let afterFailureApart: Migration.Failure? = Migration.Failure(
    "`goose_db_version` does not name it, though some of it has run",
    recovery: "undo by hand what it did, fix the file and run `goose up` again"
  )
  var sendsSectionsWhole: Bool { false }

  func evidence(in folder: MigrationFolder) -> String? {
    folder.hasDirective { Self.command(in: $0) == "up" } ? "files hold `-- +goose Up`" : nil
  }

  func files(in folder: MigrationFolder) -> RunnerFiles {
    folder.numbered(by: name, expecting: "VERSION_name.sql", upTo: UInt64(Int64.max), isRefused: { _ in true }) {
      stem in
      guard let (digits, name) = stem.partedAtUnderscore, digits.isDigits else { return nil }
      return FileName(version: digits, name: name, key: digits)
    }
  }

  // Source: `migrate.go`, `collectMigrationsFS` and `Migrations.Less`; `provider_run.go`, `checkMissingMigrations`.
  var equalVersions: History.ConflictPolicy? { .refuses }
  var lateVersions: History.ConflictPolicy? { .refuses }

  func sections(of text: DirectiveLines, named name: FileName) -> [Section] {
    var mode = Migration.TransactionMode.wrapped
    var sections: [Section] = []
    var piece = Piece()
    for line in text.lines {
      let command = line.isIndented || !line.isComment ? nil : Self.command(in: line.text)
      switch command {
      case "up", "down":
        sections.append(Section(direction: command == "up" ? .up : .down, ranges: [], transactionMode: mode))
        piece = Piece()
      case "no transaction": mode = .none
      case "statementbegin": piece.isBlock = true
      case "statementend": sections.appendToLast(piece: &piece)
      default:
        sections.appendToLast(line.range)
        piece.add(line)
        if piece.isComplete(with: line) { sections.appendToLast(piece: &piece) }
      }
    }
    return sections.with(mode)
  }

  /// What goose sends in one go: a block, or the lines up to one that ends in a semicolon.
  fileprivate struct Piece {
    var isBlock = false
    private(set) var range: Range<Int>?

    mutating func add(_ line: DirectiveLines.Line) {
      range = (range?.lowerBound ?? line.range.lowerBound)..<line.range.upperBound
    }

    /// The last word counts, before a word that starts a comment.
    func isComplete(with line: DirectiveLines.Line) -> Bool {
      guard !isBlock, line.bytes.contains(UInt8(ascii: ";")) else { return false }
      if line.bytes.allSatisfy({ $0 < 0x80 }) { return endsStatement(line.bytes) }
      let words = line.text.split(whereSeparator: \.isWhitespace).prefix { !$0.hasPrefix("--") }
      return words.last?.hasSuffix(";") ?? false
    }

    /// The same of a line in ASCII.
    private func endsStatement(_ bytes: ArraySlice<UInt8>) -> Bool {
      var last: UInt8?
      var position = bytes.startIndex
      while position < bytes.endIndex {
        if bytes[position].isSpace {
          position += 1
        } else if bytes[position...].startsComment {
          break
        } else {
          while position < bytes.endIndex, !bytes[position].isSpace {
            last = bytes[position]
            position += 1
          }
        }
      }
      return last == UInt8(ascii: ";")
    }
  }

  /// `up` of `-- +goose Up`: all that the line holds but the marker counts, in small letters.
  private static func command(in line: Substring) -> String? {
    guard line.hasPrefix("--"), line.utf8.contains(UInt8(ascii: "+")) else { return nil }
    let text = Array(line.utf8)
    guard text.removing("+goose").count < text.count else { return nil }
    return Substring(decoding: text.removing("--").removing("+goose"), as: UTF8.self).trimmed.lowercased()
  }
}

extension [UInt8] {
  /// Without a text, wherever it stands.
  fileprivate func removing(_ text: StaticString) -> [UInt8] {
    text.withUTF8Buffer { text in
      var rest = self[...]
      var left: [UInt8] = []
      while let first = rest.first {
        if rest.starts(with: text) {
          rest = rest.dropFirst(text.count)
        } else {
          left.append(first)
          rest = rest.dropFirst()
        }
      }
      return left
    }
  }
}

extension [Section] {
  fileprivate mutating func appendToLast(piece: inout Goose.Piece) {
    if let last = indices.last, let range = piece.range { self[last].queries.append(range) }
    piece = Goose.Piece()
  }
}
