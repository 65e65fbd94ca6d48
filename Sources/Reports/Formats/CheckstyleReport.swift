import Linting

/// Checkstyle's XML, which many services and editors read.
///
/// Source: `XMLLogger.java` of checkstyle, which writes it.
enum CheckstyleReport {
  static func write(_ report: Report, style: ReportStyle, to output: @escaping ([UInt8]) -> Void) {
    var files: [String] = []
    var problems: [String: [Problem]] = [:]
    for problem in report.problems {
      let path = problem.source.path
      if problems[path] == nil { files.append(path) }
      problems[path, default: []].append(problem)
    }
    XMLWriter.write(to: output, root: "checkstyle", [("version", "4.3")]) { xml in
      for file in files {
        xml.element("file", [("name", style.servicePath(file))]) { xml in
          for problem in problems[file] ?? [] {
            let place = problem.source.location(of: problem.range.lowerBound)
            xml.element(
              "error",
              [
                ("line", String(place.line)), ("column", String(place.column)),
                ("severity", problem.severity), ("message", problem.message),
                ("source", "sqllint.\(problem.name)"),
              ]
            )
          }
        }
      }
    }
  }
}

extension Problem {
  /// What fails the run is an error.
  fileprivate var severity: String { fails ? "error" : risk == .low ? "info" : "warning" }
}
