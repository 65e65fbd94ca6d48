import Yams

/// What may stand behind a key. The reader, the schema for editors and the documentation go by it.
package indirect enum KeyShape: Sendable {
  /// One text; `expected` says what it is, for people.
  case text(expected: String)
  case choice([String])
  case number(ClosedRange<Int>)
  /// `true` or `false`.
  case flag
  /// Such as `100 MB/s`.
  case rate
  /// A list, in which no more than so many may stand.
  case texts(expected: String, maximum: Int? = nil)
  /// One text, or a list of them.
  case oneOrMore(expected: String)
  /// Who must approve: a text, a list, or `by` with a `count`.
  case approvers
  /// These keys.
  case group([ConfigurationKey])
  /// Keys that people choose.
  case map(Names, to: KeyShape)
  /// A list of groups that may have these keys, of which some must be there.
  case groups([ConfigurationKey], required: [String])

  /// What the keys of a map are.
  package enum Names: Sendable {
    case rules
    case patterns
    case roles
  }
}

/// A key of a configuration file: what it is called, what it is for, and what may stand behind it.
package struct ConfigurationKey: Sendable {
  package let name: String
  /// A sentence for people who write a file.
  package let summary: String
  /// What holds where the key is left out, as YAML; `nil` where that cannot be written.
  package let usual: String?
  package let shape: KeyShape
  /// Whether it may stand in an override.
  let isOverridable: Bool
  let read: @Sendable (inout ConfigurationReader, Node) -> Void
  /// Lays what a file says of the key over what is there.
  let take: @Sendable (inout Configuration, Partial) -> Void

  typealias Node = Yams.Node

  init(
    _ name: String,
    _ summary: String,
    usual: String? = nil,
    _ shape: KeyShape,
    isOverridable: Bool = false,
    read: @escaping @Sendable (inout ConfigurationReader, Node) -> Void,
    take: @escaping @Sendable (inout Configuration, Partial) -> Void
  ) {
    self.name = name
    self.summary = summary
    self.usual = usual
    self.shape = shape
    self.isOverridable = isOverridable
    self.read = read
    self.take = take
  }

  /// A key in a group, which the group reads and takes as a whole.
  init(in group: String, _ name: String, _ summary: String, usual: String? = nil, _ shape: KeyShape) {
    self.init(name, summary, usual: usual, shape, read: { _, _ in }, take: { _, _ in })
  }

  /// One whose value takes the place of what was there.
  private init<Value: Sendable>(
    _ name: String,
    _ summary: String,
    usual: String?,
    _ shape: KeyShape,
    isOverridable: Bool,
    at place: any WritableKeyPath<Configuration, Value> & Sendable,
    read: @escaping @Sendable (inout ConfigurationReader, Node) -> Value
  ) {
    self.init(
      name,
      summary,
      usual: usual,
      shape,
      isOverridable: isOverridable,
      read: { reader, node in
        let value = read(&reader, node)
        reader.configuration[keyPath: place] = value
      },
      take: { own, layer in own[keyPath: place] = layer.configuration[keyPath: place] }
    )
  }

  static func choice<Choice: RawRepresentable<String> & Sendable>(
    _ name: String,
    _ place: any WritableKeyPath<Configuration, Choice?> & Sendable,
    among choices: [Choice],
    _ summary: String,
    usual: String? = nil,
    isOverridable: Bool = false
  ) -> ConfigurationKey {
    ConfigurationKey(
      name,
      summary,
      usual: usual,
      .choice(choices.map(\.rawValue)),
      isOverridable: isOverridable,
      at: place
    ) { $0.choice($1, of: name, among: choices) }
  }

  static func text<Value: Sendable>(
    _ name: String,
    _ place: any WritableKeyPath<Configuration, Value?> & Sendable,
    expecting expected: String,
    _ summary: String,
    usual: String? = nil,
    isOverridable: Bool = false,
    as make: @escaping @Sendable (ConfigurationReader, String) -> Value
  ) -> ConfigurationKey {
    ConfigurationKey(
      name,
      summary,
      usual: usual,
      .text(expected: expected),
      isOverridable: isOverridable,
      at: place
    ) { reader, node in reader.text(node, expecting: expected).map { make(reader, $0) } }
  }

  /// A list of texts of a kind.
  static func texts<Value: Sendable>(
    _ name: String,
    _ place: any WritableKeyPath<Configuration, [Value]> & Sendable,
    expecting expected: String,
    maximum: Int? = nil,
    _ summary: String,
    as make: @escaping @Sendable (ConfigurationReader, String) -> Value
  ) -> ConfigurationKey {
    ConfigurationKey(
      name,
      summary,
      usual: "[]",
      .texts(expected: expected, maximum: maximum),
      isOverridable: false,
      at: place
    ) { reader, node in
      let texts = reader.patterns(node, of: name, expecting: expected)
      if let maximum, texts.count > maximum {
        reader.complain(at: node, "more than \(maximum) patterns: each name that is missing is held against all")
      }
      return texts.map { make(reader, $0) }
    }
  }

  static func flag(
    _ name: String,
    _ place: any WritableKeyPath<Configuration, Bool> & Sendable,
    _ summary: String,
    isOverridable: Bool = false
  ) -> ConfigurationKey {
    ConfigurationKey(name, summary, usual: "false", .flag, isOverridable: isOverridable, at: place) {
      $0.flag($1, of: name) ?? false
    }
  }

  static func number(
    _ name: String,
    _ place: any WritableKeyPath<Configuration, Int?> & Sendable,
    _ range: ClosedRange<Int>,
    _ summary: String,
    usual: String,
    isOverridable: Bool = false,
    read: @escaping @Sendable (inout ConfigurationReader, Node) -> Int?
  ) -> ConfigurationKey {
    ConfigurationKey(name, summary, usual: usual, .number(range), isOverridable: isOverridable, at: place, read: read)
  }
}
