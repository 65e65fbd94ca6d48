import ArgumentParser
import PostgresParser

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sqllint",
    abstract: "Says what PostgreSQL migrations lock, break and risk before anyone runs them.",
    usage: """
      sqllint init
      sqllint [check] [PATH…] [options]
      sqllint plan PATH… [options]
      sqllint baseline
      sqllint approvals [--changed]
      sqllint gate doctor [FOLDER]
      sqllint suppressions
      sqllint config [PATH]
      sqllint explain RULE
      sqllint rules
      sqllint schema PATH
      sqllint sizes --query
      """,
    discussion: """
      Give files, folders, or - for standard input. Nothing is run, and no database is needed: the history of the \
      migrations tells the schema. `sqllint check --help` lists the options.

        sqllint init
        sqllint migrations/
        sqllint --changed
        sqllint migrations/000021_index.up.sql
        sqllint migrations/ --output sqllint.sarif --output sqllint.md
        sqllint explain index-built-without-concurrently

      \(ExitStatus.words)
      """,
    version: "sqllint \(ToolVersion.current) "
      + "(PostgreSQL \(PostgresParser.grammarVersion) grammar, libpg_query of PostgreSQL \(PostgresParser.sourceRelease))",
    subcommands: [
      CheckCommand.self, PlanCommand.self, InitCommand.self, BaselineCommand.self, ApprovalsCommand.self,
      GateCommand.self, SuppressionsCommand.self, ConfigCommand.self, HookCommand.self, ExplainCommand.self,
      RulesCommand.self, SchemaCommand.self,
      SizesCommand.self,
    ],
    defaultSubcommand: CheckCommand.self
  )
}

enum ToolVersion {
  static let current = "0.1.0"
}
