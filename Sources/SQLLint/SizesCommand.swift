import ArgumentParser

/// `sqllint sizes --query`
struct SizesCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sizes",
    abstract: "Print the query that asks a server how large its tables are.",
    discussion: """
      What it answers is a file for --sizes, or for sizes: in .sqllint.yml. It only reads PostgreSQL's own catalog.

        sqllint sizes --query | psql --no-psqlrc --csv --quiet > sizes.csv
        sqllint migrations/ --sizes sizes.csv
      """
  )

  @Flag(help: "Print the query.")
  var query = false

  func validate() throws {
    if !query { throw ValidationError("nothing is asked for: give --query") }
  }

  func run() throws { try OutputFile.standardOutput.write(Self.sql) }

  /// A partitioned table has the rows of its partitions. PostgreSQL has -1 rows for a table that was never analyzed.
  static let sql = """
    SELECT n.nspname AS schema, c.relname AS table,
      CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint END AS rows,
      CASE WHEN c.relkind = 'p'
        THEN (SELECT coalesce(sum(pg_total_relation_size(t.relid)), 0) FROM pg_partition_tree(c.oid) AS t)
        ELSE pg_total_relation_size(c.oid) END AS bytes
    FROM pg_catalog.pg_class AS c JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'm') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
    ORDER BY 1, 2;

    """
}
