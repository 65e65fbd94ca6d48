extension RandomAccessCollection where Index == Int {
  /// The first index whose element belongs; those that do not all stand before those that do.
  @inlinable
  package func partitioningIndex(where belongs: (Element) -> Bool) -> Int {
    var lower = startIndex
    var upper = endIndex
    while lower < upper {
      let middle = lower + (upper - lower) / 2
      if belongs(self[middle]) { upper = middle } else { lower = middle + 1 }
    }
    return lower
  }
}
