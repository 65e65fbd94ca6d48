import Syntax

extension Table {
  /// Of its columns, constraints, policies and settings.
  func differences(
    from before: Table,
    _ forms: (before: CanonicalForm, now: CanonicalForm)
  ) -> [CatalogDifference] {
    let columns = Self.differences(before.columns, self.columns, name: \.name) {
      $0.shape(in: forms.before, of: before) == $1.shape(in: forms.now, of: self)
    }
    let constraints = Self.differences(before.constraints, self.constraints, name: \.name, where: { !$0.isInherited }) {
      $0.shape(in: forms.before, of: before) == $1.shape(in: forms.now, of: self)
    }
    let policies = Self.differences(before.policies, self.policies, name: \.name) {
      $0.mapping { forms.before.of($0, table: before) } == $1.mapping { forms.now.of($0, table: self) }
    }
    let parts = described([(.column, columns), (.constraint, constraints), (.policy, policies)])
    if hasSameSettings(as: before) { return parts }
    return parts + [CatalogDifference(kind: .changed, subject: .settings(of: name))]
  }

  /// Triggers and rules, of which something differs.
  func differences(ofTriggersFrom before: Table) -> [CatalogDifference] {
    let triggers = Self.differences(before.triggers, self.triggers, name: \.name) { $0.definition == $1.definition }
    let rules = Self.differences(before.rules, self.rules, name: \.name) { $0.definition == $1.definition }
    return described([(.trigger, triggers), (.rule, rules)])
  }

  private func described(
    _ parts: [(part: CatalogDifference.Part, found: [(kind: CatalogDifference.Kind, name: String)])]
  ) -> [CatalogDifference] {
    parts.flatMap { part, found in
      found.map { CatalogDifference(kind: $0.kind, subject: .part(part, $0.name, of: name)) }
    }
  }

  func hasSameSettings(as other: Table) -> Bool {
    hasRowSecurity == other.hasRowSecurity && forcesRowSecurity == other.forcesRowSecurity
      && partitionKey == other.partitionKey && partitionBound == other.partitionBound && parents == other.parents
      && persistence == other.persistence && Set(options) == Set(other.options)
  }

  /// Most parts are the same in every respect, so that what counts is asked of few.
  private static func differences<Part>(
    _ before: PartList<Part>,
    _ after: PartList<Part>,
    name: (Part) -> String,
    where counts: (Part) -> Bool = { _ in true },
    isSame: (Part, Part) -> Bool
  ) -> [(kind: CatalogDifference.Kind, name: String)] {
    let old = before.parts(notSharedWith: after).filter(counts)
    let new = after.parts(notSharedWith: before).filter(counts)
    if old == new { return [] }
    let others = Dictionary(new.map { (name($0), $0) }) { first, _ in first }
    let names = Set(old.map(name))
    return old.compactMap { part -> (CatalogDifference.Kind, String)? in
      guard let other = others[name(part)] else { return (.missing, name(part)) }
      return part == other || isSame(part, other) ? nil : (.changed, name(part))
    } + new.map(name).filter { !names.contains($0) }.map { (.leftOver, $0) }
  }
}

extension Column {
  /// What code can tell of the column.
  struct Shape: Equatable {
    let type: String?
    let collation: QualifiedName?
    let isNotNull: Bool
    let defaultValue: Expression?
    let identity: Identity?
    let generated: Expression?
  }

  func shape(in form: CanonicalForm, of table: Table) -> Shape {
    Shape(
      type: type.map { form.of($0).sql },
      collation: collation,
      isNotNull: isNotNull,
      defaultValue: defaultValue.map { form.ofDefault($0, column: self) },
      identity: identity,
      generated: generated.map { form.of($0, table: table) }
    )
  }
}

extension TableConstraint {
  /// What the constraint demands.
  struct Shape: Equatable {
    let kind: String
    let columns: [String]
    let referenced: QualifiedName?
    var isValidated: Bool
    let isDeferrable: Bool
  }

  func shape(in form: CanonicalForm, of table: Table) -> Shape {
    let word: String =
      switch definition.kind {
      case .primaryKey: "primary key"
      case .unique: "unique"
      case .check(let condition, _): "check \(form.of(condition, table: table).sql)"
      case .foreignKey(let key): "foreign key \(key.onDelete) \(key.onUpdate)"
      default: "exclusion"
      }
    return Shape(
      kind: word,
      columns: columns,
      referenced: referenced,
      isValidated: isValidated,
      isDeferrable: definition.isDeferrable
    )
  }
}
