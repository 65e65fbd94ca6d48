/// What CREATE OPERATOR CLASS and ALTER OPERATOR FAMILY say of members.
package struct OperatorClassContents: Hashable, Sendable {
  /// The family that CREATE OPERATOR CLASS names.
  package let family: QualifiedName?
  package let members: [OperatorClassMember]
  package let isDrop: Bool

  package init(family: QualifiedName?, members: [OperatorClassMember], isDrop: Bool) {
    self.family = family
    self.members = members
    self.isDrop = isDrop
  }
}

/// An operator or a function of an operator class or family.
package struct OperatorClassMember: Hashable, Sendable {
  package let isFunction: Bool
  /// Of an operator its strategy.
  package let number: Int
  /// What it is; without a name where it is dropped.
  package let object: ObjectReference?
  /// The types that it is for, where the text gives them apart from the arguments.
  package let types: [TypeName]
  /// The family that an ordering operator sorts by.
  package let sortFamily: QualifiedName?

  package init(
    isFunction: Bool,
    number: Int,
    object: ObjectReference?,
    types: [TypeName],
    sortFamily: QualifiedName?
  ) {
    self.isFunction = isFunction
    self.number = number
    self.object = object
    self.types = types
    self.sortFamily = sortFamily
  }
}
