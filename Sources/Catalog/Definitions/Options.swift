import Syntax

extension [Option] {
  /// SET (…): takes the place of options of the same names.
  package mutating func set(_ options: [Option]) {
    reset(options)
    self += options
  }

  /// RESET (…)
  package mutating func reset(_ options: [Option]) {
    removeAll { old in options.contains { $0.name == old.name && $0.namespace == old.namespace } }
  }
}
