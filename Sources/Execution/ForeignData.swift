import Catalog
import Syntax

/// Foreign-data wrappers, servers and user mappings.
extension Execution {
  /// Source: `transformGenericOptions` in `foreigncmds.c`.
  func checkNewOptions(_ options: [Option]) throws(SQLError) {
    var names: Set<String> = []
    for option in options where option.namespace == nil && !names.insert(option.name).inserted {
      throw SQLError(.duplicateObject, "option \"\(option.name)\" provided more than once")
    }
  }

  /// ALTER … OPTIONS of an object; of one that the history did not make nothing is known.
  mutating func changeOptions(_ options: [Option], of identity: OtherObject.Identity?) throws(SQLError) {
    guard !options.isEmpty, let identity, var names = catalog.other(identity)?.optionNames else { return }
    for option in options where option.namespace == nil {
      let isThere = names.contains(option.name)
      switch option.change {
      case .set, .drop:
        if !isThere { throw SQLError(.undefinedObject, "option \"\(option.name)\" not found") }
        if option.change == .drop { names.remove(option.name) }
      case .add, nil:
        if isThere { throw SQLError(.duplicateObject, "option \"\(option.name)\" provided more than once") }
        names.insert(option.name)
      }
    }
    catalog.updateOther(identity) { $0.optionNames = names }
  }

  /// What a server, and a user mapping, is made for.
  mutating func foreignObject(usedBy object: ObjectDefinition) throws(SQLError) -> [ObjectAddress] {
    switch object.objectKind {
    case .foreignServer:
      guard let wrapper = object.options.first(where: { $0.namespace == "of" })?.value else { return [] }
      let reference = ObjectReference(name: QualifiedName(wrapper))
      return try requireOther(reference, .foreignDataWrapper).map { [.other($0)] } ?? []
    case .userMapping:
      if let user = object.user { try requireRole(user) }
      let reference = ObjectReference(name: object.name)
      return try requireOther(reference, .foreignServer).map { [.other($0)] } ?? []
    default: return []
    }
  }

  /// Source: `AlterUserMapping` and `RemoveUserMapping` in `foreigncmds.c`.
  mutating func requireUserMapping(_ mapping: ObjectReference) throws(SQLError) -> OtherObject.Identity? {
    let server = try requireOther(ObjectReference(name: mapping.name), .foreignServer)
    let identity = database.identity(of: mapping, .userMapping)
    if catalog.other(identity) != nil { return identity }
    guard server != nil, case .named(let user)? = mapping.user else { return nil }
    doubt(
      SQLError(
        .undefinedObject,
        "user mapping for \"\(user)\" does not exist for server \(mapping.name.quotedInErrors)",
        about: SQLError.Object(.userMapping, mapping.name)
      )
    )
    return nil
  }

  /// A foreign table hangs on its server.
  mutating func requireServer(of table: CreateTable, named name: QualifiedName) throws(SQLError) {
    guard let server = table.foreignServer else { return }
    if let identity = try requireOther(ObjectReference(name: QualifiedName(server)), .foreignServer) {
      catalog.noteForeignTable(name, on: .other(identity))
    }
  }
}
