/// Decisions read off the bytes that a fuzzer mutates: the same bytes are always the same input, and a small change of
/// the bytes is a small change of the input.
struct Choices {
  private var bytes: ArraySlice<UInt8>

  init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

  var isExhausted: Bool { bytes.isEmpty }

  /// A number below `count`; 0 once the bytes are used up.
  mutating func number(below count: Int) -> Int { count < 2 ? 0 : Int(bytes.popFirst() ?? 0) % count }

  mutating func oneIn(_ count: Int) -> Bool { number(below: count) == count - 1 }
}
