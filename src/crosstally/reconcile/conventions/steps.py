"""The steps that fill cells: each a small function from a row to a cell. A convention's columns name them; ``RULES`` says which rules each cites."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta

import msgspec

from crosstally.domain.conventions import Column, Convention
from crosstally.values import Claim, CodedCell, Document, Place, Window
from crosstally.values.coded import CellValue

from .amounts import Amount, Amounts
from .facts import Facts
from .units import Row

_ALWAYS = frozenset({"happened", "armed_force", "admission", "unit", "period"})
_FIGURE = frozenset({"reliable", "open_high", "words", "part_is_floor"})


class Work(msgspec.Struct, frozen=True):
    """What a step may look at. ``claims``: those behind the row's figures; ``victims``: names to be shown, None where they are withheld."""

    row: Row
    facts: Facts
    amounts: Amounts
    convention: Convention
    claims: tuple[Claim, ...]
    victims: tuple[str, ...] | None = None


Step = Callable[[Work, Column], CodedCell]


def _cell(work: Work, column: Column, value: CellValue, *rules: str, claims: Iterable[str] = (), note: str = "") -> CodedCell:
    """A cell that is no figure: the ledger has nothing in its place that it could differ from."""
    ids = tuple(work.convention.rule_id(r) for r in dict.fromkeys(rules))
    return CodedCell(column.name, value, None, False, ids, tuple(dict.fromkeys(claims)), note)


def _figure(work: Work, column: Column, amount: Amount, value: int | None, raw: int | None, rules: Iterable[str]) -> CodedCell:
    """A cell that is a figure: ``changed`` where the ledger does not give that very number."""
    ids = tuple(work.convention.rule_id(r) for r in dict.fromkeys(rules))
    return CodedCell(column.name, value, raw, value is not None and value != raw, ids, (*amount.claims, *amount.taken), amount.note)


def _low(work: Work, column: Column) -> CodedCell:
    a = work.amounts.of(work.row, column.of)
    return CodedCell(column.name) if a is None else _figure(work, column, a, a.low, a.raw_low, ("low", *a.low_rules))


def _high(work: Work, column: Column) -> CodedCell:
    a = work.amounts.of(work.row, column.of)
    return CodedCell(column.name) if a is None else _figure(work, column, a, a.high, a.raw_high, ("high", *a.high_rules))


def _best(work: Work, column: Column) -> CodedCell:
    a = work.amounts.of(work.row, column.of)
    return CodedCell(column.name) if a is None else _figure(work, column, a, a.best, a.raw_best, a.best_rules)


def _sides(work: Work) -> dict[str, Amount]:
    """Sides that somebody tells of. What is left of a total is not split: how the rows taken off it split is another matter."""
    if work.row.less or work.row.maybe:
        return {}
    measure = work.convention.admit[0]
    return {s: a for s in work.convention.sides if (a := work.amounts.side(work.row, measure, s)) is not None and a.best is not None}


def _side(work: Work, column: Column) -> CodedCell:
    found = _sides(work).get(column.of)
    if found is None:
        return _cell(work, column, None, "side", note="nobody tells of any")
    return _figure(work, column, found, found.best, found.raw_best, ("side", *found.best_rules))


def _side_rest(work: Work, column: Column) -> CodedCell:
    total = work.amounts.of(work.row, work.convention.admit[0])
    if total is None or total.best is None:
        return CodedCell(column.name)
    told = sum(a.best or 0 for a in _sides(work).values())
    rest = total.best - told
    note = "" if rest >= 0 else f"the sides told are {-rest} more than the best figure"
    cell = _figure(work, column, total, max(0, rest), None, ("side_rest",))
    return msgspec.structs.replace(cell, note=note) if note else cell


def _id(work: Work, column: Column) -> CodedCell:
    return _cell(work, column, work.row.key)


def _person(work: Work, column: Column) -> CodedCell:
    return _cell(work, column, None, "person")


def _party(work: Work, column: Column) -> CodedCell:
    event, parties = work.row.event, work.facts.domain.parties
    ids = event.actors if column.of == "actor" else event.targets
    names = [parties[i].name if i in parties else work.facts.entity_name(i) for i in ids]
    return _cell(work, column, "; ".join(names) or None, "sides")


def _class(work: Work, column: Column) -> CodedCell:
    weapons = {m.facets["weapon"] for c in work.facts.event_claims(work.row.event.id) if "weapon" in (m := work.facts.reading(c)).facets}
    tree = work.facts.domain.facets.get("weapon")
    named = sorted(tree.title(w) if tree else w for w in weapons)
    return _cell(work, column, "; ".join([work.row.event.kind.replace("_", " "), *named]))


def _sources(work: Work, column: Column) -> CodedCell:
    found = _documents(work)
    names = [(s.name or s.id) if (s := work.facts.sources.get(d.source)) else d.source for d in found]
    values: Mapping[str, CellValue] = {
        "count": len(found),
        "names": "; ".join(dict.fromkeys(names)),
        "dates": "; ".join(dict.fromkeys((d.published or "")[:10] for d in found if d.published)),
        "titles": "; ".join(dict.fromkeys(d.title for d in found if d.title)),
    }
    return _cell(work, column, values[column.of] or None, "sources")


def _documents(work: Work) -> list[Document]:
    """Reports of the row, oldest first: of an undivided incident all that tell of it, else those its figures stand in."""
    undivided = work.row.kind != "period" and work.row.scope.place is None and not work.row.less
    own = work.row.event.documents if undivided else ()
    ids = {*own, *(c.document for c in work.claims)}
    return sorted((work.facts.documents[d] for d in ids if d in work.facts.documents), key=lambda d: (d.published or "9999", d.id))


def _speakers(work: Work, column: Column) -> CodedCell:
    told = [c for c in work.claims if c.speaker is not None]
    best: dict[str, Claim] = {}
    for claim in told:
        key = work.facts.origin(claim.id).key or (claim.speaker.name if claim.speaker else "")
        known = best.get(key)
        if known is None or len(_spoken(claim)) > len(_spoken(known)):
            best[key] = claim
    return _cell(work, column, "; ".join(_spoken(c) for c in best.values()) or None, "original", claims=(c.id for c in best.values()))


def _spoken(claim: Claim) -> str:
    speaker = claim.speaker
    return "" if speaker is None else f"{speaker.name} ({speaker.role})" if speaker.role else speaker.name


def _voices(work: Work, column: Column) -> CodedCell:
    return _cell(work, column, work.facts.voices(c.id for c in work.claims).notation(), "voices", claims=(c.id for c in work.claims))


def _corroborated(work: Work, column: Column) -> CodedCell:
    enough = work.facts.voices(c.id for c in work.claims).low >= work.convention.min_voices
    return _cell(work, column, "corroborated" if enough else "provisional", "two_sources", claims=(c.id for c in work.claims))


def _victims(work: Work, column: Column) -> CodedCell:
    if work.victims is None:
        return _cell(work, column, None, "names", note="names are withheld")
    return _cell(work, column, "; ".join(work.victims) or None, "names")


def _place(work: Work, column: Column) -> CodedCell:
    place = work.facts.shown(work.row.place)
    if place is None:
        return _cell(work, column, None)
    up = [p for p in (work.facts.place(i) for i in (place.id, *place.parents)) if p is not None]
    region = next((p.name for p in up if p.kind == "region"), None)
    country = next((p.name for p in up if p.kind == "country"), None) or _country(work, place)
    values: Mapping[str, CellValue] = {"name": place.name, "region": region, "country": country, "lat": place.lat, "lon": place.lon}
    return _cell(work, column, values[column.of])


def _country(work: Work, place: Place) -> str | None:
    found = work.facts.place(place.country)
    return found.name if found is not None else place.country


def _where_code(work: Work, column: Column) -> CodedCell:
    place = work.facts.shown(work.row.place)
    if place is None:
        return _cell(work, column, None, "where", note="nobody tells where")
    above = work.facts.place(place.parents[0]) if place.parents else None
    inner = "district_in_city" if place.kind == "district" and above is not None and above.kind == "city" else place.kind
    return _cell(work, column, work.convention.where.get(inner, work.convention.where.get(place.kind)), "where")


def _when_code(work: Work, column: Column) -> CodedCell:
    window = work.row.window
    days = _days(window)
    if days is None:
        return _cell(work, column, None, "when", note="nobody tells when")
    name = "day" if days <= 1 else "days" if days <= 6 else "week" if days <= 7 else "month" if days <= 31 else "year"
    if window is not None and window.precision == "week":
        name = "week"
    return _cell(work, column, work.convention.when.get(name), "when")


def _days(window: Window | None) -> int | None:
    """On how many calendar days a window lies."""
    first, last = _date(window, "start"), _date(window, "end")
    return (last - first).days + 1 if first and last else None


def _date(window: Window | None, of: str) -> date | None:
    if window is None or window.start is None or window.end is None:
        return None
    if of == "start":
        return datetime.fromisoformat(window.start).date()
    end = datetime.fromisoformat(window.end)
    return (end - timedelta(seconds=1)).date()  # a window is half-open: midnight ends the day before


def _when(work: Work, column: Column) -> CodedCell:
    found = _date(work.row.window, column.of)
    return _cell(work, column, found.isoformat() if found else None)


def _time(work: Work, column: Column) -> CodedCell:
    window = work.row.window
    told = window is not None and window.precision in ("minute", "hour", "part_of_day", "night")
    return _cell(work, column, window.raw if told and window else None)


def _year(work: Work, column: Column) -> CodedCell:
    found = _date(work.row.window, "start")
    return _cell(work, column, found.year if found else None)


def _clarity(work: Work, column: Column) -> CodedCell:
    return _cell(work, column, 1 if work.row.kind == "incident" else 2, "clarity")


STEPS: Mapping[str, Step] = {
    "id": _id, "person": _person, "party": _party, "class": _class, "sources": _sources, "speakers": _speakers, "voices": _voices,
    "corroborated": _corroborated, "place": _place, "where_code": _where_code, "when_code": _when_code, "date": _when, "time": _time,
    "year": _year, "clarity": _clarity, "victims": _victims, "low": _low, "high": _high, "best": _best, "side": _side, "side_rest": _side_rest,
}  # fmt: skip
# Which rules a step may cite, by their names in a convention; "" for those that decide what makes a row.
RULES: Mapping[str, frozenset[str]] = {
    "": _ALWAYS,
    **{name: frozenset[str]() for name in STEPS},
    "person": frozenset({"person"}),
    "party": frozenset({"sides"}),
    "sources": frozenset({"sources"}),
    "speakers": frozenset({"original"}),
    "voices": frozenset({"voices"}),
    "corroborated": frozenset({"two_sources"}),
    "where_code": frozenset({"where"}),
    "when_code": frozenset({"when"}),
    "clarity": frozenset({"clarity"}),
    "victims": frozenset({"names"}),
    "low": _FIGURE | {"low"},
    "high": _FIGURE | {"high"},
    "best": _FIGURE | {"best_agreed", "best_latest", "best_low", "best_high"},
    "side": _FIGURE | {"side", "best_agreed", "best_latest", "best_low", "best_high"},
    "side_rest": frozenset({"side_rest"}),
}
# Rules that a convention cites where it says who does not count.
EXCLUDING = frozenset({"excluded", "counted", "unstated"})
