"""Reads a text's events with the real readers, for the tests beside this file."""

from __future__ import annotations

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.language import load_language
from crosstally.domain.load import load_domain
from crosstally.extract.document import read_document
from crosstally.extract.events.read import Telling, attach, read_happenings
from crosstally.extract.moments.read import read_moments
from crosstally.extract.names.read import read_names
from crosstally.extract.numbers.read import read_quantities
from crosstally.text.segment import segment
from crosstally.values import Claim, Document, DocumentReading, Facets, Happening, Mention, Quantity, Span

PUBLISHED = "2024-03-14"  # a Thursday


def mentions(document: Document) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    language, domain = load_language("en"), load_domain()
    sentences = segment(document.text, document.title, language)
    found: list[Mention] = []
    for sentence in sentences:
        if sentence.furniture is None:
            found += read_quantities(document.id, sentence, document.text, language)
            found += read_moments(document.id, sentence, document.text, language, document.published)
    names = read_names(document, sentences, language, domain, load_gazetteer())
    return (*found, *names.mentions), names.nominals


def tell(text: str, published: str | None = PUBLISHED) -> Telling:
    document = Document.from_text(text, id="d", published=published)
    language, domain = load_language("en"), load_domain()
    found, nominals = mentions(document)
    return read_happenings(document, segment(text, "", language), found, nominals, domain, language)


def read(text: str, published: str | None = PUBLISHED) -> DocumentReading:
    """A text read by every reader, speakers included."""
    document = Document.from_text(text, id="d", published=published)
    language = load_language("en")
    return read_document(document, segment(text, "", language), load_domain(), language, load_gazetteer())


def figure(
    text: str, number: str, measure: str, published: str | None = PUBLISHED, facets: Facets | None = None
) -> tuple[Claim, Happening]:
    """A claim on the words ``number`` attached to its happening."""
    document = Document.from_text(text, id="d", published=published)
    language, domain = load_language("en"), load_domain()
    sentences = segment(text, "", language)
    found, nominals = mentions(document)
    telling = read_happenings(document, sentences, found, nominals, domain, language)
    start = text.index(number)
    span = Span(start, start + len(number))
    sentence = next(s for s in sentences if s.span.covers(span))
    raw = Claim("c", "d", span, sentence.span, number, measure, facets or Facets(), figure=span, quantity=Quantity(1, 1, raw=number))
    (claim,) = attach((raw,), telling, sentences, found, domain)
    return claim, next(h for h in telling.happenings if h.id == claim.happening)


def of_kind(telling: Telling, kind: str) -> list[Happening]:
    return [h for h in telling.happenings if h.kind == kind]
