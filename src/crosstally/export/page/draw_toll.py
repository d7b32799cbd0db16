"""The toll as a picture: one line is one person, the dead above the axis of time and the hurt below it, open ends dotted."""

from __future__ import annotations

from datetime import datetime, timedelta

from markupsafe import Markup

from crosstally.export import wording
from crosstally.export.toll import Lane, Rise, Toll, labelled
from crosstally.export.withhold import spoken

from .anchors import Anchors
from .svg import join, percent, tag

_LABEL = 21  # px a label row takes
_AXIS = 26  # px between the dead and the hurt, for the days
_NARROW, _LETTER = 830.0, 6.6  # px of the narrowest drawing that has details beside its labels, and of a letter of them
_PITCH = {"up": 6.0, "down": 5.0}  # px from one person to the next


class _Axis:
    def __init__(self, toll: Toll) -> None:
        self.start, self.end = toll.start, toll.end

    def at(self, moment: datetime | None) -> float:
        if moment is None or self.start is None or self.end is None:
            return 0.0
        return (moment - self.start) / (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Midnights, named by day; in less than two days every sixth hour. The month is named where it turns."""
        if self.start is None or self.end is None:
            return []
        span = self.end - self.start
        if span <= timedelta(days=2):
            marks = [self.start + timedelta(hours=6 * n) for n in range(int(span / timedelta(hours=6)) + 1)]
            return [(self.at(m), wording.day(m) if m == self.start or m.hour == 0 else f"{m:%H:%M}") for m in marks if m < self.end]
        step = next((s for s in (1, 2, 7, 14, 30, 91, 182, 365) if span.days / s <= 9), 730)
        midnight = self.start.replace(hour=0)
        marks = [midnight + timedelta(days=n) for n in range(0, span.days + 2, step)]
        made: list[tuple[float, str]] = []
        for n, moment in enumerate(m for m in marks if m < self.end):
            named = n == 0 or step > 2 or moment.month != marks[n - 1].month
            made.append((max(0.0, self.at(moment)), wording.day(moment) if named else str(moment.day)))
        return [(x, label) for x, label in made if x < 0.97]


def draw_toll(toll: Toll, anchors: Anchors) -> Markup:
    """An SVG as wide as its box and as high as its people; the labels are links to their sentences and read as a list."""
    axis = _Axis(toll)
    upper, lower = toll.upper, toll.lower
    above = labelled(upper) if upper else ()
    below = labelled(lower)[::-1] if lower else ()
    lines_up, lines_down = _lines(upper, toll), _lines(lower, toll)
    base_up = len(above) * _LABEL + 14 + lines_up * _PITCH["up"]
    timed = toll.start is not None
    base_down = base_up + (_AXIS if timed else 8)
    foot = base_down + lines_down * _PITCH["down"] + 14
    height = foot + len(below) * _LABEL
    shapes: list[Markup] = [
        tag("line", x1=percent(x), x2=percent(x), y1=base_up - lines_up * _PITCH["up"] - 6, y2=foot - 6, class_="grid")
        for x, _ in axis.ticks()
    ]
    if upper:
        shapes += _people(upper, toll, axis, base_up, -1)
    if lower:
        shapes += _people(lower, toll, axis, base_down, 1)
    if upper and lower:
        shapes += [_moved(m, upper, toll, axis, base_up, base_down) for m in toll.moved]
    days = [tag("text", label, x=percent(x), dx=5 if x else 0, y=base_up + 17, class_="day") for x, label in axis.ticks()]
    told = [(r, n * _LABEL + 14.0, _top(upper, r, toll, base_up, -1)) for n, r in enumerate(above) if upper]
    told += [(r, foot + n * _LABEL + 14, _top(lower, r, toll, base_down, 1) if lower else foot) for n, r in enumerate(below)]
    leaders = [_leader(rise, axis, y, reach) for rise, y, reach in told]  # all under all words: a leader may pass below another's label
    words = [_label(rise, axis, anchors, y) for rise, y, _ in told]
    veil = tag(
        "rect",
        x="100%",
        y=base_up - lines_up * _PITCH["up"] - 8,
        width="100%",
        height=foot - base_up + lines_up * _PITCH["up"] + 2,
        class_="veil",
    )
    return tag(
        "svg",
        tag("g", join(shapes), aria_hidden="true"),
        tag("g", join(days), aria_hidden="true"),
        veil if timed else None,
        tag("g", join(leaders), aria_hidden="true"),
        join(words),
        class_="toll",
        height=height,
        role="group",
        aria_label="Toll by time of statement",
        data_start=toll.start.isoformat() if toll.start else None,
        data_end=toll.end.isoformat() if toll.end else None,
    )


def _lines(lane: Lane | None, toll: Toll) -> int:
    return _count(lane.peak, toll) if lane else 0


def _count(people: int, toll: Toll) -> int:
    return -(-people // toll.per_line)


def _people(lane: Lane, toll: Toll, axis: _Axis, base: float, side: int) -> list[Markup]:
    """Every person's line, from the moment they were counted to the moment a correction took them out, or to the edge."""
    pitch = _PITCH["up" if side < 0 else "down"]
    ends = [axis.at(r.moment) for r in lane.rises[1:]] + [1.0]
    made: list[Markup] = []
    for person in range(1, _lines(lane, toll) + 1):
        y = base + side * (person - 0.5) * pitch
        for begin, end in _runs([(axis.at(r.moment), e, _count(r.value, toll) >= person) for r, e in zip(lane.rises, ends, strict=True)]):
            made.append(tag("line", x1=percent(begin), x2=percent(end), y1=y, y2=y, class_="dead" if side < 0 else "hurt"))
    for rise, end in zip(lane.rises, ends, strict=True):
        y = base + side * (_count(rise.value, toll) + 0.5) * pitch
        made.append(tag("line", x1=percent(axis.at(rise.moment)), x2=percent(end), y1=y, y2=y, class_="open"))
    return made


def _runs(parts: list[tuple[float, float, bool]]) -> list[tuple[float, float]]:
    runs: list[tuple[float, float]] = []
    for start, end, there in parts:
        if there and runs and runs[-1][1] == start:
            runs[-1] = (runs[-1][0], end)
        elif there:
            runs.append((start, end))
    return runs


def _top(lane: Lane | None, rise: Rise, toll: Toll, base: float, side: int) -> float:
    return base + side * _count(rise.value, toll) * _PITCH["up" if side < 0 else "down"]


def _moved(moment: datetime, upper: Lane, toll: Toll, axis: _Axis, base_up: float, base_down: float) -> Markup:
    """Somebody counted among the hurt has died: a dashed line from the one side to the other."""
    value = max((r.value for r in upper.rises if r.moment is not None and r.moment <= moment), default=upper.peak)
    x = percent(axis.at(moment))
    return tag("line", x1=x, x2=x, y1=base_down + 2, y2=base_up - (_count(value, toll) - 0.5) * _PITCH["up"], class_="moved")


def _leader(rise: Rise, axis: _Axis, y: float, reach: float) -> Markup:
    """From a label to the line it is about."""
    x = percent(axis.at(rise.moment))
    moment = rise.moment.isoformat() if rise.moment else None
    return tag("line", x1=x, x2=x, y1=y - 12 if reach > y else y + 4, y2=reach, class_="lead", data_t=moment)


def _label(rise: Rise, axis: _Axis, anchors: Anchors, y: float) -> Markup:
    """The words of a step; past the middle they stand left of their leader."""
    share = axis.at(rise.moment)
    left = share > 0.5
    room = int(max(share, 1 - share) * _NARROW / _LETTER) - len(rise.label)
    words = tag(
        "text",
        tag("tspan", rise.label, class_="n"),
        tag("tspan", _fitted(rise.detail, room), class_="o"),
        x=percent(share),
        dx=-7 if left else 7,
        y=y,
        class_="lft" if left else None,
    )
    moment = rise.moment.isoformat() if rise.moment else None
    return tag(
        "a", words, href=anchors.to_claim(rise.claims[0]) if rise.claims else None, data_t=moment, data_who=spoken(rise.who) or None,
        data_words=spoken(rise.words) or None,
    )  # fmt: skip


def _fitted(text: str, room: int) -> str:
    """The text, or as many of its words as there is room for; the rest is in the words that pointing at it shows."""
    if len(text) <= room:
        return text
    kept = text[: max(room - 2, 0)].rpartition(" ")[0]
    return f"{kept} …" if kept.strip(" ·") else ""
