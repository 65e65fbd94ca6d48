import Catalog
import Syntax

extension Execution {
  /// Source: `CommentObject` in `comment.c`: a relation and its columns are locked, its parts are not.
  mutating func perform(_ statement: CommentOn) throws(SQLError) {
    let object = statement.object
    if [.function, .procedure, .routine].contains(statement.objectKind) {
      try requireNamed(object, statement.objectKind)
    } else {
      try requireObject(object, statement.objectKind)
    }
    let text = statement.text
    switch statement.objectKind {
    case .table, .foreignTable, .view, .materializedView, .index, .sequence:
      lock(database.qualified(object.name), .shareUpdateExclusive)
    case .column:
      // A composite type has columns too.
      if let relation = object.relation, case let name = database.qualified(relation), !catalog.isType(name) {
        lock(name, .shareUpdateExclusive)
      }
    default: break
    }
    guard !statement.isSecurityLabel else { return }
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      comment(onRelation: database.qualified(object.name), text)
    case .column, .constraint, .trigger: comment(onPart: statement)
    case .type, .domain:
      let name = database.qualifiedType(object.name)
      if catalog.types.contains(name) { catalog.types[name]?.comment = text }
    case .schema: catalog.schemaComments[object.name.name] = text
    case .function, .procedure, .routine:
      let name = database.qualifiedFunction(object.name)
      let signature = object.arguments?.map { database.resolved($0).withoutModifiers.sql }
      for (index, function) in (catalog.functions[name] ?? []).enumerated()
      where signature == nil || function.signature == signature {
        catalog.functions[name]?[index].comment = text
      }
    default: break
    }
  }

  private mutating func comment(onRelation name: QualifiedName, _ text: String?) {
    switch catalog.kind(of: name) {
    case .index: catalog.indexes[name]?.comment = text
    case .view, .materializedView: catalog.views[name]?.comment = text
    case .sequence: catalog.sequences[name]?.comment = text
    default: if catalog.tables.contains(name) { catalog.tables[name]?.comment = text }
    }
  }

  private mutating func comment(onPart statement: CommentOn) {
    guard let relation = statement.object.relation.map({ database.qualified($0) }) else { return }
    let part = statement.object.name.name
    switch statement.objectKind {
    case .column:
      catalog.tables[relation]?.update(part) { $0.comment = statement.text }
      if let index = catalog.views[relation]?.columns.firstIndex(where: { $0.name == part }) {
        catalog.views[relation]?.columns[index].comment = statement.text
      }
    case .constraint:
      guard let index = catalog.tables[relation]?.constraints.firstIndex(named: part) else { return }
      catalog.tables[relation]?.constraints[index].comment = statement.text
    default:
      guard let index = catalog.tables[relation]?.triggers.firstIndex(named: part) else { return }
      catalog.tables[relation]?.triggers[index].comment = statement.text
    }
  }
}

extension Catalog {
  /// Whether the name is a type's and no relation's.
  fileprivate func isType(_ name: QualifiedName) -> Bool { types.contains(name) && !hasRelation(name) }
}
