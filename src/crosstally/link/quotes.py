"""The same words of one person, quoted by several reports, in one translation or another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from crosstally.values import DocumentReading, Entity, Evidence, Mention, QuoteValue

from . import names
from .lineage import _WORD
from .tables import common_words

_SHORTEST = 4  # words
_ALIKE = 78  # rapidfuzz's partial ratio of the shorter in the longer
_TRANSLATED = 0.6  # share of content words, for other renderings


class QuoteGroup(msgspec.Struct, frozen=True):
    """``speaker``: ledger entity id, empty where nobody is named; ``text``: the longest form."""

    speaker: str
    text: str
    spans: tuple[Evidence, ...]


class _Quote(msgspec.Struct, frozen=True):
    document: str
    mention: Mention
    speaker: str
    text: str
    words: tuple[str, ...]
    content: frozenset[str]


def match_quotes(readings: Iterable[DocumentReading], entities: Iterable[Entity], mention_entities: Mapping[str, str]) -> tuple[QuoteGroup, ...]:
    """Groups over two documents or more, by speaker and text."""
    known = {e.id: e for e in entities}
    by_speaker: dict[str, list[_Quote]] = {}
    for reading in readings:
        for quote in _quotes(reading, known, mention_entities):
            by_speaker.setdefault(quote.speaker, []).append(quote)
    groups: list[QuoteGroup] = []
    for speaker in sorted(by_speaker):
        quotes = sorted(by_speaker[speaker], key=lambda q: (q.document, q.mention.span))
        parent = list(range(len(quotes)))

        def root(i: int, parent: list[int] = parent) -> int:
            while parent[i] != i:
                i = parent[i]
            return i

        for i, j in _worth_comparing(quotes):
            if root(i) != root(j) and _same(quotes[i], quotes[j], bool(speaker)):
                low, high = sorted((root(i), root(j)))
                parent[high] = low
        members: dict[int, list[_Quote]] = {}
        for i, quote in enumerate(quotes):
            members.setdefault(root(i), []).append(quote)
        for group in members.values():
            if len({q.document for q in group}) > 1:
                text = max((q.text for q in group), key=lambda t: (len(t), t))
                groups.append(QuoteGroup(speaker, text, tuple(Evidence(q.document, q.mention.span) for q in group)))
    return tuple(sorted(groups, key=lambda g: (g.speaker, g.text)))


def _quotes(reading: DocumentReading, known: Mapping[str, Entity], mention_entities: Mapping[str, str]) -> Iterable[_Quote]:
    for mention in reading.mentions:
        if mention.kind != "quote" or not isinstance(mention.value, QuoteValue):
            continue
        words = tuple(m.group().lower() for m in _WORD.finditer(mention.text))
        if len(words) < _SHORTEST:
            continue
        speaker = mention_entities.get(mention.entity or "", "")
        if not speaker and mention.value.speaker:
            speaker = _by_name(mention.value.speaker, reading, mention_entities)
        if speaker and known.get(speaker) is None:
            speaker = ""
        yield _Quote(reading.document, mention, speaker, mention.text, words, frozenset(words) - common_words())


def _by_name(name: str, reading: DocumentReading, mention_entities: Mapping[str, str]) -> str:
    for entity in sorted(reading.entities, key=lambda e: e.id):
        if entity.kind in ("person", "body") and (name == entity.name or name in entity.variants or names.same_person_name(name, entity.name)):
            return mention_entities.get(entity.id, "")
    return ""


def _worth_comparing(quotes: list[_Quote]) -> list[tuple[int, int]]:
    """Pairs of different documents that share two content words in a row of the alphabet of their words, or a run of three words."""
    index: dict[tuple[str, ...], list[int]] = {}
    for i, quote in enumerate(quotes):
        content = sorted(quote.content)
        keys = {quote.words[k : k + 3] for k in range(len(quote.words) - 2)} | {(w,) for w in content if len(w) > 4}
        for key in keys:
            index.setdefault(key, []).append(i)
    pairs = {(i, j) for found in index.values() if len(found) <= 50 for x, i in enumerate(found) for j in found[x + 1 :]}
    return sorted((i, j) for i, j in pairs if quotes[i].document != quotes[j].document)


def _same(a: _Quote, b: _Quote, named: bool) -> bool:
    from rapidfuzz.fuzz import partial_ratio, ratio

    short, long = sorted((a, b), key=lambda q: (len(q.words), q.words))
    one, other = " ".join(short.words), " ".join(long.words)
    floor = _ALIKE if named else 92
    if partial_ratio(one, other) >= floor + (0 if len(short.words) >= 6 else 12):
        return True
    if not named or len(short.words) < 6 or not short.content:
        return False
    shared = sum(any(w == v or (len(w) > 4 and ratio(w, v) >= 80) for v in long.content) for w in short.content)
    return shared >= 3 and shared / len(short.content) >= _TRANSLATED and len(long.words) <= 3 * len(short.words)
