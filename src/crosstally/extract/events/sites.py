"""How a place stands in a sentence: where something happens ("in Sumy"), what is aimed at ("on Kyiv"), whose it is ("Kyiv's mayor")."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import msgspec

from crosstally.extract.events.tables import Reader
from crosstally.extract.events.where import in_compound, is_going
from crosstally.values import BodyName, Mention, PersonName, Place, Sentence, Span

How = Literal["in", "on", "whose", "from"]


class Site(msgspec.Struct, frozen=True):
    """``first`` and ``last``: tokens of the name."""

    sentence: int
    span: Span
    first: int
    last: int
    place: Place
    how: How


def read_sites(
    sentence: Sentence, words: Sequence[str], placed: Sequence[tuple[int, int, Mention]], mentions: Sequence[Mention], tables: Reader
) -> tuple[Site, ...]:
    """Every place of a sentence, in order. ``placed``: first and last token, mention."""
    covers = [m.cover or m.span for m in mentions if isinstance(m.value, PersonName | BodyName)]
    ends = frozenset(last for _, last, _ in placed)
    found = []
    for first, last, mention in placed:
        place = mention.value
        assert isinstance(place, Place)
        if in_compound(words[last], tables.tense):
            continue  # "Moscow-backed officials": no place of any figure
        whose = "'s" in words[last + 1 : last + 2] or any(c.covers(mention.span) for c in covers) or _in_office(mention, mentions)
        how: How = "whose" if whose else _how(words, first, place, ends, tables)
        found.append(Site(sentence.index, mention.span, first, last, place, how))
    return tuple(found)


def _in_office(place: Mention, mentions: Sequence[Mention]) -> bool:
    """Whether a place is named in an office that stands right behind its holder: "X, the mayor of Y,"."""
    return any(
        isinstance(m.value, PersonName)
        and m.value.role is not None
        and 0 < place.span.start - m.span.end <= len(m.value.role) + 6
        and place.text in m.value.role
        for m in mentions
    )


def _how(words: Sequence[str], first: int, place: Place, ends: frozenset[int], tables: Reader) -> How:
    """By the preposition before, adjectives and "the city of" passed over; in a list, by the one before the list (``ends``: the last tokens
    of the sentence's places). "South of Beirut" and "bordering Syria" are elsewhere."""
    lists = tables.tense.lists
    if first > 1 and place.kind == "city" and words[first - 1] in lists["of"] and words[first - 2] in lists["compass"]:
        return "from"
    for i in range(first - 1, max(-1, first - 16), -1):
        word = words[i]
        if i < first - 7 and word != "," and word not in lists["listing"] and words[i + 1] not in lists["listing"]:
            break  # only a list of adjectives is as long as that: "across eastern, northern, southern and central Ukraine"
        if word in lists["within"]:
            return "in"
        if is_going(words, i, tables.tense):
            return "from"  # "a bus to the capital"
        if word in lists["from_place"] or (i == first - 1 and word in lists["beside"]):
            return "from"
        if word == "," and i - 1 not in ends and words[i - 1] not in lists["listing"]:
            break
        if word in lists["target_after"] or word in lists["object_after"]:
            return "on"
        if word in (".", ";", ":"):
            break
    return "on"


def told_at(
    sites: Sequence[Site], first: int, last: int, words: Sequence[str], listing: frozenset[str], examples: frozenset[str] = frozenset()
) -> tuple[Site | None, bool]:
    """The site of a figure at tokens ``first`` .. ``last``, and whether it is one of a list that the figure is said of as a whole.

    The place behind it, up to a comma; else the place the sentence opens with; else the nearest place before it; else one behind a comma, but
    none that is given as one of several (``examples``: "six cities, including Kyiv").
    """
    if first > 1 and words[first - 1] == "(" and (own := next((s for s in sites if s.last == first - 2), None)) is not None:
        return own, False  # "Belgorod (four drones), Kursk (one)"
    usable = [s for s in sites if s.how in ("in", "on")]
    inner = [s for s in usable if s.how == "in"] or usable
    behind = [s for s in inner if s.first > last and not _parted(words, last + 1, s.first, listing, examples)]
    front = [s for s in inner if s.last < first]
    chosen = behind[0] if behind else (front[0] if front and front[0].first <= 4 else front[-1] if front else None)
    if chosen is None:
        before = [s for s in usable if s.last < first]
        chosen = before[-1] if before else None
    if chosen is None:
        # "Tarvo has 30 dead, followed by Melb with nine": a place behind has a number of its own
        barred = {*examples, ":"}
        behind = [s for s in inner if s.first > last and not any(w in barred for w in words[last + 1 : s.first])]
        later = [s for s in behind if not any(w.isdecimal() for w in words[last + 1 : s.last + 4])]
        chosen = later[0] if later else None
    if chosen is None:
        return None, False
    chain = [chosen]
    for site in (s for s in inner if s.first > chosen.last):
        between = words[chain[-1].last + 1 : site.first]
        if len(between) > 6 or any(w.isalpha() and w not in listing for w in between):
            break
        chain.append(site)
    finest = chosen
    for site in chain[1:]:
        if site.place.within(finest.place.id):
            finest = site
        elif not finest.place.within(site.place.id) and site.place.kind != "country":
            return chosen, True
    return finest, False


def _parted(words: Sequence[str], first: int, last: int, listing: frozenset[str], examples: frozenset[str]) -> bool:
    """Whether a comma, semicolon or colon stands between, other than one of a list of adjectives ("across eastern, southern and central Ukraine"), or
    what follows is an example."""
    if any(w in examples for w in words[first:last]):
        return True
    return any(words[i] in (";", ":") or (words[i] == "," and not (i > first and words[i - 1] in listing)) for i in range(first, last))
