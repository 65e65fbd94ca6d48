import Execution
import Syntax

/// One thing that a rule has to say about one place.
package struct Finding: Hashable, Sendable {
  /// The id of the rule.
  package let rule: String
  package var risk: Risk
  /// The offending tokens, in bytes.
  package let range: Range<Int>
  package internal(set) var message: Message
  /// The safe way, with the user's own names.
  package let fix: Fix?
  /// The position of the statement in its script; `nil` for a finding about the file.
  package let statement: Int?
  /// What a later migration may finish; `nil` where none can.
  package let leftover: Leftover?
  /// The breakages that the message speaks of. A migration may make again what it takes away: where it does so with all
  /// of them before its end, the finding has nothing to say but its ``remainder``.
  package internal(set) var breaks: [Breakage] = []
  /// What is to be said where nothing breaks.
  package let remainder: Message?
  /// Whether it is about the rollback, which is no risk of the migration's own.
  package internal(set) var isAboutRollback = false
  /// The comment that allows it; `nil` where the finding counts.
  package var suppression: Suppression?

  package init(
    rule: String,
    risk: Risk,
    range: Range<Int>,
    message: Message,
    fix: Fix? = nil,
    statement: Int? = nil,
    leftover: Leftover? = nil,
    breaks: [Breakage] = [],
    remainder: Message? = nil,
    suppression: Suppression? = nil
  ) {
    self.rule = rule
    self.risk = risk
    self.range = range
    self.message = message
    self.fix = fix
    self.statement = statement
    self.leftover = leftover
    self.breaks = breaks
    self.remainder = remainder
    self.suppression = suppression
  }

  package var isSuppressed: Bool { suppression != nil }

  /// Whether it gives its statement and its migration its risk; what the file allows is no less risky for it.
  package var countsForRisk: Bool { !isAboutRollback }

  /// Why the file allows it; `nil` where it counts or no reason is given.
  package var suppressionReason: String? {
    suppression.flatMap { $0.reason.isEmpty ? nil : $0.reason }
  }

  /// What is wrong and what follows for people: starts in lower case, names the object, has no full stop.
  ///
  /// Rules make their messages in `fileprivate static` factories at the end of their file.
  package struct Message: Hashable, Sendable, CustomStringConvertible, ExpressibleByStringInterpolation {
    package let description: String

    package init(stringLiteral value: String) { description = value }

    mutating func append(_ words: String) { self = "\(description)\(words)" }
  }

  /// How to do the same safely.
  package struct Fix: Hashable, Sendable {
    /// One sentence.
    package let advice: String
    /// Migrations to paste, to be deployed in this order. Their SQL passes every rule.
    package let steps: [Step]
    /// SQL for the down migration.
    package let rollback: String?

    package init(_ advice: String, migrations: [String] = []) {
      self.init(advice, migrations: migrations.map { Step($0) })
    }

    package init(_ advice: String, migrations: [Step], rollback: String? = nil) {
      self.advice = advice
      steps = migrations
      self.rollback = rollback
    }

    package var migrations: [String] { steps.map(\.sql) }

    /// One migration of the safe way.
    package struct Step: Hashable, Sendable, ExpressibleByStringInterpolation {
      package let sql: String
      /// What must be true of running code before this migration is deployed, as a clause; `nil` where nothing must.
      package let deploy: String?

      package init(_ sql: String, once deploy: String? = nil) {
        self.sql = sql
        self.deploy = deploy
      }

      package init(stringLiteral value: String) { self.init(value) }
    }
  }
}
