import Migrations

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that a command sets up: it is made, and never written over.
struct NewFile {
  let path: RawPath
  let text: String
  var isExecutable = false

  /// Returns whether it was made; false where there is one already.
  func write() throws(CommandFailure) -> Bool {
    try makeFolders(path.folder)
    #if canImport(Darwin)
      let descriptor = Darwin.open(cString(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isExecutable ? 0o777 : 0o666)
    #elseif canImport(Musl)
      let descriptor = Musl.open(cString(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isExecutable ? 0o777 : 0o666)
    #else
      let descriptor = Glibc.open(cString(path), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, isExecutable ? 0o777 : 0o666)
    #endif
    guard descriptor >= 0 else {
      if errno == EEXIST { return false }
      throw failure
    }
    let code = OutputFile.write(Array(text.utf8), to: descriptor)
    guard close(descriptor) == 0, code == 0 else { throw failure }
    return true
  }

  private func makeFolders(_ folder: RawPath) throws(CommandFailure) {
    guard (try? FileSystem.inspect(folder)) == nil, folder != RawPath("/"), folder != RawPath(".") else { return }
    try makeFolders(folder.folder)
    guard mkdir(cString(folder), 0o777) == 0 || errno == EEXIST else { throw failure }
  }

  private var failure: CommandFailure {
    CommandFailure("cannot write \(path.text): \(FileSystem.Failure(code: errno).message)")
  }

  private func cString(_ path: RawPath) -> [CChar] { path.bytes.map(CChar.init(bitPattern:)) + [0] }
}
