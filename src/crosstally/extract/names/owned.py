"""Which country a report puts the towns in that no gazetteer holds."""

from __future__ import annotations

from collections import Counter

from crosstally.domain.gazetteer import Gazetteer, fold
from crosstally.extract.names.line import Line
from crosstally.extract.names.resolution import PlaceHit
from crosstally.extract.names.words import NameWords

_OWNED = 5  # words between a country and what lies in it, at most


def owners(lines: list[Line], kept: list[PlaceHit], words: NameWords, gazetteer: Gazetteer) -> dict[str, str]:
    """Names no gazetteer holds to the country told right before them: "Yemen's Tarvo port", "the northern Lebanese village of Tarvo". Under
    the empty name, the country that most is told to be in."""
    lies_in: dict[str, str] = {}
    inside: Counter[str] = Counter()  # countries that something is told to be in
    for hit in kept:
        if gazetteer.has(hit.name):
            known = gazetteer.find(hit.name)[0]
            before = hit.a - 1
            while before >= 0 and lines[hit.line].lower[before] in words.directions:
                before -= 1
            if known.kind == "country" and lines[hit.line].low(before) in words.sure:
                inside[known.id] += 1
            continue
        line = lines[hit.line]
        for k in range(hit.a - 1, max(-1, hit.a - _OWNED), -1):
            if words.demonyms.get(line.lower[k], "").strip():
                lies_in.setdefault(fold(hit.name), words.demonyms[line.lower[k]])
                break
            if line.possessive(k):
                found = next((h for h in kept if h.line == hit.line and h.b == k), None)
                country = gazetteer.find(found.name)[:1] if found is not None else ()
                lies_in.update({fold(hit.name): c.id for c in country if c.kind == "country"})
                break
            if not (line.tokens[k].text.islower() or line.label[k] == "place"):
                break
    if inside:
        lies_in[""] = inside.most_common(1)[0][0]
    return lies_in


def personal(name: str, words: NameWords) -> bool:
    """Whether a name is a person's as well."""
    lower = name.lower()
    return lower in words.given or lower in words.surnames
