/// What services count a report's paths from: the root of the repository, wherever sqllint runs.
package struct RepositoryPaths: Hashable, Sendable {
  /// How the path of standard input reads, which lies nowhere.
  package static let standardInput = "<stdin>"

  private let root: [Substring]
  private let workingFolder: [Substring]

  /// Both paths are absolute, and lead through no link.
  package init(root: String, workingFolder: String) {
    self.root = Self.steps(root)
    self.workingFolder = Self.steps(workingFolder)
  }

  /// A path as the report has it, which counts from the working folder, as it is from the root. What lies elsewhere stays
  /// as it is.
  func relative(_ path: String) -> String {
    guard path != Self.standardInput else { return path }
    let steps = path.hasPrefix("/") ? Self.steps(path) : Self.steps(path, from: workingFolder)
    guard steps.count > root.count, steps.starts(with: root) else { return path }
    return steps[root.count...].joined(separator: "/")
  }

  private static func steps(_ path: String, from folder: [Substring] = []) -> [Substring] {
    var steps = folder
    for step in path.split(separator: "/") where step != "." {
      if step == ".." { _ = steps.popLast() } else { steps.append(step) }
    }
    return steps
  }
}

extension ReportStyle {
  /// A path for services that know the repository; without one it counts from the working folder.
  func servicePath(_ path: String) -> String {
    var path = (repository?.relative(path) ?? path)[...]
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return String(path)
  }
}
