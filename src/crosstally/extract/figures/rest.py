"""The rest of a whole: "four people were shot, one fatally" is four hit, one dead and three hurt, though no three is written.

A predicate that may count the dead too ("were shot") has a reading for all that were hit. Where the sentence tells the dead as a part of it, that
reading holds, and what is left over is a claim without a figure of its own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from crosstally.extract.figures.making import claim_id
from crosstally.values import Claim, Quantity, Reading

RULE = "the rest"


def take_rests(claims: Sequence[Claim], outcome: Mapping[str, str], everybody: str, apart: frozenset[str], hurt: frozenset[int]) -> tuple[Claim, ...]:
    """Claims of one sentence with such wholes read as all that were hit, and their rests added.

    ``outcome``: measure to the one that overtakes it (wounded: killed); ``everybody``: the measure that holds both;
    ``apart``: ids of claims that stand beside the others, no part of them ("..., and a boy was killed");
    ``hurt``: numbers that the report elsewhere tells as the hurt alone, so that no dead are among them.
    """
    out = list(claims)
    for i, claim in enumerate(claims):
        after = outcome.get(claim.measure)
        if after is None or claim.part_of is not None or not any(r.measure == everybody for r in claim.readings):
            continue
        total = _exact(claim)
        if total is None or total in hurt:
            continue
        gone = [
            c
            for c in claims
            if c.measure == after
            and c.id != claim.id
            and c.span.start >= claim.span.start
            and 0 < (_exact(c) or 0) < total
            and (c.part_of == claim.id or c.id not in apart)
        ]
        if not gone:
            continue
        others = [c for c in claims if c.measure == claim.measure and c.id != claim.id and c.part_of != claim.id and _exact(c)]
        lost = max(_exact(c) or 0 for c in gone)
        if any((_exact(c) or 0) == total for c in others):
            continue
        whole = _as(claim, everybody, after)
        out[i] = whole
        out = [msgspec.structs.replace(c, part_of=whole.id) if c.id in {g.id for g in gone} and c.part_of in (None, claim.id) else c for c in out]
        if not any(not c.facets for c in others):
            out.append(_rest(claim, total - lost, f"{total} - {lost}"))
    return tuple(out)


def told_hurt(claims: Sequence[Claim], outcome: Mapping[str, str], everybody: str) -> frozenset[int]:
    """Numbers of a report that count the hurt and cannot count the dead."""
    plain = (c for c in claims if c.measure in outcome and c.part_of is None and not any(r.measure == everybody for r in c.readings))
    return frozenset(number for c in plain if (number := _exact(c)))


def _exact(claim: Claim) -> int | None:
    quantity = claim.quantity
    return quantity.low if quantity is not None and quantity.is_exact else None


def _as(claim: Claim, measure: str, after: str) -> Claim:
    """The claim with another reading as its default."""
    first = Reading(measure, claim.facets, why=f"{after} are told as a part of it")
    rest = tuple(r for r in claim.readings if r.measure != measure)
    return msgspec.structs.replace(claim, measure=measure, readings=(first, *rest), trace=(*claim.trace, f"whole: {after} are a part"))


def _rest(claim: Claim, left: int, sum_line: str) -> Claim:
    return msgspec.structs.replace(
        claim,
        id=claim_id(claim.document, claim.span, f"{claim.measure}\x1f{RULE}", claim.facets),
        figure=None,
        quantity=Quantity(left, left, "exact", "people", sum_line),
        readings=(Reading(claim.measure, claim.facets, why=f"{RULE}: {sum_line}"),),
        rule=RULE,
        trace=(*claim.trace, RULE),
    )
