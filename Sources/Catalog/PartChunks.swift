import HashTreeCollections
import Syntax

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
