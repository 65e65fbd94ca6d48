import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateDomain) throws(SQLError) {
    try requireCreation(of: statement.name)
    let name = QualifiedName(schema: statement.name.schema ?? database.session.creationSchema, statement.name.name)
    if catalog.types.contains(name) || catalog.tables[name].map({ !$0.isAssumed }) ?? catalog.views.contains(name) {
      throw .duplicate(.type, name)
    }
    try check(statement)
    var domain = Domain(
      type: database.resolved(statement.type),
      collation: statement.collation,
      isNotNull: false,
      checks: []
    )
    for constraint in statement.constraints {
      switch constraint.kind {
      case .notNull: domain.isNotNull = true
      case .default(let expression): domain.defaultValue = expression.isNull ? nil : database.resolved(expression)
      case .check: try add(constraint, to: &domain, named: name)
      default: break
      }
    }
    try createType(name, .domain(domain))
  }

  /// Source: `DefineDomain` in `typecmds.c`.
  private mutating func check(_ statement: CreateDomain) throws(SQLError) {
    if !statement.type.isColumnType {
      _ = try requireType(statement.type.name)
      try checkShell(statement.type)
    }
    if statement.type.arrayDimensions == 0, statement.type.name.isPseudotype {
      throw SQLError(
        .datatypeMismatch,
        "\(statement.type.name.quotedInErrors) is not a valid base type for a domain"
      )
    }
    if statement.collation != nil, statement.type.name.hasNoCollation {
      throw SQLError(.datatypeMismatch, "collations are not supported by type \(statement.type.sql)")
    }
    var defaults = 0
    var isNullable: Bool?
    for constraint in statement.constraints {
      switch constraint.kind {
      case .default: defaults += 1
      case .notNull, .null:
        let allows = constraint.kind == .null
        if isNullable == !allows { throw SQLError(.syntaxError, "conflicting NULL/NOT NULL constraints") }
        isNullable = allows
      case .check(_, let noInherit):
        if noInherit {
          throw SQLError(
            .invalidObjectDefinition,
            "check constraints for domains cannot be marked NO INHERIT"
          )
        }
      case .unique, .primaryKey, .exclusion, .foreignKey:
        throw SQLError(.syntaxError, "only checks and NOT NULL are possible for domains")
      default: break
      }
    }
    if defaults > 1 { throw SQLError(.syntaxError, "multiple default expressions") }
  }

  /// Source: `domainAddCheckConstraint` in `typecmds.c`, `replace_domain_constraint_value`.
  private func check(_ condition: Expression, of domain: Domain) throws(SQLError) {
    guard routines.isEmpty else { return }
    var failure: SQLError?
    condition.walk { part in
      guard failure == nil else { return }
      if part.heldQuery != nil {
        failure = SQLError(.featureNotSupported, "cannot use subquery in check constraint")
      } else if case .column(let reference) = part, !reference.isStar, let name = reference.name,
        reference.parts.first != "value", reference.parts.allSatisfy(\.isPlainName)
      {
        failure =
          reference.parts.count == 1
          ? SQLError(.undefinedColumn, "column \(name.quotedInErrors) does not exist")
          : SQLError(
            .undefinedTable,
            "missing FROM-clause entry for table \((reference.parts.dropLast().last ?? name).quotedInErrors)"
          )
      }
    }
    if let failure { throw failure }
    guard case .column = condition else { return }
    let base = database.base(of: domain.type)
    if base.isBuiltIn, base.arrayDimensions > 0 || base.name.name != "bool" {
      throw SQLError(
        .datatypeMismatch,
        "argument of CHECK must be type boolean, not type \(domain.type.withoutModifiers.sql)"
      )
    }
  }

  private mutating func add(_ constraint: Constraint, to domain: inout Domain, named name: QualifiedName)
    throws(SQLError)
  {
    guard case .check(let condition, _) = constraint.kind else {
      if constraint.kind == .notNull { domain.isNotNull = true }
      return
    }
    try check(condition, of: domain)
    if let given = constraint.name, domain.checks.contains(named: given) {
      throw .duplicate(.domainConstraint, given, of: name)
    }
    let checkName = constraint.name ?? catalog.checkName(name, besides: domain.checks)
    domain.checks.append(
      Domain.Check(name: checkName, condition: database.resolved(condition), isValidated: !constraint.isNotValid)
    )
  }

  mutating func perform(_ change: AlterDomain) throws(SQLError) {
    catalog.refreshDependencies()
    let name = try requireType(change.name, as: .domain) ?? database.qualifiedType(change.name)
    try checkContainers(ofDomain: name, change)
    checkRows(ofDomain: name, change)
    guard let type = catalog.types[name] else { return }
    guard case .domain(var domain) = type.form else { throw .wrongKind(change.name, as: .domain) }
    switch change.action {
    case .setDefault(let expression): domain.defaultValue = expression.isNull ? nil : database.resolved(expression)
    case .dropDefault: domain.defaultValue = nil
    case .setNotNull: domain.isNotNull = true
    case .dropNotNull: domain.isNotNull = false
    case .addConstraint(let constraint): try add(constraint, to: &domain, named: name)
    case .dropConstraint(let constraint, let ifExists, _):
      if !ifExists, !domain.checks.contains(named: constraint) { throw .undefinedCheck(constraint, ofDomain: name) }
      domain.checks.remove(named: constraint)
      catalog.noteFreedCheckName()
    case .validateConstraint(let constraint):
      guard let index = domain.checks.firstIndex(named: constraint) else {
        throw .undefinedCheck(constraint, ofDomain: name)
      }
      domain.checks[index].isValidated = true
    }
    catalog.types[name]?.form = .domain(domain)
  }

  /// Values inside rows, arrays and ranges are not checked, so that a column that may hold such is in the way.
  ///
  /// Source: `get_rels_with_domain`.
  private func checkContainers(ofDomain name: QualifiedName, _ change: AlterDomain) throws(SQLError) {
    guard change.readsRows, let (column, table) = catalog.columnHolding(name, isWithin: false) else { return }
    throw .rowTypeInUse(name, by: column, of: table)
  }

  /// Every table with a column of the domain, or of a domain over it, is locked and read.
  ///
  /// Source: `validateDomainCheckConstraint`, `validateDomainNotNullConstraint` and `get_rels_with_domain` in
  /// `typecmds.c`.
  private mutating func checkRows(ofDomain name: QualifiedName, _ change: AlterDomain) {
    switch change.action {
    case .addConstraint(let constraint):
      if constraint.isNotValid { return }
      if case .check(let condition, _) = constraint.kind { requireRows(ofDomain: name, database.resolved(condition)) }
    case .setNotNull: requireRows(ofDomain: name, nil)
    case .validateConstraint(let constraint):
      guard case .domain(let domain)? = catalog.types[name]?.form,
        let check = domain.checks.first(where: { $0.name == constraint })
      else { break }
      requireRows(ofDomain: name, check.condition)
    default: return
    }
    for domain in [name] + catalog.domains(over: name) {
      for table in catalog.dependents(ofType: domain).tables
      where table.columns.contains(where: { $0.type?.name == domain }) {
        lock(table.name, .share)
        scan(table.name, because: .domainConstraint(domain: name))
      }
    }
    if !catalog.types.contains(name) { reportUnknown("which tables have columns of domain \(name)") }
  }

  /// What a constraint of the domain asks of all columns of it, and of domains over it; NOT NULL where there is no
  /// condition.
  private mutating func requireRows(ofDomain name: QualifiedName, _ condition: Expression?) {
    var asked = 0
    for domain in [name] + catalog.domains(over: name) {
      for table in catalog.dependents(ofType: domain).tables where !table.isPartition {
        for column in table.columns where column.type?.name == domain && column.type?.arrayDimensions == 0 {
          // A report must not grow with the square of what a file can hold.
          asked += 1
          guard asked <= 100 else { return }
          let value = Expression.column(named: column.name)
          let kind: RowCondition.Kind =
            condition.map { .check($0.replacing { $0 == "value" ? value : nil }, constraint: nil) }
            ?? .notNull([value])
          require(kind, of: table.name, recursing: isPartitioned(table.name))
        }
      }
    }
  }
}

extension AlterDomain {
  /// Whether the rows that hold values of the domain are checked.
  fileprivate var readsRows: Bool {
    switch action {
    case .addConstraint(let constraint): !constraint.isNotValid
    case .setNotNull, .validateConstraint: true
    default: false
    }
  }
}

/// A type whose values are or hold those of a domain.
private struct Containment: Hashable {
  let type: QualifiedName
  /// Whether they are within a row, an array or a range.
  let isWithin: Bool
}

extension Catalog {
  /// A column that holds values of a type within rows, arrays or ranges; for `isWithin` also one of the type itself.
  ///
  /// Source: `find_composite_type_dependencies` in `tablecmds.c`.
  func columnHolding(_ name: QualifiedName, isWithin: Bool) -> (column: String, table: QualifiedName)? {
    let start = Containment(type: name, isWithin: isWithin)
    let containers = Walk<[Containment]>.nodes(from: start) { part in
      dependents(ofType: part.type).types.flatMap { containments(of: part, in: $0) }
    }
    for part in [start] + containers {
      for index in dependents(ofType: part.type).indexes {
        let holds = index.definition.elements.contains { element in
          if case .expression(.cast(_, let type)) = element.key { type.name == part.type } else { false }
        }
        if holds, part.isWithin { return ("row", index.name) }
      }
      for table in dependents(ofType: part.type).tables {
        for column in table.columns where column.type?.name == part.type {
          if part.isWithin || column.type?.arrayDimensions != 0 { return (column.name, table.name) }
        }
      }
    }
    return nil
  }

  /// How a type holds the values of another.
  fileprivate func containments(of part: Containment, in type: UserType) -> [Containment] {
    switch type.form {
    case .domain(let domain) where domain.type.name == part.type:
      [Containment(type: type.name, isWithin: part.isWithin || domain.type.arrayDimensions > 0)]
    case .composite(let attributes) where attributes.contains { $0.type?.name == part.type }:
      [Containment(type: type.name, isWithin: true)]
    case .other(let definition) where definition?.subtypes.contains(part.type) == true:
      [Containment(type: type.name, isWithin: true)]
    default: []
    }
  }
}
