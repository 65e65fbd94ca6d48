/// What git prints, read. Whoever wrote the commits chose what most of it says.
package enum GitAnswer {
  /// A file in a commit.
  package struct File: Hashable, Sendable {
    /// From the folder.
    package let path: [UInt8]
    /// The id of the text.
    package let blob: String
    /// Whether it is a link, whose text is the path that it leads to.
    package let isLink: Bool
  }

  /// No system opens a longer path.
  static let maximumPath = 4096
  /// What the paths of all folders of all files may come to.
  static let maximumFolders = 256 << 20

  /// The lines of an answer.
  package static func lines(_ output: [UInt8]) -> [String] {
    String(decoding: output, as: UTF8.self).split(whereSeparator: \.isNewline).map(String.init)
  }

  /// The files below a folder in what `ls-tree -r -z --full-tree` prints; `nil` where they are too many to be held.
  ///
  /// `prefix` is the path of the folder from the top of the repository, empty at the top.
  package static func files(_ listing: [UInt8], below prefix: [UInt8]) -> [File]? {
    // `100644 blob ID<tab>path`, each with a NUL after it.
    let files = listing.split(separator: 0).compactMap { entry -> File? in
      guard let tab = entry.firstIndex(of: UInt8(ascii: "\t")) else { return nil }
      let words = String(decoding: entry[..<tab], as: UTF8.self).split(separator: " ")
      guard words.count == 3, words[1] == "blob" else { return nil }
      var path = entry[(tab + 1)...]
      if !prefix.isEmpty {
        guard path.starts(with: prefix + [.slash]) else { return nil }
        path = path.dropFirst(prefix.count + 1)
      }
      guard path.isBelow else { return nil }
      return File(path: Array(path), blob: String(words[2]), isLink: words[0] == "120000")
    }
    // Each folder above a file is kept under its own path.
    let size = files.reduce(0) { $0 + $1.path.count * $1.path.count(where: { $0 == .slash }) }
    return size <= maximumFolders ? files : nil
  }

  /// Why git stopped, without the word in front of it: warnings come before it, advice behind.
  package static func complaint(_ errors: [UInt8]) -> String {
    let lines = lines(errors)
    for mark in ["fatal: ", "error: "] {
      if let line = lines.first(where: { $0.hasPrefix(mark) }) { return String(line.dropFirst(mark.count)) }
    }
    return lines.first ?? "git failed without a message"
  }
}

extension ArraySlice<UInt8> {
  /// Whether a path leads to a file below, as one that git checks out does. A tree that was written by hand may hold any
  /// name.
  fileprivate var isBelow: Bool {
    let parts = split(separator: .slash, omittingEmptySubsequences: false)
    return count <= GitAnswer.maximumPath && parts.count <= FolderWalk.maximumDepth
      && parts.allSatisfy { !$0.isEmpty && !$0.elementsEqual(".".utf8) && !$0.elementsEqual("..".utf8) }
  }
}
