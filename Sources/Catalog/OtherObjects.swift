import HashTreeCollections
import Syntax

extension OtherObject {
  package struct Key: Hashable, Sendable {
    package let kind: ObjectKind
    package let name: QualifiedName

    package init(_ kind: ObjectKind, _ name: QualifiedName) {
      self.kind = kind
      self.name = name
    }
  }

  /// What tells it apart from all others.
  package struct Identity: Hashable, Sendable {
    package let key: Key
    package let signature: [String]

    package init(_ key: Key, _ signature: [String] = []) {
      self.key = key
      self.signature = signature
    }

    package static func database(_ name: String) -> Identity { Identity(Key(.database, QualifiedName(name))) }
  }

  package var key: Key { Key(kind, name) }
  package var identity: Identity { Identity(key, signature) }
}

/// Objects of which little more than the name is known.
extension Catalog {
  /// All of them, in the order of their making. Printing asks for it, statements do not.
  package var otherObjects: [OtherObject] { others.values.flatMap(\.self).sorted { $0.order < $1.order } }

  package func others(_ kind: ObjectKind, _ name: QualifiedName) -> PartList<OtherObject> {
    others[OtherObject.Key(kind, name)] ?? []
  }

  package func other(_ identity: OtherObject.Identity) -> OtherObject? {
    others[identity.key]?[named: identity.signature]
  }

  /// Makes an object that names the functions and types of `uses`.
  package mutating func addOther(
    _ kind: ObjectKind,
    _ name: QualifiedName,
    _ signature: [String],
    _ definition: ObjectDefinition,
    uses: [ObjectAddress],
    searchPath: [String]
  ) {
    otherCount += 1
    var object = OtherObject(
      kind: kind,
      name: name,
      signature: signature,
      order: otherCount,
      definition: definition,
      searchPath: searchPath
    )
    if kind == .foreignDataWrapper || kind == .foreignServer || kind == .userMapping {
      object.optionNames = Set(definition.options.filter { $0.namespace == nil }.map(\.name))
    }
    others[object.key, default: []].append(object)
    for use in uses { otherUsers[use, default: []].insert(object.identity) }
  }

  /// A base type names the functions that read and write its values.
  package mutating func noteType(_ name: QualifiedName, uses function: ObjectAddress) {
    typeUsers[function, default: []].insert(name)
  }

  /// A foreign table is on a server.
  package mutating func noteForeignTable(_ name: QualifiedName, on server: ObjectAddress) {
    foreignTables[server, default: []].insert(name)
  }

  package mutating func updateOther(_ identity: OtherObject.Identity, _ change: (inout OtherObject) -> Void) {
    others[identity.key]?.update(identity.signature, change)
  }

  package mutating func removeOther(_ identity: OtherObject.Identity) {
    others[identity.key]?.remove(named: identity.signature)
    if others[identity.key]?.isEmpty == true { others[identity.key] = nil }
  }

  package mutating func renameOther(_ identity: OtherObject.Identity, to new: QualifiedName) {
    guard var object = other(identity) else { return }
    removeOther(identity)
    let old = object.name
    let isMoved = old.schema != new.schema
    let change = isMoved ? "SET SCHEMA \(new.schema?.quotedIdentifier ?? "")" : "RENAME TO \(new.name.quotedIdentifier)"
    object.changes.append("ALTER \(object.kind.rawValue) \(object.nameInCommands) \(change)")
    object.name = new
    others[object.key, default: []].append(object)
  }

  /// The objects whose definitions name a function or a type.
  func otherUsers(of part: ObjectAddress) -> [ObjectAddress] {
    let others = (otherUsers[part] ?? []).filter { other($0) != nil }.map { ObjectAddress.other($0) }
    let baseTypes = (typeUsers[part] ?? []).filter { self.types.contains($0) }.map { ObjectAddress.type($0) }
    let foreignTables = (self.foreignTables[part] ?? []).filter { name in
      if case .other(let server) = part { tables[name]?.foreignServer == server.key.name.name } else { false }
    }.map { ObjectAddress.table($0) }
    return (others + baseTypes + foreignTables).sorted { description(of: $0) < description(of: $1) }
  }
}

extension OtherObject {
  /// As commands name it.
  fileprivate var nameInCommands: String {
    switch kind {
    case .aggregate: "\(name)(\(signature.isEmpty ? "*" : signature.joined(separator: ", ")))"
    case .operatorClass, .operatorFamily: "\(name) USING \((signature.first ?? "btree").quotedIdentifier)"
    default: name.description
    }
  }
}
