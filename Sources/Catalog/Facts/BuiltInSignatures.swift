import Syntax

/// What PostgreSQL's own functions and operators take and give.
///
/// Each word of the lists is a name and some of its overloads: `round:float8>float8|numeric,int4>numeric`. Of a parameter,
/// `?` says that it may be left out, and `*` that any number of its type may stand for it; `~` says that it gives a set.
enum BuiltInSignatures {
  /// `nil` for a name that is not listed.
  static func overloads(ofFunction name: String) -> [BuiltInSignature]? { functionWords[Substring(name)]?.overloads }

  static func overloads(ofOperator name: String) -> [BuiltInSignature]? { operatorOverloads[Substring(name)] }

  private static let functionWords = words(of: functions)
  /// There are few of them, and some are asked for again and again.
  private static let operatorOverloads = words(of: operators).mapValues(\.overloads)

  private static func words(of list: String) -> [Substring: [Substring]] {
    var words: [Substring: [Substring]] = [:]
    for word in list.split(separator: " ") {
      guard let colon = word.firstIndex(of: ":") else { continue }
      words[word[..<colon], default: []].append(word[word.index(after: colon)...])
    }
    return words
  }
}

extension [Substring] {
  fileprivate var overloads: [BuiltInSignature] {
    flatMap { $0.split(separator: "|").compactMap(BuiltInSignature.init) }
  }
}

/// One overload.
struct BuiltInSignature: Sendable {
  struct Parameter: Sendable {
    let type: TypeName
    let isOptional: Bool
    let isVariadic: Bool
  }

  let parameters: [Parameter]
  /// `nil` where the arguments decide it, and of a set.
  let result: TypeName?

  fileprivate init?(_ text: Substring) {
    guard let arrow = text.lastIndex(of: ">") else { return nil }
    parameters = text[..<arrow].split(separator: ",").map { word in
      let isOptional = word.last == "?"
      let isVariadic = word.last == "*"
      return Parameter(
        type: TypeName(listed: isOptional || isVariadic ? word.dropLast() : word),
        isOptional: isOptional,
        isVariadic: isVariadic
      )
    }
    let word = text[text.index(after: arrow)...]
    let type = TypeName(listed: word)
    result = word.first == "~" || type.isPseudo ? nil : type
  }

  /// Whether so many arguments are enough, and not too many.
  fileprivate func takes(_ count: Int) -> Bool {
    if parameters.last?.isVariadic == true { return count >= parameters.count }
    return (parameters.count(where: { !$0.isOptional })...parameters.count).contains(count)
  }
}

extension TypeName {
  fileprivate init(listed word: Substring) {
    let isArray = word.hasSuffix("[]")
    self.init(QualifiedName(String(isArray ? word.dropLast(2) : word)), arrayDimensions: isArray ? 1 : 0)
  }
}

extension Database {
  /// Whether an overload may be meant by a call with arguments of the types; `nil` are those that are not known.
  func mayMean(_ overload: BuiltInSignature, by types: [TypeName?]) -> Bool {
    guard overload.takes(types.count), let last = overload.parameters.last else {
      return overload.parameters.isEmpty && types.isEmpty
    }
    return types.enumerated().allSatisfy { position, type in
      let parameter = position < overload.parameters.count ? overload.parameters[position] : last
      return mayPass(type, as: parameter.type)
    }
  }
}
