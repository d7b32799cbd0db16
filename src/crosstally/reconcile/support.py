"""Minimal support: which claims and relations alone give a bound, or rule a set of claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from .bounds import Interval
from .cells import Cell, Figure
from .relate import Component, Row
from .solve import Solution, Stand, start_of
from .sums import Sums


class Prover:
    """One component with what stands in it, to ask what follows from which stands and rows. Holds state of ``sums``."""

    def __init__(self, component: Component, solution: Solution) -> None:
        self.component, self.stands, self.choices = component, solution.stands, solution.choices
        self.sums = Sums(component)
        self.net = self.sums.net

    def refuted(self, some: Iterable[int], rows: Sequence[int], fixed: Mapping[Cell, Interval] | None = None) -> bool:
        """True if these stands cannot hold together under these rows. ``fixed``: intervals taken for granted."""
        return self.sums.ask(start_of(self.stands, self.choices, some, fixed), rows) is False

    def entails(self, some: Sequence[int], rows: Sequence[int], cell: Cell, bound: Interval, fixed: Mapping[Cell, Interval] | None = None) -> bool:
        """True if these stands and rows alone hold the cell to the bound."""
        given = start_of(self.stands, self.choices, some, fixed)
        low, high = given.get(cell, (0, None))
        sides: list[Interval] = []
        if bound[0] > low:
            sides.append((low, bound[0] - 1 if high is None else min(high, bound[0] - 1)))
        if bound[1] is not None and (high is None or bound[1] < high):
            sides.append((max(low, bound[1] + 1), high))
        return all(self.sums.ask({**given, cell: side}, rows) is False for side in sides)


class Solved(msgspec.Struct, frozen=True):
    """A component, its solution, and what proves support in it (holds solver state while one event is balanced)."""

    component: Component
    solution: Solution
    prover: Prover


def support(
    prover: Prover, keep: Sequence[int], cell: Cell, bound: Interval, fixed: Mapping[Cell, Interval] | None = None
) -> tuple[tuple[int, ...], tuple[Row, ...]]:
    """A deletion-minimal set of stands and rows that alone give ``cell`` this bound; both empty where it does not follow.

    Traced intervals leave few candidates; each that remains is proved needed.
    """
    net = prover.net
    target = net.index[cell]
    stands, choices = prover.stands, prover.choices

    def passes(some: Sequence[int], rows: Iterable[int], trace: dict[int, set[int]] | None = None) -> bool:
        low, high = net.start(start_of(stands, choices, some, fixed))
        if not net.narrow(low, high, rows, trace):
            return True
        return low[target] >= bound[0] and (bound[1] is None or high[target] <= bound[1])

    chosen, rows = list(keep), list(range(len(prover.component.rows)))
    trace: dict[int, set[int]] = {}
    if passes(chosen, rows, trace):
        used, seen = net.back([target], trace)
        near = [i for i in chosen if net.index[stands[i].options[choices[i]]] in seen]
        if passes(near, sorted(used)):
            chosen, rows = near, sorted(used)
        chosen, rows = _delete(chosen, rows, passes, stands, choices)
    elif not prover.entails(chosen, rows, cell, bound, fixed):
        return (), ()
    if len(chosen) > 1:  # intervals may miss that less is enough
        chosen, rows = _delete(chosen, rows, lambda some, those: prover.entails(some, those, cell, bound, fixed), stands, choices)
    return tuple(chosen), tuple(prover.component.rows[r] for r in rows)


def stood_on(
    found: Solved, cell: Cell, bound: Interval, fixed: Mapping[Cell, Interval] | None = None
) -> list[tuple[Cell, Sequence[Figure]]]:
    """The cells that a bound rests on, each with its equal figures; none where it does not follow from what stands however all is mended."""
    solution = found.solution
    used, _rows = support(found.prover, solution.kept, cell, bound, fixed)
    return [(solution.stands[i].options[solution.choices[i]], solution.stands[i].figures) for i in used]


def _delete(
    chosen: list[int], rows: list[int], check: Callable[[list[int], list[int]], bool], stands: Sequence[Stand], choices: Sequence[int]
) -> tuple[list[int], list[int]]:
    """Leave out, one by one, what is not needed: narrow figures first, then rows."""
    for index in sorted(chosen, key=lambda i: -len(stands[i].options[choices[i]].facets)):
        rest = [i for i in chosen if i != index]
        if check(rest, rows):
            chosen = rest
    for number in list(rows):
        fewer = [r for r in rows if r != number]
        if check(chosen, fewer):
            rows = fewer
    return chosen, rows


def refuting_rows(prover: Prover, conflict: Sequence[int]) -> tuple[Row, ...]:
    """A deletion-minimal set of rows that rules out these stands together."""
    rows = list(range(len(prover.component.rows)))
    for number in list(rows):
        fewer = [r for r in rows if r != number]
        if prover.refuted(conflict, fewer):
            rows = fewer
    return tuple(prover.component.rows[r] for r in rows)
