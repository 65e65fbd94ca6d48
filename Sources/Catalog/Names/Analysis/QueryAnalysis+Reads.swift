import Syntax

/// Which columns a query reads, as `pg_depend` holds them for a view: those that it names, those that a star stands for
/// when it is made, and those that USING and NATURAL compare.
///
/// Source: `find_expr_references_walker` in `dependency.c`.
extension QueryAnalysis {
  struct Reads {
    /// The relations and row types whose columns the entries of FROM hand on, by the numbers of the entries.
    var relations: [Int: QualifiedName] = [:]
    var columns: [QualifiedName: Set<String>] = [:]
    /// Whether a name may be that of a column which is not in ``columns``.
    var isComplete = true
  }

  /// The columns that the query read, by relation; `nil` where the history does not tell all of them.
  package var columnsRead: [QualifiedName: Set<String>]? { reads.flatMap { $0.isComplete ? $0.columns : nil } }

  /// Those of them that it does tell.
  package var knownColumnsRead: [QualifiedName: Set<String>] { reads?.columns ?? [:] }

  /// From now on what the query reads is kept.
  package mutating func collectReads() { reads = Reads() }

  /// The columns of an entry are those of a relation.
  mutating func note(_ number: Int, handsOn relation: QualifiedName) { reads?.relations[number] = relation }

  mutating func note(read column: ResultColumn) {
    guard let source = column.source, let relation = reads?.relations[source.entry] else { return }
    reads?.columns[relation, default: []].insert(source.column)
  }

  mutating func note(read columns: ResultColumns) {
    guard reads != nil else { return }
    for column in columns.columns { note(read: column) }
    if !columns.isComplete { noteUnknownRead() }
  }

  /// A column that the statement fills.
  mutating func note(written column: String, of relation: QualifiedName?) {
    guard reads != nil, let relation else { return }
    reads?.columns[relation, default: []].insert(column)
  }

  /// The field of a row type that an expression picks.
  mutating func note(read field: String, ofType type: QualifiedName) {
    reads?.columns[type, default: []].insert(field)
  }

  /// The column of a relation that has it, though not all columns of the relation are known.
  mutating func note(read column: String, of entry: Entry) {
    guard reads != nil else { return }
    if let relation = entry.relation {
      reads?.columns[relation, default: []].insert(column)
    } else {
      noteUnknownRead()
    }
  }

  mutating func noteUnknownRead() { reads?.isComplete = false }
}
