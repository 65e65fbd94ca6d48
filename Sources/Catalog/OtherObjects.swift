import Syntax

/// Objects of which little more than the name is known.
extension Catalog {
  package mutating func renameOther(_ kind: ObjectKind, _ object: ObjectReference, to new: String) {
    guard let index = otherObjects.firstIndex(where: { $0.isMeant(by: object, kind) }) else { return }
    let arguments = object.arguments.map { types in "(\(types.map(\.sql).joined(separator: ", ")))" } ?? ""
    otherObjects[index].changes.append(
      "ALTER \(kind.rawValue) \(otherObjects[index].name)\(arguments) RENAME TO \(new.quotedIdentifier)"
    )
    otherObjects[index].name.name = new
  }

  package mutating func moveOther(_ kind: ObjectKind, _ object: ObjectReference, to schema: String) {
    guard let index = otherObjects.firstIndex(where: { $0.isMeant(by: object, kind) }) else { return }
    let arguments = object.arguments.map { types in "(\(types.map(\.sql).joined(separator: ", ")))" } ?? ""
    otherObjects[index].changes.append(
      "ALTER \(kind.rawValue) \(otherObjects[index].name)\(arguments) SET SCHEMA \(schema.quotedIdentifier)"
    )
    otherObjects[index].name.schema = schema
  }
}

extension OtherObject {
  fileprivate func isMeant(by object: ObjectReference, _ kind: ObjectKind) -> Bool {
    self.kind == kind && name.name == object.name.name
      && (object.name.schema == nil || name.schema == object.name.schema)
  }
}
