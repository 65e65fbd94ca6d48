import HashTreeCollections
import Syntax

/// The names under which objects were written: made, changed or removed.
@usableFromInline
package struct WriteLog: Sendable {
  /// Since ``forget()``.
  package private(set) var written: TreeSet<QualifiedName> = []
  /// Since the dependency graph was last brought up to date.
  private(set) var unindexed: TreeSet<QualifiedName> = []
  /// Temporary objects, since the session began; they end with it.
  private(set) var temporary: TreeSet<QualifiedName> = []

  @usableFromInline
  mutating func note(_ name: QualifiedName) {
    written.insert(name)
    unindexed.insert(name)
    if name.schema == Catalog.temporary { temporary.insert(name) }
  }

  /// From now on only what is written after this counts as ``written``.
  mutating func forget() { written = [] }

  var isIndexed: Bool { unindexed.isEmpty }

  mutating func markIndexed() { unindexed = [] }

  mutating func endSession() { temporary = [] }
}
