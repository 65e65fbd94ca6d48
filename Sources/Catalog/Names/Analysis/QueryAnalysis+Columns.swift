import Syntax

extension QueryAnalysis {
  /// What a column reference means.
  enum Meaning {
    case column(ResultColumn, level: Int)
    /// A whole row, a field, a parameter, or what nobody can tell.
    case other
    case missingColumn(of: Entry?)
    case missingTable(isOutOfReach: Bool)
    case ambiguousColumn, ambiguousTable
    case notLateral(String)
    case refused(SQLError)
  }

  /// Stands for the query of a column that nobody can tell.
  static let unknownLevel = -1

  mutating func type(of reference: ColumnReference) throws(SQLError) -> TypeName? {
    if !reference.parts.allSatisfy(\.isPlainName) {
      noteUnknownRead()
      return nil
    }
    switch meaning(of: reference) {
    case .column(let column, let level):
      referenced?.insert(level)
      note(read: column)
      return column.type
    case .other:
      referenced?.insert(Self.unknownLevel)
      return nil
    case .refused(let error): throw error
    case .missingColumn(let entry): throw undefinedColumn(reference, of: entry)
    case .missingTable(let isOutOfReach):
      let what = isOutOfReach ? "invalid reference to" : "missing"
      throw SQLError(.undefinedTable, "\(what) FROM-clause entry for table \"\(reference.qualifier ?? "")\"")
    case .ambiguousColumn:
      throw SQLError(.ambiguousColumn, "column reference \"\(reference.name ?? "*")\" is ambiguous")
    case .ambiguousTable:
      throw SQLError(.ambiguousAlias, "table reference \"\(reference.qualifier ?? "")\" is ambiguous")
    case .notLateral(let table):
      throw SQLError(.invalidColumnReference, "invalid reference to FROM-clause entry for table \"\(table)\"")
    }
  }

  private func undefinedColumn(_ reference: ColumnReference, of entry: Entry?) -> SQLError {
    let name = reference.name ?? "*"
    guard let qualifier = reference.qualifier else {
      let relations = levels.last?.entries.filter { $0.relation != nil } ?? []
      let owner = relations.count == 1 ? relations[0].relation : nil
      return SQLError(
        .undefinedColumn,
        "column \"\(name)\" does not exist",
        about: SQLError.Object(.column, QualifiedName(name), of: owner)
      )
    }
    return SQLError(
      .undefinedColumn,
      "column \(qualifier).\(name) does not exist",
      about: SQLError.Object(.column, QualifiedName(name), of: entry?.relation)
    )
  }

  mutating func meaning(of reference: ColumnReference) -> Meaning {
    guard let name = reference.name else { return unknownMeaning() }
    if reference.parts.count > 1 { return meaning(of: name, qualifiedIn: reference) }
    for level in levels.indices.reversed() {
      var found: (column: ResultColumn?, entry: Entry)?
      var mayBeElsewhere = false
      if isExhausted(by: levels[level].entries.count) { return unknownMeaning() }
      for entry in levels[level].entries where entry.showsColumns && isInReach(entry, at: level) {
        switch entry.match(name) {
        case .several: return .ambiguousColumn
        case .one(let column):
          if found != nil { return mayBeElsewhere ? unknownMeaning() : .ambiguousColumn }
          found = (column, entry)
        case .none:
          if !entry.contents.isComplete { mayBeElsewhere = true }
          if entry.hasSystemColumns, name.isSystemColumn { found = (nil, entry) }
        }
      }
      if let found {
        if !found.entry.isLateralAllowed, found.entry.isLateralOnly { return .notLateral(found.entry.name ?? "") }
        return found.column.map { .column($0, level: level) } ?? .other
      }
      if mayBeElsewhere { return unknownMeaning() }
    }
    if variables.contains(name) { return .other }
    let isRow = levels.contains { $0.entries.contains { $0.showsName && $0.name == name } }
    return isRow ? .other : .missingColumn(of: nil)
  }

  /// What nobody can tell.
  private mutating func unknownMeaning() -> Meaning {
    noteUnknownRead()
    return .other
  }

  private func isInReach(_ entry: Entry, at level: Int) -> Bool { !entry.isLateralOnly || levels[level].isLateral }

  private mutating func meaning(of name: String, qualifiedIn reference: ColumnReference) -> Meaning {
    switch table(named: reference) {
    case .found(let entry, let level):
      if let refusal = entry.refusal { return .refused(refusal) }
      if !entry.isLateralAllowed, entry.isLateralOnly { return .notLateral(entry.name ?? "") }
      switch entry.match(name) {
      case .one(let column): return .column(column, level: level)
      case .several: return .ambiguousColumn
      case .none:
        if entry.hasSystemColumns, name.isSystemColumn { return .other }
        if !entry.contents.isComplete {
          note(read: name, of: entry)
          return .other
        }
        // `t.f` may be the call `f(t)`.
        return database.mayTakeRows(name) ? .other : .missingColumn(of: entry)
      }
    case .ambiguous: return .ambiguousTable
    case .missing(let isOutOfReach): return .missingTable(isOutOfReach: isOutOfReach)
    case .unknown: return unknownMeaning()
    }
  }

  enum TableMeaning {
    case found(Entry, level: Int)
    case ambiguous, unknown
    case missing(isOutOfReach: Bool)
  }

  /// The entry that `t` in `t.a` or `s.t.a` names.
  private mutating func table(named reference: ColumnReference) -> TableMeaning {
    let parts = reference.parts
    // `database.schema.table.column`
    guard parts.count <= 3 else { return .unknown }
    let name = parts[parts.count - 2]
    let relation = parts.count == 3 ? QualifiedName(schema: parts[0], name) : nil
    var mayBeThere = false
    var isOutOfReach = false
    for level in levels.indices.reversed() {
      if isExhausted(by: levels[level].entries.count) { return .unknown }
      var found: Entry?
      for entry in levels[level].entries {
        if entry.name == nil, entry.showsName { mayBeThere = true }
        guard entry.name == name else {
          // An alias hides the name.
          if entry.relation?.name == name { isOutOfReach = true }
          continue
        }
        if let relation, entry.isAliased || entry.relation != relation {
          // A relation that the history does not have.
          if entry.relation.map({ !catalog.hasRelation($0) }) ?? true { mayBeThere = true }
          continue
        }
        guard entry.showsName, isInReach(entry, at: level) else {
          isOutOfReach = true
          continue
        }
        if found != nil { return .ambiguous }
        found = entry
      }
      if let found { return .found(found, level: level) }
    }
    if mayBeThere || variables.contains(name) || relation.map({ variables.contains($0.schema ?? "") }) == true {
      return .unknown
    }
    return .missing(isOutOfReach: isOutOfReach)
  }

  /// The entry whose columns `t.*` stands for; `nil` where nobody can tell.
  mutating func entry(named star: ColumnReference) throws(SQLError) -> (Int, Entry)? {
    switch table(named: star) {
    case .found(let entry, let level): return (level, entry)
    case .unknown: return nil
    case .ambiguous:
      throw SQLError(.ambiguousAlias, "table reference \"\(star.qualifier ?? "")\" is ambiguous")
    case .missing(let isOutOfReach):
      let what = isOutOfReach ? "invalid reference to" : "missing"
      throw SQLError(.undefinedTable, "\(what) FROM-clause entry for table \"\(star.qualifier ?? "")\"")
    }
  }
}

extension ColumnReference {
  /// What stands before the column's name.
  var qualifier: String? { parts.count > 1 ? parts[parts.count - 2] : nil }
}

extension Database {
  /// Whether a function of the name may take a row as its only argument.
  func mayTakeRows(_ name: String) -> Bool {
    Self.functionsOfRows.contains(name) || catalog.functions.contains(qualifiedFunction(QualifiedName(name)))
      || isAggregate(made: QualifiedName(name))
  }

  /// Those of PostgreSQL, and of hstore, that take `record`, `"any"` or `anyelement`.
  private static let functionsOfRows: Set<String> = [
    "count", "row_to_json", "to_json", "to_jsonb", "json_agg", "jsonb_agg", "array_agg", "any_value", "min", "max",
    "num_nulls", "num_nonnulls", "pg_typeof", "pg_column_size", "quote_literal", "quote_nullable", "first_value",
    "last_value", "lag", "lead", "concat", "json_build_array", "jsonb_build_array", "json_build_object",
    "jsonb_build_object", "record_out", "record_send", "hash_record", "hstore", "json_agg_strict", "jsonb_agg_strict",
    "pg_collation_for", "pg_column_compression", "json_object_agg", "format",
  ]

  /// Whether the history made an aggregate of the name.
  func isAggregate(made name: QualifiedName) -> Bool {
    catalog.otherObjects.contains {
      $0.kind == .aggregate && $0.name.name == name.name && (name.schema == nil || name.schema == $0.name.schema)
    }
  }
}
