"""Interval arithmetic: bounds of cells by passing them through the rows until nothing narrows. Sound, not always tight (``solve`` proves)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .cells import Cell
from .relate import Row

Interval = tuple[int, int | None]


def narrow(start: Mapping[Cell, Interval], rows: Sequence[Row], cells: Sequence[Cell], rounds: int = 60) -> dict[Cell, Interval] | None:
    """Bounds of every cell under all rows, or None where they cannot all hold. A cell without a start is 0 and up."""
    low = {c: max(0, start[c][0]) if c in start else 0 for c in cells}
    high: dict[Cell, int | None] = {c: start[c][1] if c in start else None for c in cells}
    for _ in range(rounds):
        changed = False
        for row in rows:
            whole, parts = row.whole, row.parts
            least = sum(low[p] for p in parts)
            if least > low[whole]:
                low[whole], changed = least, True
            top = high[whole]
            if top is not None:
                for part in parts:
                    room = top - (least - low[part])
                    ceiling = high[part]
                    if ceiling is None or room < ceiling:
                        high[part], changed = room, True
            if row.eq:
                most = 0
                for part in parts:
                    ceiling = high[part]
                    if ceiling is None:
                        break
                    most += ceiling
                else:
                    if top is None or most < top:
                        high[whole], changed = most, True
                    for part in parts:
                        floor = low[whole] - (most - (high[part] or 0))
                        if floor > low[part]:
                            low[part], changed = floor, True
                # One part open above: the others' ceilings still bound it from below.
                open_parts = [p for p in parts if high[p] is None]
                if len(open_parts) == 1:
                    floor = low[whole] - sum(high[p] or 0 for p in parts if p is not open_parts[0])
                    if floor > low[open_parts[0]]:
                        low[open_parts[0]], changed = floor, True
            for cell in (whole, *parts):
                ceiling = high[cell]
                if ceiling is not None and low[cell] > ceiling:
                    return None
        if not changed:
            break
    return {c: (low[c], high[c]) for c in cells}


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
