"""The solver against a brute force that knows nothing of it."""

from __future__ import annotations

import time
from functools import lru_cache
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.reconcile.bounds import OPEN, Net, hull, meet
from crosstally.reconcile.cells import Cell, Figure
from crosstally.reconcile.minimal import all_minimal, members
from crosstally.reconcile.relate import Component, Row, components
from crosstally.reconcile.simplex import Refuted
from crosstally.reconcile.solve import solve, tight
from crosstally.reconcile.sums import Sums, satisfies
from crosstally.reconcile.support import Prover, support
from crosstally.reconcile.whose import Origin
from crosstally.values import Claim, Facets, Quantity, Span

from .night import event_of, the_domain

TOP = 16  # finite bounds stay under LIMIT, open ones reach beyond it
LIMIT = 10
CELLS = tuple(Cell(n, Facets()) for n in "abcd")
A, B, C, D = CELLS
SHAPES = (
    (Row(A, (B, C, D), True, "sum"),),
    (Row(A, (B, C), False, "ge"), Row(B, (D,), False, "ge")),
    (Row(A, (B, C), True, "sum"), Row(B, (D,), False, "part")),
    (Row(A, (B, C), True, "sum"), Row(D, (A,), False, "ge")),
    (Row(A, (B, C), True, "sum"), Row(D, (B, C), True, "same")),
)


def figure(number: int, options: tuple[Cell, ...], low: int | None, high: int | None) -> Figure:
    claim = Claim(f"c{number}", "d", Span(0, 1), Span(0, 1), "x", options[0].measure, quantity=Quantity(low, high))
    return Figure(claim, options, low, high, Origin())


@st.composite
def problems(draw):
    rows = draw(st.sampled_from(SHAPES))
    figures = []
    for number in range(draw(st.integers(1, 6))):
        options = tuple(dict.fromkeys(draw(st.lists(st.sampled_from(CELLS), min_size=1, max_size=draw(st.sampled_from((1, 1, 1, 2)))))))
        low = draw(st.integers(0, 2))
        high = draw(st.sampled_from((low, low, low + 1, None)))
        figures.append(figure(number, options, low, high))
    return Component(CELLS, rows, tuple(figures))


@lru_cache(maxsize=256)
def all_worlds(rows):
    """Every assignment of 0..TOP that satisfies the rows."""
    tests = [(CELLS.index(r.whole), tuple(CELLS.index(p) for p in r.parts), r.eq) for r in rows]
    return [
        w
        for w in product(range(TOP + 1), repeat=len(CELLS))
        if all(w[whole] == sum(w[p] for p in parts) if eq else w[whole] >= sum(w[p] for p in parts) for whole, parts, eq in tests)
    ]


def worlds(rows, kept):
    """... and the (cell, low, high) triples."""
    limits = [(CELLS.index(c), low or 0, TOP if high is None else high) for c, low, high in kept]
    return [w for w in all_worlds(tuple(rows)) if all(low <= w[i] <= high for i, low, high in limits)]


def triples(solution, some):
    return [(solution.stands[i].options[solution.choices[i]], solution.stands[i].low, solution.stands[i].high) for i in some]


@settings(max_examples=40, deadline=None)
@given(problems())
def test_against_brute_force(component):
    solution = solve(component)
    everything = range(len(solution.stands))
    assert solution.proved and solution.complete
    found = worlds(component.rows, triples(solution, everything))
    assert bool(found) == (not solution.conflicts) == (not solution.repairs)
    if not found:
        # no other choice of readings would have let all stand
        for other in product(*(range(len(s.options)) for s in solution.stands)):
            assert not worlds(component.rows, [(s.options[k], s.low, s.high) for s, k in zip(solution.stands, other, strict=True)])
    brute = {
        frozenset(s)
        for s in chain.from_iterable(combinations(everything, n) for n in range(1, len(everything) + 1))
        if not worlds(component.rows, triples(solution, s)) and all(worlds(component.rows, triples(solution, set(s) - {i})) for i in s)
    }
    assert set(solution.conflicts) == brute
    for repair in solution.repairs:
        assert worlds(component.rows, triples(solution, set(everything) - repair))
    if brute:
        sizes = [len(r) for r in solution.repairs]
        assert set(sizes) == {
            min(
                n
                for n in range(1, 9)
                if any(worlds(component.rows, triples(solution, set(everything) - set(s))) for s in combinations(everything, n))
            )
        }
    mended = [w for r in (solution.repairs or (frozenset(),)) for w in worlds(component.rows, triples(solution, set(everything) - r))]
    for i, cell in enumerate(CELLS):
        low, high = solution.bounds[cell]
        assert low == min(w[i] for w in mended)
        most = max(w[i] for w in mended)
        assert high == most if most < LIMIT else high is None


@settings(max_examples=25, deadline=None)
@given(problems())
def test_support_is_enough_and_minimal(component):
    solution = solve(component)
    if solution.conflicts:
        return
    everything = list(range(len(solution.stands)))
    prover = Prover(component, solution)
    for i, cell in enumerate(CELLS):
        low, high = solution.bounds[cell]
        if high is None:
            continue
        used, rows = support(prover, everything, cell, (low, high))

        def holds(some, i=i, low=low, high=high, rows=rows):
            return all(low <= w[i] <= high for w in worlds(rows, triples(solution, some)))

        assert holds(used)
        assert not any(holds([j for j in used if j != gone]) for gone in used)


FATES, KINDS = ("down", "lost", "hit"), ("drone", "missile")


@st.composite
def grids(draw):
    """A table of counts with its sums both ways, the shape of a night's account, some of them told."""
    inner = {(f, k): draw(st.integers(0, 90)) for f in FATES for k in KINDS}
    cell = {key: Cell(key[0], Facets({"kind": key[1]})) for key in inner}
    rows, told = [], {c: inner[key] for key, c in cell.items()}
    for f in FATES:
        whole = Cell(f, Facets())
        rows.append(Row(whole, tuple(cell[f, k] for k in KINDS), True, "parts"))
        told[whole] = sum(inner[f, k] for k in KINDS)
    for k in KINDS:
        whole = Cell("all", Facets({"kind": k}))
        rows.append(Row(whole, tuple(cell[f, k] for f in FATES), draw(st.booleans()), "fates"))
        told[whole] = sum(inner[f, k] for f in FATES)
    whole = Cell("all", Facets())
    rows.append(Row(whole, tuple(Cell("all", Facets({"kind": k})) for k in KINDS), True, "parts"))
    told[whole] = sum(inner.values())
    start = {}
    for c, n in told.items():
        slip = draw(st.sampled_from((0, 0, 0, 0, 0, 0, 1, -1, 7)))
        low = max(0, n + slip - draw(st.sampled_from((0, 0, 3))))
        if draw(st.booleans()):
            start[c] = (low, draw(st.sampled_from((max(low, n + slip), None))))
    return Component(tuple(told), tuple(rows), ()), start


@settings(max_examples=60, deadline=None)
@given(grids())
def test_the_simplex_and_the_solver_give_one_answer(problem):
    """What the simplex decides z3 decides alike: whether there is a point, and the bounds of every cell."""
    component, start = problem
    plain, solver = Sums(component), ByZ3(component)
    one, two = plain.ask(start), solver.ask(start)
    assert (one is False) == (two is False)
    for point in (one, two):
        if point:
            assert satisfies(plain.net, point, None)
            assert all(low <= point[plain.net.index[c]] <= (point[plain.net.index[c]] if high is None else high) for c, (low, high) in start.items())
    assert tight(plain, start, component.cells) == tight(solver, start, component.cells)


class ByZ3(Sums):
    def settle(self, low, high, rows=None):
        return self.solved(low, high, rows)


@settings(max_examples=100, deadline=None)
@given(grids(), st.data())
def test_what_the_simplex_blames_is_enough(problem, data):
    """The ends and rows that it names refute without all others; rows left out of a question take no part in its answer."""
    component, start = problem
    sums = Sums(component)
    low, high = sums.net.start(start)
    rows = data.draw(st.one_of(st.none(), st.sets(st.integers(0, len(component.rows) - 1)).map(sorted)))
    found = sums.settle(low, high, rows)
    if not isinstance(found, Refuted):
        assert satisfies(sums.net, found, rows)
        assert isinstance(sums.solved(low, high, rows), tuple)
        return
    if rows is not None:
        assert set(found.rows) <= set(rows)
    least = [x if i in found.lows else 0 for i, x in enumerate(low)]
    most = [x if i in found.highs else OPEN for i, x in enumerate(high)]
    again = sums.solved(least, most, None if rows is None else found.rows)
    assert isinstance(again, Refuted)


def test_fractions_alone_are_no_answer():
    """Half of each would do; whole numbers would not: three in all, each two of them as many as one and the same."""
    cells = tuple(Cell(n, Facets()) for n in ("all", "ab", "bc", "ca", "a", "b", "c"))
    whole, ab, bc, ca, a, b, c = cells
    rows = (Row(whole, (a, b, c), True, "all"), Row(ab, (a, b), True, "ab"), Row(bc, (b, c), True, "bc"), Row(ca, (c, a), True, "ca"))
    sums = Sums(Component(cells, rows, ()))
    for each, fits in ((1, False), (2, True), (3, False)):
        assert bool(sums.ask({ab: (each, each), bc: (each, each), ca: (each, each)})) is fits
    assert sums.ask({ab: (1, 2), bc: (1, 1), ca: (1, 1)})
    assert sums._solver is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sets(st.integers(0, 6), min_size=1, max_size=4), max_size=6))
def test_all_minimal_sets_of_known_conflicts(drawn):
    """Both kinds of sets against their definitions, over every subset of seven things."""
    conflicts = {frozenset(c) for c in drawn if not any(set(d) < set(c) for d in drawn)}

    def holds(bits):
        return not any(c <= members(bits) for c in conflicts)

    def shrink(bits):
        return sum(1 << i for i in min((c for c in conflicts if c <= members(bits)), key=sorted))

    everything = [frozenset(s) for n in range(8) for s in combinations(range(7), n)]
    hitting = [s for s in everything if all(s & c for c in conflicts)]
    found = all_minimal(7, holds, shrink, 1000, lambda: False)
    assert found.complete
    assert {members(c) for c in found.conflicts} == conflicts
    assert {members(r) for r in found.repairs} == {s for s in hitting if not any(t < s for t in hitting)}
    sizes = [r.bit_count() for r in found.repairs]
    if conflicts:
        assert sizes[0] == min(sizes)
        short = all_minimal(7, holds, shrink, 1, lambda: False)
        assert not short.complete and len(short.conflicts) + len(short.repairs) == 1


def test_intervals_alone_are_sound():
    net = Net(CELLS, SHAPES[0])
    low, high = net.start({A: (10, 10), B: (4, None), C: (3, 3)})
    assert net.narrow(low, high)
    assert net.read(low, high) == {A: (10, 10), B: (4, 7), C: (3, 3), D: (0, 3)}
    low, high = net.start({A: (5, 5), B: (4, None), C: (3, 3)})
    assert not net.narrow(low, high)


def test_meet_and_hull():
    assert meet([(14, None), (14, 14)]) == (14, 14)
    assert meet([(3, 3), (5, 5)]) is None
    assert hull([(3, 3), (5, None)]) == (3, None)


def test_cells_that_no_relation_joins_are_in_no_component():
    from crosstally.reconcile.cells import gather

    found = gather(event_of("a killed 2\nb killed 3\na wounded 4\na hit_locations 3"), the_domain()).figures
    assert components(found, the_domain(), None) == ()


@pytest.mark.parametrize(("reports", "limit"), [(4, 0.4), (20, 1.5)])
def test_speed(reports, limit):
    from crosstally.reconcile import balance

    lines = []
    for n in range(reports):
        lines += [
            f'r{n} launched[weapon=drone] 539 by="Air Force"',
            f'r{n} launched[weapon=missile] 11 by="Air Force"',
            f'r{n} shot_down {270 if n % 4 else 275} by="Air Force"',
            f'r{n} suppressed 208 by="Air Force"',
            f"r{n} hit[weapon=drone] {63 + n % 3}",
            f"r{n} hit[weapon=missile] 9",
            f"r{n} wounded {20 + n % 5}",
        ]
    event = event_of("\n".join(lines))
    balance(event, the_domain())
    start = time.process_time()
    balance(event, the_domain())
    assert time.process_time() - start < limit


def test_a_deadline_degrades_and_says_so(domain):
    from crosstally.reconcile import balance

    event = event_of(
        """a launched[weapon=drone] 100 by="Air Force"
        a shot_down 80 by="Air Force"
        a suppressed[weapon=drone] 30+ by="Air Force"
        a hit[weapon=drone] 5"""
    )
    got = balance(event, domain, deadline=-1.0)
    assert not got.proved
    assert any("not yet proved" in t.relation for t in got.tallies)
    assert balance(event, domain).proved


@settings(max_examples=40, deadline=None)
@given(grids())
def test_past_the_deadline_bounds_are_wide_and_never_wrong(problem):
    component, start = problem
    exact = tight(Sums(component), start, component.cells)
    late = Sums(component, until=time.monotonic() - 1)
    rough = tight(late, start, component.cells)
    assert late.proved == (rough == {} or all(low == high for low, high in rough.values()))
    for cell, (low, high) in exact.items():
        assert rough[cell][0] <= low and (rough[cell][1] is None or (high is not None and high <= rough[cell][1]))


def test_a_search_that_stops_at_the_cap_says_so(domain, monkeypatch):
    from crosstally.reconcile import balance
    from crosstally.reconcile import solve as solving

    event = event_of(
        """a launched[weapon=drone] 100 by="Air Force"
        a shot_down[weapon=drone] 80 by="Air Force"
        b suppressed[weapon=drone] 30 by="Air Force"
        b shot_down[weapon=drone] 75 by="Air Force"
        c launched[weapon=drone] 90 by="Air Force\""""
    )
    assert not any("stopped at" in t.relation for t in balance(event, domain).tallies)
    monkeypatch.setattr(solving, "CAP", 2)
    got = balance(event, domain)
    assert got.proved
    assert all("not yet proved" in t.relation for t in got.tallies if t.measure == "launched")
