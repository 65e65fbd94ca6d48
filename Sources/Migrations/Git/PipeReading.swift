#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reads what a program prints to two pipes, as it comes: read one after the other, the second would fill up and the
/// program wait for ever.
struct PipeReading {
  enum End: Equatable {
    case reached
    case tooMuch
    case tooLate
    case failed(FileSystem.Failure)
  }

  private(set) var output: [UInt8] = []
  private(set) var errors: [UInt8] = []
  private let maximumOutput: Int
  private let maximumErrors: Int
  private var descriptors: [pollfd]

  /// What is over the maximum of `output` ends the reading; of `errors` it is left out.
  init(_ output: Int32, keeping maximumOutput: Int, and errors: Int32, keeping maximumErrors: Int) {
    descriptors = [output, errors].map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    self.maximumOutput = maximumOutput
    self.maximumErrors = maximumErrors
  }

  /// Reads until the program closes both.
  mutating func readToEnd(within seconds: Double) -> End {
    let start = ContinuousClock.now
    // A descriptor below zero is passed over.
    while descriptors.contains(where: { $0.fd >= 0 }) {
      let left = Duration.seconds(seconds) - (ContinuousClock.now - start)
      guard left > .zero else { return .tooLate }
      if poll(&descriptors, nfds_t(descriptors.count), Int32(left / .milliseconds(1)) + 1) < 0, errno != EINTR {
        return .failed(.last)
      }
      for index in descriptors.indices where descriptors[index].revents != 0 {
        descriptors[index].revents = 0
        if let end = read(index) { return end }
      }
    }
    return .reached
  }

  /// What there is in a pipe; a reason to stop, if there is one.
  private mutating func read(_ index: Int) -> End? {
    let (bytes, failure) = FileSystem.readOnce(from: descriptors[index].fd, atMost: 1 << 16)
    if let failure { return failure.code == EINTR || failure.code == EAGAIN ? nil : .failed(failure) }
    if bytes.isEmpty { descriptors[index].fd = -1 }
    if index == 0 {
      output += bytes
      return output.count > maximumOutput ? .tooMuch : nil
    }
    errors += bytes.prefix(maximumErrors - errors.count)
    return nil
  }
}
