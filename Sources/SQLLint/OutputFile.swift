import Migrations

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

  /// Writes all of `text`. A reader of standard output that has seen enough, such as `head`, is no failure.
  func write(_ text: String) throws(CommandFailure) {
    let writer = try makeWriter()
    writer.write(Array(text.utf8))
    try writer.finish()
  }

  /// Opens it for a text that comes piece by piece.
  func makeWriter() throws(CommandFailure) -> Writer {
    guard case .file(let path) = self else { return Writer(self, STDOUT_FILENO) }
    let descriptor = open(
      path.bytes.map(CChar.init(bitPattern:)) + [0],
      O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
      0o666
    )
    guard descriptor >= 0 else { throw CommandFailure("cannot write \(path.text): \(Self.reason(errno))") }
    return Writer(self, descriptor)
  }

  /// Keeps the first failure for the end, so that whoever makes the text need not know of it.
  final class Writer {
    private let file: OutputFile
    private let descriptor: Int32
    /// The system's error number, or 0.
    private var code: Int32 = 0

    fileprivate init(_ file: OutputFile, _ descriptor: Int32) {
      self.file = file
      self.descriptor = descriptor
    }

    func write(_ bytes: [UInt8]) {
      if code == 0 { code = OutputFile.write(bytes, to: descriptor) }
    }

    /// Says whether all was written.
    func finish() throws(CommandFailure) {
      switch file {
      case .standardOutput:
        guard code == 0 || code == EPIPE else {
          throw CommandFailure("cannot write to standard output: \(OutputFile.reason(code))")
        }
      case .file(let path):
        // Some file systems say only now that the disk is full.
        if close(descriptor) != 0, code == 0 { code = errno }
        guard code == 0 else { throw CommandFailure("cannot write \(path.text): \(OutputFile.reason(code))") }
      }
    }
  }

  /// Writes to standard error, where nobody is left to tell if that fails.
  static func complain(_ text: String) {
    _ = write(Array(text.utf8), to: STDERR_FILENO)
  }

  /// Returns the system's error number, or 0.
  private static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32 {
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

  private static func reason(_ code: Int32) -> String {
    FileSystem.Failure(code: code).message
  }
}
