"""Days, nights, weeks and months as windows of local time. Pure arithmetic; no words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from crosstally.values import TimePrecision, Window

# A date without a year, told in no future tense, lies at most so many days ahead.
_AHEAD = 92


def stamp(moment: datetime) -> str:
    """ISO 8601 to the second, the one form that windows use, so that they compare as text."""
    return moment.isoformat(timespec="seconds")


def at(day: date, hour: float = 0) -> datetime:
    """The day's midnight plus hours; more than 24 run into the next day."""
    return datetime(day.year, day.month, day.day) + timedelta(hours=hour)


def window(start: datetime | None, end: datetime | None, precision: TimePrecision, raw: str, relative: str | None = None) -> Window:
    return Window(None if start is None else stamp(start), None if end is None else stamp(end), precision, raw, relative)


def days(first: date, last: date, raw: str, precision: TimePrecision = "day") -> Window:
    """From the first day's midnight to the end of the last."""
    return window(at(first), at(last, 24), precision, raw)


def hours(day: date, first: float, last: float, raw: str, precision: TimePrecision = "part_of_day") -> Window:
    return window(at(day, first), at(day, last), precision, raw)


def night(morning: date, first: float, last: float, raw: str) -> Window:
    """The night that ends on ``morning``: from ``first`` o'clock the day before to ``last`` o'clock."""
    return window(at(morning - timedelta(days=1), first), at(morning, last), "night", raw)


def shift_month(day: date, months: int) -> date:
    """The first day of the month that lies so many months away."""
    index = day.year * 12 + day.month - 1 + months
    return date(max(1, min(9999, index // 12)), index % 12 + 1, 1)


def month(year: int, number: int, raw: str, count: int = 1) -> Window:
    first = date(year, number, 1)
    return window(at(first), at(shift_month(first, count)), "month", raw)


def years(first: int, count: int, raw: str) -> Window:
    return window(datetime(first, 1, 1), datetime(min(9999, first + count), 1, 1), "year" if count == 1 else "years", raw)


def weekday(anchor: date, wanted: int, direction: int) -> date:
    """The nearest such weekday: on or before ``anchor`` for 0, on or after it for 1, strictly before for -1."""
    if direction == 1:
        return anchor + timedelta(days=(wanted - anchor.weekday()) % 7)
    back = (anchor.weekday() - wanted) % 7
    return anchor - timedelta(days=back or (7 if direction == -1 else 0))


def nearest_year(anchor: date, month_number: int, day: int, direction: int) -> date | None:
    """The date of that month and day nearest to ``anchor``, but not so far ahead that a report would have told the year; on or after
    ``anchor`` for direction 1. None for a day that does not exist."""
    found: list[date] = []
    for year in (anchor.year - 1, anchor.year, anchor.year + 1):
        try:
            found.append(date(year, month_number, day))
        except ValueError:
            continue
    if direction == 1:
        found = [d for d in found if d >= anchor] or found
    else:
        found = [d for d in found if (d - anchor).days <= _AHEAD] or found
    return min(found, key=lambda d: abs((d - anchor).days), default=None)


def parse(published: str | None) -> tuple[date, datetime | None] | None:
    """The day of publication, and its local time where it is told."""
    if not published:
        return None
    try:
        moment = datetime.fromisoformat(published)
    except ValueError:
        return None
    if not 1000 < moment.year < 9000:
        return None  # no report was published then; such a year is a placeholder
    return moment.date(), (moment.replace(tzinfo=None) if len(published) > 10 else None)
