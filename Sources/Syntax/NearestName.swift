/// Finds what a mistyped name was meant to be.
package enum NearestName {
  /// No name that anything goes by is longer; to compare takes time by the square of the length.
  private static let longest = 100

  /// Of `names`, those that `word` may be a slip of, best first; at most `limit`.
  ///
  /// Case, hyphens and underscores do not count. A third of the letters may be wrong; a word may also be the beginning
  /// or a part of the name.
  package static func candidates(for word: String, among names: some Sequence<String>, limit: Int = 3) -> [String] {
    let wanted = letters(of: word)
    guard !wanted.isEmpty, wanted.count <= longest else { return [] }
    let scored = names.compactMap { name -> (distance: Int, name: String, isSlip: Bool)? in
      let own = letters(of: name)
      let allowed = max(1, max(wanted.count, own.count) / 3)
      // As many letters as one has more than the other are wrong in any case.
      if abs(wanted.count - own.count) <= allowed {
        let distance = distance(wanted, own, upTo: allowed)
        if distance <= allowed { return (distance, name, true) }
      }
      // A part of a name ranks after every slip.
      return wanted.count >= 3 && own.contains(wanted) ? (own.count, name, false) : nil
    }
    let sorted = scored.sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
    // A name that is right but for its hyphens leaves no room for doubt.
    if let best = sorted.first, best.distance == 0 { return [best.name] }
    // Nor does one that is far nearer than other slips.
    let furthest = (sorted.first?.distance ?? 0) * 2
    return sorted.filter { $0.distance <= furthest || !$0.isSlip }.prefix(limit).map(\.name)
  }

  /// `did you mean a, b or c?`, or, where nothing is near, `it is one of a, b, c`.
  package static func advice(for word: String, among names: [String]) -> String {
    let near = candidates(for: word, among: names)
    return near.isEmpty ? "it is one of \(names.joined(separator: ", "))" : "did you mean \(alternatives(near))?"
  }

  /// `a`, `a or b`, `a, b or c`.
  package static func alternatives(_ names: [String]) -> String {
    guard let last = names.last, names.count > 1 else { return names.first ?? "" }
    return "\(names.dropLast().joined(separator: ", ")) or \(last)"
  }

  private static func letters(of name: String) -> [Character] {
    name.prefix(longest + 1).lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " }.map(\.self)
  }

  /// How many letters must be put in, left out, replaced or swapped with their neighbour (optimal string alignment);
  /// some number above `limit` where it is more than that.
  private static func distance(_ left: [Character], _ right: [Character], upTo limit: Int) -> Int {
    var beforeLast: [Int] = []
    var last = Array(0...right.count)
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var best = min(last[j] + (a == b ? 0 : 1), last[j + 1] + 1, row[j] + 1)
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b { best = min(best, beforeLast[j - 1] + 1) }
        row.append(best)
      }
      beforeLast = last
      last = row
      // A row depends on the two before it, and nothing gets less on the way.
      if min(beforeLast.min() ?? 0, last.min() ?? 0) > limit { return limit + 1 }
    }
    return last[right.count]
  }
}
