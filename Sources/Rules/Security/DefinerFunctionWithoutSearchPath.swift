import Catalog
import Execution
import Linting
import Syntax

struct DefinerFunctionWithoutSearchPath: MigrationRule {
  let id = "definer-function-without-search-path"
  let summary = "The caller of a SECURITY DEFINER function decides which objects its names mean."
  let risk = Risk.high
  let explanation = """
    A function with SECURITY DEFINER runs with its owner's rights, but looks names up in the search_path of whoever calls it. \
    A caller puts a schema of their own in front, with a function or a table of the name that the body uses, or with a \
    temporary table, which is always found first: their code then runs with the owner's rights.

    SET search_path on the function makes names mean what they meant to its author; pg_temp must stand last. A body of SQL \
    (BEGIN ATOMIC) is looked up when the function is made, and needs none.
    """
  let alternative = """
    CREATE FUNCTION count_users() RETURNS bigint LANGUAGE sql SECURITY DEFINER
      SET search_path = public, pg_temp
      AS 'SELECT count(*) FROM users';
    """
  let reference = "https://www.postgresql.org/docs/current/sql-createfunction.html#SQL-CREATEFUNCTION-SECURITY"
  private static let function = "CREATE FUNCTION one() RETURNS integer LANGUAGE sql SECURITY DEFINER AS 'SELECT 1'"
  let examples: [RuleExample] = [
    .bad("as it is made", "\(function);"),
    .bad(
      "as it becomes one",
      history: ["CREATE FUNCTION one() RETURNS integer LANGUAGE sql AS 'SELECT 1';"],
      "ALTER FUNCTION one() SECURITY DEFINER;"
    ),
    .good("with a path of its own", "\(function) SET search_path = public, pg_temp;"),
    .good("which it gets later", "\(function);\nALTER FUNCTION one() SET search_path = public, pg_temp;"),
    .good(
      "whose names are looked up when it is made",
      "CREATE FUNCTION one() RETURNS integer SECURITY DEFINER BEGIN ATOMIC SELECT 1; END;"
    ),
  ]

  func check(_ context: MigrationContext) -> [Finding] {
    var known: Set<QualifiedName> = []
    return context.statements.enumerated().compactMap { index, statement in
      guard statement.refusal?.isCertain != true, let made = statement.statement.kind.definerFunction else {
        return nil
      }
      let name = context.end.qualifiedFunction(made.name)
      guard let overloads = context.end.catalog.functions[name], overloads.count <= Self.mostOverloads else {
        return nil
      }
      let isOpen = overloads.contains { function in
        function.definition.followsItsCaller && (made.types == nil || made.types == function.inputTypes)
      }
      guard isOpen, known.insert(name).inserted else { return nil }
      return context.finding(self, .following(made.name), at: index, fix: fix(statement.statement, in: context))
    }
  }

  /// The statement with the clause; of a long one, the clause alone.
  private func fix(_ statement: Statement, in context: MigrationContext) -> Finding.Fix {
    let path = context.end.session.searchPath.filter { $0 != "pg_temp" } + ["pg_temp"]
    let clause = "SET search_path = " + path.map(\.quotedIdentifier).joined(separator: ", ")
    let text = context.source[statement.range]
    let isShort = text.utf8.count <= Self.longestText
    return Finding.Fix("add \(clause) to the function", migrations: isShort ? ["\(text)\n  \(clause);"] : [])
  }

  private static let longestText = 600
  /// Each statement is held against all overloads of its name.
  private static let mostOverloads = 100
}

extension Statement.Kind {
  /// The function that it makes one with SECURITY DEFINER, with its types where the text tells them.
  fileprivate var definerFunction: (name: QualifiedName, types: [TypeName]?)? {
    switch self {
    case .createFunction(let function) where function.isSecurityDefiner:
      (function.name, function.parameters.filter { $0.mode != .out && $0.mode != .table }.map(\.type))
    case .alterFunction(let alter) where alter.options.contains { $0.name == "security" && $0.value == "true" }:
      (alter.function.name, alter.function.arguments)
    default: nil
    }
  }
}

extension CreateFunction {
  /// Whether its body is text that is looked up by the path of whoever calls it, with other rights.
  fileprivate var followsItsCaller: Bool {
    isSecurityDefiner && sqlBody == nil && ["sql", "plpgsql"].contains(language?.lowercased())
      && !settings.contains { $0.name?.lowercased() == "search_path" }
  }
}

extension Finding.Message {
  fileprivate static func following(_ function: QualifiedName) -> Self {
    """
    \(function.displayName) runs with its owner's rights and the caller's search_path: whoever may call it can put their own \
    code in place of what it names
    """
  }
}
