import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateDomain) throws(SQLError) {
    let name = QualifiedName(schema: statement.name.schema ?? database.session.creationSchema, statement.name.name)
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

  private mutating func add(_ constraint: Constraint, to domain: inout Domain, named name: QualifiedName)
    throws(SQLError)
  {
    guard case .check(let condition, _) = constraint.kind else {
      if constraint.kind == .notNull { domain.isNotNull = true }
      return
    }
    if let given = constraint.name, domain.checks.contains(named: given) { throw .duplicateObject }
    let checkName = constraint.name ?? catalog.checkName(name, besides: domain.checks)
    domain.checks.append(
      Domain.Check(name: checkName, condition: database.resolved(condition), isValidated: !constraint.isNotValid)
    )
  }

  mutating func perform(_ change: AlterDomain) throws(SQLError) {
    catalog.refreshDependencies()
    let name = database.qualifiedType(change.name)
    checkRows(ofDomain: name, change)
    guard let type = catalog.types[name] else { return }
    guard case .domain(var domain) = type.form else { throw .wrongObjectType }
    switch change.action {
    case .setDefault(let expression): domain.defaultValue = expression.isNull ? nil : database.resolved(expression)
    case .dropDefault: domain.defaultValue = nil
    case .setNotNull: domain.isNotNull = true
    case .dropNotNull: domain.isNotNull = false
    case .addConstraint(let constraint): try add(constraint, to: &domain, named: name)
    case .dropConstraint(let constraint, let ifExists, _):
      if !ifExists, !domain.checks.contains(named: constraint) { throw .undefinedObject }
      domain.checks.remove(named: constraint)
      catalog.noteFreedCheckName()
    case .validateConstraint(let constraint):
      guard let index = domain.checks.firstIndex(named: constraint) else { throw .undefinedObject }
      domain.checks[index].isValidated = true
    }
    catalog.types[name]?.form = .domain(domain)
  }

  /// Every table with a column of the domain is locked and read.
  ///
  /// Source: `validateDomainCheckConstraint` and `validateDomainNotNullConstraint` in `typecmds.c`.
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
    let isGentle = if case .validateConstraint = change.action { version >= 18 } else { false }
    for table in catalog.dependents(ofType: name).tables where table.columns.contains(where: { $0.type?.name == name })
    {
      lock(table.name, isGentle ? .shareUpdateExclusive : .share)
      scan(table.name, because: .domainConstraint(domain: name))
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
