import Catalog
import Syntax

/// Asks a server for what tells two catalogs apart: what was added must be there, what left must be gone.
struct CatalogChecks {
  let writes: CatalogWrites
  private(set) var list = CheckList()

  static func list(_ writes: CatalogWrites) -> CheckList {
    var checks = CatalogChecks(writes: writes)
    checks.compare()
    return checks.list
  }

  private init(writes: CatalogWrites) { self.writes = writes }

  private var old: Catalog { writes.before.catalog }
  private var new: Catalog { writes.after.catalog }

  private mutating func compare() {
    compareNamespaces()
    for name in sorted(writes.types) { compareType(name) }
    for name in sorted(writes.sequences) { compareSequence(name) }
    for name in sorted(writes.tables) { compareTable(name) }
    for name in sorted(writes.indexes) { compareIndex(name) }
    for name in sorted(writes.views) { compareView(name) }
    for name in sorted(writes.functions) { compareFunctions(name) }
    for name in sorted(writes.statistics) { compareStatistics(name) }
  }

  /// What is temporary ends with the session.
  private func sorted(_ names: Set<QualifiedName>) -> [QualifiedName] {
    names.filter { $0.schema != Catalog.temporary }.sorted()
  }

  // MARK: - Schemas and extensions

  private mutating func compareNamespaces() {
    for name in new.schemas.subtracting(old.schemas).sorted() {
      list.add(
        "schema \(name) exists",
        "SELECT EXISTS (SELECT FROM pg_namespace WHERE nspname = \(name.quotedLiteral))"
      )
    }
    for name in old.schemas.subtracting(new.schemas).sorted() {
      list.add(
        "schema \(name) is gone",
        "SELECT NOT EXISTS (SELECT FROM pg_namespace WHERE nspname = \(name.quotedLiteral))"
      )
    }
    for name in new.extensions.keys.subtracting(old.extensions.keys).sorted() {
      list.checks.append(Self.extensionCheck(name))
    }
    for name in old.extensions.keys.subtracting(new.extensions.keys).sorted() {
      list.add(
        "extension \(name) is gone",
        "SELECT NOT EXISTS (SELECT FROM pg_extension WHERE extname = \(name.quotedLiteral))"
      )
    }
  }

  // MARK: - Relations

  private mutating func compareTable(_ name: QualifiedName) {
    let before = old.tables[name]
    switch (before.flatMap { $0.isAssumed ? nil : $0 }, new.tables[name]) {
    case (nil, let table?) where table.isAssumed:
      var parts = TableChecks(before: before, after: table, in: writes)
      parts.compareParts()
      take(parts.list)
    case (nil, let table?):
      var parts = TableChecks(before: nil, after: table, in: writes)
      parts.describe()
      take(parts.list)
    case (let table?, let changed?):
      var parts = TableChecks(before: table, after: changed, in: writes)
      parts.compareAll()
      take(parts.list)
    case (_?, nil), (nil, nil):
      guard before != nil || new.isGone(name) else { return }
      gone("table", name, kinds: "'r', 'p', 'f'")
    }
  }

  private mutating func compareIndex(_ name: QualifiedName) {
    switch (old.indexes[name], new.indexes[name]) {
    case (let before, let index?):
      // Those of constraints are asked for with them, those of partitions with their parents'.
      guard index.constraint == nil, index.parent == nil else { return }
      if let before, before.definition == index.definition, before.table == index.table, before.isValid == index.isValid
      {
        return
      }
      let checks = IndexChecks(index, in: writes.after)
      // What another expression or condition has become cannot be asked, only looked at.
      if before.map({ IndexChecks($0, in: writes.before).sql }) == checks.sql {
        list.look("index \(name.displayName) has the new definition", checks.definition)
      } else {
        list.add("index \(name.displayName) of \(index.table.displayName) \(checks.state)", checks.sql)
      }
    case (let index?, nil):
      guard index.constraint == nil, index.parent == nil,
        new.tables[index.table] != nil || old.views[index.table] != nil
      else { return }
      gone("index", name, kinds: "'i', 'I'")
    case (nil, nil): break
    }
  }

  private mutating func compareView(_ name: QualifiedName) {
    switch (old.views[name], new.views[name]) {
    case (nil, let view?):
      let kind = view.isMaterialized ? "m" : "v"
      list.add("\(view.word) \(name.displayName) exists", Self.exists(name, kinds: "'\(kind)'"))
    case (let before?, let view?):
      let columns = view.columnNames.filter { !before.columnNames.contains($0) }
      for column in view.knowsAllColumns ? columns : [] {
        list.add(
          "\(view.word) \(name.displayName) has column \(column)",
          "SELECT EXISTS (SELECT FROM pg_attribute WHERE attrelid = \(name.regclass) AND attname = \(column.quotedLiteral)"
            + " AND NOT attisdropped)"
        )
      }
      guard before.query != view.query else { return }
      list.look(
        "\(view.word) \(name.displayName) has the new query",
        "SELECT pg_get_viewdef(\(name.regclass), true)"
      )
    case (let view?, nil): gone(view.word, name, kinds: view.isMaterialized ? "'m'" : "'v'")
    case (nil, nil): break
    }
  }

  private mutating func compareSequence(_ name: QualifiedName) {
    switch (old.sequences[name], new.sequences[name]) {
    case (nil, let sequence?):
      guard sequence.owner == nil, !sequence.isIdentity else { return }
      list.add("sequence \(name.displayName) exists", Self.exists(name, kinds: "'S'"))
    case (let before?, let sequence?):
      guard before.options != sequence.options || before.type != sequence.type else { return }
      list.look(
        "sequence \(name.displayName) has the new settings",
        "SELECT * FROM pg_sequences WHERE schemaname = \((name.schema ?? "public").quotedLiteral)"
          + " AND sequencename = \(name.name.quotedLiteral)"
      )
    case (let sequence?, nil):
      if sequence.owner == nil, !sequence.isIdentity { gone("sequence", name, kinds: "'S'") }
    case (nil, nil): break
    }
  }

  private mutating func compareStatistics(_ name: QualifiedName) {
    let condition =
      "EXISTS (SELECT FROM pg_statistic_ext s JOIN pg_namespace n ON n.oid = s.stxnamespace"
      + " WHERE s.stxname = \(name.name.quotedLiteral) AND n.nspname = \((name.schema ?? "public").quotedLiteral))"
    switch (old.statistics[name], new.statistics[name]) {
    case (nil, _?): list.add("statistics \(name.displayName) exist", "SELECT \(condition)")
    case (_?, nil): list.add("statistics \(name.displayName) are gone", "SELECT NOT \(condition)")
    default: break
    }
  }

  // MARK: - Types and functions

  private mutating func compareType(_ name: QualifiedName) {
    let type = "to_regtype(\(name.description.quotedLiteral))"
    switch (old.types[name], new.types[name]) {
    case (let before, let made?):
      if before?.form == made.form { return }
      switch made.form {
      case .enumeration(let labels):
        list.add(
          "type \(name.displayName) has its \(labels.count) values",
          "SELECT coalesce((SELECT array_agg(enumlabel::text ORDER BY enumsortorder) FROM pg_enum"
            + " WHERE enumtypid = \(type)) = ARRAY[\(labels.map(\.quotedLiteral).joined(separator: ", "))]::text[], false)"
        )
      case .domain(let domain): compareDomain(name, type, before, domain)
      case .composite(let columns):
        let rows = columns.compactMap { column in
          column.type.map { type in
            let type = writes.after.regtype(type.withoutModifiers)
            return "(\(column.name.quotedLiteral), \(type.quotedLiteral))"
          }
        }
        guard !rows.isEmpty else {
          list.add("type \(name.displayName) exists", "SELECT \(type) IS NOT NULL")
          break
        }
        list.add(
          "type \(name.displayName) has its \(rows.count) attributes with their types",
          "SELECT count(*) = \(rows.count) FROM (VALUES \(rows.joined(separator: ", "))) AS e (name, type)"
            + " JOIN pg_type t ON t.oid = \(type) JOIN pg_attribute a ON a.attrelid = t.typrelid"
            + " AND a.attname = e.name AND a.atttypid = to_regtype(e.type) WHERE NOT a.attisdropped"
        )
      case .other:
        if before == nil { list.add("type \(name.displayName) exists", "SELECT \(type) IS NOT NULL") }
      }
    case (_?, nil): list.add("type \(name.displayName) is gone", "SELECT \(type) IS NULL")
    case (nil, nil): break
    }
  }

  private mutating func compareDomain(_ name: QualifiedName, _ type: String, _ before: UserType?, _ domain: Domain) {
    guard case .domain(let earlier)? = before?.form else {
      list.add(
        "domain \(name.displayName) exists",
        "SELECT EXISTS (SELECT FROM pg_type WHERE oid = \(type) AND typtype = 'd')"
      )
      return
    }
    let (old, new) = (Set(earlier.checks.map(\.name)), Set(domain.checks.map(\.name)))
    func check(_ name: String) -> String {
      "EXISTS (SELECT FROM pg_constraint WHERE contypid = \(type) AND conname = \(name.quotedLiteral))"
    }
    for constraint in new.subtracting(old).sorted() {
      list.add("domain \(name.displayName) has constraint \(constraint)", "SELECT \(check(constraint))")
    }
    for constraint in old.subtracting(new).sorted() {
      list.add("domain \(name.displayName) has lost constraint \(constraint)", "SELECT NOT \(check(constraint))")
    }
    if earlier.isNotNull != domain.isNotNull {
      list.add(
        "domain \(name.displayName) \(domain.isNotNull ? "allows no NULL" : "allows NULL")",
        "SELECT EXISTS (SELECT FROM pg_type WHERE oid = \(type) AND \(domain.isNotNull ? "" : "NOT ")typnotnull)"
      )
    }
  }

  private mutating func compareFunctions(_ name: QualifiedName) {
    let before = Array(old.functions[name] ?? [])
    let after = Array(new.functions[name] ?? [])
    let olds = Dictionary(before.map { ($0.inputTypes, $0) }) { first, _ in first }
    for function in after {
      let signature = function.signature(named: name, in: writes.after)
      let other = olds[function.inputTypes]
      let word = function.definition.isProcedure ? "procedure" : "function"
      guard let other else {
        list.add("\(word) \(signature) exists", "SELECT to_regprocedure(\(signature.quotedLiteral)) IS NOT NULL")
        continue
      }
      guard other.definition != function.definition else { continue }
      let procedure = "to_regprocedure(\(signature.quotedLiteral))"
      if let (line, isThere) = Self.tellingLine(from: other.definition.body, to: function.definition.body) {
        list.add(
          "\(word) \(signature) has its new body",
          "SELECT EXISTS (SELECT FROM pg_proc WHERE oid = \(procedure) AND position(\(line.quotedLiteral) IN prosrc) "
            + "\(isThere ? "> 0" : "= 0"))"
        )
      } else {
        list.look("\(word) \(signature) has its new definition", "SELECT pg_get_functiondef(\(procedure))")
      }
    }
    let kept = Set(after.map(\.inputTypes))
    for function in before where !kept.contains(function.inputTypes) {
      let signature = function.signature(named: name, in: writes.before)
      list.add("function \(signature) is gone", "SELECT to_regprocedure(\(signature.quotedLiteral)) IS NULL")
    }
  }

  /// A line that only one of two bodies has, and whether it is the new one.
  private static func tellingLine(from old: String?, to new: String?) -> (line: String, isNew: Bool)? {
    guard let old, let new else { return nil }
    // What is laid out anew tells nothing: a down migration may bring the code back in that layout.
    func lines(_ text: String) -> [(text: String, code: String)] {
      text.split(whereSeparator: \.isNewline).map { line in
        let start = line.drop { $0 == " " || $0 == "\t" }.prefix(200)
        return (String(start), start.filter { !$0.isWhitespace })
      }.filter { $0.code.count > 3 && !$0.code.hasPrefix("--") }
    }
    // To look for a text in a body takes its time: in nearly all cases the first line that is not the same will do.
    func missing(_ from: String, in other: String) -> String? {
      let known = Set(lines(other).map(\.code))
      let all = other.filter { !$0.isWhitespace }
      return lines(from).lazy.filter { !known.contains($0.code) }.prefix(20).first { !all.contains($0.code) }?.text
    }
    if let line = missing(new, in: old) { return (line, true) }
    return missing(old, in: new).map { ($0, false) }
  }

  // MARK: - Words

  private mutating func take(_ other: CheckList) {
    list.checks += other.checks
    list.looks += other.looks
  }

  private mutating func gone(_ word: String, _ name: QualifiedName, kinds: String) {
    let isNameless = !new.hasRelation(name) || new.tables[name]?.isAssumed == true
    let sql =
      isNameless
      ? "SELECT \(name.regclass) IS NULL"
      : "SELECT NOT EXISTS (SELECT FROM pg_class WHERE oid = \(name.regclass) AND relkind IN (\(kinds)))"
    list.add("\(word) \(name.displayName) is gone", sql)
  }

  static func extensionCheck(_ name: String) -> Check {
    Check(
      "extension \(name) is installed",
      "SELECT EXISTS (SELECT FROM pg_extension WHERE extname = \(name.quotedLiteral))"
    )
  }

  static func exists(_ name: QualifiedName, kinds: String) -> String {
    "SELECT EXISTS (SELECT FROM pg_class WHERE oid = \(name.regclass) AND relkind IN (\(kinds)))"
  }
}

extension View {
  fileprivate var word: String { isMaterialized ? "materialized view" : "view" }
}

extension Function {
  /// As `to_regprocedure` takes it.
  fileprivate func signature(named name: QualifiedName, in database: Database) -> String {
    "\(name)(\(inputTypes.map { database.regtype($0) }.joined(separator: ", ")))"
  }
}

extension Database {
  /// The type's name as `to_regtype` takes it, with the schema of one that the history made.
  func regtype(_ type: TypeName) -> String {
    guard type.name.schema == nil else { return type.sql }
    let name = qualifiedType(type.name)
    guard catalog.types.contains(name) || catalog.tables.contains(name) else { return type.sql }
    return TypeName(name, modifiers: type.modifiers, arrayDimensions: type.arrayDimensions).sql
  }
}
