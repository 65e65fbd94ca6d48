import Foundation

extension LiveDatabase {
  /// What a session that kept writing met.
  package struct Written: Sendable {
    /// How often it wrote.
    package let count: Int
    /// In seconds; the longest that one write took.
    package let longest: Double
    /// Why the server refused a write.
    package let errors: [ServerMessage]
  }

  /// Runs `work` while another session writes over and over, each time in a transaction of its own, as running code does.
  /// `writes` may take numbers that nobody has from the sequence `writer.number`.
  package func keepWriting(_ writes: String, during work: () throws -> Void) throws -> Written {
    let setup = """
      DROP SCHEMA IF EXISTS writer_log CASCADE;
      CREATE SCHEMA writer_log;
      CREATE SCHEMA IF NOT EXISTS writer;
      CREATE SEQUENCE IF NOT EXISTS writer.number START 1000000;
      CREATE TABLE writer_log.stop ();
      CREATE TABLE writer_log.written (count bigint, longest double precision);
      """
    guard try run(setup).errors.isEmpty else { throw LiveServer.Unavailable() }
    let session = "writer_\(UUID().uuidString)"
    let loop = """
      DO $writer$
      DECLARE
        count bigint := 0;
        longest interval := '0';
        start timestamptz;
      BEGIN
        LOOP
          start := clock_timestamp();
          EXECUTE $write$\(writes)$write$;
          COMMIT;
          longest := greatest(longest, clock_timestamp() - start);
          count := count + 1;
          EXIT WHEN EXISTS (SELECT FROM writer_log.stop);
          PERFORM pg_sleep(0.001);
        END LOOP;
        INSERT INTO writer_log.written VALUES (count, extract(epoch FROM longest));
      END $writer$
      """
    let commands = [loop, "SELECT count, longest FROM writer_log.written"].map { "--command=\($0)" }
    let writer = try Self.program(commands, on: name, of: server, session: session).launch()
    let isThere = "SELECT 'there' FROM pg_stat_activity WHERE application_name = '\(session)'"
    while try run(isThere).rows != ["there"], !writer.hasEnded {}
    let result = Result { try work() }
    _ = try run("ALTER TABLE writer_log.stop ADD COLUMN a int; INSERT INTO writer_log.stop VALUES (1)")
    let answer = Answer(try writer.finish())
    try result.get()
    let values = answer.rows.last?.split(separator: "|").map(String.init) ?? []
    return Written(
      count: values.first.flatMap { Int($0) } ?? 0,
      longest: values.last.flatMap { Double($0) } ?? .infinity,
      errors: answer.errors
    )
  }
}
