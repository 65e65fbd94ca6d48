import Catalog
import Syntax

/// Where the statements of a history make its objects and take them away.
///
/// It is put together when something of it is first asked for, which of most histories nobody does.
package struct HistoryTrail: Sendable {
  struct Position: Comparable {
    let migration: Int
    let statement: Int

    static func < (left: Self, right: Self) -> Bool {
      (left.migration, left.statement) < (right.migration, right.statement)
    }
  }

  private let migrations: [MigrationPair]
  /// The statements about the objects of a name, in their order.
  private var positions: [String: [Position]] = [:]

  init(of history: History) {
    migrations = history.migrations
    for (index, pair) in migrations.enumerated() {
      for (number, statement) in pair.up.script.statements.enumerated() {
        let position = Position(migration: index, statement: number)
        for name in statement.kind.namesOfObjects where positions[name]?.last != position {
          positions[name, default: []].append(position)
        }
      }
    }
  }

  /// Of a name with more statements than people write, none is looked at.
  private static let maximumPositions = 1000

  fileprivate func positions(about object: TracedObject) -> [Position] {
    let all = positions[object.key] ?? []
    return all.count > Self.maximumPositions ? [] : all
  }

  fileprivate func statement(at position: Position) -> Statement {
    script(at: position).statements[position.statement]
  }

  private func script(at position: Position) -> Script { migrations[position.migration].up.script }

  /// What a statement does, for people.
  fileprivate func event(_ trace: TracedObject.Mark, at position: Position) -> HistoryEvent {
    let source = script(at: position).source
    let start = trace.offset ?? statement(at: position).range.lowerBound
    return HistoryEvent(
      path: source.file(of: start..<start).source.path,
      line: source.location(of: start).line,
      verb: trace.verb
    )
  }
}

/// A line of the history, and what it does to an object.
package struct HistoryEvent: Hashable, Sendable {
  package let path: String
  package let line: Int
  /// Such as `adds it`.
  package let verb: String

  /// `line 2`, with the file's name where it is another one than `path`.
  package func place(seenFrom path: String) -> String {
    if self.path == path { return "line \(line)" }
    let (folder, name) = self.path.partedAtLastSlash
    return "line \(line) of \(folder == path.partedAtLastSlash.folder ? name : self.path)"
  }
}

extension String {
  fileprivate var partedAtLastSlash: (folder: String, name: String) {
    guard let slash = lastIndex(of: "/") else { return ("", self) }
    return (String(self[..<slash]), String(self[index(after: slash)...]))
  }
}

/// A statement among those of its history.
package struct HistoryPlace: Sendable {
  private let trail: HistoryTrail
  private let position: HistoryTrail.Position

  /// A statement of an up migration; `nil` is one of the migration's down migration.
  init(_ trail: HistoryTrail, migration: Int, statement: Int?) {
    self.trail = trail
    position = HistoryTrail.Position(migration: migration, statement: statement ?? .max)
  }

  /// What made an object that is there.
  package func maker(of object: TracedObject?) -> HistoryEvent? {
    var made: HistoryEvent?
    var signatures: Set<[TypeName]> = []
    walkBack(from: object) { mark, position in
      if let signature = trail.statement(at: position).kind.signature { signatures.insert(signature) }
      if mark.kind == .makes || mark.kind == .mayMake { made = trail.event(mark, at: position) }
      // IF NOT EXISTS and OR REPLACE make nothing where it was there already.
      return mark.kind == .mayMake
    }
    // Which of several overloads is meant, nobody says.
    return signatures.count > 1 ? nil : made
  }

  /// What took away an object that is not there any more.
  package func remover(of object: TracedObject?) -> HistoryEvent? {
    var removed: HistoryEvent?
    walkBack(from: object) { mark, position in
      if mark.kind == .removes { removed = trail.event(mark, at: position) }
      return false
    }
    return removed
  }

  /// What makes an object only later.
  package func laterMaker(of object: TracedObject?) -> HistoryEvent? {
    guard let object else { return nil }
    for position in trail.positions(about: object) where position > self.position {
      guard case .mark(let mark) = object.trace(in: trail.statement(at: position).kind) else { continue }
      return mark.kind == .makes || mark.kind == .mayMake ? trail.event(mark, at: position) : nil
    }
    return nil
  }

  /// Shows what earlier statements did to an object, the last one first, as long as more is asked for.
  private func walkBack(from object: TracedObject?, _ visit: (TracedObject.Mark, HistoryTrail.Position) -> Bool) {
    guard var object else { return }
    var end = position
    var positions = trail.positions(about: object)
    while let position = positions.popLast() {
      guard position < end else { continue }
      switch object.trace(in: trail.statement(at: position).kind) {
      case .none: continue
      case .mark(let mark): if !visit(mark, position) { return }
      case .ownerWasCalled(let name):
        object.owner = name
        end = position
        positions = trail.positions(about: object)
      }
    }
  }
}
