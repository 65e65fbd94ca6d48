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

  /// Of how many migrations most must do something, so that it is usual.
  static let habit = 10

  /// Whether at least half of the migrations before this one have a down migration; of the first ones, where it is among
  /// them.
  var areDownsUsual: Bool {
    let others = history.migrations[..<max(index, min(Self.habit, history.migrations.count))].suffix(Self.habit)
      .filter { !$0.up.isRepeatable }
    return 2 * others.count { $0.down != nil } >= others.count
  }

  /// A finding about the whole file.
  package func finding(_ rule: some Rule, _ message: Finding.Message, fix: Finding.Fix? = nil) -> Finding {
    Finding(rule: rule.id, risk: rule.risk, range: 0..<0, message: message, fix: fix)
  }
}
