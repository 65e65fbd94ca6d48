"""Reads recorded answers of GitHub and GitLab with Scripts/approved-by, and has sqllint decide by what it prints; puts a
comment there with Scripts/comment.

    .build-tools/python/bin/python Tests/approvals/run.py .build/debug/sqllint
"""

import http.server
import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

SQLLINT = Path(sys.argv[1]).resolve()
ROOT = Path(__file__).resolve().parents[2]
APPROVED_BY = ROOT / "Scripts/approved-by"
COMMENT = ROOT / "Scripts/comment"
MARKER = "<!-- sqllint: decision -->"
ANSWERS = ROOT / "Fixtures/approvals"
HEAD = json.loads((ANSWERS / "github-pull.json").read_text())["head"]["sha"]
GITHUB = ["github", "github-pull.json", "github-reviews.json"]
GITLAB = ["gitlab", "gitlab-merge-request.json", "gitlab-approvals.json", "gitlab-versions.json"]

# Tests may themselves be run by a CI system or a hook, whose variables would name the wrong repository and branch.
ENVIRONMENT = {k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "GITHUB_", "GITLAB_", "CI"))}
ENVIRONMENT |= {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
failures = []


def check(what, holds, seen=""):
    if not holds:
        failures.append(what)
        print(f"approvals: FAILED: {what}\n{seen}", file=sys.stderr)


def approved_by(*arguments, folder=ANSWERS, **variables):
    environment = ENVIRONMENT | variables
    run = subprocess.run([APPROVED_BY, *arguments], cwd=folder, capture_output=True, text=True, env=environment)
    return run.returncode, run.stdout.splitlines(), run.stderr


def changed(name, change):
    """A copy of the answers of which one is different."""
    folder = Path(tempfile.mkdtemp(dir=scratch))
    for file in ANSWERS.glob("*.json"):
        shutil.copy(file, folder)
    answer = json.loads((folder / name).read_text())
    change(answer)
    (folder / name).write_text(json.dumps(answer))
    return folder


def recorded_answers():
    for name, arguments in (("GitHub", GITHUB), ("GitLab", GITLAB)):
        seen = approved_by(*arguments)
        check(f"{name}: only approvals of people for the last commit count", seen[:2] == (0, ["@vera"]), seen)
        seen = approved_by(*arguments, "--head", HEAD, "--digest", "sha256:12")
        check(f"{name}: the digest stands behind the name", seen[:2] == (0, ["@vera sha256:12"]), seen)
        seen = approved_by(*arguments, "--head", HEAD[::-1])
        check(f"{name}: nobody has approved a commit that was pushed meanwhile", seen[:2] == (2, []), seen)
        check(f"{name}: it says so", "moved on" in seen[2], seen)
        seen = approved_by(arguments[0])
        check(f"{name}: answers that are missing are an error", seen[:2] == (2, []), seen)

    both = Path(tempfile.mkdtemp(dir=scratch)) / "reviews.json"
    both.write_text((ANSWERS / GITHUB[2]).read_text() + (ANSWERS / "github-reviews-later.json").read_text())
    seen = approved_by(*GITHUB[:2], both)
    check("GitHub: pages are read together, and a later approval counts", seen[1] == ["@carl", "@vera"], seen)


def changed_answers():
    seen = approved_by(*GITHUB, folder=changed("github-pull.json", lambda pull: pull["head"].update(sha="0" * 40)))
    check("GitHub: a push voids all approvals", seen[:2] == (0, []), seen)
    seen = approved_by(*GITHUB, folder=changed("github-pull.json", lambda pull: pull.update(head=None)))
    check("GitHub: an answer without a commit is an error", seen[:2] == (2, []), seen)

    def push(versions):
        versions.insert(0, {**versions[0], "id": 33, "created_at": "2026-03-04T00:00:00.000Z"})

    seen = approved_by(*GITLAB, folder=changed("gitlab-versions.json", push))
    check("GitLab: a push voids all approvals", seen[:2] == (0, []), seen)
    seen = approved_by(*GITLAB, folder=changed("gitlab-versions.json", lambda versions: versions.pop(0)))
    check("GitLab: versions that lack the last commit are an error", seen[:2] == (2, []), seen)

    for text in ("vera\n@carl", "vera sha256:12", "", "ve@ra", "#vera"):
        seen = approved_by(*GITHUB, folder=changed("github-reviews.json", lambda all: all[2]["user"].update(login=text)))
        check(f"GitHub: {text!r} is no name", seen[1] == [], seen)


class Server(http.server.BaseHTTPRequestHandler):
    """Answers as GitHub and GitLab do; the reviews have two pages, of which the first is full."""

    def do_GET(self):
        path, _, query = self.path.partition("?")
        page = 2 if query.endswith("&page=2") else 1
        reviews = json.loads((ANSWERS / "github-reviews.json").read_text())
        comments = [{**reviews[3], "id": number} for number in range(100 - len(reviews))]
        later = json.loads((ANSWERS / "github-reviews-later.json").read_text())
        known = {
            "/repos/acme/shop/pulls/21": "github-pull.json",
            "/repos/acme/shop/pulls/21/reviews": reviews + comments if page == 1 else later,
            "/projects/7/merge_requests/21": "gitlab-merge-request.json",
            "/projects/7/merge_requests/21/approvals": "gitlab-approvals.json",
            "/projects/7/merge_requests/21/versions": "gitlab-versions.json",
        }
        token = self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN")
        answer = known.get(path) if token in ("Bearer secret", "secret") else None
        self.send_response(200 if answer else 404)
        self.end_headers()
        if isinstance(answer, str):
            self.wfile.write((ANSWERS / answer).read_bytes())
        elif answer:
            self.wfile.write(json.dumps(answer).encode())

    def log_message(self, *_):
        pass


def asked_server():
    if shutil.which("curl") is None:
        print("approvals: asking a server is skipped, because curl is not installed")
        return
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    github = {"GITHUB_API_URL": address, "GITHUB_REPOSITORY": "acme/shop", "no_proxy": "*"}
    gitlab = {"CI_API_V4_URL": address, "CI_PROJECT_ID": "7", "no_proxy": "*"}
    seen = approved_by("github", "21", GITHUB_TOKEN="secret", **github)
    check("GitHub is asked for all pages", seen[:2] == (0, ["@carl", "@vera"]), seen)
    seen = approved_by("gitlab", "21", GITLAB_TOKEN="secret", **gitlab)
    check("GitLab is asked", seen[:2] == (0, ["@vera"]), seen)
    for seen in (
        approved_by("github", "22", GITHUB_TOKEN="secret", **github),
        approved_by("github", "21", GITHUB_TOKEN="other", **github),
        approved_by("github", "21", **github),
        approved_by("gitlab", "21", **gitlab),
    ):
        check("a server that does not answer, or no token, is an error", seen[0] != 0 and seen[1] == [], seen)
    server.shutdown()


def git(*arguments):
    identity = ["-c", "user.name=dora", "-c", "user.email=dora@example.com", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", *identity, *arguments], cwd=project, check=True, capture_output=True, env=ENVIRONMENT)


def sqllint(*arguments, text=None):
    run = subprocess.run([SQLLINT, *arguments], cwd=project, input=text, capture_output=True, text=True, env=ENVIRONMENT)
    return run.returncode, run.stdout, run.stderr


def write(name, text):
    path = project / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


class Comments(http.server.BaseHTTPRequestHandler):
    """GitHub and GitLab with a list of comments, for whoever has the token that writes."""

    kept = []
    requests = []

    def shown(self, comment):
        number, author, body = comment
        return {"id": number, "user": {"login": author}, "author": {"username": author}, "body": body}

    def answer(self, status, body=None):
        self.send_response(status)
        self.end_headers()
        if body is not None:
            self.wfile.write(json.dumps(body).encode())

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        sent = json.loads(self.rfile.read(length)) if length else None
        path, _, query = self.path.partition("?")
        token = (self.headers.get("Authorization") or self.headers.get("PRIVATE-TOKEN") or "").removeprefix("Bearer ")
        if token != "secret" and self.command != "GET":
            return self.answer(403, {"message": "Resource not accessible by integration"})
        self.requests.append(f"{self.command} {path}")
        notes = "/projects/7/merge_requests/21/notes"
        if path == "/user":
            return self.answer(200, {"username": "github-actions[bot]"})
        if path in ("/repos/acme/shop/issues/21/comments", notes):
            if self.command == "POST":
                self.kept.append((len(self.kept) + 1, "github-actions[bot]", sent["body"]))
                return self.answer(201, {})
            start = 100 * (int(query.rsplit("=", 1)[1]) - 1)
            return self.answer(200, [self.shown(comment) for comment in self.kept[start : start + 100]])
        method, prefix = ("PUT", notes) if path.startswith(notes) else ("PATCH", "/repos/acme/shop/issues/comments")
        if self.command == method and path.startswith(f"{prefix}/"):
            number = int(path.rsplit("/", 1)[1])
            self.kept[number - 1] = (number, self.kept[number - 1][1], sent["body"])
            return self.answer(200, {})
        self.answer(404, {})

    do_GET = do_POST = do_PATCH = do_PUT = handle_any

    def log_message(self, *_):
        pass


def comments():
    if shutil.which("curl") is None:
        print("approvals: writing comments is skipped, because curl is not installed")
        return
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Comments)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}"
    variables = {"GITHUB_API_URL": address, "GITHUB_REPOSITORY": "acme/shop", "CI_API_V4_URL": address, "CI_PROJECT_ID": "7"}
    variables |= {"no_proxy": "*", "GITHUB_TOKEN": "secret", "GITLAB_TOKEN": "secret"}
    report = Path(tempfile.mkdtemp(dir=scratch)) / "report.md"

    def comment(*arguments, **others):
        run = subprocess.run(
            [COMMENT, *arguments], capture_output=True, text=True, env=ENVIRONMENT | variables | others
        )
        return run.returncode, run.stdout, run.stderr

    def write(text):
        report.write_text(f"{MARKER}\n{text}\n")

    for host in ("github", "gitlab"):
        Comments.kept[:] = [
            (1, "dora", f"{MARKER}\n## Migrations: low risk\n"),
            *((number, "vera", "fine") for number in range(2, 150)),
        ]
        write("## No migrations to judge")
        seen = comment(host, "21", report)
        check(f"{host}: a change without migrations gets no comment", seen[0] == 0 and len(Comments.kept) == 149, seen)
        write("## Migrations: high risk\n\n@everyone `$(id)` \"\\u0000")
        seen = comment(host, "21", report)
        check(f"{host}: the first comment is a new one", seen[0] == 0 and len(Comments.kept) == 150, seen)
        check(f"{host}: it is what the file has", Comments.kept[-1][2] == report.read_text(), Comments.kept[-1])
        Comments.kept.append((151, "vera", "what about line 3?"))
        write("## Migrations: medium risk")
        seen = comment(host, "21", report)
        check(f"{host}: the next one takes its place", seen[0] == 0 and len(Comments.kept) == 151, seen)
        check(f"{host}: and is found behind a hundred others", "medium" in Comments.kept[149][2], Comments.kept[149:])
        check(f"{host}: somebody else's stays", "low risk" in Comments.kept[0][2], Comments.kept[0])
        write("## No migrations to judge")
        seen = comment(host, "21", report)
        check(f"{host}: what holds no longer is brought up to date", "No migrations" in Comments.kept[149][2], seen)
        seen = comment(host, "21", "--failed", "the base is not there\n``` @all <b>")
        text = Comments.kept[149][2]
        check(f"{host}: a failure of the set-up says what it is", "## sqllint did not run" in text and "Migrations:" not in text)
        check(f"{host}: its reason is code", "\n    the base is not there\n     @all <b>" in text, text)
        token = {"GITHUB_TOKEN": "reads", "GITLAB_TOKEN": "reads"}
        seen = comment(host, "21", report, **token)
        check(f"{host}: a token that only reads is an error", seen[0] == 2 and "refuses to P" in seen[2], seen)
        check(f"{host}: the token is not shown", "reads" not in seen[1] + seen[2], seen)
        report.write_text("no marker\n")
        check(f"{host}: any other file is refused", comment(host, "21", report)[0] == 2)
        check(f"{host}: and one that is not there", comment(host, "21", f"{report}x")[0] == 2)
    check("somebody who is no number is refused", comment("github", "21/../22", report)[0] == 2)
    server.shutdown()


def whole_way():
    """A table is dropped; vera and carl approve; a push voids it; they approve again."""
    write(".sqllint.yml", 'approvals:\n  bound: true\napprovers:\n  VP Engineering: "@vera"\n  CTO: "@carl"\n')
    write("migrations/000001_accounts.up.sql", "CREATE TABLE accounts (id bigint PRIMARY KEY);\n")
    write("migrations/000001_accounts.down.sql", "DROP TABLE accounts;\n")
    git("init", "--quiet", "--initial-branch=main")
    git("add", "--all")
    git("commit", "--quiet", "--message=accounts")
    git("checkout", "--quiet", "-b", "drop-table")
    write("migrations/000002_drop.up.sql", "DROP TABLE accounts;\n")
    write("migrations/000002_drop.down.sql", "CREATE TABLE accounts (id bigint PRIMARY KEY);\n")
    gate = ["check", "--changed", "--fail-on", "none", "--author", "@dora", "--approved-by", "-", "migrations"]

    def digest():
        return sqllint("approvals", "--changed", "--digest", "migrations")[1].strip()

    seen = sqllint(*gate, text="")
    check("without approvals the status is 3", seen[0] == 3, seen)
    first = digest()
    one = approved_by(*GITHUB, "--digest", first)[1]
    seen = sqllint(*gate, text="\n".join(one))
    check("one of two approvals is not enough", seen[0] == 3 and "CTO is missing" in seen[2], seen)
    pages = Path(tempfile.mkdtemp(dir=scratch)) / "reviews.json"
    pages.write_text((ANSWERS / GITHUB[2]).read_text() + (ANSWERS / "github-reviews-later.json").read_text())
    two = approved_by(*GITHUB[:2], pages, "--digest", first)[1]
    seen = sqllint(*gate, text="\n".join(two))
    check("with both approvals the status is 0", seen[0] == 0, seen)
    write("migrations/000002_drop.up.sql", "DROP TABLE accounts CASCADE;\n")
    seen = sqllint(*gate, text="\n".join(two))
    check("a change of the migration voids them", seen[0] == 3 and "another text" in seen[2], seen)
    seen = sqllint(*gate, text="\n".join(approved_by(*GITHUB[:2], pages, "--digest", digest())[1]))
    check("given again they count", seen[0] == 0, seen)


if shutil.which("jq") is None:
    print("approvals: skipped, because jq is not installed")
    sys.exit(0)
with tempfile.TemporaryDirectory() as name:
    scratch = Path(name)
    project = scratch / "project"
    project.mkdir()
    recorded_answers()
    changed_answers()
    asked_server()
    comments()
    whole_way()
if failures:
    sys.exit(1)
print("approvals: the answers of GitHub and GitLab are read, and sqllint decides by them")
