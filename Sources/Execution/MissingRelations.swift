import Catalog
import Syntax

extension Execution {
  /// The statement needs a relation. It is refused for certain where the history dropped it, and where the history tells
  /// of all relations of the schema, unless something else made it. `name` has its schema.
  mutating func require(_ name: QualifiedName, as kind: ObjectKind = .table) throws(SQLError) {
    if catalog.isKnown(name) || catalog.types[name] != nil { return }
    if catalog.external.contains(name) { return }
    if catalog.isGone(name) { throw .undefined(kind, name) }
    catalog.noteNeed(of: name)
    if catalog.tellsAll(ofSchemaOf: name), !name.isLeftBehind { doubt(.undefined(kind, name)) }
  }
}

extension QualifiedName {
  /// Whether it may be what REINDEX CONCURRENTLY left behind when it failed.
  fileprivate var isLeftBehind: Bool { name.hasSuffix("_ccnew") || name.hasSuffix("_ccold") }
}
