"""Independent origins behind claims: who spoke, told as utterance, institution and party.

A voice is one institution speaking of one event. Ten outlets that quote one command are one voice; copied text keeps the voice of the text
it was copied from; an unnamed body beside a named one with the same figure adds none; an outlet that names nobody may repeat any of the
others, so it is a voice that is not certain, and a count of voices becomes a range.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain import Domain
from crosstally.domain.model import is_common
from crosstally.values import Claim, Count, Document, Entity, Lineage, Source, Span, Voice

from .entities import body_key, party_words
from .ids import LATE, short
from .lineage import Carried
from .named import Named


class Heard(msgspec.Struct, frozen=True):
    """``claim_voices`` pairs of claim id and voice id; ``event_voices`` pairs of event id and count.

    Where an event has figures, its count is of the voices behind them: a quoted opinion adds none."""

    voices: tuple[Voice, ...]
    claim_voices: tuple[tuple[str, str], ...]
    event_voices: tuple[tuple[str, Count], ...]


class _Origin(msgspec.Struct, frozen=True):
    """What a claim rests on. ``key`` is equal for equal origins."""

    key: str
    institution: str
    party: str | None
    certain: bool
    reason: str


class _Context(msgspec.Struct, frozen=True):
    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    entities: Mapping[str, Entity]
    mention_entities: Mapping[str, str]
    carried: Mapping[str, Carried]
    lineage: Mapping[str, tuple[Lineage, ...]]
    parties: Mapping[str, str]
    institutions: Mapping[frozenset[str], tuple[str, str, bool]]
    named: Named


def hear(
    claims: Iterable[Claim],
    claim_events: Mapping[str, str],
    documents: Mapping[str, Document],
    sources: Mapping[str, Source],
    entities: Iterable[Entity],
    mention_entities: Mapping[str, str],
    lineage: Iterable[Lineage],
    carried: Mapping[str, Carried],
    domain: Domain,
    named: Named | None = None,
) -> Heard:
    """Voices of all claims, event by event. Claims of no event share one unnamed group. ``named``: the parties of the documents, where known."""
    by_source: dict[str, list[Lineage]] = {}
    for line in lineage:
        if line.kind != "agency":
            by_source.setdefault(line.source, []).append(line)
    named = named or Named(documents, party_words(domain))
    parties = named.parties
    context = _Context(
        documents=documents,
        sources=sources,
        entities={e.id: e for e in entities},
        mention_entities=mention_entities,
        carried=carried,
        lineage={k: tuple(sorted(v, key=lambda x: x.target)) for k, v in by_source.items()},
        parties=parties,
        institutions={
            body_key(name, parties): (body, party.id, is_common(name)) for party in domain.parties.values() for name, body in party.bodies.items()
        },
        named=named,
    )
    by_event: dict[str, list[Claim]] = {}
    for claim in claims:
        by_event.setdefault(claim_events.get(claim.id, ""), []).append(claim)
    voices: list[Voice] = []
    claim_voices: list[tuple[str, str]] = []
    counts: list[tuple[str, Count]] = []
    for event in sorted(by_event):
        found = _voices_of(event, by_event[event], context)
        voices += found
        claim_voices += [(c, v.id) for v in found for c in v.claims]
        if event:
            figures = {c.id for c in by_event[event] if c.quantity is not None}
            counts.append((event, count([v for v in found if figures.intersection(v.claims)] or found)))
    return Heard(tuple(voices), tuple(sorted(claim_voices)), tuple(counts))


def count(voices: Iterable[Voice]) -> Count:
    """``low`` certain voices (one, if there are only uncertain ones), ``high`` all."""
    found = list(voices)
    certain = sum(v.certain for v in found)
    return Count(max(certain, 1) if found else 0, len(found))


def _voices_of(event: str, claims: list[Claim], context: _Context) -> list[Voice]:
    ordered = sorted(claims, key=lambda c: (_published(c, context), c.document, c.span.start, c.id))
    named = {c.id: _named(c, context) for c in ordered}
    origins: dict[str, _Origin] = {i: o for i, o in named.items() if o is not None}
    told: dict[tuple[object, ...], list[tuple[str, Claim]]] = {}
    for claim in ordered:
        if claim.id in origins and (figure := _figure(claim)) is not None:
            told.setdefault(figure, []).append((claim.id, claim))
    for claim in ordered:
        if claim.id not in origins:
            origins[claim.id] = _unnamed(claim, told.get(_figure(claim) or (), []), origins, context)
    groups: dict[str, list[Claim]] = {}
    for claim in ordered:
        groups.setdefault(origins[claim.id].key, []).append(claim)
    out = []
    for key, group in groups.items():
        first = origins[group[0].id]
        out.append(
            Voice(
                id=short("v", event, key),
                utterance=_utterance(group, first, context),
                institution=first.institution,
                party=first.party,
                documents=tuple(sorted({c.document for c in group})),
                claims=tuple(c.id for c in group),
                certain=first.certain,
                reason=_reason(group, first, origins),
            )
        )
    return sorted(out, key=lambda v: (not v.certain, v.institution, v.id))


def _published(claim: Claim, context: _Context) -> str:
    document = context.documents.get(claim.document)
    return document.published if document and document.published else LATE


def _figure(claim: Claim) -> tuple[object, ...] | None:
    """What two claims share when they give the same figure."""
    if claim.quantity is None:
        return None if claim.label is None else (claim.measure, claim.facets, claim.label)
    return (
        claim.measure,
        claim.facets,
        claim.quantity.low,
        claim.quantity.high,
        claim.quantity.raw if not claim.quantity.is_number else "",
    )


def _named(claim: Claim, context: _Context) -> _Origin | None:
    """The institution of a named speaker, or None for a vague one or nobody."""
    speaker = claim.speaker
    if speaker is None or speaker.vague:
        return None
    entity = context.entities.get(context.mention_entities.get(speaker.entity or "", ""))
    texts = [speaker.name, *((speaker.role,) if speaker.role else ())]
    if entity is not None:
        texts += [entity.name, *(r.role for r in entity.roles)]
    # Copied words are read where they were first printed: a trimmed copy may have lost the word that says whose air force it is.
    institution, party = _institution(texts, _root(claim.document, claim.span, context)[0], context)
    if entity is not None:
        party = entity.party or party
        # The pack's own name goes first: "the air force" of one report and "Ukraine's air force" of the next are one institution.
        institution = institution or entity.institution
    if institution is None:
        institution = entity.name if entity is not None else speaker.name
        # A person whose body is not known is a voice of their own; a body is itself.
        key = f"entity {entity.id}" if entity is not None else f"name {' '.join(sorted(body_key(speaker.name, context.parties)))}"
    else:
        key = f"institution {institution} {party or ''}"
    return _Origin(key, institution, party, True, "")


def _institution(texts: Iterable[str], document: str, context: _Context) -> tuple[str | None, str | None]:
    """The pack's institution that a name or role speaks for, whole or as part of the words ("air force spokesman"). One that every side has
    is a party's only where the document names the party."""
    for text in texts:
        words = body_key(text, context.parties)
        inside = [(key, value) for key, value in context.institutions.items() if key == words or (len(key) >= 2 and key <= words)]
        fitting = [(key, value) for key, value in inside if not value[2] or value[1] in words or context.named.holds(document, value[1])]
        if fitting:
            return max(fitting, key=lambda kv: (kv[0] == words, len(kv[0]), kv[1]))[1][:2]
    return None, None


def _unnamed(claim: Claim, same: list[tuple[str, Claim]], origins: Mapping[str, _Origin], context: _Context) -> _Origin:
    """Where a claim of a vague body, or of nobody, may come from."""
    vague = claim.speaker.name if claim.speaker is not None else None
    root, reason = _root(claim.document, claim.span, context)
    own = [(i, c) for i, c in same if c.document in (claim.document, root)]
    if own:
        origin = origins[own[0][0]]
        return msgspec.structs.replace(origin, reason=f"the same report gives the figure from {origin.institution}")
    if vague and same:
        party = _institution([vague], root, context)[1] or _party_in(vague, context)
        fitting = [(i, c) for i, c in same if party is None or origins[i].party in (party, None)]
        if fitting:
            origin = origins[min(fitting, key=lambda ic: (origins[ic[0]].party != party, origins[ic[0]].key))[0]]
            return msgspec.structs.replace(origin, reason=f"“{vague}” gives the same figure as {origin.institution} and names nobody")
    agency = context.carried.get(root) or context.carried.get(claim.document)
    if agency is not None:
        return _Origin(f"agency {agency.agency}", agency.name, None, False, agency.reason if not reason else f"{reason}; {agency.reason}")
    document = context.documents.get(root)
    source = context.sources.get(document.source) if document else None
    group = (source.group or source.id) if source else (document.source if document else root)
    label = (source.name or source.id) if source else group
    if group == "unknown":
        # Nobody knows who published it, so nothing joins it to another of unknown publisher.
        group, label = f"document {root}", "an unknown publisher"
    if vague:
        party = _party_in(vague, context)
        return _Origin(f"vague {party or ''} {group}", f"{vague}, not named", party, False, reason or f"“{vague}” names nobody, as told by {label}")
    return _Origin(f"outlet {group}", f"{label}, no source named", None, False, reason or f"{label} names no source: it may repeat any other")


def _party_in(text: str, context: _Context) -> str | None:
    found = {context.parties[w] for w in (x.lower().replace("’s", "").replace("'s", "") for x in text.split()) if w in context.parties}
    return found.pop() if len(found) == 1 else None


def _root(document: str, span: Span, context: _Context) -> tuple[str, str]:
    """The document whose text the words at ``span`` were copied from, followed to its origin, and why."""
    reason, seen = "", {document}
    while True:
        step = None
        for line in context.lineage.get(document, ()):
            for here, there in line.passages:
                if here.overlaps(span) and line.target not in seen:
                    shift = there.start - here.start
                    step = (line.target, Span(max(there.start, span.start + shift), max(there.start + 1, min(there.end, span.end + shift))))
                    reason = reason or f"text shared with {line.target}"
                    break
            if step:
                break
        if step is None:
            return document, reason
        document, span = step
        seen.add(document)


def _utterance(group: list[Claim], origin: _Origin, context: _Context) -> str:
    """The posts and briefings behind the claims, in order of time."""
    said: list[str] = []
    for claim in group:
        who = claim.speaker.name if claim.speaker is not None and not claim.speaker.vague else ""
        when = (claim.said_at or "")[:10]
        words = " ".join(x for x in (who or origin.institution, f"on {claim.channel}" if claim.channel else "", when) if x)
        if words not in said:
            said.append(words)
    return "; ".join(said[:4])


def _reason(group: list[Claim], first: _Origin, origins: Mapping[str, _Origin]) -> str:
    documents = len({c.document for c in group})
    reasons = sorted({origins[c.id].reason for c in group if origins[c.id].reason})
    if first.certain:
        lead = f"{documents} reports rest on {first.institution}: one voice" if documents > 1 else f"{first.institution} is named"
    else:
        lead = f"{documents} reports, one origin that is not named" if documents > 1 else "nobody is named"
    return lead + ("".join(f"; {r}" for r in reasons[:3]))
