import HashTreeCollections
import Syntax

/// What a publication sends to its subscribers.
package struct Publication: Hashable, Sendable {
  package fileprivate(set) var tables: TreeSet<QualifiedName> = []
  /// Of the tables those of which it sends some columns.
  package fileprivate(set) var tablesByColumn: TreeSet<QualifiedName> = []
  package fileprivate(set) var schemas: TreeSet<String> = []
  package var isForAllTables = false
  package var sendsUpdates = true
  package var sendsDeletes = true
  /// Whether changes of partitions are sent as those of the partitioned table.
  package var sendsRoots = false

  package init() {}
}

extension Catalog {
  /// Publications of the history that send the changes of a table. More than anyone has of them are not asked.
  package func publications(of table: QualifiedName) -> [Publication] {
    let ancestors = ancestors(of: table)
    return publications.values.prefix(Self.manyPublications).filter { publication in
      publication.isForAllTables
        || ([table] + ancestors).contains { name in
          publication.tables.contains(name) || name.schema.map { publication.schemas.contains($0) } == true
        }
    }
  }

  private static let manyPublications = 100

  package mutating func publish(_ table: QualifiedName, in publication: String, byColumn: Bool) {
    publications[publication]?.tables.insert(table)
    if byColumn { publications[publication]?.tablesByColumn.insert(table) }
    publishedIn[.table(table), default: []].insert(publication)
  }

  package mutating func publish(schema: String, in publication: String) {
    publications[publication]?.schemas.insert(schema)
    publishedIn[.schema(schema), default: []].insert(publication)
  }

  package mutating func unpublish(_ object: ObjectAddress, from publication: String) {
    switch object {
    case .table(let table):
      publications[publication]?.tables.remove(table)
      publications[publication]?.tablesByColumn.remove(table)
    case .schema(let schema): publications[publication]?.schemas.remove(schema)
    default: break
    }
    publishedIn[object]?.remove(publication)
    if publishedIn[object]?.isEmpty == true { publishedIn[object] = nil }
  }

  /// Takes all tables and schemas out of a publication.
  package mutating func emptyPublication(_ name: String) {
    guard let publication = publications[name] else { return }
    for table in publication.tables { unpublish(.table(table), from: name) }
    for schema in publication.schemas { unpublish(.schema(schema), from: name) }
  }

  package mutating func removePublication(_ name: String) -> Bool {
    emptyPublication(name)
    return publications.removeValue(forKey: name) != nil
  }

  package mutating func renamePublication(_ old: String, to new: String) {
    guard let publication = publications[old] else { return }
    _ = removePublication(old)
    var renamed = publication
    (renamed.tables, renamed.tablesByColumn, renamed.schemas) = ([], [], [])
    publications[new] = renamed
    for table in publication.tables {
      publish(table, in: new, byColumn: publication.tablesByColumn.contains(table))
    }
    for schema in publication.schemas { publish(schema: schema, in: new) }
  }

  /// The table or the schema is gone, or has another name from now on.
  package mutating func unpublish(_ object: ObjectAddress, nowNamed new: ObjectAddress? = nil) {
    if publishedIn.isEmpty { return }
    for name in publishedIn[object] ?? [] {
      switch (object, new) {
      case (.table(let old), .table(let table)?):
        publish(table, in: name, byColumn: publications[name]?.tablesByColumn.contains(old) == true)
      case (.schema, .schema(let schema)?): publish(schema: schema, in: name)
      default: break
      }
      unpublish(object, from: name)
    }
  }
}
