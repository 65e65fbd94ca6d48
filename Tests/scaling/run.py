"""Holds the cost of every construct of Benchmarks/constructs against a bar, without a clock.

    Tests/scaling/run.py .build/release/sqllint [construct …]

Valgrind counts the instructions of a run, which are the same on a busy machine. What the second doubling of an input adds
may be three times what the first one adds at most: that is 2 where the cost is linear, and 4 where it is a square.
"""

import os
import re
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "Benchmarks"))

from constructs import CONSTRUCTS, write  # noqa: E402

# Valgrind reads no debug information of Swift's, so the binary must be stripped, as that of Scripts/build-release is.
COUNTING = ["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null"]
SIZES = (15_000, 30_000, 60_000)  # bytes
BAR = 3
# What is added to so small a sum is no growth to speak of: a cost that grows in steps, such as that of a table of hashes.
LEAST = 30_000_000  # instructions
SECONDS = 300  # after which a run counts as one that does not end


def cost(construct, size):
    """How many instructions an input of about this size takes; `None` where the run does not end as it should."""
    with tempfile.TemporaryDirectory(prefix="sqllint-scaling-") as name:
        write(construct, size, Path(name))
        words = [*COUNTING, SQLLINT, *construct.words(name)]
        pipe = subprocess.PIPE
        try:
            run = subprocess.run(words, stdout=subprocess.DEVNULL, stderr=pipe, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return None
        counts = re.findall(rb"I +refs: +([\d,]+)", run.stderr)
        return int(counts[-1].replace(b",", b"")) if counts and run.returncode in range(4) else None


def verdict(name):
    costs = [cost(CONSTRUCTS[name], size) for size in SIZES]
    if None in costs:
        return name, False, "a run ends by a signal or not at all"
    first, second = costs[1] - costs[0], costs[2] - costs[1]
    ratio = second / max(first, LEAST)
    counts = ", ".join(f"{count / 1e6:.1f}" for count in costs)
    return name, ratio <= BAR, f"{ratio:.2f} × ({counts} million)"


def waiting():
    """The constructs that are known to be over the bar, and why."""
    lines = (HERE / "waiting.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if line and not line.startswith("#"))


def main(names):
    known, failures = waiting(), []
    for name in sorted(set(known) - set(CONSTRUCTS)):
        failures.append(f"waiting.txt names {name}, which is no construct")
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for name, is_met, figures in pool.map(verdict, names or list(CONSTRUCTS)):
            word = "ok" if is_met else "waits" if name in known else "OVER"
            print(f"{word:6}{name:40}{figures}", flush=True)
            if is_met and name in known:
                failures.append(f"{name} meets the bar: take it out of waiting.txt")
            elif not is_met and name not in known:
                failures.append(f"{name} is over the bar: {figures}")
    for failure in failures:
        print(f"scaling: {failure}")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    SQLLINT = Path(sys.argv[1]).resolve()
    main(sys.argv[2:])
