import Synchronization

/// The SQL inside a block of code, and the way that the code takes to it.
package struct EmbeddedCode: Hashable, Sendable {
  /// A statement that the code may run.
  package struct Part: Hashable, Sendable {
    package let kind: Statement.Kind
    /// Its bytes in the file; `nil` where they do not stand there as they run. Ranges never make two parts different.
    package var range: Range<Int>? { location.range }
    /// How many bytes its text has, which executing it takes time for; 0 where that is counted otherwise.
    package var size: Int { location.size }
    private let location: Location

    package init(_ kind: Statement.Kind, range: Range<Int>? = nil, size: Int? = nil) {
      self.kind = kind
      self.location = Location(range: range, size: size ?? range?.count ?? 0)
    }

    /// All are equal.
    private struct Location: Hashable, Sendable {
      let range: Range<Int>?
      let size: Int

      static func == (_: Self, _: Self) -> Bool { true }
      func hash(into _: inout Hasher) {}
    }
  }

  /// Something to evaluate.
  package struct Term: Hashable, Sendable {
    /// `nil` where it cannot be read.
    package let expression: Expression?
    /// The SELECT that PL/pgSQL makes of it, where it may read a table or call a function.
    package let parts: [Part]

    package init(_ expression: Expression?, parts: [Part] = []) {
      self.expression = expression
      self.parts = parts
    }
  }

  /// One step of the code, in PL/pgSQL's terms; statements of SQL functions are steps too.
  package indirect enum Step: Hashable, Sendable {
    /// A statement, and the variables that its row goes to.
    case run([Part], into: [String])
    case assign(String, Term)
    /// `parts` is what the text holds, where it is always the same; `what` names it for people.
    case execute(Term, parts: [Part]?, what: String, into: [String], reader: DynamicReader)
    case branch([Arm], otherwise: [Step])
    /// FOR over whole numbers.
    case count(String, from: Term, through: Term, by: Term?, isReverse: Bool, [Step])
    /// FOREACH over the elements of an array.
    case forEach(String, in: Term, [Step])
    /// FOR over the rows of a query.
    case forRows(String, of: [Part], [Step])
    /// A loop that runs nobody knows how often, with what it evaluates first.
    case loop([Term], [Step])
    /// EXIT, or CONTINUE, of the innermost loop.
    case exit(when: Term?, continues: Bool)
    case end([Term])
    case fail([Term])
    /// BEGIN … END with what happens on an exception.
    case guarded([Step], handlers: [[Step]])
    /// Something that only evaluates its terms.
    case evaluate([Term])
    /// Why a part of the code is not known.
    case unread(String)
  }

  package struct Arm: Hashable, Sendable {
    package let condition: Term
    package let steps: [Step]

    package init(_ condition: Term, _ steps: [Step]) {
      self.condition = condition
      self.steps = steps
    }
  }

  /// Reads the text of an EXECUTE once it is known. All are alike.
  package struct DynamicReader: Hashable, Sendable {
    /// The statements of a text; `nil` where PostgreSQL's parser refuses it.
    package let read: @Sendable (String) -> [Statement.Kind]?

    package init(_ read: @escaping @Sendable (String) -> [Statement.Kind]?) { self.read = read }

    package static func == (left: Self, right: Self) -> Bool { true }
    package func hash(into hasher: inout Hasher) {}
  }

  private let content: Content

  private enum Content: Hashable, Sendable {
    case read([Step])
    case unread(UnreadCode)
  }

  package init(steps: [Step]) { content = .read(steps) }

  /// Code that is read when somebody first asks for its steps: most functions of a history are never called in it.
  package init(readLater steps: @escaping @Sendable () -> [Step]) { content = .unread(UnreadCode(steps)) }

  package var steps: [Step] {
    switch content {
    case .read(let steps): steps
    case .unread(let code): code.steps
    }
  }

  package init(statements: [Statement.Kind]) { self.init(steps: [.run(statements.map { Part($0) }, into: [])]) }

  /// The statements that the code may run whatever its arguments are, in the order of the text, each once.
  package var parts: [Part] { steps.flatMap(\.parts) }

  package var statements: [Statement.Kind] { parts.map(\.kind) }

  /// What is said of an EXECUTE whose SQL nobody knows.
  package static let madeAtRunTime = "whose text is made at run time"

  /// Why not all of the code can be read without running it, such as an EXECUTE of a text made at run time; empty where
  /// all was read.
  package var unread: [String] { steps.flatMap(\.unread) }

  /// The same code with each part replaced.
  package func mapping(_ change: (Part) -> Part) -> EmbeddedCode {
    EmbeddedCode(steps: steps.map { $0.mapping(change) })
  }
}

extension EmbeddedCode.Step {
  /// The terms that it evaluates itself, in the order of the text, and the steps inside it.
  fileprivate var contents: (terms: [EmbeddedCode.Term], steps: [[Self]]) {
    switch self {
    case .run, .unread: ([], [])
    case .assign(_, let term): ([term], [])
    case .execute(let term, _, _, _, _): ([term], [])
    case .branch(let arms, let otherwise): (arms.map(\.condition), arms.map(\.steps) + [otherwise])
    case .count(_, let from, let through, let by, _, let steps): ([from, through] + [by].compactMap(\.self), [steps])
    case .forEach(_, let term, let steps): ([term], [steps])
    case .forRows(_, _, let steps): ([], [steps])
    case .loop(let terms, let steps): (terms, [steps])
    case .exit(let term, _): ([term].compactMap(\.self), [])
    case .end(let terms), .fail(let terms), .evaluate(let terms): (terms, [])
    case .guarded(let steps, let handlers): ([], [steps] + handlers)
    }
  }

  fileprivate var parts: [EmbeddedCode.Part] {
    switch self {
    case .run(let parts, _): parts
    case .execute(let term, let parts, _, _, _): term.parts + (parts ?? [])
    case .branch(let arms, let otherwise):
      arms.flatMap { $0.condition.parts + $0.steps.flatMap(\.parts) } + otherwise.flatMap(\.parts)
    case .forRows(_, let query, let steps): query + steps.flatMap(\.parts)
    default: contents.terms.flatMap(\.parts) + contents.steps.flatMap { $0.flatMap(\.parts) }
    }
  }

  fileprivate var unread: [String] {
    switch self {
    case .unread(let reason): [reason]
    case .execute(_, nil, let what, _, _): ["\(what), \(EmbeddedCode.madeAtRunTime)"]
    default: contents.steps.flatMap { $0.flatMap(\.unread) }
    }
  }

  fileprivate func mapping(_ change: (EmbeddedCode.Part) -> EmbeddedCode.Part) -> Self {
    func each(_ steps: [Self]) -> [Self] { steps.map { $0.mapping(change) } }
    func one(_ term: EmbeddedCode.Term) -> EmbeddedCode.Term { .init(term.expression, parts: term.parts.map(change)) }
    return switch self {
    case .run(let parts, let variables): .run(parts.map(change), into: variables)
    case .assign(let variable, let term): .assign(variable, one(term))
    case .execute(let term, let parts, let what, let variables, let reader):
      .execute(one(term), parts: parts.map { $0.map(change) }, what: what, into: variables, reader: reader)
    case .branch(let arms, let otherwise):
      .branch(arms.map { .init(one($0.condition), each($0.steps)) }, otherwise: each(otherwise))
    case .count(let variable, let from, let through, let by, let isReverse, let steps):
      .count(variable, from: one(from), through: one(through), by: by.map(one), isReverse: isReverse, each(steps))
    case .forEach(let variable, let term, let steps): .forEach(variable, in: one(term), each(steps))
    case .forRows(let variable, let query, let steps): .forRows(variable, of: query.map(change), each(steps))
    case .loop(let terms, let steps): .loop(terms.map(one), each(steps))
    case .exit(let term, let continues): .exit(when: term.map(one), continues: continues)
    case .end(let terms): .end(terms.map(one))
    case .fail(let terms): .fail(terms.map(one))
    case .guarded(let steps, let handlers): .guarded(each(steps), handlers: handlers.map(each))
    case .evaluate(let terms): .evaluate(terms.map(one))
    case .unread: self
    }
  }
}

extension [EmbeddedCode.Step] {
  /// The variables that the steps, or those inside them, may give another value, and how many steps these are in all.
  package var assignedVariables: (variables: [String], count: Int) {
    var variables: [String] = []
    let count = noteAssignedVariables(in: &variables)
    return (variables, count)
  }

  private func noteAssignedVariables(in variables: inout [String]) -> Int {
    var count = self.count
    for step in self {
      switch step {
      case .run(_, let targets), .execute(_, _, _, let targets, _): variables += targets
      case .assign(let variable, _), .count(let variable, _, _, _, _, _), .forEach(let variable, _, _),
        .forRows(let variable, _, _):
        variables.append(variable)
      default: break
      }
      for steps in step.contents.steps { count += steps.noteAssignedVariables(in: &variables) }
    }
    return count
  }
}

/// Steps that are read once, when they are first asked for.
///
/// All are alike: what they are read from stands in the statement that holds them.
private final class UnreadCode: Hashable, Sendable {
  private enum State: Sendable {
    case unread(@Sendable () -> [EmbeddedCode.Step])
    case read([EmbeddedCode.Step])
  }

  private let state: Mutex<State>

  init(_ read: @escaping @Sendable () -> [EmbeddedCode.Step]) { state = Mutex(.unread(read)) }

  var steps: [EmbeddedCode.Step] {
    state.withLock { state in
      switch state {
      case .read(let steps): return steps
      case .unread(let read):
        let steps = read()
        state = .read(steps)
        return steps
      }
    }
  }

  static func == (left: UnreadCode, right: UnreadCode) -> Bool { true }

  func hash(into hasher: inout Hasher) {}
}

extension EmbeddedCode.Step {
  /// The steps inside it, a list a block.
  package var innerSteps: [[EmbeddedCode.Step]] { contents.steps }
}
