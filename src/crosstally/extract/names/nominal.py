"""Which capital "the capital" is: that of the side the sentence tells of, not merely of the country named most."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from crosstally.domain.gazetteer import Gazetteer
from crosstally.extract.events.clauses import by_sentence
from crosstally.values import Mention, Place, Sentence

_COMMA = 3  # characters between a description and the name behind its comma, at most


def settle_capitals(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], nominals: Sequence[Mention], gazetteer: Gazetteer
) -> tuple[Mention, ...]:
    """``nominals`` with every one that stands for a capital city turned to the capital of the place named nearest before it in its
    paragraph: "Moscow's mayor said drones flew at the capital". Where the paragraph names none it stays as read."""
    wanted = {i for i, m in enumerate(nominals) if isinstance(m.value, Place) and _capital(m.value, gazetteer) == m.value.id}
    if not wanted:
        return tuple(nominals)
    rows = by_sentence(sentences, mentions)
    out = list(nominals)
    for i in wanted:
        named = _beside(nominals[i], mentions)
        if named is not None and _capital(named, gazetteer) == named.id:  # "the capital, Sanaa"
            out[i] = msgspec.structs.replace(nominals[i], value=named, entity=named.id)
            continue
        at = next((k for k, s in enumerate(sentences) if s.span.start <= nominals[i].span.start < s.span.end), None)
        code = _country(at, nominals[i].span.start, sentences, rows) if at is not None else None
        place = gazetteer.get(gazetteer.capital(code) or "") if code is not None else None
        if place is not None:
            out[i] = msgspec.structs.replace(nominals[i], value=place, entity=place.id)
    return tuple(out)


def _beside(nominal: Mention, mentions: Sequence[Mention]) -> Place | None:
    """The place named right behind a description and its comma."""
    held = (m for m in mentions if 0 < m.span.start - nominal.span.end < _COMMA and isinstance(m.value, Place))
    return next((m.value for m in held if isinstance(m.value, Place)), None)


def _capital(place: Place, gazetteer: Gazetteer) -> str | None:
    return gazetteer.capital(place.country) if place.country else None


def _country(at: int, before: int, sentences: Sequence[Sentence], rows: Sequence[Sequence[Mention]]) -> str | None:
    """The country of the place nearest before, in this sentence or those above it in the paragraph."""
    for k in range(at, -1, -1):
        if sentences[k].paragraph != sentences[at].paragraph:
            return None
        for mention in reversed(rows[k]):
            value = mention.value
            if mention.span.start < before and isinstance(value, Place) and value.country:
                return value.country
    return None
