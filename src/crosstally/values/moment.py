"""When, as said: a window of time with the precision of the words."""

from __future__ import annotations

from typing import Literal

import msgspec

VAGUE = frozenset({"present", "past", "future"})  # ``Window.relative`` of words without a date of their own
TimePrecision = Literal["minute", "hour", "part_of_day", "night", "day", "days", "week", "month", "year", "years", "unknown"]


class Window(msgspec.Struct, frozen=True, tag_field="type", tag="moment"):
    """ISO 8601 local times ``start`` <= moment < ``end``; either ``None`` = open or unknown.

    ``relative`` is set when the words hang on another moment ("hours after the call") or on a publication date that is not known
    ("overnight into Friday"): then ``start`` and ``end`` may both be ``None`` and nothing is invented.
    """

    start: str | None = None
    end: str | None = None
    precision: TimePrecision = "unknown"
    raw: str = ""
    relative: str | None = None

    @property
    def known(self) -> bool:
        return self.start is not None and self.end is not None

    @property
    def vague(self) -> bool:
        """True for words that place nothing in time: "now", "in the past", "in the near future"."""
        return self.relative in VAGUE

    def overlaps(self, other: Window) -> bool | None:
        """None where either is unknown."""
        if self.start is None or self.end is None or other.start is None or other.end is None:
            return None
        return self.start < other.end and other.start < self.end
