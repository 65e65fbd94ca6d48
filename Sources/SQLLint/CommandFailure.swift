/// Why a command cannot do its work: what is wrong and what to do, one message a line of standard error.
struct CommandFailure: Error, Hashable {
  let messages: [String]

  init(_ messages: String...) { self.messages = messages }

  init(_ messages: [String]) { self.messages = messages }
}

/// What the command's exit says. Documented in `--help`; scripts rely on it.
enum ExitStatus {
  /// Nothing at or above `--fail-on`.
  static let clean: Int32 = 0
  /// A finding at or above `--fail-on`.
  static let found: Int32 = 1
  /// A mistake in the usage or the configuration, or an error inside.
  static let failed: Int32 = 2
  /// Nothing but an approval is missing.
  static let unapproved: Int32 = 3

  /// For `--help`.
  static let words = """
    Exit status: 0 if no finding is at or above --fail-on, 1 if one is, 2 if the usage or the configuration is wrong or \
    sqllint fails, 3 if nothing but an approval that was asked for is missing.
    """
}
