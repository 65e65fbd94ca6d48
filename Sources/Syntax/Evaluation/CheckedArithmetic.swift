/// Arithmetic on numbers that a file gives: `nil` where 64 bits do not hold the result, or there is none.
extension Int {
  func plus(_ other: Int) -> Int? { Self.known(addingReportingOverflow(other)) }

  func minus(_ other: Int) -> Int? { Self.known(subtractingReportingOverflow(other)) }

  func times(_ other: Int) -> Int? { Self.known(multipliedReportingOverflow(by: other)) }

  func divided(by other: Int) -> Int? { Self.known(dividedReportingOverflow(by: other)) }

  func remainder(by other: Int) -> Int? { Self.known(remainderReportingOverflow(dividingBy: other)) }

  private static func known(_ result: (partialValue: Int, overflow: Bool)) -> Int? {
    result.overflow ? nil : result.partialValue
  }

  /// The quotient rounded towards the smaller number, and what it leaves, which is never negative. The divisor is a
  /// constant, not a number that a file gives.
  func flooredDivision(by divisor: Int) -> (quotient: Int, remainder: Int) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }
}
