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

  /// What is not as it was.
  package enum Subject: Hashable, Sendable {
    case table(QualifiedName)
    case index(QualifiedName)
    case view(QualifiedName)
    case sequence(QualifiedName)
    case type(QualifiedName)
    /// All overloads of a name.
    case function(QualifiedName)
    case statistics(QualifiedName)
    case schema(String)
    case `extension`(String)
    case part(Part, String, of: QualifiedName)
    case enumValue(String, of: QualifiedName)
    case settings(of: QualifiedName)
  }

  /// What belongs to a table.
  package enum Part: String, Sendable { case column, constraint, policy, trigger, rule }

  package let kind: Kind
  package let subject: Subject

  package init(kind: Kind, subject: Subject) {
    self.kind = kind
    self.subject = subject
  }

  /// For people, such as `column email of users`.
  package var object: String { subject.words }

  package static func < (left: Self, right: Self) -> Bool { (left.object, left.kind) < (right.object, right.kind) }
}

extension CatalogDifference.Subject {
  fileprivate var words: String {
    switch self {
    case .table(let name): "table \(name.displayName)"
    case .index(let name): "index \(name.displayName)"
    case .view(let name): "view \(name.displayName)"
    case .sequence(let name): "sequence \(name.displayName)"
    case .type(let name): "type \(name.displayName)"
    case .function(let name): "function \(name.displayName)"
    case .statistics(let name): "statistics \(name.displayName)"
    case .schema(let name): "schema \(name.quotedIdentifier)"
    case .extension(let name): "extension \(name.quotedIdentifier)"
    case .part(let part, let name, let table): "\(part.rawValue) \(name.quotedIdentifier) of \(table.displayName)"
    case .enumValue(let value, let type): "value \(value.quotedLiteral) of type \(type.displayName)"
    case .settings(let table): "settings of \(table.displayName)"
    }
  }

  /// The table that it is a part of, or the type.
  package var owner: Self? {
    switch self {
    case .part(_, _, let table), .settings(let table): .table(table)
    case .enumValue(_, let type): .type(type)
    default: nil
    }
  }
}

extension CatalogDifference.Kind {
  /// `nil` where the object is the same, or does not count.
  fileprivate init?<Object>(
    from old: Object?,
    to new: Object?,
    where counts: (Object) -> Bool,
    _ isSame: (Object, Object) -> Bool
  ) {
    switch (old, new) {
    case (let old?, nil) where counts(old): self = .missing
    case (nil, let new?) where counts(new): self = .leftOver
    case (let old?, let new?) where !isSame(old, new) && counts(old): self = .changed
    default: return nil
    }
  }
}

extension Catalog {
  /// What is not as in `before`, of which this one knows all that was written since (``forgetWrites()``). The order of
  /// columns, comments, storage and statistics do not count: no running code depends on them, and PostgreSQL cannot put a
  /// column back into its place. Nor does the spelling of an expression (``CanonicalForm``).
  package func differences(from before: Catalog) -> [CatalogDifference] {
    var differences: [CatalogDifference] = []
    let forms = (before: CanonicalForm(in: before), now: CanonicalForm(in: self))
    func compare<Object>(
      _ subject: (QualifiedName) -> CatalogDifference.Subject,
      _ old: ObjectMap<Object>,
      _ new: ObjectMap<Object>,
      where counts: (Object) -> Bool = { _ in true },
      _ isSame: (Object, Object) -> Bool
    ) {
      // What is temporary ends with the session.
      for name in new.log.written where name.schema != Self.temporary {
        let kind = CatalogDifference.Kind(from: old[name], to: new[name], where: counts, isSame)
        if let kind { differences.append(CatalogDifference(kind: kind, subject: subject(name))) }
      }
    }
    compare(CatalogDifference.Subject.table, before.tables, tables, where: { !$0.isAssumed }) { old, new in
      if !old.isAssumed, old != new {
        differences += new.differences(from: old, forms)
        if before.writtenTriggers(of: old) != writtenTriggers(of: new) {
          differences += new.differences(ofTriggersFrom: old)
        }
      }
      return true
    }
    // Those of a table that is gone, or new, go without saying.
    compare(CatalogDifference.Subject.index, before.indexes, indexes, where: { stands($0, beside: before) }) {
      old,
      new in
      if old.definition == new.definition { return true }
      let old = old.defined(by: forms.before.of(old.definition, table: before.tables[old.table]))
      let new = new.defined(by: forms.now.of(new.definition, table: tables[new.table]))
      return before.written { $0.writeIndexes([old]) } == written { $0.writeIndexes([new]) }
    }
    compare(CatalogDifference.Subject.view, before.views, views) { old, new in
      old.options == new.options
        && (old.query == new.query || forms.before.of(old.query) == forms.now.of(new.query))
    }
    compare(CatalogDifference.Subject.sequence, before.sequences, sequences, where: { $0.owner == nil }) {
      $0.options == $1.options && $0.type == $1.type
    }
    compare(CatalogDifference.Subject.type, before.types, types) { old, new in
      if old.form == new.form { return true }
      guard let values = new.valueDifferences(from: old) else {
        return forms.before.of(old.form) == forms.now.of(new.form)
      }
      differences += values
      return true
    }
    compare(CatalogDifference.Subject.function, before.functions, functions) { old, new in
      old == new || old.map(\.definition) == new.map(\.definition)
        || before.written(old) == written(new) || before.tokens(of: old).map { $0 == tokens(of: new) } ?? false
    }
    compare(CatalogDifference.Subject.statistics, before.statistics, statistics) { old, new in
      old.definition == new.definition || before.written { $0.write(old) } == written { $0.write(new) }
    }
    return (differences + namespaceDifferences(from: before)).sorted()
  }

  /// Of schemas and extensions only the names count.
  private func namespaceDifferences(from before: Catalog) -> [CatalogDifference] {
    var differences: [CatalogDifference] = []
    if before.schemas != schemas {
      differences += Set(before.schemas).differences(to: Set(schemas), CatalogDifference.Subject.schema)
    }
    if before.extensions != extensions {
      let (old, new) = (Set(before.extensions.keys), Set(extensions.keys))
      differences += old.differences(to: new, CatalogDifference.Subject.extension)
    }
    return differences
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

  /// Without layout and comments, to which code in SQL pays no heed; `nil` for other languages.
  private func tokens(of overloads: PartList<Function>) -> [[ArraySlice<UInt8>]]? {
    guard overloads.allSatisfy({ ["sql", "plpgsql"].contains($0.definition.language) }) else { return nil }
    return written(overloads).map(\.tokens)
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

extension String {
  /// The tokens of SQL, those of texts in dollar quotes one by one.
  fileprivate var tokens: [ArraySlice<UInt8>] {
    let bytes = Array(utf8)
    var lexer = Lexer(bytes)
    var tokens: [ArraySlice<UInt8>] = []
    while let token = lexer.nextSignificant() {
      let text = bytes[token.range]
      guard token.kind == .dollarString, token.isTerminated,
        let tag = text.dropFirst().firstIndex(of: UInt8(ascii: "$")),
        tag + 1 <= text.endIndex - (tag + 1 - text.startIndex)
      else {
        tokens.append(text)
        continue
      }
      var inner = Lexer(bytes, in: tag + 1..<text.endIndex - (tag + 1 - text.startIndex))
      while let token = inner.nextSignificant() { tokens.append(bytes[token.range]) }
    }
    return tokens
  }
}

extension Index {
  fileprivate func defined(by definition: CreateIndex) -> Index {
    var index = self
    index.definition = definition
    return index
  }
}

extension Set<String> {
  fileprivate func differences(
    to new: Self,
    _ subject: (String) -> CatalogDifference.Subject
  ) -> [CatalogDifference] {
    subtracting(new).map { CatalogDifference(kind: .missing, subject: subject($0)) }
      + new.subtracting(self).map { CatalogDifference(kind: .leftOver, subject: subject($0)) }
  }
}

extension UserType {
  /// The values that an enum has and had not, or had and has not; `nil` where that does not tell all.
  fileprivate func valueDifferences(from before: UserType) -> [CatalogDifference]? {
    guard case .enumeration(let old) = before.form, case .enumeration(let new) = form else { return nil }
    let (known, present) = (Set(old), Set(new))
    guard old.filter(present.contains) == new.filter(known.contains) else { return nil }
    return old.filter { !present.contains($0) }.map {
      CatalogDifference(kind: .missing, subject: .enumValue($0, of: name))
    }
      + new.filter { !known.contains($0) }.map { CatalogDifference(kind: .leftOver, subject: .enumValue($0, of: name)) }
  }
}
