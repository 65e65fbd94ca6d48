/// A migration among those of its history.
package struct HistoryContext: Sendable {
  package let history: History
  /// The position in ``History/migrations``.
  package let index: Int

  package init(history: History, index: Int) {
    self.history = history
    self.index = index
  }

  package var migration: Migration { history.migrations[index].up }

  /// A finding about the whole file.
  package func finding(_ rule: some Rule, _ message: Finding.Message, fix: Finding.Fix? = nil) -> Finding {
    Finding(rule: rule.id, risk: rule.risk, range: 0..<0, message: message, fix: fix)
  }
}
