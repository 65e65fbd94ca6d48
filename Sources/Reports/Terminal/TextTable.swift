/// Rows of text in columns that line up.
struct TextTable {
  let header: [String]
  /// Each as long as the header.
  let rows: [[String]]
  /// The columns that give way where the table does not fit, with the widths that they keep; the first gives way first.
  let flexible: [(index: Int, least: Int)]

  /// One line a row, the header's first; `paint` colours a cell by its row (`nil` for the header) and column.
  ///
  /// `columns` is what the table must fit into; `nil` where there is no such bound.
  func lines(columns: Int?, paint: (_ cell: String, _ row: Int?, _ column: Int) -> String) -> [String] {
    let widths = widths(columns: columns)
    let numbers = [nil] + rows.indices.map(Optional.init)
    return zip(numbers, [header] + rows).map { number, row in
      let cells = row.indices.filter { widths[$0] > 0 }
      let last = cells.last { !row[$0].isEmpty } ?? 0
      return cells.filter { $0 <= last }.map { column in
        let cell = row[column].cut(to: widths[column])
        let filler = column == last ? 0 : widths[column] - cell.displayWidth + Self.gap
        return paint(cell, number, column) + String(repeating: " ", count: filler)
      }.joined()
    }
  }

  /// The columns between two cells.
  private static let gap = 2

  /// A column that would be too narrow to say anything is left out: its width is 0.
  private func widths(columns: Int?) -> [Int] {
    var widths = header.indices.map { column in ([header] + rows).map { $0[column].displayWidth }.max() ?? 0 }
    guard let columns else { return widths }
    for (index, least) in flexible {
      let excess = widths.reduce(0, +) + Self.gap * (widths.count { $0 > 0 } - 1) - columns
      guard excess > 0 else { break }
      widths[index] = widths[index] - excess >= least ? widths[index] - excess : min(widths[index], least)
      if widths[index] < Self.narrowest { widths[index] = 0 }
    }
    return widths
  }

  private static let narrowest = 8
}
