"""How the words of one moment become a window: one small reading for each row of the table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from crosstally.extract import moments_calendar as calendar
from crosstally.extract.moments_lexicon import MomentTables
from crosstally.extract.numbers_lexicon import SHAPE
from crosstally.extract.numbers_phrases import Item
from crosstally.values import TimePrecision, Window

_DAYLIKE = frozenset(SHAPE[s] for s in ("DAY", "FIGORD", "WORDORD", "CAPORD"))
_MARK = SHAPE["MARK"]
_CLOCKLIKE = frozenset(SHAPE[s] for s in ("CLOCK", "DECIMAL"))
_STEP = {"day": 1, "night": 1, "week": 7}
_PRECISION: dict[str, TimePrecision] = {
    "second": "minute", "minute": "minute", "hour": "hour", "day": "day", "night": "night", "week": "week", "weekend": "days", "month": "month",
    "quarter": "month", "year": "year", "decade": "years", "century": "years",
}  # fmt: skip


class Found(NamedTuple):
    """A moment read from the items ``[first, last)``; ``cover`` is the item at which its preposition stands."""

    first: int
    last: int
    read: str
    window: Window
    cover: int


class Days(NamedTuple):
    """The days that words name: ``[first, last]``. ``sure`` is False where nothing but a publication date could say which."""

    first: date
    last: date


class Reader:
    """Reads the moments of one sentence. ``published`` as in ``read_moments``."""

    def __init__(self, items: list[Item], text: str, tables: MomentTables, published: str | None) -> None:
        self.items, self.text, self.tables = items, text, tables
        told = calendar.parse(published)
        self.today: date | None = told[0] if told else None
        self.now: datetime | None = told[1] if told else None

    def read(self, name: str, first: int, last: int) -> Found | None:
        """The moment in items ``[first, last)`` by the named reading, None where the words turn out to be none."""
        raw = self.text[self.items[first].start : self.items[last - 1].end]
        reading = _READINGS[name]
        window = reading(self, first, last, raw)
        if window is None:
            return None
        return Found(first, last, name, window, first)

    # What the words hold

    def unknown(self, raw: str, precision: TimePrecision) -> Window:
        return Window(None, None, precision, raw, " ".join(raw.lower().split()))

    def words(self, first: int, last: int) -> list[str]:
        return [i.lower for i in self.items[first:last]]

    def any(self, first: int, last: int, name: str) -> bool:
        known = self.tables.words[name]
        return any(i.lower in known for i in self.items[first:last])

    def future(self, first: int) -> bool:
        """Whether what stands at item ``first`` is told as yet to come."""
        for i in range(first - 1, max(-1, first - 12), -1):
            if (told := self._tense(i)) is not None:
                return told
        # In front of its clause ("On Monday, ministers will meet") a moment is told by what follows.
        opening = first <= 2
        for i in range(first + 1, min(len(self.items), first + (14 if opening else 6))):
            if (told := self._tense(i)) is not None:
                return told
            if not opening and self.items[i].shape == _MARK:
                return False
        return False

    def _tense(self, at: int) -> bool | None:
        """True for a word of things to come, False for one that tells what was, None for any other."""
        item = self.items[at]
        if item.lower in self.tables.future:
            return None if item.lower in self.tables.months and item.shape != SHAPE["LOWER"] else True
        return False if item.lower in self.tables.said or item.lower in (";", "\u201d") else None

    def days(self, first: int, last: int, direction: int | None = None) -> Days | None:
        """The day or days named in items ``[first, last)``; None where only a publication date could tell."""
        tables, items = self.tables, self.items
        month = next((i for i in range(first, last) if items[i].lower in tables.months and items[i].lower not in tables.weekdays), None)
        for i in range(first, last):
            if items[i].shape == SHAPE["DATE"] and (day := _figures(items[i].lower)) is not None:
                return Days(day, day)
        if month is not None and any(items[i].shape in _DAYLIKE for i in range(first, last)):
            numbers = [int(cast("int", items[i].value)) for i in range(first, last) if items[i].shape in _DAYLIKE and items[i].value is not None]
            year = next((int(cast("int", items[i].value)) for i in range(first, last) if items[i].shape == SHAPE["YEAR"] and items[i].value is not None), None)
            ahead = self.future(first) if direction is None else direction == 1
            ends = [self._date(tables.months[items[month].lower], n, year, ahead) for n in (numbers[0], numbers[1] if len(numbers) > 1 else numbers[0])]
            if ends[0] is None or ends[1] is None:
                return None
            return Days(min(ends[0], ends[1]), max(ends[0], ends[1]))
        if self.today is None:
            return None
        for i in range(first, last):
            word = items[i].lower
            for name, shift in (("yesterday", -1), ("today", 0), ("tomorrow", 1)):
                if word in tables.words[name]:
                    day = self.today + timedelta(days=shift)
                    return Days(day, day)
            if word in tables.weekdays:
                if direction is None:
                    before = items[i - 1].lower if i > first else ""
                    if before in tables.words["last"]:
                        direction = -1
                    elif before in tables.words["next"] or self.future(first):
                        direction = 1
                    else:
                        direction = 0
                day = calendar.weekday(self.today, tables.weekdays[word], direction)
                if direction == 1 and i > first and items[i - 1].lower in tables.words["next"] and day == self.today:
                    day += timedelta(days=7)
                return Days(day, day)
        return None

    def _date(self, month: int, day: int, year: int | None, ahead: bool) -> date | None:
        if year is not None:
            try:
                return date(year, month, day)
            except ValueError:
                return None
        return None if self.today is None else calendar.nearest_year(self.today, month, day, 1 if ahead else 0)

    def part(self, first: int, last: int) -> tuple[float, float] | None:
        """The hours of the day that the words narrow it to."""
        words = self.words(first, last)
        for left, right in zip(words, words[1:], strict=False):
            if (both := self.tables.narrower.get(f"{left} {right}")) is not None:
                return both
        named = [w for w in words if w in self.tables.parts]
        exact = [w for w in named if w not in ("early", "late")]
        return self.tables.parts[(exact or named)[0]] if named else None

    def amount(self, first: int, last: int) -> float | None:
        """The number before the unit: 1 for an article, None for "several"."""
        held = self.items[first:last]
        for item in held:
            if item.value is not None and item.shape not in (SHAPE["NONE"], SHAPE["ART"]):
                return float(item.value)
            if item.shape == SHAPE["VAGUE"]:
                return None
        return 1.0 if any(item.lower in self.tables.words["article"] for item in held) else None

    def unit(self, first: int, last: int) -> str | None:
        return next((self.tables.units[i.lower] for i in self.items[last - 1 : first - 1 if first else None : -1] if i.lower in self.tables.units), None)

    def clocks(self, first: int, last: int) -> list[tuple[int, int]]:
        """Times of day told in the words, as (hour, minute)."""
        words = self.tables.words
        found: list[tuple[int, int]] = []
        at = first
        while at < last:
            item = self.items[at]
            following = self.items[at + 1].lower if at + 1 < last else ""
            if item.lower in words["noon"]:
                found.append((12, 0))
            elif item.lower in words["midnight"]:
                found.append((0, 0))
            elif item.shape in _CLOCKLIKE or (item.value is not None and (following in words["am"] or following in words["pm"] or following == "o'clock")):
                digits = item.lower.replace(".", ":").split(":")
                if digits[0].isdigit():
                    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 and digits[1].isdigit() else 0
                else:
                    hour, minute = int(item.value or 0), 0
                evening = following in words["pm"] or any(w in ("evening", "afternoon") for w in self.words(at, last))
                if evening and hour < 12:
                    hour += 12
                elif following in words["am"] and hour == 12:
                    hour = 0
                if hour <= 24 and minute < 60:
                    found.append((hour % 24, minute))
                # A second clock in brackets is the same moment in another zone.
                break
            at += 1
        return found

    # Joining

    def span(self, left: Found, right: Found) -> Found | None:
        """One window from the start of the left moment to the end of the right one."""
        a, b = left.window, right.window
        raw = self.text[self.items[left.first].start : self.items[right.last - 1].end]
        if left.read == right.read == "clock" and not a.known and not b.known:
            return Found(left.first, right.last, "clock", Window(None, None, "hour", raw, f"{a.relative}/{b.relative}"), left.first)
        if left.read == "clock" and not a.known and b.known:
            moved = self.clock_within(left, b)
            if moved.start is not None and b.start is not None and moved.start > b.start:
                moved = _shifted(moved, -1)
            a = moved
        if a.start is None or b.end is None or b.start is None or a.start >= b.end:
            return None
        if right.read in ("clock", "clock_on_day"):
            b = Window(b.start, b.start, b.precision, b.raw)
        length = datetime.fromisoformat(cast("str", b.end)) - datetime.fromisoformat(a.start)
        precision: TimePrecision = b.precision
        if length <= timedelta(hours=24) and a.start[:10] != b.start[:10] and (a.precision, b.precision) != ("day", "day"):
            precision = "night"
        elif a.precision == "day" or b.precision == "day":
            precision = "days"
        return Found(left.first, right.last, "span", Window(a.start, b.end, precision, raw), left.first)

    def clock_within(self, found: Found, anchor: Window) -> Window:
        """A clock time, or "T20:00/T05:00", set into the day or night it is told with."""
        told = (found.window.relative or "").split("/")
        begin = datetime.fromisoformat(cast("str", anchor.start))
        close = datetime.fromisoformat(cast("str", anchor.end))
        moments: list[datetime] = []
        for clock in told:
            hour, minute = int(clock[1:3]), int(clock[4:6])
            moment = begin.replace(hour=hour, minute=minute)
            if anchor.precision == "night" and moment < begin and moment + timedelta(days=1) <= close + timedelta(hours=3):
                moment += timedelta(days=1)
            if moments and moment <= moments[-1]:
                moment += timedelta(days=1)
            moments.append(moment)
        end = moments[-1] if len(moments) > 1 else moments[0] + timedelta(minutes=60 if moments[0].minute == 0 else 1)
        precision: TimePrecision = "hour" if moments[0].minute == 0 else "minute"
        return calendar.window(moments[0], end, precision, found.window.raw)

    def beside(self, found: Found, anchor: Window) -> Window:
        """"a day earlier", "the next morning" beside the day that the sentence names before."""
        first, last, raw = found.first, found.last, found.window.raw
        day = datetime.fromisoformat(cast("str", anchor.start)).date()
        unit, number = self.unit(first, last), self.amount(first, last)
        if unit not in ("day", "night", "week", "month", "year"):
            return found.window
        same = self.any(first, last, "same")
        back = self.any(first, last, "earlier") or self.any(first, last, "last")
        forth = self.any(first, last, "later") or self.any(first, last, "next")
        if not (same or back or forth) or (number is None and self.items[last - 1].shape == SHAPE["VAGUE"]):
            return found.window
        count = 0 if same else int(number or 1) * (-1 if back else 1)
        moved = _moved(day, unit, count, raw, self.tables.night)
        return Window(moved.start, moved.end, moved.precision, raw, found.window.relative)


def _shifted(moment: Window, by: int) -> Window:
    def move(stamp: str | None) -> str | None:
        return None if stamp is None else calendar.stamp(datetime.fromisoformat(stamp) + timedelta(days=by))

    return Window(move(moment.start), move(moment.end), moment.precision, moment.raw, moment.relative)


def _moved(day: date, unit: str, count: int, raw: str, night: tuple[float, float]) -> Window:
    """The unit of time that lies ``count`` units from ``day``."""
    if unit == "night":
        return calendar.night(day + timedelta(days=count + 1), night[0], night[1], raw)
    if unit == "day":
        moved = day + timedelta(days=count)
        return calendar.days(moved, moved, raw)
    if unit == "week":
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * count)
        return calendar.days(monday, monday + timedelta(days=6), raw, "week")
    if unit == "weekend":
        saturday = day - timedelta(days=day.weekday()) + timedelta(days=5 + 7 * count)
        return calendar.days(saturday, saturday + timedelta(days=1), raw, "days")
    if unit == "month":
        first = calendar.shift_month(day, count)
        return calendar.month(first.year, first.month, raw)
    if unit == "quarter":
        first = calendar.shift_month(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3 * count)
        return calendar.month(first.year, first.month, raw, 3)
    size = {"year": 1, "decade": 10, "century": 100}[unit]
    return calendar.years(max(1, (day.year + count * size) // size * size if size > 1 else day.year + count), size, raw)


def _figures(written: str) -> date | None:
    """2025-07-04, 04.07.2025."""
    parts = written[:10].replace(".", "-").split("-")
    try:
        numbers = [int(p) for p in parts]
        if len(parts[0]) == 4:
            return date(numbers[0], numbers[1], numbers[2])
        return date(numbers[2] + (2000 if numbers[2] < 100 else 0), numbers[1], numbers[0])
    except (ValueError, IndexError):
        return None


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
        return r.unknown(raw, _PRECISION.get(unit or "month", "unknown"))
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
    base = _moved(r.today, unit, step, raw, r.tables.night)
    if unit in ("day", "night") and step:
        return Window(base.start, base.end, base.precision, raw, raw.lower())
    return _edge(r, first, last, base)


def _edge(r: Reader, first: int, last: int, base: Window) -> Window:
    """"earlier this month" ends today, "later this month" begins today; "end of the year" is its last quarter."""
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
        return calendar.window(None, end, _PRECISION[unit], raw, raw.lower())
    count = int(number)
    if unit in ("second", "minute", "hour"):
        if r.now is None:
            return r.unknown(raw, _PRECISION[unit])
        begin = r.now - timedelta(**{unit + "s": count})
        return calendar.window(begin, begin + timedelta(hours=1), "hour", raw)
    if unit == "week":
        day = r.today - timedelta(days=7 * count)
        return calendar.days(day, day, raw, "week")
    return _moved(r.today, unit if unit != "weekend" else "week", -count, raw, r.tables.night)


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
        return calendar.window(begin, None, _PRECISION[unit], raw, raw.lower())
    return calendar.window(begin, begin + timedelta(days=int(number) * _STEP[unit]), "days", raw)


def _recent(r: Reader, first: int, last: int, raw: str) -> Window | None:
    end = None if r.today is None else calendar.at(r.today, 24)
    unit = r.unit(first, last)
    return calendar.window(None, end, _PRECISION.get(unit or "", "unknown"), raw, "recent")


def _anchored(r: Reader, first: int, last: int, raw: str) -> Window | None:
    unit = r.unit(first, last)
    return r.unknown(raw, _PRECISION.get(unit or "", "unknown"))


def _anchored_by_date(r: Reader, first: int, last: int, raw: str) -> Window | None:
    link = next((i for i in range(first, last) if r.items[i].lower in r.tables.words["before"] | r.tables.words["after"] | r.tables.words["following"]), None)
    if link is None:
        return None
    unit, number = r.unit(first, link), r.amount(first, link)
    days = r.days(link + 1, last)
    if days is None or number is None or unit not in ("day", "week", "month", "year"):
        return r.unknown(raw, _PRECISION.get(unit or "", "unknown"))
    count = int(number) * (-1 if r.items[link].lower in r.tables.words["before"] else 1)
    held = _moved(days.first, unit, count, raw, r.tables.night)
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
    "anchored": _anchored,
    "anchored_by_date": _anchored_by_date,
    "nth_day": _nth_day,
}
