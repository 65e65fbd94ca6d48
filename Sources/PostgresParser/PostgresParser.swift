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
  /// read again with an ``Outline``: without what belongs to psql, and if it must be, statement by statement.
  package static func parse(_ source: SourceText) -> Script {
    if let statements = try? RawParser.parse(source.utf8[...], base: 0), !statements.contains(where: \.readsData) {
      let comments = source.comments()
      return Script(source: source, statements: statements.trimmed(in: source.utf8, comments), comments: comments)
    }
    let outline = Outline(of: source)
    if outline.utf8 != source.utf8, let statements = try? RawParser.parse(outline.utf8[...], base: 0) {
      return Script(
        source: source,
        statements: statements.trimmed(in: outline.utf8, outline.comments),
        comments: outline.comments,
        passages: outline.passages
      )
    }
    return Recovery(from: outline).script()
  }
}

extension Statement {
  /// Whether the lines behind it may be data.
  fileprivate var readsData: Bool {
    if case .copy(let copy) = kind { copy.isFrom && copy.usesStandardStream } else { false }
  }
}
