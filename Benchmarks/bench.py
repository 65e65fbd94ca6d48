"""What the groups of measurements share."""

import os
import shutil
import subprocess
import sys
from functools import cached_property

from measuring import take_turns
from programs import ROOT, BareParser, sqllint, squawk_over
from reporting import Figure

CORPORA = ROOT.parent / "shared/corpora"


class Bench:
    """The options of this run, and what is prepared once for several groups."""

    def __init__(self, report, folder, rounds, limit):
        self.report, self.folder, self.rounds, self.limit = report, folder, rounds, limit

    def take_turns(self, commands, rounds):
        take_turns(commands, self.rounds or rounds, self.limit)

    def figure(self, command, what):
        """The median of what the command took: for one over the limit, that it took more than this much CPU time."""
        if command.is_over_limit:
            return Figure(self.limit, is_more=True) if what == "cpu" else None
        return Figure(command.median(what))

    @cached_property
    def bare_parser(self):
        return BareParser(self.folder)

    @cached_property
    def corpora(self):
        return Corpora(self) if CORPORA.is_dir() else None

    def history(self, pairs):
        """The folder of a generated history, which a process of its own writes, to keep this one small."""
        path = self.folder / f"pairs-{pairs}"
        if not path.exists():
            generate = [sys.executable, ROOT / "Benchmarks/generate-history", path, "pairs", "--count", str(pairs)]
            subprocess.run(generate, check=True)
        return path

    def files_of_history(self, pairs):
        path = str(self.history(pairs))
        return [f"{path}/{name}" for name in sorted(os.listdir(path))]

    def forget_history(self, pairs):
        shutil.rmtree(self.history(pairs))

    def sqllint_over_history(self, pairs):
        return sqllint("--format", "compact", self.history(pairs))

    def parser_over_history(self, pairs):
        return self.bare_parser.over(self.files_of_history(pairs), self.folder / f"pairs-{pairs}.list")


class Corpora:
    """The real histories, and the commands that read the same files of them."""

    def __init__(self, bench):
        self.folders = sorted(path for path in CORPORA.iterdir() if path.is_dir())
        self.sqllint = sqllint("--format", "json", *self.folders)
        linting = subprocess.Popen(self.sqllint.words, stdout=subprocess.PIPE)
        listing = [sys.executable, ROOT / "Benchmarks/files-read"]
        listed = subprocess.run(listing, stdin=linting.stdout, stdout=subprocess.PIPE, text=True, check=True)
        linting.stdout.close()
        if linting.wait() not in self.sqllint.accepted:
            sys.exit(f"sqllint ended with status {linting.returncode}")
        statements, *self.files = listed.stdout.splitlines()
        self.statements = int(statements)
        self.bare_parser = bench.bare_parser.over(self.files, bench.folder / "corpora.list")
        self.squawk, self.no_squawk = squawk_over(self.files)

    @property
    def commands(self):
        return [command for command in (self.sqllint, self.bare_parser, self.squawk) if command]
