import Catalog
import Configuration
import Gate
import Linting
import Plan
import PostgresParser
import Reports
import Rules
import Syntax

/// All that a team writes beside its migrations: the configuration, what is known, who has approved, how large tables are,
/// and its own texts of the runbook.
struct GateInput {
  /// What the first byte of a part says that the part is.
  private enum Part: UInt8 {
    case configuration = 0x63  // c
    case baseline = 0x62  // b
    case approvals = 0x61  // a
    case sizes = 0x73  // s
    case template = 0x74  // t
    case up = 0x75  // u
    case down = 0x64  // d
  }

  private(set) var policy = Policy()
  private(set) var approvalPolicy = ApprovalPolicy()
  private(set) var baselines: [[UInt8]] = []
  private(set) var approvals: [GivenApproval] = []
  private(set) var templates: [String: String] = [:]
  private(set) var migrations: [MigrationPair] = []
  private var files: [(isUp: Bool, text: [UInt8])] = []
  private var measures: [QualifiedName: TableSizes.Measure] = [:]
  private var configuration = Configuration()

  /// The parts stand one after the other with a byte between them that no text has.
  init(_ bytes: [UInt8]) {
    for part in bytes.split(separator: 0xFF).prefix(16) {
      if let kind = part.first.flatMap(Part.init) { read(Array(part.dropFirst()), as: kind) }
    }
    policy = configuration.policy
    policy.sizes = configuration.tableSizes(measures: measures)
    policy.today = CalendarDate(year: 2026, month: 1, day: 15)
    approvalPolicy = configuration.approvalPolicy
    for (index, file) in files.enumerated() where file.isUp {
      let version = String(100_001 + index)
      let down = index + 1 < files.count && !files[index + 1].isUp ? files[index + 1].text : nil
      guard let up = migration(file.text, version, "up") else { continue }
      migrations.append(MigrationPair(up: up, down: down.flatMap { migration($0, version, "down") }))
    }
  }

  private mutating func read(_ text: [UInt8], as kind: Part) {
    switch kind {
    case .configuration:
      guard let text = String(validating: text, as: UTF8.self) else { return }
      do throws(ConfigurationFailure) {
        configuration = try ConfigurationReader.read(text, names: RuleNames(AllRules.all))
      } catch {
        _ = error.messages(for: ".sqllint.yml")
      }
    case .sizes: measures = (try? SizeFile.read(text)) ?? measures
    case .baseline: baselines.append(text)
    case .approvals: approvals += GivenApproval.read(String(decoding: text, as: UTF8.self))
    case .template:
      let lines = text.split(separator: 0x0A, maxSplits: 1, omittingEmptySubsequences: false)
      guard let name = lines.first.flatMap({ String(validating: $0, as: UTF8.self) }),
        let text = String(validating: lines.dropFirst().first ?? [], as: UTF8.self)
      else { return }
      templates[name] = text
    case .up, .down: files.append((kind == .up, text))
    }
  }

  private func migration(_ text: [UInt8], _ version: String, _ direction: String) -> Migration? {
    guard let source = try? SourceText.decode(path: "\(version)_fuzz.\(direction).sql", bytes: text) else { return nil }
    return Migration(source, version: version)
  }
}

extension FuzzTarget {
  static func judge(_ bytes: [UInt8]) {
    let input = GateInput(bytes)
    let history = History(migrations: input.migrations)
    var report = Inspection.lint(history, policy: input.policy, templates: input.templates)
    let digest = ContentDigest.digest(of: report) { $0.path }
    let approvals = Approvals(
      input.approvals,
      for: digest,
      by: input.approvalPolicy,
      author: "@vera",
      today: input.policy.today
    )
    for state in ApprovalState.states(of: report, by: input.approvalPolicy, approvals) {
      _ = state.sentence
      _ = state.notes
    }
    for baseline in input.baselines {
      guard let known = try? KnownFindings(reading: baseline) else { continue }
      var judged = report
      let gone = apply(known, to: &judged)
      precondition(gone.count <= known.count, "more is gone than was known")
      precondition(known.removing(gone).count == known.count - gone.count, "what is gone is not what was known")
    }
    keepAll(of: &report)
  }

  private static func apply(_ known: KnownFindings, to report: inout Report) -> KnownFindings {
    known.apply(to: &report, path: { $0.path }, runs: { _ in true }, isThere: { _ in false })
  }

  /// A baseline of all that is found knows all of it, also when it was written and read.
  private static func keepAll(of report: inout Report) {
    let known = KnownFindings(report) { $0.path }
    guard let text = try? known.text(), let read = try? KnownFindings(reading: Array(text.utf8)) else {
      preconditionFailure("a baseline cannot be written and read")
    }
    precondition(read == known, "a baseline that was read is another one")
    let gone = apply(read, to: &report)
    precondition(gone.isEmpty, "a baseline of what is found holds what is not found")
    let left = report.migrations.flatMap(\.findings).filter { !$0.isSuppressed }
    precondition(left.isEmpty, "a baseline of what is found does not know all of it")
  }
}
