"""Interval arithmetic: bounds of cells, passed through the rows until nothing narrows. Sound, not always tight (``solve`` proves)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from .cells import Cell
from .relate import Row

Interval = tuple[int, int | None]
OPEN = 1 << 60  # open above, inside this module
ROUNDS = 60

Ints = list[int]


class Net:
    """Rows over numbered cells, for many narrowings of one component. ``rows``: (whole, parts, eq) by index."""

    __slots__ = ("cells", "index", "rows", "touching")

    def __init__(self, cells: Sequence[Cell], rows: Iterable[Row]) -> None:
        self.cells = tuple(cells)
        self.index = {cell: i for i, cell in enumerate(self.cells)}
        self.rows = [(self.index[r.whole], tuple(self.index[p] for p in r.parts), r.eq) for r in rows]
        self.touching: list[list[int]] = [[] for _ in self.cells]  # rows of each cell
        for at, (whole, parts, _) in enumerate(self.rows):
            for i in {whole, *parts}:
                self.touching[i].append(at)

    def start(self, bounds: Mapping[Cell, Interval]) -> tuple[Ints, Ints]:
        low, high = [0] * len(self.cells), [OPEN] * len(self.cells)
        for cell, (least, most) in bounds.items():
            i = self.index[cell]
            low[i], high[i] = max(0, least), OPEN if most is None else most
        return low, high

    def narrow(
        self,
        low: Ints,
        high: Ints,
        rows: Iterable[int] | None = None,
        trace: dict[int, set[int]] | None = None,
        moved: int | None = None,
    ) -> bool:
        """Narrow in place; False where the rows cannot all hold. ``rows``: indexes of those in force (default all).

        ``trace``: filled with cell -> rows that ever narrowed it, to find what a bound rests on. ``moved``: the one cell that is not as an
        earlier narrowing left it; only what follows from it is worked out.
        """
        numbered = range(len(self.rows)) if rows is None else tuple(rows)
        if moved is None and any(a > b for a, b in zip(low, high, strict=True)):
            return False
        due = bytearray(len(self.rows))  # rows some cell of which has changed since they were looked at
        for at in numbered if moved is None else self.touching[moved]:
            due[at] = 1
        for _ in range(ROUNDS):
            changed = False
            for at in numbered:
                if not due[at]:
                    continue
                due[at] = 0
                whole, parts, eq = self.rows[at]
                touched: list[int] = []
                least = 0
                for p in parts:
                    least += low[p]
                if least > low[whole]:
                    low[whole] = least
                    touched.append(whole)
                top = high[whole]
                if top < OPEN:
                    for p in parts:
                        room = top - least + low[p]
                        if room < high[p]:
                            high[p] = room
                            touched.append(p)
                if eq:
                    most = 0
                    open_part = -1
                    for p in parts:
                        if high[p] >= OPEN:
                            if open_part >= 0:
                                most = OPEN
                                break
                            open_part = p
                        else:
                            most += high[p]
                    if most < OPEN:
                        if open_part < 0:
                            if most < top:
                                high[whole] = most
                                touched.append(whole)
                            for p in parts:
                                floor = low[whole] - most + high[p]
                                if floor > low[p]:
                                    low[p] = floor
                                    touched.append(p)
                        elif low[whole] - most > low[open_part]:  # the others' ceilings hold the open part from below
                            low[open_part] = low[whole] - most
                            touched.append(open_part)
                if touched:
                    changed = True
                    for i in touched:
                        if trace is not None:
                            trace.setdefault(i, set()).add(at)
                        if low[i] > high[i]:
                            return False
                        for other in self.touching[i]:
                            due[other] = 1
            if not changed:
                break
        return True

    def back(self, cells: Iterable[int], trace: Mapping[int, set[int]]) -> tuple[set[int], set[int]]:
        """Rows and cells that a traced narrowing can have used for these cells."""
        rows: set[int] = set()
        seen: set[int] = set()
        stack = list(cells)
        while stack:
            cell = stack.pop()
            if cell in seen:
                continue
            seen.add(cell)
            for at in trace.get(cell, ()):
                if at not in rows:
                    rows.add(at)
                    whole, parts, _ = self.rows[at]
                    stack += [whole, *parts]
        return rows, seen

    def read(self, low: Ints, high: Ints) -> dict[Cell, Interval]:
        return {c: (low[i], None if high[i] >= OPEN else high[i]) for i, c in enumerate(self.cells)}


def narrow(start: Mapping[Cell, Interval], rows: Sequence[Row], cells: Sequence[Cell]) -> dict[Cell, Interval] | None:
    """Bounds of every cell under all rows, or None where they cannot all hold. A cell without a start is 0 and up."""
    net = Net(cells, rows)
    low, high = net.start(start)
    return net.read(low, high) if net.narrow(low, high) else None


def meet(intervals: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None] | None:
    """The interval common to all, or None. None for a side means open."""
    lows = [low for low, _ in intervals if low is not None]
    highs = [high for _, high in intervals if high is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else (low, high)


def hull(intervals: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """The smallest interval that holds all."""
    lows = [low for low, _ in intervals]
    highs = [high for _, high in intervals]
    return (
        None if any(x is None for x in lows) else min(x for x in lows if x is not None),
        None if any(x is None for x in highs) else max(x for x in highs if x is not None),
    )
