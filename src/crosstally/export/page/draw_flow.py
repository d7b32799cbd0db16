"""The balance as a picture: height is number, on one scale. What was worked out is hollow; what is left over is an empty slot."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from crosstally.domain.model import Domain
from crosstally.export import wording
from crosstally.export.sheet import Bracket, Sheet

from .svg import join, tag

_TALL = 330.0  # px that the whole takes
_THIN = 1.2  # px that the smallest ribbon keeps
_BOLD = 9.0  # px from which a ribbon is drawn as a shape
_GAP = 14.0
_LINE = 18.0
_BIG = 30.0
_WIDE = 29  # characters that fit a label on a narrow window


@dataclass(frozen=True, slots=True)
class _Ribbon:
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


def draw_flow(sheet: Sheet, domain: Domain) -> Markup | None:
    """Three drawings side by side (words, ribbons, words), or None where the whole is not one number."""
    whole = sheet.exact(sheet.whole, None)
    if not whole:
        return None
    members = _members(sheet)
    unit = _TALL / whole
    parts = [p for p in sheet.parts if _low(sheet, p, None) is not None or p == sheet.residual]
    if not any(_low(sheet, p, None) for p in parts):
        return None
    slots, y = [], 2.0
    for part in parts:
        height = sum(_height(value, unit) for _, value, _ in _split(sheet, part, members))
        room = max(height, _BIG + _LINE * max(1, len(_words(sheet, domain, part, members))))
        bracket = next((b for b in sheet.brackets if b.columns[0] == part), None)
        if bracket:
            room = max(room, _BIG + _LINE * (len(_words(sheet, domain, part, members)) + 1.5 + len(_bracket_lines(bracket, sheet, domain))))
        slots.append(_Slot(part, y, height, room))
        y += room + _GAP
    total = y
    ribbons, left = _ribbons(sheet, members, slots, unit, total)
    return tag(
        "div",
        _left(sheet, domain, members, left, total, whole),
        tag("svg", join(_shapes(ribbons, slots, sheet)), viewBox=f"0 0 100 {total:.0f}", preserveAspectRatio="none", height=total),
        _right(sheet, domain, members, slots, total),
        class_="flow",
        aria_hidden="true",
    )


def _members(sheet: Sheet) -> tuple[str | None, ...]:
    """Rows that every told part is split by, smallest first; the total alone where one is missing."""
    told = [c for c in sheet.columns if _low(sheet, c, None) is not None and c != sheet.residual]
    if sheet.members and all(_low(sheet, c, m) is not None for c in told for m in sheet.members):
        return tuple(sorted(sheet.members, key=lambda m: (_low(sheet, sheet.whole, m) or 0, m)))
    return (None,)


def _low(sheet: Sheet, measure: str, member: str | None) -> int | None:
    cell = sheet.cells.get((measure, member))
    return None if cell is None else cell.low


def _split(sheet: Sheet, part: str, members: tuple[str | None, ...]) -> list[tuple[int, int, bool]]:
    """(member index, value, derived) of a part's ribbons; none for a zero."""
    made = []
    for n, member in enumerate(members):
        cell = sheet.cells.get((part, member))
        if cell is not None and cell.low:
            made.append((n, cell.low, cell.state == "derived"))
    return made


def _height(value: int, unit: float) -> float:
    return max(_THIN, value * unit)


def _ribbons(
    sheet: Sheet, members: tuple[str | None, ...], slots: list[_Slot], unit: float, total: float
) -> tuple[list[_Ribbon], list[tuple[int, float, float]]]:
    """Every ribbon from its place in the stack on the left to its slot, and each member's stretch of the stack."""
    heights = [sum(_height(v, unit) for s in slots for n, v, _ in _split(sheet, s.measure, members) if n == m) for m in range(len(members))]
    gap = 10.0 if len(members) > 1 else 0.0
    at = (total - sum(heights) - gap * (len(members) - 1)) / 2
    left, begin = [], []
    for m, height in enumerate(heights):
        left.append((m, at, height))
        begin.append(at)
        at += height + gap
    ribbons = []
    for slot in slots:
        y = slot.top
        for n, value, derived in _split(sheet, slot.measure, members):
            height = _height(value, unit)
            ribbons.append(_Ribbon(n, value, derived, begin[n], y, height))
            begin[n] += height
            y += height
    return ribbons, left


def _tone(member: int, count: int) -> str:
    """The greatest member is pale, the next ink: ``k0`` pale, ``k1`` ink, ``k2`` and on between."""
    return f"k{min(count - 1 - member, 3)}"


def _shapes(ribbons: list[_Ribbon], slots: list[_Slot], sheet: Sheet) -> list[Markup]:
    count = max((r.member for r in ribbons), default=0) + 1
    made = []
    for r in sorted(ribbons, key=lambda r: -r.height):
        a, b, h = r.start, r.end, r.height
        kind = f"{_tone(r.member, count)}{' hollow' if r.derived else ''}"
        if h < _BOLD:
            # a thin ribbon would thin out where it is steep: a stroke keeps its width
            middle = f"M1 {a + h / 2:.1f}C50 {a + h / 2:.1f} 50 {b + h / 2:.1f} 99 {b + h / 2:.1f}"
            made.append(tag("path", d=middle, stroke_width=h, class_=f"thin {kind}"))
            continue
        path = f"M1 {a:.1f}C50 {a:.1f} 50 {b:.1f} 99 {b:.1f}V{b + h:.1f}C50 {b + h:.1f} 50 {a + h:.1f} 1 {a + h:.1f}Z"
        made.append(tag("path", d=path, class_=kind))
    for r in ribbons:
        made.append(tag("rect", x=0, y=r.start, width=1, height=r.height, class_=f"end {_tone(r.member, count)}"))
        made.append(
            tag("rect", x=99, y=r.end, width=1, height=r.height, class_=f"end {_tone(r.member, count)}{' hollow' if r.derived else ''}")
        )
    made += [tag("path", d=f"M92 {s.top + 13:.1f}H100", class_="slot") for s in slots if not s.height]
    return made


def _left(
    sheet: Sheet, domain: Domain, members: tuple[str | None, ...], left: list[tuple[int, float, float]], total: float, whole: int
) -> Markup:
    words, bottom = [], -99.0
    for m, top, height in left:
        centre = top + height / 2
        biggest = m == len(members) - 1
        label = _member_words(sheet, domain, sheet.whole, members[m]) if members[m] is not None else None
        y = max(centre - (22 if biggest else -4), bottom + 20)
        if biggest:
            words.append(tag("text", wording.number(whole), x="100%", dx=-10, y=y + 8, class_="big end"))
            words.append(tag("text", wording.short(wording.title(domain, sheet.whole)).lower(), x="100%", dx=-10, y=y + 27, class_="end"))
            words.append(tag("text", label, x="100%", dx=-10, y=y + 46, class_="end soft") if label else Markup(""))
        else:
            words.append(tag("text", label, x="100%", dx=-10, y=y, class_="end soft"))
        bottom = y
    return tag("svg", join(words), height=total)


def _right(sheet: Sheet, domain: Domain, members: tuple[str | None, ...], slots: list[_Slot], total: float) -> Markup:
    made: list[Markup] = []
    for slot in slots:
        cell = sheet.cells.get((slot.measure, None))
        derived = cell is not None and cell.state == "derived"
        value = wording.bounds(cell.low, cell.high) if cell else "?"
        title = wording.short(wording.title(domain, slot.measure)).lower()
        y = slot.top + 20
        made.append(
            tag(
                "text",
                tag("tspan", "○" if derived else "", class_="ring"),
                tag("tspan", value, class_="big"),
                tag("tspan", title if cell else f"{title}: not told", dx=7),
                x=24,
                y=y,
            )
        )
        lines = _words(sheet, domain, slot.measure, members)
        made += [tag("text", line, x=24, y=y + _LINE * (n + 1) + 1, class_="soft") for n, line in enumerate(lines)]
        bracket = next((b for b in sheet.brackets if b.columns[0] == slot.measure), None)
        if bracket:
            last = next((s for s in reversed(slots) if s.measure in bracket.columns), slot)
            low, high = slot.top, last.top + max(last.height, 22)
            made.append(tag("path", d=f"M6 {low:.1f}h7V{high:.1f}h-7", class_="bracket"))
            start = y + _LINE * (len(lines) + 1.6)
            made += [
                tag("text", line, x=24, y=start + _LINE * n, class_="same") for n, line in enumerate(_bracket_lines(bracket, sheet, domain))
            ]
    return tag("svg", join(made), height=total)


def _member_words(sheet: Sheet, domain: Domain, measure: str, member: str | None) -> str:
    cell = sheet.cells.get((measure, member))
    if cell is None or member is None:
        return ""
    tree = domain.facets[sheet.facet]
    ring = "○" if cell.state == "derived" else ""
    return f"{ring}{wording.bounds(cell.low, cell.high)} {tree.title(member, plural=cell.low != 1)}"


def _words(sheet: Sheet, domain: Domain, part: str, members: tuple[str | None, ...]) -> list[str]:
    """ "268 drones + 2 missiles", over as many lines as it takes; greatest member first; members that are nought are left out."""
    told = [m for m in sheet.members if (cell := sheet.cells.get((part, m))) is not None and (cell.low or cell.high)]
    ranked = sorted(told, key=lambda m: -(_low(sheet, part, m) or 0))
    return _wrapped([_member_words(sheet, domain, part, m) for m in ranked], " + ")


def _bracket_lines(bracket: Bracket, sheet: Sheet, domain: Domain) -> list[str]:
    """ "476 drones intercepted" and what it is the sum of."""
    cell = min(bracket.tallies, key=lambda t: (t.state == "derived", bool(t.facets), -(t.low or 0)))
    member = cell.facets.get(sheet.facet)
    parts = [sheet.cells.get((c, member)) for c in bracket.columns]
    name = domain.facets[sheet.facet].title(member) if member and sheet.facet in domain.facets else ""
    title = wording.short(wording.title(domain, bracket.measure)).lower()
    ring = "○" if cell.state == "derived" else ""
    total = " + ".join(f"{'○' if p.state == 'derived' else ''}{wording.bounds(p.low, p.high)}" for p in parts if p is not None and p.low)
    return _wrapped(
        [f"{ring}{wording.bounds(cell.low, cell.high)} {name} {title}".replace("  ", " "), *([f"= {total}"] if total else [])], " "
    )


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
