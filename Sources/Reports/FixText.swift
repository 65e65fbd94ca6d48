import Linting

extension Finding.Fix {
  /// The SQL of each migration, without white space around it; where there are several, each starts with a comment
  /// that says which one it is, so that pasting keeps the order.
  var numberedSQL: [String] {
    migrations.enumerated().map { index, sql in
      let sql = sql.trimmed
      return migrations.count == 1 ? sql : "-- migration \(index + 1) of \(migrations.count)\n" + sql
    }
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
