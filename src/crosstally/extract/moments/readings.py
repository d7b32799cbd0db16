"""How the words of one moment become a window: one small reading for each row of the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta

from crosstally.extract.moments import calendar
from crosstally.extract.moments.reader import PRECISION, Days, Found, Reader, moved
from crosstally.extract.numbers.lexicon import SHAPE
from crosstally.values import Window

_STEP = {"day": 1, "night": 1, "week": 7}


def read(reader: Reader, name: str, first: int, last: int) -> Found | None:
    """The moment in items ``[first, last)`` by the named reading, None where the words turn out to be none."""
    raw = reader.text[reader.items[first].start : reader.items[last - 1].end]
    try:
        window = _READINGS[name](reader, first, last, raw)
    except (OverflowError, ValueError):
        # "a million weeks ago" lies outside every calendar.
        window = reader.unknown(raw, "unknown")
    return None if window is None else Found(first, last, name, window, first)


def _night_between(r: Reader, first: int, last: int, raw: str) -> Window | None:
    links = [i for i in range(first + 1, last - 1) if r.items[i].lower in r.tables.words["to_range"]]
    for link in reversed(links):
        morning = r.days(link + 1, last)
        if morning is not None:
            evening = r.days(first, link)
            if evening is not None and not (morning.first - timedelta(days=7) < evening.first <= morning.first):
                continue
            return calendar.night(morning.last, *r.tables.night, raw)
    return r.unknown(raw, "night")


def _night_into(r: Reader, first: int, last: int, raw: str) -> Window | None:
    days = r.days(first, last)
    if days is not None and r.today is not None and days.first == days.last == r.today - timedelta(days=6):
        # Published before midnight, or where it was still the day before: "overnight into Friday" of a Thursday is of the morning to come.
        days = Days(r.today + timedelta(days=1), r.today + timedelta(days=1))
    return r.unknown(raw, "night") if days is None else calendar.night(days.last, *r.tables.night, raw)


def _night_of(r: Reader, first: int, last: int, raw: str) -> Window | None:
    days = r.days(first, last)
    if days is None:
        return r.unknown(raw, "night")
    if days.last != days.first:
        return calendar.night(days.last, *r.tables.night, raw)
    ends = r.today is not None and days.last == r.today and not r.future(first)
    return calendar.night(days.last if ends else days.last + timedelta(days=1), *r.tables.night, raw)


def _overnight(r: Reader, first: int, last: int, raw: str) -> Window | None:
    if r.today is None:
        return r.unknown(raw, "night")
    back = 1 if r.any(first, last, "previous") else 0
    held = calendar.night(r.today - timedelta(days=back), *r.tables.night, raw)
    # "the previous night" is the one before the night being told, which only the rest of the report can say.
    return Window(held.start, held.end, held.precision, raw, raw.lower()) if back else held


def _day(r: Reader, first: int, last: int, raw: str) -> Window | None:
    days = r.days(first, last)
    part = r.part(first, last)
    if days is None:
        return r.unknown(raw, "part_of_day" if part else "day")
    if part is None or days.first != days.last:
        return calendar.days(days.first, days.last, raw, "day" if days.first == days.last else "days")
    if part[1] > 27:
        return calendar.night(days.first + timedelta(days=1), *r.tables.night, raw)
    return calendar.hours(days.first, part[0], part[1], raw)


def _this_part(r: Reader, first: int, last: int, raw: str) -> Window | None:
    part = r.part(first, last)
    if r.today is None:
        return r.unknown(raw, "part_of_day")
    day = r.today
    if r.any(first, last, "tonight"):
        if r.told(last):  # "Tonight, the enemy launched ...": of a night just past
            return calendar.night(day, *r.tables.night, raw)
        return calendar.night(day + timedelta(days=1), *r.tables.night, raw)
    if r.any(first, last, "yesterday") or r.any(first, last, "last"):
        day -= timedelta(days=1)
    elif r.any(first, last, "tomorrow"):
        day += timedelta(days=1)
    if part is None:
        return calendar.days(day, day, raw)
    if part[1] > 27:
        return calendar.night(day + timedelta(days=1), *r.tables.night, raw)
    return calendar.hours(day, part[0], part[1], raw)


def _clock(r: Reader, first: int, last: int, raw: str) -> Window | None:
    clocks = r.clocks(first, last)
    if not clocks:
        return None
    hour, minute = clocks[0]
    return Window(None, None, "minute" if minute else "hour", raw, f"T{hour:02d}:{minute:02d}")


def _clock_on_day(r: Reader, first: int, last: int, raw: str) -> Window | None:
    clock = _clock(r, first, last, raw)
    days = r.days(first, last)
    if clock is None or days is None:
        if clock is None or r.today is None or not any(r.any(first, last, w) for w in ("this", "yesterday", "today")):
            return clock if clock is None else Window(None, None, clock.precision, raw, clock.relative)
        days = Days(r.today, r.today)
    found = Found(first, last, "clock", clock, first)
    return r.clock_within(found, calendar.days(days.first, days.first, raw))


def _calendar(r: Reader, first: int, last: int, raw: str) -> Window | None:
    words = r.tables.words
    said = r.words(first, last)
    season = next((w for w in said if w in r.tables.seasons), None)
    unit = r.unit(first, last)
    if r.today is None or (unit is None and season is None):
        return r.unknown(raw, PRECISION.get(unit or "month", "unknown"))
    step = -1 if r.any(first, last, "last") else 1 if r.any(first, last, "next") else 0
    if season is not None:
        start, count = r.tables.seasons[season]
        year = r.today.year + (step if step else 0)
        if step == -1 and calendar.at(date(r.today.year, start, 1)) + timedelta(days=92) < calendar.at(r.today):
            year = r.today.year
        return calendar.month(year, start, raw, count)
    assert unit is not None
    if unit in ("second", "minute", "hour"):
        return r.unknown(raw, "hour")
    if unit == "weekend" and not any(w in words["last"] or w in words["this"] or w in words["next"] for w in said):
        step = 0 if r.today.weekday() >= 5 or r.future(first) else -1
    if unit == "weekend" and step == -1 and r.today.weekday() >= 5:
        step = -1
    base = moved(r.today, unit, step, raw, r.tables.night)
    if unit in ("day", "night") and step:
        return Window(base.start, base.end, base.precision, raw, raw.lower())
    return _edge(r, first, last, base)


def _edge(r: Reader, first: int, last: int, base: Window) -> Window:
    """ "earlier this month" ends today, "later this month" begins today; "end of the year" is its last quarter."""
    if r.today is None or base.start is None or base.end is None:
        return base
    today = calendar.stamp(calendar.at(r.today, 24))
    said = r.words(first, last)
    if any(w == "earlier" for w in said) and base.start < today < base.end:
        return Window(base.start, today, base.precision, base.raw)
    if any(w == "later" for w in said) and base.start < today < base.end:
        return Window(calendar.stamp(calendar.at(r.today)), base.end, base.precision, base.raw)
    begin, end = datetime.fromisoformat(base.start), datetime.fromisoformat(base.end)
    third = (end - begin) / 3
    if r.any(first, last, "early") and "earlier" not in said:
        return Window(base.start, calendar.stamp((begin + third).replace(hour=0, minute=0, second=0)), base.precision, base.raw)
    if r.any(first, last, "late") and "later" not in said:
        return Window(calendar.stamp((end - third).replace(hour=0, minute=0, second=0)), base.end, base.precision, base.raw)
    return base


def _month(r: Reader, first: int, last: int, raw: str) -> Window | None:
    numbers = [r.tables.months[i.lower] for i in r.items[first:last] if i.lower in r.tables.months]
    year = next((int(i.value) for i in r.items[first:last] if i.shape == SHAPE["YEAR"] and i.value is not None), None)
    if not numbers:
        return None
    step = -1 if r.any(first, last, "last") else 1 if r.any(first, last, "next") else 0
    if year is None:
        if r.today is None:
            return r.unknown(raw, "month")
        year = r.today.year
        if r.unit(first, last) == "year":
            year += step
        elif step == 1 or (step == 0 and r.future(first)):
            year += numbers[0] < r.today.month
        elif numbers[0] > r.today.month or (step == -1 and numbers[0] == r.today.month):
            year -= 1
    return _edge(r, first, last, calendar.month(year, numbers[0], raw, max(1, numbers[-1] - numbers[0] + 1)))


def _season(r: Reader, first: int, last: int, raw: str) -> Window | None:
    season = next((i.lower for i in r.items[first:last] if i.lower in r.tables.seasons), None)
    year = next((int(i.value) for i in r.items[first:last] if i.shape == SHAPE["YEAR"] and i.value is not None), None)
    if season is None or year is None:
        return None
    start, count = r.tables.seasons[season]
    return calendar.month(year, start, raw, count)


def _year(r: Reader, first: int, last: int, raw: str) -> Window | None:
    for item in r.items[first:last]:
        if item.shape == SHAPE["YEAR"] and item.value is not None:
            return _edge(r, first, last, calendar.years(int(item.value), 1, raw))
        if item.shape == SHAPE["DECADE"] and item.value is not None and item.value >= 1000:
            return calendar.years(int(item.value), 10, raw)
    return None


def _quarter(r: Reader, first: int, last: int, raw: str) -> Window | None:
    number = next((int(i.value) for i in r.items[first:last] if i.value is not None and i.shape != SHAPE["YEAR"]), None)
    year = next((int(i.value) for i in r.items[first:last] if i.shape == SHAPE["YEAR"] and i.value is not None), None)
    half = any(i.lower in r.tables.words["half"] for i in r.items[first:last])
    if number is None or not 1 <= number <= (2 if half else 4) or (year is None and r.today is None):
        return r.unknown(raw, "month")
    if year is None:
        assert r.today is not None
        year = r.today.year - (1 if r.any(first, last, "last") or (number - 1) * 3 + 1 > r.today.month else 0)
    return calendar.month(year, (number - 1) * (6 if half else 3) + 1, raw, 6 if half else 3)


def _ago(r: Reader, first: int, last: int, raw: str) -> Window | None:
    unit, number = r.unit(first, last), r.amount(first, last)
    if unit is None:
        return None
    if r.today is None or number is None:
        end = None if r.today is None else calendar.at(r.today)
        return calendar.window(None, end, PRECISION[unit], raw, raw.lower())
    count = int(number)
    if unit in ("second", "minute", "hour"):
        if r.now is None:
            return r.unknown(raw, PRECISION[unit])
        begin = r.now - timedelta(**{unit + "s": count})
        return calendar.window(begin, begin + timedelta(hours=1), "hour", raw)
    if unit == "week":
        day = r.today - timedelta(days=7 * count)
        return calendar.days(day, day, raw, "week")
    return moved(r.today, unit if unit != "weekend" else "week", -count, raw, r.tables.night)


def _last_n(r: Reader, first: int, last: int, raw: str) -> Window | None:
    unit, number = r.unit(first, last), r.amount(first, last)
    if unit is None:
        return None
    if r.today is None:
        return r.unknown(raw, "days")
    end = r.now or calendar.at(r.today, 24)
    if number is None:
        return calendar.window(None, end, "days", raw, raw.lower())
    count = int(number)
    if unit in ("second", "minute", "hour"):
        return calendar.window(end - timedelta(**{unit + "s": count}), end, "days" if count > 24 else "day", raw)
    if unit in ("month", "quarter", "year", "decade", "century"):
        months = count * {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}[unit]
        first_day = calendar.shift_month(r.today, -months)
        return calendar.window(calendar.at(first_day, 24 * (min(r.today.day, 28) - 1)), end, "years" if months > 12 else "month", raw)
    return calendar.window(calendar.at(r.today - timedelta(days=count * _STEP.get(unit, 7))), end, "days", raw)


def _next_n(r: Reader, first: int, last: int, raw: str) -> Window | None:
    unit = r.unit(first, last)
    if r.today is None or unit is None:
        return r.unknown(raw, "days")
    begin = r.now or calendar.at(r.today)
    number = r.amount(first, last)
    if number is None or unit not in _STEP:
        return calendar.window(begin, None, PRECISION[unit], raw, raw.lower())
    return calendar.window(begin, begin + timedelta(days=int(number) * _STEP[unit]), "days", raw)


def _recent(r: Reader, first: int, last: int, raw: str) -> Window | None:
    end = None if r.today is None else calendar.at(r.today, 24)
    unit = r.unit(first, last)
    return calendar.window(None, end, PRECISION.get(unit or "", "unknown"), raw, "recent")


def _vague(tense: str) -> Callable[[Reader, int, int, str], Window | None]:
    """A reading of words that give a tense and no dates: "now", "once", "soon"."""
    return lambda r, first, last, raw: Window(None, None, "unknown", raw, tense)


def _century(r: Reader, first: int, last: int, raw: str) -> Window | None:
    number = next((int(i.value) for i in r.items[first:last] if i.value is not None), None)
    return calendar.years(100 * (number - 1), 100, raw) if number is not None and 1 < number <= 21 else None


def _anchored(r: Reader, first: int, last: int, raw: str) -> Window | None:
    unit = r.unit(first, last)
    return r.unknown(raw, PRECISION.get(unit or "", "unknown"))


def _anchored_by_date(r: Reader, first: int, last: int, raw: str) -> Window | None:
    link = next(
        (
            i
            for i in range(first, last)
            if r.items[i].lower in r.tables.words["before"] | r.tables.words["after"] | r.tables.words["following"]
        ),
        None,
    )
    if link is None:
        return None
    unit, number = r.unit(first, link), r.amount(first, link)
    days = r.days(link + 1, last)
    if days is None or number is None or unit not in ("day", "week", "month", "year"):
        return r.unknown(raw, PRECISION.get(unit or "", "unknown"))
    count = int(number) * (-1 if r.items[link].lower in r.tables.words["before"] else 1)
    held = moved(days.first, unit, count, raw, r.tables.night)
    return Window(held.start, held.end, held.precision, raw, raw.lower())


def _nth_day(r: Reader, first: int, last: int, raw: str) -> Window | None:
    return None


_READINGS: dict[str, Callable[[Reader, int, int, str], Window | None]] = {
    "night_between": _night_between,
    "night_into": _night_into,
    "night_of": _night_of,
    "overnight": _overnight,
    "clock_on_day": _clock_on_day,
    "clock": _clock,
    "day": _day,
    "this_part": _this_part,
    "calendar": _calendar,
    "month": _month,
    "season": _season,
    "year": _year,
    "quarter": _quarter,
    "ago": _ago,
    "last_n": _last_n,
    "next_n": _next_n,
    "recent": _recent,
    "present": _vague("present"),
    "past": _vague("past"),
    "to_come": _vague("future"),
    "century": _century,
    "anchored": _anchored,
    "anchored_by_date": _anchored_by_date,
    "nth_day": _nth_day,
}
