import Syntax

extension SchemaWriter {
  // MARK: - Types

  package mutating func write(_ type: UserType) {
    switch type.form {
    case .enumeration(let values):
      add("CREATE TYPE \(type.name) AS ENUM (\(values.map(\.quotedLiteral).joined(separator: ", ")))")
    case .composite(let attributes):
      let list = attributes.map { attribute in
        let collation = attribute.collation.map { " COLLATE \($0)" } ?? ""
        let type = attribute.type.map { deparser.text($0) } ?? "text"
        return "\(attribute.name.quotedIdentifier) \(type)\(collation)"
      }
      add("CREATE TYPE \(type.name) AS (\(list.joined(separator: ", ")))")
    case .domain(let domain): write(domain, named: type.name)
    case .other(let definition): write(definition, named: type.name)
    }
  }

  private mutating func write(_ domain: Domain, named name: QualifiedName) {
    var sql = "CREATE DOMAIN \(name) AS \(deparser.text(domain.type))"
    if let collation = domain.collation { sql += " COLLATE \(collation)" }
    if let value = domain.defaultValue { sql += " DEFAULT \(deparser.text(default: value))" }
    if domain.isNotNull { sql += " NOT NULL" }
    for check in domain.checks where check.isValidated {
      sql += " CONSTRAINT \(check.name.quotedIdentifier) CHECK (\(deparser.text(check.condition)))"
    }
    add(sql)
    for check in domain.checks where !check.isValidated {
      let constraint = "\(check.name.quotedIdentifier) CHECK (\(deparser.text(check.condition)))"
      add("ALTER DOMAIN \(name) ADD CONSTRAINT \(constraint) NOT VALID")
    }
  }

  /// Range and base types.
  private mutating func write(_ definition: ObjectDefinition?, named name: QualifiedName) {
    guard let definition, !definition.options.isEmpty else {
      add("CREATE TYPE \(name)")
      return
    }
    let isRange = definition.options.contains { $0.name == "subtype" }
    let options = definition.options.map { "\($0.name) = \($0.value ?? "")" }.joined(separator: ", ")
    add("CREATE TYPE \(name)\(isRange ? " AS RANGE" : "") (\(options))")
  }

  // MARK: - Sequences, functions, views

  package mutating func write(_ sequence: SequenceGenerator) {
    // An identity column makes its own.
    guard !sequence.isIdentity else { return }
    let kind = sequence.persistence == .unlogged ? "UNLOGGED SEQUENCE" : "SEQUENCE"
    let type = sequence.type.map { " AS \(deparser.text($0))" } ?? ""
    let options = deparser.sequenceOptions(sequence.options)
    add("CREATE \(kind) \(sequence.name)\(type)\(options.isEmpty ? "" : " \(options)")")
  }

  package mutating func write(_ function: Function, named name: QualifiedName) {
    let definition = function.definition
    let parameters = definition.parameters.filter { $0.mode != .table }.map { text($0) }
    var sql =
      "CREATE \(definition.isProcedure ? "PROCEDURE" : "FUNCTION") \(name)(\(parameters.joined(separator: ", ")))"
    let columns = definition.parameters.filter { $0.mode == .table }
    if !columns.isEmpty {
      let list = columns.map { "\(($0.name ?? "").quotedIdentifier) \(deparser.text($0.type))" }
      sql += " RETURNS TABLE (\(list.joined(separator: ", ")))"
    } else if let returns = definition.returns {
      sql += " RETURNS \(deparser.text(returns))"
    }
    if let language = definition.language { sql += "\n  LANGUAGE \(language.quotedIdentifier)" }
    if function.volatility != .volatile { sql += " \(function.volatility == .stable ? "STABLE" : "IMMUTABLE")" }
    if definition.isSecurityDefiner { sql += " SECURITY DEFINER" }
    for attribute in definition.attributes { sql += text(attribute) }
    for setting in definition.settings { sql += " " + text(setting) }
    add(sql + body(of: definition))
  }

  private mutating func text(_ parameter: CreateFunction.Parameter) -> String {
    let mode =
      switch parameter.mode {
      case .in, .table: ""
      case .out: "OUT "
      case .inOut: "INOUT "
      case .variadic: "VARIADIC "
      }
    let name = parameter.name.map { "\($0.quotedIdentifier) " } ?? ""
    let value = parameter.defaultValue.map { " DEFAULT \(deparser.text($0))" } ?? ""
    return mode + name + deparser.text(parameter.type) + value
  }

  private func text(_ attribute: Option) -> String {
    switch attribute.name {
    case "strict": attribute.value == "false" ? "" : " STRICT"
    case "leakproof": attribute.value == "false" ? "" : " LEAKPROOF"
    case "window": " WINDOW"
    case "parallel": " PARALLEL \((attribute.value ?? "unsafe").uppercased())"
    case "cost", "rows", "support": " \(attribute.name.uppercased()) \(attribute.value ?? "")"
    default: ""
    }
  }

  private func text(_ setting: SetParameter) -> String {
    let name = (setting.name ?? "").split(separator: ".").map { String($0).quotedIdentifier }.joined(separator: ".")
    guard let values = setting.values else { return "SET \(name) FROM CURRENT" }
    return "SET \(name) TO \(values.map(\.quotedLiteral).joined(separator: ", "))"
  }

  private mutating func body(of definition: CreateFunction) -> String {
    switch definition.sqlBody {
    case .value(let expression)?: return "\nRETURN \(deparser.text(expression))"
    case .atomic(let statements)?:
      let lines = statements.map { statement -> String in
        switch statement {
        case .query(let query): "  \(deparser.text(query));\n"
        case .dataChange(let change): "  \(deparser.text(change));\n"
        default: "  /* not written */;\n"
        }
      }
      return "\nBEGIN ATOMIC\n\(lines.joined())END"
    case nil:
      let link = definition.linkSymbol.map { ", \($0.quotedLiteral)" } ?? ""
      return "\nAS \((definition.body ?? "").dollarQuoted)\(link)"
    }
  }

  package mutating func write(_ view: View) {
    let columns = view.definedColumnNames.isEmpty ? "" : " (\(deparser.names(view.definedColumnNames)))"
    let options = view.options.isEmpty ? "" : " WITH\(deparser.parenthesized(options: view.options))"
    let query = deparser.text(view.query)
    let suffix: String
    if view.isMaterialized {
      suffix = view.hasData ? "" : "\nWITH NO DATA"
    } else {
      switch view.checkOption {
      case .none: suffix = ""
      case .local: suffix = "\nWITH LOCAL CHECK OPTION"
      case .cascaded: suffix = "\nWITH CASCADED CHECK OPTION"
      }
    }
    add(
      "CREATE \(view.isMaterialized ? "MATERIALIZED " : "")VIEW \(view.name)\(columns)\(options) AS\n\(query)\(suffix)"
    )
    for (column, value) in view.defaults.sorted(by: { $0.key < $1.key }) {
      add(
        "ALTER VIEW \(view.name) ALTER COLUMN \(column.quotedIdentifier) SET DEFAULT \(deparser.text(default: value))"
      )
    }
  }

  // MARK: - Others

  /// An object of which the tree holds little: as the history wrote it.
  package mutating func write(_ object: OtherObject) {
    guard let text = object.definition.text else {
      comment("\(object.definition.commandTag) \(object.name): not written")
      return
    }
    let path = object.searchPath.map(\.quotedIdentifier).joined(separator: ", ")
    if object.searchPath != ["public"] { add("SET search_path TO \(path)") }
    add(text.trimmingLines)
    if object.searchPath != ["public"] { add("RESET search_path") }
    for change in object.changes { add(change) }
  }

  package mutating func write(_ statistics: Statistics) {
    let kinds = statistics.definition.kinds.isEmpty ? "" : " (\(statistics.definition.kinds.joined(separator: ", ")))"
    let elements = deparser.list(statistics.definition.elements)
    add("CREATE STATISTICS \(statistics.name)\(kinds) ON \(elements) FROM \(statistics.table)")
    if let target = statistics.target { add("ALTER STATISTICS \(statistics.name) SET STATISTICS \(target)") }
  }
}

extension String {
  /// In dollar quotes whose tag does not occur in it.
  fileprivate var dollarQuoted: String {
    var tag = "$$"
    var number = 0
    while contains(tag) || hasSuffix("$") && tag == "$$" {
      number += 1
      tag = "$body\(number)$"
    }
    return tag + self + tag
  }

  fileprivate var trimmingLines: String {
    let start = drop(while: \.isWhitespace)
    return String(start.reversed().drop { $0.isWhitespace || $0 == ";" }.reversed())
  }
}
