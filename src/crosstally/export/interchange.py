"""The interchange format, version 1: the book as one JSON object. Its schema is ``docs/schema/ledger-1.json``.

The order of every list follows from its content, never from the order in which reports were read, so equal books give equal bytes.
"""

from __future__ import annotations

from typing import Any

import msgspec

from crosstally.values import Book, Claim, Event, Finding, Mention, Place, Reading, Span, Speaker, Standing, Tally, Voice, Window, plain

from .shelf import Shelf

VERSION = 1

Record = dict[str, Any]


def as_dict(book: Book) -> Record:
    """The whole book as dicts, lists, strings and numbers.

    Claims are joined with their event, voice and chosen reading; events hold their tallies and findings; findings of no event stand at the
    top. Spans are ``[start, end]`` in code points of the document's canonical text.
    """
    shelf = Shelf(book)
    return {
        "version": VERSION,
        "as_of": book.as_of,
        "sources": [
            {"id": s.id, "name": s.name, "group": s.group, "url": s.url, "carries": s.carries, "grade": s.grade}
            for s in sorted(book.sources, key=lambda s: s.id)
        ],
        "documents": [
            {
                "id": d.id,
                "path": d.path,
                "source": d.source,
                "published": d.published,
                "language": d.language,
                "title": d.title,
                "length": len(d.text),
                "url": d.url,
                "version_of": d.version_of,
            }
            for d in sorted(book.documents, key=lambda d: d.id)
        ],
        "claims": [_claim(shelf, c) for c in sorted(book.claims, key=lambda c: (c.document, c.span, c.id))],
        "mentions": [_mention(shelf, m) for m in sorted(book.mentions, key=lambda m: (m.document, m.span, m.kind, m.text, m.rule))],
        "entities": [
            {
                "id": e.id,
                "kind": e.kind,
                "name": e.name,
                "variants": list(e.variants),
                "roles": [{"role": r.role, "claimed_by": sorted(r.claimed_by)} for r in e.roles],
                "party": e.party,
                "institution": e.institution,
                "reasons": list(e.reasons),
            }
            for e in sorted(book.entities, key=lambda e: e.id)
        ],
        "voices": [_voice(v) for v in sorted(book.voices, key=lambda v: v.id)],
        "lineage": [
            {
                "from": x.source,
                "to": x.target,
                "kind": x.kind,
                "reason": x.reason,
                "passages": [[_span(a), _span(b)] for a, b in x.passages],
            }
            for x in sorted(book.lineage, key=lambda x: (x.source, x.target, x.kind, x.reason))
        ],
        "events": [_event(shelf, e) for e in sorted(book.events, key=lambda e: e.id)],
        "situations": [
            {
                "id": s.id,
                "title": s.title,
                "events": list(s.events),
                "links": [
                    {
                        "from": x.source,
                        "to": x.target,
                        "kind": x.kind,
                        "claims": list(x.claims),
                        "words": x.words,
                        "spans": [_evidence(e.document, e.span) for e in x.evidence],
                    }
                    for x in s.links
                ],
                "strands": [{"strand": name, "events": list(events)} for name, events in s.strands],
            }
            for s in sorted(book.situations, key=lambda s: s.id)
        ],
        "findings": [_finding(f) for f in _sorted_findings(shelf.event_findings(None))],
        "decisions": [_standing(s) for s in sorted(book.decisions, key=lambda s: (s.decision.when, s.decision.id))],
        "unread": [
            {"document": u.document, "span": _span(u.span), "reason": u.reason}
            for u in sorted(book.unread, key=lambda u: (u.document, u.span, u.reason))
        ],
    }


def as_json(book: Book, indent: int = 0) -> bytes:
    """UTF-8 bytes of :func:`as_dict`. ``indent``: spaces a level, 0 for one line."""
    data = msgspec.json.encode(as_dict(book))
    return msgspec.json.format(data, indent=indent) if indent > 0 else data


def _span(span: Span) -> list[int]:
    return [span.start, span.end]


def _evidence(document: str, span: Span) -> Record:
    return {"document": document, "span": _span(span)}


def _untagged(value: object) -> Any:
    """Builtins of a value without the tag that tells our structs apart: ``kind`` of the mention says it already."""
    made = plain(value)
    if not isinstance(made, dict):
        return made
    return {key: list(v) if isinstance(v, tuple) else v for key, v in made.items() if key != "type"}


def _window(window: Window | None) -> Record | None:
    if window is None:
        return None
    return {"start": window.start, "end": window.end, "precision": window.precision, "raw": window.raw, "relative": window.relative}


def _place(place: Place | None) -> Record | None:
    return None if place is None else {"id": place.id, "name": place.name, "lat": place.lat, "lon": place.lon, "precision": place.kind}


def _speaker(shelf: Shelf, speaker: Speaker | None) -> Record | None:
    if speaker is None:
        return None
    return {"name": speaker.name, "role": speaker.role, "entity": shelf.entity_id(speaker.entity), "vague": speaker.vague}


def _standing(standing: Standing) -> Record:
    decision = standing.decision
    return {
        "id": decision.id,
        "kind": decision.kind,
        "subject": list(decision.subject),
        "now": list(standing.now),
        "who": decision.who,
        "when": decision.when,
        "why": decision.why,
        "change": dict(decision.change),
        "idle": standing.idle,
    }


def _judged(shelf: Shelf, claim: Claim) -> Record:
    """What people decided of a claim; the claim itself stays as read."""
    row = shelf.assignments.get(claim.id)
    if row is None or not row.decisions:
        return {"decisions": [], "rejected": False, "corrected": None}
    return {"decisions": list(row.decisions), "rejected": row.rejected, "corrected": _corrected(claim, row.corrected) if row.corrected else None}


def _corrected(claim: Claim, mended: Claim) -> Record:
    """The fields that a person gave another value, with that value."""
    values: Record = {
        "measure": mended.measure,
        "facets": dict(mended.facets),
        "quantity": _untagged(mended.quantity) if mended.quantity else None,
        "label": mended.label,
        "status": mended.status,
        "scope": plain(mended.scope),
        "as_of": mended.as_of,
        "said_at": mended.said_at,
        "speaker": None if mended.speaker is None else {"name": mended.speaker.name, "role": mended.speaker.role},
    }
    return {name: value for name, value in values.items() if getattr(claim, name) != getattr(mended, name)}


def _claim(shelf: Shelf, claim: Claim) -> Record:
    chosen, voice = _reading_as_read(shelf, claim), shelf.voice_of(claim)
    return {
        "id": claim.id,
        "document": claim.document,
        "span": _span(claim.span),
        "figure": _span(claim.figure) if claim.figure else None,
        "sentence": _span(claim.sentence),
        "text": claim.text,
        "measure": chosen.measure,
        "facets": dict(chosen.facets),
        "quantity": _untagged(claim.quantity) if claim.quantity else None,
        "label": claim.label,
        "readings": [{"measure": r.measure, "facets": dict(r.facets), "place": r.place, "why": r.why} for r in claim.readings],
        "status": claim.status,
        "actor": shelf.entity_id(claim.actor),
        "target": claim.target,
        "event": shelf.event_of(claim),
        "scope": plain(claim.scope),
        "place": _place(claim.place),
        "window": _window(claim.window),
        "as_of": claim.as_of,
        "said_at": claim.said_at,
        "speaker": _speaker(shelf, claim.speaker),
        "channel": claim.channel,
        "voice": voice.id if voice else None,
        "part_of": claim.part_of,
        "rule": claim.rule,
        "trace": list(claim.trace),
        "tier": claim.tier,
        **_judged(shelf, claim),
    }


def _reading_as_read(shelf: Shelf, claim: Claim) -> Reading:
    """The reading that stands; of a claim that a person corrected, the first one, as the correction is told beside it."""
    row = shelf.assignments.get(claim.id)
    if row is not None and row.corrected is not None and claim.readings:
        return claim.readings[0]
    return shelf.reading(claim)


def _mention(shelf: Shelf, mention: Mention) -> Record:
    return {
        "document": mention.document,
        "span": _span(mention.span),
        "kind": mention.kind,
        "text": mention.text,
        "entity": shelf.entity_id(mention.entity),
        "value": _untagged(mention.value),
        "rule": mention.rule,
        "cover": _span(mention.cover) if mention.cover else None,
        "number": mention.number,
    }


def _voice(voice: Voice) -> Record:
    return {
        "id": voice.id,
        "utterance": voice.utterance,
        "institution": voice.institution,
        "party": voice.party,
        "documents": sorted(voice.documents),
        "claims": sorted(voice.claims),
        "certain": voice.certain,
        "reason": voice.reason,
    }


def _tally(tally: Tally) -> Record:
    return {
        "measure": tally.measure,
        "facets": dict(tally.facets),
        "scope": plain(tally.scope),
        "low": tally.low,
        "high": tally.high,
        "latest": tally.latest,
        "best": tally.best,
        "state": tally.state,
        "claims": list(tally.claims),
        "voices": plain(tally.voices),
        "derived_from": list(tally.derived_from),
        "relation": tally.relation,
        "account": tally.account,
        "reported_low": tally.reported_low,
        "reported_high": tally.reported_high,
        "words": list(tally.words),
        "decisions": list(tally.decisions),
    }


def _finding(finding: Finding) -> Record:
    return {
        "kind": finding.kind,
        "claims": list(finding.claims),
        "explanation": finding.explanation,
        "spans": [_evidence(e.document, e.span) for e in finding.spans],
        "title": finding.title,
        "change": finding.change,
        "sum": finding.sum,
        "causes": list(finding.causes),
        "repairs": [list(r) for r in finding.repairs],
        "entity": finding.entity,
        "measure": finding.measure,
    }


def _sorted_findings(findings: Any) -> list[Finding]:
    return sorted(
        findings,
        key=lambda f: (f.kind, f.measure or "", f.title, f.claims, f.spans and (f.spans[0].document, f.spans[0].span), f.explanation),
    )


def _event(shelf: Shelf, event: Event) -> Record:
    voices = shelf.event_voices.get(event.id)
    tallies = sorted(
        shelf.event_tallies(event.id),
        key=lambda t: (t.measure, t.facets.notation(), plain(t.scope)["period"], t.scope.place or "", t.claims),
    )
    return {
        "id": event.id,
        "class": event.kind,
        "title": event.title,
        "window": _window(event.window),
        "places": list(event.places),
        "actors": list(event.actors),
        "targets": list(event.targets),
        "participants": list(event.participants),
        "status": event.status,
        "documents": sorted(event.documents),
        "voices": plain(voices) if voices else {"low": 0, "high": 0},
        "joins": [{"documents": sorted(j.documents), "reason": j.reason, "score": j.score, "refused": j.refused} for j in event.joins],
        "tallies": [_tally(t) for t in tallies],
        "findings": [_finding(f) for f in _sorted_findings(shelf.event_findings(event.id))],
        "aliases": list(event.aliases),
    }
