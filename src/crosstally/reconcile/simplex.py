"""Rational numbers within intervals that satisfy the rows, or the few intervals that rule them out: the general simplex of Dutertre and de Moura
(2006), in whole numbers and, where a pivot needs them, fractions, so that every answer is exact.

The rows of a table of counts and its sums almost always give whole numbers (their matrix is totally unimodular); ``sums`` sees to the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from math import gcd
from typing import NamedTuple

from .bounds import OPEN, Ints

GREEDY = 40  # pivots by the largest violation; after them by the least index, which cannot circle (Bland 1977)

Row = tuple[int, tuple[int, ...], bool]  # whole, parts, whether they are equal, as in ``Net``


class Refuted(NamedTuple):
    """Cells whose lower and whose upper bounds, with these rows, leave no room: none can be left out and the others still do it, but for the
    rule that no count is below zero."""

    lows: tuple[int, ...]
    highs: tuple[int, ...]
    rows: tuple[int, ...]


class Simplex:
    """Rows over ``size`` cells, for many questions; each starts from where the last one ended.

    ``loose``: rows may be left out of a question; without it equal rows are solved away beforehand, which makes the table narrow.
    """

    __slots__ = ("basic", "loose", "nonbasic", "rows", "size", "table", "under", "value")

    def __init__(self, size: int, rows: Sequence[Row], loose: bool = False) -> None:
        self.size, self.rows, self.loose = size, rows, loose
        self.nonbasic = list(range(size))  # the variable of each column: a cell, or after them what a row is over by
        self.basic: list[int] = []  # ... and of each line of the table, which gives ``under`` times it as a sum over the columns
        self.table: list[list[int]] = []
        self.under: list[int] = []
        self.value: list[int] = [0] * (size + len(rows))
        if not loose:
            self._solve_away([(whole, parts) for whole, parts, eq in rows if eq])
        for at, (whole, parts, eq) in enumerate(rows):
            if loose or not eq:
                self.basic.append(size + at)
                line, under = self._line(whole, parts)
                self.table.append(line)
                self.under.append(under)

    def _line(self, whole: int, parts: Sequence[int]) -> tuple[list[int], int]:
        """The whole less its parts, over the columns as they are."""
        column = {v: j for j, v in enumerate(self.nonbasic)}
        line = {v: i for i, v in enumerate(self.basic)}
        out, under = [0] * len(self.nonbasic), 1
        for variable, sign in ((whole, 1), *((p, -1) for p in parts)):
            if variable in column:
                out[column[variable]] += sign * under
            else:
                i = line[variable]
                out, under = _sum(out, under, sign, self.table[i], self.under[i])
        return out, under

    def _solve_away(self, equal: Sequence[tuple[int, tuple[int, ...]]]) -> None:
        """Gives one cell of each equal row as a sum over the others."""
        for whole, parts in equal:
            line, _ = self._line(whole, parts)
            at = next((j for j in reversed(range(len(line))) if line[j] in (1, -1)), next((j for j, a in enumerate(line) if a), None))
            if at is None:
                continue  # it follows from the others
            gives, under = [-a for a in line], line[at]
            gives[at] = 0
            if under < 0:
                gives, under = line, -under
                gives[at] = 0
            for i, row in enumerate(self.table):
                factor, row[at] = row[at], 0
                if factor:
                    self.table[i], self.under[i] = _sum(row, self.under[i], factor, gives, under)
            self.table.append(gives)
            self.under.append(under)
            self.basic.append(self.nonbasic[at])
            for row in self.table:
                del row[at]
            del self.nonbasic[at]

    def ask(self, low: Ints, high: Ints, rows: Sequence[int] | None = None, late: Callable[[], bool] | None = None) -> Refuted | list[int] | None:
        """A point (its numbers may be fractions), or what rules one out. ``rows``: those in force (default all; some only if ``loose``).

        ``high`` of ``OPEN`` is none. ``late``: asked now and then; None once it says so.
        """
        for i, (a, b) in enumerate(zip(low, high, strict=True)):
            if a > b:
                return Refuted((i,), (i,), ())
        least, most = self._limits(low, high, rows)
        table, under, basic, nonbasic, value = self.table, self.under, self.basic, self.nonbasic, self.value
        for j, v in enumerate(nonbasic):
            step = least[v] - value[v] if value[v] < least[v] else most[v] - value[v] if value[v] > most[v] else 0
            if step:
                value[v] += step
                for row, d, b in zip(table, under, basic, strict=True):
                    if row[j]:
                        value[b] = _whole(value[b] + (row[j] * step if d == 1 else Fraction(row[j] * step) / d))
        pivots = 0
        while True:
            at, worst = -1, 0
            for i, b in enumerate(basic):
                x = value[b]
                short = least[b] - x if x < least[b] else x - most[b] if x > most[b] else 0
                if short and (at < 0 or (short > worst if pivots < GREEDY else b < basic[at])):
                    at, worst = i, short
            if at < 0:
                return value[: self.size]
            pivots += 1
            if late is not None and pivots % GREEDY == 0 and late():
                return None
            out, row = basic[at], table[at]
            up = value[out] < least[out]
            enter = -1
            for j, a in enumerate(row):
                if a:
                    v = nonbasic[j]
                    if (value[v] < most[v] if (a > 0) == up else value[v] > least[v]) and (enter < 0 or v < nonbasic[enter]):
                        enter = j
            if enter < 0:
                return self._refuted(out, row, up)
            self._pivot(at, enter, (least[out] if up else most[out]) - value[out])

    def _limits(self, low: Ints, high: Ints, rows: Sequence[int] | None) -> tuple[Ints, Ints]:
        """Bounds of cells, and of what each row is over by: nothing where it is an equation, any number where it is not in force."""
        over = [0] * len(self.rows)
        room = [0 if eq else OPEN for _, _, eq in self.rows]
        if rows is not None:
            for at in set(range(len(self.rows))).difference(rows):
                over[at], room[at] = -OPEN, OPEN
        return low + over, high + room

    def _pivot(self, at: int, enter: int, step: int) -> None:
        """The basic variable of a line moves by ``step`` and changes places with a column's."""
        table, under, basic, nonbasic, value = self.table, self.under, self.basic, self.nonbasic, self.value
        row, a, b, v = table[at], table[at][enter], basic[at], nonbasic[enter]
        moved = _whole(Fraction(step) * under[at] / a) if a not in (1, -1) or under[at] != 1 else step * a
        value[b] = _whole(value[b] + step)
        value[v] = _whole(value[v] + moved)
        gives = [-x for x in row] if a > 0 else list(row)
        gives[enter] = under[at] if a > 0 else -under[at]
        below = abs(a)
        for i, other in enumerate(table):
            f = other[enter]
            if f and i != at:
                d = under[i]
                value[basic[i]] = _whole(value[basic[i]] + (f * moved if d == 1 else Fraction(f * moved) / d))
                other[enter] = 0
                if d == below == 1:
                    table[i] = [x + f * y for x, y in zip(other, gives, strict=True)]
                else:
                    table[i], under[i] = _sum(other, d, f, gives, below)
        table[at], under[at] = gives, below
        basic[at], nonbasic[enter] = v, b

    def _refuted(self, b: int, row: Sequence[int], up: bool) -> Refuted:
        lows: list[int] = []
        highs: list[int] = []
        rows: list[int] = []
        for v, a in ((b, -1), *zip(self.nonbasic, row, strict=True)):
            if not a:
                continue
            if v >= self.size:
                rows.append(v - self.size)
            else:
                (highs if (a > 0) == up else lows).append(v)
        return Refuted(tuple(lows), tuple(highs), tuple(rows))


def _sum(one: Sequence[int], under: int, factor: int, other: Sequence[int], below: int) -> tuple[list[int], int]:
    """One line, and ``factor`` of its parts times another; each with what it is to be divided by, which is part of the result too."""
    out = [x * below + factor * y for x, y in zip(one, other, strict=True)]
    under *= below
    common = gcd(under, *out) if under > 1 else 1
    return ([x // common for x in out], under // common) if common > 1 else (out, under)


def _whole(x: int | Fraction) -> int:
    """A whole number as an int. (Fractions stand in for int here: they do all that is asked of one.)"""
    return x if type(x) is int or x.denominator > 1 else x.numerator  # type: ignore[return-value]
