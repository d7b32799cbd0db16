"""Victims told one by one are a count, once.

"A 68-year-old woman and a 22-year-old officer were killed" is two dead, though no number stands there; in "two people, a woman and an
officer, were killed" the same two are parts of the number named, not an addition to it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

import msgspec

from crosstally.extract.scene import Candidate, Scene
from crosstally.values import WHOLE, Claim, Quantity, Reading

RULE = "told one by one"


def gather(claims: tuple[Claim, ...], by_count: Mapping[int, Claim], scene: Scene, chosen: Mapping[int, tuple[Candidate, ...]]) -> tuple[Claim, ...]:
    """A sentence's claims with single victims made parts: of the number beside them where there is one, else of a sum of their own.

    ``by_count``: count index to its claim. A sum has no ``figure`` (no number is written); its span covers the victims it sums.
    """
    singles: dict[tuple[int, str], list[int]] = {}
    for index, claim in by_count.items():
        count = scene.counts[index]
        if count.article and claim.part_of is None and count.noun is not None and count.noun.is_a("person") and chosen[index][0].verb >= 0:
            singles.setdefault((chosen[index][0].verb, claim.measure), []).append(index)
    changed: dict[str, Claim] = {}
    sums: list[Claim] = []
    for (verb, measure), indices in singles.items():
        whole = _number_beside(indices, verb, measure, by_count, scene, chosen)
        if whole is None and len(indices) > 1:
            whole = _sum([by_count[i] for i in indices])
            sums.append(whole)
        if whole is not None:
            for i in indices:
                changed[by_count[i].id] = msgspec.structs.replace(
                    by_count[i], part_of=whole.id, trace=(*by_count[i].trace, f"part of {whole.id}: {RULE}")
                )
    return (*(changed.get(c.id, c) for c in claims), *sums)


def _number_beside(
    indices: list[int], verb: int, measure: str, by_count: Mapping[int, Claim], scene: Scene, chosen: Mapping[int, tuple[Candidate, ...]]
) -> Claim | None:
    """The number in the same slot that the singles spell out: it stands before them and is as large as they are many."""
    for index, claim in by_count.items():
        same_slot = claim.measure == measure and chosen[index][0].verb == verb and index < indices[0] and not scene.counts[index].article
        if same_slot and claim.quantity is not None and (claim.quantity.low or 0) >= len(indices):
            return claim
    return None


def _sum(parts: list[Claim]) -> Claim:
    first = parts[0]
    span = first.span
    for part in parts[1:]:
        span = span.join(part.span)
    start = min(first.span.start, *(p.span.start for p in parts))
    text = " + ".join(p.text for p in parts)
    key = f"{first.document}\x1f{span.start}\x1f{span.end}\x1f{first.measure}\x1f{RULE}"
    return msgspec.structs.replace(
        first,
        id="c" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest(),
        span=msgspec.structs.replace(span, start=start),
        text=text,
        figure=None,
        facets=WHOLE,
        quantity=Quantity(len(parts), len(parts), "exact", "people", text),
        readings=(Reading(first.measure, WHOLE, why=f"{len(parts)} {RULE}"),),
        part_of=None,
        rule=RULE,
        trace=(*(t for p in parts for t in p.trace[:1]), RULE),
    )
