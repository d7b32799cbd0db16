"""The tables that event reading needs, compiled once: words of tense, link words, triggers, sides."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from crosstally.domain.model import Domain, EventClass, Language
from crosstally.extract.events.sides import Sides, sides
from crosstally.extract.events.triggers import Lexicon, lexicon

Phrases = Mapping[str, tuple[tuple[str, ...], ...]]


class Tense(msgspec.Struct, frozen=True):
    """``tense.toml`` compiled: word lists, and phrases as tuples of words by their first."""

    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]
    opens: Mapping[str, frozenset[str]]  # the first words of each list's phrases


class LinkTable(msgspec.Struct, frozen=True):
    """``links.toml`` compiled: first word -> (words, kind, apart), longest first."""

    index: Mapping[str, tuple[tuple[tuple[str, ...], str, bool], ...]]


_TENSE: dict[int, tuple[Language, Tense]] = {}
_LINKS: dict[int, tuple[Language, LinkTable]] = {}


def tense_table(language: Language) -> Tense:
    held = _TENSE.get(id(language))
    if held is None or held[0] is not language:
        table = {
            **language.tables["tense"],
            **{f"{part}.{k}": v for part in ("totals", "yardstick") for k, v in cast("Mapping[str, object]", language.tables["tense"][part]).items()},
        }
        lists = {k: cast("list[str]", v) for k, v in table.items() if isinstance(v, list)}
        phrases: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
        for name, words in lists.items():
            by_first: dict[str, list[tuple[str, ...]]] = {}
            for phrase in words:
                split = tuple(phrase.split())
                by_first.setdefault(split[0], []).append(split)
            phrases[name] = {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()}
        opens = {name: frozenset(by_first) for name, by_first in phrases.items()}
        held = _TENSE[id(language)] = (language, Tense({k: frozenset(v) for k, v in lists.items()}, phrases, opens))
    return held[1]


def link_table(language: Language) -> LinkTable:
    held = _LINKS.get(id(language))
    if held is None or held[0] is not language:
        index: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for row in cast("list[dict[str, object]]", language.tables["links"]["link"]):
            for phrase in cast("list[str]", row["words"]):
                words = tuple(phrase.split())
                index.setdefault(words[0], []).append((words, str(row["kind"]), bool(row.get("apart"))))
        ordered = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in index.items()}
        held = _LINKS[id(language)] = (language, LinkTable(ordered))
    return held[1]


class Reader(msgspec.Struct, frozen=True):
    """All tables in hand."""

    domain: Domain
    lexicon: Lexicon
    tense: Tense
    links: LinkTable
    sides: Sides


def reader(domain: Domain, language: Language) -> Reader:
    return Reader(domain, lexicon(domain, language), tense_table(language), link_table(language), sides(domain))


def phrase_at(words: Sequence[str], i: int, table: Phrases) -> int:
    """Length of the longest phrase of the table that starts at word ``i``; 0 for none."""
    for phrase in table.get(words[i], ()):
        size = len(phrase)
        if size == 1 or tuple(words[i : i + size]) == phrase:
            return size
    return 0


def has_phrase(words: Sequence[str], first: int, last: int, table: Phrases) -> bool:
    first, last = max(first, 0), min(last, len(words))
    if first >= last or table.keys().isdisjoint(words[first:last]):
        return False
    return any(words[i] in table and (n := phrase_at(words, i, table)) and i + n <= last for i in range(first, last))


def is_harm(event: EventClass) -> bool:
    """A class whose events can kill, rulings on them apart."""
    return event.violent or ("killed" in event.measures and event.strand != "courts")


def content_hash(prefix: str, *parts: object) -> str:
    """``prefix`` and ten hex digits of the parts' BLAKE2b hash."""
    return prefix + hashlib.blake2b("\x1f".join(str(p) for p in parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
