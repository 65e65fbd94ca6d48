import Syntax

/// Why there is nothing to check, and what to do about it.
package struct LoadingFailure: Error, Hashable, Sendable {
  package enum Problem: Hashable, Sendable {
    case missing(path: String)
    case refused(path: String, reason: String)
    case noMigrations(folder: String)
    case tooManyEntries(folder: String, maximum: Int)
    case unknownBranch(folder: String, reason: String)
    /// The runner that was asked for runs no file that is there.
    case nothingToRun(runner: String)
    /// No migration has the version after which they were asked for.
    case unknownVersion(String, last: String?)
    /// There is more than is read of a run.
    case overLimit(Limits.Name, Limits)
  }

  /// At least one, in the order of the paths that were given.
  package let problems: [Problem]
}

extension LoadingFailure.Problem: CustomStringConvertible {
  package var description: String {
    switch self {
    case .missing(let path):
      "\(path.shownName): there is no such file or folder; give the folder that holds the migrations"
    case .refused(let path, let reason):
      "\(path.shownName): cannot be read (\(reason)); check its permissions"
    case .noMigrations(let folder):
      "\(folder.shownName): no file in it, or in a folder below, ends in .sql; give the folder that holds the migrations"
    case .tooManyEntries(let folder, let maximum):
      "\(folder.shownName): more than \(maximum) names are in it and in folders below; "
        + "give the folder that holds the migrations"
    case .nothingToRun(let runner):
      "\(runner) was asked for, but it runs none of these files; leave it out to have the runner detected"
    case .unknownVersion(let version, let last):
      "no migration has version \(version.shownName); "
        + (last.map { "the last one is \($0.shownName)" } ?? "there is none")
    case .overLimit(let name, let limits):
      "the files are more than \(name.excess(of: limits)), so nothing is judged; give fewer of them, or leave some out with "
        + "--exclude"
    case .unknownBranch(let folder, let reason):
      "\(folder.shownName): cannot tell what is new: \(reason)"
    }
  }
}

extension LoadingFailure.Problem {
  /// Whether there are files, and none of them is a migration's.
  package var isAboutNoMigrations: Bool { if case .noMigrations = self { true } else { false } }
}
