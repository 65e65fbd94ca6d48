import Foundation
import Linting

/// The keys of a configuration file as a JSON Schema, by which editors complete and check what people write.
package enum ConfigurationSchema {
  /// Source: https://json-schema.org/draft-07/schema
  package static let draft = "http://json-schema.org/draft-07/schema#"

  indirect enum Value {
    case text(String)
    case number(Int)
    case flag(Bool)
    case list([Value])
    case object([(String, Value)])
  }

  /// The schema as JSON.
  package static func json(_ names: RuleNames) -> String {
    let settings = Value.object([
      ("enum", .list(ConfigurationReader.ruleSettings.map(Value.text))),
      ("description", .text("Another risk; advice, which fails no run; on, with its own risk; or off.")),
    ])
    let rules = names.ids.map { id in
      (id, Value.object([("allOf", .list([reference("rule")])), ("description", .text(names.summary(of: id)))]))
    }
    let former = names.formerIDs.map {
      (
        $0,
        Value.object([("allOf", .list([reference("rule")])), ("deprecationMessage", .text("It has another name now."))])
      )
    }
    let root = Value.object(
      [
        ("$schema", .text(draft)), ("title", .text(".sqllint.yml")),
        ("description", .text("How sqllint judges the migrations of a project.")),
      ] + group(ConfigurationKey.all) + [
        (
          "definitions",
          .object([
            ("rule", settings),
            (
              "rules",
              nullable("object", [("properties", .object(rules + former)), ("additionalProperties", .flag(false))])
            ),
            ("text", text), ("approvers", approvers),
          ])
        )
      ]
    )
    return text(of: root, indent: "") + "\n"
  }

  private static func reference(_ name: String) -> Value { .object([("$ref", .text("#/definitions/\(name)"))]) }

  /// What YAML takes for a number or a flag is a text to sqllint, which goes by what is written.
  private static let text = Value.object([
    ("type", .list(["string", "number", "boolean"].map(Value.text))), ("minLength", .number(1)),
  ])

  private static let texts = Value.object([("type", .text("array")), ("items", reference("text"))])

  private static let approvers = Value.object([
    (
      "anyOf",
      .list([
        reference("text"), texts,
        .object([
          ("type", .text("object")),
          (
            "properties",
            .object([
              ("by", .object([("anyOf", .list([reference("text"), texts]))])),
              ("count", number(1...ConfigurationReader.maximumPeople)),
            ])
          ), ("required", .list([.text("by")])), ("additionalProperties", .flag(false)),
        ]),
      ])
    )
  ])

  private static func number(_ range: ClosedRange<Int>) -> Value {
    .object([
      ("type", .text("integer")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound)),
    ])
  }

  /// A key whose lines are all commented out has no value.
  private static func nullable(_ type: String, _ members: [(String, Value)]) -> Value {
    .object([("type", .list([.text(type), .text("null")]))] + members)
  }

  private static func group(_ keys: [ConfigurationKey], required: [String] = []) -> [(String, Value)] {
    let properties = keys.map { key in
      let usual = key.usual.map { " Default: \($0)." } ?? ""
      return (key.name, Value.object([("description", .text(key.summary + usual))] + members(key.shape)))
    }
    return [
      ("type", .list([.text("object"), .text("null")])), ("properties", .object(properties)),
      ("additionalProperties", .flag(false)),
    ] + (required.isEmpty ? [] : [("required", .list(required.map(Value.text)))])
  }

  /// What a schema says of a shape.
  private static func members(_ shape: KeyShape) -> [(String, Value)] {
    switch shape {
    case .text: [("allOf", .list([reference("text")]))]
    case .choice(let words): [("enum", .list(words.map(Value.text)))]
    case .number(let range):
      [("type", .text("integer")), ("minimum", .number(range.lowerBound)), ("maximum", .number(range.upperBound))]
    case .flag: [("enum", .list([.flag(true), .flag(false), .text("yes"), .text("no")]))]
    case .rate: [("type", .text("string")), ("pattern", .text("^[0-9 ]*[0-9][0-9 ]*[kKmMgG][bB]/[sS]$"))]
    case .texts(_, let maximum):
      [("type", .list([.text("array"), .text("null")])), ("items", reference("text"))]
        + (maximum.map { [("maxItems", .number($0))] } ?? [])
    case .oneOrMore: [("anyOf", .list([reference("text"), texts]))]
    case .approvers: [("allOf", .list([reference("approvers")]))]
    case .group(let keys): group(keys)
    case .map(.rules, _): [("allOf", .list([reference("rules")]))]
    case .map(_, let shape):
      [("type", .list([.text("object"), .text("null")])), ("additionalProperties", .object(members(shape)))]
    case .groups(let keys, let required):
      [
        ("type", .list([.text("array"), .text("null")])),
        ("items", .object(group(keys, required: required))),
      ]
    }
  }

  // MARK: - JSON

  private static func text(of value: Value, indent: String) -> String {
    let inner = indent + "  "
    switch value {
    case .text(let text): return quoted(text)
    case .number(let number): return String(number)
    case .flag(let flag): return flag ? "true" : "false"
    case .list(let items):
      let texts = items.map { Self.text(of: $0, indent: inner) }
      if texts.allSatisfy({ !$0.contains("\n") }), texts.reduce(0, { $0 + $1.count }) < 80 {
        return "[\(texts.joined(separator: ", "))]"
      }
      return "[\n\(texts.map { inner + $0 }.joined(separator: ",\n"))\n\(indent)]"
    case .object(let members):
      if members.isEmpty { return "{}" }
      let lines = members.map { "\(inner)\(quoted($0.0)): \(text(of: $0.1, indent: inner))" }
      return "{\n\(lines.joined(separator: ",\n"))\n\(indent)}"
    }
  }

  private static func quoted(_ text: String) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .withoutEscapingSlashes
    return (try? encoder.encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
  }
}
