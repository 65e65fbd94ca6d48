/// How much of what is given is read. What is beyond is told and never taken for harmless: a file is reported as not read,
/// and a run that is too large as a whole ends with an error.
///
/// The defaults are far above what people write, and such that a run stays within a few minutes and gigabytes whatever the
/// text. `.sqllint.yml` may lower them, and raise them up to a maximum, because it comes with the files that it is about.
/// Bounds of recursion are no limits to be set: they stand where the recursion is.
package struct Limits: Hashable, Sendable {
  /// The bytes of one file.
  package var fileBytes = Name.fileBytes.usual
  /// The migration files of a run.
  package var files = Name.files.usual
  /// The bytes of all files of a run, and of all that they include, each time.
  package var runBytes = Name.runBytes.usual
  /// The statements of a run.
  package var statements = Name.statements.usual
  /// How many commands such as `\\ir` of one script are followed, in it and in what it includes.
  package var inclusions = Name.inclusions.usual
  /// The bytes that they bring.
  package var includedBytes = Name.includedBytes.usual
  /// How deep files include each other.
  package var inclusionDepth = Name.inclusionDepth.usual

  package init() {}

  /// A limit as `limits:` of `.sqllint.yml` names it.
  package enum Name: String, CaseIterable, Sendable {
    case fileBytes = "file_bytes"
    case files
    case runBytes = "run_bytes"
    case statements
    case inclusions
    case includedBytes = "included_bytes"
    case inclusionDepth = "inclusion_depth"
  }

  package subscript(name: Name) -> Int {
    get { self[keyPath: name.path] }
    set { self[keyPath: name.path] = newValue }
  }
}

extension Limits.Name {
  /// The default.
  package var usual: Int {
    switch self {
    // No public history has a file of one megabyte; the parser's tree of one long statement takes fifty times its text.
    case .fileBytes: 16 << 20
    // The largest public histories have some thousands.
    case .files: 50_000
    // What is kept of SQL takes up to 25 times its text.
    case .runBytes: 128 << 20
    // A statement takes half a kilobyte at least.
    case .statements: 1_000_000
    case .inclusions: 500
    // Included text is parsed with each script that includes it.
    case .includedBytes: 16 << 20
    // psql itself stops at 100 files that are open, and people at three.
    case .inclusionDepth: 16
    }
  }

  /// The most that it can be set to.
  package var maximum: Int {
    switch self {
    case .fileBytes: SourceText.maximumSize
    case .files: 500_000
    case .runBytes: 2 << 30
    case .statements: 10_000_000
    case .inclusions: 10_000
    case .includedBytes: SourceText.maximumSize
    case .inclusionDepth: 64
    }
  }

  /// For the end of a sentence: what there is more than, and where that is set.
  package func excess(of limits: Limits) -> String {
    "the \(limits[self]) of the limit `\(rawValue)` (Documentation/limits.md)"
  }

  fileprivate var path: WritableKeyPath<Limits, Int> {
    switch self {
    case .fileBytes: \.fileBytes
    case .files: \.files
    case .runBytes: \.runBytes
    case .statements: \.statements
    case .inclusions: \.inclusions
    case .includedBytes: \.includedBytes
    case .inclusionDepth: \.inclusionDepth
    }
  }
}
