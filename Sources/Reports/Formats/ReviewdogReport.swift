import Linting
import Syntax

/// Reviewdog's diagnostic format as one document, `rdjson`.
///
/// Source: `proto/rdf/reviewdog.proto` and `proto/rdf/jsonschema` of reviewdog: columns count bytes of UTF-8, and the end is
/// the first place behind the range.
enum ReviewdogReport {
  static func write(
    _ report: Report,
    rules: [any Rule],
    style: ReportStyle,
    to output: @escaping ([UInt8]) -> Void
  ) {
    let references = Dictionary(rules.map { ($0.id, $0.reference) }, uniquingKeysWith: { first, _ in first })
    JSONWriter.write(to: output) { json in
      json.object { json in
        json.member("diagnostics", report.problems) { json, problem in
          json.object { json in
            json.member("code") { json in
              json.object { json in
                if let reference = references[problem.name] { json.member("url", reference) }
                json.member("value", problem.name)
              }
            }
            json.member("location") { json in
              json.object { json in
                json.member("path", style.servicePath(problem.source.path))
                json.member("range") { json in
                  json.object { json in
                    json.member("end") { problem.source.writePosition(of: problem.range.upperBound, to: &$0) }
                    json.member("start") { problem.source.writePosition(of: problem.range.lowerBound, to: &$0) }
                  }
                }
              }
            }
            let text = [problem.message, problem.fix?.text].compactMap(\.self).joined(separator: "\n\n")
            json.member("message", text)
            json.member("severity", problem.severity)
          }
        }
        json.member("source") { json in json.object { $0.member("name", "sqllint") } }
      }
    }
  }
}

extension SourceText {
  fileprivate func writePosition(of offset: Int, to json: inout JSONWriter) {
    let line = location(of: offset).line
    json.object { json in
      json.member("column", utf8.isEmpty ? 1 : offset - lineRange(line).lowerBound + 1)
      json.member("line", line)
    }
  }
}

extension Problem {
  fileprivate var severity: String { fails ? "ERROR" : risk == .low ? "INFO" : "WARNING" }
}
