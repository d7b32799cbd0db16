"""Order of statements: which of two moments is earlier, as far as their precision tells."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache


@lru_cache(maxsize=4096)
def moment(text: str | None) -> tuple[datetime, bool] | None:
    """A naive moment (UTC where a zone is given), and whether it has a clock time; None for nothing or for what is no ISO date."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    clock = len(text) > 10
    if parsed.tzinfo is not None:
        parsed = (parsed - parsed.utcoffset()).replace(tzinfo=None)  # type: ignore[operator]
    return parsed, clock


def order(a: str | None, b: str | None) -> int | None:
    """-1 where ``a`` is earlier, 1 where later, 0 where equal, None where it cannot be told (a bare date holds every hour of it)."""
    one, two = moment(a), moment(b)
    if one is None or two is None:
        return None
    (x, x_clock), (y, y_clock) = one, two
    if x_clock and y_clock:
        return (x > y) - (x < y)
    if x.date() != y.date():
        return 1 if x.date() > y.date() else -1
    return 0 if not x_clock and not y_clock else None


def stated_equal(a: str | None, b: str | None) -> bool:
    """True if both are stated and are the same to the minute, or are the same text of any precision."""
    return a is not None and b is not None and order(a, b) == 0


def has_clock(text: str | None) -> bool:
    found = moment(text)
    return found is not None and found[1]


def sort_key(text: str | None) -> tuple[int, str]:
    """Unknown first, then by time."""
    found = moment(text)
    return (0, "") if found is None else (1, found[0].isoformat())


def day(text: str | None) -> str:
    """ "4 July" for a reader; empty for nothing known."""
    found = moment(text)
    if found is None:
        return ""
    at, clock = found
    return f"{at.day} {at:%B}" + (f", {at:%H:%M}" if clock and (at.hour or at.minute) else "")
