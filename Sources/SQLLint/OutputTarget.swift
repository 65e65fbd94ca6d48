import Migrations
import Plan
import Reports

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The file that `--output` names: one that may be overwritten, and is only by a whole report.
///
/// The report is written beside it and takes its place in the end, so that a full disk or a fault leaves what was there.
struct OutputTarget {
  /// Why it is not written, for people.
  struct Refusal: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }

    /// In the system's words.
    init(code: Int32) { reason = FileSystem.Failure(code: code).message }
  }

  /// Where links lead to.
  private let path: RawPath
  /// Where the report is written first; `nil` for devices and pipes, and where a folder takes no new file.
  private let temporary: RawPath?
  /// What the file has already; `nil` where there is none.
  private let status: stat?

  /// Refuses what is no place for a report: folders, SQL files and other inputs, by whatever name or link.
  init(_ given: RawPath, keeping inputs: [RawPath], isPreflight: Bool = false) throws(Refusal) {
    var found = stat()
    if stat(given.terminated, &found) != 0 {
      guard errno == ENOENT else { throw Refusal(code: errno) }
      guard lstat(given.terminated, &found) != 0 else { throw Refusal("it is a link that leads nowhere") }
      (path, status) = (given, nil)
    } else {
      guard found.st_mode & S_IFMT != S_IFDIR else { throw Refusal(code: EISDIR) }
      (path, status) = (found.st_mode & S_IFMT == S_IFREG ? Self.resolved(given) : given, found)
    }
    let isScript = isPreflight && Self.isScript(path, isThere: status != nil)
    if let kind = Self.inputKind(of: given) ?? Self.inputKind(of: path), !isScript {
      throw Refusal("it is named like \(kind), which a report must not be; give it another name, such as report.json")
    }
    let isRegular = status.map { $0.st_mode & S_IFMT == S_IFREG } ?? true
    if isRegular, status != nil, let identity = try? FileSystem.inspect(path).identity,
      let input = inputs.first(where: { (try? FileSystem.inspect($0).identity) == identity })
    {
      throw Refusal("it is \(input.text), which is read; give another file")
    }
    let name = ".sqllint-" + String(UInt64.random(in: .min ... .max), radix: 16) + ".tmp"
    temporary = isRegular ? path.folder.appending(Array(name.utf8)) : nil
  }

  /// Whether a preflight script may be there: an SQL file that is new, or one that is such a script already.
  private static func isScript(_ path: RawPath, isThere: Bool) -> Bool {
    guard String(decoding: path.name, as: UTF8.self).lowercased().hasSuffix(".sql") else { return false }
    guard isThere else { return true }
    let content = try? FileSystem.read(path)
    return [PreflightScript.firstLine, Runbook.firstLine].contains { content?.starts(with: Array($0.utf8)) == true }
  }

  /// A descriptor to write to.
  func open() throws(Refusal) -> Int32 {
    guard let temporary else { return try open(path, O_WRONLY | O_NOCTTY) }
    do throws(Refusal) {
      let descriptor = try open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW)
      if let status {
        // Only the owner may do so, who also loses nothing where it fails.
        _ = fchown(descriptor, status.st_uid, status.st_gid)
        _ = fchmod(descriptor, status.st_mode & 0o7777)
      }
      return descriptor
    } catch {
      // A file that may be written, in a folder that may not.
      guard status != nil, let descriptor = try? open(path, O_WRONLY | O_TRUNC) else { throw error }
      return descriptor
    }
  }

  /// Puts the report in its place, or takes away what there is of it. Returns the system's error number, or `nil`.
  func finish(isWhole: Bool) -> Int32? {
    guard let temporary, access(temporary.terminated, F_OK) == 0 else { return nil }
    if isWhole, rename(temporary.terminated, path.terminated) == 0 { return nil }
    let code = isWhole ? errno : nil
    unlink(temporary.terminated)
    return code
  }

  private func open(_ path: RawPath, _ flags: Int32) throws(Refusal) -> Int32 {
    #if canImport(Darwin)
      let descriptor = Darwin.open(path.terminated, flags | O_CLOEXEC, 0o666)
    #elseif canImport(Musl)
      let descriptor = Musl.open(path.terminated, flags | O_CLOEXEC, 0o666)
    #else
      let descriptor = Glibc.open(path.terminated, flags | O_CLOEXEC, 0o666)
    #endif
    guard descriptor >= 0 else { throw Refusal(code: errno) }
    return descriptor
  }

  /// Without links; itself where the system does not tell.
  private static func resolved(_ path: RawPath) -> RawPath {
    guard let buffer = realpath(path.terminated, nil) else { return path }
    defer { free(buffer) }
    return RawPath(bytes: (0..<strlen(buffer)).map { UInt8(bitPattern: buffer[Int($0)]) })
  }

  /// What a file is to sqllint and to runners by its name alone; `nil` where it may be a report.
  private static func inputKind(of path: RawPath) -> String? {
    let name = String(decoding: path.name, as: UTF8.self).lowercased()
    if name.hasSuffix(".sql") || name.hasSuffix(".sql.conf") { return "an SQL file" }
    if name == ConfigurationFile.name { return "the configuration" }
    return runnerFiles.contains(name) ? "a file of the runner" : nil
  }

  /// Files that runners keep beside migrations, and that are read to tell their order.
  private static let runnerFiles: Set<String> = [
    "atlas.sum", "atlas.hcl", "sqitch.plan", "sqitch.conf", "_journal.json", "migration_lock.toml", "refinery.toml",
    "diesel.toml", "metadata.toml", "flyway.conf", "flyway.toml",
  ]
}

extension RawPath {
  /// For system calls.
  fileprivate var terminated: [CChar] { bytes.map(CChar.init(bitPattern:)) + [0] }
}
