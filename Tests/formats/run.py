"""Holds the formats for other programs against their schemas, and has programs that read them read them.

    .build-tools/python/bin/python Tests/formats/run.py .build/debug/sqllint
"""

import html.parser
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import cmarkgfm
import jsonschema
import junitparser
import xmlschema

SQLLINT = Path(sys.argv[1]).resolve()
HERE = Path(__file__).resolve().parent

# GitLab's documentation, "Code quality report format": an array of objects with all of these, severities from this list.
GITLAB = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["description", "check_name", "fingerprint", "severity", "location"],
        "properties": {
            "description": {"type": "string", "minLength": 1},
            "check_name": {"type": "string", "minLength": 1},
            "fingerprint": {"type": "string", "minLength": 1},
            "severity": {"enum": ["info", "minor", "major", "critical", "blocker"]},
            "location": {
                "type": "object",
                "required": ["path", "lines"],
                "properties": {
                    "path": {"type": "string", "pattern": "^(?!\\./|/)"},
                    "lines": {
                        "type": "object",
                        "required": ["begin"],
                        "properties": {"begin": {"type": "integer", "minimum": 1}, "end": {"type": "integer", "minimum": 1}},
                    },
                },
            },
        },
    },
}

# Reviewdog's reviewdog.proto, as JSON: it takes more keys than these, but sqllint should write no other.
POSITION = {
    "type": "object",
    "required": ["line", "column"],
    "additionalProperties": False,
    "properties": {"line": {"type": "integer", "minimum": 1}, "column": {"type": "integer", "minimum": 1}},
}
RDJSON = {
    "type": "object",
    "required": ["source", "diagnostics"],
    "additionalProperties": False,
    "properties": {
        "source": {"type": "object", "required": ["name"], "properties": {"name": {"const": "sqllint"}}},
        "diagnostics": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["message", "location", "severity", "code"],
                "additionalProperties": False,
                "properties": {
                    "message": {"type": "string", "minLength": 1},
                    "severity": {"enum": ["ERROR", "WARNING", "INFO"]},
                    "code": {
                        "type": "object",
                        "required": ["value"],
                        "additionalProperties": False,
                        "properties": {"value": {"type": "string"}, "url": {"type": "string", "pattern": "^https://"}},
                    },
                    "location": {
                        "type": "object",
                        "required": ["path", "range"],
                        "additionalProperties": False,
                        "properties": {
                            "path": {"type": "string"},
                            "range": {
                                "type": "object",
                                "required": ["start", "end"],
                                "additionalProperties": False,
                                "properties": {"start": POSITION, "end": POSITION},
                            },
                        },
                    },
                },
            },
        },
    },
}

# What would end a string, a cell, a tag, a section of characters, a fence or a line, mention somebody, or hide.
HOSTILE = "]]> \" ' <script>alert(1)</script> | `` ``` @everyone #1 \u202e [x](https://evil.example) & &amp; *b* _i_ www.evil.example \\ $x %0A"
FILES = {
    "db/000001_clips.up.sql": "CREATE TABLE clips (id bigint, title text);\nCREATE TABLE votes (id bigint);\n",
    "db/000001_clips.down.sql": "DROP TABLE votes;\nDROP TABLE clips;\n",
    "db/000002_allowed.up.sql": f"-- sqllint:allow table-dropped {HOSTILE}\nDROP TABLE votes;\n",
    "db/000002_allowed.down.sql": "CREATE TABLE votes (id bigint);\n",
    f"db/000003_{HOSTILE.replace('/', '')}.up.sql": 'DROP TABLE "' + HOSTILE.replace('"', '""') + '";\n',
    "db/000004_line\nfeed.up.sql": "SELECT 1;\n",
    "db/000005_index.up.sql": "/* \U0001f418 */ CREATE INDEX \"a\n\n|b\" ON clips (title);\n",
}

passed, failed = 0, 0


def check(what, holds, otherwise=""):
    global passed, failed
    if holds:
        passed += 1
        print(f"  ok: {what}")
    else:
        failed += 1
        print(f"  FAILED: {what}: {otherwise}")


def report(output_format, folder):
    finished = subprocess.run(
        [SQLLINT, "check", "--format", output_format, "."], cwd=folder / "db", capture_output=True, check=False
    )
    if finished.returncode != 1:
        sys.exit(f"sqllint ended with status {finished.returncode}: {finished.stderr.decode()}")
    return finished.stdout.decode("utf-8")


def is_valid(what, document, schema):
    errors = [f"{error.json_path}: {error.message}" for error in jsonschema.Draft202012Validator(schema).iter_errors(document)]
    check(f"{what} is valid", not errors, "; ".join(errors[:5]))


def check_json(folder, problems):
    gitlab = json.loads(report("gitlab", folder))
    is_valid("gitlab", gitlab, GITLAB)
    prints = [problem["fingerprint"] for problem in gitlab]
    check("gitlab's fingerprints differ", len(set(prints)) == len(prints), prints)
    rdjson = json.loads(report("rdjson", folder))
    is_valid("rdjson", rdjson, RDJSON)
    for diagnostic in rdjson["diagnostics"]:
        start = diagnostic["location"]["range"]["start"]
        lines = (folder / diagnostic["location"]["path"]).read_bytes().split(b"\n")
        inside = start["line"] <= len(lines) and start["column"] <= len(lines[start["line"] - 1]) + 1
        check(f"rdjson's columns count bytes in {diagnostic['code']['value']}", inside, start)
    columns = [
        diagnostic["location"]["range"]["start"]["column"]
        for diagnostic in rdjson["diagnostics"]
        if diagnostic["code"]["value"] == "index-built-without-concurrently"
    ]
    check("a wide character counts four", columns == [12], columns)
    names = {"gitlab": [problem["check_name"] for problem in gitlab]}
    names["rdjson"] = [diagnostic["code"]["value"] for diagnostic in rdjson["diagnostics"]]
    for output_format, found in names.items():
        check(f"{output_format} has what JSON has", sorted(found) == problems, found)


def check_xml(folder, problems):
    for output_format in ("junit", "checkstyle"):
        text = report(output_format, folder)
        errors = [error.reason for error in xmlschema.XMLSchema(HERE / f"{output_format}.xsd").iter_errors(text)]
        check(f"{output_format} is valid", not errors, errors[:5])
    junit = junitparser.JUnitXml.fromstring(report("junit", folder).encode())
    cases = [case for suite in junit for case in suite]
    check("junitparser counts what the file says", junit.tests == len(cases), (junit.tests, len(cases)))
    failures = sum(isinstance(result, junitparser.Failure) for case in cases for result in case.result)
    skipped = [result.message for case in cases for result in case.result if isinstance(result, junitparser.Skipped)]
    check("junitparser finds the failures", failures == junit.failures > 0, failures)
    reasons = [HOSTILE.replace("\u202e", "\\u{202e}")]
    check("junitparser reads the reason of what is allowed, whole", skipped == reasons, skipped)
    checkstyle = xmlschema.XMLSchema(HERE / "checkstyle.xsd").to_dict(report("checkstyle", folder))
    found = [error["@source"].removeprefix("sqllint.") for file in checkstyle["file"] for error in file["error"]]
    check("checkstyle has what JSON has", sorted(found) == problems, found)


class Elements(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.names, self.cells, self.links, self.text = [], [], [], ""

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        if tag == "tr":
            self.cells.append(0)
        if tag in ("td", "th"):
            self.cells[-1] += 1
        self.links += [value for name, value in attributes if name in ("href", "src")]

    def handle_data(self, data):
        # Mentions and references are looked for in each text by itself.
        if not ({"code", "pre"} & set(self.names[-1:])):
            self.text += data + "\x00"


def check_markdown(folder):
    text = report("markdown", folder)
    check("the comment begins with its marker", text.startswith("<!-- sqllint: decision -->\n"), text[:60])
    rendered = cmarkgfm.github_flavored_markdown_to_html(text, options=cmarkgfm.cmark.Options.CMARK_OPT_UNSAFE)
    elements = Elements()
    elements.feed(rendered)
    known = {
        "h2", "table", "thead", "tbody", "tr", "th", "td", "strong", "code", "br", "b", "ul", "li", "input", "details",
        "summary", "hr", "p", "pre",
    }
    check("GitHub's Markdown makes no other element of it", set(elements.names) <= known, set(elements.names) - known)
    check("each row of the table has five cells", set(elements.cells) == {5}, elements.cells)
    check("there are boxes to tick", elements.names.count("input") == 3, elements.names.count("input"))
    check("there is no link", elements.links == [], elements.links)
    check("nobody is mentioned", not re.search(r"@[a-z]|#\d", elements.text), elements.text)


def main():
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / ".git").mkdir()
        (folder / "db").mkdir()
        for path, text in FILES.items():
            (folder / path).write_text(text, encoding="utf-8")
        contract = json.loads(report("json", folder))
        problems = [
            finding["rule"]
            for migration in contract["migrations"]
            for finding in migration["findings"]
            if not finding["suppressed"]
        ]
        problems += ["approval" for migration in contract["migrations"]
                     if migration["direction"] == "up" and migration["risk"] != "low"]
        problems.sort()
        check_json(folder, problems)
        check_xml(folder, problems)
        check_markdown(folder)
    print(f"formats: {passed} checks passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
