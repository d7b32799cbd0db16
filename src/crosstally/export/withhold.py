"""Names of the dead and wounded, taken out of shared output unless asked for.

A name is covered character by character with U+2588, so every offset of the ledger still holds. Who is a victim: ``victims``.
"""

from __future__ import annotations

import re
from collections import defaultdict

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Book, Mention, PersonName, Span, decode, encode

from .shelf import Shelf
from .victims import victims

COVER = "█"
_RUN = re.compile(f"{COVER}+(?:\\s+{COVER}+)*")


def withhold(book: Book, domain: Domain | None) -> Book:
    """The book with victims' names covered in every text of it. The same book where there are none."""
    return cover(book, victims(book, domain))


def cover(book: Book, hidden: frozenset[str]) -> Book:
    """The book with the names of the entities ``hidden`` covered in every text of it; ``book`` may be part of the one they were told from."""
    shelf = Shelf(book)
    spans: defaultdict[str, set[Span]] = defaultdict(set)
    names: set[str] = set()
    for mention in book.mentions if hidden else ():
        if mention.kind == "person" and shelf.entity_id(mention.entity) in hidden:
            names.update(_names(mention))
            if not (isinstance(mention.value, PersonName) and mention.value.form in ("pronoun", "description")):
                spans[mention.document].add(mention.span)
    for entity in book.entities:
        if entity.id in hidden:
            names.update(v for v in (entity.name, *entity.variants) if len(v.split()) > 1)
    if not spans and not names:
        return book
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
    """Every name covered in one pass, the longest first where several begin at one place."""
    import ahocorasick

    automaton = ahocorasick.Automaton()
    for name in names:
        # an escape in JSON is longer than what it stands for: names that need one are left to their spans
        if name and encode(name).decode()[1:-1] == name:
            automaton.add_word(name, name)
    if not len(automaton):
        return text
    automaton.make_automaton()
    pieces, done = [], 0
    for end, name in automaton.iter_long(text):
        start = end + 1 - len(name)
        pieces += [text[done:start], _blocks(name)]
        done = end + 1
    return "".join((*pieces, text[done:]))
