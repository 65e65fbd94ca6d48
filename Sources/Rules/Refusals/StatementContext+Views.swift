import Catalog
import Execution
import Linting
import Syntax

extension StatementContext {
  /// The statement between the DROP of the views that are in its way and their CREATE; `nil` where that is not all that
  /// it takes, or not all that makes it safe.
  func detour(around error: SQLError) -> Finding.Fix? {
    guard !isNested, let views = viewsInTheWay(of: error), let sql = sqlWithout(views) else { return nil }
    let names = views.reversed().map { "view \($0.name.displayName)" }.sentenceList
    let privileges = "give \(views.count == 1 ? "it its" : "them their") privileges again"
    return Finding.Fix(
      "drop \(names) first, create \(views.count == 1 ? "it" : "them") again behind it, and \(privileges)",
      migrations: [sql]
    )
  }

  /// More are not told of in a fix.
  private static var maximumViews: Int { 10 }

  /// The views that the refusal names and those that read them, each behind those that it reads; `nil` where something
  /// else is in the way too, or would be lost with a view.
  private func viewsInTheWay(of error: SQLError) -> [View]? {
    guard !error.dependents.isEmpty, error.dependents.count <= Self.maximumViews else { return nil }
    var catalog = before.catalog
    catalog.refreshDependencies()
    var left: [QualifiedName: View] = [:]
    for dependent in error.dependents {
      guard case .view(let name) = dependent, let view = catalog.views[name] else { return nil }
      left[name] = view
      for reader in catalog.views(reading: nil, of: name) { left[reader.name] = reader }
      guard left.count <= Self.maximumViews else { return nil }
    }
    guard left.values.allSatisfy(\.isQueryAlone) else { return nil }
    var ordered: [View] = []
    while let next = left.values.filter({ !$0.relations.contains { left[$0] != nil } }).min(by: { $0.name < $1.name }) {
      ordered.append(next)
      left[next.name] = nil
    }
    return left.isEmpty ? ordered : nil
  }

  /// Runs it, so that no advice is given which PostgreSQL refuses, or which takes long.
  private func sqlWithout(_ views: [View]) -> String? {
    var database = before
    var sql: [String] = []
    func runs(_ kind: Statement.Kind) -> StatementEffects? {
      let result = database.execute(kind, version: policy.targetVersion)
      return result.refusal == nil ? result.effects : nil
    }
    for view in views.reversed() {
      let drop = Drop(
        objectKind: .view,
        objects: [ObjectReference(name: view.name)],
        ifExists: false,
        cascade: false,
        isConcurrent: false
      )
      guard runs(.drop(drop)) != nil else { return nil }
      sql.append("DROP VIEW \(view.name.displayName);")
    }
    guard let effects = runs(statement.kind), effects.visibleToOthers.allSatisfy(\.work.isEmpty),
      effects.losses.isEmpty
    else { return nil }
    sql.append("\(source[statement.range]);")
    for view in views {
      guard runs(.createView(view.definition)) != nil, let made = database.catalog.views[view.name],
        made.columnNames == view.columnNames, let text = view.sql
      else { return nil }
      sql.append(text)
    }
    return sql.joined(separator: "\n")
  }
}

extension View {
  /// Whether CREATE VIEW makes all of it again.
  fileprivate var isQueryAlone: Bool {
    !isMaterialized && triggers.isEmpty && rules.isEmpty && defaults.isEmpty && comment == nil && options.isEmpty
      && checkOption == .none
  }

  fileprivate var definition: CreateView {
    CreateView(
      relation: RelationReference(name),
      columnNames: definedColumnNames,
      query: query,
      replaces: false,
      options: [],
      checkOption: .none
    )
  }

  /// `nil` where a part of the query cannot be written.
  fileprivate var sql: String? {
    var deparser = Deparser()
    let columns = definedColumnNames.isEmpty ? "" : " (\(deparser.names(definedColumnNames)))"
    let text = deparser.text(query)
    return deparser.unprintable.isEmpty ? "CREATE VIEW \(name.displayName)\(columns) AS\n\(text);" : nil
  }
}
