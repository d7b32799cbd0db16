"""Precision, recall, F1 and the matching of spans, as the fields that annotate text define them."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

Range = tuple[int, int]
_Item = TypeVar("_Item", bound=Hashable)
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Rates:
    """Precision, recall and F1, each 0 where it is not defined."""

    precision: float
    recall: float
    f1: float


def rates(right: float, found: int, wanted: int) -> Rates:
    """From counts: right finds, all finds, all that should be found (van Rijsbergen 1979)."""
    precision = right / found if found else 0.0
    recall = right / wanted if wanted else 0.0
    return Rates(precision, recall, 2 * precision * recall / (precision + recall) if precision + recall else 0.0)


def overlap(a: Range, b: Range) -> int:
    """Characters that two half-open ranges share."""
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def match_exact(gold: Iterable[Range], found: Iterable[Range]) -> set[Range]:
    """Gold ranges found with both ends right."""
    return set(gold) & set(found)


def match_overlapping(gold: Sequence[Range], found: Sequence[Range]) -> dict[int, int]:
    """Index of gold to index of found, one to one, exact matches first, then the largest overlap."""
    pairs = sorted(
        ((gold[g] != found[f], -overlap(gold[g], found[f]), g, f) for g in range(len(gold)) for f in _near(gold[g], found)),
    )
    out: dict[int, int] = {}
    taken: set[int] = set()
    for _, _, g, f in pairs:
        if g not in out and f not in taken:
            out[g] = f
            taken.add(f)
    return out


def _near(one: Range, others: Sequence[Range]) -> Iterable[int]:
    return (i for i, other in enumerate(others) if overlap(one, other))


def words_in(text: str, ranges: Iterable[Range]) -> frozenset[int]:
    """Start offsets of the words (runs of letters and digits) of ``text`` that begin inside any of ``ranges``."""
    return frozenset(start + m.start() for start, end in ranges for m in _WORD.finditer(text[start:end]))


def shared_both_ways(a: frozenset[int], b: frozenset[int]) -> float:
    """The smaller of the two shares that the common words have of each set: 1 for equal sets, 0 for sets apart or empty."""
    common = len(a & b)
    return min(common / len(a), common / len(b)) if common else 0.0


def dice(a: frozenset[int], b: frozenset[int]) -> float:
    """Twice the common words over all words of both: the F1 of one set against the other (Dice 1945)."""
    return 2 * len(a & b) / (len(a) + len(b)) if a or b else 0.0


def b_cubed(gold: Mapping[_Item, Hashable], found: Mapping[_Item, Hashable]) -> Rates:
    """B-cubed precision, recall and F1 of a clustering over the items that both hold (Bagga and Baldwin 1998, uniform weights)."""
    items = [item for item in gold if item in found]
    if not items:
        return Rates(0.0, 0.0, 0.0)
    by_gold: dict[Hashable, set[_Item]] = {}
    by_found: dict[Hashable, set[_Item]] = {}
    for item in items:
        by_gold.setdefault(gold[item], set()).add(item)
        by_found.setdefault(found[item], set()).add(item)
    together = {i: len(by_gold[gold[i]] & by_found[found[i]]) for i in items}
    precision = sum(together[i] / len(by_found[found[i]]) for i in items) / len(items)
    recall = sum(together[i] / len(by_gold[gold[i]]) for i in items) / len(items)
    return Rates(precision, recall, 2 * precision * recall / (precision + recall))
