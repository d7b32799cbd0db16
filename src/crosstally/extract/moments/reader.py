"""What the words of one moment hold: days, parts of the day, clock times, amounts and units."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta
from typing import NamedTuple, cast

from crosstally.extract.moments import calendar
from crosstally.extract.moments.lexicon import MomentTables
from crosstally.extract.numbers.lexicon import SHAPE
from crosstally.extract.numbers.phrases import Item
from crosstally.values import TimePrecision, Window

_DAYLIKE = frozenset(SHAPE[s] for s in ("DAY", "FIGORD", "WORDORD", "CAPORD"))
_MARK = SHAPE["MARK"]
_CLOCKLIKE = frozenset(SHAPE[s] for s in ("CLOCK", "DECIMAL"))
PRECISION: dict[str, TimePrecision] = {
    "second": "minute", "minute": "minute", "hour": "hour", "day": "day", "night": "night", "week": "week", "weekend": "days",
    "month": "month", "quarter": "month", "year": "year", "decade": "years", "century": "years",
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

    def told(self, last: int) -> bool:
        """Whether the first verb behind item ``last`` tells what was."""
        return next((told is False for i in range(last, min(len(self.items), last + 8)) if (told := self._tense(i)) is not None), False)

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
            numbers = [
                int(cast("int", items[i].value))
                for i in range(first, last)
                if items[i].shape in _DAYLIKE and items[i].value is not None and not self._hour(i, last)
            ]
            if not numbers:
                return None
            year = next(
                (
                    int(cast("int", items[i].value))
                    for i in range(first, last)
                    if items[i].shape == SHAPE["YEAR"] and items[i].value is not None
                ),
                None,
            )
            ahead = self.future(first) if direction is None else direction == 1
            ends = [
                self._date(tables.months[items[month].lower], n, year, ahead)
                for n in (numbers[0], numbers[1] if len(numbers) > 1 else numbers[0])
            ]
            if ends[0] is None or ends[1] is None:
                return None
            return Days(min(ends[0], ends[1]), max(ends[0], ends[1]))
        if self.today is None:
            return None
        if (feast := self._feast(first, last)) is not None:
            fixed = calendar.nearest_year(self.today, feast[0], feast[1], 1 if direction == 1 or (direction is None and self.future(first)) else 0)
            return None if fixed is None else Days(fixed, fixed)
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

    def _feast(self, first: int, last: int) -> tuple[int, int] | None:
        """Month and day of a feast of a fixed date named in items ``[first, last)``."""
        said = f" {' '.join(self.words(first, last))} "
        return next((date for name, date in self.tables.feasts.items() if f" {name} " in said), None)

    def _hour(self, at: int, last: int) -> bool:
        """Whether the number at an item is an hour: "5" of "5 p.m. Nov. 9"."""
        following = self.items[at + 1].lower if at + 1 < last else ""
        return any(following in self.tables.words[name] for name in ("am", "pm", "oclock"))

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
        for left, right in itertools.pairwise(words):
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
        return next(
            (self.tables.units[i.lower] for i in self.items[last - 1 : first - 1 if first else None : -1] if i.lower in self.tables.units),
            None,
        )

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
            elif item.shape in _CLOCKLIKE or (
                item.value is not None and (following in words["am"] or following in words["pm"] or following in words["oclock"])
            ):
                digits = item.lower.replace(".", ":").split(":")
                if digits[0].isdecimal():
                    hour, minute = int(digits[0]), int(digits[1]) if len(digits) > 1 and digits[1].isdecimal() else 0
                else:
                    hour, minute = int(item.value or 0), 0
                evening = following in words["pm"] or self.any(at, last, "after_noon")
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
        if b.start is None or b.end is None or a.start >= b.end:
            return None
        length = datetime.fromisoformat(b.end) - datetime.fromisoformat(a.start)
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

    def _links(self) -> tuple[frozenset[str], ...]:
        """Words that put a length of time before or after what follows."""
        return self.tables.words["before"], self.tables.words["after"], self.tables.words["following"]

    def beside(self, found: Found, anchor: Window) -> Window:
        """ "a day earlier", "the next morning" beside the day that the sentence names before."""
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
        governs = last < len(self.items) and self.items[last].shape != _MARK and any(self.items[last - 1].lower in words for words in self._links())
        if governs:  # "on Saturday, five days after the quake": what follows lies on the other side
            back = not back
        count = 0 if same else int(number or 1) * (-1 if back else 1)
        shifted = moved(day, unit, count, raw, self.tables.night)
        return Window(shifted.start, shifted.end, shifted.precision, raw, found.window.relative)


def _shifted(moment: Window, by: int) -> Window:
    def move(stamp: str | None) -> str | None:
        return None if stamp is None else calendar.stamp(datetime.fromisoformat(stamp) + timedelta(days=by))

    return Window(move(moment.start), move(moment.end), moment.precision, moment.raw, moment.relative)


def moved(day: date, unit: str, count: int, raw: str, night: tuple[float, float]) -> Window:
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
