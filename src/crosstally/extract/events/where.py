"""Which places of a sentence are where something happens, and which name who does it, where it is not, or another event's."""

from __future__ import annotations

from collections.abc import Sequence

from crosstally.extract.events.sides import Side, party_of
from crosstally.extract.events.tables import Reader, Tense
from crosstally.extract.events.triggers import Hit
from crosstally.values import Place, Sentence

_FAR = 50  # km or miles: what is told to be so far from a place is not there


def is_located(words: Sequence[str], i: int, tense: Tense, hits: Sequence[Hit], ends: frozenset[int] | None) -> bool:
    """Whether the place at token ``i`` is where something happens: after a locative word, or the object of an event's verb. ``ends``: for a
    name of a side, the last tokens of the sentence's places; a comma that closes none of a list parts a side from the words before it."""
    verbs = {h.last for h in hits if h.verb}
    if i and (words[i - 1] in tense.lists["by"] or _is_far(words, i, tense)):
        return False
    named = False  # "the city of NAME": where the city stands tells
    for back in range(1, 7):
        if i - back < 0:
            return named
        word = words[i - back]
        if word in tense.lists["relative"]:
            return False  # "the port, which the U.S. said was a depot": the subject of what is told of the port
        if ends is not None and word in tense.lists["betwixt"]:
            return False
        if is_going(words, i - back, tense):
            return False  # "a train to travel to the capital"
        if word in tense.lists["from_place"] or (word in tense.lists["beside"] and (back == 1 or _goes_with(words, i, back, tense))):
            return False
        if word == "," and ends is not None and i - back - 1 not in ends and words[i - back - 1] not in tense.lists["listing"]:
            return False
        if word in tense.lists["of"] and i - back and words[i - back - 1] in tense.lists["tellers"]:
            return False  # "the head of the Donetsk region says"
        if word in tense.lists["of"] and any(w in tense.lists["from_place"] for w in words[max(0, i - back - 4) : i - back]):
            return False  # "launched from the areas of Kursk and Oryol"
        if word in tense.lists["of"] and i - back and words[i - back - 1] in tense.lists["towns"]:
            named = True
            continue
        if word in tense.lists["locative"] or (i - back) in verbs:
            return True
        if back > 1 and word in (".", ";", ":"):
            return named
    return named


def is_going(words: Sequence[str], i: int, tense: Tense) -> bool:
    """Whether the word at ``i`` leads to where somebody travels: "a train |to the capital", "a plane bound |for Honolulu"."""
    return words[i] in tense.lists["toward_place"] and any(w in tense.lists["going"] for w in words[max(0, i - 4) : i])


def _goes_with(words: Sequence[str], i: int, back: int, tense: Tense) -> bool:
    """ "the border with Poland", at the place's token ``i``."""
    return back == 2 and words[i - 1] in tense.lists["beside_with"]


def _is_far(words: Sequence[str], i: int, tense: Tense) -> bool:
    """ "500 km west of the capital": where it is not."""
    back = i - 1
    while back >= 0 and words[back] in tense.lists["articles"]:
        back -= 1
    if back < 3 or words[back] not in ("of", "from"):
        return False
    at = next((k for k in range(back - 1, max(-1, back - 4), -1) if words[k] in tense.lists["lengths"]), -1)
    number = words[at - 1].replace(",", "") if at > 0 else ""
    return number.isdecimal() and int(number) > _FAR


def in_compound(word: str, tense: Tense) -> bool:
    """Whether a name stands in a compound of who does it ("Moscow-backed officials") or of where it goes ("a Europe-bound boat"): where
    nothing happens. "Kyiv-wide" and "the Gaza-area hospitals" are there."""
    return "-" in word and word.rsplit("-", 1)[-1] in tense.lists["no_place"]


def modifies(sentence: Sentence, i: int, j: int, tables: Reader) -> bool:
    """Whether an acronym at tokens ``i`` .. ``j`` is an adjective: "U.S. weapons", "UK officials"."""
    text = sentence.tokens[i].text.replace(".", "")
    following = sentence.tokens[j + 1] if j + 1 < len(sentence.tokens) else None
    if i != j or following is None or not (text.isupper() and len(text) <= 3):
        return False
    return following.text[:1].isalpha() and following.lower not in tables.lexicon.closed


def launches(place: Place, i: int, actors: Sequence[str], words: Sequence[str], tables: Reader) -> bool:
    """Whether a place at token ``i`` is the doer and not where it is done: "drones that Russia sent", but not "killed by Israeli fire in Haifa"."""
    if party_of(place, tables.sides) not in actors:
        return False
    within = tables.tense.lists["within"]
    return place.kind == "country" or not any(w in within for w in words[max(0, i - 3) : i])


def told_of_another(hit: Hit, i: int, hits: Sequence[Hit], named: Sequence[Side]) -> bool:
    """Whether a place behind an anchor belongs to a later one with a doer: "died in Ukrainian shelling in A and a Russian strike in B"."""
    return i > hit.head and any(
        h is not hit and not h.verb and hit.head < h.head < i and any(h.first - 3 <= s.first < h.head for s in named) for h in hits
    )
