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
    switch self {
    case .standardOutput:
      let code = Self.write(text, to: STDOUT_FILENO)
      guard code == 0 || code == EPIPE else {
        throw CommandFailure("cannot write to standard output: \(Self.reason(code))")
      }
    case .file(let path):
      let descriptor = open(
        path.bytes.map(CChar.init(bitPattern:)) + [0],
        O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC,
        0o666
      )
      guard descriptor >= 0 else { throw CommandFailure("cannot write \(path.text): \(Self.reason(errno))") }
      var code = Self.write(text, to: descriptor)
      // Some file systems say only now that the disk is full.
      if close(descriptor) != 0, code == 0 { code = errno }
      guard code == 0 else { throw CommandFailure("cannot write \(path.text): \(Self.reason(code))") }
    }
  }

  /// Writes to standard error, where nobody is left to tell if that fails.
  static func complain(_ text: String) {
    _ = write(text, to: STDERR_FILENO)
  }

  /// Returns the system's error number, or 0.
  private static func write(_ text: String, to descriptor: Int32) -> Int32 {
    var text = text
    return text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)
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
