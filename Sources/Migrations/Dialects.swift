/// A database system, as people write it in the names of files and folders where a project has its migrations once for
/// each system: `1_users.postgres.up.sql` beside `1_users.mysql.up.sql`, or `postgres/` beside `mysql/`.
struct Dialect: Hashable {
  /// As its makers write it.
  let name: String

  var isPostgreSQL: Bool { name == "PostgreSQL" }

  init?(_ word: some StringProtocol) {
    guard let name = Self.names[word.lowercased()] else { return nil }
    self.name = name
  }

  private static let names = [
    "postgres": "PostgreSQL", "postgresql": "PostgreSQL", "pg": "PostgreSQL", "pgsql": "PostgreSQL",
    "mysql": "MySQL", "mariadb": "MariaDB", "tidb": "TiDB", "sqlite": "SQLite", "sqlite3": "SQLite", "libsql": "libSQL",
    "mssql": "SQL Server", "sqlserver": "SQL Server", "oracle": "Oracle", "db2": "Db2", "h2": "H2", "hsqldb": "HSQLDB",
    "derby": "Derby", "cockroach": "CockroachDB", "cockroachdb": "CockroachDB", "crdb": "CockroachDB",
    "spanner": "Spanner", "clickhouse": "ClickHouse", "duckdb": "DuckDB", "snowflake": "Snowflake",
    "redshift": "Redshift", "bigquery": "BigQuery", "cassandra": "Cassandra",
  ]
}

/// The files of a folder that are there once for each database system, and what is not for PostgreSQL.
struct DialectFiles {
  /// What is for PostgreSQL, those that are for it alone under the names that all systems have in common.
  let files: [FolderFile]
  let setAside: [(file: FolderFile, reason: String)]

  /// A file whose name says its system alone shows nothing: it takes one for another system beside it.
  ///
  /// A file without a system in its name is for those that have none of their own, as the library `pop` has it.
  /// Source: Ory's `popx`, `Migrations.SortAndFilter`.
  init(_ files: [FolderFile]) {
    let names = files.map { DialectName($0.path.name) }
    let own = Set(names.compactMap { $0.flatMap { $0.dialect.isPostgreSQL ? $0.common : nil } })
    let others = Set(names.compactMap { $0.flatMap { $0.dialect.isPostgreSQL ? nil : $0.common } })
    let hasVariants = !others.isEmpty && (!own.isEmpty || files.contains { others.contains($0.path.name) })
    guard hasVariants else {
      (self.files, setAside) = (files, [])
      return
    }
    var kept: [FolderFile] = []
    var setAside: [(file: FolderFile, reason: String)] = []
    for (file, name) in zip(files, names) {
      if let name, name.dialect.isPostgreSQL {
        var file = file
        file.nameInPostgreSQL = name.common
        kept.append(file)
      } else if let name {
        setAside.append((file, "its name says that it is for \(name.dialect.name)"))
      } else if own.contains(file.path.name) {
        setAside.append((file, "a file beside it is of the same name, and for PostgreSQL alone"))
      } else {
        kept.append(file)
      }
    }
    (self.files, self.setAside) = (kept, setAside)
  }

  /// `1_users.postgres.up.sql` taken apart.
  private struct DialectName {
    let dialect: Dialect
    /// What is left of the name without it.
    let common: [UInt8]

    init?(_ name: [UInt8]) {
      let parts = name.split(separator: .dot, omittingEmptySubsequences: false)
      // The first part is the name itself.
      for index in parts.indices.dropFirst().reversed() {
        guard let dialect = Dialect(String(decoding: parts[index], as: UTF8.self)) else { continue }
        self.dialect = dialect
        common = Array((parts[..<index] + parts[(index + 1)...]).joined(separator: [.dot]))
        return
      }
      return nil
    }
  }
}

extension [RawPath] {
  /// The folders that are for other systems, where one of them is for PostgreSQL.
  var ofOtherDialects: [(path: RawPath, reason: String)] {
    let dialects = compactMap { path in
      Dialect(String(decoding: path.name, as: UTF8.self)).map { (path: path, dialect: $0) }
    }
    guard let own = dialects.first(where: \.dialect.isPostgreSQL) else { return [] }
    let name = String(decoding: own.path.name, as: UTF8.self)
    return dialects.filter { !$0.dialect.isPostgreSQL }
      .map { ($0.path, "it is for \($0.dialect.name): what is for PostgreSQL is in \(name) beside it") }
  }
}
