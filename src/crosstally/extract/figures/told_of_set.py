"""Counts of a set that the sentence tells with no verb of its own: "with 40 people in the valley still missing", "Of the dead, 105 were in one
town", "down from an earlier count of 222"."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import make
from crosstally.extract.figures.kin import Chosen, antecedent_of, inherit
from crosstally.extract.figures.scene import Candidate, Scene

_WITH_REACH = 14  # tokens between a number behind "with" and what is said of it
_OPENING = 9  # tokens of a set that a sentence opens with, at most
_BACK = 7  # tokens between "down from" and its number, at most
_BORDERS = (syntax.SUB, syntax.COORD, syntax.NUM)


def told_with(count: Counted, last: Counted, scene: Scene) -> Iterable[Candidate]:
    """ "..., with at least 40 people in the valley still missing": a phrase with no verb of its own."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    i = count.first - 1
    while i >= 0 and tags[i] in (syntax.DET, syntax.ADV):
        i -= 1
    if i < 0 or tokens[i].lower not in words["absolute"]:
        return
    for i in range(last.last + 1, min(len(tokens), last.last + _WITH_REACH)):
        said = next((t for t in scene.triggers if t.first == i and t.kind != "noun"), None)
        if said is not None and (said.kind == "adjective" or scene.parsed.verbs[said.verb].voice in ("participle", "ambiguous")):
            yield from make(count, said, "theme", "adjective", i - last.last, scene)
            return
        if tags[i] in _BORDERS or tags[i] == syntax.PUNCT or tokens[i].lower in words["absolute"]:
            return
        if scene.parsed.verb_at[i] >= 0 and tokens[i].lower not in words["thought"]:
            return


def of_the_set(count: Counted, scene: Scene) -> Iterable[Candidate]:
    """ "Of the dead, 105 were in one town and 52 in another": the set stands first, and what is said behind tells where, not what befell."""
    tokens, words = scene.parsed.sentence.tokens, scene.grammar.words
    if not count.bare or not tokens or tokens[0].lower not in words["of"]:
        return
    comma = next((i for i in range(1, min(_OPENING, len(tokens))) if tokens[i].text == ","), None)
    if comma is None or count.first <= comma or any(c.last < comma and not c.article for c in scene.counts):
        return
    for said in scene.triggers:
        if said.kind == "adjective" and said.last < comma and comma - said.last <= 2:
            yield from make(count, said, "theme", "set", 0, scene)
            return


def moved_from(count: Counted, scene: Scene, chosen: Chosen) -> Iterable[Candidate]:
    """ "211 are missing, down from an earlier count of 222": of what the number before it counts."""
    if not is_moved_from(count, scene):
        return
    antecedent = antecedent_of(count, scene, chosen, same_class=False)
    if antecedent is not None:
        yield from inherit(count, antecedent, scene, chosen, "gapping")


def is_moved_from(count: Counted, scene: Scene) -> bool:
    return moved(count.first, tuple(t.lower for t in scene.parsed.sentence.tokens), scene.grammar.words)


def moved(first: int, lowers: tuple[str, ...], words: Mapping[str, frozenset[str]]) -> bool:
    """Whether a number at token ``first`` is what a count moved from: "up from 31", "down from an earlier count of 222"."""
    small = words["of"] | words["first_of"] | words["counts_told"] | words["articles_before"]
    i = first - 1
    while i > first - _BACK and i > 0 and lowers[i] in small:
        i -= 1
    return i > 0 and lowers[i] in words["up_from"] and lowers[i - 1] in words["moved"]
