import ArgumentParser
import PostgresParser

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sqllint",
    abstract: "Says what PostgreSQL migrations lock, break and risk before anyone runs them.",
    usage: """
      sqllint [check] PATH… [options]
      sqllint plan PATH… [options]
      sqllint explain RULE
      sqllint rules
      sqllint schema PATH
      sqllint sizes --query
      """,
    discussion: """
      Give files, folders, or - for standard input. Nothing is run, and no database is needed: the history of the \
      migrations tells the schema. `sqllint check --help` lists the options.

        sqllint migrations/
        sqllint migrations/000021_index.up.sql
        sqllint migrations/ --output sqllint.sarif --output sqllint.md
        sqllint explain index-built-without-concurrently

      Exit status: 0 if no finding is at or above --fail-on, 1 if one is, 2 if the usage or the configuration is wrong \
      or sqllint fails.
      """,
    version: "sqllint \(ToolVersion.current) "
      + "(PostgreSQL \(PostgresParser.grammarVersion) grammar, libpg_query of PostgreSQL \(PostgresParser.sourceRelease))",
    subcommands: [
      CheckCommand.self, PlanCommand.self, ExplainCommand.self, RulesCommand.self, SchemaCommand.self, SizesCommand.self,
    ],
    defaultSubcommand: CheckCommand.self
  )
}

enum ToolVersion {
  static let current = "0.1.0"
}
