/// What the evaluation that one statement asks for may still take. A few bytes of code can ask for the work of a day, or for
/// more memory than there is.
///
/// All code that a statement runs, however nested, draws on the same budget. What is over it is not known.
package struct EvaluationBudget: Sendable {
  /// The code of real migrations takes some hundreds.
  package static let maximumSteps = 100_000
  package static let maximumBytes = 8 << 20

  private var steps: Int
  private var bytes: Int
  /// Whether more was asked for than there is.
  package private(set) var isExceeded = false

  /// `steps` are those of the code, rounds of loops, rows and parts of expressions; `bytes` those of the values that are
  /// read and made, and of the statements that run.
  package init(steps: Int = maximumSteps, bytes: Int = maximumBytes) {
    self.steps = steps
    self.bytes = bytes
  }

  /// Takes so much; false where it is not there, and from then on.
  package mutating func spend(steps: Int = 0, bytes: Int = 0) -> Bool {
    guard !isExceeded, steps <= self.steps, bytes <= self.bytes else {
      isExceeded = true
      return false
    }
    self.steps -= steps
    self.bytes -= bytes
    return true
  }

  /// Takes what reading or making a value costs.
  package mutating func pays(for value: Value) -> Bool {
    guard let size = value.size() else { return false }
    return spend(bytes: size)
  }

  package func hasSteps(_ count: Int) -> Bool { count <= steps }

  func hasBytes(_ count: Int) -> Bool { count <= bytes }
}

extension Value {
  /// In bytes; `nil` for arrays inside more arrays than PostgreSQL's `MAXDIM` allows.
  fileprivate func size(dimensions: Int = 6) -> Int? {
    switch self {
    case .text(let text): return 16 + text.utf8.count
    case .null, .boolean, .integer, .date, .timestamp, .interval: return 16
    case .array(let elements):
      guard dimensions > 0 else { return nil }
      var sum = 16
      for element in elements {
        guard let size = element.size(dimensions: dimensions - 1) else { return nil }
        sum += size
      }
      return sum
    }
  }
}
