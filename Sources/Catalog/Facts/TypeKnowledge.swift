import Syntax

/// What is certain of types and of the casts between them.
///
/// The answers are `nil` where something decides that the history does not tell: the types of extensions, and casts and
/// operators that the history makes itself.
extension Database {
  /// The type below all domains.
  package func base(of type: TypeName) -> TypeName {
    var type = type.serialType ?? resolved(type)
    var depth = 0
    while depth < Catalog.maximumDomainDepth, type.arrayDimensions == 0,
      case .domain(let domain)? = catalog.types[type.name]?.form
    {
      type = domain.type
      depth += 1
    }
    return type
  }

  package func isEnumeration(_ type: TypeName) -> Bool {
    if case .enumeration? = catalog.types[type.name]?.form { true } else { false }
  }

  private func isComposite(_ type: TypeName) -> Bool {
    if type.arrayDimensions == 0, case .composite? = catalog.types[type.name]?.form { true } else { false }
  }

  /// Whether values of a type are stored in columns of another one without an explicit cast.
  ///
  /// Source: `find_coercion_pathway` in `parse_coerce.c`.
  package func canAssign(_ from: TypeName, to: TypeName) -> Bool? {
    let source = base(of: from)
    let target = base(of: to)
    if source.name == target.name, (source.arrayDimensions > 0) == (target.arrayDimensions > 0) { return true }
    // All types are written into texts.
    if target.arrayDimensions == 0, target.isBuiltIn, target.isString { return true }
    guard let plain = areCertain(source, target), !catalog.makes([.cast], naming: [source, target]) else { return nil }
    if !plain { return false }
    if source.arrayDimensions > 0 { return canAssign(source.element, to: target.element) }
    if isEnumeration(source) || isEnumeration(target) { return false }
    let cast = Substring("\(source.name.name)>\(target.name.name)")
    return BuiltInCasts.implicit.contains(cast) || BuiltInCasts.assignment.contains(cast)
      || BuiltInCasts.binaryCoercible.contains(cast) && target.isString
  }

  /// Whether CAST or `::` surely has no way from one type to another.
  ///
  /// Source: `find_coercion_pathway` in `parse_coerce.c`, with explicit casts: texts are read and written as any type.
  func cannotCast(_ type: TypeName, to other: TypeName) -> Bool {
    if type.isUntyped || type.isSet || type.isColumnType || other.isColumnType { return false }
    let source = base(of: type)
    let target = base(of: other)
    if source.name.name == target.name.name, (source.arrayDimensions > 0) == (target.arrayDimensions > 0) {
      return false
    }
    if source.isText || target.isText { return false }
    guard let isAlike = areCertain(source, target) else { return false }
    if !isAlike { return true }
    if source.arrayDimensions > 0 { return cannotCast(source.element, to: target.element) }
    if isEnumeration(source) || isEnumeration(target) { return true }
    let cast = Substring("\(source.name.name)>\(target.name.name)")
    return !BuiltInCasts.implicit.contains(cast) && !BuiltInCasts.assignment.contains(cast)
      && !BuiltInCasts.explicit.contains(cast) && !BuiltInCasts.binaryCoercible.contains(cast)
  }

  /// Whether a function or an operator may take a value of one type for a parameter of another one; `nil` is a type that is
  /// not known.
  ///
  /// Source: `can_coerce_type` in `parse_coerce.c`, with implicit casts.
  func mayPass(_ type: TypeName?, as parameter: TypeName) -> Bool {
    guard let type, !type.isUntyped, !type.isSet, !type.isColumnType, !parameter.isColumnType else { return true }
    let source = base(of: type)
    if parameter.isPseudo { return mayPass(source, asPseudo: parameter.name.name) }
    let target = base(of: parameter)
    if target.isVector, source.isBuiltIn, !source.isVector { return false }
    if source.name.name == target.name.name, (source.arrayDimensions > 0) == (target.arrayDimensions > 0) {
      return true
    }
    guard let isAlike = areCertain(source, target) else { return true }
    if !isAlike { return false }
    if source.arrayDimensions > 0 { return mayPass(source.element, as: target.element) }
    if isEnumeration(source) || isEnumeration(target) { return false }
    return BuiltInCasts.implicit.contains("\(source.name.name)>\(target.name.name)")
  }

  /// The same for a parameter that takes many types.
  private func mayPass(_ source: TypeName, asPseudo name: String) -> Bool {
    let isArray = source.arrayDimensions > 0
    let isPlain = source.isBuiltIn && !source.isPseudo && !source.isVector
    switch name {
    case "anyarray", "anycompatiblearray": return isArray || !isPlain && !isEnumeration(source)
    case "anynonarray", "anycompatiblenonarray": return !isArray
    case "anyenum": return isArray ? false : !isPlain
    case "anyrange", "anycompatiblerange": return !isArray && (!isPlain || source.name.name.hasSuffix("range"))
    case "anymultirange", "anycompatiblemultirange":
      return !isArray && (!isPlain || source.name.name.hasSuffix("multirange"))
    case "record": return !isArray && !isPlain && !isEnumeration(source)
    default: return true
    }
  }

  /// Whether a foreign key of one type may point to a column of another one.
  ///
  /// Source: `ATAddForeignKeyConstraint` in `tablecmds.c`, and the families of btree in `pg_amop`.
  package func canReference(_ from: TypeName, to: TypeName) -> Bool? {
    let source = base(of: from)
    let target = base(of: to)
    if source.name == target.name, (source.arrayDimensions > 0) == (target.arrayDimensions > 0) { return true }
    if isComposite(source) && target.isBuiltIn || source.isBuiltIn && isComposite(target),
      !catalog.makes([.cast, .operator], naming: [source, target])
    {
      return false
    }
    guard let plain = areCertain(source, target),
      !catalog.makes([.cast, .operator, .operatorClass, .operatorFamily], naming: [source, target])
    else { return nil }
    if !plain || source.arrayDimensions > 0 { return plain ? nil : false }
    if isEnumeration(source) || isEnumeration(target) { return false }
    let key = target.indexedName
    if source.indexedName == key { return true }
    if Self.families.contains(where: { $0.contains(source.indexedName) && $0.contains(key) }) { return true }
    return BuiltInCasts.implicit.contains("\(source.name.name)>\(key)")
      || BuiltInCasts.implicit.contains("\(source.indexedName)>\(key)")
  }

  /// The types that one operator family of btree compares with each other.
  private static let families: [Set<String>] = [
    ["int2", "int4", "int8"], ["float4", "float8"], ["text", "name"], ["date", "timestamp", "timestamptz"],
  ]

  /// Whether both are arrays or neither is; `nil` unless all is known of both.
  private func areCertain(_ left: TypeName, _ right: TypeName) -> Bool? {
    for type in [left, right] {
      guard type.isBuiltIn && !type.isPseudo || isEnumeration(type), !type.isVector else { return nil }
    }
    return (left.arrayDimensions > 0) == (right.arrayDimensions > 0)
  }

  // MARK: - Indexes

  /// Whether indexes of a method take a column of the type without an operator class. Extensions bring operator classes
  /// for the methods other than btree and hash.
  package func isIndexable(_ type: TypeName, by method: String) -> Bool? {
    let base = base(of: type)
    guard base.arrayDimensions == 0, base.isBuiltIn, !base.isPseudo, !base.isVector,
      !catalog.makes([.operatorClass], naming: [base])
    else {
      return nil
    }
    guard let types = BuiltInTypes.indexable(by: method) else { return nil }
    let name = base.indexedName
    if name.hasSuffix("multirange") { return types.contains("anymultirange") }
    if name.hasSuffix("range") { return types.contains("anyrange") }
    return types.contains(Substring(name))
  }
}

extension Catalog {
  /// How far domains over domains are followed.
  package static let maximumDomainDepth = 32

  /// Whether the history makes casts, operators or their like whose definitions name all of the types.
  fileprivate func makes(_ kinds: [ObjectKind], naming types: [TypeName]) -> Bool {
    !others.isEmpty
      && otherObjects.contains { object in
        guard kinds.contains(object.kind) else { return false }
        guard let text = object.definition.text?.lowercased() else { return true }
        // Other operator classes are used where they are named.
        if object.kind == .operatorClass, !text.contains("default") { return false }
        return types.allSatisfy { type in
          let name = type.element.withoutModifiers
          return text.contains(name.name.name.lowercased()) || text.contains(name.sql.lowercased())
        }
      }
  }
}

extension BuiltInTypes {
  /// `nil` for a method of an extension.
  fileprivate static func indexable(by method: String) -> Set<Substring>? {
    switch method {
    case "btree": btree
    case "hash": hash
    case "gist": gist
    case "gin": gin
    case "spgist": spgist
    case "brin": brin
    default: nil
    }
  }
}

extension TypeName {
  /// Whether it is one of PostgreSQL's own, or an array of one. Its schema is searched first.
  package var isBuiltIn: Bool {
    (name.schema == nil || name.schema == "pg_catalog") && BuiltInTypes.all.contains(Substring(name.name))
  }

  package var isPseudo: Bool { name.isPseudotype }

  /// Whether PostgreSQL counts it among the texts.
  package var isString: Bool { category == "S" }

  /// `typcategory` in `pg_type`, for the types that stand in queries most.
  var category: Character? {
    switch name.name {
    case "int2", "int4", "int8", "numeric", "float4", "float8", "money": "N"
    case "text", "varchar", "bpchar", "name": "S"
    case "bool": "B"
    case "date", "timestamp", "timestamptz", "time", "timetz": "D"
    case "interval": "T"
    case "json", "jsonb", "uuid", "bytea", "xml": "U"
    default: nil
    }
  }

  /// Whether it is a text and no array.
  fileprivate var isText: Bool { arrayDimensions == 0 && isBuiltIn && isString }

  /// Arrays that are types of their own.
  fileprivate var isVector: Bool { name.name == "int2vector" || name.name == "oidvector" }

  package var element: TypeName { TypeName(name, modifiers: modifiers) }

  /// The type as which operator classes see it.
  fileprivate var indexedName: String {
    switch name.name {
    case "varchar": "text"
    case "cidr": "inet"
    default: name.name
    }
  }
}
