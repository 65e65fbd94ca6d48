import Configuration
import Migrations

/// Finds `.sqllint.yml` and reads it.
struct ConfigurationFile: Sendable {
  static let name = ".sqllint.yml"

  /// As it is shown: from the working folder where it is inside it, else absolute.
  let path: RawPath

  /// The folder that its patterns count from.
  var folder: RawPath { path.folder }

  /// The file that applies to a path: the nearest in its folder and those above, up to the root of the repository.
  static func nearest(to path: RawPath, workingFolder: RawPath) throws(CommandFailure) -> ConfigurationFile? {
    var folder = path.absolute(from: workingFolder)
    if (try? FileSystem.inspect(path).kind) != .folder { folder = folder.folder }
    while true {
      let file = folder.appending(Array(name.utf8))
      if exists(file) {
        let path = file.relative(to: workingFolder)
        // Messages about a file quote it, which need not be one of the project's.
        if let reason = Project(of: folder).refusal(of: file, advice: "give it with --config") {
          throw CommandFailure("\(path.text): \(reason)")
        }
        return ConfigurationFile(path: path)
      }
      let misnamed = folder.appending(Array(".sqllint.yaml".utf8))
      if exists(misnamed) {
        throw CommandFailure("\(misnamed.relative(to: workingFolder).text) is not read: rename it to \(name)")
      }
      // In a work tree of its own `.git` is a file.
      if exists(folder.appending(Array(".git".utf8))) || folder == RawPath("/") { return nil }
      folder = folder.folder
    }
  }

  /// What holds where the command is run.
  static func ofWorkingFolder(names: RuleNames) throws(CommandFailure) -> Configuration {
    try nearest(to: RawPath("."), workingFolder: FileSystem.workingFolder())?.read(names: names).configuration
      ?? EffectiveConfiguration(names: names).configuration
  }

  /// What it says, with all that it builds upon.
  func read(names: RuleNames) throws(CommandFailure) -> EffectiveConfiguration {
    let bytes: [UInt8]
    do throws(FileSystem.ReadingFailure) {
      bytes = try FileSystem.read(path)
    } catch {
      throw CommandFailure("\(path.text): \(error.message)")
    }
    let project = Project(of: folder)
    return try Self.read(bytes, of: path.text, names: names) { place in
      let path = place.path(from: folder)
      // Messages about a file quote it, which need not be one of the project's.
      if let reason = project.refusal(of: path, advice: "keep it in the project") { return .failure(.init(reason)) }
      do throws(FileSystem.ReadingFailure) {
        let workingFolder = FileSystem.workingFolder()
        let name = path.absolute(from: workingFolder).relative(to: workingFolder).text
        return Self.file(try FileSystem.read(path), of: name)
      } catch {
        return .failure(.init(error.message))
      }
    }
  }

  /// What a text says that messages call by a name; `extended` gives the files that it builds upon.
  static func read(
    _ bytes: [UInt8],
    of name: String,
    names: RuleNames,
    extended: @escaping ConfigurationChain.Reading
  ) throws(CommandFailure) -> EffectiveConfiguration {
    let file: ConfigurationChain.File
    switch self.file(bytes, of: name) {
    case .success(let text): file = text
    case .failure(let unreadable): throw CommandFailure("\(name): \(unreadable.reason)")
    }
    do throws(ConfigurationFailure) {
      return try ConfigurationChain.resolve(file, names: names, read: extended)
    } catch {
      throw CommandFailure(error.messages(for: name))
    }
  }

  /// A text of a size that is read.
  static func file(
    _ bytes: [UInt8],
    of name: String
  ) -> Result<ConfigurationChain.File, ConfigurationChain.Unreadable> {
    guard bytes.count <= ConfigurationText.maximumSize else {
      return .failure(
        .init("the file has \(bytes.count) bytes, more than the \(ConfigurationText.maximumSize) of a configuration")
      )
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      return .failure(.init("the file is not UTF-8; save it as UTF-8"))
    }
    return .success(.init(name: name, text: text))
  }

  private static func exists(_ path: RawPath) -> Bool { (try? FileSystem.inspect(path)) != nil }
}
