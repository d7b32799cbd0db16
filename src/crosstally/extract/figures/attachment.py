"""The one attachment step: which predicate a count hangs on, and in which slot.

For every count the possible governors are listed with a score and a reason (``Candidate``): the verb it is object or subject of, the
adjective beside it, the noun it is, the preposition it hangs on, the count it is a part of. The pack's slots decide what fits; the best
fit becomes the default reading, the others stay as alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.extract.figures.ages import says_age
from crosstally.extract.figures.beside import beside
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import most_counted, noun_before
from crosstally.extract.figures.governors import left_of, right_of
from crosstally.extract.figures.individuals import MULTIPLE
from crosstally.extract.figures.inverted import fronted
from crosstally.extract.figures.kin import PART, Chosen, antecedent_of, gapped, joined_low, part_of, whole_of
from crosstally.extract.figures.scene import Candidate, Scene
from crosstally.extract.figures.told_of_set import moved_from, of_the_set, told_with
from crosstally.values import Facets

_MODIFIES = 0.2  # what a participle loses beside the verb that its noun is object of


def candidates(count: Counted, scene: Scene, chosen: Chosen) -> tuple[Candidate, ...]:
    """All fits of a count, best first. ``chosen`` holds what earlier counts of the sentence (and the sentence before, under -1) got."""
    if count.bare and says_age(count, scene):
        return ()
    found: list[Candidate] = []
    found += beside(count, scene)
    if count.number.rule == MULTIPLE:
        return tuple(found)
    found += part_of(count, scene, chosen)
    found += whole_of(count, scene, chosen)
    group = next(g for g in scene.groups if count.index in g)
    first, last = scene.counts[group[0]], scene.counts[group[-1]]
    if count.is_whole:
        first = count
    if count.whole is not None:  # "12 out of 15 missiles, as well as two drones, were destroyed": one subject
        last = scene.counts[next(g for g in scene.groups if count.whole in g)[-1]]
        last = last if last.index > count.index else count
    found += fronted(count, scene)
    found += left_of(count, first, scene)
    found += right_of(count, last, scene)
    found += joined_low(count, scene, chosen)
    if not found:
        found += told_with(count, last, scene)
    if not found:
        found += moved_from(count, scene, chosen)
    if not found:
        found += of_the_set(count, scene)
    if not found:
        found += gapped(count, scene, chosen)
    if any(c.way == "object" and not _small_clause(c, scene) for c in found):  # "intercepted two drones fired from": the main verb is surer
        found = [msgspec.structs.replace(c, score=c.score - _MODIFIES) if c.way == "participle" else c for c in found]
    best: dict[tuple[str, Facets], Candidate] = {}
    for candidate in _elliptical(found, count, scene, chosen):
        key = (candidate.measure, candidate.facets)
        if key not in best or best[key].score < candidate.score:
            best[key] = candidate
    return tuple(sorted(best.values(), key=lambda c: (-c.score, c.measure, c.facets)))


def _small_clause(candidate: Candidate, scene: Scene) -> bool:
    """ "saw 20 drones destroyed": the verb only says that the participle holds."""
    return scene.parsed.verbs[candidate.verb].lemma in scene.grammar.words["small_clause"]


def _elliptical(found: list[Candidate], count: Counted, scene: Scene, chosen: Chosen) -> Iterable[Candidate]:
    """A bare number counts what the count before it counted: "476 drones ..., including 60 downed by" is 60 drones, a part of the 476."""
    tokens = scene.parsed.sentence.tokens
    part = any(t.lower in scene.grammar.words["including"] for t in tokens[max(0, count.first - 3) : count.first])
    for candidate in found:
        if count.bare and candidate.way not in ("part", "gapping", "low") and not candidate.facets:
            wholes = {i: c for i, c in chosen.items() if c[0].way != PART}  # "another 208 were lost": of the targets, not of the part named last
            index = antecedent_of(count, scene, wholes, same_class=False)
            noun = (
                (most_counted(scene.counts[index], scene).noun or noun_before(count, scene))
                if index is not None
                else scene.before.noun
                if scene.before is not None and count.of_them
                else None
            )
            if noun is None and index is not None and candidate.whole is not None and chosen[index][0].measure == candidate.whole:
                candidate = msgspec.structs.replace(candidate, facets=chosen[index][0].facets)  # "drone launches reached 45, with 38 downed"
            if noun is not None:
                for trigger_frame, slot in ((f, s) for t in scene.triggers for f in t.frames for s in f.slots if f.name == candidate.frame):
                    if slot.measure == candidate.measure and noun.is_a(slot.noun) and trigger_frame.whole is not None:
                        candidate = msgspec.structs.replace(
                            candidate,
                            facets=noun.facets(slot.noun),
                            antecedent=(index if index is not None else -1) if part or count.of_them else candidate.antecedent,
                        )
                        break
        yield candidate
