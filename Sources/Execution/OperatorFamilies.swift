import Catalog
import Syntax

/// Members of operator classes and families.
///
/// Source: `opclasscmds.c`.
extension Execution {
  /// Source: `DefineOpClass`.
  mutating func checkMembers(ofNew operatorClass: ObjectDefinition) throws(SQLError) {
    guard let contents = operatorClass.contents, let method = operatorClass.accessMethod else { return }
    if let family = contents.family {
      let reference = ObjectReference(name: family, accessMethod: method)
      // Which members the class adds hangs on its type.
      if let identity = try requireOther(reference, .operatorFamily) {
        catalog.updateOther(identity) { $0.members = nil }
      }
    }
    guard let limits = AccessMethodLimits(of: method, version: version) else { return }
    for member in contents.members { try limits.check(member) }
  }

  /// Source: `AlterOpFamily`.
  mutating func alterMembers(
    of family: ObjectDefinition,
    _ identity: OtherObject.Identity?
  ) throws(SQLError) {
    guard let contents = family.contents, let method = family.accessMethod,
      let limits = AccessMethodLimits(of: method, version: version)
    else { return }
    var changed: Set<FamilyMember> = []
    var order: [FamilyMember] = []
    for member in contents.members {
      try limits.check(member)
      let key = try contents.isDrop ? dropped(member) : added(member, limits)
      if !changed.insert(key).inserted {
        throw SQLError(.invalidObjectDefinition, "\(key.numbered) appears more than once")
      }
      order.append(key)
    }
    guard let identity, let known = catalog.other(identity)?.members else { return }
    for key in order where known.contains(key.description) != contents.isDrop {
      let name = family.name.quotedInErrors
      throw contents.isDrop
        ? SQLError(.undefinedObject, "\(key) does not exist in operator family \(name)")
        : SQLError(.duplicateObject, "\(key) already exists in operator family \(name)")
    }
    catalog.updateOther(identity) { object in
      for key in order {
        if contents.isDrop {
          object.members?.remove(key.description)
        } else {
          object.members?.insert(key.description)
        }
      }
    }
  }

  private func dropped(_ member: OperatorClassMember) throws(SQLError) -> FamilyMember {
    let types = try types(of: member)
    return FamilyMember(member, left: types.first ?? "", right: types.last ?? "")
  }

  /// Source: `processTypesSpec`.
  private func types(of member: OperatorClassMember) throws(SQLError) -> [String] {
    if member.types.count > 2 { throw SQLError(.syntaxError, "one or two argument types must be specified") }
    return member.types.map { database.resolved($0).withoutModifiers.sql }
  }

  private mutating func added(
    _ member: OperatorClassMember,
    _ limits: AccessMethodLimits
  ) throws(SQLError) -> FamilyMember {
    guard let object = member.object else { return FamilyMember(member, left: "", right: "") }
    let arguments = (object.arguments ?? []).map { database.resolved($0).withoutModifiers.sql }
    if !member.isFunction {
      try checkOperator(object, member, limits)
      return FamilyMember(member, left: arguments.first ?? "", right: arguments.last ?? "")
    }
    let result = try resultType(of: object)
    var types = try types(of: member)
    try limits.check(member, arguments: arguments, result: result, types: types)
    if types.isEmpty { types = limits.usualTypes(of: member, arguments: arguments) }
    guard let left = types.first, let right = types.last else {
      throw SQLError(
        .invalidObjectDefinition,
        "associated data types must be specified for index support function"
      )
    }
    return FamilyMember(member, left: left, right: right)
  }

  /// Source: `assignOperTypes`.
  private mutating func checkOperator(
    _ object: ObjectReference,
    _ member: OperatorClassMember,
    _ limits: AccessMethodLimits
  ) throws(SQLError) {
    guard let arguments = object.arguments, !arguments.isEmpty else {
      throw SQLError(.syntaxError, "operator argument types must be specified in ALTER OPERATOR FAMILY")
    }
    _ = try requireOther(object, .operator)
    if let family = member.sortFamily {
      _ = try requireOther(ObjectReference(name: family, accessMethod: "btree"), .operatorFamily)
    }
    if arguments.count != 2 { throw SQLError(.invalidObjectDefinition, "index operators must be binary") }
    if member.sortFamily != nil, !limits.canOrder {
      throw SQLError(
        .invalidObjectDefinition,
        "access method \"\(limits.name)\" does not support ordering operators"
      )
    }
  }

  /// The type of a function's result; `nil` where it is not known here.
  private mutating func resultType(of object: ObjectReference) throws(SQLError) -> String? {
    guard case .function(let name, let signature)? = try requireRoutine(object, .function) else { return nil }
    let function = catalog.functions[name]?[named: signature]
    return function?.definition.returns.map { database.resolved($0).withoutModifiers.sql }
  }
}

/// What tells a member of a family apart from others.
private struct FamilyMember: Hashable, CustomStringConvertible {
  let noun: String
  let number: Int
  let types: String

  init(_ member: OperatorClassMember, left: String, right: String) {
    noun = member.isFunction ? "function" : "operator"
    number = member.number
    types = "(\(left),\(right))"
  }

  var description: String { "\(noun) \(number)\(types)" }

  var numbered: String { "\(noun) number \(number) for \(types)" }
}

/// How many operators and functions an index access method knows, and what it asks of the functions.
private struct AccessMethodLimits {
  let name: String
  /// `nil` where the operator classes themselves decide.
  let operators: Int?
  let functions: Int
  /// The function that reads the options of an operator class.
  let optionsFunction: Int
  /// Whether it returns rows ordered by an operator.
  let canOrder: Bool

  /// Source: the handlers of the access methods, such as `bthandler` in `nbtree.c`.
  init?(of method: String, version: Int) {
    name = method
    canOrder = method == "gist" || method == "spgist"
    switch method {
    case "btree": (operators, functions, optionsFunction) = (5, version >= 18 ? 6 : 5, 5)
    case "hash": (operators, functions, optionsFunction) = (1, 3, 3)
    case "gist": (operators, functions, optionsFunction) = (nil, version >= 18 ? 12 : 11, 10)
    case "gin": (operators, functions, optionsFunction) = (nil, 7, 7)
    case "spgist": (operators, functions, optionsFunction) = (nil, 7, 6)
    case "brin": (operators, functions, optionsFunction) = (nil, 15, 5)
    default: return nil
    }
  }

  func check(_ member: OperatorClassMember) throws(SQLError) {
    let most = member.isFunction ? functions : operators ?? Int(Int16.max)
    if (1...most).contains(member.number) { return }
    throw SQLError(
      .invalidObjectDefinition,
      "invalid \(member.isFunction ? "function" : "operator") number \(member.number), must be between 1 and \(most)"
    )
  }

  /// Source: `assignProcTypes` in `opclasscmds.c`.
  func check(
    _ member: OperatorClassMember,
    arguments: [String],
    result: String?,
    types: [String]
  ) throws(SQLError) {
    func require(_ condition: Bool, _ message: String) throws(SQLError) {
      if !condition { throw SQLError(.invalidObjectDefinition, message) }
    }
    func returns(_ type: String) -> Bool { result == nil || result == type }
    if member.number == optionsFunction {
      try require(
        types.first == types.last,
        "left and right associated data types for operator class options parsing functions must match"
      )
      try require(
        arguments == ["internal"] && returns("void"),
        "invalid operator class options parsing function"
      )
      return
    }
    switch (name, member.number) {
    case ("btree", 1):
      try require(arguments.count == 2, "btree comparison functions must have two arguments")
      try require(returns("integer"), "btree comparison functions must return integer")
    case ("btree", 2):
      try require(arguments == ["internal"], "btree sort support functions must accept type \"internal\"")
      try require(returns("void"), "btree sort support functions must return void")
    case ("btree", 3):
      try require(arguments.count == 5, "btree in_range functions must have five arguments")
      try require(returns("boolean"), "btree in_range functions must return boolean")
    case ("btree", 4):
      try require(arguments.count == 1, "btree equal image functions must have one argument")
      try require(returns("boolean"), "btree equal image functions must return boolean")
      try require(types.first == types.last, "btree equal image functions must not be cross-type")
    case ("hash", 1):
      try require(arguments.count == 1, "hash function 1 must have one argument")
      try require(returns("integer"), "hash function 1 must return integer")
    case ("hash", 2):
      try require(arguments.count == 2, "hash function 2 must have two arguments")
      try require(returns("bigint"), "hash function 2 must return bigint")
    default: break
    }
  }

  /// The types that a function is for where the text does not say it.
  func usualTypes(of member: OperatorClassMember, arguments: [String]) -> [String] {
    switch (name, member.number) {
    case ("btree", 1): arguments
    case ("btree", 3): [arguments.first, arguments.dropFirst(2).first].compactMap(\.self)
    case ("hash", 1), ("hash", 2): Array(arguments.prefix(1))
    default: []
    }
  }
}
