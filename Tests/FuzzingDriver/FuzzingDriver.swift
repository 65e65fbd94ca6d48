import Foundation
import Fuzzing

/// libFuzzer calls this with each input. Which target it feeds is in the environment, so that one program has them all.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  if ProcessInfo.processInfo.environment["SQLLINT_FUZZ_SHOW"] == nil {
    chosenTarget.run(bytes)
  } else {
    print(chosenTarget.text(of: bytes))
  }
  return 0
}

private let chosenTarget: FuzzTarget = {
  let name = ProcessInfo.processInfo.environment["SQLLINT_FUZZ_TARGET"] ?? ""
  guard let target = FuzzTarget(rawValue: name) else {
    fatalError("SQLLINT_FUZZ_TARGET is '\(name)': give one of \(FuzzTarget.allCases.map(\.rawValue))")
  }
  return target
}()
