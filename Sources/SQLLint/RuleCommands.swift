import Configuration
import ArgumentParser
import Linting
import Reports
import Rules

/// `sqllint explain RULE`
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say what a rule is about, why it matters, and the safe way; its risk and approval are those of the "
      + "configuration here."
  )

  @Argument(
    help: ArgumentHelp("The name of a rule; `sqllint rules` lists them.", valueName: "rule"),
    completion: .list(AllRules.all.map(\.id))
  )
  var name: String

  @OptionGroup(title: "Output options") var appearance: AppearanceOptions

  func run() throws {
    let names = RuleNames(AllRules.all)
    guard let id = names.presentID(of: name), let rule = AllRules.all.first(where: { $0.id == id }) else {
      throw CommandFailure(names.complaint(about: name))
    }
    let configuration = try ConfigurationFile.ofWorkingFolder(names: names)
    let text = RuleText.explain(
      rule,
      policy: configuration.policy,
      approvers: configuration.approvalPolicy.requirements(ofRule: id).map(\.text),
      style: appearance.style(on: .current())
    )
    try OutputFile.standardOutput.write(text)
  }
}

/// `sqllint rules`
struct RulesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "List all rules with their risks and approvals, as the configuration here has them."
  )

  enum Format: String, CaseIterable, ExpressibleByArgument, Sendable {
    case text, json, markdown
  }

  @Option(help: "How they are listed.")
  var format = Format.text

  @OptionGroup(title: "Output options") var appearance: AppearanceOptions

  func run() throws {
    let configuration = try ConfigurationFile.ofWorkingFolder(names: RuleNames(AllRules.all))
    let policy = configuration.policy
    let approvers = { (id: String) in configuration.approvalPolicy.requirements(ofRule: id).map(\.text) }
    let text =
      switch format {
      case .text:
        RuleText.table(
          AllRules.all,
          policy: policy,
          approvers: approvers,
          style: appearance.style(on: .current())
        )
      case .json: RuleText.json(AllRules.all, policy: policy, approvers: approvers)
      case .markdown: RuleText.markdown(AllRules.all, policy: policy)
      }
    try OutputFile.standardOutput.write(text)
  }
}
