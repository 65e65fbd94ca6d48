import Catalog
import Execution
import Linting
import Syntax

/// Why PostgreSQL refuses a statement, and what to do about it.
extension StatementContext {
  // MARK: - Why

  /// The lines of the history to which a refusal goes back; empty where they are not known.
  func causes(of error: SQLError) -> String {
    if !error.dependents.isEmpty { return ": \(holders(in: error))" }
    guard let place, let object = error.object else { return "" }
    let traced = TracedObject(object, in: before)
    let event: HistoryEvent? =
      switch error.state {
      case let state where state.isAboutMissingObject: place.remover(of: traced)
      case let state where state.isAboutDuplicate: place.maker(of: traced)
      case .wrongObjectType: place.maker(of: traced)
      default: nil
      }
    return event.map { ": \($0.place(seenFrom: path)) \($0.verb)" } ?? ""
  }

  /// `view ids (line 1 of 000002_ids.up.sql) needs it`
  private func holders(in error: SQLError) -> String {
    let most = 3
    var names = error.dependents.prefix(most).map { holder in
      let maker = place?.maker(of: TracedObject(holder)).map { " (\($0.place(seenFrom: path)))" }
      return holder.description + (maker ?? "")
    }
    if error.dependents.count > most { names.append("\(error.dependents.count - most) more") }
    return "\(names.sentenceList) \(names.count == 1 ? "needs" : "need") it"
  }

  /// The file that the statement is in.
  private var path: String { source.file(of: statement.range).source.path }

  // MARK: - What to do

  /// What to do before the migration runs; `nil` where nobody knows.
  func advice(on error: SQLError) -> String? {
    switch error.state {
    case let state where state.isAboutDuplicate:
      return "leave it out, choose another name, or drop the old one in an earlier migration"
    case let state where state.isAboutMissingObject: return wayToMissing(error)
    case .dependentObjectsStillExist, .featureNotSupported:
      let names = withReaders(error.dependents).map(\.description)
      guard !names.isEmpty else { return nil }
      let all = names.count > 5 ? names.prefix(5) + ["\(names.count - 5) more"] : names[...]
      return "drop \(Array(all).sentenceList) first, and recreate what is still needed"
    case .cannotCoerce, .datatypeMismatch: return wayToConvert
    case .invalidForeignKey:
      return "give the referenced columns a primary key or a unique constraint in an earlier migration"
    case .unsafeNewEnumValueUsage:
      return "use the value in a migration behind the one that adds it, so that it is committed by then"
    default: return nil
    }
  }

  /// What is in the way, behind the views that read the views among it.
  private func withReaders(_ dependents: [ObjectAddress]) -> [ObjectAddress] {
    var catalog = before.catalog
    catalog.refreshDependencies()
    var readers: [ObjectAddress] = []
    for case .view(let name) in dependents.prefix(5) {
      for reader in catalog.views(reading: nil, of: name).prefix(10).map({ ObjectAddress.view($0.name) })
      where !dependents.contains(reader) && !readers.contains(reader) {
        readers.append(reader)
      }
    }
    return readers + dependents
  }

  /// What is missing is made later, or has a name that is much like the given one.
  func wayToMissing(_ error: SQLError) -> String? {
    if let place, let object = error.object, let later = place.laterMaker(of: TracedObject(object, in: before)) {
      return "\(later.place(seenFrom: path)) \(later.verb), but only later: put this statement behind it"
    }
    let near = before.names(near: error)
    return near.isEmpty ? nil : "did you mean \(NearestName.alternatives(near.map(\.quotedIdentifier)))?"
  }

  private var wayToConvert: String? {
    if let (column, type) = firstPlainTypeChange {
      let cast = "\(column.quotedIdentifier)::\(type.sql)"
      let how = "say how the values are converted, such as USING \(cast)"
      return hasDefault(column) ? how + ", and drop the default first, to set it again behind it" : how
    }
    return hasForeignKey ? "give the column the type of the one that it references" : nil
  }

  private func hasDefault(_ column: String) -> Bool {
    guard case .alterTable(let alter) = statement.kind else { return false }
    return before.table(alter.relation.name)?.column(column)?.defaultValue != nil
  }

  /// The first change of a type that does not say how.
  private var firstPlainTypeChange: (column: String, type: TypeName)? {
    guard case .alterTable(let alter) = statement.kind else { return nil }
    for action in alter.actions {
      guard case .setType(let column, let definition, nil) = action.kind, let type = definition.type else { continue }
      return (column, type)
    }
    return nil
  }

  private var hasForeignKey: Bool {
    let constraints: [Constraint] =
      switch statement.kind {
      case .createTable(let table): table.constraints
      case .alterTable(let alter): alter.actions.flatMap(\.kind.constraints)
      default: []
      }
    return constraints.contains { if case .foreignKey = $0.kind { true } else { false } }
  }
}

extension CreateTable {
  fileprivate var constraints: [Constraint] {
    elements.flatMap { element -> [Constraint] in
      switch element {
      case .column(let column): return column.constraints
      case .constraint(let constraint): return [constraint]
      case .like: return []
      }
    }
  }
}

extension AlterTable.ActionKind {
  fileprivate var constraints: [Constraint] {
    switch self {
    case .addColumn(let column, _): column.constraints
    case .addConstraint(let constraint): [constraint]
    default: []
    }
  }
}
