import Execution
import Linting
import Yams

extension ConfigurationReader {
  private enum SizeKey: String, CaseIterable { case large, small }

  static let tableKeys = SizeKey.allCases.map {
    ConfigurationKey(
      in: "tables",
      $0.rawValue,
      "Patterns of the names of \($0.rawValue) tables; one that is both is large.",
      usual: "[]",
      .texts(expected: "a pattern such as schema.*", maximum: maximumExternal)
    )
  }

  mutating func readTables(_ node: Node) {
    for (key, value) in pairs(node, of: "tables") {
      guard let size = choice(key, of: "a key of tables", among: SizeKey.allCases) else { continue }
      let patterns = patterns(value, of: size.rawValue, expecting: "a pattern such as schema.*")
      if patterns.count > Self.maximumExternal {
        complain(at: value, "more than \(Self.maximumExternal) patterns: give a file with the sizes instead")
      }
      switch size {
      case .large: configuration.largeTables = patterns
      case .small: configuration.smallTables = patterns
      }
    }
  }

  mutating func readRates(_ node: Node) {
    let expected = "a rate such as 100 MB/s"
    for (key, value) in pairs(node, of: "rates") {
      guard let work = choice(key, of: "a key of rates", among: Work.allCases),
        let word = text(value, expecting: expected)
      else { continue }
      if let rate = Self.rate(word) {
        configuration.rates.bytesPerSecond[work] = rate
      } else {
        complain(at: value, "\(work.rawValue) is '\(word)': expected \(expected)")
      }
    }
  }

  /// Bytes a second.
  private static func rate(_ text: String) -> Int? {
    let units = [("kb/s", 1 << 10), ("mb/s", 1 << 20), ("gb/s", 1 << 30)]
    let text = text.lowercased()
    guard let (unit, factor) = units.first(where: { text.hasSuffix($0.0) }),
      let number = Int(text.dropLast(unit.count).filter { $0 != " " }), (1...100_000).contains(number)
    else { return nil }
    return number * factor
  }
}
