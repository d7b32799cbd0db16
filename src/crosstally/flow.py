"""Composes the stages: documents in, a book out. The only place that sees them all."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import cast

import msgspec

from crosstally.around import Around, input_of
from crosstally.domain import Domain, load_domain, load_language
from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.model import Language
from crosstally.extract.document import read_document
from crosstally.judge import judge_claims, settle
from crosstally.judge.mark import with_decisions
from crosstally.link import Linked, link
from crosstally.link.echoes import echoes
from crosstally.memory import Memory
from crosstally.reconcile import (
    Balanced,
    EventInput,
    corrections,
    known_of,
    missed,
    prefer,
    preferences,
    replaced,
    situations,
    with_known,
)  # fmt: skip
from crosstally.settings import settings
from crosstally.text.segment import segment
from crosstally.values import Assignment, Book, Claim, Decision, Document, DocumentReading, Finding, Source, in_force


def read_one(document: Document, domain: Domain | None = None) -> DocumentReading:
    """One document cut and read. A language without tables is read as English where its letters allow; what is not understood is unread."""
    domain = domain or load_domain()
    limits = settings()
    language = _language(limits.around_tolerance, limits.nearly_floor)
    sentences = segment(document.text, document.title, language)
    return read_document(document, sentences, domain, language, load_gazetteer())


@lru_cache(maxsize=4)
def _language(around: float, nearly: float) -> Language:
    """English with the tolerances of the settings; the tables as they ship where these say the same."""
    language = load_language("en")
    hedges = language.tables.get("hedges", {})
    shipped = cast("Mapping[str, object]", hedges.get("tolerance", {}))
    wanted = {**shipped, "around": around, "nearly_floor": nearly}
    if wanted == shipped:
        return language
    return msgspec.structs.replace(language, tables={**language.tables, "hedges": {**hedges, "tolerance": wanted}})


def make_book(
    documents: Iterable[Document], readings: Iterable[DocumentReading], sources: Iterable[Source] = (), domain: Domain | None = None, *,
    deadline: float | None = 10.0, as_of: str | None = None, decisions: Iterable[Decision] = (), memory: Memory | None = None,
) -> Book:  # fmt: skip
    """Joins readings into events and voices, balances every event, and puts the book together. Order of documents never matters.

    ``decisions``: all of the ledger, in the order they were taken. Those in force are applied after reading, at joining and at balancing,
    whenever they were taken: ``as_of`` cuts what was published, not what a person found out about it since. ``memory``: what was balanced
    before, of which only what changed is balanced again; the book is the same without it.
    """
    domain = domain or load_domain()
    documents = tuple(sorted((d for d in documents if _by_then(d, as_of)), key=lambda d: (d.published or "", d.id)))
    ids = {d.id for d in documents}
    readings = tuple(sorted((r for r in readings if r.document in ids), key=lambda r: r.document))
    sources = _all_sources(documents, sources)
    taken = in_force(tuple(decisions))
    force, against = settle(taken)
    judged = judge_claims(readings, force, domain)
    grown = memory.grown(readings, documents, sources, domain) if memory is not None and not judged.corrected and as_of is None else None
    linked = link(judged.readings, documents, sources, domain, decisions=force, rejected=judged.rejected, growing=grown)
    claims = tuple(c for r in judged.readings for c in r.claims if c.id not in judged.rejected)
    named = {r.document: frozenset(e.id for e in r.entities) for r in readings}
    balanced, unheard = _balance_all(linked, claims, documents, sources, named, domain, deadline, as_of, force, memory or Memory())
    happening_event = {h: e.id for e in linked.events for h in e.happenings}
    book = _assemble(documents, readings, sources, linked, claims, balanced, happening_event, domain, as_of)
    return with_decisions(book, taken, judged, linked.ruled, {**against, **unheard}) if taken else book


def _by_then(document: Document, as_of: str | None) -> bool:
    """Whether a document was out at ``as_of``. A document without a date always is: it cannot be told.

    Where one of the two is a day alone, days are compared, so that a report of that day counts. A time without a zone is UTC.
    """
    then, out = _moment(as_of), _moment(document.published)
    if then is None or out is None:
        return True
    if not isinstance(then, datetime) or not isinstance(out, datetime):
        return _day(out) <= _day(then)
    return _instant(out) <= _instant(then)


def _moment(text: str | None) -> date | datetime | None:
    """A day, or a day and time; None for nothing and for what is neither."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text) if len(text) > 10 else date.fromisoformat(text)
    except ValueError:
        return None


def _day(moment: date | datetime) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _instant(moment: datetime) -> datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _all_sources(documents: tuple[Document, ...], sources: Iterable[Source]) -> tuple[Source, ...]:
    """The sources of these documents; one that is only known by its id gets it as its name."""
    known = {s.id: s for s in sources}
    return tuple(known.get(id) or Source(id=id, name=id) for id in sorted({d.source for d in documents}))


def _balance_all(
    linked: Linked, claims: tuple[Claim, ...], documents: tuple[Document, ...], sources: tuple[Source, ...],
    named: Mapping[str, frozenset[str]], domain: Domain, deadline: float | None, as_of: str | None, decisions: tuple[Decision, ...], memory: Memory,
) -> tuple[tuple[Balanced, ...], dict[str, str]]:  # fmt: skip
    """Every event balanced, in the order of events; and the preferences that found nobody to prefer, with the reason.

    ``named``: document to its own entities.
    """
    event_of = dict(linked.claim_events)
    repeats = echoes(claims, event_of, linked.lineage)
    old = replaced(documents)
    by_event: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in event_of and claim.id not in repeats and claim.document not in old:
            part_of = repeats.get(claim.part_of or "", claim.part_of)
            by_event[event_of[claim.id]].append(claim if part_of == claim.part_of else msgspec.structs.replace(claim, part_of=part_of))
    by_id = {d.id: d for d in documents}
    copies: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in repeats:
            copies[repeats[claim.id]].append(claim)
    around = Around(linked, by_id, sources, named)
    inputs = tuple(input_of(event, tuple(by_event.get(event.id, ())), copies, around) for event in linked.events)
    balanced = tuple(memory.balance(given, domain, deadline, as_of) for given in inputs)
    wanted = preferences(decisions, inputs, {id: now for id, now, _ in linked.ruled}, dict(linked.mention_entities))
    if wanted:
        balanced = tuple(prefer(given, b, wanted, domain, as_of) for given, b in zip(inputs, balanced, strict=True))
    unheard = {p.decision: "nobody named so says anything in this account" for p in wanted if not p.keys}
    copied: dict[str, list[str]] = defaultdict(list)
    for copy, original in sorted(repeats.items()):
        copied[original].append(copy)
    whole = _with_records(inputs, balanced, domain, as_of)
    whole = tuple(_told_again(b, copied) for b in whole) if copied else whole
    return (_corrected(whole, linked, claims, by_id, sources, old, domain) if old else whole), unheard


def _corrected(
    balanced: tuple[Balanced, ...], linked: Linked, claims: tuple[Claim, ...], documents: Mapping[str, Document], sources: tuple[Source, ...],
    old: Mapping[str, str], domain: Domain,
) -> tuple[Balanced, ...]:  # fmt: skip
    """What a newer version of a table's row changed, beside the other findings of its event."""
    names = {s.id: s.name for s in sources if s.name}
    documents = {i: msgspec.structs.replace(d, source=names.get(d.source, d.source)) for i, d in documents.items() if i in old}
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        told[claim.document].append(claim)
    out = []
    for event, found in zip(linked.events, balanced, strict=True):
        gone = [d for d in event.documents if d in old]
        more = tuple(f for d in gone for f in corrections(told[d], told[old[d]], event.id, documents, domain))
        out.append(msgspec.structs.replace(found, findings=(*found.findings, *more)) if more else found)
    return tuple(out)


def _told_again(balanced: Balanced, copies: Mapping[str, list[str]]) -> Balanced:
    """Claims that repeat another's words stand beside it: under the same figure, in the same reading. ``copies``: claim to what repeats it."""
    tallies = (msgspec.structs.replace(t, claims=(*t.claims, *(c for o in t.claims for c in copies.get(o, ())))) for t in balanced.tallies)
    choices = (*balanced.choices, *((c, index) for o, index in balanced.choices for c in copies.get(o, ())))
    return msgspec.structs.replace(balanced, tallies=tuple(tallies), choices=choices)


def _with_records(
    inputs: tuple[EventInput, ...], balanced: tuple[Balanced, ...], domain: Domain, as_of: str | None
) -> tuple[Balanced, ...]:
    """Record claims held against the figures of all other events."""
    known = tuple(k for given, b in zip(inputs, balanced, strict=True) for k in known_of(given.event, b.tallies))
    return tuple(
        with_known(given, b, tuple(k for k in known if k.event != given.event.id), domain, as_of=as_of)
        if any(c.measure == "record" for c in given.claims)
        else b
        for given, b in zip(inputs, balanced, strict=True)
    )


def _findings(balanced: tuple[Balanced, ...], linked: Linked) -> tuple[Finding, ...]:
    """All findings; what is of a person, not of an event, stands once, at the event that tells most."""
    weight: dict[str, int] = defaultdict(int)
    for _, event in linked.claim_events:
        weight[event] += 1
    kept: dict[tuple[str, ...], Finding] = {}
    for finding in (f for b in balanced for f in b.findings):
        key = (
            finding.kind,
            finding.entity or "",
            "" if finding.entity else finding.event or "",
            "" if finding.entity else finding.explanation,
        )
        other = kept.get(key)
        if other is None or (weight[finding.event or ""], finding.event or "") > (weight[other.event or ""], other.event or ""):
            kept[key] = finding
    return tuple(kept.values())


def _choice(claim: Claim, choices: Mapping[str, int]) -> int:
    """The reading that stands. A copy of a claim may have been read in fewer ways than the claim: then its first one does."""
    index = choices.get(claim.id, 0)
    return index if index < len(claim.readings) else 0


def _assemble(
    documents: tuple[Document, ...], readings: tuple[DocumentReading, ...], sources: tuple[Source, ...], linked: Linked, claims: tuple[Claim, ...],
    balanced: tuple[Balanced, ...], happening_event: dict[str, str], domain: Domain, as_of: str | None,
) -> Book:  # fmt: skip
    event_of, voice_of = dict(linked.claim_events), dict(linked.claim_voices)
    choice = {claim: index for b in balanced for claim, index in b.choices}
    as_read = tuple(c for r in readings for c in r.claims)
    happenings = tuple(h for r in readings for h in r.happenings)
    unread = tuple(u for r in readings for u in r.unread)
    return Book(
        sources=sources,
        documents=documents,
        claims=as_read,
        mentions=tuple(m for r in readings for m in r.mentions),
        entities=linked.entities,
        happenings=happenings,
        voices=linked.voices,
        lineage=linked.lineage,
        events=linked.events,
        event_voices=linked.event_voices,
        tallies=tuple(t for b in balanced for t in b.tallies),
        findings=(*_findings(balanced, linked), *missed(unread, claims, event_of, {d.id: d for d in documents})),
        situations=situations(linked.events, happenings, tuple(x for r in readings for x in r.links), happening_event, domain),
        unread=unread,
        assignments=tuple(Assignment(c.id, event_of.get(c.id), voice_of.get(c.id), _choice(c, choice)) for c in as_read),
        mention_entities=linked.mention_entities,
        as_of=as_of,
    )
