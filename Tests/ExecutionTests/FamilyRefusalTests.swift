import Catalog
import Execution
import Syntax
import Testing

@Suite("What PostgreSQL refuses of operator families, foreign data and definitions")
struct FamilyRefusalTests {
  private static let database = TrialDatabase(
    """
    CREATE FOREIGN DATA WRAPPER w OPTIONS (a '1');
    CREATE SERVER s FOREIGN DATA WRAPPER w;
    CREATE ROLE r;
    CREATE ROLE q;
    CREATE OPERATOR FAMILY fam USING btree;
    CREATE OPERATOR FAMILY hf USING hash;
    CREATE FUNCTION cmp(int4,int2) RETURNS bigint LANGUAGE sql AS 'SELECT 1::bigint';
    CREATE USER MAPPING FOR r SERVER s OPTIONS (u 'x');
    """
  )

  @Test("a definition is refused as PostgreSQL refuses it, and runs where it runs", arguments: cases)
  func refusal(of refused: DefinitionCase) {
    #expect(Self.database.refusal(of: refused.sql)?.state == refused.state)
  }

  // swift-format-ignore: LineLength
  private static let cases = [
    DefinitionCase("create user mapping for q server s"),
    DefinitionCase("create user mapping for r server s", .duplicateObject),
    DefinitionCase("drop user mapping for r server s; create user mapping for r server s"),
    DefinitionCase("alter user mapping for r server s options (set u 'y')"),
    DefinitionCase("alter user mapping for r server s options (add u 'y')", .duplicateObject),
    DefinitionCase("alter user mapping for r server s options (drop z)", .undefinedObject),
    DefinitionCase("alter user mapping for q server s options (drop z)", .undefinedObject),
    DefinitionCase("drop user mapping if exists for q server s"),
    DefinitionCase("create server s2 foreign data wrapper w options (a '1', a '2')", .duplicateObject),
    DefinitionCase("alter foreign data wrapper w options (drop a)"),
    DefinitionCase("alter foreign data wrapper w options (set b '1')", .undefinedObject),
    DefinitionCase("drop foreign data wrapper w", .dependentObjectsStillExist),
    DefinitionCase("drop foreign data wrapper w cascade"),
    DefinitionCase("drop server s", .dependentObjectsStillExist),
    DefinitionCase(
      "drop user mapping for r server s; create foreign table ft (a int) server s; drop server s",
      .dependentObjectsStillExist
    ),
    DefinitionCase("create foreign table ft (a int) server nope", .undefinedObject),
    DefinitionCase("alter operator family fam using btree add operator 6 < (int4, int2)", .invalidObjectDefinition),
    DefinitionCase("alter operator family fam using btree add operator 1 < (int4, int2)"),
    DefinitionCase(
      "alter operator family fam using btree add operator 1 < (int4, int2), operator 1 < (int4, int2)",
      .invalidObjectDefinition
    ),
    DefinitionCase(
      "alter operator family fam using btree add operator 1 < (int4, int2); alter operator family fam using btree add operator 1 < (int4, int2)",
      .duplicateObject
    ),
    DefinitionCase("alter operator family fam using btree drop operator 1 (int4, int2)", .undefinedObject),
    DefinitionCase(
      "alter operator family fam using btree add operator 1 < (int4, int2); alter operator family fam using btree drop operator 1 (int4, int2)"
    ),
    DefinitionCase(
      "alter operator family fam using btree add operator 1 < (int4, int4) for order by float_ops",
      .invalidObjectDefinition
    ),
    DefinitionCase("alter operator family fam using btree add function 1 cmp(int4, int2)", .invalidObjectDefinition),
    DefinitionCase("alter operator family fam using btree add function 1 btint42cmp(int4, int2)"),
    DefinitionCase("alter operator family hf using hash add function 1 hashint4(int4)"),
    DefinitionCase(
      "create operator class c for type int4 using btree as operator 1 <; alter operator family c using btree add operator 1 < (int4, int2)"
    ),
    DefinitionCase(
      "create operator ## (rightarg = int4, function = int4abs, commutator = ##)",
      .invalidFunctionDefinition
    ),
    DefinitionCase("create aggregate ag (int) (sfunc = int4pl)", .invalidFunctionDefinition),
    DefinitionCase("create cast (int as int) without function", .invalidObjectDefinition),
    DefinitionCase("create text search dictionary d (a = 'b')", .invalidObjectDefinition),
    DefinitionCase("create text search dictionary d (template = simple)"),
    DefinitionCase("create text search configuration d (copy = simple)"),
  ]
}
