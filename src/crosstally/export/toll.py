"""The human cost over time: how many people were known dead and wounded when, and by whose word.

A count is a floor: later statements lift it, and only a correction or retraction takes it down. A death in hospital lifts the dead and is
drawn as one person who moves, counted once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from crosstally.domain.model import Domain
from crosstally.values import Claim, Event, Tally

from . import excerpts, wording
from .sheet import whole_of
from .shelf import Shelf

_LABELS = 6  # steps named on one lane; more would hide the lines


@dataclass(frozen=True, slots=True)
class Rise:
    """From ``moment`` (None: time unknown) the lane stands at ``value``. ``hedged``: the words themselves leave it open above.

    ``claims``: those that tell it, the one whose speaker (``who``) and sentence (``words``) are shown first.
    """

    moment: datetime | None
    value: int
    hedged: bool
    label: str
    detail: str
    claims: tuple[str, ...]
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class Lane:
    measure: str
    title: str
    tally: Tally
    rises: tuple[Rise, ...]

    @property
    def peak(self) -> int:
        return max((r.value for r in self.rises), default=0)


@dataclass(frozen=True, slots=True)
class Head:
    """A count told in the lead: value, title, and the tally behind it."""

    value: str
    title: str
    tally: Tally


@dataclass(frozen=True, slots=True)
class Toll:
    """``upper`` holds the dead, ``lower`` the living who were hurt. ``moved``: when somebody went from lower to upper.

    ``start`` and ``end`` bound the axis; both None when every statement has the same time, or none. ``per_line``: people a line stands for.
    """

    heads: tuple[Head, ...]
    upper: Lane | None
    lower: Lane | None
    moved: tuple[datetime, ...]
    start: datetime | None
    end: datetime | None
    per_line: int


def toll(shelf: Shelf, domain: Domain | None, event: Event) -> Toll | None:
    """The event's toll, or None where no report counts people."""
    found = _tallies(shelf, domain, event)
    if not found:
        return None
    lanes = [lane for t in found if (lane := _lane(shelf, domain, event, t)).rises]
    upper = next((lane for lane in lanes if lane.measure == wording.DEAD), None)
    lower = next((lane for lane in lanes if lane.measure != wording.DEAD), None)
    moved = _moved(shelf, event)
    moments = sorted({r.moment for lane in (upper, lower) if lane for r in lane.rises if r.moment is not None} | set(moved))
    start = end = None
    if len(moments) > 1:
        start = moments[0].replace(hour=moments[0].hour // 6 * 6, minute=0, second=0, microsecond=0)
        end = moments[-1] + max((moments[-1] - start) / 8, timedelta(hours=3))
    heads = tuple(Head(wording.tally_value(t, shelf.tally_claims(t), domain), _title(shelf, domain, t), t) for t in found)
    people = (upper.peak if upper else 0) + (lower.peak if lower else 0)
    return Toll(heads, upper, lower, moved, start, end, _per_line(people))


def _title(shelf: Shelf, domain: Domain | None, tally: Tally) -> str:
    """A measure's title, with the place where the figure is of no more than a place."""
    place = tally.scope.place
    return wording.title(domain, tally.measure) + (f" (in {shelf.place_names.get(place, place)})" if place else "")


def _per_line(people: int) -> int:
    """One line a person up to 80 people; beyond that the least of 2, 5, 10, 20, ... that keeps it to 80 lines."""
    step = 1
    while people / step > 80:
        step = step * 5 // 2 if str(step)[0] == "2" else step * 2
    return step


def _tallies(shelf: Shelf, domain: Domain | None, event: Event) -> tuple[Tally, ...]:
    """One tally a measure of human cost: the whole of the event, not a part or another period; the widest where several places are told, but
    not that nobody was hurt in one of them."""
    order = {name: n for n, name in enumerate(domain.measures)} if domain else {}
    best: dict[str, Tally] = {}
    for tally in shelf.event_tallies(event.id):
        declared = wording.measure(domain, tally.measure)
        if (
            declared.strand != "human_cost"
            or whole_of(tally, domain)
            or tally.scope.period != "event"
            or (tally.low is None and not tally.words)
            or (tally.scope.place is not None and tally.high == 0)
        ):
            continue
        held = best.get(tally.measure)
        if held is None or (tally.scope.place is None, tally.low or 0) > (held.scope.place is None, held.low or 0):
            best[tally.measure] = tally
    return tuple(sorted(best.values(), key=lambda t: (t.measure != wording.DEAD, order.get(t.measure, 999), t.measure)))


def _taken_back(shelf: Shelf, event: Event) -> dict[str, datetime]:
    """Claims that a correction or retraction ended, and when."""
    ended: dict[str, datetime] = {}
    for finding in shelf.event_findings(event.id):
        if finding.kind == "revision" and finding.change in ("correction", "retraction"):
            told = sorted(
                (m, c) for c in finding.claims if c in shelf.claims and (m := wording.instant(shelf.said_at(shelf.claims[c]))) is not None
            )
            ended.update({c: told[-1][0] for m, c in told if m < told[-1][0]})
    return ended


def _lane(shelf: Shelf, domain: Domain | None, event: Event, tally: Tally) -> Lane:
    ended = _taken_back(shelf, event)
    claims = [
        c
        for c in shelf.tally_claims(tally)
        if c.quantity is not None and c.quantity.low and c.status == "happened" and not shelf.reading(c).facets
    ]
    title = wording.title(domain, tally.measure)
    moments: list[datetime | None] = sorted({m for c in claims if (m := wording.instant(shelf.said_at(c))) is not None})  # type: ignore[assignment]
    rises: list[Rise] = []
    for moment in moments or [None]:
        standing = [c for c in claims if moment is None or (_said_by(shelf, c, moment) and not (c.id in ended and ended[c.id] <= moment))]
        if not standing:
            continue
        value = max(_low(c) for c in standing)
        if rises and rises[-1].value == value:
            held = [c for c in standing if _low(c) == value]
            rises[-1] = _rise(shelf, rises[-1].moment, value, held, title, first=len(rises) == 1)
        else:
            rises.append(_rise(shelf, moment, value, [c for c in standing if _low(c) == value], title, first=not rises))
    return Lane(tally.measure, title, tally, tuple(rises))


def _low(claim: Claim) -> int:
    return (claim.quantity.low or 0) if claim.quantity else 0


def _said_by(shelf: Shelf, claim: Claim, moment: datetime) -> bool:
    said = wording.instant(shelf.said_at(claim))
    return said is None or said <= moment


def _rise(shelf: Shelf, moment: datetime | None, value: int, claims: list[Claim], title: str, *, first: bool) -> Rise:
    hedged = any(c.quantity is not None and c.quantity.high is None for c in claims)
    said = shelf.said_at(claims[0])
    named = next((c for c in claims if c.speaker is not None and not c.speaker.vague), claims[0])
    time = wording.day(moment) if moment else "time not told"
    count = f"{wording.number(value)}{'+' if hedged else ''}"
    outlets = list(dict.fromkeys(shelf.outlet(c.document) for c in claims))
    from_whom = outlets[0] if len(outlets) == 1 else wording.plural(len(outlets), "report")
    clock = f", {said[11:16]}" if len(said) > 10 and moment else ""
    return Rise(
        moment,
        value,
        hedged,
        f"{time}{clock}: {count}" + (f" {title.lower()}" if first else ""),
        f" · {excerpts.speaker(named)}, {from_whom}",
        tuple(dict.fromkeys((named.id, *(c.id for c in claims)))),
        f"{excerpts.speaker(named)}, {shelf.outlet(named.document)}",
        excerpts.of_claim(shelf, named).text,
    )


def _moved(shelf: Shelf, event: Event) -> tuple[datetime, ...]:
    found = set()
    for finding in shelf.event_findings(event.id):
        if finding.kind == "revision" and finding.change == "transition":
            said = [m for c in finding.claims if c in shelf.claims and (m := wording.instant(shelf.said_at(shelf.claims[c]))) is not None]
            if said:
                found.add(max(said))
    return tuple(sorted(found))


def labelled(lane: Lane) -> tuple[Rise, ...]:
    """The rises worth a label: the first, the last, and the greatest between, at most six."""
    if len(lane.rises) <= _LABELS:
        return lane.rises
    jumps = sorted(range(1, len(lane.rises) - 1), key=lambda n: -abs(lane.rises[n].value - lane.rises[n - 1].value))[: _LABELS - 2]
    return tuple(lane.rises[n] for n in sorted({0, len(lane.rises) - 1, *jumps}))
