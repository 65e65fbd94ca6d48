package struct CreateSchema: Hashable, Sendable {
  /// `nil`: the role's name.
  package let name: String?
  package let owner: RoleReference?
  package let ifNotExists: Bool
  /// The statements inside CREATE SCHEMA.
  package let elements: [Statement.Kind]

  package init(name: String?, owner: RoleReference?, ifNotExists: Bool, elements: [Statement.Kind]) {
    self.name = name
    self.owner = owner
    self.ifNotExists = ifNotExists
    self.elements = elements
  }
}

package struct CreateExtension: Hashable, Sendable {
  package let name: String
  package let schema: String?
  package let cascade: Bool
  package let ifNotExists: Bool

  package init(name: String, schema: String?, cascade: Bool, ifNotExists: Bool) {
    self.name = name
    self.schema = schema
    self.cascade = cascade
    self.ifNotExists = ifNotExists
  }
}

package struct AlterExtension: Hashable, Sendable {
  package enum Action: Hashable, Sendable {
    case update(to: String?)
    case add(ObjectKind, ObjectReference)
    case drop(ObjectKind, ObjectReference)
  }

  package let name: String
  package let action: Action

  package init(name: String, action: Action) {
    self.name = name
    self.action = action
  }
}

package struct DatabaseDefinition: Hashable, Sendable {
  package let name: String
  package let options: [Option]

  package init(name: String, options: [Option]) {
    self.name = name
    self.options = options
  }
}

package struct DropDatabase: Hashable, Sendable {
  package let name: String
  package let ifExists: Bool
  package let force: Bool

  package init(name: String, ifExists: Bool, force: Bool) {
    self.name = name
    self.ifExists = ifExists
    self.force = force
  }
}

package struct RoleDefinition: Hashable, Sendable {
  package let role: RoleReference
  /// The noun of the text: `ROLE`, `USER` or `GROUP`.
  package let noun: String
  package let options: [Option]

  package init(role: RoleReference, noun: String, options: [Option]) {
    self.role = role
    self.noun = noun
    self.options = options
  }
}

package struct DropRole: Hashable, Sendable {
  package let roles: [RoleReference]
  package let ifExists: Bool

  package init(roles: [RoleReference], ifExists: Bool) {
    self.roles = roles
    self.ifExists = ifExists
  }
}

/// GRANT and REVOKE of privileges.
package struct Grant: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    case objects(ObjectKind, [ObjectReference])
    case allInSchemas(ObjectKind, [String])
    /// ALTER DEFAULT PRIVILEGES, for objects made later; no schemas means all.
    case defaults(ObjectKind, schemas: [String])
  }

  package let isGrant: Bool
  package let target: Target
  /// Lower-case words; empty means ALL PRIVILEGES.
  package let privileges: [String]
  /// Columns that privileges are limited to.
  package let columns: [String]
  /// The privileges that are limited to columns.
  package let columnPrivileges: [String]
  package let grantees: [RoleReference]
  /// WITH GRANT OPTION, and GRANT OPTION FOR
  package let hasGrantOption: Bool
  /// `GRANTED BY role`
  package let grantor: RoleReference?
  package let cascade: Bool

  package init(
    isGrant: Bool,
    target: Target,
    privileges: [String],
    columns: [String] = [],
    columnPrivileges: [String] = [],
    grantees: [RoleReference],
    hasGrantOption: Bool = false,
    grantor: RoleReference? = nil,
    cascade: Bool
  ) {
    self.columnPrivileges = columnPrivileges
    self.hasGrantOption = hasGrantOption
    self.grantor = grantor
    self.isGrant = isGrant
    self.target = target
    self.privileges = privileges
    self.columns = columns
    self.grantees = grantees
    self.cascade = cascade
  }
}

/// GRANT and REVOKE of membership in roles.
package struct GrantRole: Hashable, Sendable {
  package let isGrant: Bool
  package let roles: [String]
  package let grantees: [RoleReference]
  /// `GRANTED BY role`
  package let grantor: RoleReference?

  package init(isGrant: Bool, roles: [String], grantees: [RoleReference], grantor: RoleReference? = nil) {
    self.grantor = grantor
    self.isGrant = isGrant
    self.roles = roles
    self.grantees = grantees
  }
}

package struct PublicationDefinition: Hashable, Sendable {
  /// A table as a publication lists it.
  package struct Member: Hashable, Sendable {
    package let relation: RelationReference
    package let columns: [String]
    package let condition: Expression?

    package init(relation: RelationReference, columns: [String] = [], condition: Expression? = nil) {
      self.relation = relation
      self.columns = columns
      self.condition = condition
    }
  }

  package let name: String
  package let members: [Member]
  package let schemas: [String]
  package let forAllTables: Bool
  package let options: [Option]
  /// What ALTER PUBLICATION does with the objects; `nil` for CREATE, and where it changes only options.
  package let change: Change?

  package enum Change: Hashable, Sendable { case add, drop, set }

  package init(
    name: String,
    members: [Member],
    schemas: [String],
    forAllTables: Bool,
    options: [Option] = [],
    change: Change? = nil
  ) {
    self.change = change
    self.name = name
    self.members = members
    self.options = options
    self.schemas = schemas
    self.forAllTables = forAllTables
  }
}

package struct SubscriptionDefinition: Hashable, Sendable {
  package let name: String
  package let connection: String?
  package let options: [Option]
  /// Whether ALTER SUBSCRIPTION asks the publisher for its tables: REFRESH, and a change of the publications unless
  /// told otherwise.
  package let refreshesPublications: Bool

  package init(name: String, connection: String?, options: [Option], refreshesPublications: Bool = false) {
    self.name = name
    self.connection = connection
    self.options = options
    self.refreshesPublications = refreshesPublications
  }
}
