"""What a person waits for: import, and a whole run of the command, in fresh processes."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.speed.texts import EXAMPLES


@dataclass(frozen=True)
class Run:
    """Median seconds of a fresh process: on the wall, and of CPU (its own and its children's)."""

    what: str
    wall: float
    cpu: float


def run(what: str, arguments: Sequence[str], times: int = 3) -> Run:
    """Runs ``python ARGUMENTS`` so many times. Raises CalledProcessError where it fails with more than a report not read (exit code 1)."""
    walls, cpus = [], []
    for _ in range(times):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        done = subprocess.run([sys.executable, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ)
        walls.append(time.perf_counter() - started)
        if done.returncode not in (0, 1):
            raise subprocess.CalledProcessError(done.returncode, list(arguments), stderr=done.stderr)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpus.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return Run(what, median(walls), median(cpus))


def measure() -> list[Run]:
    return [
        run("python alone", ["-c", "pass"], 5),
        run("import crosstally", ["-c", "import crosstally"], 5),
        run("import crosstally, its public names", ["-c", "import crosstally; crosstally.read, crosstally.Document"], 5),
        run("crosstally --help", ["-m", "crosstally", "--help"]),
        run("crosstally ledger examples/reports", ["-m", "crosstally", "ledger", str(EXAMPLES)]),
        run("crosstally ledger examples/reports --format json", ["-m", "crosstally", "ledger", str(EXAMPLES), "--format", "json"]),
    ]
