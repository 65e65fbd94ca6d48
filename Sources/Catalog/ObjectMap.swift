import HashTreeCollections
import Syntax

/// The objects of one kind, by name.
///
/// A persistent hash tree of boxes: a copy shares everything that neither side writes afterwards, so that keeping a copy,
/// and going back to one, costs the same however large the catalog is. Every write goes through the subscript, which
/// remembers the name: the dependency graph and comparisons look at those alone.
@usableFromInline
package struct ObjectMap<Object: Sendable>: Sendable {
  @usableFromInline
  struct Contents: Sendable {
    @usableFromInline
    var boxes: TreeDictionary<QualifiedName, Box<Object?>> = [:]
    @usableFromInline
    var log = WriteLog()
    /// How many objects were removed.
    @usableFromInline
    var removals = 0

    @usableFromInline
    init() {}
  }

  /// In a box, so that a copy of the map is one reference.
  @usableFromInline
  var contents = Box(Contents())

  package var log: WriteLog {
    _read { yield contents.storage.object.log }
    _modify { yield &contents.object.log }
  }

  var removals: Int { contents.object.removals }

  #if DEBUG
    /// What counts the objects that are touched, where a test asks for it.
    @usableFromInline
    package var visits: VisitCounter?
  #endif

  package init() {}

  @inlinable
  func noteVisits(_ count: Int = 1) {
    #if DEBUG
      visits?.add(count)
    #endif
  }

  @inlinable
  package subscript(name: QualifiedName) -> Object? {
    // What is asked of an object is read where it is, without a copy of the whole.
    _read {
      noteVisits()
      if let box = contents.storage.object.boxes[name] { yield box.storage.object } else { yield nil }
    }
    _modify {
      noteVisits()
      guard contents.object.boxes[name] != nil else {
        var object: Object?
        yield &object
        if let object { self[name] = object }
        return
      }
      contents.object.log.note(name)
      // What is there stays: removal is an assignment of nil, which is the setter's.
      yield &contents.object.boxes[name, default: Box(nil)].object
    }
    set {
      noteVisits()
      contents.object.log.note(name)
      if let newValue {
        contents.object.boxes[name] = Box(newValue)
      } else {
        contents.object.boxes[name] = nil
        contents.object.removals += 1
      }
    }
  }

  /// What is asked of an object, with one look-up and without a copy of it; `nil` where there is none.
  @inlinable
  package func reading<Result>(_ name: QualifiedName, _ body: (Object) -> Result) -> Result? {
    noteVisits()
    guard let box = contents.object.boxes[name] else { return nil }
    return box.storage.object.map(body)
  }

  package var count: Int { contents.object.boxes.count }

  package var isEmpty: Bool { contents.object.boxes.isEmpty }

  /// All names, in no order. Whoever asks for them pays for the whole catalog: printing does, statements do not.
  package var keys: some Sequence<QualifiedName> {
    noteVisits(count)
    return contents.object.boxes.keys
  }

  /// All objects, in no order; see ``keys``.
  package var values: some Sequence<Object> {
    noteVisits(count)
    return contents.object.boxes.values.lazy.compactMap { $0.object }
  }

  /// Whether there is an object of the name, without touching it.
  @inlinable
  package func contains(_ name: QualifiedName) -> Bool {
    noteVisits()
    // Many histories have no types and no views, and there is no name to hash then.
    return !contents.object.boxes.isEmpty && contents.object.boxes[name] != nil
  }

  @discardableResult
  package mutating func remove(_ name: QualifiedName) -> Object? {
    noteVisits()
    guard let box = contents.object.boxes.removeValue(forKey: name) else { return nil }
    contents.object.log.note(name)
    contents.object.removals += 1
    return box.object
  }
}

/// A value that copies share until one of them changes it.
@usableFromInline
package struct Box<Value: Sendable>: Sendable {
  /// Changed in place only while a single box holds it, as the standard library does with its buffers.
  @usableFromInline
  final class Storage: @unchecked Sendable {
    /// Whoever changes it holds the box, so that the compiler sees to it already that nobody else reads meanwhile.
    @exclusivity(unchecked)
    @usableFromInline
    var object: Value

    @inlinable
    init(_ object: Value) { self.object = object }
  }

  @usableFromInline
  var storage: Storage

  @inlinable
  init(_ object: Value) { storage = Storage(object) }

  @inlinable
  var object: Value {
    _read { yield storage.object }
    _modify {
      if !isKnownUniquelyReferenced(&storage) { storage = Storage(storage.object) }
      yield &storage.object
    }
  }
}
