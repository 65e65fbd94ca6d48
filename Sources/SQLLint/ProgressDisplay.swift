import Migrations
import Synchronization
import Threading

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Says on standard error how far a long run is, in one line that is written over and taken away in the end.
///
/// Nothing is shown for the first second: most runs are over by then.
final class ProgressDisplay: Sendable {
  private struct State {
    var line = "reading"
    /// What is on the screen.
    var shown: String?
    var isOver = false
  }

  private let state = Mutex(State())

  /// Starts to watch the clock, on a thread of its own.
  func start() {
    WorkerThreads.detach { [self] in
      usleep(1_000_000)
      while show() { usleep(100_000) }
    }
  }

  func update(_ line: @autoclosure () -> String) {
    state.withLock { $0.line = line() }
  }

  /// Takes the line away; nothing is shown from now on.
  func finish() {
    state.withLock { state in
      if state.shown != nil { OutputFile.complain(Self.clear) }
      state.shown = nil
      state.isOver = true
    }
  }

  /// Returns whether there is more to come.
  private func show() -> Bool {
    state.withLock { state in
      guard !state.isOver else { return false }
      if state.shown != state.line { OutputFile.complain("\(Self.clear)sqllint: \(state.line)…") }
      state.shown = state.line
      return true
    }
  }

  /// Back to the start of the line, which is erased.
  private static let clear = "\r\u{1B}[K"
}
