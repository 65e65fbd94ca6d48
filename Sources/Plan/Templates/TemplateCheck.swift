/// What of Mustache a template may use: values, sections, inverted sections, comments and partials that end.
///
/// Dynamic names, parents, other delimiters, pragmas and functions are left out: they make it hard to say beforehand that
/// a template ends, and the runbook needs none of them.
enum TemplateCheck {
  static let maximumSize = 1 << 16
  static let maximumDepth = 20

  static func check(_ texts: [String: String]) throws(TemplateLibrary.Failure) {
    var partials: [String: Set<String>] = [:]
    for (name, text) in texts.sorted(by: { $0.key < $1.key }) {
      var check = FileCheck(name: name, names: Set(texts.keys))
      try check.read(text)
      partials[name] = check.partials
    }
    // What names nothing that is left goes; what stays when nothing can go is a circle.
    var rest = partials
    while !rest.isEmpty {
      let ends = rest.filter { $0.value.allSatisfy { rest[$0] == nil } }.map(\.key)
      guard !ends.isEmpty else {
        let names = rest.keys.sorted().joined(separator: ", ")
        throw TemplateLibrary.Failure("templates include one another without an end: \(names)")
      }
      for name in ends { rest[name] = nil }
    }
  }
}

private struct FileCheck {
  let name: String
  let names: Set<String>
  private(set) var partials: Set<String> = []
  private var sections: [Substring] = []
  private var line = 1

  init(name: String, names: Set<String>) { (self.name, self.names) = (name, names) }

  mutating func read(_ text: String) throws(TemplateLibrary.Failure) {
    guard text.utf8.count <= TemplateCheck.maximumSize else {
      throw failure("it has more than \(TemplateCheck.maximumSize) bytes")
    }
    var rest = text[...]
    while let start = rest.firstRange(of: "{{") {
      line += rest[..<start.lowerBound].count(where: \.isNewline)
      rest = rest[start.upperBound...]
      let isUnescaped = rest.first == "{"
      if isUnescaped { rest.removeFirst() }
      guard let end = rest.firstRange(of: isUnescaped ? "}}}" : "}}") else { throw failure("a tag is not closed") }
      let tag = rest[..<end.lowerBound]
      rest = rest[end.upperBound...]
      try read(tag: tag, isUnescaped: isUnescaped)
      line += tag.count(where: \.isNewline)
    }
    if let open = sections.last { throw failure("section \(open) is not closed") }
  }

  private mutating func read(tag: Substring, isUnescaped: Bool) throws(TemplateLibrary.Failure) {
    // The engine does not mind a brace here, but looks for the tag's end elsewhere.
    guard !tag.contains("{"), !tag.contains("}") else { throw failure("a brace stands within a tag") }
    guard !isUnescaped, let sigil = tag.first, "#^/>!&".contains(sigil) else {
      _ = try word(of: tag)
      return
    }
    if sigil == "!" { return }
    let word = try word(of: tag.dropFirst())
    switch sigil {
    case "#", "^":
      guard sections.count < TemplateCheck.maximumDepth else {
        throw failure("sections are nested more than \(TemplateCheck.maximumDepth) deep")
      }
      sections.append(word)
    case "/":
      guard sections.popLast() == word else { throw failure("\(word) closes a section that is not open") }
    case ">":
      guard names.contains(String(word)) else { throw failure("there is no template \(word)") }
      partials.insert(String(word))
    default: break
    }
  }

  private func word(of tag: Substring) throws(TemplateLibrary.Failure) -> Substring {
    var word = tag.drop { $0 == " " }
    while word.last == " " { word.removeLast() }
    let isName =
      word == "."
      || (!word.isEmpty
        && word.split(separator: ".", omittingEmptySubsequences: false).allSatisfy {
          !$0.isEmpty && $0.utf8.allSatisfy { $0.isNamePart }
        })
    guard isName else { throw failure("this is no tag that a runbook's template may have: {{\(tag.prefix(40))}}") }
    return word
  }

  private func failure(_ message: String) -> TemplateLibrary.Failure {
    TemplateLibrary.Failure("template \(name), line \(line): \(message)")
  }
}

extension UInt8 {
  fileprivate var isNamePart: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }
}
