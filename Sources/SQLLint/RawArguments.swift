#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

import Migrations

/// The command's arguments as the system has them: the names of files need not be UTF-8, and Swift's strings must be.
enum RawArguments {
  /// The paths that arguments which read like `text` really are; several, where what is not UTF-8 reads alike.
  static func paths(shownAs text: String) -> [RawPath] {
    guard text.unicodeScalars.contains("\u{FFFD}") else { return [RawPath(text)] }
    let arguments = (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0] }.map { argument in
      RawPath(bytes: UnsafeBufferPointer(start: argument, count: strlen(argument)).map(UInt8.init(bitPattern:)))
    }
    let found = arguments.filter { $0.text == text }
    return found.isEmpty ? [RawPath(text)] : found
  }
}
