"""The predicate right beside a count: the noun it is itself, an adjective, the event a length of time is said of."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import make, verb_roles
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.individuals import MULTIPLE
from crosstally.extract.figures.nouns import PERSON
from crosstally.extract.figures.scene import Candidate, Scene, reduced
from crosstally.extract.figures.syntax import Parsed
from crosstally.values import WHOLE, Facets


def _among(count: Counted, trigger: Trigger, scene: Scene) -> bool:
    """Whether "among the" stands between the count and the word: "12 children among the wounded"."""
    between = scene.parsed.sentence.tokens[count.last + 1 : trigger.first]
    return 1 <= len(between) <= 2 and between[0].lower in scene.grammar.words["including"]


def beside(count: Counted, scene: Scene) -> Iterable[Candidate]:
    """ "five deaths"; "two dead", "23 people injured", "14 missing"; "a triple homicide"."""
    if count.number.rule == MULTIPLE:
        for trigger in scene.triggers:
            if trigger.kind == "noun" and count.number_last < trigger.first <= count.number_last + 2:
                yield from make(msgspec.structs.replace(count, noun=None), trigger, "modifier", "self", 0, scene)
        return
    for trigger in scene.triggers:
        if (
            trigger.kind == "noun"
            and count.noun is not None
            and not count.of_set
            and (trigger.first <= count.noun.last or not count.noun.is_a(PERSON))  # "one man dead": an adjective of the man
            and trigger.last in (count.last, count.noun.last)
            and count.number_last < trigger.first
        ):
            yield from (_later(count, c, max(count.last, trigger.last) + 1, scene) for c in make(count, trigger, "self", "self", 0, scene))
        if trigger.kind == "noun" and trigger.first == count.last + 1 and scene.parsed.tags[trigger.first] == syntax.PREP:
            yield from make(count, trigger, "self", "self", 0, scene)  # "93 votes in favour"
        near = count.number_last < trigger.first <= _behind(count, scene)
        if trigger.kind == "adjective" and not count.of_set and near and not _acts(trigger, scene):
            alone = count.noun is not None and trigger.first <= count.noun.first  # "two dead": the adjective stands for the noun
            fits = tuple(make(msgspec.structs.replace(count, noun=None) if alone else count, trigger, "theme", "adjective", 0, scene))
            yield from (_later(count, c, max(count.last, trigger.last) + 1, scene) for c in fits)
        if count.of_set and count.noun is not None and trigger.kind != "verb" and count.noun.first <= trigger.first <= count.noun.last:
            bare = msgspec.structs.replace(count, noun=None)
            yield from make(bare, trigger, "self" if trigger.kind == "noun" else "theme", "set", 0, scene)
            if trigger.kind == "noun" and _are_named(count, scene):
                yield from make(bare, trigger, "among", "set", 0, scene)
        if trigger.kind != "verb" and _among(count, trigger, scene):  # "12 children among the wounded"
            own = count.noun.facets("person") if count.noun is not None else WHOLE
            for candidate in make(msgspec.structs.replace(count, noun=None), trigger, "self" if trigger.kind == "noun" else "theme", "set", 0, scene):
                yield msgspec.structs.replace(candidate, facets=Facets({**candidate.facets, **own}))
    # A prenominal count of time: "seven-hour bombardment".
    if count.quantity.unit is not None:
        tokens = scene.parsed.sentence.tokens
        start = count.number_last + 1
        joint = next((i for i in (start, start + 1) if i < len(tokens) and tokens[i].lower in scene.grammar.words["of"]), None)
        if joint is not None:
            start = joint + 1  # "six hours of air alerts"
        heads = [t for t in scene.triggers if t.kind == "noun" and count.number_last < t.last <= count.number_last + 5]
        heads = [t for t in heads if _only_nouns(scene.parsed, start, t.last)]
        for trigger in heads[-1:]:  # "a nine-hour air raid alert" is of the alert
            yield from make(count, trigger, "modifier", "self", trigger.last - count.number_last, scene)


def _are_named(count: Counted, scene: Scene) -> bool:
    """Whether it is said what those counted are: "52 of the victims were children", not "were rescued"."""
    index = scene.parsed.verb_at[count.last + 1] if count.last + 1 < len(scene.parsed.tags) else -1
    if index < 0 or scene.parsed.verbs[index].lemma != "be":
        return False
    return scene.parsed.tags[scene.parsed.verbs[index].last + 1 :][:1] in (syntax.NOUN, syntax.DET)


def _behind(count: Counted, scene: Scene) -> int:
    """The token behind a count, past adverbs: "12 still missing", "242 people reportedly missing"."""
    i = count.last + 1
    while i < len(scene.parsed.tags) and scene.parsed.tags[i] == syntax.ADV:
        i += 1
    return i


def _later(count: Counted, candidate: Candidate, after: int, scene: Scene) -> Candidate:
    """ "One injured worker was hospitalised": the verb right behind says more than an adjective before the noun does."""
    index = scene.parsed.verb_at[after] if after < len(scene.parsed.tags) else -1
    if candidate.measure not in scene.outcome or count.is_whole or index < 0 or scene.parsed.verbs[index].negated or scene.parsed.verbs[index].modal:
        return candidate
    found = (c for role in ("agent", "theme") for c in verb_roles(count, index, role, "subject", 0, scene))
    surer = next((c for c in found if c.measure != candidate.measure or (c.facets and c.facets != candidate.facets)), None)
    return candidate if surer is None else msgspec.structs.replace(surer, score=candidate.score)


def _acts(trigger: Trigger, scene: Scene) -> bool:
    """Whether an adjective's word is the verb of an active clause here: "a gunman killed five"."""
    index = scene.parsed.verb_at[trigger.first]
    if index < 0:
        return False
    verb = scene.parsed.verbs[index]
    return verb.voice == "active" or (verb.voice == "ambiguous" and not reduced(verb, scene.parsed, scene.triggers))


def _only_nouns(parsed: Parsed, first: int, last: int) -> bool:
    return all(
        t in (syntax.NOUN, syntax.DET) or parsed.sentence.tokens[i].text in ("-", ",")
        for i, t in enumerate(parsed.tags[first : last + 1], start=first)
    )
