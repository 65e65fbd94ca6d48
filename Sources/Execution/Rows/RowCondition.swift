import Catalog
import Syntax

/// What a statement asks of the rows that were there before it; PostgreSQL makes it fail on those that do not comply.
///
/// Names are those of the catalog that the statement meets. ``RowQueryWriter`` makes the question of it.
package struct RowCondition: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// There is none: a new column must hold a value and gets none.
    case none(column: String)
    /// There is one at most: a new column must be unique and holds the same value in all of them.
    case oneAtMost(column: String)
    /// None of the expressions is NULL.
    case notNull([Expression])
    /// The condition is false for none.
    case check(Expression, constraint: String?)
    case unique(UniqueKey)
    case foreignKey(Reference)
    case exclusion(ExclusionConstraint)
    case typeChange(ColumnConversion)
    /// All belong in a partition of the table with this bound.
    case within(PartitionBound, of: QualifiedName)
    /// None belongs in a partition of the table with this bound.
    case outside(PartitionBound, of: QualifiedName)
  }

  /// What two rows must not have in common.
  package struct UniqueKey: Hashable, Sendable {
    let elements: [IndexElement]
    let predicate: Expression?
    let nullsNotDistinct: Bool

    init(elements: [IndexElement], predicate: Expression? = nil, nullsNotDistinct: Bool = false) {
      self.elements = elements
      self.predicate = predicate
      self.nullsNotDistinct = nullsNotDistinct
    }

    init(_ index: CreateIndex) {
      self.init(elements: index.elements, predicate: index.predicate, nullsNotDistinct: index.nullsNotDistinct)
    }
  }

  /// Where rows must find another one.
  package struct Reference: Hashable, Sendable {
    let columns: [Expression]
    let referenced: QualifiedName
    let referencedColumns: [String]
    let match: ForeignKey.Match
  }

  /// ALTER COLUMN … TYPE.
  package struct ColumnConversion: Hashable, Sendable {
    let column: String
    let type: TypeName
    /// The expression behind USING.
    let expression: Expression?
  }

  package let kind: Kind
  package let table: QualifiedName
  /// Whether the tables below it are left out, as by ONLY.
  package let isAlone: Bool
}

extension RowCondition.Kind {
  /// Whether it is about one of the columns, as far as it names them.
  func reads(anyOf columns: Set<String>) -> Bool {
    let expressions: [Expression] =
      switch self {
      case .none, .oneAtMost, .within, .outside: []
      case .notNull(let expressions): expressions
      case .check(let condition, _): [condition]
      case .foreignKey(let key): key.columns
      case .unique(let key): key.elements.map(\.expression) + [key.predicate].compactMap(\.self)
      case .exclusion(let exclusion):
        exclusion.elements.map(\.element.expression) + [exclusion.predicate].compactMap(\.self)
      case .typeChange(let change): [.column(named: change.column)] + [change.expression].compactMap(\.self)
      }
    return expressions.contains { $0.columnNames.contains(where: columns.contains) }
  }
}

extension Expression {
  /// A column by its own name.
  package static func column(named name: String) -> Expression { .column(ColumnReference(parts: [name])) }

  /// The expression with others in the places of columns.
  package func replacing(_ replacement: (String) -> Expression?) -> Expression {
    mapping { part in
      guard case .column(let column) = part, column.parts.count == 1, let name = column.name else { return part }
      return replacement(name) ?? part
    }
  }

  /// The expression without the casts around it.
  var uncast: Expression { if case .cast(let operand, _) = self { operand.uncast } else { self } }
}

extension IndexElement {
  /// What the index holds of a row.
  var expression: Expression {
    switch key {
    case .column(let name): .column(named: name)
    case .expression(let expression): expression
    }
  }
}
