import Syntax

// What tells the parts of an object apart.

extension Column {
  @inlinable
  package var partName: String { name }
}

extension TableConstraint {
  @inlinable
  package var partName: String { name }
}

extension Trigger {
  @inlinable
  package var partName: String { name }
}

extension RewriteRule {
  @inlinable
  package var partName: String { name }
}

extension CreatePolicy: NamedPart {
  @usableFromInline
  package var partName: String { name }
}

extension Domain.Check {
  @inlinable
  package var partName: String { name }
}

/// Overloads are told apart by what they take.
extension Function {
  @usableFromInline
  package var partName: [String] { signature }
}

/// Of an index or a child, which are objects themselves.
extension QualifiedName: NamedPart {
  @inlinable
  package var partName: QualifiedName { self }
}

/// Of those that share a kind and a name.
extension OtherObject {
  @usableFromInline
  package var partName: [String] { signature }
}
