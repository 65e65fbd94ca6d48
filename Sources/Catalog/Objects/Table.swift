import Syntax

/// A table, partitioned table or foreign table.
package struct Table: Hashable, Sendable {
  package var name: QualifiedName
  package var kind: RelationKind
  package var persistence: Persistence
  package var columns = PartList<Column>()
  package var constraints = PartList<TableConstraint>()
  /// The tables it inherits from, or the one it is a partition of.
  package var parents: [QualifiedName] = []
  package var children = PartList<QualifiedName>()
  /// In the order of their making.
  package var indexNames = PartList<QualifiedName>()
  package var triggers = PartList<Trigger>()
  package var hasRowSecurity = false
  /// The migration that made it, as ``Catalog/currentMigration`` counts; 0 where the history never did.
  package var createdIn: Int
  /// Whether the history never made it: what is known comes from statements that changed it.
  package var isAssumed = false
  /// Whether ``columns`` is all of them.
  package var knowsAllColumns = true
  /// ``Catalog/unreadableRuns`` when it was made: what code did since that nobody could read may have changed it.
  package var unreadableRuns = 0
  /// What few tables have.
  var extras = Uncommon<TableExtras>()

  package init(name: QualifiedName, kind: RelationKind, persistence: Persistence, createdIn: Int) {
    self.name = name
    self.kind = kind
    self.persistence = persistence
    self.createdIn = createdIn
  }

  package init(assumed name: QualifiedName) {
    self.init(name: name, kind: .table, persistence: .permanent, createdIn: 0)
    isAssumed = true
    knowsAllColumns = false
  }

  package func column(_ name: String) -> Column? { columns[named: name] }

  package func constraint(_ name: String) -> TableConstraint? { constraints[named: name] }

  package var isPartition: Bool { partitionBound != nil }

  package var primaryKey: TableConstraint? {
    constraints.first { if case .primaryKey = $0.definition.kind { true } else { false } }
  }

  /// Whether a partition key or its expressions read the column.
  package func partitionKeyReads(_ column: String) -> Bool {
    partitionKey?.elements.contains { $0.columnNames.contains(column) } == true
  }

  /// Changes a column, where it is known.
  package mutating func update(_ column: String, _ change: (inout Column) -> Void) {
    columns.update(column, change)
  }
}

@usableFromInline
package struct Column: NamedPart {
  package enum Identity: Hashable, Sendable { case always, byDefault }

  @usableFromInline
  package var name: String
  /// `nil` where the history does not tell.
  package var type: TypeName?
  package var isNotNull = false
  package var defaultValue: Expression?
  /// False for a virtual generated column, which PostgreSQL has from 18.
  package var isStored = true
  /// Whether a parent has it too, and whether the table's own definition names it.
  package var isInherited = false
  package var isLocal = true
  /// What few columns have.
  var extras = Uncommon<ColumnExtras>()

  package init(name: String, type: TypeName?) {
    self.name = name
    self.type = type
  }
}

@usableFromInline
package struct TableConstraint: NamedPart {
  @usableFromInline
  package var name: String
  package var definition: Constraint
  /// The columns it is about, in its order; for a check those that it reads.
  package var columns: [String]
  package var isValidated: Bool
  /// The table that a foreign key points to, with its schema.
  package var referenced: QualifiedName?
  /// The columns that a foreign key points to, where they are known.
  package var referencedColumns: [String] = []
  /// The index of a key or an exclusion.
  package var index: QualifiedName?
  package var comment: String?
  /// Whether a parent has it too, and whether the table's own definition names it.
  package var isInherited = false
  package var isLocal = true

  package init(
    name: String,
    definition: Constraint,
    columns: [String],
    isValidated: Bool,
    referenced: QualifiedName? = nil,
    referencedColumns: [String] = [],
    index: QualifiedName? = nil,
    comment: String? = nil,
    isInherited: Bool = false,
    isLocal: Bool = true
  ) {
    self.name = name
    self.definition = definition
    self.columns = columns
    self.isValidated = isValidated
    self.referenced = referenced
    self.referencedColumns = referencedColumns
    self.index = index
    self.comment = comment
    self.isInherited = isInherited
    self.isLocal = isLocal
  }

  package var isKey: Bool {
    switch definition.kind {
    case .primaryKey, .unique, .exclusion: true
    default: false
    }
  }

  /// The condition of a check.
  package var condition: Expression? {
    if case .check(let condition, _) = definition.kind { condition } else { nil }
  }
}

@usableFromInline
package struct Trigger: NamedPart {
  package var definition: CreateTrigger
  @usableFromInline
  package var name: String
  /// The other table of a constraint trigger, with its schema.
  package var referenced: QualifiedName?
  package var firing: AlterTable.FiringMode = .enabled
  package var comment: String?
  /// Whether a partition has it from its parent.
  package var isInherited = false

  package init(
    definition: CreateTrigger,
    name: String,
    referenced: QualifiedName? = nil,
    firing: AlterTable.FiringMode = .enabled,
    comment: String? = nil,
    isInherited: Bool = false
  ) {
    self.definition = definition
    self.name = name
    self.referenced = referenced
    self.firing = firing
    self.comment = comment
    self.isInherited = isInherited
  }
}

/// A rule of PostgreSQL's rewriter, which is none of this linter's.
@usableFromInline
package struct RewriteRule: NamedPart {
  package var definition: CreateRule
  @usableFromInline
  package var name: String
  package var firing: AlterTable.FiringMode = .enabled
  /// The columns that it reads and fills, by relation.
  package var columnsRead: [QualifiedName: Set<String>] = [:]

  package init(
    definition: CreateRule,
    name: String,
    firing: AlterTable.FiringMode = .enabled
  ) {
    self.definition = definition
    self.name = name
    self.firing = firing
  }
}

extension String {
  /// Whether every table has a column of the name.
  package var isSystemColumn: Bool { ["ctid", "tableoid", "xmin", "xmax", "cmin", "cmax"].contains(self) }
}

extension IndexElement {
  /// The columns that it reads.
  package var columnNames: [String] {
    switch key {
    case .column(let name): [name]
    case .expression(let expression): expression.columnNames
    }
  }
}

extension RewriteRule {
  package func reads(_ column: String, of relation: QualifiedName) -> Bool {
    columnsRead[relation]?.contains(column) == true
  }
}
