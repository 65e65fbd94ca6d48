import Catalog
import Syntax

extension Execution {
  mutating func perform(_ statement: CreateSequence) throws(SQLError) {
    if case .column(_, let table)? = statement.ownedBy { lock(database.qualified(table), .accessShare) }
    try requireCreation(of: statement.relation)
    let name = database.creationName(of: statement.relation)
    if catalog.isKnown(name) {
      if statement.ifNotExists { return }
      throw .duplicate(.sequence, name)
    }
    try SequenceLimits.check(statement.options, type: statement.type)
    try requireOwner(statement.ownedBy, of: name)
    var sequence = SequenceGenerator(
      name: name,
      type: statement.type,
      options: statement.options,
      persistence: statement.relation.persistence,
      createdIn: catalog.currentMigration
    )
    if case .column(let column, let table)? = statement.ownedBy { sequence.owner = (database.qualified(table), column) }
    catalog.sequences[name] = sequence
  }

  /// Source: `process_owned_by` in `sequence.c`.
  private mutating func requireOwner(_ owner: SequenceOwner?, of sequence: QualifiedName) throws(SQLError) {
    guard case .column(let column, let given)? = owner else { return }
    let table = try requireRelation(given)
    if let kind = catalog.kind(of: table), catalog.isKnown(table), kind == .index || kind == .sequence {
      throw SQLError(
        .wrongObjectType,
        "sequence cannot be owned by relation \(table.quotedInErrors)",
        about: SQLError.Object(.table, table)
      )
    }
    if table.schema != sequence.schema {
      throw SQLError(
        .objectNotInPrerequisiteState,
        "sequence must be in same schema as table it is linked to"
      )
    }
    try requirePart(ObjectReference(name: QualifiedName(column), relation: given), .column)
  }

  mutating func perform(_ statement: AlterSequence) throws(SQLError) {
    let name = database.qualified(statement.relation.name)
    if statement.ifExists, !catalog.hasRelation(name) { return }
    _ = try requireRelation(statement.relation.name)
    if catalog.isKnown(name), catalog.kind(of: name) != .sequence {
      throw SQLError(.wrongObjectType, "cannot open relation \(statement.relation.name.quotedInErrors)")
    }
    lock(name, .shareRowExclusive)
    guard var sequence = catalog.sequences[name] else { return }
    sequence.type = statement.type ?? sequence.type
    sequence.options.set(statement.options.filter { $0.name != "restart" })
    try SequenceLimits.check(sequence.options, type: sequence.type)
    if statement.ownedBy != nil, sequence.isIdentity {
      throw SQLError(.featureNotSupported, "cannot change ownership of identity sequence")
    }
    try requireOwner(statement.ownedBy, of: name)
    switch statement.ownedBy {
    case .column(let column, let table): sequence.owner = (database.qualified(table), column)
    case .some(.none): sequence.owner = nil
    case nil: break
    }
    catalog.sequences[name] = sequence
  }
}

/// What the numbers of a sequence can be.
///
/// Source: `init_params` in `sequence.c`.
private enum SequenceLimits {
  static func check(_ options: [Option], type: TypeName?) throws(SQLError) {
    let range: ClosedRange<Int>
    switch type?.name.name {
    case "int2": range = Int(Int16.min)...Int(Int16.max)
    case "int4": range = Int(Int32.min)...Int(Int32.max)
    case "int8", nil: range = Int.min...Int.max
    default: throw invalid("sequence type must be smallint, integer, or bigint")
    }
    func number(_ name: String) -> Int? { options.last { $0.name == name }?.value.flatMap { Int($0) } }
    let increment = number("increment") ?? 1
    if increment == 0 { throw invalid("INCREMENT must not be zero") }
    let maximum = number("maxvalue") ?? (increment > 0 ? range.upperBound : -1)
    let minimum = number("minvalue") ?? (increment > 0 ? 1 : range.lowerBound)
    if !range.contains(maximum) { throw invalid("MAXVALUE (\(maximum)) is out of range for sequence data type") }
    if !range.contains(minimum) { throw invalid("MINVALUE (\(minimum)) is out of range for sequence data type") }
    if minimum >= maximum { throw invalid("MINVALUE (\(minimum)) must be less than MAXVALUE (\(maximum))") }
    let start = number("start") ?? (increment > 0 ? minimum : maximum)
    if start < minimum { throw invalid("START value (\(start)) cannot be less than MINVALUE (\(minimum))") }
    if start > maximum { throw invalid("START value (\(start)) cannot be greater than MAXVALUE (\(maximum))") }
    if let cache = number("cache"), cache <= 0 { throw invalid("CACHE (\(cache)) must be greater than zero") }
  }

  private static func invalid(_ message: String) -> SQLError { SQLError(.invalidParameterValue, message) }
}
