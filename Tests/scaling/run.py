"""Holds the cost of every construct of Benchmarks/constructs against a bar, without a clock.

    Tests/scaling/run.py .build-counting/release/sqllint [construct …]

The binary counts how often each region of its code runs (`swift build --enable-code-coverage`). Their sum is the cost of a
run: it is the same on a busy machine. What the second doubling of an input adds may be three times what the first one
adds at most: that is 2 where the cost is linear, and 4 where it is a square.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent.parent / "Benchmarks"))

from constructs import CONSTRUCTS, write  # noqa: E402

# Only that of the same Swift reads what the binary writes.
PROFDATA = Path(shutil.which("swift") or "swift").resolve().parent / "llvm-profdata"
SIZES = (30_000, 60_000, 120_000)  # bytes
BAR = 3
# What is added to so small a sum is no growth to speak of: a cost that grows in steps, such as that of a table of hashes.
LEAST = 2_000_000
SECONDS = 100  # after which a run counts as one that does not end


def cost(construct, size):
    """How many regions of code run for an input of about this size; `None` where the run does not end as it should."""
    with tempfile.TemporaryDirectory(prefix="sqllint-scaling-") as name:
        folder, profile = Path(name) / "input", Path(name) / "profile"
        write(construct, size, folder)
        formats = () if "--format" in construct.arguments else ("--format", "compact")
        words = [SQLLINT, "check", *formats, *construct.arguments, folder]
        environment = os.environ | {"LLVM_PROFILE_FILE": f"{profile}.raw"}
        null = subprocess.DEVNULL
        try:
            run = subprocess.run(words, stdout=null, stderr=null, env=environment, timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return None
        if run.returncode not in (0, 1, 2):
            return None
        subprocess.run([PROFDATA, "merge", "-o", profile, f"{profile}.raw"], check=True)
        shown = [PROFDATA, "show", "--detailed-summary", profile]
        summary = subprocess.run(shown, check=True, capture_output=True, text=True).stdout
        return int(re.search(r"Total count: (\d+)", summary)[1])


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
