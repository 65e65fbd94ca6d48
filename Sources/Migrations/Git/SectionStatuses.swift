import Linting
import PostgresParser
import Syntax

/// The status of a file's sections, compared with the branch that it will be merged into.
struct SectionStatuses {
  private let status: Baseline.Status?
  private let overtakenBy: String?
  private let branch: String
  private let verifiesText: Bool
  private let isRepeatable: Bool
  /// The up sections of the text that the branch has, by their identity.
  private let before: [(identity: String, section: Section)]
  /// Of several with an identity, the first one's position in ``before``.
  private let positions: [String: Int]
  private let sourceBefore: SourceText
  private var textBefore: DirectiveLines { DirectiveLines(sourceBefore.utf8) }

  init(of file: HistoryPlan.File, _ runner: Runner, branch: String?) {
    status = file.status
    overtakenBy = file.overtakenBy
    self.branch = branch ?? ""
    verifiesText = runner.definition.verifiesText
    isRepeatable = file.name.isRepeatable
    guard case .edited(let bytes)? = file.status,
      let source = try? SourceText.decode(path: file.path.text, bytes: bytes)
    else {
      before = []
      positions = [:]
      sourceBefore = SourceText(path: file.path.text, utf8: [])
      return
    }
    sourceBefore = source
    before = runner.definition.sections(of: DirectiveLines(source.utf8), named: file.name).filter {
      $0.direction == .up
    }
    .map { ($0.identity(in: file), $0) }
    positions = Dictionary(before.enumerated().map { ($1.identity, $0) }) { first, _ in first }
  }

  /// The status of a migration that is a section of the file's text.
  func status(of identity: String, _ own: Section, in text: DirectiveLines) -> Migration.Status {
    switch status {
    case nil: return .pending
    case .new?: return .new(newest: overtakenBy, branch: branch)
    case .released?, .ahead?, .withdrawn?: return .released
    case .unknown?: return .pending
    // What ran again when it changed is gone, and nobody misses it.
    case .deleted?: return own.isRepeatable ? .released : .deleted(branch: branch)
    case .edited?:
      guard let section = positions[identity].map({ before[$0].section }) else {
        return .new(newest: nil, branch: branch)
      }
      // What runs again when it changes is as good as new.
      if isRepeatable || own.isRepeatable || section.isRepeatable {
        return isSame(section, as: own, in: text) ? .released : .new(newest: nil, branch: branch)
      }
      // A down migration that was changed is the one that will run.
      guard own.direction == .up else { return .pending }
      return isSame(section, as: own, in: text) ? .released : .edited(branch: branch)
    }
  }

  /// The sections that the branch has and the file does not, each alone in its text.
  func deleted(besides identities: Set<String>) -> [(section: Section, text: SourceText, status: Migration.Status)] {
    before.filter { !identities.contains($0.identity) && !$0.section.isRepeatable }.map {
      ($0.section, sourceBefore.part(of: $0.section, in: textBefore), .deleted(branch: branch))
    }
  }

  /// Whether the runner takes both for the same: comments and layout count for nothing, unless it keeps a checksum.
  private func isSame(_ section: Section, as own: Section, in text: DirectiveLines) -> Bool {
    let texts = [(own, text), (section, textBefore)].map { section, text in
      // A checksum is that of all of the file.
      verifiesText ? text.masked(to: section) : text.masked(to: section, in: section.span)
    }
    if texts[0] == texts[1] { return true }
    guard !verifiesText else { return false }
    // Text above a section moves it.
    if Set(texts.map { $0[...].trimmed }).count == 1 { return true }
    let scripts = texts.map { PostgresParser.parse(SourceText(path: "", utf8: $0)) }
    return scripts.allSatisfy { $0.errors.isEmpty && $0.nonSQLRanges.isEmpty }
      && Set(scripts.map { $0.statements.map(\.kind) }).count == 1
  }
}

extension Section {
  /// By what the runner knows the migration that the section of a file is.
  func identity(in file: HistoryPlan.File) -> String { version.map { "\(file.name.key) \($0)" } ?? file.name.key }
}
