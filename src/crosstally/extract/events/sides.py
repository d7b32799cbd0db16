"""Sides of a conflict in a sentence: country names, adjectives, peoples, capitals, armed groups. One table, read with capitals."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain, is_common
from crosstally.values import Place, Token


class Side(msgspec.Struct, frozen=True):
    """A party named at tokens ``first`` .. ``last`` (inclusive)."""

    party: str
    first: int
    last: int


class Sides(msgspec.Struct, frozen=True):
    """``index``: first word (as written) -> (words, party id), longest first. ``countries``: country code -> party id.

    ``opens``: all first words in small letters.
    """

    index: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    countries: Mapping[str, str]
    names: Mapping[str, str]
    opens: frozenset[str] = frozenset()


_CACHE: dict[int, tuple[Domain, Sides]] = {}


def sides(domain: Domain) -> Sides:
    """The packs' parties, compiled once."""
    held = _CACHE.get(id(domain))
    if held is None or held[0] is not domain:
        held = _CACHE[id(domain)] = (domain, compile_sides(domain))
    return held[1]


def compile_sides(domain: Domain) -> Sides:
    index: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    countries: dict[str, str] = {}
    for party in domain.parties.values():
        for word in (*party.words, *party.bodies):
            if is_common(word):
                continue
            words = tuple(word.replace("’", "'").split())
            index.setdefault(words[0], []).append((words, party.id))
        if party.country and party.id == party.country:
            countries[party.country.lower()] = party.id
    ordered = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in index.items()}
    return Sides(ordered, countries, {p.id: p.name for p in domain.parties.values()}, frozenset(word.lower() for word in index))


def find_sides(tokens: Sequence[Token], table: Sides) -> list[Side]:
    """Every party named in a sentence, in order. A compound opens at its hyphens only at its first word ("Iranian-made", "U.S.-led")."""
    found: list[Side] = []
    i = 0
    while i < len(tokens):
        if tokens[i].lower not in table.opens:
            i += 1
            continue
        for words, party in table.index.get(tokens[i].text.replace("’", "'"), ()):
            if all(i + k < len(tokens) and tokens[i + k].text.replace("’", "'") == w for k, w in enumerate(words)):
                found.append(Side(party, i, i + len(words) - 1))
                i += len(words) - 1
                break
        i += 1
    return found


def party_of(place: Place, table: Sides) -> str | None:
    """The party whose country a place lies in, or None."""
    code = (place.country or "").lower()
    return table.countries.get(code)
