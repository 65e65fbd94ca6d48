/// What the user asks to be checked.
package enum MigrationSource: Hashable, Sendable {
  /// A file or a folder.
  case path(RawPath)
  /// Text that is not read from a file, such as an editor's; `path` says where it belongs.
  case text([UInt8], path: RawPath)

  var path: RawPath {
    switch self {
    case .path(let path), .text(_, let path): path
    }
  }

  var content: [UInt8]? {
    switch self {
    case .path: nil
    case .text(let bytes, _): bytes
    }
  }
}
