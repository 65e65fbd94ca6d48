import Configuration
import Linting
import Migrations

/// The configuration that a run goes by: the project's own, and, where a change is compared with the branch that it goes
/// to, what that branch has of all that decides about the change.
struct JudgingConfiguration: Sendable {
  private(set) var configuration: Configuration
  /// What the project's own files say, and where.
  let own: EffectiveConfiguration
  /// What the branch says, and the folder that its patterns count from; `nil` where the project's own file decides alone.
  private(set) var branch: (configuration: Configuration, folder: RawPath)?
  /// The folder that its patterns and paths count from; `nil` where there is no file.
  private(set) var folder: RawPath?
  /// The branch's files; `nil` where nothing is compared with a branch.
  let base: BaseFiles?
  /// What the change loosens, as a history of its own.
  private(set) var loosened: History?
  /// What to say of it on standard error.
  private(set) var note: String?

  /// `isGiven` says that the user named the file: then it is taken as it is.
  init(
    _ file: ConfigurationFile?,
    isGiven: Bool,
    start: (Configuration) -> Start?,
    checking place: RawPath,
    names: RuleNames
  ) throws(CommandFailure) {
    own = try file?.read(names: names) ?? EffectiveConfiguration(names: names)
    configuration = own.configuration
    folder = file?.folder
    let place = (try? FileSystem.inspect(place).kind) == .folder ? place : place.folder
    do throws(LoadingFailure) {
      base = try BaseFiles(start(configuration), on: .current, of: place)
    } catch {
      throw CommandFailure(error.problems.map(\.description))
    }
    guard !isGiven, let base, let found = base.nearest(ConfigurationFile.name, to: place) else { return }
    guard let newest = read(\.newest, found, names) else { return }
    branch = (newest, found.path.folder)
    guard let file else {
      takeOver(newest, found, names)
      return
    }
    if let common = read(\.common, found, names) {
      loosened = Self.history(configuration.loosened(since: common, names: names), of: file.path, on: base.branch)
    }
    configuration = configuration.judging(by: newest)
  }

  /// The project has no file. Where it had none when the change began, the branch's is the one that will hold.
  private mutating func takeOver(_ newest: Configuration, _ found: BaseFiles.Text, _ names: RuleNames) {
    let path = found.path.relative(to: FileSystem.workingFolder())
    if let common = read(\.common, found, names), let base {
      loosened = Self.history(configuration.loosened(since: common, names: names), of: path, on: base.branch)
      configuration = configuration.judging(by: newest)
    } else {
      configuration = newest
      folder = path.folder
    }
  }

  /// A file of the branch that is wrong decides nothing: a change may be there to mend it.
  private mutating func read(
    _ commit: KeyPath<BaseFiles.Text, [UInt8]?>,
    _ file: BaseFiles.Text,
    _ names: RuleNames
  ) -> Configuration? {
    guard let bytes = file[keyPath: commit], let base else { return nil }
    let name = { (path: RawPath) in "\(base.branch):\(path.text)" }
    do throws(CommandFailure) {
      return try ConfigurationFile.read(bytes, of: name(file.path), names: names) { place in
        let path = place.path(from: file.path.folder).absolute(from: FileSystem.workingFolder())
        guard let bytes = base.file(at: path)?[keyPath: commit] else {
          return .failure(.init("\(base.branch) does not have it"))
        }
        return ConfigurationFile.file(bytes, of: name(path))
      }.configuration
    } catch {
      note = "the configuration of \(base.branch) is wrong and is not used: \(error.messages.first ?? "")"
      return nil
    }
  }

  private static func history(_ keys: [String], of path: RawPath, on branch: String) -> History? {
    guard !keys.isEmpty else { return nil }
    let text = (try? FileSystem.read(path)) ?? []
    let migration = Migration.configuration(path: path.text, text: text, loosened: keys, on: branch)
    return History(migrations: [], misnamed: [migration])
  }
}
