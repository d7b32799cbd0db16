"""The solver: readings that stand together, minimal conflicts and cheapest repairs, tight bounds.

Integers and rows go to z3, imported only here and only when a component needs it. Figures with the same cells and interval are one *stand*:
ten outlets with one number are one constraint. Minimal sets are found by MARCO (Liffiton et al., Constraints 2016): a map of subsets,
grown to maximal consistent sets (their complements are repairs) or shrunk by deletion to minimal conflicts, each element's need checked.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from .bounds import Interval, Net
from .cells import Cell, Figure
from .relate import Component, Row

HUGE = 10**9  # a count beyond this is open above
CAP = 48  # minimal sets looked for, at most; beyond it the answer says so
TIES = 6  # cheapest repairs shown, at most


class Stand(msgspec.Struct, frozen=True):
    """Figures that say the same: equal readings and interval."""

    options: tuple[Cell, ...]
    low: int | None
    high: int | None
    figures: tuple[Figure, ...]


class Solution(msgspec.Struct, frozen=True):
    """``choices``: index of the reading by stand. ``conflicts`` minimal sets, ``repairs`` cheapest removals, both as indexes of stands.

    ``bounds`` tight over all ways to mend. ``complete``: every minimal set was listed. ``proved``: nothing was cut short by the deadline.
    """

    stands: tuple[Stand, ...]
    choices: tuple[int, ...]
    conflicts: tuple[frozenset[int], ...]
    repairs: tuple[frozenset[int], ...]
    bounds: Mapping[Cell, Interval]
    complete: bool = True
    proved: bool = True


def stands_of(figures: Iterable[Figure]) -> tuple[Stand, ...]:
    rows: dict[tuple[object, ...], list[Figure]] = {}
    for figure in figures:
        rows.setdefault((figure.options, figure.low, figure.high), []).append(figure)
    return tuple(Stand(options, low, high, tuple(fs)) for (options, low, high), fs in rows.items())  # type: ignore[arg-type]


def solve(component: Component, until: float | None = None, wanted: Iterable[Cell] | None = None) -> Solution:
    """Balance one component. ``until``: a ``time.monotonic()`` moment after which bounds are sound but not proved tight, and searches stop.

    ``wanted``: cells whose bounds must be tight (default: all).
    """
    stands = stands_of(component.figures)
    machine = _Machine(component, stands, until)
    default = tuple(0 for _ in stands)
    liked = alike(stands, component.rows)
    everything = range(len(stands))
    fitting = next((c for c in dict.fromkeys((liked, default)) if machine.fits(everything, c)), None)
    conflicts: tuple[frozenset[int], ...]
    repairs: tuple[frozenset[int], ...]
    if fitting is not None:
        choices, conflicts, repairs, complete = fitting, (), (), True
    else:
        choices = machine.choose(liked) if any(len(s.options) > 1 for s in stands) else default
        if choices not in (default, liked) and machine.fits(everything, choices):
            conflicts, repairs, complete = (), (), True
        else:
            conflicts, repairs, complete = machine.conflicts(choices)
    kept = [frozenset(everything) - r for r in repairs] if repairs else [frozenset(everything)]
    targets = list(component.cells if wanted is None else wanted)
    bounds: dict[Cell, Interval] = {}
    for keep in kept:
        for cell, (low, high) in machine.bounds(sorted(keep), choices, targets).items():
            if cell in bounds:
                was_low, was_high = bounds[cell]
                low, high = min(low, was_low), None if high is None or was_high is None else max(high, was_high)
            bounds[cell] = (low, high)
    return Solution(stands, choices, conflicts, repairs, bounds, complete, machine.proved)


def alike(stands: Sequence[Stand], rows: Iterable[Row]) -> tuple[int, ...]:
    """Readings under which equal numbers are one figure: "266 neutralised" beside "266 shot down" is 266 shot down, told with two verbs.

    Only between a whole and its part, where else the equality would empty every other part. The default for all others.
    """
    joined = {frozenset((row.whole, part)) for row in rows if not row.rest for part in row.parts}
    plain = {(s.options[0], s.low) for s in stands if len(s.options) == 1 and s.low and s.low == s.high}
    firsts = {(s.options[0], s.low) for s in stands if s.low and s.low == s.high}
    out: list[int] = []
    left: set[tuple[Cell, int]] = set()
    for stand in stands:
        choice, low = 0, stand.low
        if len(stand.options) > 1 and low and low == stand.high and (stand.options[0], low) not in plain:
            here = stand.options[0]
            # not to where a figure has just moved away from: the two would only change places
            fits = (k for k, c in enumerate(stand.options) if k and (c, low) in firsts and (c, low) not in left and frozenset((here, c)) in joined)
            choice = next(fits, 0)
            if choice:
                left.add((here, low))
        out.append(choice)
    return tuple(out)


def assume(component: Component, solution: Solution, fixed: Mapping[Cell, Interval], targets: Sequence[Cell]) -> dict[Cell, Interval]:
    """Bounds of cells if, besides the claims that stand, some cells lay in given intervals; empty where that cannot be."""
    keep = [i for i in range(len(solution.stands)) if not any(i in r for r in solution.repairs)]
    return _Machine(component, solution.stands, None).bounds(keep, solution.choices, targets, fixed)


def start_of(
    stands: Sequence[Stand], choices: Sequence[int], some: Iterable[int], fixed: Mapping[Cell, Interval] | None = None
) -> dict[Cell, Interval]:
    out: dict[Cell, Interval] = dict(fixed or {})
    for i in some:
        stand = stands[i]
        cell = stand.options[choices[i]]
        low, high = out.get(cell, (0, None))
        out[cell] = (max(low, stand.low or 0), stand.high if high is None else high if stand.high is None else min(high, stand.high))
    return out


class _Machine:
    """One component in z3. Holds solver state only while ``solve`` runs."""

    def __init__(self, component: Component, stands: Sequence[Stand], until: float | None) -> None:
        self.component, self.stands, self.until = component, stands, until
        self.proved = True
        self.net = Net(component.cells, component.rows)
        self._solver: Any = None

    def _late(self) -> bool:
        if self.until is not None and time.monotonic() > self.until:
            self.proved = False
            return True
        return False

    def _build(self) -> None:
        if self._solver is not None:
            return
        import z3  # heavy: only when a component has rows

        self.z3 = z3
        self.var = {cell: z3.Int(f"x{i}") for i, cell in enumerate(self.component.cells)}
        self._solver = z3.Solver()
        self._solver.set("random_seed", 0)
        for x in self.var.values():
            self._solver.add(x >= 0)
        for row in self.component.rows:
            self._solver.add(self._row(row))
        self.lit = {}
        for i, stand in enumerate(self.stands):
            for k, cell in enumerate(stand.options):
                self.lit[i, k] = z3.Bool(f"c{i}_{k}")
                self._solver.add(z3.Implies(self.lit[i, k], self._within(cell, stand.low, stand.high)))

    def _row(self, row: Row) -> Any:
        total = self.z3.Sum([self.var[p] for p in row.parts])
        return self.var[row.whole] == total if row.eq else self.var[row.whole] >= total

    def _within(self, cell: Cell, low: int | None, high: int | None) -> Any:
        x = self.var[cell]
        return self.z3.And(*([x >= low] if low is not None else []), *([x <= high] if high is not None else []))

    def _check(self, *assumptions: Any) -> bool | None:
        """True, False, or None where time ran out."""
        if self._late():
            return None
        if self.until is not None:
            self._solver.set("timeout", max(1, int((self.until - time.monotonic()) * 1000)))
        answer = self._solver.check(*assumptions)
        if answer == self.z3.unknown:
            self.proved = False
            return None
        return bool(answer == self.z3.sat)

    def fits(self, some: Iterable[int], choices: Sequence[int]) -> bool:
        """True if these stands can all hold. Where time runs out, what intervals could not refute is taken to fit."""
        chosen = list(some)
        low, high = self.net.start(start_of(self.stands, choices, chosen))
        if not self.net.narrow(low, high):
            return False
        if low == high:
            return True
        self._build()
        return self._check(*(self.lit[i, choices[i]] for i in chosen)) is not False

    def choose(self, liked: Sequence[int]) -> tuple[int, ...]:
        """Readings that let most stands hold together, the liked reading wherever another gains nothing."""
        self._build()
        z3 = self.z3
        best = z3.Optimize()
        for x in self.var.values():
            best.add(x >= 0)
        for row in self.component.rows:
            best.add(self._row(row))
        for i, stand in enumerate(self.stands):
            lits = [self.lit[i, k] for k in range(len(stand.options))]
            for k, cell in enumerate(stand.options):
                best.add(z3.Implies(lits[k], self._within(cell, stand.low, stand.high)))
                if k != liked[i]:
                    best.add_soft(z3.Not(lits[k]), weight=(k + (liked[i] > 0)) * 1000 + min(i, 999), id="all")
            if len(lits) > 1:
                best.add(z3.AtMost(*lits, 1))
            best.add_soft(z3.Or(*lits), weight=1_000_000, id="all")
        if self.until is not None:
            best.set("timeout", max(1, int((self.until - time.monotonic()) * 1000)))
        if best.check() != z3.sat:
            self.proved = False
            return tuple(liked)
        model = best.model()
        out = []
        for i, stand in enumerate(self.stands):
            held = [k for k in range(len(stand.options)) if z3.is_true(model.eval(self.lit[i, k]))]
            out.append(held[0] if held else liked[i])
        return tuple(out)

    def conflicts(self, choices: Sequence[int]) -> tuple[tuple[frozenset[int], ...], tuple[frozenset[int], ...], bool]:
        """Minimal conflicts, cheapest repairs (ties included), and whether all minimal sets were seen."""
        self._build()
        z3 = self.z3
        n = len(self.stands)
        inside = [z3.Bool(f"m{i}") for i in range(n)]
        chart = z3.Solver()
        chart.set("random_seed", 0)
        found: list[frozenset[int]] = []
        repairs: list[frozenset[int]] = []
        complete = False
        while len(found) + len(repairs) < CAP and not self._late():
            if chart.check() != z3.sat:
                complete = True
                break
            model = chart.model()
            seed = [i for i in range(n) if not z3.is_false(model.eval(inside[i]))]
            if self._holds(seed, choices):
                grown = self._grow(seed, choices)
                missing = frozenset(range(n)) - frozenset(grown)
                repairs.append(missing)
                chart.add(z3.Or(*(inside[i] for i in sorted(missing))) if missing else z3.BoolVal(False))
            else:
                core = self._shrink(seed, choices)
                found.append(frozenset(core))
                chart.add(z3.Or(*(z3.Not(inside[i]) for i in core)))
        least = min((len(r) for r in repairs), default=0)
        cheapest = sorted((r for r in repairs if len(r) == least and r), key=sorted)[:TIES]
        if not cheapest and found:  # time ran out before any repair was seen: set aside all that is in conflict
            cheapest = [frozenset().union(*found)]
        return tuple(sorted(found, key=lambda s: (len(s), sorted(s)))), tuple(cheapest), complete and self.proved

    def _holds(self, some: Sequence[int], choices: Sequence[int]) -> bool:
        low, high = self.net.start(start_of(self.stands, choices, some))
        if not self.net.narrow(low, high):
            return False
        return self._check(*(self.lit[i, choices[i]] for i in some)) is not False

    def _grow(self, some: Sequence[int], choices: Sequence[int]) -> list[int]:
        kept = list(some)
        have = set(kept)
        for i in range(len(self.stands)):
            if i not in have and self._holds([*kept, i], choices):
                kept.append(i)
                have.add(i)
        return kept

    def _shrink(self, some: Sequence[int], choices: Sequence[int]) -> list[int]:
        core = list(some)
        if self._check(*(self.lit[i, choices[i]] for i in core)) is False:
            names = {str(a) for a in self._solver.unsat_core()}
            core = [i for i in core if str(self.lit[i, choices[i]]) in names]
        for i in list(core):
            rest = [j for j in core if j != i]
            if not self._holds(rest, choices):
                core = rest
        return core

    def bounds(
        self, keep: Sequence[int], choices: Sequence[int], targets: Sequence[Cell], fixed: Mapping[Cell, Interval] | None = None
    ) -> dict[Cell, Interval]:
        """Tight bounds of the target cells: intervals first, then each end proved by a model, or moved to where one exists.

        ``fixed``: intervals assumed besides the claims. Empty where nothing satisfies all.
        """
        least, most = self.net.start(start_of(self.stands, choices, keep, fixed))
        if not self.net.narrow(least, most):
            return {}
        outer = self.net.read(least, most)
        if all(outer[c][0] == outer[c][1] for c in targets):
            return {c: outer[c] for c in targets}
        self._build()
        z3 = self.z3
        self._solver.push()
        for i in keep:
            self._solver.add(self.lit[i, choices[i]])
        for cell, (bottom, top) in (fixed or {}).items():
            self._solver.add(self._within(cell, bottom, top))
        seen: dict[Cell, list[int]] = {}

        def look() -> None:
            model = self._solver.model()
            for cell in targets:
                value = model.eval(self.var[cell], model_completion=True).as_long()
                row = seen.setdefault(cell, [value, value])
                row[0], row[1] = min(row[0], value), max(row[1], value)

        def can(condition: Any) -> bool | None:
            self._solver.push()
            self._solver.add(condition)
            answer = self._check()
            if answer:
                look()
            self._solver.pop()
            return answer

        out: dict[Cell, Interval] = {}
        if can(z3.BoolVal(True)):
            for cell in targets:
                low, high = outer[cell]
                x = self.var[cell]
                if seen[cell][0] > low and can(x == low) is False:
                    low += 1
                    while seen[cell][0] > low:  # bisect between what is sound and what was seen
                        middle = (low + seen[cell][0] - 1) // 2
                        answer = can(x <= middle)
                        if answer is None:
                            break
                        if not answer:
                            low = middle + 1
                if high is None and can(x >= HUGE) is not False:
                    out[cell] = (low, None)
                    continue
                top = HUGE if high is None else high
                if seen[cell][1] < top and can(x == top) is False:
                    top -= 1
                    while seen[cell][1] < top:
                        middle = (top + seen[cell][1] + 1) // 2
                        answer = can(x >= middle)
                        if answer is None:
                            break
                        if not answer:
                            top = middle - 1
                out[cell] = (low, top)
        self._solver.pop()
        return {c: out.get(c, outer[c]) for c in targets}
