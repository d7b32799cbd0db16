"""What crosstally reads in one text: the only module of the bench that knows the stages. Imports them on first use."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from bench.accuracy.scores import Range

if TYPE_CHECKING:
    from crosstally.values import Document, DocumentReading


T = TypeVar("T")
# Texts on which a reader raised, since the command last emptied it: reading must never raise, so each is told and fails the run.
CRASHES: list[str] = []


def guarded(what: str, work: Callable[[], T], nothing: T) -> T:
    """What the work gives; where it raises, nothing, and a line in ``CRASHES``: one text must not cost the measure of all others."""
    try:
        return work()
    except Exception as crash:
        trace = crash.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        where = f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}" if trace is not None else "?"
        CRASHES.append(f"{what}: {type(crash).__name__} at {where}")
        return nothing


def document(text: str, *, id: str = "doc", published: str | None = None, source: str = "unknown", title: str = "") -> Document:
    """A document in hand. ``published`` that is no ISO time is dropped: a corpus may hold any string."""
    from crosstally.values import Document

    try:
        return Document.from_text(text, id=id, title=title, published=published, source=source)
    except ValueError:
        return Document.from_text(text, id=id, title=title, source=source)


def read(document: Document) -> DocumentReading:
    """Everything read in one document; nothing where reading it raises."""
    from crosstally.flow import read_one
    from crosstally.values import DocumentReading

    return guarded(document.id, lambda: read_one(document), DocumentReading(document=document.id))


def attributions(document: Document) -> tuple[Any, ...]:
    """Who says what in a document (``Attribution`` values), with the spans of source, cue and words; nothing where reading it raises."""
    return guarded(document.id, lambda: _attributions(document), ())


def _attributions(document: Document) -> tuple[Any, ...]:
    from crosstally.domain import load_domain, load_language
    from crosstally.domain.gazetteer import load_gazetteer
    from crosstally.extract.names.read import read_names
    from crosstally.extract.speakers.quotes import read_quotes
    from crosstally.extract.speakers.read import attribute
    from crosstally.text.segment import segment

    language = load_language("en")
    sentences = segment(document.text, document.title, language)
    names = read_names(document, sentences, language, load_domain(), load_gazetteer())
    return attribute(document, sentences, names.mentions, names.entities, read_quotes(document, sentences, language), language).attributions


def events_of(read: Iterable[tuple[DocumentReading, Document]]) -> dict[str, str]:
    """Document to a name of the event that its chief telling belongs to, once all are taken in, one by one. Without a telling, its own id."""
    from crosstally.domain import load_domain
    from crosstally.link.growing import Growing

    growing = Growing(load_domain())
    chief: dict[str, str] = {}
    for reading, document in read:
        growing.add(reading, document)
        told = sorted(reading.happenings, key=lambda h: (not h.main, h.anchor.start, h.id))
        chief[document.id] = told[0].id if told else document.id
    event = {happening: group[0] for group in growing.groups() for happening in group}
    return {document: event.get(id, id) for document, id in chief.items()}


@lru_cache(maxsize=1)
def _weapon_terms() -> frozenset[tuple[str, ...]]:
    """Terms of weapons that the packs know, as words."""
    from crosstally.domain import load_domain

    return frozenset(tuple(term.lower().split()) for term in load_domain().nouns["weapon"].nouns)


def weapons(document: Document) -> tuple[Range, ...]:
    """Where a weapon that the packs know is named: the longest term from each word on, singular or plural, never overlapping."""
    from crosstally.domain import load_language
    from crosstally.text.segment import segment

    terms = _weapon_terms()
    longest = max(len(t) for t in terms)
    out: list[Range] = []
    for sentence in segment(document.text, document.title, load_language("en")):
        tokens, i = sentence.tokens, 0
        while i < len(tokens):
            for size in range(min(longest, len(tokens) - i), 0, -1):
                words = tuple(t.lower for t in tokens[i : i + size])
                if words in terms or (*words[:-1], words[-1].removesuffix("s")) in terms:
                    out.append((tokens[i].start, tokens[i + size - 1].end))
                    i += size - 1
                    break
            i += 1
    return tuple(out)
