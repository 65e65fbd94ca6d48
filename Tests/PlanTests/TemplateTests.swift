import Testing

@testable import Plan

@Suite("A team's own templates")
struct TemplateTests {
  @Test("take the place of sqllint's texts")
  func override() throws {
    let library = try TemplateLibrary(overrides: ["runbook": "# {{title}}\n{{#tags}}\n- {{.}}\n{{/tags}}\n"])
    let node = PlanNode.object([.init("title", .text("a_b *c* <b>")), .init("tags", .names(["x`y", "z"]))])
    #expect(try library.render(node) == "# a_b \\*c\\* \\<b\\>\n- ``x`y``\n- `z`\n")
  }

  @Test("show code in a fence that it cannot end, also within a list")
  func code() throws {
    let library = try TemplateLibrary(overrides: ["runbook": "{{code}}\n- a\n{{code.indented}}\n"])
    let node = PlanNode.object([.init("code", .code(.sql("SELECT '```';\nx")))])
    #expect(
      try library.render(node) == "````sql\nSELECT '```';\nx\n````\n- a\n  ````sql\n  SELECT '```';\n  x\n  ````\n"
    )
  }

  @Test(
    "are refused where they are no such template",
    arguments: [
      ("{{#a}}", "section a is not closed"), ("{{a", "a tag is not closed"), ("{{/a}}", "a closes a section"),
      ("{{>runbook}}", "include one another without an end"), ("{{>none}}", "there is no template none"),
      ("{{=<% %>=}}", "this is no tag"), ("{{>*a}}", "this is no tag"), ("{{<head}}{{/head}}", "this is no tag"),
      ("{{$a}}{{/a}}", "this is no tag"), ("{{uppercased(a)}}", "this is no tag"), ("{{}}", "this is no tag"),
      ("{{%CONTENT_TYPE:HTML}}", "this is no tag"), ("{{{a}}", "a tag is not closed"), ("{{a{b}}", "a brace"),
      (String(repeating: "{{#a}}", count: 21), "nested more than 20 deep"),
      (String(repeating: "x", count: 70_000), "more than 65536 bytes"),
    ]
  )
  func refused(_ text: String, _ message: String) {
    #expect {
      _ = try TemplateLibrary(overrides: ["runbook": text])
    } throws: { error in
      (error as? TemplateLibrary.Failure)?.message.contains(message) == true
    }
  }

  @Test("end, though they nest a list in itself again and again")
  func budget() throws {
    let text = String(repeating: "{{#a}}", count: 20) + "x" + String(repeating: "{{/a}}", count: 20)
    let library = try TemplateLibrary(overrides: ["runbook": text], maximumLookups: 50_000)
    let node = PlanNode.object([.init("a", .texts(Array(repeating: "b", count: 100)))])
    #expect(throws: TemplateLibrary.Failure.self) { _ = try library.render(node) }
  }
}
