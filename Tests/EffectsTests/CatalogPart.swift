import Catalog
import Execution
import Syntax

/// Something that a catalog holds, by the name that both a live server and the simulated schema give it.
struct CatalogPart: Hashable, CustomStringConvertible {
  enum Kind: String {
    case schema, table, view, sequence, index, statistics, type, function
    /// Parts of a relation.
    case column, defaultValue = "default", constraint, trigger, policy, rule
    /// Parts of a type.
    case attribute, check
  }

  let kind: Kind
  let name: QualifiedName
  /// How many arguments a function takes.
  var arguments: Int?
  /// The relation or the type that it is part of.
  var holder: QualifiedName?

  var description: String {
    let signature = arguments.map { "/\($0)" } ?? ""
    let place = holder.map { " of \($0.plain)" } ?? ""
    return "\(kind.rawValue) \(name.plain)\(signature)\(place)"
  }
}

extension QualifiedName {
  /// Without quotes, and without the schema `public`.
  fileprivate var plain: String { schema.map { $0 == "public" ? name : "\($0).\(name)" } ?? name }
}

// MARK: - In the simulated schema

extension Database {
  /// What this schema has and `after` has not, under its name. What is temporary is nobody else's.
  func departures(to after: Database) -> Set<CatalogPart> {
    var old = Set(catalog.schemas.map { CatalogPart(kind: .schema, name: QualifiedName($0)) })
    var new = Set(after.catalog.schemas.map { CatalogPart(kind: .schema, name: QualifiedName($0)) })
    func compare<Value: Equatable>(
      _ values: KeyPath<Catalog, ObjectMap<Value>>,
      _ parts: (QualifiedName, Value) -> [CatalogPart]
    ) {
      let others = after.catalog[keyPath: values]
      for name in others.log.written where name.schema != "pg_temp" {
        if let value = catalog[keyPath: values][name] { old.formUnion(parts(name, value)) }
        if let other = others[name] { new.formUnion(parts(name, other)) }
      }
    }
    compare(\.tables) { $1.parts }
    compare(\.views) { $1.parts }
    compare(\.sequences) { name, _ in [CatalogPart(kind: .sequence, name: name)] }
    compare(\.indexes) { name, _ in [CatalogPart(kind: .index, name: name)] }
    compare(\.statistics) { name, _ in [CatalogPart(kind: .statistics, name: name)] }
    compare(\.types) { $1.parts }
    compare(\.functions) { name, overloads in
      overloads.map { CatalogPart(kind: .function, name: name, arguments: $0.inputTypes.count) }
    }
    return old.subtracting(new)
  }
}

extension Table {
  fileprivate var parts: [CatalogPart] {
    func named(_ kind: CatalogPart.Kind, _ names: [String]) -> [CatalogPart] {
      names.map { CatalogPart(kind: kind, name: QualifiedName($0), holder: name) }
    }
    return [CatalogPart(kind: .table, name: name)] + named(.column, columns.map(\.name))
      + named(.defaultValue, columns.filter { $0.defaultValue != nil }.map(\.name))
      + named(.constraint, constraints.map(\.name)) + named(.trigger, triggers.map(\.name))
      + named(.policy, policies.map(\.name)) + named(.rule, rules.map(\.name))
  }
}

extension View {
  fileprivate var parts: [CatalogPart] {
    [CatalogPart(kind: .view, name: name)]
      + triggers.map { CatalogPart(kind: .trigger, name: QualifiedName($0.name), holder: name) }
  }
}

extension UserType {
  fileprivate var parts: [CatalogPart] {
    let whole = CatalogPart(kind: .type, name: name)
    switch form {
    case .domain(let domain):
      return [whole] + domain.checks.map { CatalogPart(kind: .check, name: QualifiedName($0.name), holder: name) }
    case .composite(let attributes):
      return [whole] + attributes.map { CatalogPart(kind: .attribute, name: QualifiedName($0.name), holder: name) }
    case .enumeration, .other: return [whole]
    }
  }
}

// MARK: - On the server

extension CatalogPart {
  /// The parts as ``description`` writes them. Names are words here, so that none needs quotes.
  static let query = """
    WITH own AS (
      SELECT oid, nspname, CASE nspname WHEN 'public' THEN '' ELSE nspname || '.' END AS prefix FROM pg_namespace
      WHERE nspname !~ '^(pg_|information_schema)'
    ), relation AS (SELECT c.*, prefix || relname AS name FROM pg_class c JOIN own ON own.oid = relnamespace
    ), type AS (SELECT t.*, prefix || typname AS name FROM pg_type t JOIN own ON own.oid = typnamespace)
    SELECT 'schema ' || nspname FROM own
    UNION SELECT CASE WHEN relkind IN ('v', 'm') THEN 'view ' WHEN relkind = 'S' THEN 'sequence '
      WHEN relkind IN ('i', 'I') THEN 'index ' WHEN relkind = 'c' THEN 'type ' ELSE 'table ' END || name FROM relation
    UNION SELECT CASE relkind WHEN 'c' THEN 'attribute ' ELSE 'column ' END || attname || ' of ' || name
      FROM pg_attribute JOIN relation ON relation.oid = attrelid
      WHERE relkind IN ('r', 'p', 'f', 'c') AND attnum > 0 AND NOT attisdropped
    UNION SELECT 'default ' || attname || ' of ' || name
      FROM pg_attribute a JOIN relation ON relation.oid = attrelid JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
      WHERE relkind IN ('r', 'p', 'f') AND attgenerated = ''
    UNION SELECT 'constraint ' || conname || ' of ' || name FROM pg_constraint c JOIN relation ON relation.oid = conrelid
      WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND NOT EXISTS (
        -- One that points to a partition is part of the one that points to the partitioned table.
        SELECT FROM pg_constraint p WHERE p.oid = c.conparentid AND p.conrelid = c.conrelid
      )
    UNION SELECT 'check ' || conname || ' of ' || name FROM pg_constraint JOIN type ON type.oid = contypid
      WHERE contype = 'c'
    UNION SELECT 'trigger ' || tgname || ' of ' || name FROM pg_trigger JOIN relation ON relation.oid = tgrelid
      WHERE NOT tgisinternal
    UNION SELECT 'policy ' || polname || ' of ' || name FROM pg_policy JOIN relation ON relation.oid = polrelid
    UNION SELECT 'rule ' || rulename || ' of ' || name FROM pg_rewrite JOIN relation ON relation.oid = ev_class
      WHERE rulename <> '_RETURN'
    UNION SELECT 'statistics ' || prefix || stxname FROM pg_statistic_ext JOIN own ON own.oid = stxnamespace
    UNION SELECT 'type ' || name FROM type WHERE typtype IN ('e', 'd', 'r')
    UNION SELECT 'function ' || prefix || proname || '/' || pronargs FROM pg_proc p JOIN own ON own.oid = pronamespace
      WHERE prokind IN ('f', 'p') AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = p.oid AND deptype = 'i')
    """
}
