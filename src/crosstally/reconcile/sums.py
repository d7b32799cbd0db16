"""Whether whole numbers exist that lie in given intervals and satisfy the rows: the one question that everything else here is asked by.

Intervals answer first: narrowed until nothing moves, then split cell by cell until each holds one number. That is exact as far as it goes: a
point found is checked row by row, and "none" is said only where every split was refuted. Where it takes too many splits z3 is asked, which
is imported only then.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Literal

from .bounds import OPEN, Interval, Ints, Net
from .cells import Cell
from .relate import Component

SPLITS = 40  # looked at before z3 is asked

Point = Sequence[int]  # a number for every cell
Answer = Point | Literal[False] | None  # a point; False: there is none; None: time ran out


class Sums:
    """The rows of one component, to be asked about. ``until``: a ``time.monotonic()`` moment after which only intervals answer.

    ``proved`` turns False once an answer had to be left open. ``splits`` 0 asks z3 whatever intervals cannot refute. Holds z3 state, built
    when first needed.
    """

    def __init__(self, component: Component, until: float | None = None, splits: int = SPLITS) -> None:
        self.component, self.until, self.splits = component, until, splits
        self.net = Net(component.cells, component.rows)
        self.proved = True
        self._last: Point = ()
        self._solver: Any = None

    def late(self) -> bool:
        if self.until is not None and time.monotonic() > self.until:
            self.proved = False
            return True
        return False

    def ask(self, start: Mapping[Cell, Interval], rows: Sequence[int] | None = None) -> Answer:
        """A point within ``start`` (a cell it leaves out is 0 and up) under some rows, by index (default all)."""
        low, high = self.net.start(start)
        return self.point(low, high, rows) if self.net.narrow(low, high, rows) else False

    def point(self, low: Ints, high: Ints, rows: Sequence[int] | None = None) -> Answer:
        """A point within intervals that are narrowed already."""
        if self.late():
            return None
        found = split(self.net, low, high, rows, self.splits, self._last)
        if found is None:
            found = self._solved(low, high, rows)
        if found:
            self._last = found
        return found

    def _solved(self, low: Ints, high: Ints, rows: Iterable[int] | None) -> Answer:
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
        out: Answer = False
        if answer == z3.sat:
            model = solver.model()
            out = tuple(model.eval(x, model_completion=True).as_long() for x in self.var)
        elif answer == z3.unknown:
            self.proved = False
            out = None
        solver.pop()
        return out

    def _build(self) -> None:
        if self._solver is not None:
            return
        import z3  # heavy: only where intervals cannot answer

        self.z3 = z3
        self._solver = z3.Solver()
        self._solver.set("random_seed", 0)
        self.var = [z3.Int(f"x{i}") for i in range(len(self.net.cells))]
        self.lit = [z3.Bool(f"r{i}") for i in range(len(self.net.rows))]
        for lit, (whole, parts, eq) in zip(self.lit, self.net.rows, strict=True):
            total = z3.Sum([self.var[p] for p in parts])
            self._solver.add(z3.Implies(lit, self.var[whole] == total if eq else self.var[whole] >= total))


def split(net: Net, low: Ints, high: Ints, rows: Sequence[int] | None, most: int, near: Point = ()) -> Answer:
    """A point within narrowed intervals, by trying a number of the tightest cell first: the one closest to ``near``, or the least. None
    after ``most`` splits."""
    stack = [(list(low), list(high))]
    while stack:
        low, high = stack.pop()
        while True:
            at, width = -1, OPEN + 1
            for i, (a, b) in enumerate(zip(low, high, strict=True)):
                if a < b and b - a < width:
                    at, width = i, b - a
                    if width == 1:
                        break
            if at < 0:
                if satisfies(net, low, rows):
                    return low
                break
            if not most:
                return None
            most -= 1
            tried = min(max(near[at], low[at]), high[at]) if near else low[at]
            if tried > low[at]:
                below = high.copy()
                below[at] = tried - 1
                stack.append((low.copy(), below))
            if tried < high[at]:
                above = low.copy()
                above[at] = tried + 1
                stack.append((above, high.copy()))
            low[at] = high[at] = tried
            if not net.narrow(low, high, rows, moved=at):
                break
        while stack:  # the next branch that narrowing alone does not refute
            low, high = stack[-1]
            if net.narrow(low, high, rows):
                break
            stack.pop()
    return False


def satisfies(net: Net, point: Point, rows: Iterable[int] | None) -> bool:
    for at in range(len(net.rows)) if rows is None else rows:
        whole, parts, eq = net.rows[at]
        total = sum(point[p] for p in parts)
        if point[whole] < total or (eq and point[whole] != total):
            return False
    return True
