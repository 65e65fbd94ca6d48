extension Deparser {
  // MARK: - Indexes

  package mutating func list(_ elements: [IndexElement]) -> String { elements.map { text($0) }.joined(separator: ", ") }

  package mutating func text(_ element: IndexElement) -> String {
    let key =
      switch element.key {
      case .column(let name): name.quotedIdentifier
      case .expression(let expression): "(\(text(expression)))"
      }
    let collation = element.collation.map { " COLLATE \($0)" } ?? ""
    let operatorClass =
      element.operatorClass.map { " \($0)" + parenthesized(options: element.operatorClassOptions) } ?? ""
    return key + collation + operatorClass + suffix(element.direction, element.nulls)
  }

  /// ` (name = value, …)`; nothing for no options.
  package func parenthesized(options: [Option]) -> String { options.isEmpty ? "" : " (\(list(options)))" }

  package func list(_ options: [Option]) -> String {
    options.map { option in
      let name = (option.namespace.map { "\($0.quotedIdentifier)." } ?? "") + option.name.quotedIdentifier
      return option.value.map { "\(name) = \($0.quotedLiteral)" } ?? name
    }
    .joined(separator: ", ")
  }

  /// What follows the index's name: `ON t USING btree (a) WHERE …`; `table` is the name to print.
  package mutating func text(_ index: CreateIndex, on table: String) -> String {
    var sql = "ON \(table) USING \(index.method.quotedIdentifier) (\(list(index.elements)))"
    if !index.including.isEmpty { sql += " INCLUDE (\(names(index.including)))" }
    if index.nullsNotDistinct { sql += " NULLS NOT DISTINCT" }
    if !index.options.isEmpty { sql += " WITH\(parenthesized(options: index.options))" }
    if let tablespace = index.tablespace { sql += " TABLESPACE \(tablespace.quotedIdentifier)" }
    if let predicate = index.predicate { sql += " WHERE \(self.text(predicate))" }
    return sql
  }

  // MARK: - Constraints

  /// The constraint as a table's: `CHECK (…)`, `UNIQUE (a, b)`. `columns` are its columns, `referenced` the table and
  /// columns that a foreign key points to.
  package mutating func text(
    _ constraint: Constraint,
    columns: [String],
    referenced: (table: QualifiedName, columns: [String])? = nil
  ) -> String {
    let body =
      switch constraint.kind {
      case .check(let condition, let noInherit): "CHECK (\(text(condition)))" + (noInherit ? " NO INHERIT" : "")
      case .primaryKey(let key): "PRIMARY KEY" + text(key, columns)
      case .unique(let key): "UNIQUE" + (key.nullsNotDistinct ? " NULLS NOT DISTINCT" : "") + text(key, columns)
      case .exclusion(let exclusion): text(exclusion)
      case .foreignKey(let key): text(key, columns, referenced ?? (key.referenced.name, key.referencedColumns))
      case .notNull: "NOT NULL"
      case .null: "NULL"
      case .default(let value): "DEFAULT \(text(default: value))"
      case .identity(let always, let options): text(identityAlways: always, options: options)
      case .generated(let expression, let stored):
        "GENERATED ALWAYS AS (\(text(expression))) \(stored ? "STORED" : "VIRTUAL")"
      }
    let deferrable = constraint.isDeferrable ? " DEFERRABLE" : ""
    return body + deferrable + (constraint.isInitiallyDeferred ? " INITIALLY DEFERRED" : "")
  }

  private func text(_ key: KeyConstraint, _ columns: [String]) -> String {
    var sql = " (\(names(columns)))"
    if !key.including.isEmpty { sql += " INCLUDE (\(names(key.including)))" }
    if !key.options.isEmpty { sql += " WITH\(parenthesized(options: key.options))" }
    if let tablespace = key.tablespace { sql += " USING INDEX TABLESPACE \(tablespace.quotedIdentifier)" }
    return sql
  }

  private mutating func text(_ exclusion: ExclusionConstraint) -> String {
    let elements = exclusion.elements.map { "\(text($0.element)) WITH \(operatorText($0.comparison))" }
    var sql = "EXCLUDE USING \(exclusion.method.quotedIdentifier) (\(elements.joined(separator: ", ")))"
    if !exclusion.including.isEmpty { sql += " INCLUDE (\(names(exclusion.including)))" }
    if let predicate = exclusion.predicate { sql += " WHERE (\(self.text(predicate)))" }
    return sql
  }

  private func text(
    _ key: ForeignKey,
    _ columns: [String],
    _ referenced: (table: QualifiedName, columns: [String])
  ) -> String {
    var sql = "FOREIGN KEY (\(names(columns))) REFERENCES \(referenced.table)\(parenthesized(referenced.columns))"
    if key.match == .full { sql += " MATCH FULL" }
    if key.onUpdate != .noAction { sql += " ON UPDATE \(self.text(key.onUpdate))" }
    if key.onDelete != .noAction { sql += " ON DELETE \(self.text(key.onDelete))" }
    return sql
  }

  private func text(_ action: ForeignKey.Action) -> String {
    switch action {
    case .noAction: "NO ACTION"
    case .restrict: "RESTRICT"
    case .cascade: "CASCADE"
    case .setNull(let columns): "SET NULL\(parenthesized(columns))"
    case .setDefault(let columns): "SET DEFAULT\(parenthesized(columns))"
    }
  }

  package func text(identityAlways always: Bool, options: [Option]) -> String {
    let sequence = sequenceOptions(options)
    return "GENERATED \(always ? "ALWAYS" : "BY DEFAULT") AS IDENTITY" + (sequence.isEmpty ? "" : " (\(sequence))")
  }

  /// The options of CREATE SEQUENCE, as the grammar names them.
  package func sequenceOptions(_ options: [Option]) -> String {
    options.compactMap { option -> String? in
      switch option.name {
      case "start": option.value.map { "START WITH \($0)" }
      case "increment": option.value.map { "INCREMENT BY \($0)" }
      case "minvalue": option.value.map { "MINVALUE \($0)" } ?? "NO MINVALUE"
      case "maxvalue": option.value.map { "MAXVALUE \($0)" } ?? "NO MAXVALUE"
      case "cache": option.value.map { "CACHE \($0)" }
      case "cycle": option.value == "false" ? "NO CYCLE" : "CYCLE"
      default: nil
      }
    }
    .joined(separator: " ")
  }

  // MARK: - Partitions

  package mutating func text(_ key: PartitionKey) -> String {
    let strategy =
      switch key.strategy {
      case .list: "LIST"
      case .range: "RANGE"
      case .hash: "HASH"
      }
    return "\(strategy) (\(list(key.elements)))"
  }

  package mutating func text(_ bound: PartitionBound) -> String {
    switch bound {
    case .default: "DEFAULT"
    case .list(let values): "FOR VALUES IN (\(list(values)))"
    case .range(let from, let to): "FOR VALUES FROM (\(list(from))) TO (\(list(to)))"
    case .hash(let modulus, let remainder): "FOR VALUES WITH (MODULUS \(modulus), REMAINDER \(remainder))"
    }
  }

  private mutating func list(_ data: [PartitionBound.Datum]) -> String {
    data.map { datum in
      switch datum {
      case .minimum: "MINVALUE"
      case .maximum: "MAXVALUE"
      case .value(let expression): text(expression)
      }
    }
    .joined(separator: ", ")
  }
}
