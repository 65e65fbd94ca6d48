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

/// The parts of a long list.
@usableFromInline
struct PartChunks<Part: NamedPart>: Sendable {
  @usableFromInline
  struct Chunk: Sendable {
    /// Never given twice in a list, and greater in chunks behind it.
    @usableFromInline
    let id: Int
    @usableFromInline
    var parts: Box<[Part]>

    @inlinable
    init(id: Int, parts: Box<[Part]>) {
      self.id = id
      self.parts = parts
    }
  }

  @usableFromInline
  var chunks: [Chunk] = []
  /// How many parts are before each chunk.
  @usableFromInline
  var starts: [Int] = []
  @usableFromInline
  var count = 0
  @usableFromInline
  var nextID = 0
  /// The first chunk with a part of the name.
  @usableFromInline
  var places: TreeDictionary<Part.PartName, Int> = [:]
  /// The chunks behind it with one of the same name, where there are any.
  @usableFromInline
  var laterPlaces: TreeDictionary<Part.PartName, [Int]> = [:]

  @inlinable
  static var chunkLength: Int { 32 }

  @inlinable
  init(_ parts: [Part]) { for part in parts { append(part) } }

  // MARK: - Places

  /// The last chunk that starts at or before a position.
  @inlinable
  func chunk(at position: Int) -> Int { starts.partitioningIndex { $0 > position } - 1 }

  @inlinable
  func chunk(withID id: Int) -> Int { chunks.partitioningIndex { $0.id >= id } }

  @inlinable
  subscript(position: Int) -> Part {
    _read {
      let chunk = chunk(at: position)
      yield chunks[chunk].parts.object[position - starts[chunk]]
    }
    _modify {
      let chunk = chunk(at: position)
      let offset = position - starts[chunk]
      let name = chunks[chunk].parts.object[offset].partName
      defer {
        let newName = chunks[chunk].parts.object[offset].partName
        if newName != name {
          note(newName, in: chunks[chunk].id)
          forget(name, in: chunk)
        }
      }
      yield &chunks[chunk].parts.object[offset]
    }
  }

  @inlinable
  func contains(named name: Part.PartName) -> Bool { places[name] != nil }

  @inlinable
  func firstIndex(named name: Part.PartName) -> Int? {
    guard let id = places[name] else { return nil }
    let chunk = chunk(withID: id)
    return chunks[chunk].parts.object.firstIndex { $0.partName == name }.map { starts[chunk] + $0 }
  }

  @inlinable
  mutating func note(_ name: Part.PartName, in id: Int) {
    guard let first = places[name] else {
      places[name] = id
      return
    }
    guard first != id else { return }
    var later = laterPlaces[name] ?? []
    guard !later.contains(id) else { return }
    later.append(max(first, id))
    places[name] = min(first, id)
    laterPlaces[name] = later.sorted()
  }

  /// A part of the name has left a chunk; others may still be there.
  @inlinable
  mutating func forget(_ name: Part.PartName, in chunk: Int) {
    guard !chunks[chunk].parts.object.contains(where: { $0.partName == name }) else { return }
    var later = laterPlaces[name] ?? []
    if places[name] == chunks[chunk].id {
      places[name] = later.first
      later = Array(later.dropFirst())
    } else {
      later.removeAll { $0 == chunks[chunk].id }
    }
    laterPlaces[name] = later.isEmpty ? nil : later
  }

  // MARK: - Changes

  @inlinable
  mutating func append(_ part: Part) {
    count += 1
    if let last = chunks.indices.last, chunks[last].parts.object.count < Self.chunkLength {
      chunks[last].parts.object.append(part)
      note(part.partName, in: chunks[last].id)
    } else {
      starts.append(count - 1)
      chunks.append(Chunk(id: nextID, parts: Box([part])))
      note(part.partName, in: nextID)
      nextID += 1
    }
  }

  @inlinable
  mutating func remove(at position: Int) {
    let chunk = chunk(at: position)
    let removed = chunks[chunk].parts.object.remove(at: position - starts[chunk])
    forget(removed.partName, in: chunk)
    dropEmptyChunks()
  }

  @inlinable
  mutating func removeAll(where isMeant: (Part) -> Bool) {
    for chunk in chunks.indices where chunks[chunk].parts.object.contains(where: isMeant) {
      let old = chunks[chunk].parts.object
      chunks[chunk].parts = Box(old.filter { !isMeant($0) })
      for name in Set(old.filter(isMeant).map(\.partName)) { forget(name, in: chunk) }
    }
    dropEmptyChunks()
  }

  @inlinable
  mutating func dropEmptyChunks() {
    chunks.removeAll { $0.parts.object.isEmpty }
    count = 0
    starts.removeAll(keepingCapacity: true)
    for chunk in chunks {
      starts.append(count)
      count += chunk.parts.object.count
    }
  }

  // MARK: - Two states of one list

  @inlinable
  func parts(notSharedWith other: Self) -> [Part] {
    var parts: [Part] = []
    var next = 0
    for chunk in chunks {
      while next < other.chunks.count, other.chunks[next].id < chunk.id { next += 1 }
      if next < other.chunks.count, other.chunks[next].parts.storage === chunk.parts.storage { continue }
      parts += chunk.parts.object
    }
    return parts
  }
}

extension Array {
  /// The first position whose element is of the second kind, where those of the first kind are all before them.
  @inlinable
  func partitioningIndex(where isSecond: (Element) -> Bool) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if isSecond(self[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
