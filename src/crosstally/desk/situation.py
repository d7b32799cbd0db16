"""The situation: the run of events that a filter leaves, as days and strands, with a map beside it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import msgspec
from markupsafe import Markup

from crosstally.export import timeline
from crosstally.export.shelf import Shelf
from crosstally.export.withhold import cover
from crosstally.values import Book, Hit, Situation

from .account import Account
from .addresses import address, path
from .mapdraw import Dot, draw_map
from .paging import page_of
from .ports import Books
from .rows import WIDE, EventRow

PAGE = 40
SEARCHED = 60  # places in texts that a search looks at
_STRANDS = ("raids", "harm", "diplomacy", "aid", "courts", "forecasts")
STATES: Mapping[str, str] = {"open": "findings open", "disputed": "a figure disputed", "closed": "nothing open", "planned": "planned or forecast"}


class Filters(msgspec.Struct, frozen=True):
    """As in the address. ``since`` and ``until`` are days; ``kind`` an event class; ``place`` part of a name; ``state`` one of ``STATES``."""

    q: str = ""
    kind: str = ""
    place: str = ""
    since: str = ""
    until: str = ""
    state: str = ""

    @property
    def any(self) -> bool:
        return self != Filters()

    @property
    def narrow(self) -> bool:
        """Whether more than words is asked for."""
        return msgspec.structs.replace(self, q="") != Filters()


@dataclass(frozen=True, slots=True)
class SituationView:
    filters: Filters
    rows: tuple[EventRow, ...]
    total: int
    page: int
    pages: int
    timeline: timeline.Timeline
    map: Markup | None
    outside: int
    kinds: tuple[tuple[str, str, int], ...]
    by_id: Mapping[str, EventRow]
    shelf: Shelf


def matches(row: EventRow, f: Filters) -> bool:
    if f.kind and row.event.kind != f.kind:
        return False
    if f.place and f.place.casefold() not in row.places.casefold() and not any(f.place.casefold() in p.name.casefold() for p in row.points):
        return False
    if (f.since or f.until) and not row.start:
        return False
    if f.since and row.start[:10] < f.since and ((row.event.window.end if row.event.window else None) or row.start)[:10] < f.since:
        return False
    if f.until and row.start[:10] > f.until:
        return False
    if f.state == "open" and not row.open:
        return False
    if f.state == "closed" and row.open:
        return False
    if f.state == "disputed" and "disputed" not in row.states:
        return False
    return not (f.state == "planned" and row.event.status not in ("planned", "forecast"))


def chosen(account: Account, f: Filters, found: frozenset[str] | None = None) -> tuple[EventRow, ...]:
    """The events that the filters leave. ``found``: events that a search of the texts gave, which count as matching ``q``."""
    words = f.q.casefold().split()
    return tuple(
        r for r in account.rows if matches(r, f) and (not words or all(w in r.words for w in words) or (found is not None and r.event.id in found))
    )


def searched(account: Account, books: Books, words: str) -> frozenset[str] | None:
    """Events in whose reports the words stand; None where nothing is searched for."""
    return told_of(account, books.search(words, SEARCHED)) if words.strip() else None


def told_of(account: Account, hits: Iterable[Hit]) -> frozenset[str]:
    """The events of what a search found: of a claim its event, of a report all it tells."""
    found: set[str | None] = set()
    for hit in hits:
        if hit.claim in account.shelf.claims:
            found.add(account.shelf.event_of(account.shelf.claims[hit.claim or ""]))
        elif hit.claim is None:
            found |= {e.id for e in account.stock.events_of.get(hit.document, ())}
    return frozenset(e for e in found if e)


def view(account: Account, f: Filters, page: int, *, names: bool, found: frozenset[str] | None = None) -> SituationView:
    """One page of the run. Page 1 is the earliest; events with no time stand last."""
    rows = chosen(account, f, found)
    shown, page, pages = page_of(rows, page, PAGE)
    book = _covered(account, shown, names)
    shelf = Shelf(book)
    (situation,) = book.situations
    shown_by = {r.event.id: r for r in shown}
    line = timeline.timeline(shelf, account.domain, situation)
    counts: dict[str, int] = {}
    for row in account.rows:
        counts[row.event.kind] = counts.get(row.event.kind, 0) + 1
    kinds = {r.event.kind: r.kind for r in account.rows}
    drawn = draw_map(_dots(shelf, shown), "Where: one circle an event")
    return SituationView(
        filters=f,
        rows=shown,
        total=len(rows),
        page=page,
        pages=pages,
        timeline=line,
        map=drawn.picture,
        outside=drawn.outside,
        kinds=tuple((k, kinds[k], counts[k]) for k in sorted(kinds, key=lambda k: -counts[k])),
        by_id=shown_by,
        shelf=shelf,
    )


def titles(account: Account, rows: tuple[EventRow, ...], *, names: bool) -> Mapping[str, str]:
    """Event id to its title as it may be shown."""
    return {e.id: e.title for e in _covered(account, rows, names).events}


def _covered(account: Account, rows: tuple[EventRow, ...], names: bool) -> Book:
    """The events of a page with the links among and from them, and the texts those links are quoted from."""
    shelf, wanted = account.shelf, {r.event.id for r in rows}
    links = [link for e in wanted for link in account.links_from.get(e, ())]
    targets = {link.target for link in links}
    quoted = {e.document for link in links for e in link.evidence}
    part = account.stock.part(quoted)
    events = tuple(shelf.events[e] for e in sorted(wanted | targets) if e in shelf.events)
    ordered = tuple(r.event.id for r in rows)
    strands = {s for r in rows for s in [account.strand_of.get(r.event.id, r.strand)]}
    order: list[str] = [s for s in _STRANDS if s in strands]
    order += sorted(strands - set(order))
    situation = Situation(
        id="shown",
        title="",
        events=ordered,
        links=tuple(links),
        strands=tuple((s, tuple(e for e in ordered if account.strand_of.get(e, account.row_strand[e]) == s)) for s in order),
    )
    heard = {p for e in events for p in (*e.participants, *e.actors, *e.targets)}
    entities = tuple(
        shelf.entities[p] for p in sorted(heard | account.hidden_in(quoted | {d for e in events for d in e.documents})) if p in shelf.entities
    )
    book = msgspec.structs.replace(part, events=events, situations=(situation,), entities=entities, claims=part.claims)
    return book if names else cover(book, account.hidden)


def _dots(shelf: Shelf, rows: tuple[EventRow, ...]) -> tuple[Dot, ...]:
    made = []
    for row in rows:
        title = shelf.events[row.event.id].title
        for point in row.points[:6]:
            words = f"{title}; {point.name}; {row.figures} figures"
            made.append(Dot(point.lat, point.lon, words, address(path("events", row.event.id)), row.event.id, row.figures, point.kind in WIDE))
    return tuple(made)
