"""One row an event: what lists, filters, the timeline and the map need of it, made once a book."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crosstally.export import wording
from crosstally.values import Event, Place

if TYPE_CHECKING:
    from .account import Account

WIDE = frozenset({"country"})  # too wide for a point on a map


@dataclass(frozen=True, slots=True)
class Point:
    lat: float
    lon: float
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class EventRow:
    """``start`` ISO or "" where no report tells. ``open``: findings not reconciled; ``revised``: those of a
    figure that moved. ``states``: of its tallies. ``words``: for the search."""

    event: Event
    kind: str
    strand: str
    start: str
    when: str
    places: str
    points: tuple[Point, ...]
    figures: int
    reports: int
    voices: str
    open: int
    revised: int
    findings: int
    states: frozenset[str]
    words: str


def rows_of(account: Account) -> tuple[EventRow, ...]:
    """Every event, dated ones first in order of time."""
    where = places_of(account)
    made = [_row(account, event, where) for event in account.book.events]
    return tuple(sorted(made, key=lambda r: (not r.start, r.start, r.event.id)))


def places_of(account: Account) -> Mapping[str, Place]:
    """Place id to the place with coordinates, from whatever names it."""
    found = {m.value.id: m.value for m in account.book.mentions if isinstance(m.value, Place)}
    return found | {c.place.id: c.place for c in account.book.claims if c.place is not None}


def _row(account: Account, event: Event, where: Mapping[str, Place]) -> EventRow:
    shelf, domain = account.shelf, account.domain
    declared = domain.events.get(event.kind)
    tallies = shelf.event_tallies(event.id)
    findings = shelf.event_findings(event.id)
    count = shelf.event_voices.get(event.id)
    places = [where[p] for p in event.places if p in where]
    points = tuple(Point(p.lat, p.lon, p.name, p.kind) for p in places if p.lat is not None and p.lon is not None)
    narrow = tuple(p for p in points if p.kind not in WIDE)
    names = shelf.places(event)
    people = (shelf.entities[p].name for p in (*event.actors, *event.targets, *event.participants) if p in shelf.entities)
    return EventRow(
        event=event,
        kind=declared.name.replace("_", " ") if declared else event.kind.replace("_", " "),
        strand=declared.strand if declared else "other",
        start=(event.window.start if event.window else None) or "",
        when=wording.window(event.window),
        places=names,
        points=narrow or points,
        figures=len(shelf.event_claims(event.id)),
        reports=len(event.documents),
        voices=wording.voices(count) if count else "",
        open=sum(f.kind in wording.OPEN_KINDS for f in findings),
        revised=sum(f.kind == "revision" for f in findings),
        findings=len(findings),
        states=frozenset(t.state for t in tallies),
        words=" ".join((event.title, names, *people, *(p.name for p in places))).casefold(),
    )
