import HashTreeCollections

/// A part of an object, which is told apart from the others of its kind by a name.
@usableFromInline
package protocol NamedPart: Hashable, Sendable {
  associatedtype PartName: Hashable & Sendable

  var partName: PartName { get }
}

/// The parts of one kind that an object has, in the order of their making.
///
/// Every statement that changes an object works on a copy, and nothing keeps a table from having thousands of
/// constraints. A list of more than a few parts is therefore kept in chunks, which copies share until one of them changes,
/// and finds a part by its name without a search. Nearly all lists are short, and are arrays.
@usableFromInline
package struct PartList<Part: NamedPart>: Sendable {
  /// All parts, unless they are ``many``.
  @usableFromInline
  var few: [Part] = []
  @usableFromInline
  var many: Box<PartChunks<Part>>?

  @inlinable
  static var most: Int { 64 }

  @inlinable
  package init() {}

  @inlinable
  package init(_ parts: some Sequence<Part>) {
    few = Array(parts)
    regroup()
  }

  /// Whether it is looked at in chunks: what walks over all parts for each statement costs too much.
  @inlinable
  package var isLong: Bool { many != nil }

  /// Turns to chunks and back, well apart, so that a list at the limit does not do so all the time.
  @inlinable
  mutating func regroup() {
    if let chunks = many?.object {
      guard chunks.count < Self.most / 2 else { return }
      few = Array(self)
      many = nil
    } else if few.count > Self.most {
      many = Box(PartChunks(few))
      few = []
    }
  }

  // MARK: - By name

  @inlinable
  package func firstIndex(named name: Part.PartName) -> Int? {
    if let many { return many.object.firstIndex(named: name) }
    return few.firstIndex { $0.partName == name }
  }

  @inlinable
  package func contains(named name: Part.PartName) -> Bool {
    if let many { return many.object.contains(named: name) }
    return few.contains { $0.partName == name }
  }

  @inlinable
  package subscript(named name: Part.PartName) -> Part? { firstIndex(named: name).map { self[$0] } }

  /// Changes a part, where there is one of the name.
  @inlinable
  package mutating func update(_ name: Part.PartName, _ change: (inout Part) -> Void) {
    if let index = firstIndex(named: name) { change(&self[index]) }
  }

  @inlinable
  package mutating func remove(named name: Part.PartName) {
    guard isLong else { return few.removeAll { $0.partName == name } }
    while let index = firstIndex(named: name) {
      many?.object.remove(at: index)
      regroup()
    }
  }

  // MARK: - Without copies

  // An iterator hands out copies, and most parts are looked at only to be passed over.

  @inlinable
  package func first(where isMeant: (Part) -> Bool) -> Part? {
    guard let many else { return few.first(where: isMeant) }
    for chunk in many.object.chunks {
      if let part = chunk.parts.object.first(where: isMeant) { return part }
    }
    return nil
  }

  @inlinable
  package func contains(where isMeant: (Part) -> Bool) -> Bool {
    guard let many else { return few.contains(where: isMeant) }
    return many.object.chunks.contains { $0.parts.object.contains(where: isMeant) }
  }

  @inlinable
  package func filter(_ isMeant: (Part) -> Bool) -> [Part] {
    guard let many else { return few.filter(isMeant) }
    return many.object.chunks.flatMap { $0.parts.object.filter(isMeant) }
  }

  // MARK: - Changes

  @inlinable
  package mutating func append(_ part: Part) {
    guard isLong else {
      few.append(part)
      return regroup()
    }
    many?.object.append(part)
  }

  @inlinable
  package mutating func removeAll(where isMeant: (Part) -> Bool) {
    guard isLong else { return few.removeAll(where: isMeant) }
    many?.object.removeAll(where: isMeant)
    regroup()
  }

  @inlinable
  package static func += (list: inout Self, parts: some Sequence<Part>) { for part in parts { list.append(part) } }

  // MARK: - Two states of one list

  /// The parts that may not be the same in another state of the list. Of a short list that is all of them, of a long one
  /// those in chunks that the two do not share.
  @inlinable
  package func parts(notSharedWith other: Self?) -> [Part] {
    guard let many else { return few }
    guard let others = other?.many else { return Array(self) }
    return many.object.parts(notSharedWith: others.object)
  }
}

extension PartList: RandomAccessCollection, MutableCollection {
  @inlinable
  package var startIndex: Int { 0 }

  @inlinable
  package var endIndex: Int { many?.object.count ?? few.count }

  @inlinable
  package subscript(position: Int) -> Part {
    _read {
      if let many { yield many.object[position] } else { yield few[position] }
    }
    _modify {
      // Taken out, so that it is changed in place where nobody else holds it.
      if var chunks = many.take() {
        defer { many = chunks }
        yield &chunks.object[position]
      } else {
        yield &few[position]
      }
    }
  }

  @inlinable
  package func makeIterator() -> Iterator {
    Iterator(parts: few, chunks: many?.object.chunks ?? [])
  }

  @usableFromInline
  package struct Iterator: IteratorProtocol {
    @usableFromInline
    var parts: [Part]
    @usableFromInline
    var position = 0
    @usableFromInline
    var chunks: [PartChunks<Part>.Chunk]
    @usableFromInline
    var nextChunk = 0

    @inlinable
    init(parts: [Part], chunks: [PartChunks<Part>.Chunk]) {
      self.parts = parts
      self.chunks = chunks
    }

    @inlinable
    package mutating func next() -> Part? {
      while position == parts.count {
        guard nextChunk < chunks.count else { return nil }
        parts = chunks[nextChunk].parts.object
        nextChunk += 1
        position = 0
      }
      defer { position += 1 }
      return parts[position]
    }
  }
}

extension PartList: ExpressibleByArrayLiteral {
  @inlinable
  package init(arrayLiteral parts: Part...) { self.init(parts) }
}

extension PartList: Hashable {
  @inlinable
  package static func == (left: Self, right: Self) -> Bool {
    guard let many = left.many, let others = right.many else {
      return left.many == nil && right.many == nil ? left.few == right.few : left.elementsEqual(right)
    }
    return left.count == right.count
      && many.object.parts(notSharedWith: others.object) == others.object.parts(notSharedWith: many.object)
  }

  @inlinable
  package func hash(into hasher: inout Hasher) { for part in self { hasher.combine(part) } }
}
