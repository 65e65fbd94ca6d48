import Syntax

/// What ALTER COLUMN … TYPE asks of the rows.
///
/// Source: `ATColumnChangeRequiresRewrite` in `tablecmds.c` and the planner support functions of the types' length
/// coercions; the cases in Fixtures/effects hold it against live servers.
package struct TypeChange {
  /// Whether every row is written anew.
  package let rewrites: Bool
  /// Whether values can be cut or refused.
  package let narrows: Bool

  package static let catalogOnly = TypeChange(rewrites: false, narrows: false)
}

extension Database {
  /// What a change of `column` to `type` asks for; a column of unknown type is rewritten unless nothing could be.
  package func change(
    of column: Column?,
    named name: String,
    to type: TypeName,
    using expression: Expression?
  ) -> TypeChange {
    guard let from = column?.type else { return TypeChange(rewrites: true, narrows: false) }
    let narrows = isNarrowing(from, type)
    if let expression, !expression.isColumn(name) {
      guard case .cast(let operand, let target) = expression, operand.isColumn(name), target == type else {
        return TypeChange(rewrites: true, narrows: narrows)
      }
    }
    return TypeChange(rewrites: !isCatalogOnly(resolved(from), resolved(type)), narrows: narrows)
  }

  /// Whether values of one type are valid values of the other, as they are stored. Types are as the catalog keeps them,
  /// so that a domain that is named like the type below it is not taken for that.
  private func isCatalogOnly(_ from: TypeName, _ to: TypeName) -> Bool {
    guard (from.arrayDimensions > 0) == (to.arrayDimensions > 0) else { return false }
    if from.arrayDimensions > 0 {
      return from.name == to.name && from.modifierNumbers == to.modifierNumbers
    }
    if case .domain(let domain)? = catalog.types[to.name]?.form {
      return from.name == to.name
        || !domain.isConstrained && isCatalogOnly(from, domain.type)
    }
    if case .domain(let domain)? = catalog.types[from.name]?.form { return isCatalogOnly(domain.type, to) }
    if from.name == to.name { return from.modifiersFit(in: to) }
    if from.isTimestamp, to.isTimestamp { return isUTC && from.modifiersFit(in: to) }
    return TypeFacts.isBinaryCoercible(from.name, to.name) && from.lengthFits(in: to)
  }

  /// timestamp and timestamptz hold the same values where the session's zone is UTC.
  private var isUTC: Bool {
    guard let zone = session.timeZone?.uppercased() else { return false }
    return ["UTC", "GMT", "ETC/UTC", "ETC/GMT", "ZULU", "UCT", "0", "+00", "+00:00", "Z"].contains(zone)
  }

  private func isNarrowing(_ from: TypeName, _ to: TypeName) -> Bool {
    guard from.arrayDimensions == 0, to.arrayDimensions == 0 else { return false }
    if from.name == to.name { return !from.modifiersFit(in: to) }
    if let old = TypeFacts.range(of: from.name.name), let new = TypeFacts.range(of: to.name.name) { return new < old }
    if from.isText, to.isText { return to.modifierNumbers != nil && to.modifiers.count > 0 && !from.lengthFits(in: to) }
    return from.isTimestamp && ["date", "time", "timetz"].contains(to.name.name)
  }
}

extension Expression {
  fileprivate func isColumn(_ name: String) -> Bool {
    if case .column(let column) = self { column.name == name } else { false }
  }
}

extension TypeName {
  /// The modifiers as numbers; `nil` where one is none.
  fileprivate var modifierNumbers: [Int]? {
    var numbers: [Int] = []
    for modifier in modifiers {
      guard case .constant(.integer(let number)) = modifier else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  fileprivate var isTimestamp: Bool { name.name == "timestamp" || name.name == "timestamptz" }

  fileprivate var isText: Bool { ["text", "varchar", "bpchar", "citext"].contains(name.name) }

  /// Whether every value with these modifiers is stored the same with those of another of the same family.
  fileprivate func modifiersFit(in other: TypeName) -> Bool {
    guard let own = modifierNumbers, let new = other.modifierNumbers else { return modifiers == other.modifiers }
    switch name.name {
    case "varchar", "varbit": return new.isEmpty || own.first.map { new[0] >= $0 } ?? false
    case "numeric":
      guard !new.isEmpty else { return true }
      guard !own.isEmpty else { return false }
      let scales = (own.count > 1 ? own[1] : 0, new.count > 1 ? new[1] : 0)
      return new[0] >= own[0] && scales.0 == scales.1
    case "timestamp", "timestamptz", "time", "timetz": return (new.first ?? 6) >= (own.first ?? 6)
    case "interval": return intervalFits(own, new)
    default: return own == new
    }
  }

  /// The modifiers of interval are a mask of fields and a precision; only all fields hold all values.
  private func intervalFits(_ own: [Int], _ new: [Int]) -> Bool {
    let allFields = 0x7FFF
    let fields = (own.first ?? allFields, new.first ?? allFields)
    let precisions = (own.count > 1 ? own[1] : 6, new.count > 1 ? new[1] : 6)
    return (fields.1 == allFields || fields.0 == fields.1) && precisions.1 >= precisions.0
  }

  /// Whether a text of this type's length fits into another type's.
  fileprivate func lengthFits(in other: TypeName) -> Bool {
    guard !other.modifiers.isEmpty else { return true }
    guard name.name == "varchar", other.name.name == "varchar" else { return false }
    return modifiersFit(in: other)
  }
}

/// Facts of PostgreSQL's own types.
package enum TypeFacts {
  /// Whether values of one type are stored as those of the other, so that a cast leaves them as they are.
  package static func isBinaryCoercible(_ from: QualifiedName, _ to: QualifiedName) -> Bool {
    guard from.schema == nil, to.schema == nil else { return false }
    let pair = Substring("\(from.name)>\(to.name)")
    return BuiltInCasts.binaryCoercible.contains(pair) || citext.contains(pair)
  }

  /// Source: the extension's script `citext--1.4.sql`.
  private static let citext: Set<Substring> = ["citext>text", "citext>varchar"]

  /// Whether indexes on both types sort by the same operators by default (`opcdefault` in `pg_opclass`).
  package static func shareOperatorClass(_ left: TypeName, _ right: TypeName) -> Bool {
    guard left.arrayDimensions == 0, right.arrayDimensions == 0 else { return left.name == right.name }
    return left.name == right.name
      || [["text", "varchar"], ["inet", "cidr"]].contains {
        $0.contains(left.name.name) && $0.contains(right.name.name)
      }
  }

  /// How far numbers of a type reach, to compare; `nil` for types that hold no numbers.
  package static func range(of type: String) -> Int? {
    switch type {
    case "int2": 1
    case "int4": 2
    case "int8": 3
    case "float4": 4
    case "float8": 5
    case "numeric": 6
    default: nil
    }
  }
}
