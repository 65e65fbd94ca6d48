package struct CreateView: Hashable, Sendable {
  package enum CheckOption: Hashable, Sendable { case none, local, cascaded }

  package let relation: RelationReference
  package let columnNames: [String]
  package let query: Query
  package let replaces: Bool
  package let options: [Option]
  package let checkOption: CheckOption

  package init(
    relation: RelationReference,
    columnNames: [String],
    query: Query,
    replaces: Bool,
    options: [Option],
    checkOption: CheckOption
  ) {
    self.relation = relation
    self.columnNames = columnNames
    self.query = query
    self.replaces = replaces
    self.options = options
    self.checkOption = checkOption
  }
}

package struct RefreshMaterializedView: Hashable, Sendable {
  package let relation: RelationReference
  package let isConcurrent: Bool
  package let withData: Bool

  package init(relation: RelationReference, isConcurrent: Bool, withData: Bool) {
    self.relation = relation
    self.isConcurrent = isConcurrent
    self.withData = withData
  }
}
