import Syntax

/// Questions to a server that PostgreSQL 12 to 18 answer, about the relations at stake.
struct PreparationQueries {
  let relations: [QualifiedName]

  /// As the right side of IN.
  private var list: String { relations.map(\.regclass).joined(separator: ", ") }

  func version(_ target: Int) -> String {
    "SELECT current_setting('server_version_num')::integer / 10000 = \(target) AS is_version_\(target)"
  }

  let primary = "SELECT NOT pg_is_in_recovery() AS is_primary"

  let longTransactions = """
    SELECT pid, usename, application_name, state, now() - xact_start AS open_for, left(query, 80) AS query
      FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start < now() - interval '1 minute'
      ORDER BY xact_start;
    """

  let preparedTransactions =
    "SELECT gid, prepared, owner FROM pg_prepared_xacts WHERE database = current_database();"

  let replication = """
    SELECT application_name, state, replay_lag,
        CASE WHEN NOT pg_is_in_recovery() THEN pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), replay_lsn)) END AS behind
      FROM pg_stat_replication;
    """

  let slots = """
    SELECT current_setting('max_connections')::integer - current_setting('superuser_reserved_connections')::integer
        - coalesce(current_setting('reserved_connections', true)::integer, 0) - count(*) AS free_connections
      FROM pg_stat_activity WHERE backend_type = 'client backend';
    """

  var locks: String {
    """
    SELECT l.pid, l.relation::regclass AS relation, l.mode, l.granted, a.state, now() - a.xact_start AS open_for
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE l.relation IN (\(list)) AND l.pid <> pg_backend_pid();
    """
  }

  var sizes: String {
    """
    SELECT c.oid::regclass AS relation, c.reltuples::bigint AS rows_estimated,
        pg_size_pretty(pg_table_size(c.oid)) AS table_size, pg_size_pretty(pg_indexes_size(c.oid)) AS indexes_size
      FROM pg_class c WHERE c.oid IN (\(list));
    """
  }

  var invalidIndexes: String {
    "SELECT indexrelid::regclass AS invalid_index FROM pg_index WHERE NOT indisvalid AND indrelid IN (\(list));"
  }

  var unvalidatedConstraints: String {
    "SELECT conrelid::regclass AS relation, conname FROM pg_constraint WHERE NOT convalidated AND conrelid IN (\(list));"
  }

  let blockers = """
    SELECT waiting.pid AS waiting, left(waiting.query, 60) AS waits_with, now() - waiting.state_change AS for_time,
        blocking.pid AS blocking, blocking.state, left(blocking.query, 60) AS holds_with
      FROM pg_stat_activity waiting
      JOIN pg_stat_activity blocking ON blocking.pid = ANY (pg_blocking_pids(waiting.pid))
      WHERE waiting.wait_event_type = 'Lock' AND waiting.datname = current_database();
    """

  var queue: String {
    """
    SELECT l.relation::regclass AS relation, count(*) AS waiting, max(now() - a.state_change) AS longest
      FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid
      WHERE NOT l.granted AND l.relation IN (\(list))
      GROUP BY l.relation;
    """
  }

  let indexProgress = """
    SELECT relid::regclass AS relation, index_relid::regclass AS index, command, phase,
        round(100.0 * blocks_done / nullif(blocks_total, 0), 1) AS blocks_percent, lockers_done, lockers_total
      FROM pg_stat_progress_create_index WHERE datname = current_database();
    """

  let clusterProgress = """
    SELECT relid::regclass AS relation, command, phase, heap_blks_scanned, heap_blks_total
      FROM pg_stat_progress_cluster WHERE datname = current_database();
    """

  let sessions = """
    SELECT count(*) AS other_sessions
      FROM pg_stat_activity
      WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid();
    """

  /// About what an index will take: the width of its columns as they were last analyzed, and what a B-tree adds to each row.
  static func indexSize(_ table: QualifiedName, _ columns: [String]) -> String {
    let names = columns.map(\.quotedLiteral).joined(separator: ", ")
    return """
      SELECT pg_size_pretty((coalesce(sum(s.avg_width), 0) + 16) * greatest(max(c.reltuples), 0)::bigint * 10 / 9) AS about
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        LEFT JOIN pg_stats s ON s.schemaname = n.nspname AND s.tablename = c.relname AND s.attname IN (\(names))
        WHERE c.oid = \(table.regclass);
      """
  }

  static func indexUse(_ index: QualifiedName) -> String {
    "SELECT idx_scan FROM pg_stat_user_indexes WHERE indexrelid = \(index.regclass);"
  }

  var tables: String {
    """
    SELECT s.relid::regclass AS relation, s.n_live_tup, s.n_dead_tup, s.last_autovacuum, s.seq_scan, s.idx_scan
      FROM pg_stat_user_tables s WHERE s.relid IN (\(list));
    """
  }
}
