"""What one report more costs a person: the command with a ledger file, from start to end, and a ledger that stays open, as the desk's does."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

import crosstally
from bench.growth.reports import reports
from crosstally.ledger import open_ledger

SIZES = (1_000, 10_000)
MORE = 5  # reports given to the open ledger, of which the median counts
_BATCH = 500


@dataclass(frozen=True)
class Whole:
    """CPU seconds at a size. ``command``: ``crosstally ledger --ledger FILE one.txt``, of which ``written`` rows of the account changed in the
    file; ``opened``: the first report of a process that stays open, ``open``: each one after."""

    reports: int
    command: float
    written: int
    opened: float
    open: float


def measure(sizes: Sequence[int] = SIZES) -> list[Whole]:
    with tempfile.TemporaryDirectory() as folder:
        return [_measure(size, Path(folder)) for size in sizes]


def _measure(size: int, folder: Path) -> Whole:
    file, paper = folder / f"{size}.ctly", folder / "one.txt"
    made = reports(size + MORE + 2)
    with crosstally.Ledger(open_ledger(file)) as books:
        while part := list(islice(made, min(_BATCH, size - books._store.stats()["documents"]))):
            books._store.put([d for _, d in part], [], [r for r, _ in part])
        books.balance()
    (_, one), *more = made
    paper.write_text(one.text, "utf-8")
    before = _account(file)
    started = os.times()
    subprocess.run([sys.executable, "-m", "crosstally", "ledger", "--ledger", str(file), str(paper)], check=True, capture_output=True)
    ended = os.times()
    command = ended.children_user + ended.children_system - started.children_user - started.children_system
    spent: list[float] = []
    with crosstally.Ledger(open_ledger(file), stays=True) as books:
        for _, document in more:
            began = time.process_time()
            books.add([document])
            books.balance()
            spent.append(time.process_time() - began)
    return Whole(size, command, len(_account(file) - before), spent[0], median(spent[1:]))


def _account(file: Path) -> frozenset[tuple[object, ...]]:
    import sqlite3

    with sqlite3.connect(file) as connection:
        return frozenset(connection.execute("SELECT section, position, value FROM derived").fetchall())


def table(costs: Sequence[Whole]) -> str:
    lines = ["| Reports | The command, CPU s | Rows written | Open ledger, first, CPU s | each one after |", "|---:|---:|---:|---:|---:|"]
    lines += [f"| {c.reports:,} | {c.command:.1f} | {c.written} | {c.opened:.1f} | {c.open:.2f} |" for c in costs]
    return "\n".join(lines)
