import Syntax

extension Database {
  /// A column as `information_schema.columns` and `pg_attribute` show it.
  ///
  /// Source: the view in `information_schema.sql`.
  func row(of column: Column) -> CatalogRow {
    var row = CatalogRow(values: ["column_name": .text(column.name), "attname": .text(column.name)])
    // Whoever only changed a column has not said what else it is.
    guard let type = column.type else {
      row.filled = Self.columnsAboutType
      return row
    }
    row.values["attnotnull"] = .boolean(column.isNotNull)
    row.values["is_nullable"] = .text(column.isNotNull ? "NO" : "YES")
    row.values["is_identity"] = .text(column.identity == nil ? "NO" : "YES")
    row.values["identity_generation"] =
      switch column.identity {
      case .always: .text("ALWAYS")
      case .byDefault: .text("BY DEFAULT")
      case nil: .null
      }
    row.values["is_generated"] = .text(column.generated == nil ? "NEVER" : "ALWAYS")
    row.values["atthasdef"] = .boolean(column.defaultValue != nil || column.generated != nil)
    if column.defaultValue == nil {
      row.values["column_default"] = .null
    } else {
      row.filled.insert("column_default")
    }
    let base = base(of: type)
    if let dataType = dataType(of: base) {
      row.values["data_type"] = .text(dataType)
      row.values["udt_name"] = .text((base.arrayDimensions > 0 ? "_" : "") + base.name.name)
      row.values["character_maximum_length"] = base.maximumLength
    } else {
      row.filled.formUnion(["data_type", "udt_name"])
    }
    // PostgreSQL fills them according to the type.
    row.filled.formUnion(Self.columnsAboutType.subtracting(row.values.keys))
    return row
  }

  private static let columnsAboutType: Set<String> = [
    "data_type", "udt_name", "udt_schema", "is_nullable", "attnotnull", "atthasdef", "is_identity", "is_generated",
    "atttypid", "atttypmod", "attnum", "ordinal_position", "attidentity", "attgenerated", "is_updatable",
    "character_maximum_length", "character_octet_length", "numeric_precision", "numeric_scale", "datetime_precision",
    "column_default", "identity_generation", "domain_name", "collation_name", "generation_expression",
  ]

  /// `nil` where the history does not tell: a type that it did not make may be a domain, unless extensions bring theirs.
  private func dataType(of type: TypeName) -> String? {
    if type.arrayDimensions > 0 { return "ARRAY" }
    switch catalog.types[qualifiedType(type.name)]?.form {
    case .enumeration, .composite, .other: return "USER-DEFINED"
    case .domain: return nil
    case nil where type.isBuiltIn: return TypeName(type.name).sql
    case nil: return catalog.extensions.isEmpty ? nil : "USER-DEFINED"
    }
  }
}

extension TypeName {
  /// As `information_schema._pg_char_max_length` gives it; `nil` where it cannot be read off.
  fileprivate var maximumLength: Value? {
    guard arrayDimensions == 0, ["varchar", "bpchar", "bit", "varbit"].contains(name.name) else { return .null }
    guard let modifier = modifiers.first else { return name.name == "varchar" || name.name == "varbit" ? .null : nil }
    if case .constant(.integer(let length)) = modifier { return .integer(length) }
    return nil
  }
}
