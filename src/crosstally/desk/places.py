"""Places that reports name: how they are written, what happened there, which figures are told of them alone. Made once a book."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crosstally.export import wording
from crosstally.values import Entity, Place, Tally

from .addresses import address, path
from .mapdraw import Dot, draw_map
from .rows import WIDE

if TYPE_CHECKING:
    from .account import Account

_LISTED = 200
_EVENTS = 60  # events told with their dead and wounded


@dataclass(slots=True)
class _Named:
    place: Place
    spellings: Counter[str] = field(default_factory=Counter)
    reports: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: defaultdict(list))


class Gazette:
    """Every place of a book, by id."""

    def __init__(self, account: Account) -> None:
        self._named: dict[str, _Named] = {}
        for mention in account.book.mentions:
            if isinstance(mention.value, Place):
                named = self._named.setdefault(mention.value.id, _Named(mention.value))
                named.spellings[mention.text] += 1
                named.reports[mention.document].append((mention.span.start, mention.span.end))
        self.entities: Mapping[str, Entity] = {id: _entity(named) for id, named in self._named.items()}
        told: defaultdict[str, list[Tally]] = defaultdict(list)
        for tally in account.book.tallies:
            if tally.scope.place:
                told[tally.scope.place].append(tally)
        self.told: Mapping[str, tuple[Tally, ...]] = {place: tuple(tallies) for place, tallies in told.items()}

    def __contains__(self, id: object) -> bool:
        return id in self._named

    def kind_of(self, entity: Entity) -> str:
        """ "city", "region", ... of a place that the gazetteer knows; else what the entity is."""
        named = self._named.get(entity.id)
        return named.place.kind if named and named.place.kind != "unknown" else entity.kind

    def reports(self, id: str) -> int:
        return len(self._named[id].reports)

    def page(self, account: Account, id: str, *, names: bool) -> dict[str, Any]:
        """What a place's page shows. Raises LookupError."""
        named = self._named[id]
        place, query = named.place, {"names": "1" if names else None}
        rows = [r for r in account.rows if id in r.event.places][:_EVENTS]
        dot = None if place.lat is None or place.lon is None else Dot(place.lat, place.lon, place.name, path("places", id), id, 1, place.kind in WIDE)
        return {
            "entity": self.entities[id],
            "place": place,
            "within": [(self.entities[p].name, path("places", p)) for p in place.parents if p in self],
            "spellings": named.spellings.most_common(40),
            "map": draw_map([dot], f"Where {place.name} lies").picture if dot else None,
            "events": [(r, account.covered(r.event.title, names), account.cost(r.event)) for r in rows],
            "told": [
                (
                    wording.figure(account.domain, t.measure, t.facets),
                    wording.tally_value(t, account.shelf.tally_claims(t), account.domain),
                    t.state,
                    account.covered(account.shelf.events[t.event].title, names),
                    path("events", t.event),
                )
                for t in self.told.get(id, ())[:_LISTED]
                if t.event in account.shelf.events
            ],
            "seen": [
                (d, account.shelf.outlet(d), account.shelf.documents[d].published, len(spans),
                 address(path("documents", d), {"at": f"{spans[0][0]}-{spans[0][1]}", **query}, "at"))
                for d in account.shelf.in_order(named.reports)[:_LISTED] for spans in [named.reports[d]]
            ],
        }  # fmt: skip


def _entity(named: _Named) -> Entity:
    return Entity(named.place.id, "place", named.place.name, tuple(s for s, _ in named.spellings.most_common(40)))
