import Threading

/// Fails in the way that the first argument names, at the file that the second names, while other threads work on other
/// files; tests look at what is told of it.
@inline(never)
private func descend(_ depth: Int) -> Int {
  withUnsafeTemporaryAllocation(of: Int.self, capacity: 64) { buffer in
    buffer[0] = depth
    return depth < .max ? descend(depth + 1) + buffer[0] : 0
  }
}

private func fail(_ way: String) {
  switch way {
  case "overflow": print(descend(0))
  case "trap": fatalError("meant")
  case "index": print([1][CommandLine.arguments.count])
  default: abort()
  }
}

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

FaultReport.install()
let arguments = CommandLine.arguments
_ = WorkerThreads.map(2) { index in
  FaultReport.note(file: index == 1 ? arguments[2] : "another.sql")
  // Two threads at the same time, so that each has its own file.
  usleep(200_000)
  if index == 1 { fail(arguments[1]) }
  usleep(2_000_000)
  return index
}
