"""Which slots of a predicate a count can fill: its noun against the slot's noun class, the slot's condition against the sentence."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.domain.model import Frame, Slot
from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.nouns import PERSON, Noun
from crosstally.extract.figures.scene import Candidate, Scene
from crosstally.values import Facets

SCORES = {
    "self": 1.0, "adjective": 0.98, "part": 0.95, "object": 0.9, "participle": 0.9, "subject": 0.85, "preposition": 0.75, "value": 0.8,
    "prenominal": 0.6, "whole": 0.97, "gapping": 0.5, "low": 0.92, "own": 0.97, "set": 0.5, "of them": 0.7,
}  # fmt: skip
PART = "part"
_OPEN_ROLES = frozenset({"theme", "agent"})  # in which a thing that no pack lists is taken as one
_NEGATED = "negated"
_NEVER_BARE = frozenset({"thing", "duration", "any", "body", "life", "location", "area"})  # slots that a number without a noun does not fill


PER_TOKEN = 0.006


CLAUSE = 0.25


def fits(count: Counted, trigger: Trigger, role: str, scene: Scene) -> Iterable[tuple[Frame, Slot, Facets]]:
    """Slots of that role that the count's noun can fill. A bare number fills a slot only if all slots of the role want one class."""
    slots = trigger.slots(role)
    if count.quantity.unit is not None:
        if role != "modifier" and _says_what_kind(count, scene):
            return  # "one of the worst raids of the 22-month war": the war is as long
        yield from ((frame, slot, slot.facets) for frame, slot in slots if slot.noun == "duration" and _when(slot, trigger, scene))
        return
    if count.bare:
        before = noun_before(count, scene)
        if before is not None and _others(count, scene) and _parts_told(before, scene):
            slots = tuple((frame, slot) for frame, slot in slots if before.is_a(slot.noun))  # "downed ten drones while killing 21 others": drones
        if before is not None:  # "six houses were destroyed and another 20 damaged": houses
            for frame, slot in slots:
                if before.is_a(slot.noun) and _when(slot, trigger, scene):
                    if _whole_told(slot, trigger, scene) or _flies_on(frame, slot, role, count, scene):
                        return  # "24 drones were lost, four more flew on": no others were launched
                    shared = slot.noun == "thing" or (slot.noun != PERSON and scene.before is not None and before is scene.before.noun)
                    yield frame, slot, Facets({**before.facets(slot.noun), **slot.facets}) if shared else slot.facets
                    return
        if scene.fleet is not None and before is None:
            for frame, slot in slots:
                if (
                    frame.whole is not None
                    and scene.fleet.is_a(slot.noun)
                    and _when(slot, trigger, scene)
                    and (slot.bare or _told_beside(trigger, scene))
                ):
                    yield frame, slot, Facets({**scene.fleet.facets(slot.noun), **slot.facets})
                    return
        usual = [(frame, slot) for frame, slot in slots if slot.bare and slot.noun not in _NEVER_BARE and _when(slot, trigger, scene)]
        if len({slot.measure for _, slot in usual}) > 1:  # "four were shot": people, unless a number before counted something else
            usual = [(frame, slot) for frame, slot in usual if slot.noun == PERSON]
        if len({slot.measure for _, slot in usual}) == 1:
            yield (*usual[0], usual[0][1].facets)
        return
    noun = count.noun
    assert noun is not None
    for frame, slot in slots:
        if not _when(slot, trigger, scene):
            continue
        if slot.noun == "any" or noun.is_a(slot.noun):
            yield frame, slot, Facets({**noun.facets(slot.noun), **slot.facets})
        elif slot.noun == PERSON and not noun.classes and noun.head.endswith(scene.grammar.agentive) and _inflected(count, noun):
            yield frame, slot, slot.facets  # "six dancers": who does something, though no pack lists the word
        elif slot.noun == "thing" and slot.open and role in _OPEN_ROLES and not noun.classes and not _no_thing(count, noun):
            yield (
                frame,
                slot,
                Facets({**slot.facets, "object": "_".join((*noun.words[-2:-1], noun.head))})
                if not slot.facets.get("object")
                else slot.facets,
            )


def _no_thing(count: Counted, noun: Noun) -> bool:
    """Whether a noun that no pack lists is nothing that could be damaged: "no interest", a snag."""
    return count.quantity.high == 0 or _bad_thing(noun.head)


def _says_what_kind(count: Counted, scene: Scene) -> bool:
    """Whether a length is an adjective of the noun behind it: "the 22-month war"."""
    tokens, i = scene.parsed.sentence.tokens, count.number_last
    return "-" in tokens[i].text and scene.parsed.tags[i + 1 : i + 2] == syntax.NOUN


def _inflected(count: Counted, noun: Noun) -> bool:
    """Whether a noun of several is a plural: "six dancers", not "six deer"."""
    return count.quantity.low == 1 or (bool(noun.words) and noun.words[-1] != noun.head) or noun.head.endswith(("man", "woman", "ese"))


def noun_before(count: Counted, scene: Scene) -> Noun | None:
    """The noun of the nearest earlier count of the sentence that has one."""
    for index in range(count.index - 1, -1, -1):
        other = scene.counts[index]
        if other.noun is not None and other.noun.classes and other.quantity.unit is None:
            return most_counted(other, scene).noun
    return scene.before.noun if scene.before is not None and (count.of_them or _more(count, scene)) else None


def _told_beside(trigger: Trigger, scene: Scene) -> bool:
    """Whether the sentence tells another part of a whole: "138 were shot down and 119 were lost" are all drones."""
    return any(t.first != trigger.first and any(f.whole is not None for f in t.frames) for t in scene.triggers)


def most_counted(count: Counted, scene: Scene) -> Counted:
    """The count of the same list that is the largest, of things of one class: after "64 drones and seven missiles", another 21 are drones."""
    group = next(g for g in scene.groups if count.index in g)
    noun = count.noun
    if noun is None or noun.is_a(PERSON) or len(group) < 2:
        return count
    alike = (c for c in (scene.counts[i] for i in group) if c.noun is not None and any(c.noun.is_a(name) for name, _ in noun.classes))
    return max((count, *(c for c in alike if not c.article)), key=lambda c: (c.quantity.low or 0, c.index == count.index))


def _others(count: Counted, scene: Scene) -> bool:
    """Whether a bare number is of others than those counted before: "21 others"."""
    tokens = scene.parsed.sentence.tokens[count.number_last : count.last + 2]
    return any(t.lower in scene.grammar.words["others"] for t in tokens)


def _parts_told(noun: Noun, scene: Scene) -> bool:
    """Whether the sentence tells parts of a whole of such things (not people): how many drones were shot down."""
    frames = (f for t in scene.triggers for f in t.frames if f.whole is not None)
    return not noun.is_a(PERSON) and any(noun.is_a(slot.noun) for f in frames for slot in f.slots)


def _whole_told(slot: Slot, trigger: Trigger, scene: Scene) -> bool:
    """Whether a part of this very whole stands before the predicate."""
    return any(t.first < trigger.first and any(f.whole == slot.measure for f in t.frames) for t in scene.triggers)


def _flies_on(frame: Frame, slot: Slot, role: str, count: Counted, scene: Scene) -> bool:
    """Whether a bare number of things counted before does what tells that such things came: "21 drones were lost and two flew into Romania" are
    two of those that came, no raid of their own."""
    return role == "agent" and slot.noun != PERSON and not slot.bare and frame.whole is None and not _more(count, scene)


def _more(count: Counted, scene: Scene) -> bool:
    """ "Another 46": more of what was counted before."""
    tokens = scene.parsed.sentence.tokens
    opening, closing = tokens[max(0, count.first - 1) : count.first + 1], tokens[count.number_last + 1 : count.last + 1]
    return any(t.lower in scene.grammar.words["additive"] for t in (*opening, *closing))


def _bad_thing(head: str) -> bool:
    return not head.isalpha() or len(head) < 3


def _when(slot: Slot, trigger: Trigger, scene: Scene) -> bool:
    """A slot's condition: "theme:CLASS" or "no theme:CLASS" (what the verb's object is), "adverb:WORD" or "word:WORD" (at the predicate or
    right beside it), "beside:CLASS" (another count of the
    sentence), "subject:MEASURE" (the noun right before the verb is one that such a measure is told of), "of:MEASURE" (the nearest noun before
    the verb that lengths of time are told of gives that measure), "after:MEASURE" (the last sentence before that counted people told that of them
    and nothing else), "negated" (the verb is)."""
    if not slot.when:
        return True
    negative = slot.when.startswith("no ")
    kind, _, value = slot.when.removeprefix("no ").partition(":")
    if kind == _NEGATED:
        return (trigger.verb >= 0 and scene.parsed.verbs[trigger.verb].negated) != negative
    if kind == "beside":
        beside = (c.noun for c in scene.counts if c.noun is not None and not c.article)
        return any(noun.is_a(value) and not noun.is_a(slot.noun) for noun in beside) != negative
    if kind == "theme":
        hit = _object_is(trigger, value, scene)
    elif kind == "subject":
        hit = _subject_tells(trigger, value, scene)
    elif kind == "after":
        hit = scene.told == {value}
    elif kind == "of":
        hit = _said_of(trigger, scene) == value
    elif kind in ("adverb", "word"):
        tokens = scene.parsed.sentence.tokens
        hit = any(t.lower == value for t in tokens[max(0, trigger.first - 1) : trigger.last + 2])
    else:
        hit = False
    return hit != negative


def _said_of(trigger: Trigger, scene: Scene) -> str | None:
    """The measure of the nearest noun before a verb that a length of time may be told of: "the alert lasted" is of the alert."""
    for other in reversed(scene.triggers):
        if other.kind == "noun" and other.last < trigger.first:
            measures = [s.measure for f in other.frames for s in f.slots if s.noun == "duration"]
            if measures:
                return measures[0]
    return None


def _subject_tells(trigger: Trigger, measure: str, scene: Scene) -> bool:
    """Whether the noun right before a verb is one whose frame gives the measure: "falling debris hit four sites"."""
    i = trigger.first - 1
    while i >= 0 and scene.parsed.tags[i] == syntax.ADV:
        i -= 1
    return any(t.kind == "noun" and t.last == i and any(s.measure == measure for f in t.frames for s in f.slots) for t in scene.triggers)


def _object_is(trigger: Trigger, noun_class: str, scene: Scene) -> bool:
    """Whether a count of that class, or a place name for "place", stands right after the verb."""
    i = trigger.last + 1
    tags = scene.parsed.tags
    while i < len(tags) and tags[i] in (syntax.DET, syntax.ADV):
        i += 1
    if noun_class == "place":
        return i in scene.places
    return any(c.first <= i <= c.last and c.noun is not None and c.noun.is_a(noun_class) for c in scene.counts)


def make(count: Counted, trigger: Trigger, role: str, way: str, distance: int, scene: Scene, penalty: float = 0.0) -> Iterable[Candidate]:
    for frame, slot, facets in fits(count, trigger, role, scene):
        yield Candidate(
            slot.measure, facets, SCORES[way] - PER_TOKEN * distance - penalty, way, frame.name, slot.readings, trigger.verb, trigger.first,
            trigger.last, frame.whole, affirmed=slot.when == _NEGATED,
        )  # fmt: skip


def verb_roles(count: Counted, index: int, role: str, way: str, distance: int, scene: Scene, penalty: float = 0.0) -> Iterable[Candidate]:
    for trigger in scene.triggers:
        if trigger.verb == index:
            for candidate in make(count, trigger, role, way, distance, scene, penalty):
                yield _united(candidate, trigger, scene)


def _united(candidate: Candidate, trigger: Trigger, scene: Scene) -> Candidate:
    """ "shot down or suppressed": two predicates of one count that together are a third measure."""
    if not scene.unions:
        return candidate
    verbs, tags = scene.parsed.verbs, scene.parsed.tags
    for other in scene.triggers:
        if other.verb < 0 or abs(other.verb - trigger.verb) != 1:
            continue
        first, second = sorted((trigger, other), key=lambda t: t.verb)
        between = range(max(first.last, verbs[first.verb].last) + 1, second.first)
        linked = 0 < len(between) <= 2 and all(tags[i] in (syntax.COORD, syntax.ADV) or scene.parsed.sentence.tokens[i].text == "/" for i in between)
        if linked:
            for frame in other.frames:
                for slot in frame.slots:
                    whole = scene.unions.get(frozenset((candidate.measure, slot.measure)))
                    if whole is not None:
                        return msgspec.structs.replace(candidate, measure=whole)
                    if any(w == slot.measure != candidate.measure and candidate.measure in parts for parts, w in scene.unions.items()):
                        # "intercepted or brought down": the wider word counts, the narrower one stays a reading
                        return msgspec.structs.replace(candidate, measure=slot.measure, readings=(candidate.measure, *candidate.readings))
    return candidate
