/// What the user asks to be checked.
package enum MigrationSource: Hashable, Sendable {
  /// A file or a folder.
  case stored(RawPath)
  /// Text that is not read from a file, such as an editor's; `path` says where it belongs.
  case text([UInt8], path: RawPath)

  package var path: RawPath {
    switch self {
    case .stored(let path), .text(_, let path): path
    }
  }

  /// Whether it is read from a file or a folder.
  package var isStored: Bool { content == nil }

  var content: [UInt8]? {
    switch self {
    case .stored: nil
    case .text(let bytes, _): bytes
    }
  }
}
