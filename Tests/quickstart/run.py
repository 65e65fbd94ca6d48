"""Does what Documentation/quickstart.md tells, in a scratch folder, and compares with what stands there.

    .build-tools/python/bin/python Tests/quickstart/run.py .build/debug/sqllint

Blocks of `console` hold commands behind `$ `, lines that continue them behind `> `, and what they print. A file is a block
behind a line with nothing but its path. With SQLLINT_RECORD=1 in the environment the output is written into the page, and
the test fails, so that nobody takes a recording for a pass.
"""

import difflib
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

SQLLINT = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "Documentation/quickstart.md"
TOOLS = Path(sys.executable).parent

# Tests may themselves be run by a CI system or a hook, whose variables would name the wrong repository and branch.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_", "GITLAB_", "CI", "SQLLINT_", "PRE_COMMIT"))}
ENVIRONMENT |= {
    "GIT_CONFIG_SYSTEM": os.devnull,
    "GIT_AUTHOR_DATE": "2026-03-01T12:00:00Z",
    "GIT_COMMITTER_DATE": "2026-03-01T12:00:00Z",
    "LC_ALL": "C.UTF-8",
    "NO_COLOR": "1",
    "TERM": "dumb",
}
CONFIGURATION = "[user]\nname = Dora\nemail = dora@example.com\n[commit]\ngpgsign = false\n[init]\ndefaultBranch = main\n"
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", flags=re.M | re.S)
FILE = re.compile(r"^`([\w./-]+)`:\n\n$", flags=re.M)
BETWEEN = "\x01--"


def commands(block):
    """The commands of a block of `console`, each with what it prints."""
    found = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append((line[2:], []))
        elif line.startswith("> ") and not found[-1][1]:
            found[-1] = (f"{found[-1][0]}\n{line[2:]}", [])
        else:
            found[-1][1].append(line)
    return found


def normal(text):
    """The same for every run: ids of commits, times, and the first digits of digests."""
    text = re.sub(r"sha256:([0-9a-f]{8})[0-9a-f]{56}", r"sha256:\1…", text)
    text = re.sub(r"^\[(\S+(?: \(root-commit\))?) [0-9a-f]{7,}\]", r"[\1 1a2b3c4]", text, flags=re.M)
    text = re.sub(r"\b\d+\.\d+s\b", "0.05s", text)
    return "\n".join(line.rstrip() for line in text.splitlines())


def script(page):
    """All that the page tells, as one script; between the commands it prints a line of its own."""
    lines, end = ["exec 2>&1"], 0
    for block in FENCE.finditer(page):
        language, text = block.groups()
        file = FILE.search(page[end : block.start()][-200:])
        end = block.end()
        if language == "console":
            for command, _ in commands(text):
                # The next command may ask for the exit status of this one.
                lines += [command, f"(status=$?; printf '%s\\n' $'{BETWEEN}'; exit $status)"]
        elif file:
            path = shlex.quote(file.group(1))
            lines += [f'mkdir -p "$(dirname {path})"', f"cat >{path} <<'SQLLINT_END'", text.rstrip("\n"), "SQLLINT_END"]
    return "\n".join(lines) + "\n"


def outputs(page, folder):
    programs = folder / "programs"
    programs.mkdir()
    (programs / "sqllint").symlink_to(SQLLINT)
    (programs / "pre-commit").symlink_to(TOOLS / "pre-commit")
    (folder / "gitconfig").write_text(CONFIGURATION)
    work = folder / "work"
    work.mkdir()
    environment = ENVIRONMENT | {
        "PATH": f"{programs}{os.pathsep}{ENVIRONMENT['PATH']}",
        "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
        "HOME": str(folder),
        "PRE_COMMIT_HOME": str(folder / "pre-commit"),
    }
    (folder / "script").write_text(script(page))
    run = subprocess.run(
        ["bash", folder / "script"], cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, env=environment
    )
    assert run.stdout, run.stderr
    return [normal(output) for output in run.stdout.split(f"{BETWEEN}\n")]


def filled(page, printed):
    """The page with what the commands printed."""
    printed = iter(printed)

    def fill(block):
        if block.group(1) != "console":
            return block.group(0)
        lines = []
        for command, _ in commands(block.group(2)):
            first, *others = command.split("\n")
            lines += [f"$ {first}", *(f"> {line}" for line in others)]
            lines += next(printed).splitlines()
        return "```console\n" + "\n".join(lines) + "\n```"

    return FENCE.sub(fill, page)


if not (TOOLS / "pre-commit").exists() or shutil.which("git") is None:
    print("quickstart: skipped, because pre-commit or git is not installed: run Scripts/setup --tests")
    sys.exit(0)
before = PAGE.read_text()
with tempfile.TemporaryDirectory() as name:
    after = filled(before, outputs(before, Path(name)))
if after != before:
    if os.environ.get("SQLLINT_RECORD"):
        PAGE.write_text(after)
        print("quickstart: recorded: read it, then run again without SQLLINT_RECORD", file=sys.stderr)
    else:
        changes = difflib.unified_diff(before.splitlines(), after.splitlines(), "the page", "what happens", lineterm="")
        print("quickstart: FAILED: what the page says is not what happens\n" + "\n".join(changes), file=sys.stderr)
    sys.exit(1)
print(f"quickstart: what the page says is what happens, {before.count(chr(10) + '$ ')} commands")
