"""Holds the JSON Schema of .sqllint.yml against its metaschema, against what the documents show, and against sqllint itself.

    .build-tools/python/bin/python Tests/configuration/run.py .build/debug/sqllint
"""

import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SQLLINT = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
failures = []


def check(what, holds, seen=""):
    if not holds:
        failures.append(what)
        print(f"configuration: FAILED: {what}\n{seen}", file=sys.stderr)


def run(*command, cwd=None):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True)
    return done.returncode, done.stdout + done.stderr


try:
    import jsonschema
    import ruamel.yaml
except ImportError:
    sys.exit("configuration: jsonschema and ruamel.yaml are missing, which check-jsonschema brings: run Scripts/setup --tests")

scratch = Path(tempfile.mkdtemp())
schema = json.loads(subprocess.run([SQLLINT, "config", "--schema"], capture_output=True, text=True, check=True).stdout)
check("the schema names its draft", schema["$schema"] == jsonschema.Draft7Validator.META_SCHEMA["$schema"])
try:
    jsonschema.Draft7Validator.check_schema(schema)
except jsonschema.SchemaError as error:
    check("the schema is one of its draft", False, error)
validator = jsonschema.Draft7Validator(schema)


def by_schema(path):
    """As editors do, which read YAML 1.2."""
    value = ruamel.yaml.YAML(typ="safe", pure=True).load(path.read_text())
    found = [error.message for error in validator.iter_errors({} if value is None else value)]
    return (1 if found else 0), "\n".join(found)


def by_sqllint(path):
    # What is extended need not be there.
    status, seen = run(SQLLINT, "config", "--config", path, cwd=scratch)
    return status, seen




# Valid ones: all that the repository has, and shows.
valid = {"documented": (ROOT / ".sqllint.yml").read_text()}
for path in sorted(ROOT.glob("Fixtures/**/.sqllint.yml")) + sorted(ROOT.glob("Fixtures/**/*sqllint*.yml")):
    valid[str(path.relative_to(ROOT)).replace("/", "_")] = path.read_text()
keys = list(schema["properties"])
for page in [ROOT / "README.md", *sorted((ROOT / "Documentation").glob("*.md"))]:
    for index, block in enumerate(re.findall(r"^```ya?ml\n(.*?)^```$", page.read_text(), flags=re.M | re.S)):
        first = re.findall(r"^([a-z_]+):", block, flags=re.M)
        # GitLab's files have an include, too.
        if first and all(key in keys for key in first) and "- project:" not in block:
            valid[f"{page.stem}_{index}"] = block
check("the documents show configurations", len(valid) > 3, "\n".join(valid))
# Examples in comments, one key at a time: usual values and examples of a key may both stand in the file.
for block in re.findall(r"^# ([a-z_]+:(?: .*)?(?:\n#   .*)*)$", valid["documented"], flags=re.M):
    name = block.split(":")[0]
    if name in keys:
        valid[f"example_{name}_{len(valid)}"] = re.sub(r"^# ", "", block, flags=re.M) + "\n"
for name, text in valid.items():
    path = scratch / f"{name}.yml"
    path.write_text(text)
    status, seen = by_schema(path)
    check(f"{name} is valid by the schema", status == 0, f"{text}\n{seen}")
    if "extends: [" not in text and "./" not in text:
        status, seen = by_sqllint(path)
        check(f"{name} is valid by sqllint", status == 0, f"{text}\n{seen}")

# What sqllint prints as a whole is valid, too.
for preset in ["strict", "default", "quiet"]:
    (scratch / "p.yml").write_text(f"extends: {preset}\n")
    status, printed = run(SQLLINT, "config", "--config", scratch / "p.yml")
    (scratch / "printed.yml").write_text(printed)
    status, seen = by_schema(scratch / "printed.yml")
    check(f"what holds with the preset {preset} is valid by the schema", status == 0, seen)

# The example of the README prints what the README shows.
readme = (ROOT / "README.md").read_text()
name = re.search(r"^```yaml\n# (\S+/\.sqllint\.yml)\n.*?^```$", readme, flags=re.M | re.S)
block = name.group(0).removeprefix("```yaml\n").removesuffix("```")
project = scratch / "readme"
(project / name.group(1)).parent.mkdir(parents=True)
(project / ".git").mkdir()
(project / ".sqllint.yml").write_text("paths: [services]\n")
(project / name.group(1)).write_text(block)
command, shown = re.search(r"^\$ sqllint (config \S+)\n(.*?)^```$", readme, flags=re.M | re.S).groups()
status, printed = run(SQLLINT, *command.split(), cwd=project)
for line in shown.splitlines():
    check(f"the README shows '{line}' as it is printed", line == "…" or line in printed.splitlines(), printed)

# Wrong ones: both say no.
wrong = [
    "fail-on: low", "fail_on: hihg", "target_version: 11", "target_version: x", "approvals: {mediun: x}",
    "approvals: {high: {by: A, count: 0}}", "approvals: {high: {count: 2}}", "rules: {table-droped: low}",
    "rules: {table-dropped: loud}", "exclude: '*.sql'", "exclude: [{a: b}]", "limits: {files: 0}", "limits: {file: 1}",
    "rates: {scan: fast}", "rates: {scam: 1 MB/s}", "tables: {tiny: [a]}", "foreign_suppressions: 1", "runner: rake",
    "timeouts: never", "downtime: {low: {a: b}}", "overrides: [{fail_on: low}]", "overrides: [{paths: x, runner: goose}]",
    "overrides: {paths: x}", "extends: {a: b}", "include: x", "- fail_on", "approvers: {CTO: {a: b}}",
    "approvals: {comments: maybe}", "sizes: [a]",
]
for number, text in enumerate(wrong):
    path = scratch / f"wrong{number}.yml"
    path.write_text(text + "\n")
    status, seen = by_schema(path)
    check(f"'{text}' is wrong by the schema", status == 1, seen)
    status, seen = by_sqllint(path)
    check(f"'{text}' is wrong by sqllint", status == 2, seen)

shutil.rmtree(scratch)
print(f"configuration: {len(valid)} valid and {len(wrong)} wrong configurations held against the schema, {len(failures)} failures")
sys.exit(1 if failures else 0)
