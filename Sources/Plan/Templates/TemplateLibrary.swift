import Mustache

/// The texts of the runbook: sqllint's own, and a team's own in their places.
///
/// A team's template is read as data: only what ``TemplateCheck`` knows reaches the engine.
package struct TemplateLibrary: Sendable {
  private let compiled: MustacheLibrary
  private let maximumLookups: Int

  /// What is wrong with a template, for people.
  package struct Failure: Error, Hashable {
    package let message: String

    package init(_ message: String) { self.message = message }
  }

  /// The names that a team's template may have.
  package static var names: [String] { BuiltInTemplates.all.map(\.name) }

  /// `overrides` are the team's texts by name.
  package init(overrides: [String: String] = [:], maximumLookups: Int = 5_000_000) throws(Failure) {
    self.maximumLookups = maximumLookups
    var texts = Dictionary(uniqueKeysWithValues: BuiltInTemplates.all.map { ($0.name, $0.text) })
    for (name, text) in overrides {
      guard texts[name] != nil else {
        throw Failure("\(name) is no template: there are \(Self.names.joined(separator: ", "))")
      }
      texts[name] = text
    }
    try TemplateCheck.check(texts)
    var library = MustacheLibrary()
    for (name, text) in texts {
      do {
        // Text from files is made harmless where it is rendered (`MarkdownText`), not by HTML's rules.
        try library.register("{{% CONTENT_TYPE:TEXT}}\n" + text, named: name)
      } catch {
        throw Failure("\(name) is no Mustache template: \(error)")
      }
    }
    compiled = library
  }

  /// The whole text of a runbook.
  package func render(_ node: PlanNode) throws(Failure) -> String {
    let budget = TemplateBudget(maximumLookups)
    let text = compiled.render(TemplateContext(node: node, budget: budget), withTemplate: BuiltInTemplates.main)
    guard !budget.isSpent else {
      throw Failure("the templates ask for more than \(maximumLookups) values: they nest lists in lists")
    }
    return tidied(text ?? "")
  }

  /// Sections that are left out leave empty lines behind.
  private func tidied(_ text: String) -> String {
    var lines: [Substring] = []
    var isCode = false
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.drop(while: { $0 == " " }).hasPrefix("```") { isCode.toggle() }
      if !isCode, line.allSatisfy({ $0 == " " }) {
        if lines.last?.isEmpty ?? true { continue }
        lines.append("")
      } else {
        lines.append(line)
      }
    }
    while lines.last?.isEmpty == true { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n"
  }
}
