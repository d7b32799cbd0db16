"""The one attachment step: which predicate a count hangs on, and in which slot.

For every count the possible governors are listed with a score and a reason (``Candidate``): the verb it is object or subject of, the
adjective beside it, the noun it is, the preposition it hangs on, the count it is a part of. The pack's slots decide what fits; the best
fit becomes the default reading, the others stay as alternatives.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain.model import Frame, Slot
from crosstally.extract import syntax
from crosstally.extract.counted import Counted, Noun
from crosstally.extract.frames import Trigger
from crosstally.extract.syntax import Grammar, Parsed, Verb
from crosstally.values import WHOLE, Facets

# How sure each way of hanging is. Near and direct beats far and through a preposition.
SCORES = {
    "self": 1.0, "adjective": 0.98, "part": 0.95, "object": 0.9, "participle": 0.9, "subject": 0.85, "preposition": 0.75, "value": 0.8,
    "prenominal": 0.6, "whole": 0.97, "gapping": 0.5, "low": 0.92, "own": 0.97, "set": 0.5, "of them": 0.7,
}  # fmt: skip
_PART = "part"
_PER_TOKEN = 0.006
_CLAUSE = 0.25


class Candidate(msgspec.Struct, frozen=True):
    """A fit of a count in a slot: measure and facets it would get, the score, the way in words, and the trigger's tokens."""

    measure: str
    facets: Facets
    score: float
    way: str
    frame: str
    readings: tuple[str, ...] = ()
    verb: int = -1
    first: int = 0
    last: int = 0
    whole: str | None = None
    antecedent: int | None = None


class Before(msgspec.Struct, frozen=True):
    """The last whole figure of the sentence before: what "them" and "these" may stand for."""

    candidates: tuple[Candidate, ...]
    noun: Noun | None
    claim: str


class Scene(msgspec.Struct, frozen=True):
    """One sentence ready to attach: its grammar, counts and triggers; ``groups``: counts joined by commas and "and";
    ``accepts``: measure to the noun classes that some slot of it takes."""

    parsed: Parsed
    counts: tuple[Counted, ...]
    triggers: tuple[Trigger, ...]
    groups: tuple[tuple[int, ...], ...]
    low_joins: frozenset[int]
    places: frozenset[int] = frozenset()
    accepts: Mapping[str, frozenset[str]] = {}
    before: Before | None = None


def make_scene(parsed: Parsed, counts: tuple[Counted, ...], triggers: tuple[Trigger, ...], grammar: Grammar, places: frozenset[int], accepts: Mapping[str, frozenset[str]], before: Before | None = None) -> Scene:
    groups: list[list[int]] = []
    low: set[int] = set()
    for count in counts:
        previous = counts[count.index - 1] if count.index else None
        if previous is not None and groups and groups[-1][-1] == previous.index:
            joined = _joined(parsed, previous, count, grammar)
            if joined and not _own_predicate(parsed, count, counts[groups[-1][0]]):
                groups[-1].append(count.index)
                if joined == "low":
                    low.add(count.index)
                continue
        groups.append([count.index])
    return Scene(parsed, counts, triggers, tuple(tuple(g) for g in groups), frozenset(low), places, accepts, before)


def _joined(parsed: Parsed, a: Counted, b: Counted, grammar: Grammar) -> str:
    """"list" for ", " and "and"; "low" for "alongside", "as well as"; "" where something else stands between."""
    words = tuple(t.lower for t in parsed.sentence.tokens[a.last + 1 : b.first])
    bare = tuple(w for w in words if w not in (",", "also", "another", "a", "an", "the", "some", "one", ";", "both"))
    if not words:
        return ""
    if not bare:
        return "list"
    if bare in grammar.joiners:
        return "list" if len(bare) == 1 and bare[0] in ("and", "or", "&", "plus") else "low"
    return ""


def _own_predicate(parsed: Parsed, count: Counted, first: Counted) -> bool:
    """A participle right after the count ("two killed and five injured"), or a verb of its own where the counts before it are another
    verb's object ("shot down 60 drones, and another 20 were lost")."""
    i = count.last + 1
    if i >= len(parsed.tags):
        return False
    if parsed.tags[i] in (syntax.PAST, syntax.PART):
        return True
    if parsed.verb_at[i] < 0 or not parsed.verbs[parsed.verb_at[i]].finite:
        return False
    before = first.first - 1
    while before >= 0 and parsed.tags[before] in (syntax.DET, syntax.ADV):
        before -= 1
    return before >= 0 and (parsed.verb_at[before] >= 0 or parsed.tags[before] == syntax.PREP)


def candidates(count: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]], grammar: Grammar) -> tuple[Candidate, ...]:
    """All fits of a count, best first. ``chosen`` holds what earlier counts of the sentence (and the sentence before, under -1) got."""
    found: list[Candidate] = []
    found += _self_and_adjective(count, scene)
    found += _part(count, scene, chosen)
    found += _whole(count, scene, chosen)
    group = next(g for g in scene.groups if count.index in g)
    first, last = scene.counts[group[0]], scene.counts[group[-1]]
    if count.is_whole:
        first = count
    found += _left(count, first, scene, grammar)
    found += _right(count, last, scene, grammar)
    found += _low(count, scene, chosen)
    if not found and count.bare:
        found += _gapping(count, scene, chosen)
    best: dict[tuple[str, Facets], Candidate] = {}
    for candidate in _elliptical(found, count, scene, chosen):
        key = (candidate.measure, candidate.facets)
        if key not in best or best[key].score < candidate.score:
            best[key] = candidate
    return tuple(sorted(best.values(), key=lambda c: (-c.score, c.measure, c.facets)))


def _elliptical(found: list[Candidate], count: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]]) -> Iterable[Candidate]:
    """A bare number counts what the count before it counted: "476 drones ..., including 60 downed by" is 60 drones, a part of the 476."""
    tokens = scene.parsed.sentence.tokens
    part = any(t.lower in _INCLUDING for t in tokens[max(0, count.first - 3) : count.first])
    for candidate in found:
        if count.bare and candidate.way not in ("part", "gapping", "low") and not candidate.facets:
            wholes = {i: c for i, c in chosen.items() if c[0].way != _PART}  # "another 208 were lost": of the targets, not of the part named last
            index = _antecedent(count, scene, wholes, same_class=False)
            noun = scene.counts[index].noun if index is not None else scene.before.noun if scene.before is not None and count.of_them else None
            if noun is not None:
                for trigger_frame, slot in ((f, s) for t in scene.triggers for f in t.frames for s in f.slots if f.name == candidate.frame):
                    if slot.measure == candidate.measure and noun.is_a(slot.noun) and trigger_frame.whole is not None:
                        candidate = msgspec.structs.replace(candidate, facets=noun.facets(slot.noun), antecedent=(index if index is not None else -1) if part or count.of_them else candidate.antecedent)
                        break
        yield candidate


def _fits(count: Counted, trigger: Trigger, role: str, scene: Scene) -> Iterable[tuple[Frame, Slot, Facets]]:
    """Slots of that role that the count's noun can fill. A bare number fills a slot only if all slots of the role want one class."""
    slots = trigger.slots(role)
    if count.quantity.unit is not None:
        yield from ((frame, slot, slot.facets) for frame, slot in slots if slot.noun == "duration")
        return
    if count.bare:
        before = _noun_before(count, scene)
        if before is not None:  # "six houses were destroyed and another 20 damaged": houses
            for frame, slot in slots:
                if before.is_a(slot.noun) and _when(slot, trigger, scene):
                    yield frame, slot, Facets({**before.facets(slot.noun), **slot.facets}) if slot.noun == "thing" else slot.facets
                    return
        usual = [(frame, slot) for frame, slot in slots if slot.noun not in ("thing", "duration", "any") and _when(slot, trigger, scene)]
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
        elif slot.noun == "thing" and not noun.classes and not _bad_thing(noun.head):
            yield frame, slot, Facets({**slot.facets, "object": "_".join(noun.words[-2:] if len(noun.words) > 1 else noun.words[-1:])}) if not slot.facets.get("object") else slot.facets


def _noun_before(count: Counted, scene: Scene) -> Noun | None:
    """The noun of the nearest earlier count of the sentence that has one."""
    for index in range(count.index - 1, -1, -1):
        other = scene.counts[index]
        if other.noun is not None and other.noun.classes and other.quantity.unit is None:
            return other.noun
    return None


def _bad_thing(head: str) -> bool:
    return not head.isalpha() or len(head) < 3


def _when(slot: Slot, trigger: Trigger, scene: Scene) -> bool:
    """A slot's condition: "theme:CLASS" or "no theme:CLASS" (what the verb's object is), "adverb:WORD"."""
    if not slot.when:
        return True
    negative = slot.when.startswith("no ")
    kind, _, value = slot.when.removeprefix("no ").partition(":")
    if kind == "theme":
        hit = _object_is(trigger, value, scene)
    elif kind == "adverb":
        tokens = scene.parsed.sentence.tokens
        hit = any(t.lower == value for t in tokens[max(0, trigger.first - 3) : trigger.last + 3])
    else:
        hit = False
    return hit != negative


def _object_is(trigger: Trigger, noun_class: str, scene: Scene) -> bool:
    """Whether a count of that class, or a place name for "place", stands right after the verb."""
    i = trigger.last + 1
    tags = scene.parsed.tags
    while i < len(tags) and tags[i] in (syntax.DET, syntax.ADV):
        i += 1
    if noun_class == "place":
        return i in scene.places
    return any(c.first <= i <= c.last and c.noun is not None and c.noun.is_a(noun_class) for c in scene.counts)


def _make(count: Counted, trigger: Trigger, role: str, way: str, distance: int, scene: Scene, penalty: float = 0.0) -> Iterable[Candidate]:
    for frame, slot, facets in _fits(count, trigger, role, scene):
        yield Candidate(
            slot.measure, facets, SCORES[way] - _PER_TOKEN * distance - penalty, way, frame.name, slot.readings, trigger.verb, trigger.first,
            trigger.last, frame.whole,
        )  # fmt: skip


def _self_and_adjective(count: Counted, scene: Scene) -> Iterable[Candidate]:
    """ "five deaths"; "two dead", "23 people injured", "14 missing"."""
    for trigger in scene.triggers:
        if trigger.kind == "noun" and count.noun is not None and not count.of_set and trigger.last in (count.last, count.noun.last) and count.number_last < trigger.first:
            yield from _make(count, trigger, "self", "self", 0, scene)
        if trigger.kind == "adjective" and not count.of_set and count.number_last < trigger.first <= count.last + 1 and not _acts(trigger, scene):
            alone = count.noun is not None and trigger.first <= count.noun.first  # "two dead": the adjective stands for the noun
            yield from _make(msgspec.structs.replace(count, noun=None) if alone else count, trigger, "theme", "adjective", 0, scene)
        if count.of_set and count.noun is not None and trigger.kind != "verb" and count.noun.first <= trigger.first <= count.noun.last:
            yield from _make(msgspec.structs.replace(count, noun=None), trigger, "self" if trigger.kind == "noun" else "theme", "set", 0, scene)
    # A prenominal count of time: "seven-hour bombardment".
    if count.quantity.unit is not None:
        for trigger in scene.triggers:
            if trigger.kind == "noun" and count.number_last < trigger.last <= count.number_last + 4 and _only_nouns(scene.parsed, count.number_last + 1, trigger.last):
                yield from _make(count, trigger, "modifier", "self", trigger.last - count.number_last, scene)


def _acts(trigger: Trigger, scene: Scene) -> bool:
    """Whether an adjective's word is the verb of an active clause here: "a gunman killed five"."""
    index = scene.parsed.verb_at[trigger.first]
    if index < 0:
        return False
    verb = scene.parsed.verbs[index]
    return verb.voice == "active" or (verb.voice == "ambiguous" and not _reduced(verb, scene.parsed, scene.triggers))


def _only_nouns(parsed: Parsed, first: int, last: int) -> bool:
    return all(t in (syntax.NOUN, syntax.DET) or parsed.sentence.tokens[i].text in ("-", ",") for i, t in enumerate(parsed.tags[first : last + 1], start=first))


_INCLUDING = {"including", "among", "included", "includes"}


def _part(count: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]]) -> Iterable[Candidate]:
    """ "550 drones and missiles, including 11 missiles"; "among them three children"; "three of them seriously"."""
    tokens, tags = scene.parsed.sentence.tokens, scene.parsed.tags
    if count.of_them:
        antecedent = _antecedent(count, scene, chosen, same_class=False)
        if antecedent is not None:
            yield from _inherit(count, antecedent, scene, chosen, "of them")
        elif scene.before is not None:
            for candidate in scene.before.candidates[:1]:
                own = count.noun.classes[0][1] if count.noun is not None and count.noun.classes else WHOLE
                yield msgspec.structs.replace(candidate, facets=Facets({**candidate.facets, **own}), score=SCORES["of them"], way="part", antecedent=-1)
        return
    i = count.first - 1
    group = next(g for g in scene.groups if count.index in g)
    i = scene.counts[group[0]].first - 1
    while i >= 0 and (tags[i] in (syntax.ADV, syntax.DET) or tokens[i].lower in ("them", "those", "whom", "which", "at", "least")):
        i -= 1
    spelled = i >= 0 and tokens[i].text in (":", "–", "—", "(") and count.noun is not None and bool(count.noun.classes)
    if i < 0 or (tokens[i].lower not in _INCLUDING and not spelled):
        return
    antecedent = _antecedent(scene.counts[group[0]], scene, chosen, same_class=True, count=count)
    if antecedent is not None and spelled and not _narrower(count, scene.counts[antecedent]):
        return  # "741 drones and missiles: 728 drones and 13 missiles" spells out; "..., he said: 12 people" does not
    if antecedent is not None:
        yield from _inherit(count, antecedent, scene, chosen, "part")


def _narrower(count: Counted, other: Counted) -> bool:
    """Whether a count could be a part of another: no larger, and of other facets."""
    a, b = count.quantity.low, other.quantity.low
    mine = dict(count.noun.classes) if count.noun is not None else {}
    theirs = dict(other.noun.classes) if other.noun is not None else {}
    return a is not None and b is not None and a <= b and any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys())


def _antecedent(
    before: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]], same_class: bool, count: Counted | None = None
) -> int | None:
    """The nearest earlier attached count of the same noun class."""
    wanted = {name for name, _ in (count or before).noun.classes} if (count or before).noun is not None else set()  # type: ignore[union-attr]
    for index in range(before.index - 1, -1, -1):
        other = scene.counts[index]
        if not chosen.get(index) or other.quantity.unit is not None:
            continue
        if other.noun is None or not other.noun.classes or not wanted or not same_class or any(other.noun.is_a(name) for name in wanted):
            return index
    return None


def _inherit(count: Counted, antecedent: int, scene: Scene, chosen: dict[int, tuple[Candidate, ...]], way: str) -> Iterable[Candidate]:
    for rank, candidate in enumerate(chosen[antecedent][:2]):
        other = scene.counts[antecedent]
        if count.noun is not None and count.noun.classes and not _can_count(count, candidate, other, scene):
            continue
        facets = candidate.facets
        if count.noun is not None:
            for name, own in count.noun.classes:
                if other.noun is None or not other.noun.classes or other.noun.is_a(name):
                    facets = Facets({**candidate.facets, **own})
                    break
        yield msgspec.structs.replace(candidate, facets=facets, score=SCORES[way] - 0.1 * rank, way=_PART if way == "of them" else way, antecedent=antecedent)


def _can_count(count: Counted, candidate: Candidate, other: Counted, scene: Scene) -> bool:
    """Whether the count's noun is of a kind that the measure counts: "16 injuries, including three children", not "including a dormitory"."""
    assert count.noun is not None
    if other.noun is not None and other.noun.classes and any(other.noun.is_a(name) for name, _ in count.noun.classes):
        return True
    return any(count.noun.is_a(noun) for noun in scene.accepts.get(candidate.measure, ()))


def _whole(count: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]]) -> Iterable[Candidate]:
    """ "382 of the 415 drones were shot down": 415 is what the frame says its whole is (launched)."""
    if not count.is_whole:
        return
    for other in scene.counts:
        if other.whole == count.index and chosen.get(other.index):
            for candidate in chosen[other.index][:1]:
                if candidate.whole is not None:
                    facets = WHOLE
                    if count.noun is not None and count.noun.classes:
                        facets = count.noun.classes[0][1]
                    yield msgspec.structs.replace(candidate, measure=candidate.whole, facets=facets, score=SCORES["whole"], way="whole", readings=(), antecedent=None)


def _low(count: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]]) -> Iterable[Candidate]:
    """ "476 out of 539 drones, alongside 11 missiles": what is joined low shares the measure of its neighbour, the whole."""
    previous = count.index - 1
    if previous < 0 or not scene.counts[previous].is_whole or not chosen.get(previous):
        return
    group = next(g for g in scene.groups if count.index in g)
    if previous not in group:
        return
    low = count.index in scene.low_joins
    yield from _inherit(count, previous, scene, {previous: chosen[previous][:1]}, "low" if low else "prenominal")
    for other in scene.counts:
        if other.whole == previous and chosen.get(other.index):
            yield from _inherit(count, other.index, scene, {other.index: chosen[other.index][:1]}, "prenominal" if low else "low")


def _gapping(count: Counted, scene: Scene, chosen: dict[int, tuple[Candidate, ...]]) -> Iterable[Candidate]:
    """ "two people were killed in Kharkiv and one in Sumy": a bare number before a place shares the predicate of the count before."""
    tokens = scene.parsed.sentence.tokens
    i = count.last + 1
    if i < len(tokens) and tokens[i].lower in ("in", "near", "at", "on") and count.index:
        antecedent = _antecedent(count, scene, {i: c for i, c in chosen.items() if not scene.counts[i].article}, same_class=False)
        if antecedent is not None:
            yield from _inherit(count, antecedent, scene, chosen, "gapping")


def _left(count: Counted, first: Counted, scene: Scene, grammar: Grammar) -> Iterable[Candidate]:
    """Object of a verb, or governed through a preposition."""
    parsed = scene.parsed
    tokens, tags = parsed.sentence.tokens, parsed.tags
    i = first.first - 1
    while i >= 0 and (tags[i] in (syntax.ADV, syntax.DET) or tokens[i].lower in ("another", "of", "record", "total", "'") and tags[i] != syntax.PREP):
        i -= 1
    if i >= 1 and tokens[i].lower == "of" and tokens[i - 1].lower == "total":  # "a total of 61 drones" is 61 drones
        i -= 2
        while i >= 0 and tags[i] == syntax.DET:
            i -= 1
    if i < 0:
        return
    verb_index = parsed.verb_at[i]
    if verb_index < 0 and _is_particle(i, scene):
        i, verb_index = _particle_verb(i, scene)
    if verb_index >= 0:
        verb = parsed.verbs[verb_index]
        if verb.voice in ("active", "ambiguous", "gerund", "infinitive"):
            for trigger in scene.triggers:
                if trigger.verb == verb_index:
                    yield from _make(count, trigger, "theme", "object", 0, scene)
            if verb.lemma == "be" and (fits := tuple(_inverted(count, verb, scene))):
                yield from fits
                return
            if verb.lemma in grammar.copulas:
                yield from _value(count, verb.first, scene)
        elif verb.voice == "passive" and verb.lemma in grammar.copulas:
            yield from _value(count, verb.first, scene)
        return
    if tags[i] in (syntax.PREP, syntax.TO) or tokens[i].lower in grammar.roles:
        role = grammar.roles.get(tokens[i].lower)
        if role is None:
            return
        yield from _through(count, i, role, scene, grammar)
    elif tags[i] == syntax.PUNCT and tokens[i].text in (":", "–", "—", "-"):
        yield from _value(count, i, scene, reach=3)
    elif tags[i] == syntax.COORD or tokens[i].text == ",":
        # "killed his wife and two children": joined to an object that has no number.
        j = i
        while j >= 0 and i - j < 10 and (tags[j] in (syntax.NOUN, syntax.DET, syntax.COORD) or tokens[j].text == ","):
            j -= 1
        after = parsed.verb_at[first.last + 1] if first.last + 1 < len(tags) else -1
        own = after >= 0 and parsed.verbs[after].finite
        if j >= 0 and not own and i - j > 1 and (index := parsed.verb_at[j]) >= 0 and parsed.verbs[index].voice in ("active", "ambiguous", "gerund", "infinitive"):
            for trigger in scene.triggers:
                if trigger.verb == index:
                    yield from _make(count, trigger, "theme", "object", i - j, scene, penalty=0.15)
    elif tags[i] == syntax.NOUN:
        # Object after an indirect object or a particle ("struck the city's 8 sites"): the verb before the noun run, weaker.
        j = i
        while j >= 0 and tags[j] in (syntax.NOUN, syntax.DET):
            j -= 1
        if j >= 0 and (index := parsed.verb_at[j]) >= 0 and parsed.verbs[index].voice in ("active", "gerund", "infinitive"):
            for trigger in scene.triggers:
                if trigger.verb == index:
                    yield from _make(count, trigger, "theme", "object", i - j, scene, penalty=0.2)


def _inverted(count: Counted, verb: Verb, scene: Scene) -> Iterable[Candidate]:
    """ "Also injured were three boys"; "among the dead were two medics" (those are a part of the dead)."""
    tokens = scene.parsed.sentence.tokens
    for trigger in reversed(scene.triggers):
        if trigger.last >= verb.first or verb.first - trigger.last > 3:
            continue
        among = any(t.lower in _INCLUDING for t in tokens[max(0, trigger.first - 2) : trigger.first])
        opens = all(t in (syntax.ADV, syntax.PREP, syntax.DET, syntax.SUB, syntax.COORD) for t in scene.parsed.tags[: trigger.first])
        if trigger.kind == "verb" and scene.parsed.verbs[trigger.verb].voice in ("participle", "ambiguous") and opens:
            yield from _make(count, trigger, "theme", "object", 0, scene)
            return
        if trigger.kind != "verb" and among:
            for candidate in _make(msgspec.structs.replace(count, noun=None), trigger, "self" if trigger.kind == "noun" else "theme", "set", 0, scene):
                own = count.noun.facets("person") if count.noun is not None else WHOLE
                yield msgspec.structs.replace(candidate, facets=Facets({**candidate.facets, **own}))


def _is_particle(i: int, scene: Scene) -> bool:
    return any(t.verb >= 0 and t.first < i <= t.last for t in scene.triggers)


def _particle_verb(i: int, scene: Scene) -> tuple[int, int]:
    for trigger in scene.triggers:
        if trigger.verb >= 0 and trigger.first < i <= trigger.last:
            return trigger.first, trigger.verb
    return i, -1


def _value(count: Counted, before: int, scene: Scene, reach: int = 14) -> Iterable[Candidate]:
    """ "the death toll rose to 3", "the number of injured stands at 26"."""
    for trigger in reversed(scene.triggers):
        if trigger.kind != "verb" and trigger.last < before and before - trigger.last <= reach:
            yield from _make(count, trigger, "value", "value", before - trigger.last, scene)
            break


def _through(count: Counted, preposition: int, role: str, scene: Scene, grammar: Grammar) -> Iterable[Candidate]:
    """The nearest predicate to the left whose slots take this preposition; each clause border between costs."""
    penalty = 0.0
    tags, tokens = scene.parsed.tags, scene.parsed.sentence.tokens
    borders = [i for i in range(preposition) if tags[i] == syntax.SUB or tokens[i].text in (";", ":") or tags[i] == syntax.PUNCT and tokens[i].text in ("–", "—")]
    for trigger in reversed(scene.triggers):
        if trigger.last >= preposition:
            continue
        penalty = _CLAUSE * sum(1 for b in borders if trigger.last < b < preposition)
        roles = (role, "value") if trigger.kind == "noun" and tokens[preposition].lower in ("to", "at", "of") else (role,)
        if count.bare and role == "of" and trigger.last + 1 != preposition:
            return  # "an earlier count of 26" is of the count, not of the attack before it
        found = [c for r in roles for c in _make(count, trigger, r, "preposition", preposition - trigger.last, scene, penalty)]
        if role == "agent" and trigger.verb >= 0 and scene.parsed.verbs[trigger.verb].voice not in ("passive", "participle", "ambiguous"):
            found = []
        if found:
            yield from found
            return
    # "with 539 drones attacking": a fronted phrase, its predicate to the right, is found by _right.


def _right(count: Counted, last: Counted, scene: Scene, grammar: Grammar) -> Iterable[Candidate]:
    """Subject of a verb to the right, or a participle beside it."""
    parsed = scene.parsed
    tokens, tags = parsed.sentence.tokens, parsed.tags
    i = last.last + 1
    # A participle right after: "60 downed by interceptors", "23 injured".
    if i < len(tags) and parsed.verb_at[i] >= 0:
        verb = parsed.verbs[parsed.verb_at[i]]
        if verb.voice in ("participle", "ambiguous") and _reduced(verb, parsed, scene.triggers):
            fits = tuple(_verb_roles(count, parsed.verb_at[i], "theme", "own" if count.last == last.last and count.bare else "participle", 0, scene))
            if fits:
                yield from fits
                return
        if verb.voice == "gerund":  # "12 drones heading for the capital were shot down": the main verb, further on, is surer
            yield from _verb_roles(count, parsed.verb_at[i], "agent", "prenominal", 0, scene)
    as_at = i
    if as_at + 2 < len(tags) and tags[as_at] in (syntax.PRON, syntax.DET) or as_at < len(tags) and tokens[as_at].lower == "as":
        while as_at < len(tags) and as_at < i + 5 and tokens[as_at].lower != "as":
            as_at += 1  # "the 296 drones it reports as shot down"
        if as_at + 1 < len(tags) and tokens[as_at].lower == "as" and (index := parsed.verb_at[as_at + 1]) >= 0:
            if parsed.verbs[index].voice in ("participle", "ambiguous", "passive"):
                yield from _verb_roles(count, index, "theme", "participle", as_at - i, scene)
                return
    found = _next_verb(i, parsed, scene)
    if found is None:
        return
    index, distance, penalty = found
    verb = parsed.verbs[index]
    before = next((j for j in range(count.first - 1, -1, -1) if tags[j] not in (syntax.DET, syntax.ADV)), -1)
    if before >= 0 and tags[before] in (syntax.PREP, syntax.TO) and not (before == 0 or tags[before - 1] == syntax.PUNCT):
        penalty += _CLAUSE  # what hangs on a preposition is seldom the subject
    penalty += 0.1 * sum(1 for c in scene.counts if last.last < c.first < verb.first and not c.article)
    if verb.voice == "passive" or (verb.voice in ("participle", "ambiguous") and _reduced(verb, parsed, scene.triggers)):
        roles = ("theme",) if verb.voice == "passive" else ("theme", "agent")
    elif verb.voice in ("active", "ambiguous"):
        roles = ("agent",)
    else:
        return
    if verb.voice == "active" and (verb.lemma == "be" or verb.first < verb.last):  # "23 people were dead", "eight are still missing"
        for trigger in scene.triggers:
            if trigger.kind == "adjective" and verb.first < trigger.first <= verb.last + (4 if verb.lemma == "be" else 0):
                yield from _make(count, trigger, "theme", "subject", distance, scene, penalty)
                return
    if verb.lemma in ("get",) and index + 1 < len(parsed.verbs):
        index += 1
    for role in roles:  # a past form without object is a participle, or a verb that takes none ("disappeared")
        fits = tuple(_verb_roles(count, index, role, "subject", distance, scene, penalty))
        yield from fits
        if fits:
            return
    if verb.voice == "passive":  # "were pronounced dead", "are feared trapped"
        for trigger in scene.triggers:
            if trigger.kind == "adjective" and verb.last < trigger.first <= verb.last + 2:
                yield from _make(count, trigger, "theme", "subject", distance, scene, penalty)


def _verb_roles(count: Counted, index: int, role: str, way: str, distance: int, scene: Scene, penalty: float = 0.0) -> Iterable[Candidate]:
    for trigger in scene.triggers:
        if trigger.verb == index:
            yield from _make(count, trigger, role, way, distance, scene, penalty)


def _reduced(verb: Verb, parsed: Parsed, triggers: tuple[Trigger, ...] = ()) -> bool:
    """Whether a past form without auxiliary is a participle: no object follows it."""
    if verb.voice == "participle":
        return True
    i = verb.last + 1
    if any(t.first == verb.first and t.kind == "verb" and t.last > verb.last for t in triggers):
        return parsed.tags[i] == syntax.PREP  # "shot down" may be reduced, "caught fire" never is
    tags, tokens = parsed.tags, parsed.sentence.tokens
    while i < len(tags) and tags[i] == syntax.ADV:
        i += 1
    if i >= len(tags):
        return True
    if tags[i] in (syntax.NUM, syntax.DET, syntax.PRON) and tokens[i].lower != "'s":
        return False
    return not (tags[i] == syntax.NOUN)


def _next_verb(i: int, parsed: Parsed, scene: Scene) -> tuple[int, int, float] | None:
    """The verb whose subject ends before token ``i``: (index, distance, penalty). Skips modifiers: prepositional phrases, commas, relatives."""
    tags, tokens = parsed.tags, parsed.sentence.tokens
    start, penalty, depth = i, 0.0, 0
    while i < len(tags):
        if tokens[i].text in ("(", "["):
            depth += 1
        elif tokens[i].text in (")", "]"):
            depth -= 1
        elif depth == 0:
            if parsed.verb_at[i] >= 0:
                index = parsed.verb_at[i]
                verb = parsed.verbs[index]
                if verb.voice in ("gerund", "infinitive") or verb.lemma in ("include", "involve"):
                    i = verb.last + 1
                    penalty += 0.05
                    continue
                if verb.voice == "ambiguous" and _reduced(verb, parsed, scene.triggers) and any(scene_verb.first > verb.last and scene_verb.voice != "gerund" for scene_verb in parsed.verbs[index + 1 : index + 2]) and i != start:
                    i = verb.last + 1  # a reduced relative further off: look for the main verb
                    continue
                return index, i - start, penalty
            if tags[i] == syntax.SUB and tokens[i].lower not in ("that", "which", "who", "whom", "where"):
                return None
            if tags[i] == syntax.COORD and i > start:
                penalty += 0.08
            if tokens[i].text in (";", ":"):
                return None
            if tags[i] == syntax.PUNCT and tokens[i].text == ",":
                penalty += 0.04
            if tags[i] == syntax.NUM:
                penalty += 0.05
            if tags[i] == syntax.PRON:
                return None
        i += 1
    return None
