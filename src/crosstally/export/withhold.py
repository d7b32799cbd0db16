"""Names of the dead and wounded, taken out of shared output unless asked for.

A name is covered character by character with U+2588, so every offset of the ledger still holds. Who is a victim follows from the reading
alone: a person named in the words, or without any role in the sentence, of a claim of human cost, who says nothing, takes part in nothing
and gives no figure. Covering too many is the safer mistake.
"""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Book, Mention, PersonName, QuoteValue, Span, decode, encode

from . import wording
from .shelf import Shelf

COVER = "█"
_RUN = re.compile(f"{COVER}+(?:\\s+{COVER}+)*")


def victims(book: Book, domain: Domain | None) -> frozenset[str]:
    """Ledger entity ids of people who are, as far as the reading tells, among the dead or wounded."""
    shelf = Shelf(book)
    heard = _heard(shelf)
    cost: defaultdict[str, list[tuple[Span, Span]]] = defaultdict(list)
    for claim in book.claims:
        if wording.measure(domain, shelf.reading(claim).measure).strand == "human_cost":
            cost[claim.document].append((claim.span, claim.sentence))
    found = {e.id for e in book.entities if any(r.role == "victim" for r in e.roles)}
    for mention in book.mentions:
        entity = shelf.entity_id(mention.entity)
        if mention.kind != "person" or entity is None or entity in heard or not isinstance(mention.value, PersonName):
            continue
        known = shelf.entities.get(entity)
        role = mention.value.role or (known.roles if known else ())
        if any(span.covers(mention.span) or (not role and sentence.covers(mention.span)) for span, sentence in cost[mention.document]):
            found.add(entity)
    return frozenset(found)


def _heard(shelf: Shelf) -> frozenset[str]:
    """People who speak or act: no victims by this rule."""
    names = {v.lower(): e.id for e in shelf.book.entities if e.kind == "person" for v in (e.name, *e.variants)}
    heard: set[str | None] = set()
    for claim in shelf.book.claims:
        if claim.speaker is not None:
            heard |= {shelf.entity_id(claim.speaker.entity), names.get(claim.speaker.name.lower())}
        heard.add(shelf.entity_id(claim.actor))
    for mention in shelf.book.mentions:
        if isinstance(mention.value, QuoteValue):
            heard |= {shelf.entity_id(mention.entity), names.get((mention.value.speaker or "").lower())}
    for happening in shelf.book.happenings:
        heard.update(shelf.entity_id(p) for p in (*happening.participants, *happening.actors))
    for event in shelf.book.events:
        heard.update(shelf.entity_id(p) for p in (*event.participants, *event.actors))
    return frozenset(h for h in heard if h)


def withhold(book: Book, domain: Domain | None) -> Book:
    """The book with victims' names covered in every text of it. The same book where there are none."""
    hidden = victims(book, domain)
    if not hidden:
        return book
    shelf = Shelf(book)
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    names: set[str] = set()
    for mention in book.mentions:
        if mention.kind == "person" and shelf.entity_id(mention.entity) in hidden:
            names.update(_names(mention))
            if not (isinstance(mention.value, PersonName) and mention.value.form in ("pronoun", "description")):
                spans[mention.document].add(mention.span)
    for entity in book.entities:
        if entity.id in hidden:
            names.update(v for v in (entity.name, *entity.variants) if len(v.split()) > 1)
    documents = tuple(msgspec.structs.replace(d, text=_cover_spans(d.text, spans[d.id])) for d in book.documents)
    covered = decode(_cover_names(encode(msgspec.structs.replace(book, documents=documents)).decode(), names), Book)
    texts = {d.id: d.text for d in covered.documents}
    return msgspec.structs.replace(
        covered,
        claims=tuple(msgspec.structs.replace(c, text=c.span.of(texts[c.document])) if c.document in texts else c for c in covered.claims),
        mentions=tuple(
            msgspec.structs.replace(m, text=m.span.of(texts[m.document])) if m.document in texts else m for m in covered.mentions
        ),
    )


def spoken(text: object) -> str:
    """Covered names as words, for eyes and for screen readers; run together across a space."""
    return _RUN.sub("[name withheld]", str(text))


def _names(mention: Mention) -> set[str]:
    """Full names alone: a surname may be shared by somebody who is no victim, and is covered where it stands."""
    value = mention.value
    return {n for n in (mention.text, value.name if isinstance(value, PersonName) else "") if len(n.split()) > 1}


def _cover_spans(text: str, spans: set[Span]) -> str:
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = _blocks("".join(characters[span.start : span.end]))
    return "".join(characters)


def _blocks(name: str) -> str:
    return "".join(ch if ch.isspace() else COVER for ch in name)


def _cover_names(text: str, names: set[str]) -> str:
    for name in sorted(names, key=lambda n: (-len(n), n)):
        written = encode(name).decode()[1:-1]
        # an escape in JSON is longer than what it stands for: names that need one are left to their spans
        if written == name:
            text = text.replace(name, _blocks(name))
    return text
