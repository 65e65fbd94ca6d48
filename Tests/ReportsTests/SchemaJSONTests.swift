import Foundation
import PostgresParser
import Syntax
import Testing

@testable import Catalog
@testable import Execution
@testable import Reports

@Suite("The schema as JSON")
struct SchemaJSONTests {
  @Test("holds every kind of object, with definitions as SQL")
  func document() throws {
    var database = Database()
    let sql = """
      CREATE TYPE mood AS ENUM ('a', 'b'); CREATE DOMAIN small AS int CHECK (VALUE < 10);
      CREATE TABLE p (id serial PRIMARY KEY, m mood DEFAULT 'a', ts date NOT NULL);
      CREATE TABLE c (p_id int REFERENCES p ON DELETE CASCADE, CHECK (p_id > 0)) PARTITION BY RANGE (p_id);
      CREATE TABLE c1 PARTITION OF c FOR VALUES FROM (1) TO (10);
      CREATE INDEX late ON p (ts DESC) WHERE m IS NOT NULL; CREATE VIEW v AS SELECT id FROM p; COMMENT ON TABLE p IS 'x';
      """
    for statement in PostgresParser.parse(SourceText(path: "a.sql", text: sql)).statements {
      let isAccepted = database.execute(statement.kind, version: 17).refusal == nil
      #expect(isAccepted)
    }
    let json = try JSONSerialization.jsonObject(with: Data(SchemaJSON.render(database).utf8))
    let document = try #require(json as? [String: Any])
    #expect(names("tables", document) == ["public.c", "public.c1", "public.p"])
    let child = try entry("tables", "public.c1", document)
    #expect(child["partition_bound"] as? String == "FOR VALUES FROM (1) TO (10)")
    #expect(child["parents"] as? [String] == ["public.c"])
    let parent = try entry("tables", "public.p", document)
    #expect(parent["comment"] as? String == "x")
    let indexes = try #require(parent["indexes"] as? [[String: Any]])
    #expect(
      indexes.last?["definition"] as? String == "ON public.p USING btree (ts DESC) WHERE m IS NOT NULL"
    )
    let keys = try #require(try entry("tables", "public.c", document)["constraints"] as? [[String: Any]])
    #expect(
      keys.map { $0["definition"] as? String } == [
        "CHECK (p_id > 0)", "FOREIGN KEY (p_id) REFERENCES public.p (id) ON DELETE CASCADE",
      ]
    )
    #expect(try entry("views", "public.v", document)["definition"] as? String == "SELECT p.id FROM public.p")
    #expect(try entry("types", "public.small", document)["checks"] as? [String] == ["value < 10"])
    #expect(try entry("sequences", "public.p_id_seq", document)["owned_by"] as? String == "public.p.id")
  }

  private func names(_ kind: String, _ document: [String: Any]) -> [String] {
    (document[kind] as? [[String: Any]] ?? []).compactMap { $0["name"] as? String }
  }

  private func entry(_ kind: String, _ name: String, _ document: [String: Any]) throws -> [String: Any] {
    let entries = document[kind] as? [[String: Any]] ?? []
    return try #require(entries.first { $0["name"] as? String == name })
  }
}
