import Syntax

/// The names under which objects were written: made, changed or removed.
///
/// A list that copies share: what is noted after a copy was made costs one entry, whatever was noted before.
@usableFromInline
package struct WriteLog: Sendable {
  private var last: Entry?
  /// The last entry that ``forget()`` has seen.
  private var forgotten: Entry?
  /// The last entry that the dependency graph has seen.
  private var indexed: Entry?
  /// The last of the temporary objects since the session began; they end with it.
  private var lastTemporary: Entry?

  @usableFromInline
  mutating func note(_ name: QualifiedName) {
    if let last, last !== forgotten, last !== indexed, last.name == name { return }
    last = Entry(name, behind: last)
    if name.schema == Catalog.temporary { lastTemporary = Entry(name, behind: lastTemporary) }
  }

  /// Since ``forget()``.
  package var written: Set<QualifiedName> { names(from: last, to: forgotten) }

  /// Since the dependency graph was last brought up to date.
  var unindexed: Set<QualifiedName> { names(from: last, to: indexed) }

  var isIndexed: Bool { last === indexed }

  var temporary: Set<QualifiedName> { names(from: lastTemporary, to: nil) }

  var hasTemporary: Bool { lastTemporary != nil }

  /// From now on only what is written after this counts as ``written``.
  mutating func forget() {
    forgotten = last
    dropWhatAllHaveSeen()
  }

  mutating func markIndexed() {
    indexed = last
    dropWhatAllHaveSeen()
  }

  mutating func endSession() { lastTemporary = nil }

  private mutating func dropWhatAllHaveSeen() {
    guard forgotten === last, indexed === last else { return }
    last = nil
    forgotten = nil
    indexed = nil
  }

  private func names(from last: Entry?, to end: Entry?) -> Set<QualifiedName> {
    var names: Set<QualifiedName> = []
    var next = last
    while let entry = next, entry !== end {
      names.insert(entry.name)
      next = entry.previous
    }
    return names
  }
}

/// Never changed while anybody else holds it.
private final class Entry: @unchecked Sendable {
  let name: QualifiedName
  private(set) var previous: Entry?

  init(_ name: QualifiedName, behind previous: Entry?) {
    self.name = name
    self.previous = previous
  }

  /// One by one, as a long list would end in as many calls inside one another.
  deinit {
    var next = previous
    previous = nil
    while isKnownUniquelyReferenced(&next) {
      let following = next?.previous
      next?.previous = nil
      next = following
    }
  }
}
