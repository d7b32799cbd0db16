"""Joining across documents: events, entities, text lineage, voices and quotes, each join with its reason in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain import Domain
from crosstally.values import Count, Decision, Document, DocumentReading, Entity, Event, Join, Lineage, Source, Voice

from .blocking import keys as blocking_keys
from .decided import Rulings, followed, on_events, on_people
from .describe import title_of
from .entities import join_entities, party_words
from .events import Grouped, group
from .growing import Growing
from .lineage import Carried, agency_of, find, words_of
from .named import Named
from .quotes import QuoteGroup, match_quotes
from .voices import count, hear

__all__ = ["Growing", "Linked", "QuoteGroup", "blocking_keys", "count", "link"]


class Linked(msgspec.Struct, frozen=True):
    """``mention_entities``: document-local entity id to ledger entity id. ``claim_events`` and ``claim_voices``: claim id to event
    and voice id; a claim without a happening has no event.
    ``event_voices``: event id to its count of voices. ``refusals``: events that look alike and were kept apart, with the reason."""

    events: tuple[Event, ...] = ()
    entities: tuple[Entity, ...] = ()
    mention_entities: tuple[tuple[str, str], ...] = ()
    voices: tuple[Voice, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    claim_events: tuple[tuple[str, str], ...] = ()
    claim_voices: tuple[tuple[str, str], ...] = ()
    event_voices: tuple[tuple[str, Count], ...] = ()
    refusals: tuple[Join, ...] = ()
    quotes: tuple[QuoteGroup, ...] = ()
    ruled: tuple[tuple[str, tuple[str, ...], str], ...] = ()


def link(
    readings: tuple[DocumentReading, ...], documents: tuple[Document, ...], sources: tuple[Source, ...], domain: Domain, *,
    decisions: tuple[Decision, ...] = (), rejected: frozenset[str] = frozenset(), growing: Growing | None = None,
) -> Linked:  # fmt: skip
    """Joins what was read. The order of readings, documents and sources never changes the result.

    ``decisions``: people's, in force, in the order they were taken; those on what is one are applied. ``rejected``: claims that a person set
    aside: they belong to their event, and no voice or join rests on them. ``growing``: these same reports, taken in one by one, so that
    nothing is compared anew; the result is the same.

    Raises PackError where the tables of joining are wrong. A reading whose document is not given is left out.
    """
    papers = {d.id: d for d in sorted(documents, key=lambda d: d.id)}
    publishers = {s.id: s for s in sources}
    read = tuple({r.document: r for r in sorted(readings, key=lambda r: r.document) if r.document in papers}.values())
    on_what, on_whom = on_events(decisions, read), on_people(decisions, read)
    # What people decided of claims and events is applied to all reports at once.
    grown = growing if growing is not None and not (rejected or on_what.together or on_what.apart) else None
    if grown is not None:
        copying = tuple(line for _, line in sorted(grown.copies.lines.items()))
    else:
        copying = find({r.document: words_of(papers[r.document], r) for r in read}, publishers)
    lineage = [c.lineage for c in copying]
    agency = agency_of if grown is None else grown.agency_of
    carried = {r.document: c for r in read if (c := agency(papers[r.document], publishers.get(papers[r.document].source))) is not None}
    grouped = group(read, papers, copying, domain, on_what, rejected, grown.known() if grown is not None else None)
    named = Named(papers, party_words(domain))
    joined = join_entities(read, papers, domain, tuple(e.documents for e in grouped.events), on_whom, named)
    ledger_entity = dict(joined.mention_entities)
    entities = {e.id: e for e in joined.entities}
    by_document = {r.document: r for r in read}
    heard = hear(
        tuple(c for r in read for c in r.claims if c.id not in rejected),
        grouped.claim_events,
        papers,
        publishers,
        joined.entities,
        ledger_entity,
        lineage,
        carried,
        domain,
        named,
    )
    return Linked(
        events=tuple(_finish(e, grouped, by_document, ledger_entity, entities, papers, domain) for e in grouped.events),
        entities=joined.entities,
        mention_entities=joined.mention_entities,
        voices=heard.voices,
        lineage=(*lineage, *_agency_lines(carried)),
        claim_events=tuple(sorted(grouped.claim_events.items())),
        claim_voices=heard.claim_voices,
        event_voices=heard.event_voices,
        refusals=grouped.refusals,
        quotes=match_quotes(read, joined.entities, ledger_entity),
        ruled=(*_ruled(decisions, on_what, _EVENTS, grouped.happening_events), *_ruled(decisions, on_whom, _PEOPLE, ledger_entity)),
    )


_EVENTS = frozenset({"same_event", "different_event", "prefer_speaker"})
_PEOPLE = frozenset({"same_person", "different_person"})


def _ruled(
    decisions: tuple[Decision, ...], rulings: Rulings, kinds: frozenset[str], now: Mapping[str, str]
) -> Iterable[tuple[str, tuple[str, ...], str]]:
    for decision in decisions:
        if decision.kind in kinds:
            idle = rulings.idle.get(decision.id, "")
            if decision.kind == "prefer_speaker" and len(decision.subject) > 1 and decision.subject[1] not in rulings.nodes:
                idle = f"{decision.subject[1]}: no such event in this account"
            yield decision.id, followed(decision, rulings.nodes, now.get), idle


def _agency_lines(carried: Mapping[str, Carried]) -> tuple[Lineage, ...]:
    """One line from each document that prints agency copy to the agency (``agency:`` and its id)."""
    return tuple(Lineage(d, f"agency:{c.agency}", "agency", c.reason) for d, c in sorted(carried.items()))


def _finish(
    event: Event,
    grouped: Grouped,
    readings: Mapping[str, DocumentReading],
    ledger_entity: Mapping[str, str],
    entities: Mapping[str, Entity],
    documents: Mapping[str, Document],
    domain: Domain,
) -> Event:
    """Ledger ids for document-local ones, and the title, which needs the entities' names."""

    def ledger(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(ledger_entity.get(i, i) for i in ids))

    def name(identity: str) -> str:
        identity = ledger_entity.get(identity, identity)
        if identity in entities:
            return entities[identity].name
        if identity in domain.parties:
            return domain.parties[identity].name
        return grouped.places[identity].name if identity in grouped.places else identity

    order = {id: at for at, id in enumerate(event.happenings)}
    told = [
        msgspec.structs.replace(h, actors=ledger(h.actors), targets=ledger(h.targets), participants=ledger(h.participants))
        for paper in event.documents
        for h in readings[paper].happenings
        if h.id in order
    ]
    told.sort(key=lambda h: order[h.id])
    published = sorted(d for p in event.documents if (d := documents[p].published))
    title = title_of(event.kind, told, event.window, event.places, grouped.places, domain, name, published)
    return msgspec.structs.replace(
        event,
        title=title,
        actors=tuple(sorted(set(ledger(event.actors)))),
        targets=tuple(sorted(set(ledger(event.targets)))),
        participants=tuple(sorted(set(ledger(event.participants)))),
    )
