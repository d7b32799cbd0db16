"""A book read by a convention: its tallies by event, measure, facets and scope; whose claims they are; where they speak of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.model import Domain
from crosstally.reconcile.whose import Origin, count_voices, origins
from crosstally.values import WHOLE, Book, Claim, Count, Document, Event, Facets, Place, PlaceKind, Reading, Source, Tally, standing_claims

Finest = PlaceKind | None
# How fine a kind of place is. What the gazetteer does not know may be as fine as a building.
_RANKS: Mapping[PlaceKind, int] = {"country": 0, "area": 1, "region": 1, "city": 2, "district": 3, "site": 4, "unknown": 4}


def rank(kind: PlaceKind) -> int:
    """0 for a country, up to 4 for a site and for what is not known."""
    return _RANKS[kind]


class Facts:
    """Indexes over a book, each built at first use. Holds nothing that the book does not say."""

    def __init__(self, book: Book, domain: Domain, finest: Finest = None) -> None:
        self.book, self.domain, self.finest = book, domain, finest

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        return {c.id: c for c in standing_claims(self.book)}

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        return {d.id: d for d in self.book.documents}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {s.id: s for s in self.book.sources}

    @cached_property
    def tallies(self) -> Mapping[str, tuple[Tally, ...]]:
        found: defaultdict[str, list[Tally]] = defaultdict(list)
        for tally in self.book.tallies:
            found[tally.event].append(tally)
        return {event: tuple(those) for event, those in found.items()}

    @cached_property
    def _origins(self) -> Mapping[str, Origin]:
        return origins(standing_claims(self.book), self.book.voices, self.book.entities, self.book.lineage)

    @cached_property
    def _readings(self) -> Mapping[str, int]:
        return {a.claim: a.reading for a in self.book.assignments}

    @cached_property
    def _places(self) -> Mapping[str, Place]:
        found = {m.value.id: m.value for m in self.book.mentions if isinstance(m.value, Place)}
        return found | {c.place.id: c.place for c in self.book.claims if c.place is not None}

    @cached_property
    def _place_names(self) -> Mapping[str, str]:
        return {e.id: e.name for e in self.book.entities if e.kind == "place"}

    def tally(self, event: str, measure: str, facets: Facets = WHOLE, place: str | None = None, period: str = "event") -> Tally | None:
        """The tally of one cell, or None."""
        return next(
            (
                t
                for t in self.tallies.get(event, ())
                if t.measure == measure and t.facets == facets and t.scope.place == place and t.scope.period == period
            ),
            None,
        )

    def parts(self, event: str, measure: str, place: str | None = None, period: str = "event") -> tuple[Tally, ...]:
        """Tallies of a measure by facets, at one scope."""
        return tuple(
            t
            for t in self.tallies.get(event, ())
            if t.measure == measure and t.facets and t.scope.place == place and t.scope.period == period
        )

    @cached_property
    def _by_event(self) -> Mapping[str, tuple[Claim, ...]]:
        found: defaultdict[str, list[Claim]] = defaultdict(list)
        for row in self.book.assignments:
            if row.event is not None and row.claim in self.claims:
                found[row.event].append(self.claims[row.claim])
        return {event: tuple(those) for event, those in found.items()}

    def event_claims(self, event: str) -> tuple[Claim, ...]:
        return self._by_event.get(event, ())

    @cached_property
    def _names(self) -> Mapping[str, str]:
        return {e.id: e.name for e in self.book.entities}

    def entity_name(self, id: str) -> str:
        return self._names.get(id, id)

    def settled(self, tally: Tally) -> tuple[Claim, ...]:
        """The claims that a tally stands on, or was worked out from."""
        return tuple(self.claims[c] for c in (tally.claims or tally.derived_from) if c in self.claims)

    def grade(self, claim: Claim) -> str | None:
        """What a person said of the claim's source, None where nobody did."""
        document = self.documents.get(claim.document)
        source = self.sources.get(document.source) if document else None
        return source.grade if source else None

    def voices(self, claims: Iterable[str]) -> Count:
        """Independent origins behind claims."""
        return count_voices((self.claims[c], self._origins[c]) for c in dict.fromkeys(claims) if c in self.claims)

    def origin(self, claim: str) -> Origin:
        return self._origins[claim]

    def reading(self, claim: Claim) -> Reading:
        """The reading that stands."""
        index = self._readings.get(claim.id, 0)
        return claim.readings[index] if index < len(claim.readings) else Reading(claim.measure, claim.facets)

    def place(self, id: str | None) -> Place | None:
        """The place of an id: as the reports' claims know it, else as the gazetteer does."""
        if id is None:
            return None
        found = self._places.get(id) or load_gazetteer().get(id)
        return found or (Place(id, self._place_names[id]) if id in self._place_names else None)

    def shown(self, id: str | None, at_most: Finest = None) -> Place | None:
        """The place of an id as it may be shown: itself, or the first place above it that is no finer than allowed.

        ``at_most``: a wider kind for this figure; it counts only where places are limited at all.
        """
        found = self.place(id)
        if found is None or self.finest is None:
            return found
        limit = rank(self.finest) if at_most is None else min(rank(self.finest), rank(at_most))
        up = (self.place(p) for p in (found.id, *found.parents, found.country))
        return next((p for p in up if p is not None and rank(p.kind) <= limit), None)

    def common(self, places: Iterable[str]) -> str | None:
        """The narrowest place that holds all: itself, or a place above it. None for none, or where nothing holds them all."""
        chains = [(p, *(found.parents if (found := self.place(p)) else ())) for p in dict.fromkeys(places)]
        if not chains:
            return None
        return next((p for p in chains[0] if all(p in chain for chain in chains)), None)

    def within(self, inner: str | None, outer: str | None) -> bool | None:
        """Whether a place lies in another; None where it cannot be told."""
        if inner is None or outer is None:
            return None
        if inner == outer:
            return True
        here, there = self.place(inner), self.place(outer)
        if here is None or there is None:
            return None
        if outer in here.parents:
            return True
        return None if inner in there.parents else False

    def where(self, event: Event, claims: Iterable[Claim]) -> str | None:
        """Where claims speak of: the narrowest place that holds the places they give, else the event's own."""
        told = [p for c in claims if (p := c.scope.place or (c.place.id if c.place else None))]
        return self.common(told) or (event.places[0] if event.places else None)
