"""CPU time that one report more costs ledgers of several sizes, taken in turns, so that a busy machine slows all sizes alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from bench.growth.reports import reports
from crosstally.domain import load_domain
from crosstally.link.growing import Growing

SIZES = (1_000, 10_000, 100_000)
WINDOW = 400  # reports that bring a ledger to its size, over which cost is taken
ROUND = 20  # reports of one turn


@dataclass(frozen=True)
class Cost:
    """``milliseconds`` of one CPU for one report more, the median of the turns, and ``pairs`` compared, when the ledger has about
    ``reports``; ``events`` at the end."""

    reports: int
    milliseconds: float
    pairs: float
    events: int


def measure(sizes: Sequence[int] = SIZES, window: int = WINDOW) -> list[Cost]:
    """Fills one ledger of each size, all but ``window`` reports; then gives each its next few in turn. Making a report is not counted.

    Python's collector of cycles is off meanwhile: it walks through all that is held, which no report should pay for.
    """
    sizes = sorted(sizes)
    gc.collect()
    gc.disable()
    try:
        ledgers = []
        for size in sizes:
            growing, made = Growing(load_domain()), reports(size)
            for _ in range(size - window):
                growing.add(*next(made))
            ledgers.append((growing, list(made), growing.compared))
        spent: list[list[float]] = [[] for _ in sizes]
        for start in range(0, window, ROUND):
            for (growing, last, _), turns in zip(ledgers, spent, strict=True):
                turn = last[start : start + ROUND]
                before = time.process_time()
                for reading, document in turn:
                    growing.add(reading, document)
                turns.append(1000 * (time.process_time() - before) / len(turn))
        return [
            Cost(size, median(turns), (growing.compared - compared) / window, len(growing.groups()))
            for size, (growing, _, compared), turns in zip(sizes, ledgers, spent, strict=True)
        ]
    finally:
        gc.enable()
