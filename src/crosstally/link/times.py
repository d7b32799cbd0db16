"""Hours and days out of ISO text, for comparing windows."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from crosstally.values import Window

_EPOCH = datetime(1900, 1, 1)
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@lru_cache(maxsize=65536)
def hour(moment: str | None) -> int | None:
    """Hours since 1900 of an ISO date or datetime, as written (an offset is dropped); None for nothing or for no ISO text."""
    if not moment:
        return None
    try:
        parsed = datetime.fromisoformat(moment).replace(tzinfo=None)
    except ValueError:
        return None
    return int((parsed - _EPOCH).total_seconds() // 3600)


def hours(window: Window | None) -> tuple[int, int] | None:
    """``[start, end)`` in hours, or None where either end is open."""
    if window is None:
        return None
    start, end = hour(window.start), hour(window.end)
    return None if start is None or end is None else (start, max(end, start + 1))


def day(moment: str | None) -> int | None:
    """Days since 1900 of an ISO moment."""
    found = hour(moment)
    return None if found is None else found // 24


def day_words(first: date, last: date | None = None) -> str:
    """``4 July 2025``, ``3-4 July 2025``, ``30 June-1 July 2025``, with an en dash."""
    end = f"{(last or first).day} {_MONTHS[(last or first).month - 1]} {(last or first).year}"
    if last is None or last == first:
        return end
    start = str(first.day)
    if (first.month, first.year) != (last.month, last.year):
        start += f" {_MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"{start}–{end}"


def window_words(window: Window | None) -> str:
    """``night of 3-4 July 2025``, ``early on 4 July 2025``, ``July 2025``; relative words where no date is known; empty for nothing."""
    if window is None:
        return ""
    if window.start is None or window.end is None:
        if window.raw:
            return window.raw
        known = window.start or window.end
        return "" if known is None else f"{'since' if window.start else 'until'} {day_words(datetime.fromisoformat(known).date())}"
    start, end = datetime.fromisoformat(window.start).replace(tzinfo=None), datetime.fromisoformat(window.end).replace(tzinfo=None)
    first, last = start.date(), end.date()
    if window.precision == "night":
        return f"night of {day_words(first, last if last > first else None)}"
    if end.hour == 0 and end.minute == 0 and last > first:
        last = date.fromordinal(last.toordinal() - 1)
    if window.precision in ("year", "years") and first.year == last.year:
        return str(first.year)
    if window.precision == "month" and (first.year, first.month) == (last.year, last.month):
        return f"{_MONTHS[first.month - 1]} {first.year}"
    if window.precision in ("part_of_day", "hour", "minute") and first == last:
        middle = ((start + (end - start) / 2) if end > start else start).hour
        for limit, words in ((6, "early on"), (12, "morning of"), (18, "afternoon of"), (24, "evening of")):
            if middle < limit:
                return f"{words} {day_words(first)}"
    return day_words(first, last)
