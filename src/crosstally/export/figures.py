"""Every figure of an event as a row: its range, and one mark for each claim behind it. Rows stand in groups that share a scale."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from crosstally.domain.model import Domain
from crosstally.values import HOURS, WHOLE, Claim, Event, Tally

from . import decided, excerpts, wording
from .sheet import whole_of
from .shelf import Shelf

Shape = Literal["disc", "square", "hollow"]
_TAILS = {"at_least": "up", "more_than": "up", "up_to": "down", "fewer_than": "down", "nearly": "down", "around": "both"}
_STRANDS = ("human_cost", "balance", "places", "damage", "time", "relief", "")


@dataclass(frozen=True, slots=True)
class Mark:
    """One claim on its row's scale. ``low`` is where the mark stands; ``high`` differs for "10 to 12". ``tail``: the side on which a hedge
    leaves it open. ``old``: revised since. A hollow mark was worked out; its ``claim`` is the first of those it rests on."""

    low: float
    high: float
    shape: Shape
    tail: str
    old: bool
    claim: str | None
    who: str
    outlet: str
    words: str
    said: datetime | None


@dataclass(frozen=True, slots=True)
class Step:
    """What a row showed from a moment on: the figure that had been reported by then."""

    moment: datetime
    value: str
    state: str
    voices: str


@dataclass(frozen=True, slots=True)
class Row:
    """``key`` is unique in its book; ``tone``: "ok" reconciled, "no" not, "" neither. ``silent``: outlets that tell of the event and not
    of this. ``scope``, ``meaning`` and ``note`` are words for a reader. ``spoken``: claims that give words and no number. ``rests``: whose
    decision it rests on, in words."""

    key: str
    tally: Tally
    claims: tuple[Claim, ...]
    title: str
    sub: bool
    scope: str
    meaning: str
    value: str
    tone: str
    voices: str
    marks: tuple[Mark, ...]
    silent: tuple[str, ...]
    note: str
    spoken: tuple[Claim, ...]
    steps: tuple[Step, ...]
    rests: str = ""

    @property
    def derived(self) -> bool:
        return self.tally.state == "derived"

    @property
    def open_above(self) -> bool:
        """Whether the figure shows an open end: said to be at least so many, or people who were counted at some hour."""
        return self.tally.high is None or self.value.endswith("+")

    @property
    def sources(self) -> tuple[str, ...]:
        """Claims to open for the sentence: its own, or those it was worked out from."""
        return self.tally.claims or self.tally.derived_from


@dataclass(frozen=True, slots=True)
class Group:
    """Rows on one scale from 0 to ``top``."""

    title: str
    unit: str
    top: float
    ticks: tuple[float, ...]
    rows: tuple[Row, ...]


def groups(shelf: Shelf, domain: Domain | None, event: Event) -> tuple[Group, ...]:
    """An event's figures, human cost first. Order within a group is the pack's, wholes before parts."""
    order = {name: n for n, name in enumerate(domain.measures)} if domain else {}
    tallies = shelf.event_tallies(event.id)
    wholes = {(t.measure, t.scope) for t in tallies if not whole_of(t, domain)}
    superseded = revised(shelf, event.id)
    bins: defaultdict[tuple[str, str], list[tuple[tuple[object, ...], Row]]] = defaultdict(list)
    for n, tally in enumerate(tallies):
        declared = wording.measure(domain, tally.measure)
        unit = declared.unit or _root_title(domain, declared.dimension)
        row = _row(shelf, domain, event, tally, (tally.measure, tally.scope) in wholes, superseded)
        rank = (
            order.get(tally.measure, 999),
            tally.measure,
            tally.scope.place or "",
            tally.scope.period,
            bool(row.sub),
            -(tally.low or 0),
            n,
        )
        bins[declared.strand, unit].append((rank, row))
    made = []
    for strand, unit in sorted(bins, key=lambda k: (_STRANDS.index(k[0]) if k[0] in _STRANDS else 9, k[1])):
        rows = tuple(row for _, row in sorted(bins[strand, unit], key=lambda pair: pair[0]))
        marks = [_reach(max(m.low, m.high), m.tail in ("up", "both")) for row in rows for m in row.marks]
        reach = max(marks + [_reach(row.tally.high or row.tally.low or 0, row.open_above) for row in rows] + [1.0])
        top, ticks = scale(reach)
        made.append(Group(wording.STRAND.get(strand, strand), unit, top, ticks, rows))
    return tuple(made)


# Share of a scale that an open end takes at least: the mark of "at least 40" needs room for its tail, and the range for its fading.
_TAIL = 0.1


def _reach(high: float, open_above: bool) -> float:
    return high / (1 - _TAIL) if open_above else float(high)


def scale(reach: float) -> tuple[float, tuple[float, ...]]:
    """A round end at or above ``reach`` and ticks from 0: three to six steps of 1, 2, 2.5 or 5 times a power of ten."""
    step = 1.0
    while reach / step > 6:
        step *= 10
    for part in (0.1, 0.2, 0.25, 0.5):
        if reach / (step * part) <= 6 and step * part >= 1 and (step * part).is_integer():
            step *= part
            break
    count = max(2, -int(-reach // step))
    return step * count, tuple(step * n for n in range(count + 1))


def revised(shelf: Shelf, event: str) -> frozenset[str]:
    """Claims that a later statement took the place of: all but the newest of every revision."""
    old: set[str] = set()
    for finding in shelf.event_findings(event):
        if finding.kind == "revision":
            told = sorted((shelf.said_at(shelf.claims[c]), c) for c in finding.claims if c in shelf.claims)
            newest = told[-1][0] if told else ""
            old.update(c for said, c in told if said < newest)
            old.update(_alike(shelf, event, {c for _, c in told}, newest))
    return frozenset(old)


def _alike(shelf: Shelf, event: str, told: set[str], newest: str) -> set[str]:
    """Claims that say, before the newest statement, what a claim of the revision says: they are revised with it."""
    cells = {(shelf.reading(shelf.claims[c]).measure, shelf.reading(shelf.claims[c]).facets, _lowest(shelf.claims[c])) for c in told}
    return {
        c.id
        for c in shelf.event_claims(event)
        if shelf.said_at(c) < newest and (shelf.reading(c).measure, shelf.reading(c).facets, _lowest(c)) in cells
    }


def _lowest(claim: Claim) -> int | None:
    return claim.quantity.low if claim.quantity else None


def row_key(tally: Tally, domain: Domain | None) -> str:
    """What names a tally's row within its book."""
    scope = tally.scope
    where = f"{scope.place or ''} {scope.period}{' total' if scope.cumulative else ''}"
    return f"{tally.event} {tally.measure} {whole_of(tally, domain).notation()} {where}"


def _root_title(domain: Domain | None, dimension: str) -> str:
    tree = domain.facets.get(dimension) if domain else None
    return tree.title(tree.root) if tree and tree.root else ""


def _row(shelf: Shelf, domain: Domain | None, event: Event, tally: Tally, has_whole: bool, superseded: frozenset[str]) -> Row:
    members, claims = whole_of(tally, domain), shelf.tally_claims(tally)
    sub = bool(members) and has_whole
    declared = wording.measure(domain, tally.measure)
    title = wording.facets(domain, members, declared.dimension) if sub else wording.short(wording.figure(domain, tally.measure, members))
    meaning = declared.title.partition(" (")[2].rstrip(")")
    tone = "ok" if tally.state == "agreed" else "no" if tally.state in ("disputed", "unresolved") else ""
    spoken = tuple(c for c in claims if c.quantity is not None and not c.quantity.is_number)
    note = wording.arithmetic(tally.relation) if tally.state == "derived" or (tally.derived_from and not tally.claims) else ""
    return Row(
        key=row_key(tally, domain),
        tally=tally,
        claims=claims,
        title=title,
        sub=sub,
        scope=_scope(shelf, tally),
        meaning="" if sub else meaning,
        value=wording.tally_value(tally, claims, domain),
        tone=tone,
        voices=wording.voices(tally.voices),
        marks=_marks(shelf, tally, claims, superseded),
        silent=_silent(shelf, domain, event, tally, members == WHOLE),
        note=note,
        spoken=spoken,
        steps=_steps(shelf, domain, tally, claims),
        rests=decided.rests_on(shelf, tally),
    )


def _scope(shelf: Shelf, tally: Tally) -> str:
    words = []
    if tally.scope.place:
        words.append(f"in {shelf.place_names.get(tally.scope.place, tally.scope.place)}")
    if tally.scope.period != "event":
        words.append(wording.PERIOD.get(tally.scope.period, tally.scope.period))
    if tally.scope.cumulative:
        words.append("running total")
    return ", ".join(words)


def position(claim: Claim) -> tuple[float, float] | None:
    """Where a claim stands on its scale, in whole units, times in hours; None for words without a number."""
    quantity = claim.quantity
    if quantity is None or not quantity.is_number:
        return None
    fewest, most = HOURS.get((quantity.unit or "").rstrip("s"), (1.0, 1.0))
    low = quantity.low if quantity.low is not None else quantity.high
    high = quantity.high if quantity.high is not None else quantity.low
    if quantity.hedge in ("up_to", "fewer_than", "nearly"):
        low = high
    if quantity.hedge == "around" and low is not None and high is not None:
        low = high = round((low + high) / 2)
    return float(low or 0) * fewest, float(high or 0) * most


def _marks(shelf: Shelf, tally: Tally, claims: Iterable[Claim], superseded: frozenset[str]) -> tuple[Mark, ...]:
    marks = []
    for claim in claims:
        at = position(claim)
        if at is None or claim.quantity is None:
            continue
        named = claim.speaker is not None and not claim.speaker.vague
        marks.append(
            Mark(
                *at,
                shape="disc" if named else "square",
                tail=_TAILS.get(claim.quantity.hedge, ""),
                old=claim.id in superseded,
                claim=claim.id,
                who=excerpts.speaker(claim),
                outlet=shelf.outlet(claim.document),
                words=excerpts.of_claim(shelf, claim).text,
                said=wording.instant(shelf.said_at(claim)),
            )
        )
    if tally.state == "derived" and tally.low is not None:
        known = [wording.instant(shelf.said_at(shelf.claims[c])) for c in tally.derived_from if c in shelf.claims]
        said = max((k for k in known if k is not None), default=None)
        first = next((c for c in tally.derived_from if c in shelf.claims), None)
        high = float(tally.high if tally.high is not None else tally.low)
        marks.append(Mark(float(tally.low), high, "hollow", "up" if tally.high is None else "", False, first, "Worked out", "", tally.relation, said))
    return tuple(marks)


def _silent(shelf: Shelf, domain: Domain | None, event: Event, tally: Tally, whole: bool) -> tuple[str, ...]:
    """Reports of the event's first day that say nothing of a human cost: silence is worth a word there, and never a zero."""
    if not whole or tally.scope.place or wording.measure(domain, tally.measure).strand != "human_cost":
        return ()
    telling = {c.document for c in shelf.tally_claims(tally)}
    figures_in = Counter(c.document for c in shelf.event_claims(event.id))
    full = [d for d in shelf.in_order(event.documents) if figures_in[d] > 2]
    return tuple(shelf.outlet(d) for d in full if d not in telling)


def _steps(shelf: Shelf, domain: Domain | None, tally: Tally, claims: tuple[Claim, ...]) -> tuple[Step, ...]:
    """The row at each moment a claim arrived: what reports alone gave by then, and at last the ledger's own figure."""
    floor = wording.measure(domain, tally.measure).floor
    basis = claims or tuple(shelf.claims[c] for c in tally.derived_from if c in shelf.claims)
    moments = sorted({m for c in basis if (m := wording.instant(shelf.said_at(c))) is not None})
    if not moments:
        return ()
    final = Step(moments[-1], wording.tally_value(tally, claims, domain), tally.state, wording.voices(tally.voices))
    if not claims:
        return (final,)
    return (*(_so_far(shelf, claims, moment, floor) for moment in moments[:-1]), final)


def _so_far(shelf: Shelf, claims: tuple[Claim, ...], moment: datetime, floor: bool) -> Step:
    told = [c for c in claims if (m := wording.instant(shelf.said_at(c))) is not None and m <= moment and c.quantity and c.quantity.is_number]
    lows = [c.quantity.low for c in told if c.quantity and c.quantity.low is not None]
    highs = [c.quantity.high for c in told if c.quantity]
    origins = {v.id: v.certain for c in told if (v := shelf.voice_of(c)) is not None}
    sure = sum(origins.values())
    voices = str(sure) if sure == len(origins) else f"{sure}–{len(origins)}"
    if not told:
        return Step(moment, "…", "", "")
    if floor:
        value = wording.bounds(max(lows, default=0), None)
    else:
        value = wording.bounds(min(lows, default=None), None if None in highs else max(h for h in highs if h is not None))
    first = told[0].quantity
    agree = all(c.quantity is not None and first is not None and first.agrees(c.quantity) for c in told)
    return Step(moment, value, "single" if len(origins) <= 1 else "agreed" if agree else "range", voices)
