import CPgQuery
import Synchronization
import Syntax

/// Copies PostgreSQL's node tree into `Syntax` values.
///
/// Source of the shapes: `parsenodes.h` and `primnodes.h` of PostgreSQL 17, and `gram.y` for what it puts into them.
struct TreeReader: Sendable {
  /// Where the parsed text starts in its file; `nil` if it is in none.
  let base: Int?
  /// How many blocks of code the text stands in.
  let nesting: Int
  /// How many expressions, queries and statements hold the present one.
  private(set) var depth = 0

  private let truncation = Truncation()

  /// Trees are walked by recursion, in parallel, on threads with small stacks. PostgreSQL's own parser accepts chains
  /// of 100,000 operators; nobody writes this many by hand.
  static let maximumDepth = 400

  init(base: Int?, nesting: Int = 0) {
    self.base = base
    self.nesting = nesting
  }

  /// The reader for what a node holds; `nil` where the tree is too deep.
  var inner: TreeReader? {
    guard depth < Self.maximumDepth else {
      truncation.isNoted.store(true, ordering: .relaxed)
      return nil
    }
    var reader = self
    reader.depth += 1
    return reader
  }

  func offset(_ location: ParseLoc) -> SourceOffset {
    SourceOffset(location < 0 ? nil : base.map { $0 + Int(location) })
  }

  /// Each statement has a reader of its own.
  func rawStatement(_ node: TreeNode, textLength: Int) -> Statement {
    let raw = node.read(RawStmt.self)
    let start = max(0, Int(raw.stmt_location))
    // PostgreSQL writes 0 for "to the end of the text".
    let end = raw.stmt_len == 0 ? textLength : start + Int(raw.stmt_len)
    let range = ((base ?? 0) + start)..<((base ?? 0) + end)
    let kind = statement(TreeNode(raw.stmt))
    return Statement(kind: kind, range: range, isTruncated: truncation.isNoted.load(ordering: .relaxed))
  }

  // MARK: - Names

  func qualifiedName(_ list: UnsafePointer<List>?) -> QualifiedName { Self.qualifiedName(strings(list)) }

  /// The last part is the name and the one before it the schema; a database in front is left out, as PostgreSQL accepts
  /// only the current one.
  static func qualifiedName(_ parts: some BidirectionalCollection<String>) -> QualifiedName {
    QualifiedName(schema: parts.dropLast().last, parts.last ?? "")
  }

  func relation(_ pointer: UnsafePointer<RangeVar>?) -> RelationReference {
    pointer.map { relation($0.pointee) } ?? RelationReference(QualifiedName(""))
  }

  func relation(_ variable: RangeVar) -> RelationReference {
    RelationReference(
      QualifiedName(schema: string(variable.schemaname), string(variable.relname) ?? ""),
      includesDescendants: variable.inh,
      persistence: persistence(variable.relpersistence),
      alias: variable.alias.flatMap { string($0.pointee.aliasname) },
      aliasColumns: strings(variable.alias?.pointee.colnames),
      offset: offset(variable.location)
    )
  }

  func relations(_ list: UnsafePointer<List>?) -> [RelationReference] {
    nodes(list).compactMap { $0.read(RangeVar.self, if: T_RangeVar).map(relation) }
  }

  private func persistence(_ character: CChar) -> Persistence {
    switch letter(character) {
    case "t": .temporary
    case "u": .unlogged
    default: .permanent
    }
  }

  func typeName(_ pointer: UnsafePointer<CPgQuery.TypeName>?) -> TypeName? { pointer.map { typeName($0.pointee) } }

  func typeName(_ type: CPgQuery.TypeName) -> TypeName {
    var name = qualifiedName(type.names)
    // The grammar writes `integer` as pg_catalog.int4.
    if name.schema == "pg_catalog" { name.schema = nil }
    return TypeName(
      name,
      modifiers: expressions(type.typmods),
      arrayDimensions: NodeList(type.arrayBounds).count,
      isSet: type.setof,
      isColumnType: type.pct_type,
      offset: offset(type.location)
    )
  }

  func typeNames(_ list: UnsafePointer<List>?) -> [TypeName] {
    nodes(list).compactMap { $0.read(CPgQuery.TypeName.self, if: T_TypeName).map(typeName) }
  }

  func role(_ pointer: UnsafePointer<RoleSpec>?) -> RoleReference? { pointer.map { role($0.pointee) } }

  func role(_ role: RoleSpec) -> RoleReference {
    switch role.roletype {
    case ROLESPEC_CURRENT_ROLE: .currentRole
    case ROLESPEC_CURRENT_USER: .currentUser
    case ROLESPEC_SESSION_USER: .sessionUser
    case ROLESPEC_PUBLIC: .everyone
    default: .named(string(role.rolename) ?? "")
    }
  }

  func roles(_ list: UnsafePointer<List>?) -> [RoleReference] {
    nodes(list).compactMap { $0.read(RoleSpec.self, if: T_RoleSpec).map(role) }
  }

  func collation(_ pointer: UnsafePointer<CollateClause>?) -> QualifiedName? {
    pointer.map { qualifiedName($0.pointee.collname) }
  }

  // MARK: - Options

  func options(_ list: UnsafePointer<List>?) -> [Option] { definitions(list).map(option) }

  func definitions(_ list: UnsafePointer<List>?) -> [DefElem] {
    nodes(list).compactMap { $0.read(DefElem.self, if: T_DefElem) }
  }

  func option(_ definition: DefElem) -> Option {
    Option(
      namespace: string(definition.defnamespace),
      name: string(definition.defname) ?? "",
      value: TreeNode(definition.arg).flatMap(optionValue),
      change: change(definition.defaction)
    )
  }

  private func change(_ action: DefElemAction) -> Option.Change? {
    switch action {
    case DEFELEM_ADD: .add
    case DEFELEM_SET: .set
    case DEFELEM_DROP: .drop
    default: nil
    }
  }

  /// An option's value as text: words come as types or strings, numbers as numbers, names as lists.
  func optionValue(_ node: TreeNode) -> String? {
    switch node.tag {
    case T_String: node.text
    case T_Integer: String(node.read(Integer.self).ival)
    case T_Float: string(node.read(CPgQuery.Float.self).fval)
    case T_Boolean: node.read(Boolean.self).boolval ? "true" : "false"
    case T_TypeName: typeName(node.read(CPgQuery.TypeName.self)).name.description
    case T_List: node.elements?.compactMap { $0.flatMap(optionValue) }.joined(separator: ".")
    case T_A_Const: constant(node.read(A_Const.self)).text
    case T_TypeCast: TreeNode(node.read(TypeCast.self).arg).flatMap(optionValue)
    case T_RoleSpec: string(node.read(RoleSpec.self).rolename)
    default: nil
    }
  }

  /// Whether a list of options switches one on: it is there, and not set to false.
  func isOn(_ name: String, in options: [Option]) -> Bool {
    guard let option = options.last(where: { $0.name == name }) else { return false }
    return !["false", "off", "0", "no"].contains(option.value?.lowercased())
  }
}

/// Whether the tree that is read was too deep somewhere; the readers of all its parts share it.
private final class Truncation: Sendable {
  let isNoted = Atomic(false)
}

extension Constant {
  /// The value as text; `nil` for NULL.
  var text: String? {
    switch self {
    case .null: nil
    case .boolean(let value): value ? "true" : "false"
    case .integer(let value): String(value)
    case .number(let text), .string(let text), .bitString(let text): text
    }
  }
}
