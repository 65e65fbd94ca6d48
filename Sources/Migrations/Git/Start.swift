/// From which migration on a history is reported.
package indirect enum Start: Hashable, Sendable {
  /// Behind the migration of this version.
  case version(String)
  /// What a commit of the repository does not have; what others added there since counts as released.
  case git(String)
  /// What the default branch did not have when this one was begun.
  case changed
  /// The same, and only what the newest tag of a pattern has is released: the rest may still be changed and overtaken.
  /// Without another start, what that tag does not have.
  case releases(String, Start?)

  /// Whether a version of the history tells, which may come after all that is reported.
  var isVersion: Bool { if case .version = self { true } else { false } }

  /// `git:REF`, or a version.
  package init(parsing text: String) {
    self = text.hasPrefix("git:") ? .git(String(text.dropFirst("git:".count))) : .version(text)
  }
}
