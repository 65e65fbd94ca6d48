import Migrations
import Reports

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Where a command's answer goes.
enum OutputFile: Hashable, Sendable {
  case standardOutput
  case file(RawPath)

  /// Writes all of `text`.
  func write(_ text: String) throws(CommandFailure) {
    let writer = try makeWriter()
    writer.write(Array(text.utf8))
    try writer.finish()
  }

  /// Opens it for a text that comes piece by piece. `inputs` are files that it must not be. A preflight script is SQL, and
  /// may take the place of another one.
  func makeWriter(keeping inputs: [RawPath] = [], isPreflight: Bool = false) throws(CommandFailure) -> Writer {
    guard case .file(let path) = self else { return Writer(STDOUT_FILENO, name: "to standard output", nil) }
    do throws(OutputTarget.Refusal) {
      let target = try OutputTarget(path, keeping: inputs, isPreflight: isPreflight)
      return Writer(try target.open(), name: path.text, target)
    } catch {
      throw CommandFailure("cannot write \(path.text): \(error.reason)")
    }
  }

  /// Keeps the first failure for the end, so that whoever makes the text need not know of it.
  final class Writer {
    private let descriptor: Int32
    private let name: String
    /// `nil` for standard output.
    private let target: OutputTarget?
    /// The system's error number, or 0.
    private var code: Int32 = 0

    fileprivate init(_ descriptor: Int32, name: String, _ target: OutputTarget?) {
      self.descriptor = descriptor
      self.name = name
      self.target = target
    }

    func write(_ bytes: [UInt8]) {
      if code == 0 { code = OutputFile.write(bytes, to: descriptor) }
    }

    /// Leaves what was there, where another report cannot be written.
    func abandon() {
      guard let target else { return }
      close(descriptor)
      _ = target.finish(isWhole: false)
    }

    /// Says whether all was written. What was not leaves a file as it was before. That a reader has seen enough, such as
    /// `head`, is told, but changes nothing about the verdict, which is the exit status.
    func finish() throws(CommandFailure) {
      if let target {
        // Some file systems say only now that the disk is full.
        if close(descriptor) != 0, code == 0 { code = errno }
        code = target.finish(isWhole: code == 0) ?? code
      }
      guard code != 0 else { return }
      let message = "cannot write \(name): \(FileSystem.Failure(code: code).message)"
      guard code == EPIPE else { throw CommandFailure(message) }
      OutputFile.complain("sqllint: \(message.visible)\n")
    }
  }

  /// Adds text to the end of a file, which is made where it is missing. Returns the system's error number, or 0.
  static func append(_ text: String, to path: RawPath) -> Int32 {
    let descriptor = open(
      path.bytes.map(CChar.init(bitPattern:)) + [0],
      O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC,
      0o666
    )
    guard descriptor >= 0 else { return errno }
    let code = write(Array(text.utf8), to: descriptor)
    return close(descriptor) != 0 && code == 0 ? errno : code
  }

  /// Writes to standard error, where nobody is left to tell if that fails.
  static func complain(_ text: String) {
    _ = write(Array(text.withoutCommands.utf8), to: STDERR_FILENO)
  }

  /// Makes sure that files which are opened later do not become standard output or standard error where the process is
  /// started without them. Nothing can be written to what takes their places, which is then told as any other failure.
  static func keepStandardDescriptors() {
    for descriptor in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] where fcntl(descriptor, F_GETFD) == -1 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }

  /// Returns the system's error number, or 0.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
    bytes.withUnsafeBytes { bytes in
      var rest = bytes
      while !rest.isEmpty {
        #if canImport(Darwin)
          let written = Darwin.write(descriptor, rest.baseAddress, rest.count)
        #elseif canImport(Musl)
          let written = Musl.write(descriptor, rest.baseAddress, rest.count)
        #else
          let written = Glibc.write(descriptor, rest.baseAddress, rest.count)
        #endif
        if written < 0 {
          if errno == EINTR { continue }
          return errno
        }
        rest = UnsafeRawBufferPointer(rebasing: rest[written...])
      }
      return 0
    }
  }
}
