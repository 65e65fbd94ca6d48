import Linting

/// How far folders are walked. Without an end, a few links or a hostile archive would keep the walk busy for ever.
enum FolderWalk {
  /// Deeper than people nest folders, and shallow enough for the stack.
  static let maximumDepth = 64
  /// All names that are looked at for one path; the largest repositories have some hundred thousand.
  static let maximumEntries = 1_000_000
}

/// What is of interest in a folder.
struct FolderContent {
  /// Whatever is named `.sql` and is no folder.
  private(set) var files: [RawPath] = []
  /// In natural order; links come last, so that a folder is walked under its own name.
  private(set) var subfolders: [RawPath] = []
  /// Folders that only the branch has.
  private(set) var subfoldersOfBranch: [RawPath] = []
  private(set) var hidden: [History.IgnoredFile] = []
  /// Why files of it are not to be read.
  private(set) var refusedFiles: [RawPath: String] = [:]
  /// Folders, or what may be one, that are not walked.
  private(set) var refusedFolders: [(path: RawPath, reason: String)] = []
  /// Folders for other database systems, beside one for PostgreSQL.
  private(set) var otherDialects: [(path: RawPath, reason: String)] = []
  /// Whether there are SQL files, excluded ones too.
  let hasFiles: Bool

  init(_ folder: RawPath, _ entries: [FileSystem.Entry], of project: Project, _ baseline: Baseline?) {
    var links: [RawPath] = []
    for entry in entries.sorted(by: { NaturalOrder.precedes($0.name, $1.name) }) {
      let path = folder.appending(entry.name)
      let isHidden = entry.name.first == .dot
      // Other people's, which their own projects check.
      if entry.name.elementsEqual("node_modules".utf8), entry.kind != .file { continue }
      if isHidden {
        if entry.kind != .folder, entry.name.isSQLFileName {
          hidden.append(History.IgnoredFile(path: path.text, reason: "it is hidden: its name starts with a dot"))
        }
        continue
      }
      let place = project.place(of: entry, at: path)
      switch place {
      case .folder: subfolders.append(path)
      case .linkToFolder: links.append(path)
      case .outside(.folder, let reason): refusedFolders.append((path, reason))
      case _ where entry.name.isSQLFileName:
        files.append(path)
        if case .outside(_, let reason) = place { refusedFiles[path] = reason }
      case .unreadable(let failure) where !failure.isMissing:
        refusedFolders.append((path, "it cannot be read: \(failure.message)"))
      case .file, .outside, .unreadable: break
      }
    }
    subfolders += links
    hasFiles = !files.isEmpty || !hidden.isEmpty
    if let baseline { add(baseline.names(in: folder)) }
    otherDialects = (subfolders + subfoldersOfBranch).ofOtherDialects
    guard !otherDialects.isEmpty else { return }
    let others = Set(otherDialects.map(\.path))
    subfolders.removeAll(where: others.contains)
    subfoldersOfBranch.removeAll(where: others.contains)
  }

  /// What the branch has besides.
  private mutating func add(_ branch: (files: [RawPath], folders: [RawPath])) {
    let (files, subfolders) = (Set(files), Set(subfolders))
    let isVisible = { (path: RawPath) in path.name.first != .dot }
    self.files += branch.files.filter { $0.name.isSQLFileName && isVisible($0) && !files.contains($0) }
    self.files.sort { NaturalOrder.precedes($0.name, $1.name) }
    subfoldersOfBranch = branch.folders.filter { isVisible($0) && !subfolders.contains($0) }
      .sorted { NaturalOrder.precedes($0.name, $1.name) }
  }

  mutating func leaveOut(_ exclusions: Exclusions) {
    files.removeAll(where: exclusions.leaveOut)
    subfolders.removeAll(where: exclusions.cover)
    otherDialects.removeAll { exclusions.cover($0.path) }
    refusedFolders.removeAll { exclusions.cover($0.path) }
    hidden.removeAll { exclusions.cover(RawPath($0.path)) }
  }
}
