import Syntax

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is read of the file system, with system calls: Foundation would take longer to load than a hook runs.
package enum FileSystem {
  /// What a path leads to; links are followed.
  package enum Kind: Hashable, Sendable {
    case file
    case folder
    /// A pipe, a socket or a device, by its name for people.
    case special(String)
  }

  /// What tells two paths of the same file from two files.
  package struct Identity: Hashable, Sendable {
    let device: UInt64
    let inode: UInt64
  }

  /// Why the system refused, in its own words.
  package struct Failure: Error, Hashable, Sendable {
    package let code: Int32

    /// The failure of an error number of the system.
    package init(code: Int32) { self.code = code }

    package var message: String { String(cString: strerror(code)) }
    package var isMissing: Bool { code == ENOENT || code == ENOTDIR }

    static var last: Self { Self(code: errno) }
    /// A folder holds more names than are wanted.
    static let tooMany = Self(code: EOVERFLOW)
  }

  /// One name in a folder.
  package struct Entry: Hashable, Sendable {
    package let name: [UInt8]
    /// `nil` where only following a link or asking the system again can tell.
    package let kind: Kind?
  }

  package static func inspect(_ path: RawPath) throws(Failure) -> (kind: Kind, identity: Identity) {
    var status = stat()
    guard stat(path.cString, &status) == 0 else { throw .last }
    let identity = Identity(device: UInt64(truncatingIfNeeded: status.st_dev), inode: UInt64(status.st_ino))
    return (Kind(mode: status.st_mode), identity)
  }

  /// The names in a folder but `.` and `..`, in no order; more than `maximum` are refused.
  package static func entries(of folder: RawPath, upTo maximum: Int = .max) throws(Failure) -> [Entry] {
    guard let stream = opendir(folder.cString) else { throw .last }
    defer { closedir(stream) }
    var entries: [Entry] = []
    while true {
      errno = 0
      guard let entry = readdir(stream) else { break }
      let name = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
      if name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8) { continue }
      guard entries.count < maximum else { throw .tooMany }
      entries.append(Entry(name: name, kind: Kind(entryType: Int(entry.pointee.d_type))))
    }
    guard errno == 0 else { throw .last }
    return entries
  }

  /// Why a file was not read to its end.
  package enum ReadingFailure: Error, Hashable, Sendable {
    case refused(Failure)
    case special(String)
    case folder
    case tooLarge(bytes: Int)
  }

  /// The bytes of a regular file. Never waits: a pipe or a device is refused.
  package static func read(_ path: RawPath) throws(ReadingFailure) -> [UInt8] {
    // Opened without O_NONBLOCK, a pipe that nobody writes to would block for ever.
    let descriptor = open(path.cString, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
    guard descriptor >= 0 else { throw .refused(.last) }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0 else { throw .refused(.last) }
    switch Kind(mode: status.st_mode) {
    case .file: break
    case .folder: throw .folder
    case .special(let name): throw .special(name)
    }
    let size = Int(status.st_size)
    guard size <= SourceText.maximumSize else { throw .tooLarge(bytes: size) }
    return try readToEnd(of: descriptor, expecting: size, isRegularFile: true)
  }

  /// All that comes on standard input.
  package static func readStandardInput() throws(ReadingFailure) -> [UInt8] {
    try readToEnd(of: STDIN_FILENO, expecting: 1 << 16)
  }

  package static func workingFolder() -> RawPath {
    guard let buffer = getcwd(nil, 0) else { return RawPath("/") }
    defer { free(buffer) }
    return RawPath(bytes: bytes(of: buffer))
  }

  /// The absolute path without links. What does not exist is taken by its text.
  static func physical(_ path: RawPath) -> RawPath {
    // As it stands first: the system takes `..` behind a link for another folder than the text tells.
    var place = path
    var missing: [[UInt8]] = []
    while true {
      if let buffer = realpath(place.cString, nil) {
        defer { free(buffer) }
        return missing.reversed().reduce(RawPath(bytes: bytes(of: buffer))) { $0.appending($1) }
      }
      guard missing.isEmpty else {
        if place == RawPath("/") { return path.absolute(from: workingFolder()) }
        missing.append(place.name)
        place = place.folder
        continue
      }
      let absolute = path.absolute(from: workingFolder())
      missing.append(absolute.name)
      place = absolute.folder
    }
  }

  /// Where a link leads to, as it is written; `nil` for what is no link.
  static func linkTarget(of path: RawPath) -> [UInt8]? {
    var target = [CChar](repeating: 0, count: Int(PATH_MAX))
    let length = readlink(path.cString, &target, target.count)
    return length < 0 ? nil : target[..<length].map(UInt8.init(bitPattern:))
  }

  private static func bytes(of text: UnsafePointer<CChar>) -> [UInt8] {
    (0..<strlen(text)).map { UInt8(bitPattern: text[$0]) }
  }

  private static func readToEnd(
    of descriptor: Int32,
    expecting size: Int,
    isRegularFile: Bool = false
  ) throws(ReadingFailure) -> [UInt8] {
    var bytes: [UInt8] = []
    // One byte more than expected, so that the end is seen without growing.
    var room = size + 1
    while true {
      let (chunk, failure) = readOnce(from: descriptor, atMost: room)
      if let failure {
        if failure.code == EINTR { continue }
        throw .refused(failure)
      }
      if chunk.isEmpty { return bytes }
      if bytes.isEmpty { bytes = chunk } else { bytes += chunk }
      guard bytes.count <= SourceText.maximumSize else { throw .tooLarge(bytes: bytes.count) }
      // Of a file less than was asked for comes at its end alone.
      if isRegularFile, chunk.count < room { return bytes }
      room = max(size + 1 - bytes.count, 1 << 12)
    }
  }

  /// What there is at once; nothing at the end.
  static func readOnce(from descriptor: Int32, atMost room: Int) -> ([UInt8], Failure?) {
    var failure: Failure?
    let bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, count in
      #if canImport(Darwin)
        let read = Darwin.read(descriptor, buffer.baseAddress, room)
      #elseif canImport(Musl)
        let read = Musl.read(descriptor, buffer.baseAddress, room)
      #else
        let read = Glibc.read(descriptor, buffer.baseAddress, room)
      #endif
      if read < 0 { failure = .last }
      count = max(read, 0)
    }
    return (bytes, failure)
  }
}

extension FileSystem.Kind {
  fileprivate init(mode: mode_t) {
    switch mode & S_IFMT {
    case S_IFREG: self = .file
    case S_IFDIR: self = .folder
    case S_IFIFO: self = .special("a named pipe")
    case S_IFSOCK: self = .special("a socket")
    default: self = .special("a device")
    }
  }

  /// `nil` for a link, and where the file system does not say.
  fileprivate init?(entryType: Int) {
    switch entryType {
    case Int(DT_REG): self = .file
    case Int(DT_DIR): self = .folder
    case Int(DT_FIFO): self = .special("a named pipe")
    case Int(DT_SOCK): self = .special("a socket")
    case Int(DT_CHR), Int(DT_BLK): self = .special("a device")
    default: return nil
    }
  }
}
