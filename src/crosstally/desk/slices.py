"""A book cut small: what one event, or a few documents, need. Indexes are built once a book, so that a page costs what it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any, Protocol, TypeVar

import msgspec

from crosstally.export.shelf import Shelf
from crosstally.values import Book, Claim, Event, Mention

T = TypeVar("T", bound="_OfDocument")


class _OfDocument(Protocol):
    @property
    def document(self) -> str: ...


class Stock:
    """A whole book with its indexes by document, by event and by entity."""

    def __init__(self, book: Book) -> None:
        self.book = book
        self.shelf = Shelf(book)

    @cached_property
    def claims_in(self) -> Mapping[str, tuple[Claim, ...]]:
        return _by_document(self.book.claims)

    @cached_property
    def mentions_in(self) -> Mapping[str, tuple[Mention, ...]]:
        return _by_document(self.book.mentions)

    @cached_property
    def _happenings_in(self) -> Mapping[str, Any]:
        return _by_document(self.book.happenings)

    @cached_property
    def unread_in(self) -> Mapping[str, Any]:
        return _by_document(self.book.unread)

    @cached_property
    def _joined_in(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """Local entity id to ledger entity, by the document of its mentions and speakers."""
        joined = dict(self.book.mention_entities)
        found: defaultdict[str, dict[str, str]] = defaultdict(dict)
        for mention in self.book.mentions:
            if mention.entity in joined:
                found[mention.document][mention.entity] = joined[mention.entity]
        for claim in self.book.claims:
            for local in (claim.actor, claim.speaker.entity if claim.speaker else None):
                if local in joined:
                    found[claim.document][local] = joined[local]
        for happening in self.book.happenings:
            for local in (*happening.actors, *happening.participants):
                if local in joined:
                    found[happening.document][local] = joined[local]
        return {document: tuple(pairs.items()) for document, pairs in found.items()}

    @cached_property
    def events_of(self) -> Mapping[str, tuple[Event, ...]]:
        """Events that each document tells of."""
        found: defaultdict[str, list[Event]] = defaultdict(list)
        for event in self.book.events:
            for document in event.documents:
                found[document].append(event)
        return {document: tuple(events) for document, events in found.items()}

    @cached_property
    def lineage_of(self) -> Mapping[str, tuple[Any, ...]]:
        found: defaultdict[str, list[Any]] = defaultdict(list)
        for line in self.book.lineage:
            found[line.source].append(line)
            found[line.target].append(line)
        return {document: tuple(lines) for document, lines in found.items()}

    @cached_property
    def event_named(self) -> Mapping[str, Event]:
        """Events by id, and by the ids they had before joins."""
        return {a: e for e in self.book.events for a in e.aliases} | {e.id: e for e in self.book.events}

    @cached_property
    def documents_naming(self) -> Mapping[str, tuple[str, ...]]:
        """Documents that mention each entity, oldest first."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for mention in self.book.mentions:
            entity = self.shelf.entity_id(mention.entity)
            if entity:
                found[entity].add(mention.document)
        return {entity: self.shelf.in_order(documents) for entity, documents in found.items()}

    def event(self, event: Event) -> Book:
        """The part of the book that an event's page shows: its documents whole, and of the rest what its findings and refused joins cite."""
        shelf = self.shelf
        cited = {c for f in shelf.event_findings(event.id) for c in f.claims} | {c for t in shelf.event_tallies(event.id) for c in t.claims}
        documents = {*event.documents, *(shelf.claims[c].document for c in cited if c in shelf.claims)}
        documents |= {e.document for f in shelf.event_findings(event.id) for e in f.spans}
        documents |= {d for j in event.joins if j.refused for d in j.documents}
        return self.part(documents, (event.id,))

    def events(self, events: Iterable[Event], documents: Iterable[str] = ()) -> Book:
        """The part of the book that tells of these events and no other, with these documents."""
        wanted = {e.id for e in events}
        parts = [self.event(e) for e in self.book.events if e.id in wanted]
        whole = self.part({*documents, *(d.id for p in parts for d in p.documents)}, wanted)
        return msgspec.structs.replace(
            whole,
            events=tuple(e for e in self.book.events if e.id in wanted),
            decisions=tuple(dict.fromkeys(row for event in sorted(wanted) for row in self.shelf.decisions_on(event))),
        )

    def part(self, documents: Iterable[str], tallied: Iterable[str] = (), named: Iterable[str] = ()) -> Book:
        """These documents with all that was read in them. Tallies and findings of the events ``tallied`` alone.

        ``named``: entities that are wanted though no report here names them, with what was found of them."""
        shelf, wanted = self.shelf, frozenset(tallied)
        ids = [d for d in shelf.in_order(documents) if d in shelf.documents]
        present = frozenset(ids)
        claims = tuple(c for d in ids for c in self.claims_in.get(d, ()))
        events = {e.id: e for d in ids for e in self.events_of.get(d, ())}
        assignments = tuple(a for c in claims if (a := shelf.assignments.get(c.id)) is not None)
        joined = tuple(dict(pair for d in ids for pair in self._joined_in.get(d, ())).items())
        entities = {e for _, e in joined} | {m.entity for d in ids for m in self.mentions_in.get(d, ()) if m.entity and m.entity in shelf.entities}
        entities |= {p for e in events.values() for p in (*e.places, *e.actors, *e.targets, *e.participants)}
        asked = frozenset(named)
        entities |= asked
        findings = tuple(f for event in sorted(wanted) for f in shelf.event_findings(event))
        findings += tuple(f for f in shelf.event_findings(None) if f.entity in asked)
        entities |= {f.entity for f in findings if f.entity}
        voices = {a.voice for a in assignments if a.voice}
        lines = {id(line): line for d in ids for line in self.lineage_of.get(d, ()) if line.source in present and line.target in present}
        sources = {shelf.documents[d].source for d in ids}
        return Book(
            sources=tuple(shelf.sources[s] for s in sorted(sources) if s in shelf.sources),
            documents=tuple(shelf.documents[d] for d in ids),
            claims=claims,
            mentions=tuple(m for d in ids for m in self.mentions_in.get(d, ())),
            entities=tuple(shelf.entities[e] for e in sorted(e for e in entities if e in shelf.entities)),
            happenings=tuple(h for d in ids for h in self._happenings_in.get(d, ())),
            voices=tuple(shelf.voices[v] for v in sorted(voices) if v in shelf.voices),
            lineage=tuple(lines.values()),
            events=tuple(sorted(events.values(), key=lambda e: e.id)),
            event_voices=tuple((e, shelf.event_voices[e]) for e in sorted(events) if e in shelf.event_voices),
            tallies=tuple(t for event in sorted(wanted) for t in shelf.event_tallies(event)),
            findings=findings,
            unread=tuple(u for d in ids for u in self.unread_in.get(d, ())),
            assignments=assignments,
            mention_entities=joined,
            as_of=self.book.as_of,
            decisions=self.book.decisions,
        )


def _by_document(values: Iterable[T]) -> Mapping[str, tuple[T, ...]]:
    found: defaultdict[str, list[T]] = defaultdict(list)
    for value in values:
        found[value.document].append(value)
    return {document: tuple(held) for document, held in found.items()}
