import Mustache

/// A tree as the template engine reads it.
///
/// Each look-up counts, so that a template which nests its lists in one another ends: it then finds nothing more.
struct TemplateContext: MustacheParent {
  let node: PlanNode
  let budget: TemplateBudget

  func child(named name: String) -> Any? {
    guard budget.spend() else { return nil }
    // A list has no word of its own for "not empty" in Mustache.
    if name.hasPrefix("has_") { return node[String(name.dropFirst(4))].map { !$0.isEmpty } }
    guard let child = node[name] else { return nil }
    return Self.value(of: child, budget)
  }

  fileprivate static func value(of node: PlanNode, _ budget: TemplateBudget) -> Any? {
    switch node {
    case .text(let text): RenderedText(MarkdownText.prose(text))
    case .phrase(let text): RenderedText(MarkdownText.phrase(text))
    case .name(let text): RenderedText(MarkdownText.span(text))
    case .code(let code): CodeContext(code: code)
    case .flag(let isTrue): isTrue
    case .number(let number): RenderedText(String(number))
    case .list(let elements): TemplateList(elements: elements, budget: budget)
    case .object: TemplateContext(node: node, budget: budget)
    case .none: nil
    }
  }
}

/// How many look-ups a template has left.
final class TemplateBudget {
  private(set) var isSpent = false
  private var rest: Int

  init(_ lookups: Int) { rest = lookups }

  func spend() -> Bool {
    rest -= 1
    if rest < 0 { isSpent = true }
    return rest >= 0
  }
}

private struct TemplateList: MustacheSequence {
  let elements: [PlanNode]
  let budget: TemplateBudget

  func makeIterator() -> AnyIterator<Any> {
    var rest = elements[...]
    return AnyIterator {
      guard budget.spend(), let next = rest.popFirst() else { return nil }
      return TemplateContext.value(of: next, budget) ?? ""
    }
  }
}

private struct RenderedText: MustacheCustomRenderable {
  let renderText: String
  var isNull: Bool { false }

  init(_ text: String) { renderText = text }
}

/// Lines to paste: a block of its own, or with `.indented` one that belongs to an item of a list.
private struct CodeContext: MustacheCustomRenderable, MustacheParent {
  let code: PlanNode.Code

  var renderText: String { MarkdownText.block(code) }
  var isNull: Bool { false }

  func child(named name: String) -> Any? {
    name == "indented" ? RenderedText(MarkdownText.block(code, indentation: "  ")) : nil
  }
}
