import Syntax

extension Index {
  /// Whether two indexes of a parent and its partition can belong together.
  package func isLike(_ other: Self) -> Bool {
    definition.method == other.definition.method
      && definition.elements.map(\.withoutOrder) == other.definition.elements.map(\.withoutOrder)
      && definition.including == other.definition.including && definition.predicate == other.definition.predicate
      && definition.isUnique == other.definition.isUnique && (constraint != nil || other.constraint == nil)
  }
}

extension IndexElement {
  /// ASC is what there is without it, and the order does not matter to `CompareIndexInfo`.
  package var withoutOrder: IndexElement {
    IndexElement(key: key, collation: collation, operatorClass: operatorClass)
  }
}

extension CreateIndex {
  package func with(options: [Option]? = nil, tablespace: String? = nil) -> CreateIndex {
    rebuilt(elements: elements, including: including, predicate: predicate, options: options, tablespace: tablespace)
  }

  /// With each expression changed.
  package func mapping(_ change: (Expression) -> Expression) -> CreateIndex {
    rebuilt(
      elements: elements.map { $0.mapping(column: { $0 }, expression: change) },
      including: including,
      predicate: predicate.map(change)
    )
  }

  package func mappingElements(_ change: (IndexElement) -> IndexElement) -> CreateIndex {
    rebuilt(elements: elements.map(change), including: including, predicate: predicate)
  }

  package func renamingColumn(_ old: String, to new: String) -> CreateIndex {
    rebuilt(
      elements: elements.map { $0.renamingColumn(old, to: new) },
      including: including.map { $0 == old ? new : $0 },
      predicate: predicate?.renamingColumn(old, to: new)
    )
  }

  private func rebuilt(
    elements: [IndexElement],
    including: [String],
    predicate: Expression?,
    options: [Option]? = nil,
    tablespace: String? = nil
  ) -> CreateIndex {
    CreateIndex(
      name: name,
      relation: relation,
      method: method,
      elements: elements,
      including: including,
      predicate: predicate,
      isUnique: isUnique,
      nullsNotDistinct: nullsNotDistinct,
      isConcurrent: isConcurrent,
      ifNotExists: ifNotExists,
      options: options ?? self.options,
      tablespace: tablespace ?? self.tablespace
    )
  }
}

extension IndexElement {
  package func mapping(column: (String) -> String, expression: (Expression) -> Expression) -> IndexElement {
    let key: Key =
      switch key {
      case .column(let name): .column(column(name))
      case .expression(let value): .expression(expression(value))
      }
    return IndexElement(
      key: key,
      collation: collation,
      operatorClass: operatorClass,
      operatorClassOptions: operatorClassOptions,
      direction: direction,
      nulls: nulls
    )
  }

  package func renamingColumn(_ old: String, to new: String) -> IndexElement {
    mapping(column: { $0 == old ? new : $0 }, expression: { $0.renamingColumn(old, to: new) })
  }
}

extension Database {
  package func resolved(_ element: IndexElement, of table: QualifiedName) -> IndexElement {
    element.mapping(column: { $0 }, expression: { resolved($0, of: table) })
  }
}
