"""The balance as a picture: height is number, on one scale. What was worked out is hollow; what is left over is an empty slot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup, escape

from crosstally.domain.model import Domain
from crosstally.export import wording
from crosstally.export.sheet import Bracket, Sheet
from crosstally.values import Tally

from .svg import join, tag
from .views import BookCell

_TALL = 330.0  # px that the whole takes
_MOST = 26.0  # px that one of them takes at most: three drones are no wall
_THIN = 2.0  # px that the smallest ribbon keeps
_BOLD = 9.0  # px from which a ribbon is drawn as a shape
_REACH = 16  # px around a ribbon's middle where it can be pointed at
_GAP = 14.0
_LINE = 18.0
_BIG = 30.0
_WIDE = 29  # characters that fit a label on a narrow window

# What the books say of a cell, by its measure and member.
Told = Callable[[str, str | None], BookCell]


@dataclass(frozen=True, slots=True)
class _Ribbon:
    part: str
    member: int
    value: int
    derived: bool
    start: float
    end: float
    height: float


@dataclass(frozen=True, slots=True)
class _Slot:
    """A part's place on the right: its top, the height of its ribbons, and the height with its words."""

    measure: str
    top: float
    height: float
    room: float


@dataclass(frozen=True, slots=True)
class _Flow:
    """What is drawn. ``base``: the member that is the whole of the picture, None where it is all of them. ``members``: those that ribbons are
    split by, smallest first."""

    sheet: Sheet
    domain: Domain
    told: Told
    base: str | None
    members: tuple[str | None, ...]

    def cell(self, measure: str, member: str | None) -> Tally | None:
        return self.sheet.cells.get((measure, member))

    def low(self, measure: str, member: str | None) -> int | None:
        found = self.cell(measure, member)
        return None if found is None else found.low

    def title(self, measure: str) -> str:
        return wording.short(wording.title(self.domain, measure)).lower()

    def of_members(self, measure: str, member: str | None) -> str:
        """ "268 drones"; empty for a cell that nobody tells."""
        found = self.cell(measure, member)
        if found is None or member is None:
            return ""
        ring = "○" if found.state == "derived" else ""
        return f"{ring}{wording.bounds(found.low, found.high)} {self.named(member, found.low)}"

    def named(self, member: str, count: int | None = None) -> str:
        tree = self.domain.facets.get(self.sheet.facet)
        return tree.title(member, plural=count != 1) if tree else member

    def link(self, measure: str, member: str | None, *drawn: Markup, class_: str) -> Markup:
        """What is drawn of a cell as a way to its sentence, which says who told it and in what words."""
        cell = self.told(measure, member)
        if cell.href is None:
            return tag("g", *drawn, class_=class_)
        what = f"{cell.text} {self.named(member, self.low(measure, member)) if member else ''} {self.title(measure)}"
        what = " ".join(what.split())
        return tag(
            "a", tag("title", f"{what}. {cell.who}: {cell.words}"), *drawn, href=cell.href, class_=class_, data_who=f"{what} · {cell.who}",
            data_words=cell.words,
        )  # fmt: skip


def drawn_of(sheet: Sheet) -> tuple[str | None] | None:
    """Which member's whole a picture can be drawn of: (None,) for all of them, one member where no report tells the whole and of one alone
    how many there were; None for no picture."""
    if sheet.exact(sheet.whole, None):
        return (None,)
    known = [m for m in sheet.members if sheet.exact(sheet.whole, m)]
    return (known[0],) if len(known) == 1 and (sheet.whole, None) not in sheet.cells else None


def draw_flow(sheet: Sheet, domain: Domain, told: Told) -> Markup | None:
    """Three drawings side by side (words, ribbons, words), or None where the whole is not one number. Every ribbon and every sum is a link to
    its sentence."""
    found = drawn_of(sheet)
    if found is None:
        return None
    (base,) = found
    whole = sheet.exact(sheet.whole, base)
    if not whole:
        return None
    flow = _Flow(sheet, domain, told, base, (base,) if base is not None else _members(sheet))
    unit = min(_TALL / whole, _MOST)
    parts = [p for p in sheet.parts if flow.low(p, base) is not None or p == sheet.residual]
    if not any(flow.low(p, base) for p in parts):
        return None
    slots, y = [], 2.0
    for part in parts:
        height = sum(_height(value, unit) for _, value, _ in _split(flow, part))
        room = max(height, _BIG + _LINE * max(1, len(_words(flow, part))))
        bracket = _bracket(flow, part)
        if bracket:
            room = max(room, _BIG + _LINE * (len(_words(flow, part)) + 1.5 + len(_bracket_lines(flow, bracket))))
        slots.append(_Slot(part, y, height, room))
        y += room + _GAP
    total = y
    ribbons, left = _ribbons(flow, slots, unit, total)
    return tag(
        "div",
        tag("p", _whole(flow, whole), class_="whole"),
        _left(flow, left, total, whole),
        tag("svg", join(_shapes(flow, ribbons, slots)), viewBox=f"0 0 100 {total:.0f}", preserveAspectRatio="none", height=total),
        _right(flow, slots, total),
        class_="flow",
        role="group",
        aria_label="The balance as a picture",
    )


def _whole(flow: _Flow, whole: int) -> Markup:
    """The left side in one line, for a window too narrow to have it beside the ribbons."""
    parts = [w for m in reversed(flow.members) if m is not None and flow.base is None and (w := flow.of_members(flow.sheet.whole, m))]
    words = f" {flow.named(flow.base, whole)}" if flow.base is not None else ""
    rest = f"{words} {flow.title(flow.sheet.whole)}{': ' if parts else ''}{' + '.join(parts)}"
    return flow.link(flow.sheet.whole, flow.base, tag("b", wording.number(whole)), Markup(escape(rest)), class_="tot")


def _members(sheet: Sheet) -> tuple[str | None, ...]:
    """Rows that every told part is split by, smallest first; the total alone where one is missing."""

    def low(measure: str, member: str | None) -> int | None:
        cell = sheet.cells.get((measure, member))
        return None if cell is None else cell.low

    told = [c for c in sheet.columns if low(c, None) is not None and c != sheet.residual]
    if sheet.members and all(low(c, m) is not None for c in told for m in sheet.members):
        return tuple(sorted(sheet.members, key=lambda m: (low(sheet.whole, m) or 0, m)))
    return (None,)


def _split(flow: _Flow, part: str) -> list[tuple[int, int, bool]]:
    """(member index, value, derived) of a part's ribbons; none for a zero."""
    made = []
    for n, member in enumerate(flow.members):
        cell = flow.cell(part, member)
        if cell is not None and cell.low:
            made.append((n, cell.low, cell.state == "derived"))
    return made


def _height(value: int, unit: float) -> float:
    return max(_THIN, value * unit)


def _ribbons(flow: _Flow, slots: list[_Slot], unit: float, total: float) -> tuple[list[_Ribbon], list[tuple[int, float, float]]]:
    """Every ribbon from its place in the stack on the left to its slot, and each member's stretch of the stack."""
    count = len(flow.members)
    heights = [sum(_height(v, unit) for s in slots for n, v, _ in _split(flow, s.measure) if n == m) for m in range(count)]
    gap = 10.0 if count > 1 else 0.0
    at = (total - sum(heights) - gap * (count - 1)) / 2
    left, begin = [], []
    for m, height in enumerate(heights):
        left.append((m, at, height))
        begin.append(at)
        at += height + gap
    ribbons = []
    for slot in slots:
        y = slot.top
        for n, value, derived in _split(flow, slot.measure):
            height = _height(value, unit)
            ribbons.append(_Ribbon(slot.measure, n, value, derived, begin[n], y, height))
            begin[n] += height
            y += height
    return ribbons, left


def _tone(member: int, count: int) -> str:
    """The greatest member is pale, the next ink: ``k0`` pale, ``k1`` ink, ``k2`` and on between."""
    return f"k{min(count - 1 - member, 3)}"


def _shapes(flow: _Flow, ribbons: list[_Ribbon], slots: list[_Slot]) -> list[Markup]:
    """The ribbons, broadest first, so that what is thin lies over it; then the slots that nothing went into."""
    broad = sorted(ribbons, key=lambda r: -r.height)
    made = [flow.link(r.part, flow.members[r.member], *_ribbon(r, len(flow.members)), class_="strand") for r in broad]
    return made + [tag("path", d=f"M92 {s.top + 13:.1f}H100", class_="slot") for s in slots if not s.height]


def _ribbon(r: _Ribbon, count: int) -> list[Markup]:
    a, b, h = r.start, r.end, r.height
    tone = _tone(r.member, count)
    kind = f"{tone}{' hollow' if r.derived else ''}"
    middle = f"M1 {a + h / 2:.1f}C50 {a + h / 2:.1f} 50 {b + h / 2:.1f} 99 {b + h / 2:.1f}"
    reach = [tag("path", d=middle, class_="reach", stroke_width=_REACH)] if h < _REACH else []
    if h < _BOLD:
        # a thin ribbon would thin out where it is steep: a stroke keeps its width
        body = tag("path", d=middle, stroke_width=h, class_=f"band thin {kind}")
    else:
        path = f"M1 {a:.1f}C50 {a:.1f} 50 {b:.1f} 99 {b:.1f}V{b + h:.1f}C50 {b + h:.1f} 50 {a + h:.1f} 1 {a + h:.1f}Z"
        body = tag("path", d=path, class_=f"band {kind}")
    ends = [
        tag("rect", x=0, y=a, width=1, height=h, class_=f"end {tone}"),
        tag("rect", x=99, y=b, width=1, height=h, class_=f"end mk {kind}"),
    ]
    return [*reach, body, *ends]


def _left(flow: _Flow, left: list[tuple[int, float, float]], total: float, whole: int) -> Markup:
    made: list[Markup] = []
    bottom = -99.0
    first = flow.sheet.whole
    for m, top, height in left:
        centre = top + height / 2
        member = flow.members[m]
        biggest = m == len(flow.members) - 1
        label = flow.of_members(first, member) if flow.base is None else ""
        y = max(centre - (22 if biggest else -4), bottom + 20)
        at: dict[str, str | int] = {"x": "100%", "dx": -10}
        if biggest:
            big = tag("text", wording.number(whole), **at, y=y + 8, class_="big end")
            if flow.base is not None:
                under = [flow.named(flow.base, whole), flow.title(first)]
            else:
                under = [flow.title(first)]
            words = [tag("text", word, **at, y=y + 27 + 19 * n, class_="end") for n, word in enumerate(under)]
            made.append(flow.link(first, flow.base, big, *words, class_="tot"))
            if label:
                made.append(flow.link(first, member, tag("text", label, **at, y=y + 46, class_="end soft"), class_="tot"))
        elif label:
            made.append(flow.link(first, member, tag("text", label, **at, y=y, class_="end soft"), class_="tot"))
        bottom = y
    return tag("svg", join(made), height=total, class_="from")


def _right(flow: _Flow, slots: list[_Slot], total: float) -> Markup:
    made: list[Markup] = []
    for slot in slots:
        cell = flow.cell(slot.measure, flow.base)
        derived = cell is not None and cell.state == "derived"
        value = wording.bounds(cell.low, cell.high) if cell else "?"
        title = flow.title(slot.measure)
        y = slot.top + 20
        words = [
            tag(
                "text",
                tag("tspan", "○" if derived else "", class_="ring"),
                tag("tspan", value, class_="big"),
                tag("tspan", title if cell else f"{title}: not told", dx=7),
                x=24,
                y=y,
            )
        ]
        lines = _words(flow, slot.measure)
        words += [tag("text", line, x=24, y=y + _LINE * (n + 1) + 1, class_="soft") for n, line in enumerate(lines)]
        made.append(flow.link(slot.measure, flow.base, *words, class_="tot"))
        bracket = _bracket(flow, slot.measure)
        if bracket:
            last = next((s for s in reversed(slots) if s.measure in bracket.columns), slot)
            low, high = slot.top, last.top + max(last.height, 22)
            made.append(tag("path", d=f"M6 {low:.1f}h7V{high:.1f}h-7", class_="bracket"))
            start = y + _LINE * (len(lines) + 1.6)
            made += [tag("text", line, x=24, y=start + _LINE * n, class_="same") for n, line in enumerate(_bracket_lines(flow, bracket))]
    return tag("svg", join(made), height=total)


def _words(flow: _Flow, part: str) -> list[str]:
    """ "268 drones + 2 missiles", over as many lines as it takes; greatest member first; members that are nought are left out."""
    if flow.base is not None:
        return []
    told = [m for m in flow.sheet.members if (cell := flow.cell(part, m)) is not None and (cell.low or cell.high)]
    ranked = sorted(told, key=lambda m: -(flow.low(part, m) or 0))
    return _wrapped([flow.of_members(part, m) for m in ranked], " + ")


def _bracket(flow: _Flow, part: str) -> Bracket | None:
    """The bracket that begins at this part, with the tallies that belong to the picture."""
    found = next((b for b in flow.sheet.brackets if b.columns[0] == part), None)
    if found is None or flow.base is None:
        return found
    tallies = tuple(t for t in found.tallies if t.facets.get(flow.sheet.facet) == flow.base)
    return Bracket(found.measure, found.columns, tallies) if tallies else None


def _bracket_lines(flow: _Flow, bracket: Bracket) -> list[str]:
    """ "476 drones intercepted" and what it is the sum of."""
    sheet = flow.sheet
    cell = min(bracket.tallies, key=lambda t: (t.state == "derived", bool(t.facets), -(t.low or 0)))
    member = cell.facets.get(sheet.facet)
    parts = [sheet.cells.get((c, member)) for c in bracket.columns]
    name = flow.named(member) if member else ""
    ring = "○" if cell.state == "derived" else ""
    total = " + ".join(f"{'○' if p.state == 'derived' else ''}{wording.bounds(p.low, p.high)}" for p in parts if p is not None and p.low)
    said = f"{ring}{wording.bounds(cell.low, cell.high)} {name} {flow.title(bracket.measure)}".replace("  ", " ")
    return _wrapped([said, *([f"= {total}"] if total else [])], " ")


def _wrapped(words: list[str], glue: str) -> list[str]:
    lines: list[str] = []
    for word in words:
        if lines and len(lines[-1]) + len(glue) + len(word) <= _WIDE:
            lines[-1] += glue + word
        else:
            if lines:
                lines[-1] += glue.rstrip()
            lines.append(word)
    return lines
