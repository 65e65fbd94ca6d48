import Configuration
import Gate
import Linting
import Migrations

/// The file of the findings that are known.
struct KnownFindingsFile: Sendable {
  /// As it is shown.
  let path: RawPath
  /// Whether it is there.
  var isThere: Bool { (try? FileSystem.inspect(path)) != nil }
  private let names: PathNames
  /// What the branch has of it; `nil` where nothing is compared with a branch.
  private let base: BaseFiles?

  /// The one that the configuration names, else the one beside it; `nil` where the configuration wants none.
  init?(_ section: CheckSection) {
    let configuration = section.configuration
    if configuration.baseline?.text == "none" { return nil }
    let folder = section.judging.folder ?? Self.folder(near: section.sources.first?.path ?? RawPath("."))
    if let name = configuration.baseline {
      path = name.path(from: folder)
    } else {
      path = folder.appending(Array(KnownFindings.fileName.utf8))
    }
    names = PathNames(from: path.folder)
    base = section.judging.base
  }

  /// Without a configuration: where the file is, going up to the top of the project, else that top.
  private static func folder(near place: RawPath) -> RawPath {
    let workingFolder = FileSystem.workingFolder()
    var folder = place.absolute(from: workingFolder)
    if (try? FileSystem.inspect(place).kind) != .folder { folder = folder.folder }
    let top = PathNames(fromTopOf: folder).folderPath
    while folder != top, folder != RawPath("/") {
      if (try? FileSystem.inspect(folder.appending(Array(KnownFindings.fileName.utf8)))) != nil { break }
      folder = folder.folder
    }
    return folder == workingFolder ? RawPath(".") : folder.relative(to: workingFolder)
  }

  /// The name of a file in it.
  func name(of migration: Migration) -> String { names.name(of: migration.path) }

  /// What is known; `nil` where nothing is. Compared with a branch, it is what the branch knows: a change cannot make its
  /// own findings known.
  func read() throws(CommandFailure) -> KnownFindings? {
    let bytes: [UInt8]
    if let base {
      guard let text = base.file(at: path)?.newest else { return nil }
      bytes = text
    } else {
      guard isThere else { return nil }
      do throws(FileSystem.ReadingFailure) {
        bytes = try FileSystem.read(path)
      } catch {
        throw CommandFailure("\(path.text): \(error.message)")
      }
    }
    do throws(KnownFindings.Unreadable) {
      return try KnownFindings(reading: bytes)
    } catch {
      throw CommandFailure("\(path.text): \(error.message)")
    }
  }

  /// Sets the findings of a report apart that are known. Returns those that are gone.
  func apply(_ known: KnownFindings, to report: inout Report) -> KnownFindings {
    let disabled = report.policy.disabledRules
    return known.apply(
      to: &report,
      path: name,
      runs: { !disabled.contains($0) },
      isThere: names.hasFile
    )
  }

  /// Leaves out of a report what is known. Returns what to say of entries that are mended.
  static func apply(to report: inout Report, of run: CheckRun) throws(CommandFailure) -> [String] {
    var notes: [String] = []
    var seen: Set<RawPath> = []
    for section in run.sections {
      guard let file = KnownFindingsFile(section), seen.insert(file.path).inserted, let known = try file.read() else {
        continue
      }
      let gone = file.apply(known, to: &report).count
      guard gone > 0 else { continue }
      let entries = gone == 1 ? "1 entry is" : "\(gone) entries are"
      notes.append("\(entries) obsolete in \(file.path.text): `sqllint baseline --update` removes what is mended")
    }
    return notes
  }

  func write(_ known: KnownFindings) throws(CommandFailure) {
    guard let text = try? known.text() else { throw CommandFailure("\(path.text): it cannot be written as JSON") }
    try OutputFile.file(path).write(text)
  }
}
