"""Things of one class counted apart in one list: "five houses and three apartment blocks were damaged" is eight homes, and no dispute."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import msgspec

from crosstally.domain.model import Domain

from .cells import Figure


def summed(figures: Sequence[Figure], domain: Domain) -> tuple[Figure, ...]:
    """The figures, those of one list made one: the first of them, with the sum as its value and their claims as its ``addends``.

    A list: counts of things (no people: who is counted twice there, facets tell) that one sentence gives for one cell by one speaker, none
    of them a part of another. Open ends add up to an open end.
    """
    lists: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    for figure in figures:
        if _adds(figure, domain):
            claim = figure.claim
            lists[claim.document, claim.sentence, figure.options[0], figure.origin.key, claim.rule].append(figure)
    whole = {rows[0].id: _sum(rows) for rows in lists.values() if len(rows) > 1}
    gone = {f.id for rows in lists.values() for f in rows[1:]}
    return tuple(whole.get(f.id, f) for f in figures if f.id not in gone)


def _adds(figure: Figure, domain: Domain) -> bool:
    measure = domain.measures.get(figure.options[0].measure)
    counted = measure is not None and measure.strand == "damage" and len(figure.options) == 1
    happened = figure.options[0].mode == "happened"
    return counted and happened and figure.low is not None and figure.low > 0 and not figure.soft and figure.claim.part_of is None


def _sum(rows: Sequence[Figure]) -> Figure:
    lows, highs = [f.low or 0 for f in rows], [f.high for f in rows]
    high = None if any(h is None for h in highs) else sum(h or 0 for h in highs)
    return msgspec.structs.replace(rows[0], low=sum(lows), high=high, addends=tuple(f.claim for f in rows))
