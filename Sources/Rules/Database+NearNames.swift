import Catalog
import Syntax

extension Database {
  /// The names that the missing one of an error may be a slip of, best first.
  func names(near error: SQLError) -> [String] {
    guard let object = error.object else { return [] }
    return NearestName.candidates(for: object.name.name, among: names(likeThatOf: object))
  }

  /// The names of objects of that kind, in the schema or relation in which it was looked for.
  private func names(likeThatOf object: SQLError.Object) -> [String] {
    func own(_ names: some Sequence<QualifiedName>) -> [String] {
      names.filter { $0.schema == object.name.schema || object.name.schema == nil }.map(\.name)
    }
    let table = object.owner.flatMap { self.table($0) }
    return switch object.kind {
    case .column, .attribute: table?.columns.map(\.name) ?? object.owner.flatMap { view($0) }?.columnNames ?? []
    case .constraint: table?.constraints.map(\.name) ?? []
    case .trigger: table?.triggers.map(\.name) ?? []
    case .policy: table?.policies.map(\.name) ?? []
    case .table, .foreignTable, .view, .materializedView:
      own(catalog.tables.keys) + own(catalog.views.keys)
    case .index: own(catalog.indexes.keys)
    case .sequence: own(catalog.sequences.keys)
    case .type, .domain: own(catalog.types.keys)
    case .function, .procedure, .routine, .aggregate: own(catalog.functions.keys)
    case .schema: Array(catalog.schemas)
    default: []
    }
  }
}
