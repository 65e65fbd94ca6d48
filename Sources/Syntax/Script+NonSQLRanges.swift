extension [Script] {
  /// Of a file's parts, what was not read as it stands, in one line: `${schema} (3 times), :name taken as unknown names; \connect skipped`;
  /// `nil` where all was.
  package var nonSQLSummary: String? {
    var replaced: [String] = []
    var omitted: [String] = []
    var skipped: [String] = []
    for (part, text) in flatMap({ script in script.nonSQLRanges.map { ($0, script.source[$0.range].firstLine) } }) {
      switch part.kind {
      case .placeholder: replaced.append(text)
      case .omitted: omitted.append(text)
      // The end of the data says nothing that the data do not say.
      case .metaCommand("."): break
      case .metaCommand(let name): skipped.append("\\\(name)")
      case .copyData: skipped.append("COPY data")
      }
    }
    let sentences = [
      replaced.counted.map { "\($0) taken as unknown names or values" }, omitted.counted.map { "\($0) left out" },
      skipped.counted.map { "\($0) skipped" },
    ]
    let said = sentences.compactMap(\.self)
    return said.isEmpty ? nil : said.joined(separator: "; ")
  }
}

extension [String] {
  /// Each once, in the order of the first ones, with how often it is there; `nil` if there is none.
  fileprivate var counted: String? {
    guard !isEmpty else { return nil }
    var order: [String] = []
    var counts: [String: Int] = [:]
    for text in self {
      if counts[text] == nil { order.append(text) }
      counts[text, default: 0] += 1
    }
    return order.map { text in
      let count = counts[text] ?? 0
      return count == 1 ? text : "\(text) (\(count) times)"
    }
    .joined(separator: ", ")
  }
}
