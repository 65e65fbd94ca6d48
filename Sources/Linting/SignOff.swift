/// Who must approve a migration and has, as far as the run knows.
package struct SignOff: Hashable, Sendable {
  /// A role, and who has approved as that.
  package struct Role: Hashable, Sendable {
    package let name: String
    /// How many people must.
    package let count: Int
    /// Those who may, as the configuration lists them.
    package let people: [String]
    /// Those who have.
    package let approvedBy: [String]

    package init(name: String, count: Int = 1, people: [String] = [], approvedBy: [String] = []) {
      self.name = name
      self.count = count
      self.people = people
      self.approvedBy = approvedBy
    }

    package var isApproved: Bool { approvedBy.count >= count }

    /// Such as `CTO`, or `2 of DBA`.
    var words: String { count > 1 ? "\(count) of \(name)" : name }

    /// Such as `CTO is missing`.
    fileprivate var clause: String {
      if isApproved { return "\(name) has approved" }
      return count == 1 ? "\(name) is missing" : "of \(name) \(approvedBy.count) of \(count) have approved"
    }
  }

  /// Each of them must approve.
  package let roles: [Role]
  /// Whether the run asks for approvals, and fails without them.
  package let isAsked: Bool
  /// What keeps approvals from counting that somebody gave, a sentence each; none where nothing is missing.
  package let notes: [String]

  package init(roles: [Role], isAsked: Bool, notes: [String] = []) {
    self.roles = roles
    self.isAsked = isAsked
    self.notes = roles.allSatisfy(\.isApproved) ? [] : notes
  }

  package var isApproved: Bool { roles.allSatisfy(\.isApproved) }

  /// Whether the run fails for want of it.
  package var isMissing: Bool { isAsked && !isApproved }

  /// Those whose approval is missing.
  package var missing: [String] { isAsked ? roles.filter { !$0.isApproved }.map(\.name) : [] }

  /// `VP Engineering has approved, CTO is missing`
  package var sentence: String { roles.map(\.clause).joined(separator: ", ") }
}
