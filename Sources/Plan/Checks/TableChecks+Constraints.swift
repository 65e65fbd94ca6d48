import Catalog
import Syntax

extension TableChecks {
  mutating func compare(_ old: TableConstraint?, _ new: TableConstraint) {
    var conditions = [
      "c.conrelid = \(name.regclass)", "c.conname = \(new.name.quotedLiteral)", "c.contype = '\(new.kindLetter)'",
    ]
    var words: [String] = []
    if old == nil || old?.isValidated != new.isValidated {
      conditions.append(new.isValidated ? "c.convalidated" : "NOT c.convalidated")
      words.append(new.isValidated ? "is there and validated" : "is there, not validated yet")
    }
    if let referenced = new.referenced, old == nil || old?.referenced != referenced {
      conditions.append("c.confrelid = \(referenced.regclass)")
      words.append("points to \(referenced.displayName)")
    }
    if new.isKey, !new.columns.isEmpty, old == nil || old?.columns != new.columns {
      conditions.append(Self.columns(new.columns))
      words.append("has its columns")
    }
    if let old {
      if old.definition.isDeferrable != new.definition.isDeferrable {
        conditions.append(new.definition.isDeferrable ? "c.condeferrable" : "NOT c.condeferrable")
        words.append(new.definition.isDeferrable ? "is deferrable" : "is not deferrable")
      }
      compareActions(old, new, &conditions, &words)
      compareTexts(old, new, &conditions, &words)
      if words.isEmpty {
        guard old.definition.kind != new.definition.kind else { return }
        list.look(
          "constraint \(new.name) of \(name.displayName) has the new definition",
          "SELECT pg_get_constraintdef(c.oid) FROM pg_constraint c WHERE \(conditions.joined(separator: " AND "))"
        )
        return
      }
    }
    list.add(
      "constraint \(new.name) of \(name.displayName) \(words.joined(separator: ", "))",
      "SELECT EXISTS (SELECT FROM pg_constraint c WHERE \(conditions.joined(separator: " AND ")))"
    )
  }

  private func compareActions(
    _ old: TableConstraint,
    _ new: TableConstraint,
    _ conditions: inout [String],
    _ words: inout [String]
  ) {
    guard case .foreignKey(let before) = old.definition.kind, case .foreignKey(let after) = new.definition.kind else {
      return
    }
    if before.onDelete != after.onDelete {
      conditions.append("c.confdeltype = '\(after.onDelete.letter)'")
      words.append("has its new ON DELETE")
    }
    if before.onUpdate != after.onUpdate {
      conditions.append("c.confupdtype = '\(after.onUpdate.letter)'")
      words.append("has its new ON UPDATE")
    }
  }

  /// PostgreSQL prints the strings of a condition as they are, and much else otherwise than it was written.
  private func compareTexts(
    _ old: TableConstraint,
    _ new: TableConstraint,
    _ conditions: inout [String],
    _ words: inout [String]
  ) {
    guard let before = old.condition, let after = new.condition, before != after else { return }
    let (earlier, later) = (before.plainStrings, after.plainStrings)
    let added = later.subtracting(earlier).sorted()
    let lost = earlier.subtracting(later).sorted()
    guard !added.isEmpty || !lost.isEmpty else { return }
    conditions += added.map { "position(\("'\($0)'".quotedLiteral) IN pg_get_constraintdef(c.oid)) > 0" }
    conditions += lost.map { "position(\("'\($0)'".quotedLiteral) IN pg_get_constraintdef(c.oid)) = 0" }
    words.append("has its new condition")
  }

  private static func columns(_ names: [String]) -> String {
    "(SELECT array_agg(a.attname::text ORDER BY k.position) FROM unnest(c.conkey) WITH ORDINALITY AS k (number, position)"
      + " JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = k.number)"
      + " = ARRAY[\(names.map(\.quotedLiteral).joined(separator: ", "))]"
  }

  // MARK: - Triggers and settings

  mutating func compareTriggers() {
    let before = before?.triggers ?? []
    for trigger in after.triggers where !trigger.isInherited {
      let old = before[named: trigger.name]
      let letter = trigger.firing.letter
      if old == nil || old?.firing != trigger.firing {
        list.add(
          "trigger \(trigger.name) of \(name.displayName) \(trigger.firing == .disabled ? "is switched off" : "is there")",
          "SELECT \(self.trigger(trigger.name, " AND tgenabled = '\(letter)'"))"
        )
      } else if old?.definition != trigger.definition {
        list.look(
          "trigger \(trigger.name) of \(name.displayName) has the new definition",
          "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE tgrelid = \(name.regclass)"
            + " AND tgname = \(trigger.name.quotedLiteral)"
        )
      }
    }
    for trigger in before where !trigger.isInherited && after.triggers[named: trigger.name] == nil {
      list.add(
        "trigger \(trigger.name) of \(name.displayName) is gone",
        "SELECT NOT \(self.trigger(trigger.name))"
      )
    }
  }

  private func trigger(_ trigger: String, _ condition: String = "") -> String {
    "EXISTS (SELECT FROM pg_trigger WHERE tgrelid = \(name.regclass) AND tgname = \(trigger.quotedLiteral)"
      + " AND NOT tgisinternal\(condition))"
  }

  mutating func compareSettings() {
    comparePolicies()
    if (before?.hasRowSecurity ?? false) != after.hasRowSecurity {
      list.add(
        "row-level security of \(name.displayName) is \(after.hasRowSecurity ? "on" : "off")",
        "SELECT EXISTS (SELECT FROM pg_class WHERE oid = \(name.regclass)"
          + " AND \(after.hasRowSecurity ? "" : "NOT ")relrowsecurity)"
      )
    }
    let parents = Set(before?.parents ?? [])
    for parent in Set(after.parents).subtracting(parents).sorted() {
      list.add("table \(name.displayName) is below \(parent.displayName)", "SELECT \(inherits(parent))")
    }
    for parent in parents.subtracting(after.parents).sorted() {
      list.add("table \(name.displayName) is no longer below \(parent.displayName)", "SELECT NOT \(inherits(parent))")
    }
    guard let before, before.options != after.options else { return }
    list.look(
      "table \(name.displayName) has its new storage parameters",
      "SELECT reloptions FROM pg_class WHERE oid = \(name.regclass)"
    )
  }

  private func inherits(_ parent: QualifiedName) -> String {
    "EXISTS (SELECT FROM pg_inherits WHERE inhrelid = \(name.regclass) AND inhparent = \(parent.regclass))"
  }

  private mutating func comparePolicies() {
    let before = before?.policies ?? []
    func exists(_ policy: String) -> String {
      "EXISTS (SELECT FROM pg_policy WHERE polrelid = \(name.regclass) AND polname = \(policy.quotedLiteral))"
    }
    for policy in after.policies {
      if let old = before[named: policy.name] {
        guard old != policy else { continue }
        list.look(
          "policy \(policy.name) of \(name.displayName) has the new definition",
          "SELECT * FROM pg_policies WHERE policyname = \(policy.name.quotedLiteral)"
            + " AND tablename = \(name.name.quotedLiteral)"
        )
      } else {
        list.add("policy \(policy.name) of \(name.displayName) is there", "SELECT \(exists(policy.name))")
      }
    }
    for policy in before where after.policies[named: policy.name] == nil {
      list.add("policy \(policy.name) of \(name.displayName) is gone", "SELECT NOT \(exists(policy.name))")
    }
  }
}

extension TableConstraint {
  /// `contype` in `pg_constraint`.
  var kindLetter: String {
    switch definition.kind {
    case .primaryKey: "p"
    case .unique: "u"
    case .exclusion: "x"
    case .foreignKey: "f"
    case .notNull: "n"
    default: "c"
    }
  }
}

extension ForeignKey.Action {
  /// `confdeltype` and `confupdtype` in `pg_constraint`.
  fileprivate var letter: String {
    switch self {
    case .noAction: "a"
    case .restrict: "r"
    case .cascade: "c"
    case .setNull: "n"
    case .setDefault: "d"
    }
  }
}

extension AlterTable.FiringMode {
  /// `tgenabled` in `pg_trigger`.
  fileprivate var letter: String {
    switch self {
    case .enabled: "O"
    case .always: "A"
    case .replica: "R"
    case .disabled: "D"
    }
  }
}

extension Expression {
  /// The strings in it that are printed as they are.
  fileprivate var plainStrings: Set<String> {
    var found: Set<String> = []
    walk { part in
      if case .constant(.string(let text)) = part, !text.contains("'"), !text.contains("\\") { found.insert(text) }
    }
    return found
  }
}
