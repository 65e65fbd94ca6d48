import Syntax

/// What of a catalog is not as it was.
package struct CatalogDifference: Hashable, Comparable, Sendable {
  package enum Kind: Hashable, Comparable, Sendable {
    /// It was there and is not any more.
    case missing
    case changed
    /// It is there and was not.
    case leftOver
  }

  package let kind: Kind
  /// For people, such as `column email of users`.
  package let object: String

  package static func < (left: Self, right: Self) -> Bool { (left.object, left.kind) < (right.object, right.kind) }
}

extension Catalog {
  /// What is not as in `before`, of which this one knows all that was written since (``forgetWrites()``). The order of
  /// columns, comments, storage and statistics do not count: no running code depends on them, and PostgreSQL cannot put a
  /// column back into its place. Nor does the spelling of an expression (``CanonicalForm``).
  package func differences(from before: Catalog) -> [CatalogDifference] {
    var differences: [CatalogDifference] = []
    let forms = (before: CanonicalForm(in: before), now: CanonicalForm(in: self))
    func note(_ kind: CatalogDifference.Kind, _ word: String, _ name: QualifiedName) {
      // What is temporary ends with the session.
      guard name.schema != Self.temporary else { return }
      differences.append(CatalogDifference(kind: kind, object: "\(word) \(name.displayName)"))
    }
    func compare<Object>(
      _ word: String,
      _ old: ObjectMap<Object>,
      _ new: ObjectMap<Object>,
      where counts: (Object) -> Bool = { _ in true },
      _ isSame: (Object, Object) -> Bool
    ) {
      for name in new.log.written {
        switch (old[name], new[name]) {
        case (let old?, nil): if counts(old) { note(.missing, word, name) }
        case (nil, let new?): if counts(new) { note(.leftOver, word, name) }
        case (let old?, let new?): if !isSame(old, new), counts(old) { note(.changed, word, name) }
        case (nil, nil): break
        }
      }
    }
    compare("table", before.tables, tables, where: { !$0.isAssumed }) { old, new in
      if !old.isAssumed, old != new {
        differences += new.differences(from: old, forms)
        if before.writtenTriggers(of: old) != writtenTriggers(of: new) {
          differences += new.differences(ofTriggersFrom: old)
        }
      }
      return true
    }
    // Those of a table that is gone, or new, go without saying.
    compare("index", before.indexes, indexes, where: { stands($0, beside: before) }) { old, new in
      if old.definition == new.definition { return true }
      let old = old.defined(by: forms.before.of(old.definition, table: before.tables[old.table]))
      let new = new.defined(by: forms.now.of(new.definition, table: tables[new.table]))
      return before.written { $0.writeIndexes([old]) } == written { $0.writeIndexes([new]) }
    }
    compare("view", before.views, views) { old, new in
      old.options == new.options
        && (old.query == new.query || forms.before.of(old.query) == forms.now.of(new.query))
    }
    compare("sequence", before.sequences, sequences, where: { $0.owner == nil }) {
      $0.options == $1.options && $0.type == $1.type
    }
    compare("type", before.types, types) { $0.form == $1.form || forms.before.of($0.form) == forms.now.of($1.form) }
    compare("function", before.functions, functions) { old, new in
      old == new || old.map(\.definition) == new.map(\.definition)
        || before.written(old) == written(new)
    }
    compare("statistics", before.statistics, statistics) { old, new in
      old.definition == new.definition || before.written { $0.write(old) } == written { $0.write(new) }
    }
    differences += Set(before.schemas).differences(to: Set(schemas), "schema")
    differences += Set(before.extensions.keys).differences(to: Set(extensions.keys), "extension")
    return differences.sorted()
  }

  /// As SQL, which does not tell in which words something was made.
  private func written(_ write: (inout SchemaWriter) -> Void) -> [String] {
    var writer = SchemaWriter(database: Database(catalog: self))
    write(&writer)
    return writer.statements
  }

  private func written(_ overloads: PartList<Function>) -> [String] {
    overloads.flatMap { function in written { $0.write(function, named: function.definition.name) } }.sorted()
  }

  private func writtenTriggers(of table: Table) -> [String] {
    table.triggers.flatMap { trigger in written { $0.write(trigger, on: table.name) } }.sorted()
      + written { $0.writeRules(table.rules, of: table.name) }
  }

  /// Whether an index backs no constraint, and its table is in both schemas.
  private func stands(_ index: Index, beside other: Catalog) -> Bool {
    index.constraint == nil && index.parent == nil && tables[index.table] != nil && other.tables[index.table] != nil
  }
}

extension Index {
  fileprivate func defined(by definition: CreateIndex) -> Index {
    var index = self
    index.definition = definition
    return index
  }
}

extension Table {
  fileprivate func differences(
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
    let parts = described([("column", columns), ("constraint", constraints), ("policy", policies)])
    if hasSameSettings(as: before) { return parts }
    return parts + [CatalogDifference(kind: .changed, object: "settings of \(name.displayName)")]
  }

  /// Triggers and rules, of which something differs.
  fileprivate func differences(ofTriggersFrom before: Table) -> [CatalogDifference] {
    let triggers = Self.differences(before.triggers, self.triggers, name: \.name) { $0.definition == $1.definition }
    let rules = Self.differences(before.rules, self.rules, name: \.name) { $0.definition == $1.definition }
    return described([("trigger", triggers), ("rule", rules)])
  }

  private func described(
    _ parts: [(word: String, found: [(kind: CatalogDifference.Kind, name: String)])]
  ) -> [CatalogDifference] {
    parts.flatMap { word, found in
      found.map {
        CatalogDifference(kind: $0.kind, object: "\(word) \($0.name.quotedIdentifier) of \(name.displayName)")
      }
    }
  }

  private func hasSameSettings(as other: Table) -> Bool {
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
  fileprivate struct Shape: Equatable {
    let type: String?
    let collation: QualifiedName?
    let isNotNull: Bool
    let defaultValue: Expression?
    let identity: Identity?
    let generated: Expression?
  }

  fileprivate func shape(in form: CanonicalForm, of table: Table) -> Shape {
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
  fileprivate struct Shape: Equatable {
    let kind: String
    let columns: [String]
    let referenced: QualifiedName?
    let isValidated: Bool
    let isDeferrable: Bool
  }

  fileprivate func shape(in form: CanonicalForm, of table: Table) -> Shape {
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

extension Set<String> {
  fileprivate func differences(to new: Self, _ kind: String) -> [CatalogDifference] {
    subtracting(new).map { CatalogDifference(kind: .missing, object: "\(kind) \($0.quotedIdentifier)") }
      + new.subtracting(self).map { CatalogDifference(kind: .leftOver, object: "\(kind) \($0.quotedIdentifier)") }
  }
}
