"""Predicates whose subject stands behind them or names a set: "Also injured were three boys", "six missiles were among the weapons used"."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import make
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
            for candidate in make(msgspec.structs.replace(count, noun=None), trigger, "self" if trigger.kind == "noun" else "theme", "set", 0, scene):
                own = count.noun.facets("person") if count.noun is not None else WHOLE
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
