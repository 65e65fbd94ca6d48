/// The order in which people number things: `2_b` before `10_a`.
enum NaturalOrder {
  /// Runs of digits compare as numbers, all else byte by byte; what is equal so far, such as `1` and `01`, byte by byte.
  static func precedes(_ left: [UInt8], _ right: [UInt8]) -> Bool {
    var i = 0
    var j = 0
    while i < left.count, j < right.count {
      if left[i].isDigit, right[j].isDigit {
        let a = digits(in: left, from: &i)
        let b = digits(in: right, from: &j)
        if a.count != b.count { return a.count < b.count }
        if !a.elementsEqual(b) { return a.lexicographicallyPrecedes(b) }
      } else if left[i] != right[j] {
        return left[i] < right[j]
      } else {
        i += 1
        j += 1
      }
    }
    if left.count - i != right.count - j { return left.count - i < right.count - j }
    return left.lexicographicallyPrecedes(right)
  }

  /// The digits at `index` without leading zeros; moves `index` past them.
  private static func digits(in bytes: [UInt8], from index: inout Int) -> ArraySlice<UInt8> {
    let rest = bytes[index...].prefix(while: \.isDigit)
    index = rest.endIndex
    return rest.drop { $0 == UInt8(ascii: "0") }
  }
}
