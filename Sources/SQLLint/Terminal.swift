#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What is at the other end of standard output and standard error.
struct Terminal: Hashable, Sendable {
  var isOutputTerminal: Bool
  var isErrorTerminal: Bool
  /// In columns; `nil` where there is no terminal.
  var width: Int?
  var environment: [String: String]

  /// The process's own.
  static func current() -> Terminal {
    let names = ["NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM", "COLUMNS"]
    let values = names.compactMap { name in getenv(name).map { (name, String(cString: $0)) } }
    return Terminal(
      isOutputTerminal: isatty(STDOUT_FILENO) == 1,
      isErrorTerminal: isatty(STDERR_FILENO) == 1,
      width: columns(of: STDOUT_FILENO),
      environment: Dictionary(uniqueKeysWithValues: values)
    )
  }

  /// Whether output is coloured where the user leaves it to us.
  ///
  /// Source: https://no-color.org, https://force-color.org and https://bixense.com/clicolors: set to anything but nothing,
  /// `NO_COLOR` wins. Node's programs take `FORCE_COLOR=0` for no.
  func wantsColor(isToTerminal: Bool) -> Bool {
    if environment["NO_COLOR"]?.isEmpty == false { return false }
    if let force = environment["FORCE_COLOR"], !force.isEmpty { return force != "0" && force != "false" }
    if let force = environment["CLICOLOR_FORCE"], !force.isEmpty, force != "0" { return true }
    return isToTerminal && environment["TERM"] != "dumb"
  }

  private static func columns(of descriptor: Int32) -> Int? {
    var size = winsize()
    guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
    return Int(size.ws_col)
  }
}
