"""Reads figures of a plain text, for tests: the notation of every claim, and the claims themselves."""

from __future__ import annotations

from crosstally.domain import Domain, load_domain, load_language
from crosstally.extract.figures.read import Figures, compile_reader, read_figures
from crosstally.extract.numbers.read import read_quantities
from crosstally.text.segment import segment
from crosstally.values import Claim, Document, Mention, PersonName, Span


def read(text: str, domain: Domain | None = None, *people: str) -> Figures:
    """Figures of a text, without moments or speakers; ``people`` are the names in it."""
    language = load_language("en")
    document = Document.from_text(text)
    sentences = segment(text, "", language)
    quantities = {s.index: read_quantities(document.id, s, text, language) for s in sentences}
    names: dict[int, tuple[Mention, ...]] = {}
    for sentence in sentences:
        for name in people:
            at = text.find(name, sentence.span.start, sentence.span.end)
            if at >= 0:
                span = Span(at, at + len(name))
                names[sentence.index] = (*names.get(sentence.index, ()), Mention(document.id, span, "person", name, PersonName(name), "test"))
    reader = compile_reader(domain or load_domain(), language)
    return read_figures(document, sentences, quantities, {}, names, lambda span: (None, None, None, ""), reader)


def notation(claim: Claim) -> str:
    """``shot_down weapon=drone 60``: measure, facets, quantity."""
    quantity = claim.quantity.notation() if claim.quantity is not None else "-"
    return " ".join(part for part in (claim.measure, claim.facets.notation(), quantity) if part)


def figures(text: str, domain: Domain | None = None, *people: str) -> list[str]:
    """The notation of every claim of the text, in order of reading."""
    return [notation(c) for c in read(text, domain, *people).claims]
