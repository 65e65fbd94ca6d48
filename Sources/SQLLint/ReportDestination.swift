import ArgumentParser
import Migrations
import Reports

/// What one `--output` asks for: a file and the format of the report in it.
struct ReportDestination: Hashable, Sendable {
  let path: RawPath
  let format: ReportFormat

  /// Reads `report.json` or `report.xml=junit`.
  init(_ argument: String) throws(ValidationError) {
    let raw = RawArguments.paths(shownAs: argument).first ?? RawPath(argument)
    if let sign = argument.lastIndex(of: "="),
      let format = ReportFormat(rawValue: String(argument[argument.index(after: sign)...])), sign > argument.startIndex
    {
      path = RawPath(bytes: Array(raw.bytes.dropLast(argument[sign...].utf8.count)))
      self.format = format
      return
    }
    guard let format = ReportFormat.told(by: argument) else { throw ValidationError(Self.complaint(about: argument)) }
    path = raw
    self.format = format
  }

  private static func complaint(about argument: String) -> String {
    let formats = ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")
    if argument.lowercased().hasSuffix(".xml") {
      return "--output \(argument): XML may be junit or checkstyle; say which, as in \(argument)=junit"
    }
    return
      "--output \(argument): the ending tells no format; end the name in \(ReportFormat.endings), or write the format "
      + "behind it, as in \(argument)=json (\(formats))"
  }
}

extension ReportFormat {
  /// Longer endings before those that they end in.
  private static let formats: [(ending: String, format: ReportFormat)] = [
    (".sarif.json", .sarif), (".json", .json), (".sarif", .sarif), (".md", .markdown), (".markdown", .markdown),
    (".html", .html), (".htm", .html), (".txt", .text), (".text", .text),
  ]

  /// For people, one a format.
  static let endings = ".html, .json, .md, .sarif or .txt"

  /// The format that the name of a file tells.
  static func told(by name: String) -> ReportFormat? {
    let name = name.lowercased()
    return formats.first { name.hasSuffix($0.ending) }?.format
  }
}
