import Catalog
import Syntax

/// ADD GENERATED … AS IDENTITY, SET GENERATED and DROP IDENTITY.
extension Execution {
  mutating func alterIdentity(of table: Table, _ change: TableChange) throws(SQLError) {
    let name = table.name
    let isKnown = catalog.isFullyKnown(table)
    try checkIdentityOfPartitions(change, table)
    switch change.action {
    case .addIdentity(let column, let always, let options):
      if let known = try requireColumn(column, of: table), isKnown { try known.checkIdentity(in: table) }
      let sequence = createSequence(for: column, of: table, type: table.column(column)?.type, options: options)
      catalog.sequences[sequence]?.isIdentity = true
      catalog.learn(column, of: name) {
        $0.identity = always ? .always : .byDefault
        $0.isNotNull = true
      }
    case .setIdentity(let column, let options):
      if let known = try requireColumn(column, of: table), known.identity == nil, isKnown {
        throw known.isNo("an identity", of: table)
      }
      lock(catalog.ownedSequences(of: name, column: column).map(\.name), .shareRowExclusive)
      setIdentity(column, of: name, options)
    case .dropIdentity(let column, let ifExists):
      if let known = try requireColumn(column, of: table), known.identity == nil, isKnown {
        if ifExists { return }
        throw known.isNo("an identity", of: table)
      }
      lock(catalog.ownedSequences(of: name, column: column).map(\.name), .accessExclusive)
      noteLostValue(of: column, change)
      catalog.tables[name]?.update(column) { $0.identity = nil }
      if let sequence = catalog.identitySequence(of: column, in: name) { catalog.sequences[sequence.name] = nil }
    default: break
    }
  }

  private mutating func setIdentity(_ column: String, of name: QualifiedName, _ options: [Option]) {
    if let generated = options.last(where: { $0.name == "generated" })?.value {
      // The grammar gives the letter of `attidentity` as a number.
      catalog.tables[name]?.update(column) {
        $0.identity = generated == String(UInt8(ascii: "a")) ? .always : .byDefault
      }
    }
    guard let sequence = catalog.identitySequence(of: column, in: name) else { return }
    catalog.sequences[sequence.name]?.options.set(options.filter { !["generated", "restart"].contains($0.name) })
  }
}

extension Catalog {
  /// The sequence of an identity column.
  func identitySequence(of column: String, in table: QualifiedName) -> SequenceGenerator? {
    ownedSequences(of: table, column: column).first(where: \.isIdentity)
  }
}

extension Column {
  /// An action is for columns of another kind.
  func isNo(_ kind: String, of table: Table) -> SQLError {
    let names = "column \(name.quotedInErrors) of relation \(table.name.quotedInErrors)"
    return SQLError(.objectNotInPrerequisiteState, "\(names) is not \(kind) column")
  }

  func isAlready(_ kind: String, of table: Table) -> SQLError {
    SQLError(
      .syntaxError,
      "column \(name.quotedInErrors) of relation \(table.name.quotedInErrors) is \(kind) column"
    )
  }

  /// Source: `ATExecAddIdentity`.
  fileprivate func checkIdentity(in table: Table) throws(SQLError) {
    let names = "column \(name.quotedInErrors) of relation \(table.name.quotedInErrors)"
    if !isNotNull {
      throw SQLError(.objectNotInPrerequisiteState, "\(names) must be declared NOT NULL before identity can be added")
    }
    if identity != nil { throw SQLError(.objectNotInPrerequisiteState, "\(names) is already an identity column") }
    if defaultValue != nil {
      throw SQLError(.objectNotInPrerequisiteState, "\(names) already has a default value")
    }
  }
}
