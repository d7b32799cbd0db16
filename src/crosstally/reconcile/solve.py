"""The solver: readings that stand together, minimal conflicts and cheapest repairs, tight bounds.

Figures with the same cells and interval are one *stand*: ten outlets with one number are one constraint. What can hold together is asked of
``sums``; which minimal sets there are, of ``minimal``; which readings, of ``cheapest``. Only where that takes too many looks is z3 asked to optimise.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping, Sequence

import msgspec

from .bounds import OPEN, Interval, Ints
from .cells import Cell, Figure
from .cheapest import Choice, Clash, cheapest
from .minimal import Bits, all_minimal, members, ordered
from .relate import Component, Row
from .simplex import Refuted
from .sums import Answer, Sums

HUGE = 10**9  # a count beyond this is open above
CAP = 5000  # minimal sets and repairs looked for, at most; beyond it the answer says so
ASIDE = 1_000_000  # what it costs to set a stand aside: more than any reading
LOOKS = 300  # choices looked at before z3 is asked
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

    @property
    def kept(self) -> list[int]:
        """Stands that no cheapest repair sets aside."""
        return [i for i in range(len(self.stands)) if not any(i in r for r in self.repairs)]


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
    sums = Sums(component, until)
    asked: dict[tuple[int, ...], _Together] = {}

    def together(choices: tuple[int, ...]) -> _Together:
        return asked.setdefault(choices, _Together(sums, stands, choices))

    default = tuple(0 for _ in stands)
    liked = alike(stands, component.rows)
    everything = (1 << len(stands)) - 1
    fitting = next((c for c in dict.fromkeys((liked, default)) if together(c).holds(everything)), None)
    conflicts: tuple[frozenset[int], ...]
    repairs: tuple[frozenset[int], ...]
    if fitting is not None:
        choices, conflicts, repairs, complete = fitting, (), (), True
    else:
        choices = default
        if any(len(s.options) > 1 for s in stands):
            choices = weighed(stands, liked, sums, together) or choose(component, stands, liked, sums)
        if choices not in (default, liked) and together(choices).holds(everything):
            conflicts, repairs, complete = (), (), True
        else:
            conflicts, repairs, complete = _conflicts(together(choices), sums)
    kept = [frozenset(range(len(stands))) - r for r in repairs] if repairs else [frozenset(range(len(stands)))]
    targets = list(component.cells if wanted is None else wanted)
    bounds: dict[Cell, Interval] = {}
    for keep in kept:
        for cell, (low, high) in tight(sums, start_of(stands, choices, sorted(keep)), targets).items():
            if cell in bounds:
                was_low, was_high = bounds[cell]
                low, high = min(low, was_low), None if high is None or was_high is None else max(high, was_high)
            bounds[cell] = (low, high)
    return Solution(stands, choices, conflicts, repairs, bounds, complete and sums.proved, sums.proved)


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


def assume(sums: Sums, solution: Solution, fixed: Mapping[Cell, Interval], targets: Sequence[Cell]) -> dict[Cell, Interval]:
    """Bounds of cells if, besides the claims that stand, some cells lay in given intervals; empty where that cannot be."""
    return tight(sums, start_of(solution.stands, solution.choices, solution.kept, fixed), targets)


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


class _Together:
    """Which stands can hold together under one choice of readings. Remembers points and conflicts, each of which answers for many sets."""

    def __init__(self, sums: Sums, stands: Sequence[Stand], choices: Sequence[int]) -> None:
        self.sums, self.stands = sums, stands
        self.at = [sums.net.index[s.options[k]] for s, k in zip(stands, choices, strict=True)]
        self.ends = [(s.low or 0, OPEN if s.high is None else s.high) for s in stands]
        self.points = 0
        self.at_points = [0] * len(stands)  # of each stand, the points that satisfy it, as bits
        self.conflicts: list[Bits] = []
        self.inside = [0] * len(stands)  # of each stand, the minimal conflicts it is in
        self._refuting: dict[Bits, Bits] = {}  # a few stands that already refute a set

    def holds(self, some: Bits) -> bool:
        """True if these stands can all hold. Where time runs out, what intervals could not refute is taken to fit."""
        if self._shown(some):
            return True
        if self._broken(some):
            return False
        size = len(self.sums.net.cells)
        low, high = [0] * size, [OPEN] * size
        by: tuple[Ints, Ints] = [-1] * size, [-1] * size  # whose the ends are
        for i in ordered(some):
            at, (bottom, top) = self.at[i], self.ends[i]
            if bottom > low[at]:
                low[at], by[0][at] = bottom, i
            if top < high[at]:
                high[at], by[1][at] = top, i
        answer = self.sums.settle(low, high)
        if isinstance(answer, Refuted):
            whose = {*(by[0][at] for at in answer.lows), *(by[1][at] for at in answer.highs)}
            self._refuting[some] = sum(1 << i for i in whose if i >= 0)
            return False
        if answer:
            for i, (at, (bottom, top)) in enumerate(zip(self.at, self.ends, strict=True)):
                if bottom <= answer[at] <= top:
                    self.at_points[i] |= 1 << self.points
            self.points += 1
        return True

    def shrink(self, some: Bits) -> Bits:
        """A minimal conflict within stands that cannot all hold: what refuted them, then less one by one."""
        core = self._few(some)
        needed = 0
        while rest := core & ~needed:
            one = rest & -rest
            if self.holds(core & ~one):
                needed |= one
            else:
                core = self._few(core & ~one)
        for i in ordered(core):
            self.inside[i] |= 1 << len(self.conflicts)
        self.conflicts.append(core)
        return core

    def mend(self) -> Bits:
        """A set whose removal mends all, none of it without need: every stand that fits beside those before it is kept."""
        kept = 0
        for i in range(len(self.stands)):
            if self.holds(kept | 1 << i):
                kept |= 1 << i
        return ((1 << len(self.stands)) - 1) & ~kept

    def _shown(self, some: Bits) -> bool:
        """Whether a known point satisfies all of them."""
        points = (1 << self.points) - 1
        for i in ordered(some):
            points &= self.at_points[i]
        return points != 0

    def _broken(self, some: Bits) -> int:
        """The known conflicts within these stands, as bits."""
        outside = 0
        for i in ordered(((1 << len(self.stands)) - 1) & ~some):
            outside |= self.inside[i]
        return ((1 << len(self.conflicts)) - 1) & ~outside

    def _few(self, some: Bits) -> Bits:
        known = self._refuting.pop(some, None)
        return self.conflicts[self._broken(some).bit_length() - 1] if known is None else known


def _conflicts(together: _Together, sums: Sums) -> tuple[tuple[frozenset[int], ...], tuple[frozenset[int], ...], bool]:
    """Minimal conflicts, cheapest repairs (ties included), and whether all minimal sets were seen."""
    found = all_minimal(len(together.stands), together.holds, together.shrink, CAP, sums.late)
    if not found.conflicts:  # no time for any
        return (), (), False
    repairs = found.repairs or (together.mend(),)
    least = min(r.bit_count() for r in repairs)
    cheapest = sorted((members(r) for r in repairs if r.bit_count() == least and r), key=sorted)[:TIES]
    conflicts = sorted((members(c) for c in found.conflicts), key=lambda c: (len(c), sorted(c)))
    return tuple(conflicts), tuple(cheapest), found.complete


def reading_costs(stands: Sequence[Stand], liked: Sequence[int]) -> list[list[int]]:
    """Of each reading of each stand: nothing where it is liked; one further down its list, or of a later stand, is dearer."""
    return [
        [0 if k == liked[i] else (k + (liked[i] > 0)) * 1000 + min(i, 999) for k in range(len(stand.options))] for i, stand in enumerate(stands)
    ]


def weighed(
    stands: Sequence[Stand], liked: Sequence[int], sums: Sums, together: Callable[[tuple[int, ...]], _Together]
) -> tuple[int, ...] | None:
    """What ``choose`` chooses, without z3 where few looks settle it; None elsewhere."""

    def clash(choice: Choice) -> Clash:
        choices = tuple(liked[i] if k is None else k for i, k in enumerate(choice))
        some = sum(1 << i for i, k in enumerate(choice) if k is not None)
        asked = together(choices)
        return () if asked.holds(some) else tuple((i, choices[i]) for i in sorted(members(asked.shrink(some))))

    found = cheapest(reading_costs(stands, liked), ASIDE, clash, LOOKS, sums.late)
    return None if found is None else tuple(liked[i] if k is None else k for i, k in enumerate(found))


def choose(component: Component, stands: Sequence[Stand], liked: Sequence[int], sums: Sums) -> tuple[int, ...]:
    """Readings that let most stands hold together, the liked reading wherever another gains nothing."""
    import z3  # heavy: only where readings have to be weighed

    best = z3.Optimize()
    var = {cell: z3.Int(f"x{i}") for i, cell in enumerate(component.cells)}
    for x in var.values():
        best.add(x >= 0)
    for row in component.rows:
        total = z3.Sum([var[p] for p in row.parts])
        best.add(var[row.whole] == total if row.eq else var[row.whole] >= total)
    costs = reading_costs(stands, liked)
    lit = {(i, k): z3.Bool(f"c{i}_{k}") for i, stand in enumerate(stands) for k in range(len(stand.options))}
    for i, stand in enumerate(stands):
        lits = [lit[i, k] for k in range(len(stand.options))]
        for k, cell in enumerate(stand.options):
            within = ([var[cell] >= stand.low] if stand.low is not None else []) + ([var[cell] <= stand.high] if stand.high is not None else [])
            best.add(z3.Implies(lits[k], z3.And(*within)))
            if k != liked[i]:
                best.add_soft(z3.Not(lits[k]), weight=costs[i][k], id="all")
        if len(lits) > 1:
            best.add(z3.AtMost(*lits, 1))
        best.add_soft(z3.Or(*lits), weight=ASIDE, id="all")
    if sums.until is not None:
        best.set("timeout", max(1, int((sums.until - time.monotonic()) * 1000)))
    if best.check() != z3.sat:
        sums.proved = False
        return tuple(liked)
    model = best.model()
    out = []
    for i, stand in enumerate(stands):
        held = [k for k in range(len(stand.options)) if z3.is_true(model.eval(lit[i, k]))]
        out.append(held[0] if held else liked[i])
    return tuple(out)


def tight(sums: Sums, start: Mapping[Cell, Interval], targets: Sequence[Cell]) -> dict[Cell, Interval]:
    """Tight bounds of the target cells: intervals first, then each end shown by a point, or moved to where there is one.

    Empty where nothing satisfies all.
    """
    net = sums.net
    least, most = net.start(start)
    if not net.narrow(least, most):
        return {}
    outer = net.read(least, most)
    if all(outer[c][0] == outer[c][1] for c in targets):
        return {c: outer[c] for c in targets}
    some = sums.point(least, most)
    if not some:
        return {} if some is False else {c: outer[c] for c in targets}
    seen_low, seen_high = list(some), list(some)

    def can(at: int, bottom: int, top: int) -> Answer:
        """A point with one cell between two numbers."""
        low: Ints = least.copy()
        high: Ints = most.copy()
        low[at], high[at] = max(low[at], bottom), min(high[at], top)
        point = sums.point(low, high) if low[at] <= high[at] and net.narrow(low, high, moved=at) else False
        for i, n in enumerate(point or ()):
            seen_low[i], seen_high[i] = min(seen_low[i], n), max(seen_high[i], n)
        return point

    out: dict[Cell, Interval] = {}
    for cell in targets:
        at = net.index[cell]
        low, high = outer[cell]
        if seen_low[at] > low and can(at, low, low) is False:
            low += 1
            while seen_low[at] > low:  # bisect between what is sound and what was seen
                middle = (low + seen_low[at] - 1) // 2
                answer = can(at, low, middle)
                if answer is None:
                    break
                if answer is False:
                    low = middle + 1
        if high is None and can(at, HUGE, OPEN) is not False:
            out[cell] = (low, None)
            continue
        top = HUGE if high is None else high
        if seen_high[at] < top and can(at, top, top) is False:
            top -= 1
            while seen_high[at] < top:
                middle = (top + seen_high[at] + 1) // 2
                answer = can(at, middle, top)
                if answer is None:
                    break
                if answer is False:
                    top = middle - 1
        out[cell] = (low, top)
    return out
