/// Looks for files of a name below folders.
package enum FolderSearch {
  /// The nearest folders below one that hold a file of this name; none below these, and none that is hidden, left out or
  /// only linked to.
  package static func folders(with name: String, below folder: RawPath, leavingOut exclusions: Exclusions) -> [RawPath]
  {
    var found: [RawPath] = []
    var room = FolderWalk.maximumEntries
    var open = [(path: folder, depth: 0)]
    while let (path, depth) = open.popLast() {
      guard let entries = try? FileSystem.entries(of: path, upTo: room) else { continue }
      room -= entries.count
      if depth > 0, entries.contains(where: { $0.name.elementsEqual(name.utf8) && $0.kind != .folder }) {
        found.append(path)
        continue
      }
      guard depth + 1 < FolderWalk.maximumDepth else { continue }
      for entry in entries where entry.kind == .folder && entry.name.first != .dot {
        if entry.name.elementsEqual("node_modules".utf8) { continue }
        let below = path.appending(entry.name)
        if !exclusions.cover(below) { open.append((below, depth + 1)) }
      }
    }
    return found.sorted { NaturalOrder.precedes($0.bytes, $1.bytes) }
  }
}
