"""How many, as said: an interval of integers that keeps its hedge and its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

Hedge = Literal[
    "exact",  # "23"
    "at_least",  # "at least 30": [30, -)
    "more_than",  # "more than 400": [401, -)
    "up_to",  # "up to 1,000": [0, 1000]
    "fewer_than",  # "fewer than 10": [0, 9]
    "nearly",  # "nearly 500": [stated floor, 499]
    "around",  # "around 400": 400 +- stated tolerance
    "between",  # "10 to 12"
    "vague",  # "dozens", "several", "scores": words, no number
    "share",  # "a majority", "half", "most", "all": words, meaning hangs on a whole
    "none",  # "no casualties": a claim of its own, [0, 0]
]
OPEN_ABOVE: frozenset[str] = frozenset({"at_least", "more_than"})
# Units of time, by their interchange names: the fewest and the most hours that one holds.
HOURS: Mapping[str, tuple[float, float]] = {
    "second": (1 / 3600, 1 / 3600), "minute": (1 / 60, 1 / 60), "hour": (1, 1), "h": (1, 1), "night": (6, 16), "day": (24, 24),
    "weekend": (36, 64), "week": (168, 168), "month": (28 * 24, 31 * 24), "year": (365 * 24, 366 * 24), "decade": (87_648, 87_672),
    "century": (876_576, 876_600),
}  # fmt: skip


class Quantity(msgspec.Struct, frozen=True, tag_field="type", tag="quantity"):
    """``low`` and ``high`` in whole units, ``None`` = open; ``raw`` the words read, hedge included; ``unit`` as worded ("people", "hour")."""

    low: int | None
    high: int | None
    hedge: Hedge = "exact"
    unit: str | None = None
    raw: str = ""

    @property
    def is_exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def is_number(self) -> bool:
        return self.low is not None or self.high is not None

    def agrees(self, other: Quantity) -> bool:
        """True if some number satisfies both: "at least 14" and "14" agree. Words without a number agree with all."""
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )

    def notation(self) -> str:
        """``23``, ``23+``, ``..1000``, ``10..12`` or the words themselves."""
        if not self.is_number:
            return self.raw
        if self.is_exact:
            return str(self.low)
        if self.high is None:
            return f"{self.low}+"
        return f"{'' if self.low is None else self.low}..{self.high}"
