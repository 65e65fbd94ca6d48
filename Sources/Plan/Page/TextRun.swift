/// A stretch of a line that looks the same.
struct TextRun: Equatable {
  enum Kind: Equatable {
    case words(String)
    case code(String)
    /// Something to fill in.
    case blank
  }

  var kind: Kind
  var isBold = false

  /// As people read it aloud; what is to be filled in is silent.
  var spoken: String {
    switch kind {
    case .words(let text), .code(let text): text
    case .blank: ""
    }
  }

  static func runs(of line: Substring) -> [TextRun] {
    var reader = LineReader(line)
    reader.read()
    return reader.runs
  }
}

/// Tells code, bold words and lines to fill in apart within a line of Markdown.
private struct LineReader {
  private let scalars: [Unicode.Scalar]
  /// Where runs of so many backticks begin, in their order.
  private var ticks: [Int: [Int]] = [:]
  /// How many of them lie behind, by their length.
  private var passed: [Int: Int] = [:]
  private var words = String.UnicodeScalarView()
  private var isBold = false
  private(set) var runs: [TextRun] = []

  init(_ line: Substring) {
    scalars = Array(line.unicodeScalars)
    var position = 0
    while position < scalars.count {
      let length = run(of: "`", at: position)
      if length > 0 { ticks[length, default: []].append(position) }
      position += max(length, 1)
    }
  }

  mutating func read() {
    var position = 0
    while position < scalars.count {
      let scalar = scalars[position]
      let length = run(of: scalar, at: position)
      switch scalar {
      case "\\" where position + 1 < scalars.count && scalars[position + 1].isPunctuation:
        words.append(scalars[position + 1])
        position += 2
      case "`":
        if let end = close(behind: position + length, length) {
          flush()
          add(.code(content(of: position + length..<end)))
          position = end + length
        } else {
          words.append(contentsOf: scalars[position..<position + length])
          position += length
        }
      case "*" where length == 2:
        flush()
        isBold.toggle()
        position += 2
      case "_" where length >= 4:
        flush()
        add(.blank)
        position += length
      default:
        words.append(scalar)
        position += 1
      }
    }
    flush()
  }

  private func run(of scalar: Unicode.Scalar, at position: Int) -> Int {
    var end = position
    while end < scalars.count, scalars[end] == scalar { end += 1 }
    return end - position
  }

  /// Where the next run of exactly so many backticks begins.
  private mutating func close(behind position: Int, _ length: Int) -> Int? {
    guard let places = ticks[length] else { return nil }
    var index = passed[length] ?? 0
    while index < places.count, places[index] < position { index += 1 }
    passed[length] = index
    return index < places.count ? places[index] : nil
  }

  private func content(of range: Range<Int>) -> String {
    var rest = scalars[range]
    if rest.count > 1, rest.first == " ", rest.last == " ", rest.contains(where: { $0 != " " }) {
      rest = rest.dropFirst().dropLast()
    }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: rest)
    return String(text)
  }

  private mutating func flush() {
    guard !words.isEmpty else { return }
    add(.words(String(words)))
    words = String.UnicodeScalarView()
  }

  private mutating func add(_ kind: TextRun.Kind) { runs.append(TextRun(kind: kind, isBold: isBold)) }
}

extension Unicode.Scalar {
  /// What a backslash makes a letter of, in Markdown.
  fileprivate var isPunctuation: Bool {
    isASCII && value > 32 && value < 127 && !properties.isAlphabetic && !("0"..."9").contains(self)
  }
}
