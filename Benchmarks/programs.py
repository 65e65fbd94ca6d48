"""The programs that are measured: sqllint and what it is compared with."""

import os
import shlex
import subprocess
import sys
from pathlib import Path

from measuring import Command

ROOT = Path(__file__).resolve().parent.parent
SQLLINT = Path(os.environ.get("SQLLINT") or ROOT / ".build/release/sqllint").absolute()
SQUAWK_VERSION = "2.70.0"
SQUAWK = ROOT / f".build-tools/squawk-{SQUAWK_VERSION}"


def sqllint(*arguments):
    return Command([SQLLINT, "check", *arguments], accepted=(0, 1))


class BareParser:
    def __init__(self, folder):
        self.program = folder / "bare-parser"
        source = ROOT / "Benchmarks/bare-parser.c"
        flags = [word for which in ("--cflags", "--libs") for word in pkg_config(which)]
        subprocess.run(["cc", "-O2", "-o", self.program, source, *flags, "-lm", "-lpthread"], check=True)

    def over(self, files, list_path):
        """The command that parses these files, whose names it reads from the list."""
        with open(list_path, "w") as names:
            names.writelines(f"{file}\n" for file in files)
        return Command([self.program], input_path=list_path)


def pkg_config(which):
    words = subprocess.run(["pkg-config", which, "libpg_query"], check=True, capture_output=True, text=True).stdout
    return shlex.split(words)


def squawk_over(files):
    """The command that lints these files, or None, and why there is none."""
    program = SQUAWK / "bin/squawk"
    if not program.exists() and (problem := install_squawk()):
        return None, problem
    words = [str(program), "--reporter", "Json", *files]
    # Each argument and each variable takes its text, a null byte and a pointer.
    size = sum(len(os.fsencode(word)) + 9 for word in [*words, *os.environ.keys(), *os.environ.values()])
    if size > os.sysconf("SC_ARG_MAX"):
        return None, f"the names of {len(files):,} files do not fit into one command line"
    return Command(words, accepted=(0, 1)), None


def install_squawk():
    """Installs squawk into a folder of its own, and returns what is in the way, if anything is."""
    try:
        subprocess.run([sys.executable, "-m", "venv", "--clear", SQUAWK], check=True, capture_output=True, text=True)
        pip = [SQUAWK / "bin/python", "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        requirement = f"squawk-cli=={SQUAWK_VERSION}"
        subprocess.run([*pip, requirement], check=True, capture_output=True, text=True, timeout=120)
    except subprocess.TimeoutExpired:
        return "pip could not install it within two minutes"
    except subprocess.CalledProcessError as error:
        lines = (error.stderr or error.stdout or "").strip().splitlines()
        return f"it could not be installed: {lines[-1] if lines else error}"
    return None
