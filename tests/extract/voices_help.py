"""Read a text's quotes and attributions the way the flow does, and print them in one line each."""

from __future__ import annotations

from functools import lru_cache

from crosstally.domain.gazetteer import Gazetteer, load_gazetteer
from crosstally.domain.language import load_language
from crosstally.domain.load import load_domain
from crosstally.domain.model import Domain, Language
from crosstally.extract.names.read import read_names
from crosstally.extract.speakers.quotes import read_quotes
from crosstally.extract.speakers.read import attribute, speaker_of
from crosstally.extract.speakers.told import Attribution, Voiced
from crosstally.text.segment import segment
from crosstally.values import Document, Mention, QuoteValue, Span


@lru_cache(maxsize=1)
def _world() -> tuple[Language, Domain, Gazetteer]:
    return load_language("en"), load_domain(), load_gazetteer()


def quotes_in(text: str) -> list[Mention]:
    """Quotes without their speakers."""
    language, _, _ = _world()
    document = Document.from_text(text)
    return list(read_quotes(document, segment(text, "", language), language))


def voiced(text: str, title: str = "") -> Voiced:
    """Attributions and quotes of a text."""
    language, domain, gazetteer = _world()
    document = Document.from_text(text, title=title)
    sentences = segment(text, title, language)
    names = read_names(document, sentences, language, domain, gazetteer)
    return attribute(document, sentences, names.mentions, names.entities, read_quotes(document, sentences, language), language)


def behind(text: str, words: str, title: str = "") -> Attribution | None:
    """Who stands behind the first ``words`` of the text."""
    start = text.index(words)
    return speaker_of(voiced(text, title).attributions, Span(start, start + len(words)))


def who(text: str, words: str, title: str = "") -> str | None:
    """Name of who stands behind ``words``, or None."""
    found = behind(text, words, title)
    return found.speaker.name if found is not None else None


def quoted(text: str) -> list[tuple[str, str | None]]:
    """Each quote's words and its speaker."""
    return [(m.text, m.value.speaker if isinstance(m.value, QuoteValue) else None) for m in voiced(text).quotes]
