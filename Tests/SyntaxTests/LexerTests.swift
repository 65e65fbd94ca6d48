import Testing

@testable import Syntax

@Suite("The lexer")
struct LexerTests {
  /// The tokens as `kind text`.
  private func tokens(_ text: String, readsPlaceholders: Bool = false) -> [String] {
    let utf8 = Array(text.utf8)
    return Lexer(utf8, readsPlaceholders: readsPlaceholders).map { token in
      let mark = token.isTerminated ? "" : "!"
      return "\(token.kind)\(mark) \(String(decoding: utf8[token.range], as: UTF8.self))"
    }
  }

  @Test(
    "splits text into PostgreSQL's tokens",
    arguments: [
      ("SELECT a$1 FROM größe_大", ["word SELECT", "word a$1", "word FROM", "word größe_大"]),
      (#""a""b" U&"d\0061t" u&'x'"#, [#"quotedIdentifier "a""b""#, #"quotedIdentifier U&"d\0061t""#, "string u&'x'"]),
      ("'it''s' ''", ["string 'it''s'", "string ''"]),
      (#"'a\' b"#, [#"string 'a\'"#, "word b"]),
      (#"E'a\'b' e'\\' c"#, [#"string E'a\'b'"#, #"string e'\\'"#, "word c"]),
      ("B'01' x'1F' N'n' nb'x'", ["string B'01'", "string x'1F'", "string N'n'", "word nb", "string 'x'"]),
      ("$$a;b$$ $x$ $$ $y$ $x$ $1", ["dollarString $$a;b$$", "dollarString $x$ $$ $y$ $x$", "parameter $1"]),
      ("a$b$c $a$ $a$a$", ["word a$b$c", "dollarString $a$ $a$", "word a$"]),
      ("$ä$'$ä$ $ 1", ["dollarString $ä$'$ä$", "unknown $", "number 1"]),
      (
        "1 1.5 .5 1. 1e10 1.5e-3 0x1F 1_000",
        ["1", "1.5", ".5", "1.", "1e10", "1.5e-3", "0x1F", "1_000"].map { "number \($0)" }
      ),
      ("1..10", ["number 1", "operator ..", "number 10"]),
      ("1.5.3 0xE+1", ["number 1.5", "number .3", "number 0xE", "operator +", "number 1"]),
      ("123abc", ["number 123abc"]),
      ("a.b,c;", ["word a", "period .", "word b", "comma ,", "word c", "semicolon ;"]),
      (
        "(a)[1:2]",
        [
          "openParenthesis (", "word a", "closeParenthesis )", "openBracket [", "number 1", "colon :", "number 2",
          "closeBracket ]",
        ]
      ),
      ("a::b:=c=>d", ["word a", "typecast ::", "word b", "operator :=", "word c", "operator =>", "word d"]),
      ("a=-1", ["word a", "operator =", "operator -", "number 1"]),
      ("a@-b a->>'c'", ["word a", "operator @-", "word b", "word a", "operator ->>", "string 'c'"]),
      ("a+--b\nc", ["word a", "operator +", "lineComment --b", "word c"]),
      ("a*/*b*/c", ["word a", "operator *", "blockComment /*b*/", "word c"]),
      ("/* a /* b */ c */ d", ["blockComment /* a /* b */ c */", "word d"]),
      ("--a\rb--c\r\nd", ["lineComment --a", "word b", "lineComment --c", "word d"]),
      ("'--a' \"/*\" $$--$$", ["string '--a'", "quotedIdentifier \"/*\"", "dollarString $$--$$"]),
      ("a\u{0B}b\u{0C}c\td", ["word a", "word b", "word c", "word d"]),
      ("\\x {}", ["unknown \\", "word x", "unknown {", "unknown }"]),
      ("", []),
    ]
  )
  func splits(text: String, expected: [String]) {
    #expect(tokens(text) == expected)
  }

  @Test("an escape string goes on on the next line with its escapes, as PostgreSQL reads it")
  func continuedString() {
    #expect(
      tokens("E'a' -- why\n  'b\\'c'\n'\\'' d") == [
        "string E'a'", "lineComment -- why", "string 'b\\'c'", "string '\\''", "word d",
      ]
    )
    #expect(tokens("E'a' 'b\\' c") == ["string E'a'", "string 'b\\'", "word c"])
    #expect(tokens("'a'\n'b\\' c") == ["string 'a'", "string 'b\\'", "word c"])
    #expect(tokens("E'a' /* */\n'b\\' c") == ["string E'a'", "blockComment /* */", "string 'b\\'", "word c"])
  }

  @Test(
    "what the text ends in the middle of is told from what is whole",
    arguments: [
      ("'a;", "string! 'a;"), ("E'a\\'", "string! E'a\\'"), ("E'a\\", "string! E'a\\"),
      ("\"a;", "quotedIdentifier! \"a;"),
      ("$x$ a $y$", "dollarString! $x$ a $y$"), ("/* /* */", "blockComment! /* /* */"), ("/*/", "blockComment! /*/"),
    ]
  )
  func unterminated(text: String, expected: String) {
    #expect(tokens(text) == [expected])
  }

  @Test("psql's variables are tokens only for who asks, and never in casts, slices, strings and comments")
  func variables() {
    let text = "SELECT :a, :'b c', :\"d\", :'e', x::int, y[1:2], ':f', $$ :g $$ -- :h"
    #expect(
      tokens(text, readsPlaceholders: true).filter { $0.hasPrefix("placeholder") } == [
        "placeholder :a", "placeholder :\"d\"", "placeholder :'e'",
      ]
    )
    #expect(tokens(text).contains { $0.hasPrefix("placeholder") } == false)
  }

  @Test(
    "placeholders are tokens for who asks, also in the middle of words, numbers and operators",
    arguments: [
      ("t_${n}x", ["word t_", "placeholder ${n}", "word x"]), ("1${n}", ["number 1", "placeholder ${n}"]),
      ("a=%(b)s", ["word a", "operator =", "placeholder %(b)s"]), ("a=%(b)d", ["word a", "operator =%"]),
      ("{{ a; {'b': 1} }}", ["placeholder {{ a; {'b': 1} }}"]), ("{# {{ a }} #}", ["placeholder {# {{ a }} #}"]),
      ("{%- if a %}", ["placeholder {%- if a %}"]), ("{{{a}}}", ["placeholder {{{a}}}"]),
      ("$%A%$a$%B%$", ["placeholder $%A%$", "word a", "placeholder $%B%$"]), (":{?a}", ["placeholder :{?a}"]),
      ("$${a}$$", ["dollarString $${a}$$"]), ("${a\n}", ["unknown $", "unknown {", "word a", "unknown }"]),
      ("{{ a {{ b }}", ["unknown {", "unknown {", "word a", "placeholder {{ b }}"]),
      ("${}", ["unknown $", "unknown {"]),
    ]
  )
  func placeholders(text: String, expected: [String]) {
    #expect(Array(tokens(text, readsPlaceholders: true).prefix(expected.count)) == expected)
  }

  @Test("moved past a place, it goes on there")
  func move() {
    let utf8 = Array("a 'b\n c".utf8)
    var lexer = Lexer(utf8)
    #expect(lexer.next()?.range == 0..<1)
    lexer.move(to: 5)
    #expect(lexer.next()?.range == 6..<7)
    #expect(lexer.next() == nil)
  }

  @Test("everything between the tokens of any text is white space")
  func coversAll() {
    let alphabet = Array("aE'\"$/*-+:;.\\ \n1(u&é{}%#)s?".utf8)
    var state: UInt64 = 42
    for _ in 0..<3000 {
      let text = (0..<12).map { _ in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return alphabet[Int(state >> 33) % alphabet.count]
      }
      for readsPlaceholders in [false, true] {
        var covered = 0
        for token in Lexer(text, readsPlaceholders: readsPlaceholders) {
          #expect(text[covered..<token.range.lowerBound].allSatisfy { $0.isSpace })
          #expect(!token.range.isEmpty)
          covered = token.range.upperBound
        }
        #expect(text[covered...].allSatisfy { $0.isSpace })
      }
    }
  }
}

@Suite("Tokens of a source text")
struct SourceTextTokensTests {
  @Test("the comments of a text are its comments and nothing that looks like one")
  func comments() {
    let source = SourceText(
      path: "a.sql",
      text: "-- a\nSELECT '-- no', /* b /* c */ */ 1; $$/* no */$$ --d\r\n/* no end"
    )
    #expect(source.comments().map { source[$0.range] } == ["-- a", "/* b /* c */ */", "--d"])
    #expect(source.comments().map(\.style) == [.line, .block, .line])
  }

  @Test(
    "a name ends where what follows it begins",
    arguments: [
      ("users (a)", "users"), ("app.users(a)", "app.users"), ("app . \"x y\" USING gin (a)", "app . \"x y\""),
      ("${s}.users (a)", "${s}.users"), ("t_${a}{{ b }}_1(a)", "t_${a}{{ b }}_1"), (":a.:\"b\" (c)", ":a.:\"b\""),
      ("/* TEMPLATE: x */ (a)", "/* TEMPLATE: x */"), ("a", "a"),
    ]
  )
  func nameRange(text: String, expected: String) {
    let source = SourceText(path: "a.sql", text: "ON " + text)
    #expect(source[source.nameRange(in: 3..<source.utf8.count)] == expected)
  }

  @Test("a token is found whole from any place in it")
  func tokenRange() {
    let source = SourceText(path: "a.sql", text: "SELECT  'a b'::größe;")
    #expect(source[source.tokenRange(at: 0)] == "SELECT")
    #expect(source[source.tokenRange(at: 10)] == "'a b'")
    #expect(source[source.tokenRange(at: 17, from: 8)] == "größe")
    #expect(source.tokenRange(at: 6) == 6..<6)
    #expect(source.tokenRange(at: source.utf8.count) == source.utf8.count..<source.utf8.count)
    #expect(source.tokenRange(at: 1000) == source.utf8.count..<source.utf8.count)
  }

  @Test("a list falls apart at its own commas only")
  func parts() {
    let source = SourceText(path: "a.sql", text: "ADD a numeric(1, 2), -- b, c\n DROP d , ALTER e TYPE f USING g[1,2]")
    #expect(
      source.parts(of: 0..<source.utf8.count).map { source[$0] }
        == ["ADD a numeric(1, 2)", "DROP d", "ALTER e TYPE f USING g[1,2]"]
    )
    #expect(source.parts(of: 4..<19).map { source[$0] } == ["a numeric(1, 2)"])
    #expect(source.parts(of: 0..<0).isEmpty)
  }
}
