import Foundation
import Syntax
import Testing

@testable import PostgresParser

@Suite("Placeholders of templates")
struct TemplateTests {
  /// Each form, with a name in it.
  static let forms = [
    "${name}", "${ns:größe}", "{{ name }}", "{{.Name}}", "{{ \"a\" | quote }}", "{{- index .m 1 -}}", "{{{name}}}",
    "%(name)s", "$%NAME%$", "{{\r\n  .name\r\n}}",
  ]

  /// Each place, with `@` for the placeholder.
  static let places = [
    "CREATE TABLE @ (a int)", "CREATE TABLE @.users (a int)", "CREATE TABLE app.@ (a int)", "CREATE TABLE t_@ (a int)",
    "CREATE TABLE @_users (a int)", "CREATE TABLE @_@_x (a int)", "ALTER TABLE t ADD COLUMN @ int",
    "ALTER TABLE t ADD COLUMN a @", "ALTER TABLE t ADD COLUMN a @ NOT NULL", "ALTER TABLE t ADD a varchar(@)",
    "ALTER TABLE t ADD COLUMN a int DEFAULT @", "SELECT * FROM t WHERE a=@ AND b IN (@, @) LIMIT @",
    "ALTER TABLE @ ALTER COLUMN @ SET STATISTICS @", "CREATE SEQUENCE @.s START @ INCREMENT BY @",
    "COMMENT ON TABLE @ IS @", "ALTER TYPE @ ADD VALUE @", "CREATE TABLE t (a int) @", "CREATE TABLE @ t (a int)",
    "CREATE INDEX @ i ON t (a)", "GRANT SELECT ON @.t TO @", "SET search_path TO @, public",
    "CREATE TABLE t (a float(@), b interval(@))", "INSERT INTO @ VALUES (@, 'a', $$ x $$)",
  ]

  static func tags(_ script: Script) -> [String] { script.statements.map(\.commandTag) }

  @Test("of each form are read at each place, and every offset stays", arguments: forms)
  func everyPlace(form: String) {
    for place in Self.places {
      let statement = place.replacing("@", with: form)
      let script = script("SELECT 'é';\n\(statement);\n-- ü\nSELECT 2;")
      #expect(script.errors.isEmpty, "\(statement): \(script.errors)")
      let texts = script.statementTexts
      #expect(texts.count == 3 && texts.first == "SELECT 'é'" && texts.last == "SELECT 2", "\(statement)")
      // What stands for a clause at the end is not part of the statement.
      #expect(texts.dropFirst().first.map(statement.hasPrefix) == true, "\(statement): \(texts)")
      let found = script.nonSQLRanges.map { script.source[$0.range] }
      #expect(found == Array(repeating: form, count: place.count { $0 == "@" }), "\(statement)")
      #expect(script.commentTexts == ["-- ü"])
      #expect(script.isInOrder)
    }
  }

  @Test(
    "tell their style and name",
    arguments: [
      ("${ns:größe}", Placeholder.Style.dollarBraces, "ns:größe"), ("{{ .n }}", .doubleBraces, ".n"),
      ("{{- \"a\" | quote -}}", .doubleBraces, "\"a\" | quote"), ("{{{x}}}", .doubleBraces, "x"),
      ("%(names)s", .percent, "names"), ("$%X_1%$", .dollarPercent, "X_1"), (":name", .psqlVariable, "name"),
      (":{?name}", .psqlVariable, "name"),
    ]
  )
  func names(text: String, style: Placeholder.Style, name: String) {
    let script = script("SELECT \(text);")
    #expect(script.nonSQLRanges.map(\.kind) == [.placeholder(Placeholder(style: style, name: name))])
    #expect(script.statementTexts == ["SELECT \(text)"])
  }

  @Test("are one name wherever they stand, and no name that a file can hold otherwise")
  func identity() {
    let texts = [
      "${Name}", "\"${Name}\"", "${name}", "{{ Name }}", "{{ Name | a }}", "$%Name%$", "t_${Name}", "__name_",
    ]
    let names = texts.map { text -> String? in
      guard case .drop(let drop)? = script("DROP TABLE s.\(text);").statements.first?.kind else { return nil }
      return drop.objects.first?.name.name
    }
    #expect(
      names == ["${Name}", "${Name}", "${name}", "{{ Name }}", "{{ Name | a }}", "$%Name%$", "t_${Name}", "__name_"]
    )
  }

  @Test("longer than PostgreSQL's identifiers are cut like these")
  func longNames() {
    let name = "${" + String(repeating: "Ab", count: 50) + "}"
    guard case .drop(let drop)? = script("DROP TABLE \(name), ${b};").statements.first?.kind else {
      Issue.record("no DROP")
      return
    }
    #expect(drop.objects.map(\.name.name) == [String(name.prefix(63)), "${b}"])
  }

  @Test(
    "vanish where they steer the template, or are a whole statement",
    arguments: [
      "{% if a %}", "{%- endif -%}", "{# it's; a comment {{ x }} #}", "{{ if .a }}", "{{- end }}", "{{ $a := 1 }}",
      "{{/* a; b */}}", "{{#each a}}", "{{ install_snapshot \"x\" }};", "{{ template \"a.sql\" . }}", "${statement};",
      "${statement}", "$%X%$", "%(statement)s;",
    ]
  )
  func vanishing(text: String) {
    let script = script("SELECT 1;\n\(text)\nSELECT 2;\r\n  \(text)")
    #expect(script.statementTexts == ["SELECT 1", "SELECT 2"])
    #expect(script.errors.isEmpty)
    let found = script.nonSQLRanges.map { script.source[$0.range] }
    #expect(found == Array(repeating: text.last == ";" ? String(text.dropLast()) : text, count: 2))
    #expect(script.nonSQLRanges.allSatisfy { if case .omitted = $0.kind { true } else { false } })
  }

  @Test("a comment that calls itself a template is a name where the SQL wants something, and else a comment")
  func comments() {
    let text =
      "/* TEMPLATE: x */ CREATE TABLE /* TEMPLATE: name */ (a int /* TEMPLATE: y */, b /*template: type*/);\n"
      + "ALTER TABLE t OWNER TO /* TEMPLATE: role */;\nSELECT /* TEMPLATE: z */ 1;\nUPDATE /* TEMPLATE: t */ SET a = 1;"
    let script = script(text)
    #expect(script.errors.isEmpty)
    #expect(
      script.statementTexts == [
        "CREATE TABLE /* TEMPLATE: name */ (a int /* TEMPLATE: y */, b /*template: type*/)",
        "ALTER TABLE t OWNER TO /* TEMPLATE: role */", "SELECT /* TEMPLATE: z */ 1",
        "UPDATE /* TEMPLATE: t */ SET a = 1",
      ]
    )
    let kinds = ["name", "type", "role", "t"].map {
      NonSQLRange.Kind.placeholder(Placeholder(style: .comment, name: $0))
    }
    #expect(script.nonSQLRanges.map(\.kind) == kinds)
    #expect(script.comments.count == 7)
  }

  @Test(
    "what only looks like one is read as it stands",
    arguments: [
      "SELECT '${x}', '{{ x }}', '{{1,2},{3,4}}'::int[], E'{{\\'', \"${x}\", U&'{% x %}'",
      "SELECT $1, $$ ${x} {{ x }} $$, $tag$ $%A%$ {% if %} $tag$, $a${x}$a$", "SELECT a %(b)s, c%(d)::int FROM t",
      "SELECT 5 % 3, format('%s %(x)s', 1), a[1:b], b[:n], a::int", "/* TEMPLATE: x */ SELECT 1 -- ${x} {{ x }}",
      "CREATE TABLE t$ (a$1 int)", "SELECT a %% b",
    ]
  )
  func lookAlikes(text: String) throws {
    let plain = try RawParser.parse(Array(text.utf8)[...], base: 0).map(\.kind)
    // Alone, and where an error makes every statement be read by itself.
    for (script, count) in [(script(text), 0), (script("\(text);\nDROP TABLE ${x};\nSELEC 1;"), 1)] {
      #expect(script.statements.first.map { [$0.kind] } == plain)
      #expect(script.nonSQLRanges.count == count)
    }
  }

  @Test(
    "cost no other statement where nothing in their place makes SQL",
    arguments: [
      ("CREATE TABLE t (a int, ${columns})", ")"), ("ALTER TABLE ${t} FOO", "FOO"),
      ("ALTER TABEL ${t} ADD b int", "TABEL"),
      ("UPDATE ${größe} SET a = 1 LIMIT 5", "LIMIT"), ("SELECT 1 FROM {{ x", "{"), ("SELECT ${} FROM t", "$"),
      ("{{ x }} ALTER TABEL t", "{{ x }}"), ("{{ x }} TABLE t", "{{ x }}"), ("ALTER TABLE {{ .a }}{{ .b }} ADD c", ";"),
      ("SELECT ${a${b}}", "$"),
    ]
  )
  func refused(statement: String, token: String) {
    let script = script("SELECT 'é';\n\(statement);\nDROP TABLE ${t};\nSELECT 2;")
    #expect(script.statementTexts == ["SELECT 'é'", "DROP TABLE ${t}", "SELECT 2"])
    #expect(script.skippedTexts == [statement])
    #expect(script.errorTexts == [token])
    #expect(script.nonSQLRanges.map { script.source[$0.range] } == ["${t}"])
  }

  @Test("an error next to one shows it as it stands")
  func messages() {
    #expect(script("DROP TABLE a ${B};\nFOO").errors.last?.message == #"syntax error at or near "FOO""#)
    #expect(script("DROP ${B} a;").errors.map(\.message) == [#"syntax error at or near "${B}""#])
  }

  @Test("around text are no dollar quotes")
  func dollarQuotes() {
    let script = script("SELECT $%A%$ ; SELECT $%B%$;\nSELECT $%A%$$%B%$; SELECT ${x}||$$a;b$$;")
    #expect(script.statementTexts.count == 4)
    #expect(script.errors.isEmpty)
  }

  @Test("stand beside what belongs to psql")
  func psql() {
    let script = script(
      "\\connect ${db}\nCOPY ${t} FROM stdin;\n{{ x }}\n\\.\nDROP TABLE :name, ${x};\n\\set a {{ b }}\n"
    )
    #expect(script.statementTexts == ["COPY ${t} FROM stdin", "DROP TABLE :name, ${x}"])
    #expect(script.errors.isEmpty)
    let found = script.nonSQLRanges.map { script.source[$0.range] }
    #expect(found == ["\\connect ${db}", "${t}", "{{ x }}\n", "\\.", ":name", "${x}", "\\set a {{ b }}"])
  }

  @Test("take no more time each by the thousand than a few do", .timeLimit(.minutes(30)))
  func many() {
    let count = 5_000
    let pieces = [
      "${", "{{", "{%", "{#", "%(", "$%", "${a", "{{ a ", "{# a", "%(a", "$%a", "${a}", "{{ a }}", "{{{", "$%a%$",
      "/* TEMPLATE: a */", "{{ a }};\n", "SELECT ${a\n", "SELECT ${a}\n", "DROP TABLE ${a}, t_{{ b }};\n",
      "FOO ${a};\n",
      "CREATE TABLE ${a} (b ${c} d\n", "SELECT {{ a }} 1 {{ b }} 2 %(c)s;\n",
      "INSERT INTO t VALUES (/* TEMPLATE: a */);\n",
    ]
    for piece in pieces {
      let script = script(String(repeating: piece, count: count) + ";\nSELECT 'last';")
      #expect(script.isInOrder, "\(piece)")
    }
    let names = (0..<count).map { "${n\($0)}" }.joined(separator: ", ")
    #expect(script("DROP TABLE \(names);").nonSQLRanges.count == count)
  }

  @Test("in place of a name leave the statements of the effect cases what they are")
  func property() throws {
    let folder = FixtureFolder.package.appending(path: "Fixtures/effects")
    var replacements = 0
    for file in FixtureFolder.sqlFiles(in: folder) {
      let source = try SourceText.decode(path: file.path, bytes: Array(try Data(contentsOf: file)))
      for statement in PostgresParser.parse(source).statements {
        let text = source[statement.range]
        for name in Lexer(Array(text.utf8)).map(\.range).filter({ Self.isName($0, in: text) }) {
          for form in ["${%}", "{{ % }}", "$%%%$", "%(%)s"] {
            let utf8 = Array(text.utf8)
            let word = String(decoding: utf8[name], as: UTF8.self)
            let placeholder =
              form == "$%%%$" ? "$%\(word)%$" : form == "%(%)s" ? "%(\(word))s" : form.replacing("%", with: word)
            let changed = utf8[..<name.lowerBound] + Array(placeholder.utf8) + utf8[name.upperBound...]
            let replaced = script(String(decoding: changed, as: UTF8.self))
            #expect(Self.tags(replaced) == [statement.commandTag], "\(replaced.source[0..<changed.count])")
            #expect(replaced.errors.isEmpty)
            replacements += 1
          }
        }
      }
    }
    #expect(replacements > 1000)
  }

  /// Whether a word is a name of the effect cases' base schema, and not a keyword.
  private static func isName(_ range: Range<Int>, in text: String) -> Bool {
    let utf8 = Array(text.utf8)
    return names.contains(String(decoding: utf8[range], as: UTF8.self))
  }

  private static let names: Set<String> = ["users", "orders", "id", "email", "a", "b"]
}
