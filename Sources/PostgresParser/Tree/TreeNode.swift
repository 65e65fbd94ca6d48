import CPgQuery
import Syntax

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

// PostgreSQL's headers name some of their structs as this package names its own types, and `String` besides; inside
// this module the short names mean the package's.
typealias String = Swift.String
typealias BooleanTest = Syntax.BooleanTest
typealias Constraint = Syntax.Constraint
typealias LockingClause = Syntax.LockingClause
typealias PartitionKey = Syntax.PartitionKey
typealias Query = Syntax.Query
typealias SQLValueFunction = Syntax.SQLValueFunction
typealias SetOperation = Syntax.SetOperation
typealias TypeName = Syntax.TypeName
typealias WithClause = Syntax.WithClause

/// A node of PostgreSQL's tree, by its address; valid only while the memory context that holds it is.
struct TreeNode {
  private let address: UnsafeRawPointer

  init(_ address: UnsafeRawPointer) { self.address = address }

  init?(_ address: UnsafeRawPointer?) {
    guard let address else { return nil }
    self.address = address
  }

  /// Every node starts with its tag.
  var tag: NodeTag { address.load(as: NodeTag.self) }

  /// The node as the struct that its tag says.
  func read<Struct>(_: Struct.Type) -> Struct { address.assumingMemoryBound(to: Struct.self).pointee }

  /// The struct, where the tag says that the node is one.
  func read<Struct>(_ type: Struct.Type, if expected: NodeTag) -> Struct? { tag == expected ? read(type) : nil }

  /// The elements, where the node is a list.
  var elements: NodeList? { tag == T_List ? NodeList(address.assumingMemoryBound(to: List.self)) : nil }

  /// The text, where the node is a string.
  var text: String? { read(CPgQuery.String.self, if: T_String).flatMap { string($0.sval) } }
}

/// The nodes of a PostgreSQL list; empty for its NIL.
struct NodeList: RandomAccessCollection {
  private let list: UnsafePointer<List>?

  init(_ list: UnsafePointer<List>?) { self.list = list }

  var startIndex: Int { 0 }
  var endIndex: Int { list.map { Int($0.pointee.length) } ?? 0 }

  /// `nil` where the list holds a null, which means something of its own in a few places.
  func element(at index: Int) -> TreeNode? {
    guard let list, let elements = list.pointee.elements else { return nil }
    return TreeNode(UnsafeRawPointer(elements[index].ptr_value))
  }

  subscript(index: Int) -> TreeNode? { element(at: index) }
}

/// The nodes of a list, without nulls.
func nodes(_ list: UnsafePointer<List>?) -> [TreeNode] { NodeList(list).compactMap(\.self) }

/// The strings of a list of string nodes.
func strings(_ list: UnsafePointer<List>?) -> [String] { NodeList(list).compactMap { $0?.text } }

/// A C string's text, with placeholders as they were; `nil` for a null pointer.
func string(_ text: UnsafePointer<CChar>?) -> String? {
  text.flatMap { String(validatingCString: $0) ?? bytes($0).map(PlaceholderEncoding.decoded) }
}

/// A C string's bytes; `nil` for a null pointer.
func bytes(_ text: UnsafePointer<CChar>?) -> UnsafeRawBufferPointer? {
  text.map { UnsafeRawBufferPointer(start: $0, count: strlen($0)) }
}

/// A C `char` as the ASCII letter that PostgreSQL uses for a small enumeration.
func letter(_ character: CChar) -> Unicode.Scalar { Unicode.Scalar(UInt8(bitPattern: character)) }

/// PostgreSQL's name of a kind of node that this package does not model.
func nodeName(_ tag: NodeTag) -> String { "node \(tag.rawValue)" }
