import Catalog
import Execution
import Linting
import Syntax

/// Work that a statement does on relations that others use, for one cause.
struct VisibleWork {
  let item: WorkItem
  /// The relations whose rows are read or written, the one that the statement names first.
  let effects: [Effect]

  var relation: Effect { effects[0] }
}

extension StatementContext {
  /// The work of this kind that others notice, each cause once however many relations it reaches.
  func visibleWork(_ work: Work) -> [VisibleWork] {
    var found: [(key: WorkItem, effects: [Effect])] = []
    var positions: [WorkItem: Int] = [:]
    // Nearly all statements do none, and rules of many kinds ask.
    for effect in effects.relations where effect.isWaitedFor && effect.work.contains(where: { $0.work == work }) {
      let felt = felt(effect)
      for item in effect.work where item.work == work {
        if let position = positions[item] {
          found[position].effects.append(felt)
        } else {
          positions[item] = found.count
          found.append((item, [felt]))
        }
      }
    }
    return found.map { VisibleWork(item: $0.key, effects: $0.effects) }
  }

  /// The effect with the lock that others meet meanwhile: the transaction may hold a stronger one.
  func felt(_ effect: Effect) -> Effect {
    guard let held = transaction.heldLocks[effect.relation], held.mode > effect.lock else { return effect }
    var effect = effect
    effect.lock = held.mode
    return effect
  }

  /// The locks of earlier statements that keep others from reading or writing, and that this statement would not take
  /// itself.
  var locksHeldBesides: [HeldLock] {
    transaction.heldLocks.first.filter { held in
      !effects.relations.contains { $0.relation == held.relation && $0.lock >= held.mode }
    }
  }

  /// The ALTER TABLE action that asks for the work.
  func action(of item: WorkItem) -> AlterTable.Action? {
    guard case .alterTable(let alter) = statement.kind, let index = item.action, alter.actions.indices.contains(index)
    else { return nil }
    return alter.actions[index]
  }

  /// The text of an action, as the user wrote it.
  func text(of action: AlterTable.Action) -> String? { action.range.map { source[$0] } }

  /// Statements of the migration, as the user wrote them; `nil` where they are so long that nobody wants them again.
  func text(of statements: [Statement]) -> String? {
    guard let first = statements.first, let last = statements.last,
      last.range.upperBound - first.range.lowerBound <= 2_000
    else { return nil }
    return statements.map { source[$0.range] + ";" }.joined(separator: "\n")
  }

  /// How to send what PostgreSQL refuses in a transaction, for the middle of a sentence.
  var aloneAdvice: String {
    if migration.isAlwaysWrapped {
      return ", by hand because \(migration.runner) sends every migration in a transaction"
    }
    return ", in a migration that holds nothing else"
      + (migration.transactionMode == .wrapped ? " and that the runner sends without a transaction" : "")
  }

  /// What a migration says of what was done by hand, for the end of a sentence; `words` are IF NOT EXISTS or IF EXISTS.
  func recordingAdvice(_ words: String) -> String {
    migration.isAlwaysWrapped ? "; the migration then says the same with \(words), which finds it done" : ""
  }

  /// What a backfill that commits asks of its migration, for the end of a sentence.
  var committingAdvice: String {
    if migration.isAlwaysWrapped {
      return
        "; the backfill commits each batch, so run it by hand: \(migration.runner) sends every migration in a transaction"
    }
    return "; the backfill commits each batch, so it needs a migration of its own"
      + ([.wrapped, .split].contains(migration.transactionMode)
        ? ", which the runner must send without a transaction" : "")
  }
}

extension LockMode {
  /// What the lock stops, in words: "reads and writes", "writes"; schema changes go without saying.
  var stoppedTraffic: String? {
    let stopped = blocks.filter { $0 != .schemaChanges }.map(\.rawValue)
    return stopped.isEmpty ? nil : stopped.joined(separator: " and ")
  }
}

extension [HeldLock] {
  /// "reads and writes to accounts wait, since line 3 locked it", for the middle of a sentence; not for an empty list.
  func waiting(in source: SourceText) -> String {
    guard let first else { return "others wait" }
    let traffic = first.mode.stoppedTraffic ?? "schema changes"
    let file = first.place.path == source.path ? "" : " of \(first.place.path)"
    let names = map(\.relation.displayName).sentenceList
    return "\(traffic) to \(names) wait: line \(first.place.line)\(file) locked \(count == 1 ? "it" : "them")"
  }
}

extension Effect {
  /// "blocks reads and writes to accounts", for the middle of a sentence.
  var blocking: String {
    guard let traffic = lock.stoppedTraffic else { return "blocks schema changes of \(displayName)" }
    return "blocks \(traffic) to \(displayName)"
  }

  /// The relation's name, without the schema that everything is in.
  var displayName: String { relation.displayName }
}

extension Database {
  /// The name as another migration must write it, which does not have what this one has set as its search path.
  func portable(_ name: QualifiedName) -> QualifiedName {
    let found = qualified(name)
    return name.schema == nil && found.schema != "public" && session.searchPath != ["public"] ? found : name
  }

  /// The same for a type.
  func portable(_ type: TypeName) -> TypeName {
    let found = qualifiedType(type.name)
    guard type.name.schema == nil, session.searchPath != ["public"], catalog.types.contains(found) else { return type }
    return TypeName(found, modifiers: type.modifiers, arrayDimensions: type.arrayDimensions)
  }
}

extension String {
  /// Whether a word of ASCII letters, given in lower case, stands in it in any case.
  func mentions(_ word: String) -> Bool {
    let letters = utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return BytePattern(word.utf8).firstOffset(in: letters, from: 0) != nil
  }

  /// "1 index", "2 indexes".
  static func count(_ number: Int, _ one: String, _ many: String) -> String { "\(number) \(number == 1 ? one : many)" }
}

extension [String] {
  /// "a", "a and b", "a, b and c".
  var sentenceList: String {
    guard let last else { return "" }
    return count == 1 ? last : dropLast().joined(separator: ", ") + " and " + last
  }
}
