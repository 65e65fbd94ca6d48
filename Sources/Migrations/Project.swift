import Syntax

extension RawPath {
  /// The folder whose `.git` tells git of the repository that a folder is in: itself or one above it. `nil` where there is
  /// none; a bare repository has no files that could be checked. The path is absolute.
  var workTree: RawPath? {
    ancestry.first { (try? FileSystem.inspect($0.appending(Array(".git".utf8)))) != nil }
  }

  /// The folder and those above it, the nearest first; of an absolute path.
  var ancestry: [RawPath] {
    var folders = [self]
    while let last = folders.last, last != RawPath("/") { folders.append(last.folder) }
    return folders
  }
}

/// The tree of folders that is read on behalf of a history: links and inclusions that lead out of it are not followed, so
/// that a change to a repository cannot have other files of the machine read and quoted.
package struct Project: Sendable {
  /// Without links. Two where the folder was given through a link: the trees of the link and of what it leads to.
  private let roots: [RawPath]

  package init(of folder: RawPath) {
    let workingFolder = FileSystem.workingFolder()
    let places = [folder.absolute(from: workingFolder), FileSystem.physical(folder)]
    roots = Set(places.map { FileSystem.physical(Self.root(of: $0, from: workingFolder)) })
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// The folder of the repository that a path is in, without links; `nil` where it is in none.
  package static func repository(of path: RawPath) -> RawPath? { FileSystem.physical(path).workTree }

  /// The top of the tree that a folder is in: the repository's folder, else the working folder, else the folder itself.
  /// The root of the file system is nobody's project. Paths are absolute.
  static func root(of folder: RawPath, from workingFolder: RawPath) -> RawPath {
    let tops = [folder.workTree] + (folder.ancestry.contains(workingFolder) ? [workingFolder] : [])
    return tops.compactMap(\.self).first { $0 != RawPath("/") } ?? folder
  }

  /// What to do about a migration, or a folder of them, that lies elsewhere.
  package static let advice = "give that as a path of its own, or leave it out with `exclude`"

  /// Why a path is not followed, which may be one of a link, and what to do; `nil` where it stays inside.
  package func refusal(of path: RawPath, advice: String = advice) -> String? {
    let place = FileSystem.physical(path)
    guard !roots.contains(where: { $0 == place || place.relative(to: $0) != place }) else { return nil }
    let tree = roots.map(\.text.shownName).joined(separator: " and ")
    return "it leads out of \(tree), to \(place.text.shownName), and is not followed; \(advice)"
  }

  /// What is behind an entry of a folder, which may be a link.
  func place(of entry: FileSystem.Entry, at path: RawPath) -> Place {
    if let kind = entry.kind { return Place(kind) }
    do throws(FileSystem.Failure) {
      let kind = try FileSystem.inspect(path).kind
      // What is neither is refused when it is read, and with a better reason.
      if kind == .file || kind == .folder, let reason = refusal(of: path) { return .outside(kind, reason: reason) }
      return kind == .folder ? .linkToFolder : Place(kind)
    } catch {
      return .unreadable(error)
    }
  }

  enum Place {
    case file
    case folder
    case linkToFolder
    case outside(FileSystem.Kind, reason: String)
    case unreadable(FileSystem.Failure)

    fileprivate init(_ kind: FileSystem.Kind) { self = kind == .folder ? .folder : .file }
  }
}

/// The names that files have wherever sqllint runs: their paths from one folder.
package struct PathNames: Sendable {
  private let workingFolder = FileSystem.workingFolder()
  private let folder: RawPath
  private let physical: RawPath

  /// The folder, absolute.
  package var folderPath: RawPath { folder }

  /// Paths from a folder.
  package init(from folder: RawPath) {
    self.folder = folder.absolute(from: workingFolder)
    physical = FileSystem.physical(folder)
  }

  /// Paths from the top of the project that a path is in.
  package init(fromTopOf path: RawPath) {
    let workingFolder = FileSystem.workingFolder()
    self.init(from: Project.root(of: FileSystem.physical(path), from: workingFolder))
  }

  package func name(of path: String) -> String {
    let absolute = RawPath(path).absolute(from: workingFolder)
    let name = absolute.relative(to: folder)
    return name == absolute ? FileSystem.physical(absolute).relative(to: physical).text : name.text
  }

  /// Whether there is a file of a name.
  package func hasFile(_ name: String) -> Bool {
    (try? FileSystem.inspect(folder.appending(Array(name.utf8)))) != nil
  }
}
