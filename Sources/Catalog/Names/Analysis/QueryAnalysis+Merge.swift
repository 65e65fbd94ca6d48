import Syntax

extension QueryAnalysis {
  mutating func results(of merge: Merge) throws(SQLError) -> ResultColumns {
    try checkReach(of: merge)
    let target = try target(merge.relation)
    if let relation = target.relation { try requireMergeable(relation, merge) }
    let entry = try writtenEntry(of: merge.relation)
    try define([merge.source])
    if levels[current].entries.contains(where: { $0.showsName && $0.name == entry.name }) {
      throw SQLError(.duplicateAlias, "name \"\(entry.name ?? "")\" specified more than once")
    }
    levels[current].entries.insert(entry, at: 0)
    try requireBoolean(merge.condition, in: .join)
    let entries = levels[current].entries
    let results = try returning(merge.returning, nil)
    for clause in merge.clauses {
      // What matches nothing has no row to name.
      switch clause.match {
      case .matched: levels[current].entries = entries
      case .notMatchedBySource: levels[current].entries = [entries[0]]
      case .notMatchedByTarget: levels[current].entries = Array(entries.dropFirst())
      }
      try analyze(clause, of: target)
    }
    return results
  }

  /// A clause without a condition leaves nothing to those of its kind behind it.
  private func checkReach(of merge: Merge) throws(SQLError) {
    var closed: Set<Merge.Match> = []
    for clause in merge.clauses {
      if closed.contains(clause.match) {
        throw SQLError(.syntaxError, "unreachable WHEN clause specified after unconditional WHEN clause")
      }
      if clause.condition == nil { closed.insert(clause.match) }
    }
  }

  private func requireMergeable(_ relation: QualifiedName, _ merge: Merge) throws(SQLError) {
    let message = "cannot execute MERGE on relation \(QualifiedName(relation.name).quotedInErrors)"
    if let table = catalog.tables[relation] {
      if table.kind == .foreignTable || table.rules.contains(where: { $0.definition.event != .select }) {
        throw SQLError(.featureNotSupported, message)
      }
    } else if catalog.views[relation]?.isMaterialized == true || catalog.sequences.contains(relation) {
      throw SQLError(.featureNotSupported, message)
    }
  }

  private mutating func analyze(_ clause: Merge.Clause, of target: Target) throws(SQLError) {
    if let condition = clause.condition { try requireBoolean(condition, in: .mergeCondition) }
    switch clause.action {
    case .insert(let names, let values, let setsParts, let overriding):
      let columns = try insertColumns(names, of: target, mayRepeat: setsParts)
      guard let values, !values.contains(where: \.standsForSeveral) else { return }
      if let columns { try checkCount(values.count, columns.count, isListed: !names.isEmpty) }
      for (position, value) in values.enumerated() {
        let type = try inside(.values) { analysis throws(SQLError) in try analysis.type(of: value) }
        guard let columns, columns.indices.contains(position), !setsParts else { continue }
        try requireAssignable(type, to: columns[position])
        guard value != .setToDefault else { continue }
        try requireWritable(columns[position].name, of: target, overriding)
      }
    case .update(let assignments): try assign(assignments, to: target)
    case .delete, .doNothing: break
    }
  }
}
