"""People told one at a time over a whole report: who is the same person, who is told only now, and what they come to.

Only first tellings count: "a man was shot", later "the man", "he", "John Rowe, 27" are one. A person told as shot and then as dead is dead, not
wounded as well. Where the report gives a number, single people are within it and add nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.extract.figures.individuals import Kind
from crosstally.extract.figures.one_by_one import RULE, add
from crosstally.values import Claim, Facets, Reading

_SAME_PERSON = "told before"
_SIDE = "side"
_YOUTH = 15
_INTRODUCED = frozenset({"article", "bare"})  # told as somebody new, with no name to tell who
_LISTED = frozenset({"bare", "kin"})  # of whom two under one predicate are two
_NEW = frozenset({"article", "bare", "name", "kin"})  # ways to name somebody who was not told before


class Single(msgspec.Struct, frozen=True):
    """A claim that one person came to harm. ``kind``: how the person is named; ``name``: words of the name; ``calm``: the predicate alone
    tells no violence ("died"); ``sentence``: its index; ``title``: whether it is the report's headline;
    ``open``: whether the words leave open if the person lives ("was shot"); ``grown``: whether they are of no child ("man"); ``other``: of
    somebody else than who was told before ("the other victim"); ``dead``: whether the person is told dead."""

    claim: Claim
    kind: Kind
    sentence: int
    name: frozenset[str] = frozenset()
    age: int | None = None
    another: bool = False
    calm: bool = False
    title: bool = False
    open: bool = False
    grown: bool = False
    other: bool = False
    dead: bool = False

    @property
    def sex(self) -> str:
        return self.claim.facets.get("sex", "")

    @property
    def side(self) -> str:
        return self.claim.facets.get(_SIDE, "")


def _too_old(a: Single, b: Single) -> bool:
    """Whether one is called a man, of no age, and the other is a child of less than 15: a teenager may be called a man, too."""
    return a.grown and a.age is None and b.age is not None and b.age < _YOUTH


def _two_fates(a: Single, b: Single) -> bool:
    """Whether the second is told as somebody new, one is dead, and the other is told in words of the living: "the boy died", "a boy was hurt"."""
    new = a.kind != "pronoun" and b.kind in (*_INTRODUCED, "kin") and not (a.open or b.open)
    return new and (a.age is None or a.age != b.age)


class Person(msgspec.Struct, frozen=True):
    """Tellings that are one person."""

    tellings: tuple[Single, ...]

    def could_be(self, other: Single) -> bool:
        names = frozenset(word for one in self.tellings for word in one.name)
        if names and other.name and not names & other.name:
            return False
        return all(_agree(one, other) for one in self.tellings)


def _share(a: Single, b: Single) -> bool:
    """Whether one predicate holds for both: "kills wife, son"."""
    return a.claim.span.start == b.claim.span.start or a.claim.span.end == b.claim.span.end


def _agree(a: Single, b: Single) -> bool:
    """Whether two tellings can be of one person: no sex, age or side against it."""
    if a.sex and b.sex and a.sex != b.sex:
        return False
    if a.age is not None and b.age is not None and abs(a.age - b.age) > 1:
        return False
    if (a.side or b.side) and a.side != b.side and "pronoun" not in (a.kind, b.kind):
        return False
    ages = {a.claim.facets.get("age", ""), b.claim.facets.get("age", "")}
    if ages == {"child", "adult"} or _too_old(a, b) or _too_old(b, a):
        return False
    if a.dead != b.dead and (b.other or _two_fates(a, b)):
        return False
    # two new people of one sentence: "a man and a woman", "one man ..., another man", "a man and his son"
    new = a.claim.measure == b.claim.measure and ((a.kind in _NEW and b.kind == "kin") or (a.kind in _LISTED and b.kind in _LISTED and _share(a, b)))
    return not (a.sentence == b.sentence and (new or (a.kind == b.kind == "article" and a.claim.span.end <= b.claim.span.start)))


def persons(singles: Sequence[Single]) -> tuple[Person, ...]:
    """The people that the tellings come to, in order of first telling."""
    found: list[Person] = []
    for single in singles:
        fits = [p for p in found if p.could_be(single) and (not single.another or _told_alike(p, single))]
        if not fits and single.kind == "kin":  # "his sister", told again behind words of her that leave her fate open
            fits = [p for p in found if p.could_be(msgspec.structs.replace(single, kind="definite")) and _kin_told(p, single)]
        if single.kind in ("name", "definite"):  # who is told dead is rather the one told dead before
            fits = [p for p in fits if any(t.dead == single.dead for t in p.tellings)] or fits
        if single.age is not None:  # "the 5-year-old" is rather one of that age than one of none
            fits = [p for p in fits if any(t.age == single.age for t in p.tellings)] or fits
        if single.name:
            fits = [p for p in fits if any(t.name & single.name for t in p.tellings)] or fits
        if fits:
            place = found.index(fits[-1])
            found[place] = Person((*fits[-1].tellings, single))
        else:
            found.append(Person((single,)))
    return tuple(found)


def _kin_told(person: Person, single: Single) -> bool:
    """Whether a person was told of as such kin before: of the same sex, and come to the same."""
    return any(t.kind == "kin" and t.sex == single.sex and t.dead == single.dead for t in person.tellings)


def _told_alike(person: Person, single: Single) -> bool:
    """Whether "another" was told of a person before, in the headline or in the same words: then it is the same other one."""
    words = single.claim.text.casefold()
    return any(t.another and (t.title or t.claim.text.casefold() == words) and t.claim.measure == single.claim.measure for t in person.tellings)


class Held(msgspec.Struct, frozen=True):
    """Somebody told without number in a report that gives a number: within it, unless that number turns out to be of another event.
    ``new``: whether told as somebody new; ``written``: whether the claim is among the report's claims."""

    claim: Claim
    new: bool
    written: bool


def settle(
    claims: Iterable[Claim], singles: Sequence[Single], outcome: Mapping[str, str], violent: bool
) -> tuple[tuple[Claim, ...], tuple[Held, ...]]:
    """A report's claims with its single people settled, and who is held back. ``outcome``: measure to the measure that overtakes it
    (wounded: killed); ``violent``: whether the report tells of violence at all, so that "died" is a death by it."""
    kept = list(claims)
    ids = {s.claim.id for s in singles}
    wholes = {c.measure for c in kept if c.id not in ids and _counts_people(c)}
    written = {c.id for c in kept}
    told = [s for s in singles if violent or not s.calm or s.claim.id in written]
    current = {c.id: c for c in kept}
    changed: dict[str, Claim] = {}
    new: list[Claim] = []
    held: list[Held] = []
    counted: dict[str, list[Single]] = {}
    told = _without_side(told, outcome, any(m in wholes for m in (*outcome, *outcome.values())))
    for person in persons(told):
        last = {t.claim.measure for t in person.tellings}
        first: dict[str, Single] = {}
        for telling in person.tellings:
            claim = current.get(telling.claim.id, telling.claim)
            after = outcome.get(claim.measure)
            if after in last:
                if claim.id in written:
                    changed[claim.id] = _overtaken(claim, str(after))
                continue
            if claim.measure not in first:
                first[claim.measure] = telling
            elif claim.id in written and first[claim.measure].claim.id in written:
                changed[claim.id] = msgspec.structs.replace(claim, part_of=first[claim.measure].claim.id, trace=(*claim.trace, _SAME_PERSON))
        for measure, telling in first.items():
            if any(t.claim.id in written for t in person.tellings if t.claim.measure == measure):
                telling = next(t for t in person.tellings if t.claim.measure == measure and t.claim.id in written)
            counted.setdefault(measure, []).append(telling)
            if telling.claim.id not in written and (measure not in wholes or telling.side):
                new.append(telling.claim)
            elif measure in wholes and not telling.side:
                held.append(Held(telling.claim, telling.kind in _NEW, telling.claim.id in written))
    for measure, people in counted.items():
        mine = [p for p in people if not p.side and p.claim.part_of is None]
        if measure not in wholes and len(mine) > 1 and all(p.kind in _NEW for p in mine):
            total = add([p.claim for p in mine])
            new.append(total)
            for p in mine:
                base = changed.get(p.claim.id, current.get(p.claim.id, p.claim))
                changed[p.claim.id] = msgspec.structs.replace(base, part_of=total.id, trace=(*base.trace, f"part of {total.id}: {RULE}"))
    return _in_order(changed.get(c.id, c) for c in (*kept, *new)), tuple(held)


def _in_order(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda c: (c.sentence, c.figure is None, c.span, c.id)))


def release(claims: Sequence[Claim], held: Sequence[Held]) -> tuple[Claim, ...]:
    """The claims without those held back that a number of their own happening has in it; where there is none, people told as new are summed.

    ``claims``: with their happenings, those held back among them. "Two others died in a fire" years ago takes nobody into it who is shot now.
    """
    ids = {h.claim.id for h in held}
    by_id = {c.id: c for c in claims}
    wholes = {(c.happening, c.measure) for c in claims if c.id not in ids and _counts_people(c)}
    dropped: set[str] = set()
    groups: dict[tuple[str | None, str], list[tuple[Held, Claim]]] = {}
    for one in held:
        claim = by_id.get(one.claim.id)
        if claim is None or claim.part_of is not None:
            continue
        if (claim.happening, claim.measure) in wholes or claim.happening is None:
            dropped |= set() if one.written else {claim.id}
        else:
            groups.setdefault((claim.happening, claim.measure), []).append((one, claim))
    sums: list[Claim] = []
    changed: dict[str, Claim] = {}
    for people in groups.values():
        if len(people) > 1 and all(one.new for one, _ in people):
            total = add([claim for _, claim in people])
            sums.append(total)
            for _, claim in people:
                changed[claim.id] = msgspec.structs.replace(claim, part_of=total.id, trace=(*claim.trace, f"part of {total.id}: {RULE}"))
    return _in_order(changed.get(c.id, c) for c in (*claims, *sums) if c.id not in dropped)


def by_happening(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Sums of people told one by one taken apart where their parts turned out to belong to different happenings."""
    claims = tuple(claims)
    parts: dict[str, list[Claim]] = {c.id: [] for c in claims if c.rule == RULE and c.figure is None}
    for claim in claims:
        if claim.part_of in parts:
            parts[claim.part_of].append(claim)
    changed: dict[str, Claim | None] = {}
    new: list[Claim] = []
    for total, members in parts.items():
        homes: dict[str | None, list[Claim]] = {}
        for member in members:
            homes.setdefault(member.happening, []).append(member)
        if len(homes) < 2:
            continue
        changed[total] = None
        for group in homes.values():
            sum_ = add(group) if len(group) > 1 else None
            new += [sum_] if sum_ is not None else []
            for member in group:
                changed[member.id] = msgspec.structs.replace(member, part_of=sum_.id if sum_ is not None else None)
    kept = [c for claim in claims if (c := changed.get(claim.id, claim)) is not None]
    return _in_order((*kept, *new)) if changed else claims


def _without_side(told: Sequence[Single], outcome: Mapping[str, str], many: bool) -> list[Single]:
    """Who "shot himself" is an attacker only beside other victims: where he is the one who died, or nobody else came to harm, he is the victim."""
    out = []
    for single in told:
        if single.kind == "self" and single.side:
            others = [o for o in told if o.kind != "self" and not o.side]
            dead = [_died_of_it(o, single) for o in others if o.dead]
            if (any(dead) if not single.dead else all(dead) and bool(dead) and not many) or not (others or many):
                facets = single.claim.facets.having(**{_SIDE: None})
                readings = tuple(msgspec.structs.replace(r, facets=r.facets.having(**{_SIDE: None})) for r in single.claim.readings)
                single = msgspec.structs.replace(single, claim=msgspec.structs.replace(single.claim, facets=facets, readings=readings))
        out.append(single)
    return out


def _died_of_it(dead: Single, single: Single) -> bool:
    """Whether somebody told dead may be who shot himself; of one told to have killed himself, nobody whom the words tell to be killed by another,
    or in one breath with him."""
    if dead.sex and dead.sex != single.sex:
        return False
    return not single.dead or (dead.calm and dead.sentence != single.sentence)


def _counts_people(claim: Claim) -> bool:
    """A count of people without a part's marks: single people of the report are within it."""
    quantity = claim.quantity
    return quantity is not None and quantity.low is not None and quantity.low > 0 and claim.part_of is None and _SIDE not in claim.facets


def _overtaken(claim: Claim, outcome: str) -> Claim:
    """A person told as hurt who is told as dead, too: no more among the hurt, but hit all the same."""
    facets: Facets = claim.facets
    return msgspec.structs.replace(
        claim,
        measure="affected",
        readings=(Reading("affected", facets, why=f"the same person is {outcome}"), Reading(claim.measure, facets, why="as first told")),
        trace=(*claim.trace, f"overtaken: {outcome}"),
    )
