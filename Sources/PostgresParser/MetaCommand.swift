import Syntax

/// A meta command of psql: a backslash outside quotes, a name, and arguments up to the end of the line.
struct MetaCommand: Hashable {
  /// Without the backslash.
  let name: String
  /// From the backslash to the end of its last argument.
  let range: Range<Int>
  /// Whether it ends the statement before it on the line, like a semicolon.
  let sendsQuery: Bool
  /// Whether the lines after it are data.
  let readsData: Bool

  /// `nil` if psql knows no such command.
  init?(in utf8: [UInt8], at backslash: Int) {
    let rest = utf8[(backslash + 1)...]
    guard let first = rest.first else { return nil }
    if first == UInt8(ascii: ";") || first == UInt8(ascii: ":") {
      // It hands the sign on to the statement.
      self.init(name: String(UnicodeScalar(first)), range: backslash..<backslash + 1)
      return
    }
    // The line is not looked for before the command is known: it may hold thousands of backslashes.
    let word = rest.prefix(Self.longestName + 1).prefix { !$0.isSpace && $0 != UInt8(ascii: "\\") }
    let name = first == UInt8(ascii: "!") ? "!" : String(decoding: word, as: UTF8.self)
    guard Self.isKnown(name) else { return nil }
    let arguments = utf8[word.endIndex...]
    let end = Self.takesWholeLine(name) ? arguments.endOfLine : Self.end(of: arguments)
    self.init(
      name: name,
      range: backslash..<end,
      sendsQuery: Self.sendingQuery.contains(name),
      readsData: name == "copy" && Self.namesStandardInput(utf8, in: word.endIndex..<end)
    )
  }

  private init(name: String, range: Range<Int>, sendsQuery: Bool = false, readsData: Bool = false) {
    self.name = name
    self.range = range
    self.sendsQuery = sendsQuery
    self.readsData = readsData
  }

  /// The end of a command's line, or of `\\`, which ends the arguments and lets SQL follow on the line.
  private static func end(of arguments: ArraySlice<UInt8>) -> Int {
    var quote: UInt8?
    var offset = arguments.startIndex
    while offset < arguments.endIndex, !arguments[offset].isLineEnd {
      let byte = arguments[offset]
      if let open = quote {
        if byte == open { quote = nil }
      } else if byte == UInt8(ascii: "'") || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "`") {
        quote = byte
      } else if byte == UInt8(ascii: "\\"), arguments[offset...].dropFirst().first == byte {
        return offset + 2
      }
      offset += 1
    }
    return offset
  }

  private static func namesStandardInput(_ utf8: [UInt8], in range: Range<Int>) -> Bool {
    var isAfterFrom = false
    for token in Lexer(utf8, in: range) {
      let word = String(decoding: utf8[token.range], as: UTF8.self).lowercased()
      if isAfterFrom, word == "stdin" { return true }
      isAfterFrom = word == "from"
    }
    return false
  }

  private static func takesWholeLine(_ name: String) -> Bool { ["!", "copy", "ef", "ev", "sf", "sv"].contains(name) }

  private static let longestName = known.map(\.utf8.count).max() ?? 0

  private static func isKnown(_ name: String) -> Bool {
    guard name.hasPrefix("d") else { return known.contains(name) }
    let kind = name.dropFirst().prefix { $0 != "+" && $0 != "S" && $0 != "x" }
    return described.contains(String(kind)) || described.contains(String(name.dropFirst()))
  }

  private static let sendingQuery: Set<String> = [
    "crosstabview", "g", "gdesc", "gexec", "gset", "gx", "sendpipeline", "watch",
  ]

  /// The commands of psql 17's manual page, and the ones that later minor versions and psql 18 added.
  private static let known: Set<String> = sendingQuery.union([
    "!", ".", "?", "C", "H", "T", "a", "bind", "bind_named", "c", "cd", "close", "close_prepared", "connect",
    "conninfo", "copy", "copyright", "e", "echo", "edit", "ef", "elif", "else", "encoding", "endif", "endpipeline",
    "errverbose", "ev", "f", "flush", "flushrequest", "getenv", "getresults", "h", "help", "html", "i", "if",
    "include", "include_relative", "ir", "l", "l+", "list", "list+", "lo_export", "lo_import", "lo_list", "lo_list+",
    "lo_unlink", "o", "out", "p", "parse", "password", "print", "prompt", "pset", "q", "qecho", "quit", "r", "reset",
    "restrict", "s", "set", "setenv", "sf", "sf+", "startpipeline", "sv", "sv+", "syncpipeline", "t", "timing",
    "unrestrict", "unset", "w", "warn", "write", "x", "z",
  ])

  /// What may follow in `\d…`.
  private static let described: Set<String> = [
    "", "A", "Ac", "Af", "Ao", "Ap", "C", "D", "E", "F", "Fd", "Fp", "Ft", "L", "O", "P", "Pi", "Pt", "Rp", "Rs", "T",
    "X", "a", "b", "c", "config", "d", "dp", "es", "et", "eu", "ew", "f", "g", "i", "l", "m", "n", "o", "p", "rds",
    "rg", "s", "t", "u", "v", "x", "y",
  ]
}

extension ArraySlice<UInt8> {
  fileprivate var endOfLine: Int { firstIndex(where: \.isLineEnd) ?? endIndex }
}
