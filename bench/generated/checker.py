"""Whether a set of figures can all be true: written apart from the reconciler, from the definition of the night alone.

A night is a table of counts, one for each fate and each kind of weapon. A figure is the sum over a block of it. A set of figures can hold
where that table exists: decided exactly, by phase one of the simplex method in rational numbers (Bland's rule, so it ends), with a branch on any
count that comes out broken. Shares no code and no table with ``crosstally.reconcile``. That one ends in a simplex too, over cells and relations of
the pack; it is held against z3 and against plain counting in the tests, and against this one here.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from itertools import combinations

from .truth import MISSILES

Fact = tuple[str, str, int | None, int | None]  # measure, member, low, high

_KINDS = ("strike_drone", "other_drone", *MISSILES, "other_missile")
_FATES = ("shot_down", "suppressed", "hit", "unaccounted")
_MEASURES = {
    "launched": _FATES, "neutralised": ("shot_down", "suppressed"), "shot_down": ("shot_down",), "suppressed": ("suppressed",), "hit": ("hit",),
    "unaccounted": ("unaccounted",),
}  # fmt: skip
_MEMBERS = {"": _KINDS, "drone": _KINDS[:2], "missile": _KINDS[2:], **{k: (k,) for k in _KINDS}}

Row = tuple[frozenset[int], int, bool]  # leaves, bound, True for "at most"


def feasible(facts: Iterable[Fact]) -> bool:
    """True if whole numbers exist that satisfy every fact and every sum of the night."""
    spans: dict[tuple[str, str], tuple[int, int | None]] = {}
    for measure, member, least, most in facts:
        low, high = spans.get((measure, member), (0, None))
        low, high = max(low, least or 0), most if high is None else high if most is None else min(high, most)
        if high is not None and low > high:
            return False
        spans[measure, member] = (low, high)
    for (measure, member), (low, _) in spans.items():
        whole = spans.get((measure, ""))
        if measure not in _MEASURES and member and whole is not None and whole[1] is not None and low > whole[1]:
            return False
    rows: list[Row] = []
    for (measure, member), (low, high) in spans.items():
        if measure not in _MEASURES:
            continue
        leaves = frozenset(_FATES.index(f) * len(_KINDS) + _KINDS.index(k) for f in _MEASURES[measure] for k in _MEMBERS[member])
        rows += [(leaves, low, False)] if low else []
        rows += [(leaves, high, True)] if high is not None else []
    return _whole(rows)


def _whole(rows: list[Row]) -> bool:
    point = _point(rows)
    if point is None:
        return False
    broken = next((i for i, x in point.items() if x.denominator != 1), None)
    if broken is None:
        return True
    floor = point[broken].numerator // point[broken].denominator
    one = frozenset((broken,))
    return _whole([*rows, (one, floor, True)]) or _whole([*rows, (one, floor + 1, False)])


def _point(rows: Sequence[Row]) -> dict[int, Fraction] | None:
    """A point that satisfies the rows, its non-zero coordinates; None where there is none. Rows as ``{column: coefficient}``, sparse."""
    width = len(_FATES) * len(_KINDS)
    table: list[dict[int, Fraction]] = []
    right: list[Fraction] = []
    basis: list[int] = []
    artificial: list[int] = []
    for at, (leaves, bound, most) in enumerate(rows):
        row = {i: Fraction(1) for i in leaves}
        row[width + at] = Fraction(1 if most else -1)  # slack or surplus
        if most:
            basis.append(width + at)
        else:
            row[width + len(rows) + at] = Fraction(1)
            basis.append(width + len(rows) + at)
            artificial.append(at)
        table.append(row)
        right.append(Fraction(bound))
    cost: dict[int, Fraction] = {}
    total = Fraction(0)
    for at in artificial:
        for column, x in table[at].items():
            if column < width + len(rows):
                cost[column] = cost.get(column, Fraction(0)) + x
        total += right[at]
    while total:
        enter = min((c for c, x in cost.items() if x > 0), default=None)
        if enter is None:
            return None
        ratios = [(right[i] / row[enter], basis[i], i) for i, row in enumerate(table) if row.get(enter, 0) > 0]
        _, _, at = min(ratios)
        pivot = table[at][enter]
        table[at] = {c: x / pivot for c, x in table[at].items()}
        right[at] /= pivot
        for i, row in enumerate(table):
            if i != at and (factor := row.get(enter)):
                _take(row, table[at], factor)
                right[i] -= factor * right[at]
        factor = cost[enter]
        total -= factor * right[at]
        _take(cost, table[at], factor)
        cost = {c: x for c, x in cost.items() if c < width + len(rows)}
        basis[at] = enter
    return {b: x for b, x in zip(basis, right, strict=True) if b < width and x}


def _take(row: dict[int, Fraction], other: dict[int, Fraction], factor: Fraction) -> None:
    for column, x in other.items():
        left = row.get(column, Fraction(0)) - factor * x
        if left:
            row[column] = left
        else:
            row.pop(column, None)


def is_minimal(facts: Sequence[Fact]) -> bool:
    """True if the facts cannot all hold, and any of them left out leaves facts that can."""
    return not feasible(facts) and all(feasible([f for j, f in enumerate(facts) if j != i]) for i in range(len(facts)))


def minimal_sets(facts: Sequence[Fact]) -> frozenset[frozenset[int]]:
    """Every minimal set that cannot all hold, by brute force over subsets, smallest first. For a dozen facts."""
    found: list[frozenset[int]] = []
    for size in range(1, len(facts) + 1):
        for chosen in combinations(range(len(facts)), size):
            group = frozenset(chosen)
            if not any(f <= group for f in found) and not feasible([facts[i] for i in chosen]):
                found.append(group)
    return frozenset(found)
