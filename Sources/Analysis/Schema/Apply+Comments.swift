import Syntax

extension Schema {
  mutating func comment(_ statement: CommentOn) {
    guard !statement.isSecurityLabel else { return }
    let object = statement.object
    let text = statement.text
    switch statement.objectKind {
    case .table, .foreignTable, .index, .view, .materializedView, .sequence:
      comment(onRelation: qualified(object.name), text)
    case .column, .constraint, .trigger: comment(onPart: statement)
    case .type, .domain: types[qualifiedType(object.name)]?.comment = text
    case .schema: schemaComments[object.name.name] = text
    case .function, .procedure, .routine:
      let name = qualifiedFunction(object.name)
      let signature = object.arguments?.map { resolved($0).withoutModifiers.sql }
      for (index, function) in (functions[name] ?? []).enumerated()
      where signature == nil || function.signature == signature {
        functions[name]?[index].comment = text
      }
    default: break
    }
  }

  private mutating func comment(onRelation name: QualifiedName, _ text: String?) {
    switch kind(of: name) {
    case .index: indexes[name]?.comment = text
    case .view, .materializedView: views[name]?.comment = text
    case .sequence: sequences[name]?.comment = text
    default: tables[name]?.comment = text
    }
  }

  private mutating func comment(onPart statement: CommentOn) {
    guard let relation = statement.object.relation.map(qualified) else { return }
    let part = statement.object.name.name
    switch statement.objectKind {
    case .column:
      tables[relation]?.update(part) { $0.comment = statement.text }
      if let index = views[relation]?.columns.firstIndex(where: { $0.name == part }) {
        views[relation]?.columns[index].comment = statement.text
      }
    case .constraint:
      guard let index = tables[relation]?.constraints.firstIndex(where: { $0.name == part }) else { return }
      tables[relation]?.constraints[index].comment = statement.text
    default:
      guard let index = tables[relation]?.triggers.firstIndex(where: { $0.name == part }) else { return }
      tables[relation]?.triggers[index].comment = statement.text
    }
  }
}
