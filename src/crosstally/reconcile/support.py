"""Minimal support: which claims and relations alone give a bound, or rule a set of claims out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from .bounds import Interval, Net
from .cells import Cell
from .relate import Component, Row
from .solve import Solution, start_of


class Prover:
    """One component with every stand and every row behind a switch, to ask what follows from which. Holds z3 state, built when asked."""

    def __init__(self, component: Component, solution: Solution) -> None:
        self.component, self.stands, self.choices = component, solution.stands, solution.choices
        self.net = Net(component.cells, component.rows)
        self._solver: Any = None

    def _build(self) -> None:
        if self._solver is not None:
            return
        import z3  # heavy: only when intervals cannot answer

        self.z3 = z3
        self.var = {cell: z3.Int(f"y{i}") for i, cell in enumerate(self.component.cells)}
        self._solver = z3.Solver()
        for x in self.var.values():
            self._solver.add(x >= 0)
        self.row_lit, self.stand_lit = [], []
        for i, row in enumerate(self.component.rows):
            total = z3.Sum([self.var[p] for p in row.parts])
            self.row_lit.append(z3.Bool(f"r{i}"))
            whole = self.var[row.whole]
            self._solver.add(z3.Implies(self.row_lit[-1], whole == total if row.eq else whole >= total))
        for i, stand in enumerate(self.stands):
            x = self.var[stand.options[self.choices[i]]]
            self.stand_lit.append(z3.Bool(f"s{i}"))
            within = ([x >= stand.low] if stand.low is not None else []) + ([x <= stand.high] if stand.high is not None else [])
            self._solver.add(z3.Implies(self.stand_lit[-1], z3.And(*within)))

    def refuted(self, some: Iterable[int], rows: Iterable[int], extra: Callable[[Prover], Iterable[Any]] | None = None) -> bool:
        """True if these stands cannot hold together under these rows (and what ``extra`` adds)."""
        self._build()
        self._solver.push()
        for condition in extra(self) if extra else ():
            self._solver.add(condition)
        answer = self._solver.check(*(self.stand_lit[i] for i in some), *(self.row_lit[r] for r in rows))
        self._solver.pop()
        return bool(answer == self.z3.unsat)

    def entails(self, some: Iterable[int], rows: Iterable[int], cell: Cell, bound: Interval, fixed: Mapping[Cell, Interval] | None = None) -> bool:
        """True if these stands and rows alone hold the cell to the bound. ``fixed``: intervals taken for granted."""

        def outside(prover: Prover) -> list[Any]:
            x = prover.var[cell]
            conditions = [prover.z3.Or(x < bound[0], *([x > bound[1]] if bound[1] is not None else []))]
            for other, (low, high) in (fixed or {}).items():
                conditions += [prover.var[other] >= low] + ([prover.var[other] <= high] if high is not None else [])
            return conditions

        return self.refuted(some, rows, outside)


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


def _delete(
    chosen: list[int], rows: list[int], check: Callable[[list[int], list[int]], bool], stands: Sequence[Any], choices: Sequence[int]
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


def refuting_rows(component: Component, solution: Solution, conflict: Sequence[int]) -> tuple[Row, ...]:
    """A deletion-minimal set of rows that rules out these stands together."""
    prover = Prover(component, solution)
    rows = list(range(len(component.rows)))
    for number in list(rows):
        fewer = [r for r in rows if r != number]
        if prover.refuted(conflict, fewer):
            rows = fewer
    return tuple(component.rows[r] for r in rows)
