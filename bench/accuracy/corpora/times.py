"""Times: TIMEX3 of TimeBank.

Format: TimeML 1.2 (``NAME.tml``): ``<DCT>`` holds the publication time, ``<TEXT>`` the text with ``<TIMEX3 type value>`` around every
time.

Metric: TempEval-3, task A (UzZaman et al. 2013, "SemEval-2013 Task 1: TempEval-3"): ``relaxed`` F1 of times that overlap, one
to one; ``strict`` F1 of times with both ends right; ``value`` F1 of overlapping times whose normalised value is right too. ``dates`` is
``value`` over DATE and TIME alone, what the dating of events needs. The publication time itself is given and not scored.

crosstally keeps windows, not TIMEX3: :func:`timex_value` writes a window as TIMEX3 by its precision and words, :func:`duration_value` a
counted duration.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from bench.accuracy.reading import document, read
from bench.accuracy.scores import Range, match_exact, match_overlapping, rates
from bench.accuracy.values import Corpus, Metric, Outcome, first_that_exists, item_id

if TYPE_CHECKING:
    from crosstally.values import Quantity, Window

_DATED = ("DATE", "TIME")
# The longer word first: "afternoon" holds "noon".
_PARTS_OF_DAY = (
    ("morning", "MO"), ("afternoon", "AF"), ("midday", "MI"), ("noon", "MI"), ("evening", "EV"), ("tonight", "NI"), ("night", "NI"),
)  # fmt: skip
_SEASONS = (("spring", "SP"), ("summer", "SU"), ("autumn", "FA"), ("fall", "FA"), ("winter", "WI"))
_UNITS = {
    "second": "S",
    "minute": "M",
    "hour": "H",
    "day": "D",
    "week": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
}
_FINER = {("year", "month"): 12, ("week", "day"): 7, ("hour", "minute"): 60, ("day", "hour"): 24, ("minute", "second"): 60}
_NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "a couple of": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100,
}  # fmt: skip
_STRETCH = re.compile(
    r"\b(?:(?P<way>past|last|next|coming|previous)\s+)?(?P<number>a couple of|a few|few|several|\d+|an?|" + "|".join(_NUMBERS) + r")[\s-]+"
    r"(?P<unit>second|minute|hour|day|week|month|quarter|year|decade)s?\b(?!\s+ago)"
)
_SOME = re.compile(r"(?:the )?(?:recent|coming|past) (?P<unit>minute|hour|day|week|month|quarter|year|decade)s$")
_CLOCK = re.compile(r"T\d\d(?::\d\d)?$")
_RANGE = re.compile(r"(?<=[\w.])\s+(?:to|through|and|until)\s+(?=\w)")
_UNIT_WORD = re.compile(r"[\s\-–]*\w+")


@dataclass(frozen=True)
class Timex:
    """A time in a text. ``value`` None where it could not be normalised."""

    span: Range
    type: str
    value: str | None


@dataclass(frozen=True)
class Told:
    """A document of the corpus: text, publication time as written, times in order."""

    name: str
    text: str
    published: str | None
    times: tuple[Timex, ...]


def find(folder: Path, part: str) -> Path | None:
    return first_that_exists(folder, f"times/{part}", part, ".", sign="*.tml")


def read_timeml(path: Path) -> Told:
    """One file. Raises ElementTree.ParseError for broken markup."""
    root = ET.fromstring(path.read_bytes())
    dct = root.find("DCT/TIMEX3")
    body = root.find("TEXT")
    pieces: list[str] = []
    times: list[Timex] = []

    def walk(node: ET.Element, at: int) -> int:
        start = at
        if node.text:
            pieces.append(node.text)
            at += len(node.text)
        for child in node:
            at = walk(child, at)
            if child.tail:
                pieces.append(child.tail)
                at += len(child.tail)
        if node.tag == "TIMEX3":
            times.append(Timex((start, at), node.get("type", ""), node.get("value")))
        return at

    if body is not None:
        walk(body, 0)
    published = dct.get("value") if dct is not None else None
    return Told(path.stem, "".join(pieces), published, tuple(sorted(times, key=lambda t: t.span)))


def timex_value(window: Window) -> str | None:
    """A window as the value of a TIMEX3, by precision and words; None if it has none.

    "1998-02-27", "1998-02-27TNI", "1998-W09", "1998-Q1", "199". As TimeML's guidelines have it, a window open at one end ("since 1985", "by May")
    has the value of the time it is anchored to, a stretch counted from now ("the past three months") is a duration, and what lies vaguely
    before or after is PAST_REF or FUTURE_REF.
    """
    words = window.raw.lower()
    if (stretch := _STRETCH.search(words)) is not None and (window.relative or stretch.group("way")):
        number, unit = stretch.group("number"), stretch.group("unit")
        return _period(str(_NUMBERS.get(number, number)) if number.isdigit() or number in _NUMBERS else "X", unit)
    if (clock := _CLOCK.match(window.relative or "")) is not None:
        return clock.group()
    if window.vague:
        return f"{(window.relative or '').upper()}_REF"
    if window.start is None and window.end is None:
        return None
    if (some := _SOME.match(words)) is not None:
        return _period("X", some.group("unit"))
    if window.relative is not None and (window.start is None or window.end is None):
        return "FUTURE_REF" if window.end is None else "PAST_REF"
    if window.precision == "unknown":
        return "FUTURE_REF" if window.end is None else "PAST_REF"
    last = (datetime.fromisoformat(window.end) - timedelta(seconds=1)).isoformat() if window.end is not None else ""
    return _anchored(window.start or last, window.end or "", window.precision, words)


def _anchored(start: str, end: str, precision: str, words: str) -> str | None:
    day = start[:10]
    if precision in ("minute", "hour"):
        return start[:16]
    if precision in ("part_of_day", "night"):
        part = next((code for word, code in _PARTS_OF_DAY if word in words), "NI" if precision == "night" else "")
        return day + (f"T{part}" if part else "")
    if precision == "week" or "weekend" in words:
        iso = date.fromisoformat(day).isocalendar()
        return f"{iso.year}-W{iso.week:02d}" + ("-WE" if "weekend" in words else "")
    if precision == "month":
        return _of_months(start, end or start, words)
    if precision == "year":
        return day[:4]
    if precision == "years":
        return {10: day[:3], 100: day[:2]}.get(_years(start, end or start))
    return day if precision in ("day", "days") else None


def _years(start: str, end: str) -> int:
    return int(end[:4]) - int(start[:4])


def _of_months(start: str, end: str, words: str) -> str:
    a, b = datetime.fromisoformat(start), datetime.fromisoformat(end)
    season = next((code for word, code in _SEASONS if word in words), None)
    if season is not None:
        return f"{start[:4]}-{season}"
    months = (b.year - a.year) * 12 + b.month - a.month
    if months == 3 and a.month % 3 == 1:
        return f"{a.year}-Q{a.month // 3 + 1}"
    if months == 6 and a.month in (1, 7):
        return f"{a.year}-H{a.month // 7 + 1}"
    return start[:7]


def duration_value(quantity: Quantity, worded: str = "") -> str | None:
    """A counted duration as TIMEX3, by the number said, its hedge aside: 13 hours "PT13H", at least 5 years "P5Y", some days "PXD".

    ``worded``: the unit in the text, where a hedge was counted in a finer one ("nearly two years" is at most 23 months). None without a unit.
    """
    unit = (quantity.unit or "").removesuffix("s")
    if unit not in _UNITS:
        return None
    number = _said(quantity)
    coarse = worded.lower().removesuffix("s")
    if number is not None and (size := _FINER.get((coarse, unit))) is not None and number % size == 0:
        unit, number = coarse, number // size
    return _period("X" if number is None else str(number), unit)


def _said(quantity: Quantity) -> int | None:
    """The number in the words: "more than 400" is 401 and up, and says 400."""
    low, high = quantity.low, quantity.high
    if quantity.hedge in ("more_than", "at_least"):
        return None if low is None else low - (quantity.hedge == "more_than")
    if quantity.hedge in ("up_to", "fewer_than", "nearly"):
        return None if high is None else high + (quantity.hedge != "up_to")
    if low is None or high is None:
        return None
    return (low + high) // 2 if quantity.hedge == "around" else low if low == high else None


def _period(number: str, unit: str) -> str:
    if unit == "decade" and number.isdigit():
        return f"P{10 * int(number)}Y"
    return f"P{'T' if unit in ('second', 'minute', 'hour') else ''}{number}{_UNITS[unit]}"


def found_in(told: Told) -> tuple[Timex, ...]:
    """Times crosstally reads: moments, and durations that are no part of one, their unit word included."""
    from crosstally.values import Quantity, Window

    out: list[Timex] = []
    mentions = read(document(told.text, id=told.name, published=told.published)).mentions
    for m in mentions:
        if m.kind == "moment" and isinstance(m.value, Window):
            if m.rule == "moment.span" and len(ends := _ends(told, m.span.start, m.span.end, m.value)) == 2:
                out += ends
                continue
            value = timex_value(m.value)
            counted = value is not None and value[:1] == "P" and not value.endswith("_REF")
            out.append(Timex((m.span.start, m.span.end), "DURATION" if counted else "DATE", value))
    taken = [t.span for t in out]
    for m in mentions:
        if m.kind == "quantity" and m.number == "duration" and isinstance(m.value, Quantity):
            unit = _UNIT_WORD.match(told.text, m.span.end)
            span = (m.span.start, unit.end() if unit else m.span.end)
            said = unit.group().strip(" -\u2013") if unit else ""
            if not any(a < span[1] and span[0] < b for a, b in taken):
                out.append(Timex(span, "DURATION", duration_value(m.value, said)))
    return tuple(sorted(out, key=lambda t: t.span))


def _ends(told: Told, start: int, end: int, window: Window) -> list[Timex]:
    """TimeML marks the two ends of "from Aug. 26 to Oct. 20" apart; a window holds both."""
    from crosstally.values import Window as Moment

    cut = _RANGE.search(told.text, start, end)
    if cut is None or window.start is None or window.end is None or window.precision not in ("day", "days", "year", "years", "month"):
        return []
    last = (datetime.fromisoformat(window.end) - timedelta(seconds=1)).isoformat()
    left, right = told.text[start : cut.start()], told.text[cut.end() : end]
    precision = "day" if window.precision == "days" else window.precision
    return [
        Timex((start, cut.start()), "DATE", timex_value(Moment(window.start, window.start, precision, left))),
        Timex((cut.end(), end), "DATE", timex_value(Moment(last, last, precision, right))),
    ]


@dataclass
class _Count:
    gold: int = 0
    found: int = 0
    relaxed: int = 0
    strict: int = 0
    value: int = 0

    def add(self, gold: list[Timex], found: list[Timex]) -> set[int]:
        """Counts one document; returns the indices of gold times found with their value."""
        pairs = match_overlapping([g.span for g in gold], [f.span for f in found])
        right = {i for i, j in pairs.items() if gold[i].value is not None and gold[i].value == found[j].value}
        self.gold += len(gold)
        self.found += len(found)
        self.relaxed += len(pairs)
        self.strict += len(match_exact([g.span for g in gold], [f.span for f in found]))
        self.value += len(right)
        return right


def measure(path: Path, limit: int | None) -> Outcome:
    verdicts: dict[str, bool] = {}
    every, dated = _Count(), _Count()
    words = 0
    for file in sorted(path.glob("*.tml"))[:limit]:
        told = read_timeml(file)
        words += len(told.text.split())
        gold, found = list(told.times), list(found_in(told))
        right = every.add(gold, found)
        dated.add([g for g in gold if g.type in _DATED], [f for f in found if f.type in _DATED])
        matched = match_overlapping([g.span for g in gold], [f.span for f in found])
        for i, g in enumerate(gold):
            verdicts[item_id("times", told.name, g.span)] = i in right
        for j, f in enumerate(found):
            if j not in matched.values():
                verdicts[item_id("times", told.name, "false", f.span)] = False
    values = {name: rates(getattr(every, name), every.found, every.gold).f1 for name in ("relaxed", "strict", "value")}
    values["dates"] = rates(dated.value, dated.found, dated.gold).f1
    return Outcome(values, verdicts, every.gold, words)


CORPUS = Corpus(
    name="times",
    title="TimeBank 1.2: times in news",
    licence="research use, from the Linguistic Data Consortium (LDC2006T08); TempEval-3's copy is free to download",
    obtain="TempEval-3 training data, <https://www.cs.york.ac.uk/semeval-2013/task1/>, "
    "or <https://catalog.ldc.upenn.edu/LDC2006T08>: the folder of `.tml` files.",
    parts=("timebank",),
    metrics=(
        Metric("value", "span overlaps and value right, F1", peer="HeidelTime .776 (TempEval-3 test)"),
        Metric("relaxed", "spans that overlap, F1", peer="HeidelTime .903"),
        Metric("strict", "spans exact, F1", peer="HeidelTime .813"),
        Metric("dates", "value right, F1, dates and times of day only"),
    ),
    find=find,
    measure=measure,
)
