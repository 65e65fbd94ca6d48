import Catalog
import Linting
import Syntax

/// What the function of a trigger, in PL/pgSQL, does to the statement that fires it.
struct TriggerBody {
  /// Whether it may raise an exception.
  private(set) var raises = false
  /// The columns of the new row that it writes to.
  private(set) var columns: [String] = []

  private static let harmlessLevels: Set = ["debug", "log", "info", "notice", "warning"]

  init(_ body: String) {
    let bytes = Array(body.utf8)
    let tokens = Lexer(bytes).filter { !$0.isComment }
    let words = tokens.map { token in
      let text = String(decoding: bytes[token.range], as: UTF8.self)
      return token.kind == .word ? text.lowercased() : text
    }
    for (index, word) in words.enumerated() {
      let next = index + 1 < words.count ? words[index + 1] : ";"
      // RAISE alone passes on what a handler caught.
      if word == "raise", next != ";", !Self.harmlessLevels.contains(next) { raises = true }
      guard word == "new", next == ".", index + 3 < words.count, [":=", "="].contains(words[index + 3]),
        index == 0 || Self.endsStatement(words[index - 1])
      else { continue }
      let column = words[index + 2]
      let name = column.hasPrefix("\"") ? String(column.dropFirst().dropLast()) : column
      if !columns.contains(name) { columns.append(name) }
    }
  }

  /// Whether a statement may begin after the word: elsewhere `new.a = 1` compares.
  private static func endsStatement(_ word: String) -> Bool {
    [";", "begin", "then", "else", "loop"].contains(word)
  }
}

extension StatementContext {
  /// Whether the trigger takes the place of one, which the migration may have dropped before.
  func replaces(_ trigger: CreateTrigger, of table: QualifiedName) -> Bool {
    if before.catalog.tables[table]?.triggers.contains(named: trigger.name) == true { return true }
    return migration.script.statements[..<index].contains { statement in
      guard case .drop(let drop) = statement.kind, drop.objectKind == .trigger, !drop.ifExists else { return false }
      return drop.objects.contains {
        $0.name.name == trigger.name && $0.relation.map(before.qualified) == table
      }
    }
  }

  /// Whether a column was there before the migration.
  func wasThere(_ column: String, in table: QualifiedName) -> Bool {
    !migration.script.statements[..<index].contains { statement in
      guard case .alterTable(let alter) = statement.kind, before.qualified(alter.relation.name) == table else {
        return false
      }
      return alter.actions.contains { action in
        if case .addColumn(let new, _) = action.kind { new.name == column } else { false }
      }
    }
  }
}

extension CreateTrigger {
  var eventWords: String {
    let words: [(Event, String)] = [
      (.insert, "INSERT"), (.update, "UPDATE"), (.delete, "DELETE"), (.truncate, "TRUNCATE"),
    ]
    return words.filter { events.contains($0.0) }.map(\.1).sentenceList
  }
}
