import CPgQuery
import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// One call of PostgreSQL's parser. libpg_query keeps its state by thread, so calls may run in parallel.
enum RawParser {
  /// Why PostgreSQL's parser refused a text.
  struct Failure: Error, Hashable {
    /// PostgreSQL's own words.
    let message: String
    /// The byte at which it stumbled, counted like the offsets of the tree; `nil` where it does not say.
    let offset: Int?
  }

  /// The statements of a text without NUL bytes.
  ///
  /// Every offset of the result counts from the start of the text plus `base`. A statement's range reaches from the end
  /// of the semicolon before it to its own semicolon, with white space and comments.
  ///
  /// Without a `base` the text is in no file, and its nodes have no offsets. `nesting` is the number of blocks of code
  /// that the text stands in.
  static func parse(_ text: ArraySlice<UInt8>, base: Int?, nesting: Int = 0) throws(Failure) -> [Statement] {
    var terminated = ContiguousArray<UInt8>()
    terminated.reserveCapacity(text.count + 1)
    if let relieved = text.relieved() {
      terminated.append(contentsOf: relieved)
    } else {
      terminated.append(contentsOf: text)
    }
    terminated.append(0)
    let result = terminated.withUnsafeBytes { bytes -> Result<[Statement], Failure> in
      guard let start = bytes.baseAddress else { return .success([]) }
      let characters = start.assumingMemoryBound(to: CChar.self)
      return parse(characters, count: text.count, base: base, nesting: nesting)
    }
    return try result.get()
  }

  private static func parse(
    _ text: UnsafePointer<CChar>,
    count: Int,
    base: Int?,
    nesting: Int
  ) -> Result<[Statement], Failure> {
    let context = pg_query_enter_memory_context()
    defer { pg_query_exit_memory_context(context) }
    let result = pg_query_raw_parse(text, 0)
    defer { free(result.stderr_buffer) }
    if let error = result.error {
      defer { pg_query_free_error(error) }
      return .failure(Failure(error.pointee, in: text, base: base ?? 0))
    }
    let bytes = UnsafeBufferPointer(start: text, count: count)
    return .success(
      nodes(result.tree).map { node in
        let statement = TreeReader(base: base, nesting: nesting).rawStatement(node, textLength: count)
        return statement.keeping(nesting: nesting, isInFile: base != nil) { range in
          let start = range.lowerBound - (base ?? 0)
          let part = bytes[start..<(start + range.count)]
          return PlaceholderEncoding.decoded(part.map(UInt8.init(bitPattern:)))
        }
      }
    )
  }
}

extension Statement {
  /// With its own text, where the tree does not hold all that it says, and with what its text holds.
  fileprivate func keeping(nesting: Int, isInFile: Bool, _ text: (Range<Int>) -> String) -> Statement {
    switch kind {
    case .anonymousBlock(var block):
      let body =
        isInFile
        ? Array(text(range).utf8).offset(ofDollarQuoted: block.body, in: 0..<range.count).map { range.lowerBound + $0 }
        : nil
      block.code = EmbeddedCodeReader.code(
        language: block.language,
        body: block.body,
        nesting: nesting,
        bodyOffset: body
      )
      return with(.anonymousBlock(block), range)
    case .createObject(var object):
      object.keep(text: text(range))
      return with(.createObject(object), range)
    default: return self
    }
  }
}

extension RawParser.Failure {
  /// PostgreSQL counts the place in characters from 1; 0 means that it does not know.
  fileprivate init(_ error: PgQueryError, in text: UnsafePointer<CChar>, base: Int) {
    message = string(error.message) ?? "PostgreSQL's parser gave no reason"
    guard error.cursorpos > 0 else {
      offset = nil
      return
    }
    var remaining = Int(error.cursorpos) - 1
    var byte = 0
    while remaining > 0, text[byte] != 0 {
      byte += UInt8(bitPattern: text[byte]).scalarLength
      remaining -= 1
    }
    offset = base + byte
  }
}
