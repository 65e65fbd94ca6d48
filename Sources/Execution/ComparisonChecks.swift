import Catalog
import Syntax

/// Definitions that are made again with another type: a comparison with a number may mean nothing then.
///
/// Source: `ATPostAlterTypeParse` in `tablecmds.c`.
extension Execution {
  func checkComparisons(of column: String, as type: TypeName, in table: Table) throws(SQLError) {
    guard database.isNoNumber(type) else { return }
    let isOperand = { (part: Expression) -> Bool in
      if case .column(let reference) = part { reference.parts == [column] } else { false }
    }
    func isCompared(_ part: Expression) -> Bool { part.comparesWithNumber(isOperand) }
    for constraint in table.constraints where constraint.condition?.contains(where: isCompared) == true {
      throw .comparesNoNumber(type)
    }
    for index in catalog.indexes(of: table.name) where index.contains(where: isCompared) {
      throw .comparesNoNumber(type)
    }
  }

  /// The same of the checks of domains over a composite type.
  func checkComparisons(ofField field: String, as type: TypeName?, in composite: QualifiedName) throws(SQLError) {
    guard let type, database.isNoNumber(type) else { return }
    let isOperand = { (part: Expression) -> Bool in
      guard case .indirection(.column(let reference), let steps) = part else { return false }
      return reference.parts == ["value"] && steps == [.field(field)]
    }
    for user in catalog.dependents(ofType: composite).types {
      guard case .domain(let domain) = user.form, domain.type.name == composite else { continue }
      if domain.checks.contains(where: { $0.condition.contains { $0.comparesWithNumber(isOperand) } }) {
        throw .comparesNoNumber(type)
      }
    }
  }
}

extension Database {
  /// Whether no operator of PostgreSQL compares values of the type with numbers.
  fileprivate func isNoNumber(_ type: TypeName) -> Bool {
    let base = base(of: type)
    guard base.isBuiltIn, base.arrayDimensions == 0 else { return false }
    return ["bool", "text", "varchar", "bpchar", "date", "timestamp", "timestamptz", "uuid", "jsonb", "bytea"]
      .contains(base.name.name)
  }
}

extension Expression {
  fileprivate func comparesWithNumber(_ isOperand: (Expression) -> Bool) -> Bool {
    guard case .operation(let operation) = self, operation.form == .plain, let left = operation.left,
      ["=", "<>", "!=", "<", ">", "<=", ">="].contains(operation.name.name)
    else { return false }
    return isOperand(left) && operation.right.isNumber || left.isNumber && isOperand(operation.right)
  }

  private var isNumber: Bool {
    switch self {
    case .constant(.integer), .constant(.number): true
    default: false
    }
  }
}

extension SQLError {
  fileprivate static func comparesNoNumber(_ type: TypeName) -> SQLError {
    SQLError(.undefinedFunction, "no operator compares \(type.withoutModifiers.sql) with a number")
  }
}
