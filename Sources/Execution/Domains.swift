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
    let name = database.qualifiedType(change.name)
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

  /// Every table with a column of the domain is locked and read.
  ///
  /// Source: `validateDomainCheckConstraint` and `validateDomainNotNullConstraint` in `typecmds.c`.
  private mutating func checkRows(ofDomain name: QualifiedName, _ change: AlterDomain) {
    switch change.action {
    case .addConstraint(let constraint): if constraint.isNotValid { return }
    case .setNotNull, .validateConstraint: break
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
}
