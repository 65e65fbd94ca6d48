/// CREATE FUNCTION and CREATE PROCEDURE.
package struct CreateFunction: Hashable, Sendable {
  package enum Volatility: Hashable, Sendable { case immutable, stable, volatile }

  package enum ParameterMode: Hashable, Sendable { case `in`, out, inOut, variadic, table }

  package struct Parameter: Hashable, Sendable {
    package let name: String?
    package let type: TypeName
    package let mode: ParameterMode
    package let defaultValue: Expression?

    package init(name: String?, type: TypeName, mode: ParameterMode, defaultValue: Expression?) {
      self.name = name
      self.type = type
      self.mode = mode
      self.defaultValue = defaultValue
    }
  }

  /// A body that PostgreSQL parses when the function is made.
  package enum SQLBody: Hashable, Sendable {
    /// `RETURN expression`
    case value(Expression)
    /// `BEGIN ATOMIC … END`
    case atomic([Statement.Kind])
  }

  package let name: QualifiedName
  package let isProcedure: Bool
  package let replaces: Bool
  package let parameters: [Parameter]
  package let returns: TypeName?
  package let language: String?
  /// `nil`: the text says nothing, which means volatile.
  package let volatility: Volatility?
  package let isSecurityDefiner: Bool
  /// `SET name = value` clauses.
  package let settings: [SetParameter]
  /// STRICT, LEAKPROOF, PARALLEL, COST, ROWS, SUPPORT, WINDOW, by PostgreSQL's names of them.
  package let attributes: [Option]
  /// The text between the quotes.
  package let body: String?
  /// The symbol after the object file that ``body`` names, of a function in C.
  package let linkSymbol: String?
  package let sqlBody: SQLBody?
  /// What a call runs. Empty for a trigger's function, which nobody calls.
  package let code: EmbeddedCode
  /// Whether the language's parser takes the body.
  package let bodyCheck: BodyCheck

  package init(
    name: QualifiedName,
    isProcedure: Bool,
    replaces: Bool,
    parameters: [Parameter],
    returns: TypeName?,
    language: String?,
    volatility: Volatility?,
    isSecurityDefiner: Bool,
    settings: [SetParameter],
    attributes: [Option] = [],
    body: String?,
    linkSymbol: String? = nil,
    sqlBody: SQLBody? = nil,
    code: EmbeddedCode = EmbeddedCode(steps: []),
    bodyCheck: BodyCheck = BodyCheck { nil }
  ) {
    self.bodyCheck = bodyCheck
    self.name = name
    self.isProcedure = isProcedure
    self.replaces = replaces
    self.parameters = parameters
    self.returns = returns
    self.language = language
    self.volatility = volatility
    self.isSecurityDefiner = isSecurityDefiner
    self.settings = settings
    self.attributes = attributes
    self.body = body
    self.linkSymbol = linkSymbol
    self.sqlBody = sqlBody
    self.code = code
  }
}

/// Asks the parser of a function's language about its body, which takes time and is asked for seldom. All are alike.
package struct BodyCheck: Hashable, Sendable {
  /// What the parser says against the body; `nil` where it takes it.
  package let syntaxError: @Sendable () -> Refusal?

  package struct Refusal: Hashable, Sendable {
    package let message: String
    /// Its bytes, counted from the beginning of the body.
    package let place: Range<Int>?

    package init(message: String, place: Range<Int>?) {
      self.message = message
      self.place = place
    }
  }

  package init(_ syntaxError: @escaping @Sendable () -> Refusal?) { self.syntaxError = syntaxError }

  package static func == (left: Self, right: Self) -> Bool { true }
  package func hash(into hasher: inout Hasher) {}
}

/// ALTER FUNCTION, PROCEDURE or ROUTINE with new attributes.
package struct AlterFunction: Hashable, Sendable {
  package let objectKind: ObjectKind
  package let function: FunctionReference
  package let volatility: CreateFunction.Volatility?
  package let options: [Option]
  /// `SET name = value` and RESET clauses.
  package let settings: [SetParameter]

  package init(
    objectKind: ObjectKind,
    function: FunctionReference,
    volatility: CreateFunction.Volatility?,
    options: [Option],
    settings: [SetParameter] = []
  ) {
    self.objectKind = objectKind
    self.function = function
    self.volatility = volatility
    self.options = options
    self.settings = settings
  }
}

/// DO.
package struct AnonymousBlock: Hashable, Sendable {
  package let language: String
  package let body: String
  package var code: EmbeddedCode

  package init(language: String, body: String, code: EmbeddedCode) {
    self.language = language
    self.body = body
    self.code = code
  }
}
