"""CPU seconds that the last reports of every size cost, in one run."""

from __future__ import annotations

import gc
import time
from collections.abc import Sequence
from dataclasses import dataclass

from bench.growth.reports import reports
from crosstally.domain import load_domain
from crosstally.link.growing import Growing

SIZES = (1_000, 10_000, 100_000)
WINDOW = 500  # reports, up to each size, over which cost is taken


@dataclass(frozen=True)
class Cost:
    """``milliseconds`` of one CPU and ``pairs`` compared for one report more, when the ledger has about ``reports``. ``events`` at the end."""

    reports: int
    milliseconds: float
    pairs: float
    events: int


def measure(sizes: Sequence[int] = SIZES, window: int = WINDOW) -> list[Cost]:
    """Takes reports in one by one up to the largest size. Making a report is not counted; keeping it is.

    Python's collector of cycles is off meanwhile: it walks through all that is held, which no report should pay for.
    """
    growing, costs = Growing(load_domain()), []
    made = reports(max(sizes))
    gc.collect()
    gc.disable()
    try:
        taken = 0
        for size in sorted(sizes):
            for _ in range(size - window - taken):
                growing.add(*next(made))
            last = [next(made) for _ in range(window)]
            before, compared = time.process_time(), growing.compared
            for reading, document in last:
                growing.add(reading, document)
            spent = time.process_time() - before
            taken = size
            costs.append(Cost(size, 1000 * spent / window, (growing.compared - compared) / window, len(growing.groups())))
    finally:
        gc.enable()
    return costs
