"""Runs commands and measures what each run took."""

import os
import resource
import signal
import statistics
import time
from typing import NamedTuple


class OverLimit(Exception):
    """The command was ended, since it took more CPU time than one run may."""


class Failed(SystemExit):
    """The command ended otherwise than it should."""


class Cost(NamedTuple):
    """What one run took."""

    cpu: float  # seconds, user and system time together
    wall: float  # seconds
    memory: int  # bytes, at the peak


class Command:
    """A command, and the costs of its runs so far."""

    def __init__(self, words, input_path=os.devnull, accepted=(0,), is_quiet=False):
        self.words = [str(word) for word in words]
        self.input_path = str(input_path)
        self.accepted = accepted
        self.is_quiet = is_quiet  # what it says on standard error is not shown
        self.costs = []
        self.is_over_limit = False

    def run(self, limit):
        """Runs it once, unless an earlier run was over the limit."""
        if self.is_over_limit:
            return
        try:
            self.costs.append(measure(self, limit))
        except OverLimit:
            self.is_over_limit = True

    def median(self, what):
        """The median of "cpu", "wall" or "memory"; None if a run was over the limit."""
        if self.is_over_limit:
            return None
        return statistics.median(getattr(cost, what) for cost in self.costs)


def take_turns(commands, rounds, limit):
    """Runs all commands once a round, so that a busy machine slows all of them alike."""
    for _ in range(rounds):
        for command in commands:
            command.run(limit)


def measure(command, limit, memory=None):
    # Linux lets a new process inherit its parent's peak of memory, so this one has to stay small.
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    actions = [
        (os.POSIX_SPAWN_OPEN, 0, command.input_path, os.O_RDONLY, 0),
        (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0),
    ]
    if command.is_quiet:
        actions.append((os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0))
    start = time.perf_counter()
    process = os.posix_spawn(command.words[0], command.words, os.environ, file_actions=actions)
    # A limit of CPU time, unlike one of wall time, does not depend on what else the machine does.
    resource.prlimit(process, resource.RLIMIT_CPU, (limit, limit + 5))
    if memory:
        resource.prlimit(process, resource.RLIMIT_DATA, (int(memory), int(memory)))
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    code = os.waitstatus_to_exitcode(status)
    if code == -signal.SIGXCPU:
        raise OverLimit
    if code not in command.accepted:
        raise Failed(f"{' '.join(command.words)[:200]} ended with status {code}")
    return Cost(usage.ru_utime + usage.ru_stime, wall, max(usage.ru_maxrss, floor) * 1024)
