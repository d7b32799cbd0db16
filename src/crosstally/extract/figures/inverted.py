"""Predicates whose subject stands behind them or names a set: "Also injured were three boys", "six missiles were among the weapons used"."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import make
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.nouns import PERSON
from crosstally.extract.figures.scene import Candidate, Scene
from crosstally.extract.figures.syntax import Verb
from crosstally.values import WHOLE, Facets


def inverted(count: Counted, verb: Verb, scene: Scene) -> Iterable[Candidate]:
    """ "Also injured were three boys"; "among the dead were two medics" (those are a part of the dead)."""
    tokens = scene.parsed.sentence.tokens
    for trigger in reversed(scene.triggers):
        if trigger.last >= verb.first or verb.first - trigger.last > 3:
            continue
        start = trigger.first - 1
        while start >= 0 and scene.parsed.tags[start] in (syntax.DET, syntax.NUM, syntax.ADV):
            start -= 1  # "among the 64 wounded were 14 children"
        among = start >= 0 and any(t.lower in scene.grammar.words["including"] for t in tokens[max(0, start - 1) : start + 1])
        opens = all(t in (syntax.ADV, syntax.PREP, syntax.DET, syntax.SUB, syntax.COORD) for t in scene.parsed.tags[: trigger.first])
        if trigger.kind == "verb" and _among_opens(trigger.first, scene):  # "Among the weapons used were eight missiles"
            yield from make(count, trigger, "theme", "object", 0, scene)
            return
        if trigger.kind == "verb" and scene.parsed.verbs[trigger.verb].voice in ("participle", "ambiguous") and opens:
            yield from make(count, trigger, "theme", "object", 0, scene)
            return
        if trigger.kind != "verb" and among:
            yield from _members(count, trigger, scene)


def included(count: Counted, verb: Verb, scene: Scene) -> Iterable[Candidate]:
    """ "the dead included two medics", "those killed include four children": members of a set that the subject names."""
    subject = verb.first - 1
    while subject >= 0 and scene.parsed.tags[subject] == syntax.ADV:
        subject -= 1
    for trigger in scene.triggers:
        if trigger.last != subject:
            continue
        if trigger.kind != "verb":
            yield from _members(count, trigger, scene)
        elif scene.parsed.verbs[trigger.verb].voice in ("participle", "ambiguous") and _those(trigger.first, scene):
            yield from make(count, trigger, "theme", "set", 0, scene)


def fronted(count: Counted, scene: Scene) -> Iterable[Candidate]:
    """ "Of the dead, 52 were children", "of those wounded, five are in hospital": members of a set that opens the clause."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    comma = count.first - 1
    if not count.bare or comma < 2 or tokens[comma].text != ",":
        return
    for trigger in scene.triggers:
        if trigger.last != comma - 1 or trigger.kind == "verb":
            continue
        i = trigger.first - 1
        while i > 0 and (tags[i] == syntax.DET or tokens[i].lower in words["sets"]):
            i -= 1
        if i < trigger.first - 1 and tokens[i].lower in words["of"] and (i == 0 or tags[i - 1] == syntax.PUNCT):
            yield from _members(count, trigger, scene)


def _those(first: int, scene: Scene) -> bool:
    """Whether a participle at token ``first`` is said of a set: "those killed"."""
    return first > 0 and scene.parsed.sentence.tokens[first - 1].lower in scene.grammar.words["sets"]


def _members(count: Counted, trigger: Trigger, scene: Scene) -> Iterable[Candidate]:
    """The count as some of the set that a noun ("the victims") or an adjective ("the dead") names."""
    for role in ("self", "among") if trigger.kind == "noun" else ("theme",):
        for candidate in make(msgspec.structs.replace(count, noun=None), trigger, role, "set", 0, scene):
            own = count.noun.facets(PERSON) if count.noun is not None else WHOLE
            yield msgspec.structs.replace(candidate, facets=Facets({**candidate.facets, **own}))


def one_of(count: Counted, verb: Verb, scene: Scene, distance: int, penalty: float) -> Iterable[Candidate]:
    """ "six missiles were among the weapons used": what was done to the set was done to them."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    i = verb.last + 1
    if i >= len(tokens) or tokens[i].lower not in words["including"]:
        return
    for trigger in scene.triggers:
        if trigger.kind == "verb" and trigger.first > i + 1 and all(tags[j] in (syntax.NOUN, syntax.DET) for j in range(i + 1, trigger.first)):
            yield from make(count, trigger, "theme", "subject", distance, scene, penalty)
            return
        if trigger.kind != "verb" and trigger.first > i and all(tags[j] == syntax.DET for j in range(i + 1, trigger.first)):
            yield from _members(count, trigger, scene)  # "five children and two women were among the victims"
            return


def opens_clause(verb: Verb, scene: Scene) -> bool:
    """Whether nothing that could be its subject stands before a verb in its clause."""
    i = verb.first - 1
    while i >= 0 and scene.parsed.tags[i] == syntax.ADV:
        i -= 1
    return i < 0 or scene.parsed.sentence.tokens[i].text in (",", ";", ":", "–", "—", "--")


def _among_opens(stop: int, scene: Scene) -> bool:
    """Whether the words before token ``stop`` are "among the" and nouns, so that what the verb was done to stands behind "were"."""
    tags, words = scene.parsed.tags, scene.grammar.words
    start = next((i for i in range(stop) if scene.parsed.sentence.tokens[i].lower in words["including"]), None)
    return start is not None and stop - start > 2 and all(tags[i] in (syntax.NOUN, syntax.DET) for i in range(start + 1, stop))
