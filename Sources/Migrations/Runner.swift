import Analysis

/// What runs the migrations, which decides which files are migrations and in which order they run.
package enum Runner: String, CaseIterable, Hashable, Sendable {
  case golangMigrate = "golang-migrate"
  /// Every `.sql` file, in natural order.
  case plain

  /// How it sends a file. golang-migrate sends the whole file as one simple query (source: its
  /// `database/postgres/postgres.go`, `Run`). Who runs plain files is not known; most runners keep a file together.
  var transactionMode: Migration.TransactionMode { .implicit }
}

/// The name of a migration file, taken apart.
struct FileName: Hashable, Sendable {
  /// As written, with leading zeros; `nil` for a plain file.
  let version: String?
  /// What golang-migrate orders and pairs by.
  let number: UInt64?
  let name: String
  let direction: Migration.Direction

  /// Why golang-migrate does not run a file.
  enum Refusal: Error, Hashable {
    case otherName
    case numberTooLarge
  }

  /// Reads a name as golang-migrate does: `^(\d+)_(.*)\.(up|down)\.(.*)$`, the number in 64 bits without a sign.
  /// Source: golang-migrate, `source/parse.go`.
  init(golangMigrate bytes: [UInt8]) throws(Refusal) {
    let digits = bytes.prefix(while: \.isDigit)
    let rest = bytes[digits.endIndex...]
    // A dot in Go's regular expressions does not match a line feed.
    guard !digits.isEmpty, rest.first == UInt8(ascii: "_"), !rest.contains(UInt8(ascii: "\n")) else {
      throw .otherName
    }
    // The name is matched greedily, so the last direction counts.
    let dots = rest.indices.filter { rest[$0] == .dot }
    for (start, end) in zip(dots, dots.dropFirst()).reversed() {
      let word = String(decoding: rest[(start + 1)..<end], as: UTF8.self)
      guard let direction = Migration.Direction(rawValue: word) else { continue }
      let version = String(decoding: digits, as: UTF8.self)
      guard let number = UInt64(version) else { throw .numberTooLarge }
      self.version = version
      self.number = number
      self.name = String(decoding: rest[(digits.endIndex + 1)..<start], as: UTF8.self)
      self.direction = direction
      return
    }
    throw .otherName
  }

  /// A plain file is an up migration, unless its name ends in `.down.sql`.
  init(plain bytes: [UInt8]) {
    var stem = bytes[...]
    var direction = Migration.Direction.up
    if stem.hasSuffix(".sql") { stem = stem.dropLast(4) }
    if stem.hasSuffix(".up") {
      stem = stem.dropLast(3)
    } else if stem.hasSuffix(".down") {
      stem = stem.dropLast(5)
      direction = .down
    }
    self.version = nil
    self.number = nil
    self.name = String(decoding: stem, as: UTF8.self)
    self.direction = direction
  }
}

extension Collection<UInt8> where Self: BidirectionalCollection {
  /// Whether it ends in `suffix`, which is written in lower case; the case of letters does not matter.
  func hasSuffix(_ suffix: StaticString) -> Bool {
    suffix.withUTF8Buffer { wanted in
      count >= wanted.count
        && zip(reversed(), wanted.reversed()).allSatisfy { byte, other in
          byte == other || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte) && byte | 0x20 == other
        }
    }
  }

  var isSQLFileName: Bool { hasSuffix(".sql") }
}
