"""Holds what CI systems read against their schemas and linters, and runs the action's script as GitHub does.

    .build-tools/python/bin/python Tests/ci/run.py .build/debug/sqllint
"""

import http.server
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SQLLINT = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
TOOLS = Path(sys.executable).parent
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_", "GITLAB_", "CI", "SQLLINT_"))}
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
failures = []


def check(what, holds, seen=""):
    if not holds:
        failures.append(what)
        print(f"ci: FAILED: {what}\n{seen}", file=sys.stderr)


def tool(name):
    """Where a program is; says so where it is not."""
    found = shutil.which(name, path=f"{TOOLS}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        print(f"ci: what {name} checks is skipped, because it is not installed: run Scripts/setup --tests")
    return found


def run(*command, cwd=ROOT, **variables):
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, env=ENVIRONMENT | variables)
    return done.returncode, done.stdout, done.stderr


def fenced(page, language):
    return re.findall(rf"^```{language}\n(.*?)^```$", (ROOT / page).read_text(), flags=re.M | re.S)


def interpolated(template):
    """The jobs of a GitLab template, with the defaults of its inputs as GitLab puts them in."""
    head, jobs = template.split("\n---\n")
    for name in re.findall(r"^    ([a-z-]+):$", head, flags=re.M):
        declared = re.search(rf"^    {name}:\n((?:      .*\n?)+)", head, flags=re.M).group(1)
        default = re.search(r"^      default: (.*)$", declared, flags=re.M)
        value = default.group(1).strip('"') if default else "registry.example.com/sqllint"
        jobs = jobs.replace(f"$[[ inputs.{name} ]]", value)
    check("every input of the template is declared", "$[[" not in jobs, jobs)
    return jobs


def schemas():
    program = tool("check-jsonschema")
    if program is None:
        return
    files = {"vendor.github-actions": [ROOT / "action.yml"], "vendor.github-workflows": [], "vendor.gitlab-ci": []}
    workflow, include = fenced("Documentation/approvals.md", "yaml")[1:3]
    template = interpolated((ROOT / "templates/sqllint.yml").read_text())
    for kind, name, text in (
        ("vendor.github-workflows", "workflow.yml", workflow),
        ("vendor.gitlab-ci", "include.yml", include),
        ("vendor.gitlab-ci", "template.yml", template),
    ):
        (scratch / name).write_text(text)
        files[kind].append(scratch / name)
    project = scratch / "init"
    (project / "migrations").mkdir(parents=True)
    (project / "migrations/000001_a.up.sql").write_text("CREATE TABLE a (id bigint PRIMARY KEY);\n")
    run("git", "init", "--quiet", cwd=project)
    for system, kind, name in (
        ("github", "vendor.github-workflows", ".github/workflows/sqllint.yml"),
        ("gitlab", "vendor.gitlab-ci", ".gitlab/sqllint.gitlab-ci.yml"),
    ):
        seen = run(SQLLINT, "init", "--ci", system, cwd=project)
        check(f"sqllint init --ci {system} writes a file", seen[0] == 0 and (project / name).is_file(), seen)
        files[kind].append(project / name)
    for kind, paths in files.items():
        seen = run(program, "--builtin-schema", kind, *paths)
        check(f"{kind} takes {', '.join(path.name for path in paths)}", seen[0] == 0, seen[1] + seen[2])


def image():
    program = tool("hadolint")
    if program is not None:
        seen = run(program, "Dockerfile")
        check("hadolint has nothing to say about the Dockerfile", seen[0] == 0, seen[1] + seen[2])
    for name in re.findall(r"^COPY --from=build /sqllint/(\S+) ", (ROOT / "Dockerfile").read_text(), flags=re.M):
        there = (ROOT / name).exists() or name.startswith(".build/")
        check(f"{name}, which the Dockerfile copies, is there", there)


def git(*arguments, cwd):
    identity = ["-c", "user.name=dora", "-c", "user.email=dora@example.com", "-c", "commit.gpgsign=false"]
    seen = run("git", *identity, *arguments, cwd=cwd)
    assert seen[0] == 0, seen
    return seen[1].strip()


def cloned():
    """A clone with a change that drops a table."""
    origin, project = scratch / "origin", scratch / "project"
    (origin / "migrations").mkdir(parents=True)
    (origin / ".sqllint.yml").write_text('approvers:\n  VP Engineering: "@vera"\n  CTO: "@carl"\n')
    (origin / "migrations/000001_a.up.sql").write_text("CREATE TABLE a (id bigint PRIMARY KEY);\n")
    (origin / "migrations/000001_a.down.sql").write_text("DROP TABLE a;\n")
    git("init", "--quiet", "--initial-branch=main", cwd=origin)
    git("add", "--all", cwd=origin)
    git("commit", "--quiet", "--message=a", cwd=origin)
    git("clone", "--quiet", str(origin), str(project), cwd=scratch)
    git("checkout", "--quiet", "-b", "drop", cwd=project)
    base = git("rev-parse", "HEAD", cwd=project)
    (project / "migrations/000002_b.up.sql").write_text("DROP TABLE a;\n")
    (project / "migrations/000002_b.down.sql").write_text("CREATE TABLE a (id bigint PRIMARY KEY);\n")
    git("add", "--all", cwd=project)
    git("commit", "--quiet", "--message=b", cwd=project)
    return project, base


class Reviews(http.server.BaseHTTPRequestHandler):
    """GitHub, of which vera and carl have approved the commit that a file names, and where comments are kept."""

    comments = []

    def do_POST(self):
        may = self.headers["Authorization"] == "Bearer writes" and self.path == "/repos/acme/shop/issues/21/comments"
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["body"]
        if may:
            self.comments.append(body)
        self.send_response(201 if may else 403)
        self.end_headers()

    def do_GET(self):
        head = (scratch / "head").read_text()
        people = [{"login": login, "id": number, "type": "User"} for number, login in enumerate(("dora", "vera", "carl"))]
        answer = {"user": people[0], "head": {"sha": head}}
        if "/reviews" in self.path:
            answer = [
                {"id": person["id"], "user": person, "state": "APPROVED", "submitted_at": "2026-03-03T10:00:00Z", "commit_id": head}
                for person in people
            ]
        if "/comments" in self.path:
            answer = []
        known = ("/repos/acme/shop/pulls/21", "/repos/acme/shop/issues/21/comments")
        self.send_response(200 if self.path.startswith(known) else 404)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


def reviews(project, base):
    """The action asks GitHub itself, in a pull request and in a merge queue."""
    if not all(map(shutil.which, ("curl", "jq"))):
        print("ci: asking for reviews is skipped, because curl or jq is not installed")
        return
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Reviews)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    head = git("rev-parse", "HEAD", cwd=project)
    (scratch / "head").write_text(head)
    usual = {
        "GITHUB_API_URL": f"http://127.0.0.1:{server.server_port}",
        "GITHUB_REPOSITORY": "acme/shop",
        "GITHUB_TOKEN": "secret",
        "RUNNER_TEMP": str(scratch),
        "SQLLINT_APPROVALS": "reviews",
        "SQLLINT_BINARY": str(SQLLINT),
        "SQLLINT_FAIL_ON": "none",
        "SQLLINT_PATHS": "migrations",
        "no_proxy": "*",
    }
    request = usual | {"SQLLINT_BASE": "main", "SQLLINT_NUMBER": "21", "SQLLINT_HEAD": head, "SQLLINT_AUTHOR": "dora"}
    queue = usual | {"SQLLINT_QUEUE_BASE": base, "GITHUB_REF": f"refs/heads/gh-readonly-queue/main/pr-21-{base}"}
    script = ROOT / "Scripts/action"
    seen = run(script, cwd=project, **request)
    check("a pull request passes with its reviews", seen[0] == 0, seen)
    seen = run(script, cwd=project, **queue)
    check("an entry of the merge queue passes with them", seen[0] == 0, seen)
    seen = run(script, cwd=project, **request | {"SQLLINT_NUMBER": "22"})
    check("reviews that cannot be read are no finding", seen[0] == 2 and "sqllint did not run" in seen[1], seen)
    posted = request | {"SQLLINT_POST": "true", "GITHUB_TOKEN": "writes"}
    seen = run(script, cwd=project, **posted)
    check("the comment is put into the pull request", seen[0] == 0 and len(Reviews.comments) == 1, seen)
    check("with boxes that are ticked", "- [x] **CTO** has approved" in "".join(Reviews.comments), Reviews.comments)
    seen = run(script, cwd=project, **posted | {"SQLLINT_VERSION": "99.0.0"})
    check("a failure of the set-up is told there as one", seen[0] == 2 and "did not run" in Reviews.comments[-1], seen)
    seen = run(script, cwd=project, **request | {"SQLLINT_POST": "true"})
    check("from a fork the run passes without the comment", seen[0] == 0 and "::notice title=sqllint" in seen[1], seen)
    check("and nothing is put there", len(Reviews.comments) == 2, Reviews.comments)
    run(script, cwd=project, **queue | {"SQLLINT_POST": "true", "GITHUB_TOKEN": "writes"})
    check("nor from a merge queue", len(Reviews.comments) == 2, Reviews.comments)
    (scratch / "head").write_text(base)
    seen = run(script, cwd=project, **request)
    check("a run for a commit that is no longer the last decides nothing", seen[0] == 2 and "moved on" in seen[2], seen)
    server.shutdown()


def template(project):
    """The template's commands, one after the other in one shell, as GitLab's runner has them."""
    try:
        from ruamel.yaml import YAML
    except ImportError:
        print("ci: the template's commands are skipped, because ruamel.yaml is not installed: run Scripts/setup --tests")
        return
    job = YAML(typ="safe").load(interpolated((ROOT / "templates/sqllint.yml").read_text()))["sqllint"]
    commands = "\n".join(job["script"])
    programs = scratch / "programs"
    programs.mkdir()
    (programs / "sqllint").symlink_to(SQLLINT)
    asked = programs / "sqllint-approved-by"
    asked.write_text('#!/bin/sh\necho "$@" >asked\nprintf \'@vera %s\\n@carl %s\\n\' "$4" "$4"\n')
    asked.chmod(0o755)
    variables = {
        "PATH": f"{programs}{os.pathsep}{os.environ['PATH']}",
        "GITLAB_CI": "true",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "CI_MERGE_REQUEST_IID": "21",
        "CI_COMMIT_SHA": "merged",
        "SQLLINT_PATHS": "migrations",
        "SQLLINT_FAIL_ON": "",
        "SQLLINT_APPROVALS": "",
    }
    shell = ("sh", "-e", "-c", commands)
    seen = run(*shell, cwd=project, **variables)
    check("the template's job fails for a finding", seen[0] == 1 and "000002_b" in seen[1], seen)
    for name in ("sqllint-comment.md", "sqllint-quality.json", "sqllint-junit.xml"):
        check(f"it writes {name}", (project / name).stat().st_size > 0)
    reviews = variables | {"SQLLINT_FAIL_ON": "none", "SQLLINT_APPROVALS": "reviews"}
    seen = run(*shell, cwd=project, **reviews)
    check("it passes with the approvals", seen[0] == 0, seen)
    seen = run(*shell, cwd=project, **reviews | {"CI_MERGE_REQUEST_SOURCE_BRANCH_SHA": "reviewed"})
    check("it asks for those of the commit that people saw", "--head reviewed" in (project / "asked").read_text(), seen)
    poster = programs / "sqllint-comment"
    poster.write_text('#!/bin/sh\nprintf "%s\\n" "$*" >posted\n')
    poster.chmod(0o755)
    after = ("sh", "-e", "-c", "\n".join(job["after_script"]))
    run(*after, cwd=project, **variables, SQLLINT_POST="false")
    check("no comment is written that nobody asked for", not (project / "posted").exists())
    run(*after, cwd=project, **variables, SQLLINT_POST="true")
    check("the comment is written", (project / "posted").read_text() == "gitlab 21 sqllint-comment.md\n")
    (project / "sqllint-comment.md").unlink()
    run(*after, cwd=project, **variables, SQLLINT_POST="true", CI_JOB_URL="https://gitlab.example.com/1")
    check("without a report it says so", "gitlab 21 --failed The job https" in (project / "posted").read_text())
    (scratch / "list").write_text("@vera\n")
    seen = run(*shell, cwd=project, **reviews | {"SQLLINT_APPROVALS": str(scratch / "list")})
    check("it fails where an approval is missing", seen[0] == 3 and "CTO is missing" in seen[2], seen)


def action(project, base):
    """The action's script, as action.yml calls it."""
    script = ROOT / "Scripts/action"
    approved = scratch / "approved.txt"
    approved.write_text("@vera\n@carl\n")
    output, summary, queue = scratch / "output", scratch / "summary", scratch / "queue"
    usual = {
        "GITHUB_ACTIONS": "true",
        "GITHUB_OUTPUT": str(output),
        "GITHUB_STEP_SUMMARY": str(summary),
        "SQLLINT_PATHS": "migrations\n",
        "SQLLINT_BINARY": str(SQLLINT),
        "SQLLINT_BASE": "main",
    }
    seen = run(script, cwd=project, **usual)
    check("the action fails for a finding", seen[0] == 1 and "::error" in seen[1] and "000002_b" in seen[1], seen)
    check("the migration of the base is not reported", "000001_a" not in seen[1], seen)
    comment = project / "sqllint-comment.md"
    check("it writes the comment", comment.read_text().startswith("<!-- sqllint: decision -->"), seen)
    check("it writes the summary of the job", "high risk" in summary.read_text(), seen)
    check("it names both", output.read_text() == "status=1\ncomment=sqllint-comment.md\n", output.read_text())

    gate = usual | {"SQLLINT_FAIL_ON": "none", "SQLLINT_APPROVALS": str(approved)}
    seen = run(script, cwd=project, **gate)
    check("it passes with the approvals", seen[0] == 0, seen)
    seen = run(script, cwd=project, **gate, SQLLINT_AUTHOR="vera")
    check("the author's does not count", seen[0] == 3 and "VP Engineering is missing" in seen[2], seen)
    seen = run(script, cwd=project, **gate | {"SQLLINT_BASE": "", "SQLLINT_QUEUE_BASE": base})
    check("a merge queue's base is what is there before", seen[0] == 0, seen)
    approved.write_text("@vera\n")
    seen = run(script, cwd=project, **gate | {"SQLLINT_BASE": "", "SQLLINT_QUEUE_BASE": base})
    check("and its change needs all approvals", seen[0] == 3 and "CTO is missing" in seen[2], seen)

    version = run(SQLLINT, "--version")[1].split()[1]
    check("the version may be asked for", run(script, cwd=project, **gate, SQLLINT_VERSION=f"v{version}")[0] == 3)
    nothing = {"PATH": f"{scratch / 'bin'}"}
    (scratch / "bin").mkdir()
    for name in ("bash", "env", "dirname"):
        (scratch / "bin" / name).symlink_to(shutil.which(name))
    for what, variables in {
        "another version": gate | {"SQLLINT_VERSION": "99.0.0"},
        "a binary that is not there": gate | {"SQLLINT_BINARY": str(queue)},
        "no sqllint and no Swift": gate | {"SQLLINT_BINARY": ""} | nothing,
        "a base that is not there": gate | {"SQLLINT_QUEUE_BASE": "0" * 40},
        "a list that is not there": gate | {"SQLLINT_APPROVALS": str(queue)},
        "reviews without a pull request": gate | {"SQLLINT_APPROVALS": "reviews"},
    }.items():
        seen = run(script, cwd=project, **variables)
        check(f"{what} is no finding", seen[0] == 2 and "sqllint did not run" in seen[1], seen)


with tempfile.TemporaryDirectory() as name:
    scratch = Path(name)
    schemas()
    image()
    clone = cloned()
    action(*clone)
    reviews(*clone)
    template(clone[0])
if failures:
    sys.exit(1)
print("ci: the action, the template and the image are as their readers want them")
