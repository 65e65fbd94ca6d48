import CrashReport

/// What is told of a fault that is left in sqllint: one line on standard error with the file, and exit status 2, instead
/// of silence.
package enum FaultReport {
  /// To be called before anything is read.
  package static func install() { crash_report_install() }

  /// The file that the calling thread works on from now on; empty for none.
  package static func note(file path: String) { crash_report_set_file(path) }

  /// Gives the calling thread what telling of a stack overflow takes.
  static func prepareThread() { crash_report_prepare_thread() }
}
