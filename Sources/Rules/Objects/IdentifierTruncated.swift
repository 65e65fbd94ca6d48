import Catalog
import Execution
import Linting
import Syntax

struct IdentifierTruncated: StatementRule {
  let id = "identifier-truncated"
  let alsoKnownAs = ["squawk: identifier-too-long"]
  let summary = "PostgreSQL cuts a name of more than 63 bytes, and only a notice says so."
  let risk = Risk.medium
  let explanation = """
    The object gets the first 63 bytes of the name. SQL that writes the long name still finds it, as it is cut in the same \
    way; code that looks the name up in the catalog, or in the text of an error, does not. Two long names that begin alike \
    become one, and the second CREATE fails, or IF NOT EXISTS silently makes nothing.
    """
  let alternative = "CREATE INDEX CONCURRENTLY invoice_lines_cost_center_idx ON invoice_lines (cost_center);"
  let reference = "https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS"
  private static let name = "the_average_number_of_messages_that_a_member_of_the_community_wrote"
  let examples: [RuleExample] = [
    .bad("of a table", "CREATE TABLE \(name) (id bigint);"),
    .bad(
      "of a column, in quotation marks",
      history: ["CREATE TABLE users (id bigint);"],
      "ALTER TABLE users ADD COLUMN \"\(name.uppercased())\" bigint;"
    ),
    .good("of 63 bytes", "CREATE TABLE \(name.prefix(63)) (id bigint);"),
    .good(
      "one that is only mentioned",
      history: ["CREATE TABLE \(name.prefix(63)) (id bigint);"],
      "SELECT id FROM \(name);"
    ),
  ]

  func check(_ context: StatementContext) -> [Finding] {
    let cut = context.statement.kind.newNames.filter { $0.utf8.count > GeneratedName.maximumLength - 4 }
    if cut.isEmpty { return [] }
    let long = longNames(in: context)
    let found = cut.compactMap { name -> (long: String, name: String, range: Range<Int>)? in
      long.first { $0.name != name && $0.name.utf8.starts(with: name.utf8) }.map { ($0.name, name, $0.range) }
    }
    guard let first = found.first else { return [] }
    return [
      context.finding(
        self,
        .cutting(found.map(\.long), first.name),
        at: first.range,
        fix: Finding.Fix("choose a name of at most \(GeneratedName.maximumLength) bytes")
      )
    ]
  }

  /// The names in the statement's text that PostgreSQL cuts, as it reads them.
  private func longNames(in context: StatementContext) -> [(name: String, range: Range<Int>)] {
    var lexer = Lexer(context.source.utf8, in: context.statement.range)
    var names: [(String, Range<Int>)] = []
    while let token = lexer.nextSignificant() {
      guard token.range.count > GeneratedName.maximumLength, [.word, .quotedIdentifier].contains(token.kind) else {
        continue
      }
      let text = context.source[token.range]
      let name =
        token.kind == .word
        ? text.lowercased() : String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
      if name.utf8.count > GeneratedName.maximumLength { names.append((name, token.range)) }
    }
    return names
  }
}

extension Statement.Kind {
  /// The names that it gives.
  fileprivate var newNames: [String] {
    switch self {
    case .createTable(let table): [table.relation.name.name] + table.elements.flatMap(\.newNames)
    case .createTableAs(let table): [table.relation.name.name] + table.columnNames
    case .createView(let view): [view.relation.name.name] + view.columnNames
    case .createIndex(let index): [index.name].compactMap(\.self)
    case .createSequence(let sequence): [sequence.relation.name.name]
    case .createTrigger(let trigger): [trigger.name]
    case .createPolicy(let policy): [policy.name]
    case .createRule(let rule): [rule.name]
    case .createFunction(let function): [function.name.name]
    case .createEnum(let type): [type.name.name]
    case .createDomain(let domain): [domain.name.name]
    case .createCompositeType(let type): [type.name.name]
    case .rename(let rename): [rename.newName]
    case .alterTable(let alter):
      alter.actions.flatMap { action -> [String] in
        switch action.kind {
        case .addColumn(let column, _): column.newNames
        case .addConstraint(let constraint): [constraint.name].compactMap(\.self)
        default: []
        }
      }
    default: []
    }
  }
}

extension CreateTable.Element {
  fileprivate var newNames: [String] {
    switch self {
    case .column(let column): column.newNames
    case .constraint(let constraint): [constraint.name].compactMap(\.self)
    case .like: []
    }
  }
}

extension ColumnDefinition {
  fileprivate var newNames: [String] { [name] + constraints.compactMap(\.name) }
}

extension Finding.Message {
  fileprivate static func cutting(_ names: [String], _ cut: String) -> Self {
    guard names.count == 1, let name = names.first else {
      return
        "\(names.count) names are longer than 63 bytes, and PostgreSQL cuts them; the first becomes \(cut.quotedIdentifier)"
    }
    return "\(name.quotedIdentifier) is longer than 63 bytes, and PostgreSQL cuts it to \(cut.quotedIdentifier)"
  }
}
