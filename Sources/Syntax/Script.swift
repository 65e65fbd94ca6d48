/// A parsed file: its statements, and all that is in it besides.
package struct Script: Sendable {
  package let source: SourceText
  package let statements: [Statement]
  package let comments: [Comment]
  /// What PostgreSQL's parser refused; the statements around it are in ``statements``.
  package let errors: [SyntaxError]
  /// What is not SQL and was passed over or replaced: psql's meta commands, COPY data, placeholders.
  package let nonSQLRanges: [NonSQLRange]

  package init(
    source: SourceText,
    statements: [Statement],
    comments: [Comment] = [],
    errors: [SyntaxError] = [],
    nonSQLRanges: [NonSQLRange] = []
  ) {
    self.source = source
    self.statements = statements
    self.comments = comments
    self.errors = errors
    self.nonSQLRanges = nonSQLRanges
  }
}

/// A comment, with its delimiters.
package struct Comment: Hashable, Sendable {
  package enum Style: Sendable {
    /// `-- …` to the end of the line.
    case line
    /// `/* … */`, which PostgreSQL nests.
    case block
  }

  package let style: Style
  package let range: Range<Int>

  package init(style: Style, range: Range<Int>) {
    self.style = style
    self.range = range
  }
}

/// A statement that PostgreSQL's parser refused.
package struct SyntaxError: Hashable, Sendable {
  /// PostgreSQL's own words, such as `syntax error at or near "FOO"`.
  package let message: String
  /// The offending token; empty where the parser does not say where it stumbled.
  package let range: Range<Int>
  /// The text that was skipped for it, and so was not checked.
  package let skipped: Range<Int>

  package init(message: String, range: Range<Int>, skipped: Range<Int>) {
    self.message = message
    self.range = range
    self.skipped = skipped
  }
}

/// Text between or inside statements that is not PostgreSQL's SQL.
package struct NonSQLRange: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// A psql meta command, such as `\connect`; the name is without the backslash.
    case metaCommand(String)
    /// The lines between `COPY … FROM stdin` and `\.`.
    case copyData
    /// A placeholder, which was read as a name, a number or a string.
    case placeholder(Placeholder)
    /// A placeholder that was read as white space: it steers a template, or stands for a clause or a whole statement.
    case omitted(Placeholder)
  }

  package let kind: Kind
  package let range: Range<Int>

  package init(kind: Kind, range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}
