"""What is measured, and the bar that each figure has to meet. README.md explains the questions."""

import os

from dump import write_dump
from kinds import KINDS, write_kind
from measuring import Command
from programs import SQUAWK_VERSION, sqllint
from reporting import Figure, figure_bar, megabytes, ratio_bar, seconds

SQUAWK = f"squawk {SQUAWK_VERSION}"
PARSER = "bare parser"
NO_CORPORA = "there is no ../shared/corpora beside this checkout"
HISTORY = 10_000  # pairs
SMALL_FILE = "CREATE INDEX CONCURRENTLY clips_title_idx ON clips (title);\n"


def corpora(bench):
    report = bench.report
    report.table("corpora", "real histories, all in one process, --format json")
    corpora = bench.corpora
    if corpora is None:
        report.unmeasured("everything", NO_CORPORA)
        return
    bench.take_turns(corpora.commands, 9)

    def row(what, other, name, bar):
        own = bench.figure(corpora.sqllint, what)
        report.row("CPU" if what == "cpu" else what, own, bench.figure(other, what), name, bar, seconds)

    if corpora.squawk:
        row("cpu", corpora.squawk, SQUAWK, ratio_bar(1, goal=0.25))
        row("wall", corpora.squawk, SQUAWK, ratio_bar(1))
    else:
        report.unmeasured(f"CPU and wall, next to {SQUAWK}", corpora.no_squawk)
    row("cpu", corpora.bare_parser, PARSER, ratio_bar(8, goal=2))
    report.note(
        f"{len(corpora.folders)} histories, {len(corpora.files):,} files, {corpora.statements:,} statements;"
        f" rounds: {len(corpora.bare_parser.costs)}"
    )


def scaling(bench):
    report = bench.report
    report.table("scaling", "CPU for generated golang-migrate histories with down migrations")
    short, long = bench.sqllint_over_history(1_000), bench.sqllint_over_history(HISTORY)
    parser = bench.parser_over_history(HISTORY)
    bench.take_turns([short, long, parser], 3)

    def row(name, command, other, other_name, bar):
        report.row(name, bench.figure(command, "cpu"), bench.figure(other, "cpu"), other_name, bar, seconds)

    row("10,000 pairs", long, parser, PARSER, figure_bar(3))
    row("10,000 pairs", long, short, "1,000 pairs", ratio_bar(12))
    if long.is_over_limit:
        report.unmeasured("100,000 pairs", "since 10,000 were over the limit")
        return
    longest = bench.sqllint_over_history(100_000)
    longest.run(bench.limit)
    row("100,000 pairs", longest, long, "10,000 pairs", ratio_bar(12))
    bench.forget_history(100_000)


def hook(bench):
    bench.report.table("hook", "CPU where one new file is given, and the history before it is read")
    linted = sqllint("--format", "compact", bench.files_of_history(HISTORY)[-1])
    parser = bench.parser_over_history(HISTORY)
    bench.take_turns([linted, parser], 5)
    own, other = bench.figure(linted, "cpu"), bench.figure(parser, "cpu")
    bench.report.row("file 10,000 of 10,000", own, other, PARSER, figure_bar(0.6), seconds)


def kinds(bench):
    bench.report.table("kinds", "CPU of 500 migrations over 4,000 tables, without what the schema itself costs")
    for name in KINDS:
        few, many = KindOverTables(bench, name, 400), KindOverTables(bench, name, 4_000)
        bench.take_turns([few.without, few.complete, many.without, many.complete], 11)
        label = name.replace("-", " ")
        bench.report.row(label, many.own_cost, few.own_cost, "400 tables", ratio_bar(1.5), seconds)


class KindOverTables:
    """The history of a schema, and that of the same schema with 500 migrations of one kind at its end."""

    def __init__(self, bench, name, tables):
        folder = bench.folder / f"{name}-{tables}"
        write_kind(folder, name, tables, migrations=500)
        self.bench = bench
        self.without = sqllint("--format", "compact", folder / "without")
        self.complete = sqllint("--format", "compact", folder / "with")

    @property
    def own_cost(self):
        without, complete = self.bench.figure(self.without, "cpu"), self.bench.figure(self.complete, "cpu")
        return None if without.is_more else Figure(complete.value - without.value, complete.is_more)


def small(bench):
    path = bench.folder / "small" / "000001_index.up.sql"
    path.parent.mkdir()
    path.write_text(SMALL_FILE)
    linted, nothing = sqllint("--format", "compact", path), Command(["/bin/true"])
    bench.take_turns([linted, nothing], 60)
    bench.report.table("small", "one file with one statement, wall")
    own, other = bench.figure(linted, "wall"), bench.figure(nothing, "wall")
    bench.report.row("one small file", own, other, "/bin/true", figure_bar(0.008), seconds)


def memory(bench):
    report = bench.report
    report.table("memory", "at the peak, as the kernel counts it")

    def row(name, command, other, other_name, bar):
        bench.take_turns([command, other], 3)
        own = bench.figure(command, "memory")
        report.row(name, own, bench.figure(other, "memory"), other_name, bar, megabytes)

    if bench.corpora is None:
        report.unmeasured("corpora", NO_CORPORA)
    elif bench.corpora.squawk:
        row("corpora, JSON", bench.corpora.sqllint, bench.corpora.squawk, SQUAWK, figure_bar(100e6))
    else:
        row("corpora, JSON", bench.corpora.sqllint, bench.corpora.bare_parser, PARSER, figure_bar(100e6))
    history = bench.sqllint_over_history(HISTORY)
    bench.take_turns([history], 3)
    size = Figure(sum(os.path.getsize(file) for file in bench.files_of_history(HISTORY)))
    report.row("10,000 pairs", bench.figure(history, "memory"), size, "their files", figure_bar(120e6), megabytes)

    dump = bench.folder / "dump" / "000001_dump.up.sql"
    dump.parent.mkdir()
    write_dump(dump, 10e6)
    linted = sqllint("--format", "compact", dump)
    bench.take_turns([linted], 3)
    size = Figure(dump.stat().st_size)
    report.row("one large file", bench.figure(linted, "memory"), size, "the file itself", ratio_bar(8), megabytes)
