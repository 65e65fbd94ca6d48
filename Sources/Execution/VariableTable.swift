import Syntax

/// What code knows of its variables.
struct VariableTable {
  /// By name; fields of a record as `record.field`.
  private(set) var values: [String: Value]
  /// The names in ``values`` of a record's fields, by the record's name, so that no other variable is looked at when the
  /// record is set.
  private var fields: [String: Set<String>] = [:]

  init(values: [String: Value] = [:]) { self.values = values }

  /// Sets a variable or a field. `nil` is a value that nobody knows; a record's fields are not known then either.
  mutating func set(_ name: String, to value: Value?) {
    for field in fields.removeValue(forKey: name) ?? [] { values[field] = nil }
    guard let period = name.firstIndex(of: ".") else {
      values[name] = value
      return
    }
    // The field of a field changes with either of them; it is left unknown.
    guard name[name.index(after: period)...].allSatisfy({ $0 != "." }) else { return }
    values[name] = value
    fields[String(name[..<period]), default: []].insert(name)
  }

  /// Sets a variable to what it is in one round of a loop. Of columns with the same name the first one is the field.
  mutating func set(_ name: String, to round: Round) {
    set(name, to: round.value)
    for (column, value) in round.fields.reversed() { set("\(name).\(column)", to: value) }
  }

  /// What a loop sets its variable to before its steps run: a value, or the columns of a row.
  struct Round {
    let value: Value?
    var fields: [(column: String, value: Value)] = []
  }
}
