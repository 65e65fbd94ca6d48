import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Threads with a stack that deeply nested SQL fits on; Dispatch's threads and the main one have less.
package enum WorkerThreads {
  /// Tried in this order. It is address space: only what is used takes memory.
  private static let stackSizes = [256 << 20, 64 << 20, 16 << 20]

  /// Runs `body` on a thread of its own and waits for it.
  package static func run<Value: Sendable>(_ body: @escaping @Sendable () -> Value) -> Value {
    map(1) { _ in body() }[0]
  }

  /// What `body` makes of each number below `count`, on as many threads as the machine has processors.
  package static func map<Value: Sendable>(_ count: Int, _ body: @escaping @Sendable (Int) -> Value) -> [Value] {
    let work = Work(count: count, body: body)
    let processors = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
    let threads = (0..<min(processors, count)).compactMap { _ in start(work) }
    for thread in threads { pthread_join(thread, nil) }
    // Does nothing, unless the system gave no thread at all.
    work.perform()
    return work.results
  }

  /// Runs `body` on a thread of its own that nobody waits for; where the system gives none, not at all.
  package static func detach(_ body: @escaping @Sendable () -> Void) {
    if let thread = start(Work(count: 1) { _ in body() }) { pthread_detach(thread) }
  }

  private static func start(_ job: some Job) -> pthread_t? {
    for stackSize in stackSizes {
      var attributes = pthread_attr_t()
      guard pthread_attr_init(&attributes) == 0 else { return nil }
      defer { pthread_attr_destroy(&attributes) }
      pthread_attr_setstacksize(&attributes, stackSize)
      let box = Unmanaged.passRetained(JobBox(job))
      #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(&thread, &attributes, { JobBox.perform($0) }, box.toOpaque())
      #else
        var thread = pthread_t()
        let code = pthread_create(&thread, &attributes, { $0.flatMap { JobBox.perform($0) } }, box.toOpaque())
      #endif
      if code == 0 { return thread }
      box.release()
    }
    return nil
  }
}

private protocol Job: Sendable {
  func perform()
}

/// Carries a job through the C interface.
private final class JobBox: Sendable {
  private let job: any Job

  init(_ job: any Job) { self.job = job }

  static func perform(_ box: UnsafeMutableRawPointer) -> UnsafeMutableRawPointer? {
    FaultReport.prepareThread()
    Unmanaged<JobBox>.fromOpaque(box).takeRetainedValue().job.perform()
    return nil
  }
}

/// Numbers that threads take one after another, and what they made of them.
private final class Work<Value: Sendable>: Job {
  private let count: Int
  private let body: @Sendable (Int) -> Value
  private let next = Atomic(0)
  private let finished = Mutex<[(index: Int, value: Value)]>([])

  init(count: Int, body: @escaping @Sendable (Int) -> Value) {
    self.count = count
    self.body = body
  }

  func perform() {
    var own: [(index: Int, value: Value)] = []
    while true {
      let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard index < count else { break }
      own.append((index, body(index)))
    }
    finished.withLock { $0 += own }
  }

  var results: [Value] {
    finished.withLock { $0.sorted { $0.index < $1.index }.map(\.value) }
  }
}

/// Counts from 1, for several threads.
package final class Counter: Sendable {
  private let value = Atomic(0)

  package init() {}

  package func next() -> Int { value.wrappingAdd(1, ordering: .relaxed).newValue }
}
