"""What each page's template is handed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from crosstally.export import decided, excerpts, quoted, wording
from crosstally.export.page.context import PageView
from crosstally.export.shelf import Shelf
from crosstally.export.withhold import spoken
from crosstally.judge.correct import FIELDS
from crosstally.values import Claim, Document, Entity, Finding, Mention, Place, QuoteValue, Span, Standing

from . import beside, reading
from .account import Account
from .addresses import address, anchors, path, to_claim


def event_page(account: Account, event: str, *, names: bool) -> dict[str, Any]:
    """The sheet of one event. Raises LookupError."""
    found = account.event(event)

    def make() -> dict[str, Any]:
        shelf = Shelf(account.event_book(found, names=names))
        view = PageView(shelf, account.domain, anchors(shelf, names))
        shown = shelf.events[found.id]
        return {"view": view, "v": view.sheet_of(shown), "shelf": shelf, "anchors": view.anchors, "event": shown}

    return account.kept(("sheet", found.id, names), make)


@dataclass(frozen=True, slots=True)
class DocumentText:
    document: Document
    outlet: str
    body: Markup
    claims: int
    unread: tuple[tuple[str, str, str, bool], ...]


def document_page(account: Account, document: str, other: str | None, claim: str | None, at: Span | None, *, names: bool) -> dict[str, Any]:
    """A report's text, alone or beside another. Raises LookupError."""
    if document not in account.shelf.documents:
        raise LookupError(document)
    if other is not None and (other not in account.shelf.documents or other == document):
        other = None
    ids = (document,) if other is None else (document, other)
    shelf = Shelf(account.documents_book(ids, names=names))
    both = beside.shared(shelf, account, document, other) if other else ()
    copies = beside.copied(shelf, document, other) if other else ()
    pairs = {c.id: s for s in both for c in (*s.here, *s.there)}
    chosen = shelf.claims.get(claim or "")
    query = {"beside": other, "names": "1" if names else None}
    texts = [
        _text(account, shelf, d, chosen, at if d == document else None, pairs, [c.here if d == document else c.there for c in copies], query, n)
        for n, d in enumerate(ids)
    ]
    told = [e for e in account.stock.events_of.get(document, ()) if account.shelf.event_claims(e.id)] or list(
        account.stock.events_of.get(document, ())
    )
    others = [d for d in account.shelf.in_order({d for e in told for d in e.documents}) if d != document][:60]
    return {
        "shelf": shelf,
        "texts": texts,
        "document": shelf.documents[document],
        "both": both,
        "copies": copies,
        "chosen": claim_panel(account, shelf, chosen) if chosen else None,
        "told": [shelf.events.get(e.id, e) for e in told],
        "others": [(d, account.shelf.outlet(d), wording.when(account.shelf.documents[d].published)) for d in others],
        "beside": other,
    }


def _text(
    account: Account, shelf: Shelf, document: str, chosen: Claim | None, at: Span | None, pairs: Mapping[str, beside.Shared], copies: Iterable[Span],
    query: Mapping[str, str | None], number: int,
) -> DocumentText:  # fmt: skip
    found = shelf.documents[document]
    claims = [c for c in shelf.book.claims if c.document == document]
    unread = [u for u in shelf.book.unread if u.document == document]
    names_shown = anchors(shelf)

    def entity(mention: Mention) -> str | None:
        if isinstance(mention.value, Place):
            return address(path("places", mention.value.id), {"names": query["names"]})
        id = shelf.entity_id(mention.entity)
        return address(path("people", id), {"names": query["names"]}) if id and id in shelf.entities and mention.kind in ("person", "body") else None

    links = reading.Links(
        claim=lambda c: to_claim(shelf, c.id, names_shown.claim(c.id), **query),
        entity=entity,
        says=lambda c: f"{wording.figure(account.domain, shelf.reading(c).measure, shelf.reading(c).facets)}: {excerpts.speaker(c)}",
        anchor=lambda c: names_shown.claim(c.id),
        pair=lambda c: pairs[c.id].key if c.id in pairs else None,
    )
    layers = reading.layers_of(claims, (m for m in shelf.book.mentions if m.document == document), unread, links)
    layers += [reading.Layer(c.figure or c.span, "apart", 0) for c in claims if c.id in pairs and not pairs[c.id].same]
    layers += [reading.Layer(span, "copied", 0, "also in the other report") for span in copies]
    if at is not None:
        layers.append(reading.Layer(at, "here", 6, "", None, "at"))
    lit = [chosen.sentence] if chosen is not None and chosen.document == document else []
    listed = tuple(
        (spoken(u.span.of(found.text))[:80], u.reason, address(path("documents", document), {"at": f"{u.span.start}-{u.span.end}"}, "at"), u.missed)
        for u in unread
    )
    return DocumentText(found, shelf.outlet(document), reading.render(found.text, layers, lit), len(claims), listed)


def claim_panel(account: Account, shelf: Shelf, claim: Claim) -> dict[str, Any]:
    """One claim: how it was read, by which rules, what it may also mean, and where it stands."""
    row, voice = shelf.assignments.get(claim.id), shelf.voice_of(claim)
    event = shelf.event_of(claim)
    standing = (row.corrected if row else None) or claim
    read = shelf.reading(claim)
    tallies = [t for t in account.shelf.event_tallies(event or "") if claim.id in t.claims]
    return {
        "claim": claim,
        "figure": wording.figure(account.domain, read.measure, read.facets),
        "value": wording.quantity(standing.quantity) if standing.quantity else (standing.label or "").replace("_", " "),
        "notation": standing.quantity.notation() if standing.quantity and standing.quantity.is_number else "",
        "speaker": excerpts.speaker(claim),
        "outlet": shelf.outlet(claim.document),
        "excerpt": excerpts.of_claim(shelf, claim),
        "said": wording.when(shelf.said_at(claim), True),
        "event": shelf.events.get(event or ""),
        "voice": voice,
        "rejected": bool(row and row.rejected),
        "corrected": row.corrected if row else None,
        "decided": [(s.decision.id, decided.words(shelf, s, account.domain)) for s in decided.on_claim(shelf, claim.id)],
        "readings": claim.readings,
        "read": read,
        "tallies": [
            (wording.figure(account.domain, t.measure, t.facets), wording.tally_value(t, account.shelf.tally_claims(t), account.domain), t.state)
            for t in tallies
        ],
        "fields": tuple(FIELDS),
        "preferable": claim.speaker.name if claim.speaker is not None and not (row and row.rejected) else "",
        "trace": claim.trace or ((claim.rule,) if claim.rule else ()),
    }


def entity_page(account: Account, id: str, *, names: bool) -> dict[str, Any]:
    """A person, body or place: variants, roles as given by whom, clashes, quotes, and the reports that name it. Raises LookupError."""
    if id not in account.shelf.entities:
        raise LookupError(id)
    documents = account.stock.documents_naming.get(id, ())[:200]
    tallied = tuple(dict.fromkeys(e.id for d in documents for e in account.stock.events_of.get(d, ())))
    book = account.kept(("entity", id, names), lambda: account.shown(account.stock.part(documents, tallied, (id,)), names))
    shelf = Shelf(book)
    entity = shelf.entities[id]
    view = PageView(shelf, account.domain, anchors(shelf, names))
    clashes = [f for f in book.findings if f.entity == id]
    people = [p for p in quoted.people(shelf, documents) if p.entity == id]
    seen: dict[str, list[Mention]] = {}
    for mention in book.mentions:
        if shelf.entity_id(mention.entity) == id and not isinstance(mention.value, QuoteValue):
            seen.setdefault(mention.document, []).append(mention)
    return {
        "shelf": shelf,
        "view": view,
        "entity": entity,
        "victim": id in account.hidden,
        "roles": [(r.role, list(dict.fromkeys(shelf.outlet(d) for d in shelf.in_order(r.claimed_by)))) for r in entity.roles],
        "cards": [view.card(f) for f in clashes],
        "people": people,
        "told_apart": [(s.decision.id, decided.words(shelf, s, account.domain)) for s in book.decisions if _on_person(s) and id in s.now],
        "apart": [
            (seen[d][0].entity, f"{shelf.outlet(d)}, {wording.when(shelf.documents[d].published, True) or 'undated'}") for d in shelf.in_order(seen)
        ],
        "seen": [
            (
                d,
                shelf.outlet(d),
                len(seen[d]),
                address(path("documents", d), {"at": f"{seen[d][0].span.start}-{seen[d][0].span.end}", "names": "1" if names else None}, "at"),
            )
            for d in shelf.in_order(seen)
        ],
        "events": [e for e in account.rows if id in (*e.event.participants, *e.event.actors, *e.event.targets, *e.event.places)][:40],
    }


def _on_person(standing: Standing) -> bool:
    return standing.decision.kind in ("same_person", "different_person")


def reports(account: Account, words: str) -> tuple[str, ...]:
    """Ids of the reports whose outlet and headline hold all the words, oldest first."""
    shelf, wanted = account.shelf, words.casefold().split()

    def tells(id: str) -> bool:
        spelled = f"{shelf.outlet(id)} {shelf.documents[id].title}".casefold()
        return all(w in spelled for w in wanted)

    return tuple(filter(tells, account.ordered)) if wanted else account.ordered


def entities(account: Account, kind: str, words: str, *, names: bool) -> list[tuple[Entity, int]]:
    """People, bodies and places with how many reports name each, most named first. Victims are left out unless asked for: their names are
    their own."""
    wanted = words.casefold().split()
    return [
        (entity, named)
        for entity, named, spelled in account.named
        if (not kind or entity.kind == kind) and (names or entity.id not in account.hidden) and all(w in spelled for w in wanted)
    ]


_CHOICE = 200  # entries offered to be joined with another


def alike(account: Account, entity: Entity, *, names: bool) -> list[Entity]:
    """Entries of the same kind that may be the same: those that share a word of the name first, then the most named."""
    words = {w for name in (entity.name, *entity.variants) for w in name.casefold().split()}
    found = [(e, spelled) for e, _, spelled in account.named if e.kind == entity.kind and e.id != entity.id and (names or e.id not in account.hidden)]
    near = [e for e, spelled in found if not words.isdisjoint(spelled.split())]
    return [*near, *(e for e, _ in found[:_CHOICE] if e not in near[:_CHOICE])][:_CHOICE]


def entity_address(entity: Entity) -> str:
    return path("places" if entity.kind == "place" else "people", entity.id)


def clashes_of(account: Account) -> tuple[Finding, ...]:
    return tuple(f for f in account.book.findings if f.kind in ("role_clash", "name_clash"))
