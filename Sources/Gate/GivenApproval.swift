import Linting
import Syntax

/// An approval that somebody gave.
package struct GivenApproval: Hashable, Sendable {
  /// A name, a handle such as `@vera`, a team or a role.
  package let name: String
  /// The digest of what it was given for; `nil` where nobody says.
  package let digest: String?

  package init(name: String, digest: String? = nil) {
    self.name = name
    self.digest = digest
  }

  /// Those of a list, one a line; empty lines and what follows a number sign at the start of a line count for nothing.
  package static func read(_ text: String) -> [GivenApproval] {
    text.split(whereSeparator: \.isNewline).compactMap { line in
      let line = line.trimmingSpaces
      guard !line.isEmpty, !line.hasPrefix("#") else { return nil }
      guard let space = line.lastIndex(where: \.isWhitespace),
        line[line.index(after: space)...].hasPrefix(ContentDigest.prefix)
      else { return GivenApproval(name: line) }
      return GivenApproval(name: line[..<space].trimmingSpaces, digest: String(line[line.index(after: space)...]))
    }
  }
}

/// The approvals that were given for a report, of which some may not count.
package struct Approvals: Sendable {
  /// Why an approval does not count.
  package enum Objection: Hashable, Sendable {
    /// It was given for another text.
    case outdated
    /// It does not say for which text.
    case unbound
    /// Whoever wrote the change cannot approve it.
    case ownChange
    /// It is in the SQL, and the configuration does not take that for one.
    case comment
    /// It was given until a day that is over.
    case expired(CalendarDate)
  }

  /// Who has approved all that was reviewed, in lower case.
  let people: Set<String>
  /// Those that do not count.
  package let void: [(name: String, objection: Objection)]
  private let policy: ApprovalPolicy
  private let today: CalendarDate?
  private let author: String?

  /// `digest` is that of what is reviewed now.
  package init(
    _ given: [GivenApproval],
    for digest: String,
    by policy: ApprovalPolicy,
    author: String? = nil,
    today: CalendarDate? = nil
  ) {
    self.policy = policy
    self.today = today
    self.author = author?.lowercased()
    var people: Set<String> = []
    var void: [(String, Objection)] = []
    for approval in given {
      if approval.name.lowercased() == self.author {
        void.append((approval.name, .ownChange))
      } else if let own = approval.digest, own != digest {
        void.append((approval.name, .outdated))
      } else if approval.digest == nil, policy.mustBeBound {
        void.append((approval.name, .unbound))
      } else {
        people.insert(approval.name.lowercased())
      }
    }
    self.people = people
    // Somebody who approved once more counts.
    self.void = void.filter { !people.contains($0.0.lowercased()) }
  }

  /// Those of a migration: what was given for all, and what stands in its SQL.
  func people(for migration: Migration) -> (people: Set<String>, void: [(name: String, objection: Objection)]) {
    var people = people
    var void: [(String, Objection)] = []
    for comment in migration.script.approvalComments {
      for name in comment.names where !name.isEmpty && !people.contains(name.lowercased()) {
        if !policy.acceptsComments {
          void.append((name, .comment))
        } else if name.lowercased() == author {
          void.append((name, .ownChange))
        } else if case .day(let day)? = comment.end, let today, day < today {
          void.append((name, .expired(day)))
        } else {
          people.insert(name.lowercased())
        }
      }
    }
    return (people, void)
  }
}
