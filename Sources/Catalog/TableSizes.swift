import Syntax

/// How large tables are, as the project says: by patterns of their names, or as they were measured on a server.
package struct TableSizes: Hashable, Sendable {
  /// What a table's size means for those who wait while its rows are read.
  package enum Size: Hashable, Sendable {
    /// It takes no time that anybody notices.
    case small
    case unknown
    case large
  }

  /// What a server says of a table; `nil` for what it does not say.
  package struct Measure: Hashable, Sendable {
    package let rows: Int?
    /// With its indexes.
    package let bytes: Int?

    package init(rows: Int?, bytes: Int?) {
      self.rows = rows
      self.bytes = bytes
    }
  }

  /// Up to so much is small, unless a pattern says otherwise: PostgreSQL reads it in some hundredths of a second.
  package static let smallRows = 10_000
  package static let smallBytes = 10 << 20
  /// From so much on it is large: to read it takes seconds, to build an index minutes.
  package static let largeRows = 10_000_000
  package static let largeBytes = 1 << 30

  private let small: ExternalNames
  private let large: ExternalNames
  private let measures: [QualifiedName: Measure]
  package let isEmpty: Bool

  /// Patterns as ``ExternalNames`` reads them; they count before what was measured.
  package init(small: [String] = [], large: [String] = [], measures: [QualifiedName: Measure] = [:]) {
    self.small = ExternalNames(small)
    self.large = ExternalNames(large)
    self.measures = measures
    isEmpty = small.isEmpty && large.isEmpty && measures.isEmpty
  }

  package subscript(table: QualifiedName) -> Measure? { measures[table] }

  /// Of a table that patterns call both, the worse.
  package func size(of table: QualifiedName) -> Size {
    if isEmpty { return .unknown }
    if large.contains(table) { return .large }
    if small.contains(table) { return .small }
    return measures[table]?.size ?? .unknown
  }
}

extension TableSizes.Measure {
  fileprivate var size: TableSizes.Size {
    if rows == nil, bytes == nil { return .unknown }
    if rows ?? 0 >= TableSizes.largeRows || bytes ?? 0 >= TableSizes.largeBytes { return .large }
    return rows ?? 0 <= TableSizes.smallRows && bytes ?? 0 <= TableSizes.smallBytes ? .small : .unknown
  }
}
