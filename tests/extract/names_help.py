"""Read the names of a few sentences, cut at full stops by hand."""

from __future__ import annotations

import re

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.language import load_language
from crosstally.domain.model import Domain
from crosstally.extract.names.read import Names, read_names
from crosstally.values import Document, Mention, Sentence, Span, Token

DOMAIN = Domain(measures={}, facets={}, relations=(), events={}, frames=(), nouns={})
_TOKEN = re.compile(r"(?:[A-Z]\.){2,}(?:-\w+)*|(?:Mr|Ms|Gen|Lt|Gov|Dr|Sgt|Miss|St|[A-Z])\.(?= [A-Z,])|\w+(?:[-'’](?!s\b)\w+)*|['’]s\b|\S")


def read(*sentences: str, id: str = "d") -> Names:
    """Names of a document of these sentences, one a paragraph."""
    text, cut = "", []
    for index, sentence in enumerate(sentences):
        start = len(text)
        text += sentence + "\n"
        tokens = tuple(
            Token(start + m.start(), start + m.end(), m.group(), m.group().lower().replace("’", "'")) for m in _TOKEN.finditer(sentence)
        )
        cut.append(Sentence(index, Span(start, start + len(sentence)), index, tokens))
    names = read_names(Document(id=id, text=text), tuple(cut), load_language("en"), DOMAIN, load_gazetteer())
    assert all(m.span.of(text) == m.text for m in names.mentions + names.nominals)
    return names


def texts(names: Names, kind: str) -> list[str]:
    return [m.text for m in names.mentions if m.kind == kind]


def the(names: Names, text: str, kind: str | None = None) -> Mention:
    return next(m for m in names.mentions if m.text == text and kind in (None, m.kind))
