import Linting
import Syntax

/// A folder as runners look at it: names at once, contents where they ask.
struct MigrationFolder {
  let path: RawPath
  /// The `.sql` files directly in it, in natural order.
  private(set) var files: [FolderFile]
  /// Files that are not for PostgreSQL, beside others that are.
  let otherDialects: [(file: FolderFile, reason: String)]
  /// In natural order; hidden ones left out.
  let subfolders: [RawPath]
  /// The comments that are lines of a few files, from the first to the last: runners are told by them.
  private let comments: [Substring]
  private let makeFile: @Sendable (RawPath) -> FolderFile
  private let exclusions: Exclusions
  private let project: Project
  private let baseline: Baseline?

  init(
    path: RawPath,
    files: [FolderFile],
    subfolders: [RawPath],
    exclusions: Exclusions,
    project: Project,
    baseline: Baseline?,
    makeFile: @escaping @Sendable (RawPath) -> FolderFile
  ) {
    self.path = path
    let variants = DialectFiles(files)
    let files = variants.files
    self.files = files
    otherDialects = variants.setAside
    self.subfolders = subfolders
    self.exclusions = exclusions
    self.project = project
    self.makeFile = makeFile
    self.baseline = baseline
    let step = max(1, files.count / Self.sampleSize)
    let sample = Set(stride(from: 0, to: files.count, by: step).map { $0 } + [files.count - 1])
    comments = sample.filter(files.indices.contains).flatMap { index -> [Substring] in
      guard let bytes = files[index].bytes else { return [] }
      // A file in another encoding is read as it will be later.
      let isMarked = SourceText.hasByteOrderMark(bytes)
      let text = isMarked ? (try? SourceText.decode(path: "", bytes: bytes))?.utf8 ?? bytes : bytes
      return DirectiveLines(Array(text.prefix(100_000))).lines.filter(\.isComment).map(\.text)
    }
  }

  /// The same folder with other files.
  func holding(_ files: [FolderFile]) -> Self {
    var folder = self
    folder.files = files
    return folder
  }

  /// What a file holds; `nil` where it cannot be read.
  func bytes(of file: FolderFile) -> [UInt8]? { file.bytes }

  /// The text of a file beside the migrations; `nil` where there is none, or a link that leads elsewhere.
  func text(of relativePath: String) -> String? {
    let path = relativePath.split(separator: "/").reduce(path) { $0.appending(Array($1.utf8)) }
    let isOwn = FileSystem.linkTarget(of: path) == nil || project.refusal(of: path) == nil
    guard isOwn, let bytes = try? FileSystem.read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }

  func has(_ relativePath: String) -> Bool {
    let path = relativePath.split(separator: "/").reduce(path) { $0.appending(Array($1.utf8)) }
    return (try? FileSystem.inspect(path)) != nil
  }

  /// A file below the folder, unless it is left out or is none.
  func file(_ relativePath: String) -> FolderFile? {
    file(relativePath) { (try? FileSystem.inspect($0).kind) == .file }
  }

  fileprivate func file(_ relativePath: String, isFile: (RawPath) -> Bool) -> FolderFile? {
    let path = relativePath.split(separator: "/").reduce(path) { $0.appending(Array($1.utf8)) }
    guard !leavesOut(path), isFile(path) || baseline?.has(path) == true else { return nil }
    return makeFile(path)
  }

  private func leavesOut(_ path: RawPath) -> Bool {
    path.name.isSQLFileName ? exclusions.leaveOut(path) : exclusions.cover(path)
  }

  /// The files of a subfolder that has them under exactly these names.
  func file(_ name: String, in subfolder: RawPath) -> FolderFile? {
    let path = subfolder.appending(Array(name.utf8))
    guard !leavesOut(path), (try? FileSystem.inspect(path)) != nil || baseline?.has(path) == true else {
      return nil
    }
    return makeFile(path)
  }

  /// The `.sql` files of a folder below and of the folders below that one, in the order of their paths as text. What
  /// cannot be read of them is said where folders are walked.
  func filesBelow(_ subfolder: RawPath) -> [FolderFile] {
    var files: [RawPath: FolderFile] = [:]
    var visited: Set<FileSystem.Identity> = []
    var folders = [(path: subfolder, depth: 1)]
    var room = FolderWalk.maximumEntries
    while let (folder, depth) = folders.popLast() {
      // Links may lead back to where they stand.
      if let identity = try? FileSystem.inspect(folder).identity, !visited.insert(identity).inserted { continue }
      let entries = (try? FileSystem.entries(of: folder, upTo: room)) ?? []
      room -= entries.count
      let content = FolderContent(folder, entries, of: project, baseline)
      for path in content.files where !exclusions.leaveOut(path) { files[path] = makeFile(path) }
      guard depth + 1 < FolderWalk.maximumDepth else { continue }
      folders += (content.subfolders + content.subfoldersOfBranch).map { ($0, depth + 1) }
    }
    return files.values.sorted { $0.path.bytes.lexicographicallyPrecedes($1.path.bytes) }
  }

  /// Whether a few of the files, looked at from the first to the last, hold such a comment; without spaces at its ends.
  func hasDirective(_ isDirective: (Substring) -> Bool) -> Bool { comments.contains(where: isDirective) }

  private static let sampleSize = 8
}

/// Looks for many files below a folder: each folder is listed once, which takes less than asking for every file.
struct FolderListing {
  private let folder: MigrationFolder
  private var kinds: [RawPath: [[UInt8]: FileSystem.Kind?]] = [:]

  init(of folder: MigrationFolder) { self.folder = folder }

  /// The same as ``MigrationFolder/file(_:)``.
  mutating func file(_ relativePath: String) -> FolderFile? {
    folder.file(relativePath) { path in
      guard let kind = kinds(in: path.folder)[path.name] else { return false }
      return (kind ?? (try? FileSystem.inspect(path).kind)) == .file
    }
  }

  private mutating func kinds(in folder: RawPath) -> [[UInt8]: FileSystem.Kind?] {
    if let known = kinds[folder] { return known }
    let entries = (try? FileSystem.entries(of: folder)) ?? []
    let found = Dictionary(entries.map { ($0.name, $0.kind) }) { first, _ in first }
    kinds[folder] = found
    return found
  }
}

extension Substring {
  /// Without spaces and tabs at its ends.
  var trimmed: Substring {
    let head = drop { $0 == " " || $0 == "\t" }
    guard let end = head.lastIndex(where: { $0 != " " && $0 != "\t" && $0 != "\r" }) else { return "" }
    return head[...end]
  }

  /// What follows a prefix, whatever the case of its letters; `nil` where it does not begin so.
  func dropping(prefix: String) -> Substring? {
    guard utf8.count >= prefix.utf8.count,
      zip(utf8, prefix.utf8).allSatisfy({ $0 | ($0.isASCIILetter ? 0x20 : 0) == $1 | ($1.isASCIILetter ? 0x20 : 0) })
    else { return nil }
    return self[utf8.index(startIndex, offsetBy: prefix.utf8.count)...]
  }
}

extension UInt8 {
  fileprivate var isASCIILetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20)
  }
}
