import CPgQuery
import Syntax

/// SQL text to a typed tree, by PostgreSQL's own grammar.
package enum PostgresParser {
  /// The major version of PostgreSQL whose grammar it is, such as `17`.
  package static let grammarVersion = PG_MAJORVERSION

  /// The release of PostgreSQL whose sources libpg_query was made of, such as `17.4`.
  package static let sourceRelease = PG_VERSION

  /// All that can be read of a text without NUL bytes.
  ///
  /// Nearly every file is plain SQL and takes one call of PostgreSQL's parser. What that refuses, or may misread, is
  /// read again with a ``StatementSplitter``: without what belongs to psql, and if it must be, statement by statement,
  /// with something in place of what a program replaces.
  package static func parse(_ source: SourceText) -> Script {
    let commentTokens = source.commentTokens()
    let utf8 = source.utf8
    // libpg_query's lexer, unlike PostgreSQL's, lets no comment stand between the pieces of a string.
    let lineComments = commentTokens.filter { $0.kind == .lineComment }
    let statements =
      (try? RawParser.parse(file: utf8)) ?? (try? RawParser.parse(file: utf8.blanking(lineComments)))
    if let statements, !statements.contains(where: \.readsData) {
      let comments = commentTokens.compactMap(Comment.init)
      return Script(source: source, statements: statements.trimmed(in: utf8, comments), comments: comments)
    }
    let splitter = StatementSplitter(of: source, utf8: utf8)
    if splitter.utf8 != utf8, let statements = try? RawParser.parse(splitter.utf8[...], base: 0) {
      return Script(
        source: source,
        statements: statements.trimmed(in: splitter.utf8, splitter.comments),
        comments: splitter.comments,
        nonSQLRanges: splitter.nonSQLRanges
      )
    }
    return Recovery(from: splitter).script()
  }
}

extension [UInt8] {
  fileprivate func blanking(_ tokens: [Token]) -> [UInt8] {
    var utf8 = self
    for token in tokens {
      for offset in token.range where !utf8[offset].isLineEnd { utf8[offset] = 0x20 }
    }
    return utf8
  }
}

extension Statement {
  /// Whether the lines after it may be data.
  fileprivate var readsData: Bool {
    if case .copy(let copy) = kind { copy.isFrom && copy.usesStandardStream } else { false }
  }
}
