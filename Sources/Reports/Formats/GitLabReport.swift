import Linting
import Syntax

/// GitLab's Code Quality report, which is shown in merge requests.
///
/// Source: GitLab's documentation, "Code Quality", "Code Quality report format". The path must not begin with `./`.
enum GitLabReport {
  static func write(_ report: Report, style: ReportStyle, to output: @escaping ([UInt8]) -> Void) {
    var fingerprints = Fingerprints()
    JSONWriter.write(to: output) { json in
      json.array(report.problems) { json, problem in
        json.object { json in
          json.member("check_name", problem.name)
          json.member("description", problem.message)
          json.member("fingerprint", fingerprints.next(for: problem.identity))
          json.member("location") { json in
            json.object { json in
              json.member("lines") { json in
                json.object { json in
                  json.member("begin", problem.source.location(of: problem.range.lowerBound).line)
                  json.member("end", problem.source.location(of: problem.range.upperBound).line)
                }
              }
              json.member("path", style.servicePath(problem.source.path))
            }
          }
          json.member("severity", problem.risk.severity)
        }
      }
    }
  }
}

extension Risk {
  fileprivate var severity: String {
    switch self {
    case .low: "minor"
    case .medium: "major"
    case .high: "critical"
    case .critical: "blocker"
    }
  }
}
