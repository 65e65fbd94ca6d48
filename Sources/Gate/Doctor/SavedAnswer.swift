import Foundation

/// JSON of whatever shape.
enum JSONValue: Decodable, Hashable, Sendable {
  case null
  case flag(Bool)
  case number(Double)
  case text(String)
  case list([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .flag(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .text(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .list(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }

  /// For the end of a sentence.
  fileprivate var kind: String {
    switch self {
    case .null: "null"
    case .flag: "true or false"
    case .number: "a number"
    case .text: "a text"
    case .list: "a list"
    case .object: "an object"
    }
  }
}

/// An answer of GitHub's or GitLab's API that somebody saved, or a part of one.
struct SavedAnswer: Sendable {
  /// What is wrong with a file.
  struct Failure: Error, Hashable { let message: String }

  private let file: String
  /// Where the part is in the file; empty for all of it.
  private let path: String
  private let value: JSONValue

  /// Answers are some kilobytes.
  static let maximumSize = 8 << 20

  init(_ bytes: [UInt8], file: String) throws(Failure) {
    guard bytes.count <= Self.maximumSize else {
      throw Failure(message: "\(file): the file has \(bytes.count) bytes, more than any answer of the API has")
    }
    do {
      value = try JSONDecoder().decode(JSONValue.self, from: Data(bytes))
    } catch {
      throw Failure(message: "\(file): this is no JSON; save the answer again")
    }
    self.file = file
    path = ""
  }

  private init(_ value: JSONValue, at path: String, in file: String) {
    self.value = value
    self.path = path
    self.file = file
  }

  // MARK: - Parts

  /// What a key of an object has; `nil` where that is null or not there.
  func member(_ key: String) throws(Failure) -> SavedAnswer? {
    guard case .object(let members) = value else { throw wrong("an object") }
    guard let member = members[key], member != .null else { return nil }
    return SavedAnswer(member, at: path.isEmpty ? key : "\(path).\(key)", in: file)
  }

  /// What a key has that each answer of the API has.
  func needed(_ key: String) throws(Failure) -> SavedAnswer {
    guard let member = try member(key) else {
      let place = path.isEmpty ? "the answer" : path
      throw Failure(message: "\(file): \(place) has no key \(key); is it the answer of another request?")
    }
    return member
  }

  func flag() throws(Failure) -> Bool {
    guard case .flag(let flag) = value else { throw wrong("true or false") }
    return flag
  }

  func number() throws(Failure) -> Double {
    guard case .number(let number) = value else { throw wrong("a number") }
    return number
  }

  func text() throws(Failure) -> String {
    guard case .text(let text) = value else { throw wrong("a text") }
    return text
  }

  func list() throws(Failure) -> [SavedAnswer] {
    guard case .list(let elements) = value else { throw wrong("a list") }
    return elements.enumerated().map { SavedAnswer($1, at: "\(path)[\($0)]", in: file) }
  }

  /// A flag that a key may have; false where it has none.
  func flag(_ key: String) throws(Failure) -> Bool { try member(key)?.flag() ?? false }

  /// The elements of a list that a key may have.
  func list(_ key: String) throws(Failure) -> [SavedAnswer] { try member(key)?.list() ?? [] }

  /// What the API says instead of an answer, with its status; `nil` for an answer.
  var refusal: (message: String, status: String)? {
    guard case .object(let members) = value, case .text(let message)? = members["message"] ?? members["error"] else {
      return nil
    }
    guard members["documentation_url"] != nil || members["status"] != nil || members.count == 1 else { return nil }
    if case .text(let status)? = members["status"] { return (message, status) }
    return (message, "")
  }

  private func wrong(_ kind: String) -> Failure {
    Failure(message: "\(file): \(path.isEmpty ? "the answer" : path) must be \(kind), and is \(value.kind)")
  }
}
