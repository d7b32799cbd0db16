"""A figure's row as a picture: its range as a band, one mark a claim, hedges as dashed tails. Each mark is a link to its sentence."""

from __future__ import annotations

from markupsafe import Markup

from crosstally.export import wording
from crosstally.export.figures import Group, Mark, Row
from crosstally.export.withhold import spoken

from .anchors import Anchors
from .svg import join, percent, tag

_STACK = 11.0  # px between marks that would lie on one another
_NARROW = 340.0  # px that the drawing has in a narrow window: what is apart there is apart everywhere
_MARK, _TAIL = 6.0, 35.0  # px from a mark's middle to its edge, and to the end of its tail
_BAND = 15.0  # half the height of the range band


def draw_axis(group: Group) -> Markup:
    """The group's scale: its numbers, aligned with the rows below."""
    return tag(
        "svg",
        join([_tick(tick, group.top) for tick in group.ticks]),
        class_="axis",
        height=18,
        aria_hidden="true",
    )


def _tick(tick: float, top: float) -> Markup:
    """A number of the scale over its line; the last ends where the column does."""
    last = tick >= top
    return tag("text", f"{tick:,.0f}", x=percent(tick / top), dx=8 if last else None, y=13, class_="tick last" if last else "tick")


def draw_row(row: Row, group: Group, anchors: Anchors) -> Markup:
    """The row's drawing. Words for it stand in the table beside it; the marks' own words are their names."""
    placed = _placed(row.marks, group.top)
    deep = max((abs(y) for _, y in placed), default=0.0)
    height = max(37.0, 2 * deep + 18)
    middle = height / 2
    shapes = [tag("line", x1=percent(t / group.top), x2=percent(t / group.top), y1=0, y2=height, class_="grid") for t in group.ticks]
    shapes.append(tag("line", x1="0%", x2="100%", y1=middle, y2=middle, class_="base"))
    shapes += _range(row, group, middle)
    return tag(
        "svg",
        tag("g", join(shapes), aria_hidden="true"),
        join([_mark(row, mark, group.top, middle + y, anchors) for mark, y in placed]),
        class_=f"row {row.tone}",
        height=height,
        role="group" if placed else None,
        aria_label=f"{row.title}: claims" if placed else None,
        aria_hidden=None if placed else "true",
    )


def _placed(marks: tuple[Mark, ...], top: float) -> list[tuple[Mark, float]]:
    """Marks with their height: one that would touch another or its tail stands above or below it, the first said in the middle."""
    ends: list[float] = []  # where the last mark of each line ends, line by line from the middle out
    lines: list[tuple[Mark, int]] = []
    for mark in sorted(marks, key=lambda m: m.low):
        at = mark.low / top * _NARROW
        begin = at - (_TAIL if mark.tail in ("down", "both") else _MARK)
        end = max(at + (_TAIL if mark.tail in ("up", "both") else _MARK), mark.high / top * _NARROW)
        line = next((n for n, last in enumerate(ends) if last <= begin), len(ends))
        ends[line:line + 1] = [end]
        lines.append((mark, line))
    middle = (len(ends) - 1) / 2
    order = sorted(range(len(ends)), key=lambda n: abs(n - middle))  # the first lines are the fullest: they stand in the middle
    return [(mark, (order[line] - middle) * _STACK) for mark, line in lines]


def _range(row: Row, group: Group, middle: float) -> list[Markup]:
    tally = row.tally
    if tally.state == "disputed":
        told = [m for m in row.marks if m.shape != "hollow"]
        ends = [m.low for m in told if not m.tail] or [m.low for m in told]
        if len(set(ends)) < 2:
            return []
        return [tag("line", x1=percent(min(ends) / group.top), x2=percent(max(ends) / group.top), y1=middle, y2=middle, class_="apart")]
    if tally.low is None and tally.high is None:
        return []
    low = float(tally.low or 0)
    if row.marks and tally.low is not None and tally.low == tally.high:
        low = max(m.low for m in row.marks)  # a duration's marks stand in hours, whatever the tally counts in
    high = group.top if row.open_above else max(low, float(tally.high or 0))
    if high <= low:
        return []
    band = tag(
        "rect",
        x=percent(low / group.top),
        y=middle - _BAND,
        width=percent((high - low) / group.top),
        height=2 * _BAND,
        class_="band",
        fill="url(#fade)" if row.open_above else None,
    )
    return [band]


def _mark(row: Row, mark: Mark, top: float, y: float, anchors: Anchors) -> Markup:
    shapes = [tag("circle", r=9, class_="reach")]
    if mark.tail in ("up", "both"):
        shapes.append(tag("line", x1=6, x2=34, y1=0, y2=0, class_="tail"))
    if mark.tail in ("down", "both"):
        shapes.append(tag("line", x1=-34, x2=-6, y1=0, y2=0, class_="tail"))
    if mark.shape == "square":
        shapes.append(tag("rect", x=-4, y=-4, width=8, height=8, class_="mk"))
    else:
        shapes.append(tag("circle", r=4 if mark.shape == "hollow" else 5, class_="mk"))
    wide = tag("line", x1=percent(mark.low / top), x2=percent(mark.high / top), y1=y, y2=y, class_="span") if mark.high > mark.low else None
    where = f", {mark.outlet}" if mark.outlet else ""
    value = wording.bounds(int(mark.low), int(mark.high)) if mark.low == int(mark.low) else f"{mark.low:g}"
    words = spoken(mark.words)
    name = f"{value}. {spoken(mark.who)}{where}: {words}"
    return tag(
        "a",
        tag("title", name),
        wide,
        tag("svg", join(shapes), x=percent(mark.low / top), y=y, width=1, height=1, overflow="visible"),
        href=anchors.to_claim(mark.claim) if mark.claim else None,
        class_=f"m {mark.shape}{' old' if mark.old else ''}",
        data_who=f"{spoken(mark.who)}{where}",
        data_words=words,
        data_t=mark.said.isoformat() if mark.said else None,
    )
