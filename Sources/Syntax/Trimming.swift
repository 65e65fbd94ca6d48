extension StringProtocol {
  /// Without white space at its ends.
  package var trimmingSpaces: String {
    var rest = Substring(self).drop { $0.isWhitespace }
    while rest.last?.isWhitespace == true { rest.removeLast() }
    return String(rest)
  }
}
