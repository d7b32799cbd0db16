"""A book with its indexes: every lookup that a view needs, made once, so that views only arrange."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property

from crosstally.values import (
    Assignment,
    Book,
    Claim,
    Count,
    Decision,
    Document,
    Entity,
    Event,
    Finding,
    Join,
    Place,
    Reading,
    Source,
    Span,
    Standing,
    Tally,
    Voice,
    standing_claims,
    when_said,
)


class Shelf:
    """Reads a book by id and by event. Holds nothing that the book does not say; every index is built at first use."""

    def __init__(self, book: Book) -> None:
        self.book = book

    @cached_property
    def documents(self) -> Mapping[str, Document]:
        return {d.id: d for d in self.book.documents}

    @cached_property
    def sources(self) -> Mapping[str, Source]:
        return {s.id: s for s in self.book.sources}

    @cached_property
    def claims(self) -> Mapping[str, Claim]:
        """Claims as the account takes them: as a person corrected them, else as read. Those that a person rejected are here as well."""
        return {c.id: c for c in self.book.claims} | {c.id: c for c in standing_claims(self.book)}

    @cached_property
    def entities(self) -> Mapping[str, Entity]:
        return {e.id: e for e in self.book.entities}

    @cached_property
    def voices(self) -> Mapping[str, Voice]:
        return {v.id: v for v in self.book.voices}

    @cached_property
    def events(self) -> Mapping[str, Event]:
        return {e.id: e for e in self.book.events}

    @cached_property
    def assignments(self) -> Mapping[str, Assignment]:
        return {a.claim: a for a in self.book.assignments}

    @cached_property
    def event_voices(self) -> Mapping[str, Count]:
        return dict(self.book.event_voices)

    @cached_property
    def event_of_happening(self) -> Mapping[str, str]:
        return {h: e.id for e in self.book.events for h in e.happenings}

    @cached_property
    def refused_at(self) -> Mapping[Join, tuple[str, ...]]:
        """Refused joins to the events they stand at: the two that were kept apart."""
        found: defaultdict[Join, list[str]] = defaultdict(list)
        for event in self.book.events:
            for join in event.joins:
                if join.refused:
                    found[join].append(event.id)
        return {join: tuple(ids) for join, ids in found.items()}

    @cached_property
    def _joined(self) -> Mapping[str, str]:
        return dict(self.book.mention_entities)

    @cached_property
    def _by_event(self) -> Mapping[str, tuple[Claim, ...]]:
        found: defaultdict[str, list[Claim]] = defaultdict(list)
        for claim in standing_claims(self.book):
            row = self.assignments.get(claim.id)
            if row is not None and row.event is not None:
                found[row.event].append(claim)
        return {event: tuple(sorted(claims, key=self.place_in_text)) for event, claims in found.items()}

    @cached_property
    def _document_order(self) -> Mapping[str, int]:
        dated = sorted(self.book.documents, key=lambda d: (d.published or "9999", d.id))
        return {d.id: n for n, d in enumerate(dated)}

    @cached_property
    def figures_in(self) -> Mapping[str, int]:
        """Claims read in each document."""
        return Counter(c.document for c in self.book.claims)

    @cached_property
    def reports_of(self) -> Mapping[str, int]:
        """Documents of each source."""
        return Counter(d.source for d in self.book.documents)

    def place_in_text(self, claim: Claim) -> tuple[int, Span, str]:
        """Sort key: oldest document first, then as read."""
        return (self._document_order.get(claim.document, len(self._document_order)), claim.span, claim.id)

    def in_order(self, documents: Iterable[str]) -> tuple[str, ...]:
        """Document ids, oldest first, each once."""
        return tuple(sorted(set(documents), key=lambda d: (self._document_order.get(d, len(self._document_order)), d)))

    def entity_id(self, local: str | None) -> str | None:
        """The ledger's entity behind a document-local one; an id that was never joined stands for itself."""
        return None if local is None else self._joined.get(local, local)

    @cached_property
    def decided(self) -> Mapping[str, Decision]:
        """People's decisions in force, by id."""
        return {row.decision.id: row.decision for row in self.book.decisions}

    def decisions_on(self, event: str) -> tuple[Standing, ...]:
        """People's decisions that an event's account rests on, as they were taken: on its claims, its figures, and what is one with it."""
        claims = {a.claim for a in self.book.assignments if a.event == event and a.decisions}
        used = {id for tally in self.event_tallies(event) for id in tally.decisions}
        return tuple(
            row for row in self.book.decisions if row.decision.id in used or event in row.now or not claims.isdisjoint(row.decision.subject)
        )

    def reading(self, claim: Claim) -> Reading:
        """The reading that stands: the chosen one, or the claim's default."""
        row = self.assignments.get(claim.id)
        if row is not None and 0 <= row.reading < len(claim.readings):
            return claim.readings[row.reading]
        return claim.readings[0] if claim.readings else Reading(claim.measure, claim.facets)

    def voice_of(self, claim: Claim) -> Voice | None:
        row = self.assignments.get(claim.id)
        return None if row is None or row.voice is None else self.voices.get(row.voice)

    def event_of(self, claim: Claim) -> str | None:
        row = self.assignments.get(claim.id)
        return None if row is None else row.event

    def event_claims(self, event: str) -> tuple[Claim, ...]:
        return self._by_event.get(event, ())

    @cached_property
    def _tallies(self) -> Mapping[str, tuple[Tally, ...]]:
        found: defaultdict[str, list[Tally]] = defaultdict(list)
        for tally in self.book.tallies:
            found[tally.event].append(tally)
        return {event: tuple(tallies) for event, tallies in found.items()}

    @cached_property
    def _findings(self) -> Mapping[str | None, tuple[Finding, ...]]:
        found: defaultdict[str | None, list[Finding]] = defaultdict(list)
        for finding in self.book.findings:
            found[finding.event if finding.event in self.events else None].append(finding)
        return {event: tuple(findings) for event, findings in found.items()}

    def places(self, event: Event, most: int = 4) -> str:
        """The event's places by name, the widest first as told, at most so many."""
        names = list(dict.fromkeys(self.place_names.get(p, p) for p in event.places))
        return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")

    def event_tallies(self, event: str) -> tuple[Tally, ...]:
        return self._tallies.get(event, ())

    def event_findings(self, event: str | None) -> tuple[Finding, ...]:
        """An event's findings; for None those that belong to no event of the book."""
        return self._findings.get(event, ())

    @cached_property
    def place_names(self) -> Mapping[str, str]:
        """Place id to name, from whatever names it: the gazetteer's word in a mention or claim, else the entity's."""
        names = {e.id: e.name for e in self.book.entities if e.kind == "place"}
        names |= {m.value.id: m.value.name for m in self.book.mentions if isinstance(m.value, Place)}
        return names | {c.place.id: c.place.name for c in self.book.claims if c.place is not None}

    def tally_claims(self, tally: Tally) -> tuple[Claim, ...]:
        """The claims a tally stands on, those read in the order of their statements."""
        return tuple(
            sorted((self.claims[c] for c in tally.claims if c in self.claims), key=lambda c: (self.said_at(c), self.place_in_text(c)))
        )

    def said_at(self, claim: Claim) -> str:
        """When the claim was made, as told or as published; empty where neither is known."""
        return when_said(claim, self.documents.get(claim.document)) or ""

    def outlet(self, document: str) -> str:
        """The name a reader knows the document by: its source's name, or the file."""
        found = self.documents.get(document)
        if found is None:
            return document
        source = self.sources.get(found.source)
        if source is not None and source.name:
            return source.name
        return found.source if found.source != "unknown" else (found.path or found.id)

    def outlets(self, documents: Iterable[str]) -> tuple[str, ...]:
        """The names of several documents, each once: "Harbour Wire, 3 reports" where one outlet has several of them."""
        counted = Counter(self.outlet(d) for d in documents)
        return tuple(f"{name} ({n} reports)" if n > 1 else name for name, n in counted.items())

    def weight(self, event: Event) -> tuple[int, int]:
        """How much of the ledger hangs on an event: claims, then documents."""
        return (len(self.event_claims(event.id)), len(event.documents))

    @cached_property
    def told(self) -> tuple[Event, ...]:
        """Events that have figures of their own, heaviest first."""
        with_claims = [e for e in self.book.events if self.event_claims(e.id)]
        return tuple(sorted(with_claims, key=lambda e: (-self.weight(e)[0], -self.weight(e)[1], e.id)))

    @cached_property
    def untold(self) -> tuple[Event, ...]:
        """Events that reports mention without any figure, in order of time."""
        rest = [e for e in self.book.events if not self.event_claims(e.id)]
        return tuple(sorted(rest, key=lambda e: ((e.window.start if e.window else None) or "9999", e.id)))
