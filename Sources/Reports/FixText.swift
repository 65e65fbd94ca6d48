import Linting

extension Finding.Fix {
  /// The SQL of each migration, without white space around it. Comments before it say which one it is, where there are
  /// several, so that pasting keeps the order, and what running code must do first. Then what a down migration lacks.
  var numberedSQL: [String] {
    let numbered = steps.enumerated().map { index, step in
      let number = steps.count == 1 ? [] : ["-- migration \(index + 1) of \(steps.count)"]
      let condition = step.deploy.map { ["-- once \($0)"] } ?? []
      return (number + condition + [step.sql.trimmed]).joined(separator: "\n")
    }
    return numbered + (rollback.map { [$0.trimmed] } ?? [])
  }

  /// The comment that allows the finding, where the advice ends with it; and the advice without it.
  var comment: String? {
    advice.firstRange(of: "-- sqllint:").map { String(advice[$0.lowerBound...]) }
  }

  var words: String {
    comment.map { String(advice.dropLast($0.count)).trimmed } ?? advice
  }

  /// The advice, and the SQL after a blank line.
  var text: String {
    ([advice] + numberedSQL).joined(separator: "\n\n")
  }
}

extension String {
  /// Without white space at both ends.
  var trimmed: String {
    guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else {
      return ""
    }
    return String(self[first...last])
  }
}
