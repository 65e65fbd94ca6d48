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
  var boxes: TreeDictionary<QualifiedName, Box<Object?>> = [:]
  /// In a box, so that a copy of the map is two references.
  @usableFromInline
  var logBox = Box(WriteLog())

  package var log: WriteLog {
    get { logBox.object }
    _modify { yield &logBox.object }
  }

  /// How many objects were removed.
  @usableFromInline
  var removals = 0

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
      if let box = boxes[name] { yield box.storage.object } else { yield nil }
    }
    _modify {
      noteVisits()
      guard boxes[name] != nil else {
        var object: Object?
        yield &object
        if let object { self[name] = object }
        return
      }
      logBox.object.note(name)
      // What is there stays: removal is an assignment of nil, which is the setter's.
      yield &boxes[name, default: Box(nil)].object
    }
    set {
      noteVisits()
      logBox.object.note(name)
      if let newValue {
        boxes[name] = Box(newValue)
      } else {
        boxes[name] = nil
        removals += 1
      }
    }
  }

  /// What is asked of an object, with one look-up and without a copy of it; `nil` where there is none.
  @inlinable
  package func reading<Result>(_ name: QualifiedName, _ body: (Object) -> Result) -> Result? {
    noteVisits()
    guard let box = boxes[name] else { return nil }
    return box.storage.object.map(body)
  }

  package var count: Int { boxes.count }

  package var isEmpty: Bool { boxes.isEmpty }

  /// All names, in no order. Whoever asks for them pays for the whole catalog: printing does, statements do not.
  package var keys: some Sequence<QualifiedName> {
    noteVisits(count)
    return boxes.keys
  }

  /// All objects, in no order; see ``keys``.
  package var values: some Sequence<Object> {
    noteVisits(count)
    return boxes.values.lazy.compactMap { $0.object }
  }

  /// Whether there is an object of the name, without touching it.
  @inlinable
  package func contains(_ name: QualifiedName) -> Bool {
    noteVisits()
    return boxes[name] != nil
  }

  @discardableResult
  package mutating func remove(_ name: QualifiedName) -> Object? {
    noteVisits()
    guard let box = boxes.removeValue(forKey: name) else { return nil }
    logBox.object.note(name)
    removals += 1
    return box.object
  }
}

/// A value that copies share until one of them changes it.
@usableFromInline
package struct Box<Value: Sendable>: Sendable {
  /// Changed in place only while a single box holds it, as the standard library does with its buffers.
  @usableFromInline
  final class Storage: @unchecked Sendable {
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
