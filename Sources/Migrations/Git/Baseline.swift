import Syntax

/// What the branch has that a change is to be merged into: which files are released, and with which texts.
///
/// Two commits tell. The branch's newest one holds all that runs before this change does. The one at which this change
/// parted from it tells what the change did: what is not as there was edited or deleted here, and not by others since.
struct Baseline: Sendable {
  /// A file, compared with the branch.
  enum Status: Hashable, Sendable {
    case new
    /// On the branch with the same text.
    case released
    /// On the branch with this text, which is another one here.
    case edited(from: [UInt8])
    /// On the branch when this change parted from it, and not here.
    case deleted
    /// On the branch since.
    case ahead
    /// Like a deleted one, but no release has it, so that nobody misses it.
    case withdrawn
    /// On the branch with a text that the clone does not have, as in a partial clone: nobody knows that it is the same.
    case unknown
  }

  /// The branch, for people.
  let name: String
  private let git: Git
  private let workingFolder: RawPath
  /// The files of the commits by absolute path.
  private let newest: [RawPath: GitAnswer.File]
  private let common: [RawPath: GitAnswer.File]
  /// The files of the newest release; `nil` where all that is on the branch is released.
  private let release: [RawPath: GitAnswer.File]?
  /// What either commit has in a folder, by the folder's absolute path.
  private let names: [RawPath: Set<[UInt8]>]

  /// What is known of the files below a folder; `nil` where `start` tells of no branch.
  init?(_ start: Start?, on system: ContinuousIntegration, below folder: RawPath) throws(Git.Failure) {
    guard let base = try BaseCommits(start, on: system, of: folder) else { return nil }
    let (tip, fork) = (base.tip, base.fork)
    git = base.git
    name = base.name
    workingFolder = FileSystem.workingFolder()
    let root = folder.absolute(from: workingFolder)
    let read = { (files: [GitAnswer.File]) in
      Dictionary(files.map { (root.appending($0.path), $0) }) { first, _ in first }
    }
    newest = read(try git.files(in: tip))
    common = fork == tip ? newest : read(try git.files(in: fork))
    if case .releases(let pattern, _)? = start {
      release = read(try git.files(in: try git.newestRelease(pattern).commit))
    } else {
      release = nil
    }
    names = Self.names(of: newest.keys, common.keys, below: root)
  }

  private static func names(
    of files: Dictionary<RawPath, GitAnswer.File>.Keys...,
    below root: RawPath
  ) -> [RawPath: Set<[UInt8]>] {
    var names: [RawPath: Set<[UInt8]>] = [:]
    for file in files.joined() {
      var path = file
      while path != root, names[path.folder, default: []].insert(path.name).inserted { path = path.folder }
    }
    return names
  }

  /// The names in a folder on the branch: of files and of folders.
  func names(in folder: RawPath) -> (files: [RawPath], folders: [RawPath]) {
    let place = folder.absolute(from: workingFolder)
    let paths = (names[place] ?? []).map { (path: folder.appending($0), absolute: place.appending($0)) }
    return (
      paths.filter { names[$0.absolute] == nil }.map(\.path), paths.filter { names[$0.absolute] != nil }.map(\.path)
    )
  }

  /// Whether a file that is on the branch is released.
  func isReleased(_ path: RawPath) -> Bool { release.map { $0[path.absolute(from: workingFolder)] != nil } ?? true }

  /// Whether the branch has a file.
  func has(_ path: RawPath) -> Bool {
    let place = path.absolute(from: workingFolder)
    return newest[place] != nil || common[place] != nil
  }

  /// The text of a file on the branch; `nil` where it has none, and where git has the name and not the text.
  func text(of path: RawPath) -> [UInt8]? { file(path).flatMap { try? git.content(of: $0.blob) } }

  private func file(_ path: RawPath) -> GitAnswer.File? {
    let place = path.absolute(from: workingFolder)
    return common[place] ?? newest[place]
  }

  /// The status of a file, which is here or on the branch; `content` is its text where that does not come from the file.
  func status(of path: RawPath, content: [UInt8]?) -> Status {
    guard content != nil || (try? FileSystem.inspect(path)) != nil else {
      if common[path.absolute(from: workingFolder)] == nil { return .ahead }
      return isReleased(path) ? .deleted : .withdrawn
    }
    guard let file = file(path) else { return .new }
    if content == nil, file.isLink, let target = FileSystem.linkTarget(of: path), BlobID.isID(file.blob, of: target) {
      return .released
    }
    let here = content ?? (try? FileSystem.read(path))
    if let here, BlobID.isID(file.blob, of: here) || BlobID.isID(file.blob, of: here.withoutCarriageReturns) {
      return .released
    }
    guard let before = text(of: path) else { return .unknown }
    guard let here, before.isSameText(as: here) else { return isReleased(path) ? .edited(from: before) : .new }
    return .released
  }
}

extension [UInt8] {
  /// The text as git stores it where it writes lines that end in CR LF.
  fileprivate var withoutCarriageReturns: [UInt8] {
    guard contains(UInt8(ascii: "\r")) else { return self }
    return indices.filter { index in
      self[index] != UInt8(ascii: "\r") || index + 1 == endIndex || self[index + 1] != UInt8(ascii: "\n")
    }.map { self[$0] }
  }

  /// Whether two files hold the same text, however it is encoded and its lines end: git changes both between a commit
  /// and the work tree (gitattributes' documentation, `eol` and `working-tree-encoding`).
  func isSameText(as other: [UInt8]) -> Bool {
    self == other || plainText == other.plainText
  }

  /// The same for all files that hold the same text.
  var plainText: [UInt8] { ((try? SourceText.decode(path: "", bytes: self).utf8) ?? self).withoutCarriageReturns }
}
