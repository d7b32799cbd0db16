"""Counts that hang on another count: its parts, its whole, its neighbours in a list, the number left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fits import SCORES
from crosstally.extract.figures.nouns import PERSON, PERSON_SET, Noun
from crosstally.extract.figures.scene import Candidate, Scene
from crosstally.values import WHOLE, Facets

Chosen = Mapping[int, tuple[Candidate, ...]]
"""What earlier counts of the sentence got."""

PART = "part"
_UNCOUNTED = 7  # words of a part without a number, at most


def part_of(count: Counted, scene: Scene, chosen: Chosen) -> Iterable[Candidate]:
    """ "550 drones and missiles, including 11 missiles"; "among them three children"; "three of them seriously"."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    if count.of_them and count.first and tags[count.first - 1] == syntax.PREP and tokens[count.first - 1].lower not in words["including"]:
        return  # "debris from one of them"
    if count.of_them:
        antecedent = antecedent_of(count, scene, chosen, same_class=False)
        if antecedent is not None:
            yield from inherit(count, antecedent, scene, chosen, "of them")
        elif scene.before is not None:
            for candidate in scene.before.candidates[:1]:
                own = count.noun.classes[0][1] if count.noun is not None and count.noun.classes else WHOLE
                yield msgspec.structs.replace(
                    candidate,
                    facets=Facets({**candidate.facets, **own}),
                    score=SCORES["of them"],
                    way="part",
                    antecedent=-1,
                    verb=-1,
                    first=count.first,
                    last=count.last,
                )
        return
    i = count.first - 1
    group = next(g for g in scene.groups if count.index in g)
    i = scene.counts[group[0]].first - 1
    while i >= 0 and (tags[i] in (syntax.ADV, syntax.DET) or tokens[i].lower in words["part_openers"]):
        i -= 1
    i = _past_uncounted(i, scene)
    previous = count.index - 1
    while previous >= 0 and previous not in chosen:
        previous -= 1
    j = count.first - 1
    before = chosen.get(previous) if previous >= 0 else None
    if before and before[0].way == PART and (whole := _goes_on_by_place(count, scene.counts[previous], before[0], scene)) is not None:
        yield from inherit(count, whole, scene, chosen, "part")
        return
    if j >= 0 and tokens[j].text in (";", ",") and before and before[0].way == PART:
        whole = before[0].antecedent  # "478 targets: 268 drones of two types; 2 missiles": the list goes on
        colon = whole is not None and whole >= 0 and any(t.text == ":" for t in tokens[scene.counts[whole].last : j])
        listed = whole is not None and whole >= 0 and previous in group  # "30 people, including 12 women, five children and a nurse"
        if whole is not None and (colon or listed) and _narrower(count, scene.counts[whole]):
            yield from inherit(count, whole, scene, chosen, "part")
        return
    spelled = i >= 0 and tokens[i].lower in words["spells_out"] and count.noun is not None and bool(count.noun.classes)
    if i < 0 or (tokens[i].lower not in words["including"] and not spelled):
        return
    antecedent = _part_before(antecedent_of(scene.counts[group[0]], scene, chosen, same_class=True, count=count), count, scene, chosen)
    bracket = i >= 0 and tokens[i].text == "("
    if antecedent is not None and spelled and not _narrower(count, scene.counts[antecedent], bracket):
        return  # "741 drones and missiles: 728 drones and 13 missiles" spells out; "..., he said: 12 people" does not
    if antecedent is not None:
        yield from inherit(count, antecedent, scene, chosen, "part")


def _part_before(antecedent: int | None, count: Counted, scene: Scene, chosen: Chosen) -> int | None:
    """ "shot down 70 of 90 targets, including 50 drones": what is named is a part of those shot down, where they are enough."""
    if antecedent is None or not scene.counts[antecedent].is_whole:
        return antecedent
    part = next((c for c in scene.counts[:antecedent] if c.whole == antecedent and c.index == antecedent - 1 and chosen.get(c.index)), None)
    enough = part is not None and (part.quantity.low or 0) >= (count.quantity.low or 0)
    return part.index if part is not None and enough else antecedent


def _goes_on_by_place(count: Counted, previous: Counted, part: Candidate, scene: Scene) -> int | None:
    """The whole of a list of parts told place by place that goes on with ``count``: "159 drones, including 53 over Bryansk, 46 over Kursk and
    24 over Crimea"; None where it is no such list, or the number is larger than the whole."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    if not count.bare or part.antecedent is None or part.antecedent < 0 or count.first == 0:
        return None
    whole = scene.counts[part.antecedent].quantity
    joined = tokens[count.first - 1].text in (",", ";") or tags[count.first - 1] == syntax.COORD
    placed = all(c.last + 1 < len(tokens) and tokens[c.last + 1].lower in words["gap_places"] for c in (count, previous))
    fits = (count.quantity.low or 0) <= (whole.high if whole.high is not None else count.quantity.low or 0)
    return part.antecedent if joined and placed and fits else None


def _past_uncounted(i: int, scene: Scene) -> int:
    """Back over a part without a number: "72 people, including the crew and five children"."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    if i < 1 or tags[i] != syntax.COORD:
        return i
    back = i - 1
    while back >= 0 and i - back < _UNCOUNTED and tags[back] in (syntax.NOUN, syntax.DET, syntax.ADV):
        back -= 1
    return back if back >= 0 and tokens[back].lower in words["including"] else i


def _narrower(count: Counted, other: Counted, bracket: bool = False) -> bool:
    """Whether a count could be a part of another: no larger, and of other facets."""
    a, b = count.quantity.low, other.quantity.low
    mine = dict(count.noun.classes) if count.noun is not None else {}
    theirs = dict(other.noun.classes) if other.noun is not None else {}
    if PERSON in mine and mine[PERSON] and (PERSON_SET in theirs or (bracket and not theirs)):  # "17 wounded (12 adults and five children)"
        return a is not None and b is not None and a <= b
    return a is not None and b is not None and a <= b and any(mine[name] != theirs[name] for name in mine.keys() & theirs.keys())


def antecedent_of(before: Counted, scene: Scene, chosen: Chosen, same_class: bool, count: Counted | None = None) -> int | None:
    """The nearest earlier attached count of the same noun class."""
    noun = (count or before).noun
    wanted = {name for name, _ in noun.classes} if noun is not None else set()
    for index in range(before.index - 1, -1, -1):
        other = scene.counts[index]
        if not chosen.get(index) or other.quantity.unit is not None:
            continue
        if count is not None and (count.quantity.low or 0) > (other.quantity.high if other.quantity.high is not None else count.quantity.low or 0):
            continue  # no part is larger than its whole
        if other.noun is None or not other.noun.classes or not wanted or not same_class or _of_class(other.noun, wanted):
            return index
    return None


def _of_class(noun: Noun, names: Set[str]) -> bool:
    """Whether a noun is of one of some classes; people already counted ("the wounded") are people."""
    return any(noun.is_a(name) for name in names) or (PERSON in names and noun.is_a(PERSON_SET))


def inherit(count: Counted, antecedent: int, scene: Scene, chosen: Chosen, way: str) -> Iterable[Candidate]:
    for rank, candidate in enumerate(chosen[antecedent][:2]):
        other = scene.counts[antecedent]
        if count.noun is not None and count.noun.classes and not _can_count(count, candidate, other, scene):
            continue
        facets = candidate.facets
        if count.noun is not None:
            for name, own in count.noun.classes:
                if other.noun is None or not other.noun.classes or _of_class(other.noun, {name}):
                    facets = Facets({**candidate.facets, **own})
                    break
        yield msgspec.structs.replace(
            candidate, facets=facets, score=SCORES[way] - 0.1 * rank, way=PART if way == "of them" else way, antecedent=antecedent
        )


def _can_count(count: Counted, candidate: Candidate, other: Counted, scene: Scene) -> bool:
    """Whether the count's noun is of a kind that the measure counts: "16 injuries, including three children", not "including a dormitory"."""
    assert count.noun is not None
    if other.noun is not None and other.noun.classes and any(other.noun.is_a(name) for name, _ in count.noun.classes):
        return True
    return any(count.noun.is_a(noun) for noun in scene.accepts.get(candidate.measure, ()))


def whole_of(count: Counted, scene: Scene, chosen: Chosen) -> Iterable[Candidate]:
    """ "382 of the 415 drones were shot down": 415 is what the frame says its whole is (launched)."""
    if not count.is_whole:
        return
    for other in scene.counts:
        if other.whole == count.index and chosen.get(other.index):
            for candidate in chosen[other.index][:1]:
                if candidate.whole is not None:
                    facets = candidate.facets if count.noun is None else WHOLE
                    if count.noun is not None and count.noun.classes:
                        taken = scene.accepts.get(candidate.whole, frozenset())
                        facets = next((own for name, own in count.noun.classes if name in taken), count.noun.classes[0][1])
                    yield msgspec.structs.replace(
                        candidate, measure=candidate.whole, facets=facets, score=SCORES["whole"], way="whole", readings=(), antecedent=None
                    )


def joined_low(count: Counted, scene: Scene, chosen: Chosen) -> Iterable[Candidate]:
    """ "476 out of 539 drones, alongside 11 missiles": what is joined low shares the measure of its neighbour, the whole."""
    previous = count.index - 1
    if previous < 0 or not scene.counts[previous].is_whole or not chosen.get(previous):
        return
    group = next(g for g in scene.groups if count.index in g)
    if previous not in group:
        return
    low = count.index in scene.low_joins and count.whole is None  # "64 of 97 drones, along with seven of nine missiles": parts alike
    yield from inherit(count, previous, scene, {previous: chosen[previous][:1]}, "low" if low else "prenominal")
    for other in scene.counts:
        if other.whole == previous and chosen.get(other.index):
            yield from inherit(count, other.index, scene, {other.index: chosen[other.index][:1]}, "prenominal" if low else "low")


def gapped(count: Counted, scene: Scene, chosen: Chosen) -> Iterable[Candidate]:
    """ "two people were killed in Kharkiv and one in Sumy": a bare number before a place shares the predicate of the count before. So does a
    number of the same things in a list ("destroyed 30 drones: 17 drones over Rostov, eight – over Bryansk and another drone over Kursk")."""
    tokens = scene.parsed.sentence.tokens
    if _so_were(count, scene):
        antecedent = antecedent_of(count, scene, {i: c for i, c in chosen.items() if not scene.counts[i].is_whole}, same_class=not count.bare)
        if antecedent is not None:
            yield from inherit(count, antecedent, scene, chosen, "gapping")
        return
    i = count.last + 1
    if i < len(tokens) and (tokens[i].lower in scene.grammar.words["spells_out"] or tokens[i].lower in scene.grammar.words["apiece"]):
        i += 1
    if not count.bare and not _in_a_list(count, scene):
        return
    if i < len(tokens) and tokens[i].lower in scene.grammar.words["gap_places"] and count.index and _names_a_place(i + 1, scene):
        antecedent = antecedent_of(count, scene, {i: c for i, c in chosen.items() if not scene.counts[i].article}, same_class=not count.bare)
        if antecedent is not None:
            yield from inherit(count, antecedent, scene, chosen, "gapping")


def _names_a_place(i: int, scene: Scene) -> bool:
    """Whether what stands behind "in" or "on" can be a place: a name, or a noun with an article or number ("350 on board" is of no place)."""
    tokens, tags = scene.parsed.sentence.tokens, scene.parsed.tags
    return i < len(tokens) and (tokens[i].text[:1].isupper() or tags[i] in (syntax.DET, syntax.NUM) or i in scene.places)


def _so_were(count: Counted, scene: Scene) -> bool:
    """ "Nine missiles were shot down, as were 70 drones": what befell those before befell these."""
    tokens, tags = scene.parsed.sentence.tokens, scene.parsed.tags
    i = count.first - 1
    while i >= 0 and tags[i] in (syntax.DET, syntax.ADV):
        i -= 1
    return i > 0 and tags[i] == syntax.BE and tokens[i - 1].lower in scene.grammar.words["as"]


def _in_a_list(count: Counted, scene: Scene) -> bool:
    """Whether a count of things with a noun of its own goes on with a list, behind a colon, comma or "and"."""
    tokens, tags = scene.parsed.sentence.tokens, scene.parsed.tags
    i = count.first - 1
    while i >= 0 and tags[i] == syntax.DET:
        i -= 1
    listing = i >= 0 and (tags[i] == syntax.COORD or tokens[i].text in (",", ";") or tokens[i].lower in scene.grammar.words["spells_out"])
    return listing and count.noun is not None and bool(count.noun.classes) and not count.noun.is_a(PERSON)
