import HashTreeCollections
import Syntax

/// What of a catalog few statements change. It is kept apart, so that a copy of the catalog is little to copy.
struct RareParts: Sendable {
  var schemaComments: TreeDictionary<String, String> = [:]
  var extensions: TreeDictionary<String, Extension> = [:]
  var roles: TreeSet<String> = []
  var others: TreeDictionary<OtherObject.Key, PartList<OtherObject>> = [:]
  var otherUsers: TreeDictionary<ObjectAddress, TreeSet<OtherObject.Identity>> = [:]
  var typeUsers: TreeDictionary<ObjectAddress, TreeSet<QualifiedName>> = [:]
  var foreignTables: TreeDictionary<ObjectAddress, TreeSet<QualifiedName>> = [:]
  var otherCount = 0
  var publications: TreeDictionary<String, Publication> = [:]
  var publishedIn: TreeDictionary<ObjectAddress, TreeSet<String>> = [:]
  var roleUses = RoleUses()
  var privileges = GivenPrivileges()
  var goneObjects: TreeSet<ObjectAddress> = []
  /// Names of which it is not known what they name now: a statement about them may have failed, and the script went on.
  var uncertainNames: TreeSet<String> = []
  /// Schemas that the history uses, and does not make.
  var foreignSchemas: TreeSet<String> = []
  var owners: TreeDictionary<QualifiedName, String> = [:]
  var rolesInUse: TreeSet<String> = []
  /// Relations that statements needed and the history has not made.
  var missingRelations: TreeSet<QualifiedName> = []
  var newEnums: Set<QualifiedName> = []
  var newEnumValues: [QualifiedName: Set<String>] = [:]
  var sizes = TableSizes()
}

extension Catalog {
  package var schemaComments: TreeDictionary<String, String> {
    get { rare.object.schemaComments }
    _modify { yield &rare.object.schemaComments }
  }

  package var extensions: TreeDictionary<String, Extension> {
    get { rare.object.extensions }
    _modify { yield &rare.object.extensions }
  }

  /// How large the tables of the server are.
  package var sizes: TableSizes {
    get { rare.object.sizes }
    _modify { yield &rare.object.sizes }
  }

  /// Roles that the history made.
  package var roles: TreeSet<String> {
    get { rare.object.roles }
    _modify { yield &rare.object.roles }
  }

  /// Aggregates, operators, casts, collations, text search objects and their kin.
  var others: TreeDictionary<OtherObject.Key, PartList<OtherObject>> {
    get { rare.object.others }
    _modify { yield &rare.object.others }
  }

  /// Those whose definitions name a function or a type.
  var otherUsers: TreeDictionary<ObjectAddress, TreeSet<OtherObject.Identity>> {
    get { rare.object.otherUsers }
    _modify { yield &rare.object.otherUsers }
  }

  /// Base types, by the functions that read and write their values.
  var typeUsers: TreeDictionary<ObjectAddress, TreeSet<QualifiedName>> {
    get { rare.object.typeUsers }
    _modify { yield &rare.object.typeUsers }
  }

  /// Foreign tables, by their servers.
  var foreignTables: TreeDictionary<ObjectAddress, TreeSet<QualifiedName>> {
    get { rare.object.foreignTables }
    _modify { yield &rare.object.foreignTables }
  }

  var otherCount: Int {
    get { rare.object.otherCount }
    _modify { yield &rare.object.otherCount }
  }

  package var publications: TreeDictionary<String, Publication> {
    get { rare.object.publications }
    _modify { yield &rare.object.publications }
  }

  /// The publications that list a table or a schema.
  var publishedIn: TreeDictionary<ObjectAddress, TreeSet<String>> {
    get { rare.object.publishedIn }
    _modify { yield &rare.object.publishedIn }
  }

  /// What migrations gave to roles.
  package var privileges: GivenPrivileges {
    get { rare.object.privileges }
    _modify { yield &rare.object.privileges }
  }

  /// What is known to use roles.
  package var roleUses: RoleUses {
    get { rare.object.roleUses }
    _modify { yield &rare.object.roleUses }
  }

  /// Objects but relations that the history made and dropped.
  var goneObjects: TreeSet<ObjectAddress> {
    get { rare.object.goneObjects }
    _modify { yield &rare.object.goneObjects }
  }

  /// Whose the objects are that another role made than the one that logs in.
  package var owners: TreeDictionary<QualifiedName, String> {
    get { rare.object.owners }
    _modify { yield &rare.object.owners }
  }

  /// Roles that own something, or have privileges, so that DROP ROLE may be refused.
  package var rolesInUse: TreeSet<String> {
    get { rare.object.rolesInUse }
    _modify { yield &rare.object.rolesInUse }
  }

  /// Enums that the transaction made.
  var newEnums: Set<QualifiedName> {
    get { rare.object.newEnums }
    _modify { yield &rare.object.newEnums }
  }

  /// The values that the transaction added to enums.
  var newEnumValues: [QualifiedName: Set<String>] {
    get { rare.object.newEnumValues }
    _modify { yield &rare.object.newEnumValues }
  }
}
