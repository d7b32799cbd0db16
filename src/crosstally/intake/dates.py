"""Publication times as outlets write them, to ISO 8601."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY_FIRST = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?(\d{1,2})(?:st|nd|rd|th)?\s+([a-z]{3,9})\.?,?\s+(\d{4})\b[,\s]*(?:at\s+)?(.*)", re.I)
_MONTH_FIRST = re.compile(r"(?:[a-z]{3,9}\.?,?\s+)?([a-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b[,\s]*(?:at\s+)?(.*)", re.I)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})\b[,\s]*(.*)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})\b[,\s]*(.*)")
_YEAR_SLASHED = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})\b[,\s]*(.*)")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::(\d{2}))?\s*([ap]\.?m\.?)?\s*(Z|UTC|GMT|[+-]\d{2}:?\d{2})?\s*", re.I)
_EPOCH = re.compile(r"\d{10}(?:\d{3})?(?:\.0+)?")


def read_moment(raw: str) -> str:
    """ISO 8601 of ``raw``, a date where it gives no clock. Raises ValueError that says in words why it cannot be read.

    ISO 8601, RFC 2822, seconds since 1970, "4 July 2025", "July 4, 2025 at 9:12 a.m.", 04.07.2025 (day first), 2025/07/04. A date such
    as 03/04/2025 has two readings and is refused.
    """
    text = " ".join(raw.split())
    if not text:
        raise ValueError("is empty")
    if len(text) > 80:
        raise ValueError("is too long for a date")
    for reader in (_iso, _loose, _epoch, _slashed, _worded, _mail):
        try:
            found = reader(text)
        except (OverflowError, IndexError, TypeError):
            found = None
        if found is not None:
            if not 1900 <= int(found[:4]) <= 2200:
                raise ValueError(f"lies in the year {int(found[:4])}")
            return found
    raise ValueError("is no date that can be read")


def agree(one: str, other: str) -> bool:
    """Whether two publication times may be the same: equal, the same day where either has no clock, or within a minute."""
    if one == other:
        return True
    if len(one) <= 10 or len(other) <= 10:
        return one[:10] == other[:10]
    a, b = datetime.fromisoformat(one), datetime.fromisoformat(other)
    if (a.tzinfo is None) != (b.tzinfo is None):
        return abs(a.replace(tzinfo=None) - b.replace(tzinfo=None)).total_seconds() < 15 * 3600
    return abs(a - b).total_seconds() < 60


def _iso(text: str) -> str | None:
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return parsed.date().isoformat() if len(text) <= 10 else parsed.isoformat()


_ISO_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.*))?")


def _loose(text: str) -> str | None:
    """An ISO date whose month, day or hour has one digit ("2025-3-4 3:30"). None where what follows the day is no clock."""
    found = _ISO_DAY.fullmatch(text)
    if found is None or (found[4] and not _CLOCK.fullmatch(found[4])):
        return None
    return _join(int(found[1]), int(found[2]), int(found[3]), found[4] or "")


def _epoch(text: str) -> str | None:
    if not _EPOCH.fullmatch(text):
        return None
    seconds = float(text)
    return datetime.fromtimestamp(seconds / 1000 if seconds > 1e11 else seconds, UTC).isoformat(timespec="seconds")


def _slashed(text: str) -> str | None:
    if found := _YEAR_SLASHED.fullmatch(text):
        return _join(int(found[1]), int(found[2]), int(found[3]), found[4])
    if found := _SLASHED.fullmatch(text):
        first, second, year = int(found[1]), int(found[2]), int(found[3])
        if first <= 12 and second <= 12 and first != second:
            raise ValueError("may be day/month or month/day")
        day, month = (first, second) if second <= 12 else (second, first)
        return _join(year, month, day, found[4])
    if found := _DOTTED.fullmatch(text):
        return _join(int(found[3]), int(found[2]), int(found[1]), found[4])
    return None


def _worded(text: str) -> str | None:
    if found := _DAY_FIRST.fullmatch(text):
        day, name, year, rest = found.groups()
    elif found := _MONTH_FIRST.fullmatch(text):
        name, day, year, rest = found.groups()
    else:
        return None
    if name[:3].lower() not in _MONTHS:
        return None
    return _join(int(year), _MONTHS.index(name[:3].lower()) + 1, int(day), rest)


def _mail(text: str) -> str | None:
    try:
        return parsedate_to_datetime(text).isoformat()
    except ValueError:
        return None


def _join(year: int, month: int, day: int, rest: str) -> str | None:
    """A date, with the clock of ``rest`` where it is one. None where there is no such day; a clock that cannot be read is left out."""
    try:
        when = datetime(year, month, day)
        if not (clock := _CLOCK.match(rest)):
            return when.date().isoformat()
        hour, minute, second, half, zone = clock.groups()
        hours = int(hour)
        if half:
            hours = hours % 12 + (12 if half[0] in "pP" else 0)
        when = when.replace(hour=hours, minute=int(minute), second=int(second or 0))
    except ValueError:
        return None
    if zone is None:
        return when.isoformat()
    offset = "+00:00" if zone.upper() in ("Z", "UTC", "GMT") else zone if ":" in zone else f"{zone[:3]}:{zone[3:]}"
    return datetime.fromisoformat(when.isoformat() + offset).isoformat()
