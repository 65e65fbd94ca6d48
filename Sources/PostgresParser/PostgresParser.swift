import CPgQuery
import Syntax

/// SQL text to a typed tree, by PostgreSQL's own grammar.
package enum PostgresParser {
  /// The major version of PostgreSQL whose grammar it is, such as `17`.
  package static let grammarVersion = PG_MAJORVERSION

  /// The release of PostgreSQL whose sources libpg_query was made of, such as `17.4`.
  package static let sourceRelease = PG_VERSION

  package static func parse(_ source: SourceText) -> Script {
    let all = 0..<source.utf8.count
    do {
      let statements = try RawParser.parse(source.utf8[...], base: 0)
      return Script(
        source: source,
        statements: statements.map { Statement(kind: $0.kind, range: source.trimmed($0.range)) }
      )
    } catch {
      let place = error.offset ?? 0
      return Script(
        source: source,
        statements: [],
        errors: [SyntaxError(message: error.message, range: place..<place, skipped: all)]
      )
    }
  }
}

extension SourceText {
  /// The range without the white space and comments in front of it and the white space behind it.
  fileprivate func trimmed(_ range: Range<Int>) -> Range<Int> {
    var start = range.lowerBound
    var end = range.upperBound
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    let dash = UInt8(ascii: "-")
    while start < end {
      if isSpace(utf8[start]) {
        start += 1
      } else if utf8[start] == dash, start + 1 < end, utf8[start + 1] == dash {
        while start < end, utf8[start] != UInt8(ascii: "\n") { start += 1 }
      } else {
        break
      }
    }
    while end > start, isSpace(utf8[end - 1]) { end -= 1 }
    return start..<end
  }
}
