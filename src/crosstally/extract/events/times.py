"""How one moment of a report stands to another: same event, earlier, later, or not to be told."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

import msgspec

from crosstally.values import Window

Order = Literal["same", "earlier", "later", "wide", "unknown"]
LONG = timedelta(days=4)
_NIGHT = timedelta(hours=7)
_TILL_MORNING = timedelta(hours=15)  # from six in the evening
_YEAR = re.compile(r"\d{4}")
_FINE = frozenset({"minute", "hour", "part_of_day", "night"})


@lru_cache(maxsize=4096)
def instant(text: str) -> datetime | None:
    """An ISO time without its zone; None for what is no ISO time."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def bounds(window: Window) -> tuple[datetime, datetime] | None:
    if window.start is None or window.end is None:
        return None
    start, end = instant(window.start), instant(window.end)
    return (start, end) if start is not None and end is not None else None


def is_long(window: Window) -> bool:
    """A stretch of time in which many events lie ("last month", "in recent weeks")."""
    held = bounds(window)
    return window.precision in ("month", "year", "years", "week") or (held is not None and held[1] - held[0] > LONG)


def past(window: Window, published: datetime | None) -> Window:
    """A moment of something that has happened: "October 7", told in July, is last year's, whatever lies nearer."""
    held = bounds(window)
    if held is None or published is None or held[0] <= published + timedelta(days=3) or _YEAR.search(window.raw):
        return window
    back = tuple(t.replace(year=t.year - 1) for t in held if (t.month, t.day) != (2, 29))
    return msgspec.structs.replace(window, start=back[0].isoformat(), end=back[1].isoformat()) if len(back) == 2 else window


def closed(window: Window) -> Window:
    """ "since June 2023" as the June it begins with; what has an end, or is no single night, day, month or year, as it is."""
    if window.end is None and window.precision == "night" and (evening := instant(window.start or "")) is not None:
        return msgspec.structs.replace(window, end=(evening + _TILL_MORNING).isoformat())
    if window.end is not None or window.precision not in ("day", "month", "year") or (end := day_after(window)) is None:
        return window
    return msgspec.structs.replace(window, end=datetime.combine(end, time()).isoformat())


def a_day_before(window: Window, event: Window) -> Window | None:
    """The day before an event's own, where that is known; a night is told on the day it ends."""
    held = bounds(event)
    if held is None:
        return None
    told = held[1] if event.precision == "night" else held[0]
    end = datetime.combine(told.date(), time())
    return msgspec.structs.replace(window, start=(end - timedelta(days=1)).isoformat(), end=end.isoformat(), precision="day")


def day_after(window: Window) -> date | None:
    """The first day after what a moment names, wherever it ends ("since March": 1 April); None where it names no day, week, month or year."""
    start = instant(window.start or "")
    if start is None:
        return None
    day = start.date()
    days = {"day": 1, "part_of_day": 1, "night": 1, "week": 7}.get(window.precision)
    try:
        if window.precision == "month":
            return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        if window.precision == "year":
            return day.replace(year=day.year + 1, month=1, day=1)
        return None if days is None else day + timedelta(days=days)
    except (ValueError, OverflowError):
        return None  # behind the last year there is


def is_stamp(window: Window) -> bool:
    """A time to the second with its date ("May 24, 2025 12:03:00 PM"): when a page was put up, not when anything happened."""
    return window.raw.count(":") > 1 and any(c.isdigit() for c in window.raw)


def order(window: Window, event: Window, weekdays: frozenset[str]) -> Order:
    """Where ``window`` lies beside the event's. A night touches both its days; two plain days do not touch."""
    a, b = bounds(window), bounds(event)
    if a is None or b is None:
        return _by_weekday(window, event, weekdays)
    if is_long(window) and not is_long(event):
        if a[1] <= b[0] - timedelta(days=1):
            return "earlier"
        return "wide"
    slack = _NIGHT if window.precision in _FINE or event.precision in _FINE else timedelta(0)
    if a[1] <= b[0] - slack:
        return "earlier"
    if a[0] >= b[1] + slack:
        return "later"
    return "same"


def after(window: Window, event: Window) -> timedelta:
    """How long after the event's end a moment begins; zero where it does not, or cannot be told."""
    a, b = bounds(window), bounds(event)
    return max(a[0] - b[1], timedelta(0)) if a is not None and b is not None else timedelta(0)


def _by_weekday(window: Window, event: Window, weekdays: frozenset[str]) -> Order:
    """Two moments without dates differ where both name weekdays and share none, unless one is a night (which has two)."""
    mine = weekdays & frozenset(window.raw.lower().replace("’", "'").replace("'s", "").split())
    others = weekdays & frozenset(event.raw.lower().replace("’", "'").replace("'s", "").split())
    if not mine or not others:
        return "unknown"
    if mine & others:
        return "same"
    if window.precision in _FINE or event.precision in _FINE:
        return "unknown"
    return "earlier"
