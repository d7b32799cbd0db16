"""Victims told one by one, or group by group, are a count, once.

"A 68-year-old woman and a 22-year-old officer were killed" is two dead, though no number stands there; "three women and two men were hurt" is
five; "he and three others were shot" is four. In "two people, a woman and an officer, were killed" the same two are parts of the number named,
not an addition to it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.making import claim_id
from crosstally.extract.figures.nouns import PERSON
from crosstally.extract.figures.scene import Candidate, Scene
from crosstally.values import WHOLE, Claim, Hedge, Quantity, Reading

RULE = "told one by one"
_LISTED = frozenset({"object", "subject", "participle", "prenominal"})


class Member(msgspec.Struct, frozen=True):
    """A count of people with its claim; ``single``: one person told without a number."""

    count: Counted
    claim: Claim
    single: bool


def gather(
    claims: tuple[Claim, ...], by_count: Mapping[int, Claim], scene: Scene, chosen: Mapping[int, tuple[Candidate, ...]],
    individuals: Sequence[Counted] = (),
) -> tuple[Claim, ...]:  # fmt: skip
    """A sentence's claims with members of one coordination made parts: of the number beside them where there is one, else of a sum of theirs.

    ``by_count``: count index to its claim; ``individuals``: people told without number. A sum has no ``figure`` (no number is written); its
    span covers what it sums.
    """
    groups: dict[tuple[int, str], list[Member]] = {}
    best_verb: dict[str, int] = {}
    for index, claim in by_count.items():
        count = scene.counts[index]
        best = chosen[index][0]
        if claim.part_of is None and best.way in _LISTED and _people(count, claim):
            best_verb[claim.id] = best.verb
            groups.setdefault((best.first, claim.measure), []).append(Member(count, claim, count.article))
    changed: dict[str, Claim] = {}  # made parts
    sums: list[Claim] = []
    for members in groups.values():
        whole, parts = _whole_and_parts(members, scene)
        if whole is None and len(parts) > 1:
            whole = add([m.claim for m in parts])
            sums.append(whole)
        elif whole is None and len(parts) == 1:
            joined = _joined_before(parts[0].count, scene, individuals) or _joined_after(
                parts[0].count, best_verb[parts[0].claim.id], scene, individuals
            )
            if joined is not None and parts[0].claim.quantity is not None:
                whole = add([parts[0].claim], and_one=joined.number.text)
                sums.append(whole)
        if whole is not None:
            for part in parts:
                changed[part.claim.id] = msgspec.structs.replace(
                    part.claim, part_of=whole.id, trace=(*part.claim.trace, f"part of {whole.id}: {RULE}")
                )
    return (*(changed.get(c.id, c) for c in claims), *sums)


def _people(count: Counted, claim: Claim) -> bool:
    quantity = claim.quantity
    numeric = quantity is not None and quantity.low is not None and quantity.low > 0
    return numeric and not count.is_whole and count.whole is None and (count.noun.is_a(PERSON) if count.noun is not None else claim.measure != "")


def _whole_and_parts(members: list[Member], scene: Scene) -> tuple[Claim | None, list[Member]]:
    """A number that the members after it spell out, and those; or no number, and the members of one list."""
    first, rest = members[0], members[1:]
    total = sum(_low(m) for m in rest)
    if rest and not first.single and _low(first) >= total and not _ands(first, rest[0], scene):
        spelled = _low(first) == total or all(m.single for m in rest)
        return (first.claim, rest) if spelled else (None, [])
    if not rest:
        return None, [first]
    if len(rest) == 1 and first.single and rest[0].single and _in_apposition(first, rest[0], scene):
        return first.claim, rest
    if first.count.noun is None and not first.single:
        return None, []  # a bare number first is no member of a list of people
    listed = [first]
    for member in rest:
        same = any(first.count.index in g and member.count.index in g for g in scene.groups)
        if same or (member.single and first.single):
            listed.append(member)
    if not any(m.count.noun is not None for m in listed):
        return None, []
    return None, listed


def _ands(a: Member, b: Member, scene: Scene) -> bool:
    """Whether "and" alone stands between two members: they add up, the first is no whole of the second."""
    tags, tokens = scene.parsed.tags, scene.parsed.sentence.tokens
    between = range(a.count.last + 1, b.count.first)
    return any(tags[i] == syntax.COORD for i in between) and not any(tokens[i].text == "," for i in between)


def _in_apposition(a: Member, b: Member, scene: Scene) -> bool:
    """ "A third victim, a 19-year-old woman, died": one person, told twice. With "and" behind the second it is a list."""
    tags, tokens = scene.parsed.tags, scene.parsed.sentence.tokens
    after = b.count.last + 1
    alone = [t.text for t in tokens[a.count.last + 1 : b.count.first]] == [","]
    return alone and after < len(tags) and tags[after] != syntax.COORD


def _low(member: Member) -> int:
    return member.claim.quantity.low or 0 if member.claim.quantity is not None else 0


def _joined_before(count: Counted, scene: Scene, individuals: Sequence[Counted]) -> Counted | None:
    """Somebody joined by "and" right before a number: "he and three others"; "a boy and six other people" is two counts already."""
    tags = scene.parsed.tags
    at = count.first - 1
    if count.article or at < 1:
        return None
    for one in individuals:
        bare = one.number.rule.endswith("bare")  # in a headline a comma is an "and"
        if one.first <= at - 1 <= one.last and (tags[at] == syntax.COORD or (bare and scene.parsed.sentence.tokens[at].text == ",")):
            return one
    return None


def _joined_after(count: Counted, verb: int, scene: Scene, individuals: Sequence[Counted]) -> Counted | None:
    """Somebody joined by "and" right after a count: "killed a woman and her grandson"; not "killed a woman and the driver fled"."""
    parsed = scene.parsed
    at = count.last + 1
    if at >= len(parsed.tags) or parsed.tags[at] != syntax.COORD or count.noun is None:
        return None
    for one in individuals:
        if at < one.first <= at + 2 and not one.number.rule.endswith(("pronoun", "self")):
            after = parsed.verb_at[one.last + 1] if one.last + 1 < len(parsed.tags) else -1
            return one if after < 0 or after == verb else None
    return None


def add(parts: Sequence[Claim], and_one: str = "") -> Claim:
    """The sum of claims of one measure, and of one person more where ``and_one`` names somebody."""
    first = parts[0]
    span = first.span
    for part in parts[1:]:
        span = span.join(part.span)
    text = " + ".join([*([and_one] if and_one else []), *(p.text for p in parts)])
    low, high, exact = (1 if and_one else 0), (1 if and_one else 0) or 0, True
    top: int | None = high
    for part in parts:
        quantity = part.quantity
        assert quantity is not None
        low += quantity.low or 0
        top = None if top is None or quantity.high is None else top + quantity.high
        exact = exact and quantity.is_exact
    hedge: Hedge = "exact" if exact else "at_least" if top is None else "between"
    measure = first.measure
    others = [Reading(r.measure, WHOLE, why=r.why) for r in first.readings[1:] if r.measure != measure]
    return msgspec.structs.replace(
        first,
        id=claim_id(first.document, span, f"{measure}\x1f{RULE}", WHOLE),
        span=span,
        text=text,
        figure=None,
        facets=WHOLE,
        quantity=Quantity(low, top, hedge, "people", text),
        readings=(Reading(measure, WHOLE, why=f"{low} {RULE}"), *others),
        part_of=None,
        rule=RULE,
        trace=(*(t for p in parts for t in p.trace[:1]), RULE),
    )
