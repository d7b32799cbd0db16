"""Whether whole numbers exist that lie in given intervals and satisfy the rows: the one question that everything else here is asked by.

The simplex answers it: none in fractions, none in whole numbers; and a point of whole numbers, as the table of a night almost always gives, is
checked row by row. Where it gives a fraction, both sides of that are asked in turn; where that takes too many looks z3 is asked, which is imported
only then. Past the deadline only what intervals refute is said.
"""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from .bounds import OPEN, Interval, Ints, Net
from .cells import Cell
from .relate import Component
from .simplex import Refuted, Simplex

SPLITS = 40  # looked at before z3 is asked

Point = Sequence[int]  # a number for every cell
Answer = Point | Literal[False] | None  # a point; False: there is none; None: time ran out


class Sums:
    """The rows of one component, to be asked about. ``until``: a ``time.monotonic()`` moment after which only intervals answer.

    ``proved`` turns False once an answer had to be left open. Holds the state of the simplex, and of z3 where that is needed.
    """

    def __init__(self, component: Component, until: float | None = None) -> None:
        self.component, self.until = component, until
        self.net = Net(component.cells, component.rows)
        self.proved = True
        self._whole: Simplex | None = None
        self._loose: Simplex | None = None
        self._solver: Any = None

    def late(self) -> bool:
        if self.until is not None and time.monotonic() > self.until:
            self.proved = False
            return True
        return False

    def ask(self, start: Mapping[Cell, Interval], rows: Sequence[int] | None = None) -> Answer:
        """A point within ``start`` (a cell it leaves out is 0 and up) under some rows, by index (default all)."""
        return self.point(*self.net.start(start), rows)

    def point(self, low: Ints, high: Ints, rows: Sequence[int] | None = None) -> Answer:
        """A point within intervals, by number of the cell; ``OPEN`` is no upper end."""
        found = self.settle(low, high, rows)
        return False if isinstance(found, Refuted) else found

    def settle(self, low: Ints, high: Ints, rows: Sequence[int] | None = None) -> Point | Refuted | None:
        """A point, or which ends and rows rule one out (all of them, where whole numbers alone do); None where time ran out."""
        if self.late():
            return None if self.net.narrow(low.copy(), high.copy(), rows) else self._all(rows)
        simplex = self._simplex(rows)
        found = simplex.ask(low, high, rows, self.late)
        if isinstance(found, Refuted) or found is None or all(type(x) is int for x in found):
            return found
        looks = 0
        open_: list[tuple[Ints, Ints, Point]] = [(low, high, found)]
        while open_:
            least, most, broken = open_.pop()
            at = next(i for i, x in enumerate(broken) if type(x) is not int)
            below, above = most.copy(), least.copy()
            below[at] = math.floor(broken[at])
            above[at] = below[at] + 1
            for bottom, top in ((least, below), (above, most)):
                looks += 1
                here = simplex.ask(bottom, top, rows, self.late) if looks <= SPLITS else self.solved(low, high, rows)
                if here is None or looks > SPLITS:
                    return here
                if not isinstance(here, Refuted):
                    if all(type(x) is int for x in here):
                        return here
                    open_.append((bottom, top, here))
        return self._all(rows)

    def _simplex(self, rows: Sequence[int] | None) -> Simplex:
        if rows is None:
            if self._whole is None:
                self._whole = Simplex(len(self.net.cells), self.net.rows)
            return self._whole
        if self._loose is None:
            self._loose = Simplex(len(self.net.cells), self.net.rows, loose=True)
        return self._loose

    def _all(self, rows: Sequence[int] | None) -> Refuted:
        cells = tuple(range(len(self.net.cells)))
        return Refuted(cells, cells, tuple(range(len(self.net.rows)) if rows is None else rows))

    def solved(self, low: Ints, high: Ints, rows: Iterable[int] | None = None) -> Point | Refuted | None:
        """What ``settle`` says, asked of z3."""
        self._build()
        z3 = self.z3
        solver = self._solver
        if self.until is not None:
            solver.set("timeout", max(1, int((self.until - time.monotonic()) * 1000)))
        solver.push()
        for x, least, most in zip(self.var, low, high, strict=True):
            solver.add(x >= least)
            if most < OPEN:
                solver.add(x <= most)
        answer = solver.check(*(self.lit if rows is None else [self.lit[r] for r in rows]))
        out: Point | Refuted | None = None
        if answer == z3.sat:
            model = solver.model()
            out = tuple(model.eval(x, model_completion=True).as_long() for x in self.var)
        elif answer == z3.unknown:
            self.proved = False
        else:
            out = self._all(None if rows is None else tuple(rows))
        solver.pop()
        return out

    def _build(self) -> None:
        if self._solver is not None:
            return
        import z3  # heavy: only where the simplex gives no whole numbers

        self.z3 = z3
        self._solver = z3.Solver()
        self._solver.set("random_seed", 0)
        self.var = [z3.Int(f"x{i}") for i in range(len(self.net.cells))]
        self.lit = [z3.Bool(f"r{i}") for i in range(len(self.net.rows))]
        for lit, (whole, parts, eq) in zip(self.lit, self.net.rows, strict=True):
            total = z3.Sum([self.var[p] for p in parts])
            self._solver.add(z3.Implies(lit, self.var[whole] == total if eq else self.var[whole] >= total))


def satisfies(net: Net, point: Point, rows: Iterable[int] | None) -> bool:
    for at in range(len(net.rows)) if rows is None else rows:
        whole, parts, eq = net.rows[at]
        total = sum(point[p] for p in parts)
        if point[whole] < total or (eq and point[whole] != total):
            return False
    return True
