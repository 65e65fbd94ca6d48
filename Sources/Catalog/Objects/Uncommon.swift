/// A value that most of its owners have in its usual state: then it takes no room, and is nothing to copy.
struct Uncommon<Value: Hashable & Sendable & HasUsualState>: Hashable, Sendable {
  private final class Storage: Sendable {
    let value: Value

    init(_ value: Value) { self.value = value }
  }

  /// `nil` for the usual state.
  private var storage: Storage?

  var isUsual: Bool { storage == nil }

  var value: Value {
    get { storage?.value ?? Value() }
    set { storage = newValue == Value() ? nil : Storage(newValue) }
  }

  static func == (left: Self, right: Self) -> Bool {
    left.storage === right.storage || left.storage?.value == right.storage?.value
  }

  func hash(into hasher: inout Hasher) { hasher.combine(storage?.value) }
}

protocol HasUsualState {
  /// The usual state.
  init()
}
