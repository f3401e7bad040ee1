"""Commands in, wall times and peak memory out. Every command runs once a round, so that a slow minute meets all."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

# A small process between: on Linux a child's peak counts what its parent held at the fork.
_PEAK = """
import os, resource, sys
child = os.posix_spawn(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, 1, 0)])
print(os.wait4(child, 0)[2].ru_maxrss)
"""


class Command(NamedTuple):
    """What is run, where, and which exit statuses are expected."""

    arguments: Sequence[str]
    folder: Path
    under_pre_commit: bool = False
    statuses: tuple[int, ...] = (0,)


class Times(NamedTuple):
    """Wall times in milliseconds, and the least time of the processor, of git under it too."""

    best: float
    median: float
    processor: float


def times(commands: Mapping[str, Command], rounds: int) -> dict[str, Times]:
    """The times of each command over interleaved rounds, after one round that warms the caches.

    Raises RuntimeError where a command ends with a status that is not expected: a benchmark of a failure is none.
    """
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(rounds + 1):
        for name, command in commands.items():
            taken[name].append(_once(command))
    return {name: _summed(found[1:]) for name, found in taken.items()}


def peak_mib(command: Command) -> float:
    """The most memory that the command, or git under it, held at once."""
    wrapped = [sys.executable, "-I", "-S", "-c", _PEAK, *command.arguments]
    ran = subprocess.run(wrapped, cwd=command.folder, env=_environment(command), capture_output=True, check=True)
    return int(ran.stdout) / 1024


def _once(command: Command) -> tuple[float, float]:
    start, spent = time.perf_counter(), _processor()
    ran = subprocess.run(command.arguments, cwd=command.folder, env=_environment(command), capture_output=True)  # noqa: PLW1510
    taken = (time.perf_counter() - start) * 1000, (_processor() - spent) * 1000
    if ran.returncode not in command.statuses or b"Traceback" in ran.stderr:
        raise RuntimeError(f"{command.arguments} ended with {ran.returncode}: {ran.stderr.decode()[-500:]}")
    return taken


def _processor() -> float:
    """Seconds of the processor that ended child processes took."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _summed(taken: list[tuple[float, float]]) -> Times:
    in_order = sorted(wall for wall, _ in taken)
    return Times(in_order[0], in_order[len(in_order) // 2], min(processor for _, processor in taken))


def _environment(command: Command) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "GIT_", "PRE_COMMIT"))}
    return kept | ({"PRE_COMMIT": "1"} if command.under_pre_commit else {})
