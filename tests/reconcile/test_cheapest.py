"""The cheapest readings, against every choice there is and against z3."""

from __future__ import annotations

from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.reconcile.cells import Cell
from crosstally.reconcile.cheapest import Choice, Clash, cheapest
from crosstally.reconcile.relate import Component, Row
from crosstally.reconcile.solve import ASIDE, Stand, alike, choose, reading_costs, start_of, weighed
from crosstally.reconcile.solve import _Together as Together
from crosstally.reconcile.sums import Sums
from crosstally.values import Facets

MEASURES = ("launched", "neutralised", "shot_down", "suppressed", "hit", "unaccounted")
CELLS = {m: Cell(m, Facets()) for m in MEASURES}
ROWS = (
    Row(CELLS["launched"], (CELLS["neutralised"], CELLS["hit"], CELLS["unaccounted"]), True, "fate", rest=True),
    Row(CELLS["neutralised"], (CELLS["shot_down"], CELLS["suppressed"]), True, "neutralised"),
)
COMPONENT = Component(tuple(CELLS.values()), ROWS, ())


@st.composite
def puzzles(draw: st.DrawFn) -> tuple[list[list[int]], list[Clash]]:
    """Costs of readings, and sets of them that cannot all hold."""
    costs = draw(st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=3), min_size=1, max_size=5))
    literals = [(i, k) for i, row in enumerate(costs) for k in range(len(row))]
    sets = draw(st.lists(st.dictionaries(*map(st.sampled_from, zip(*literals, strict=True)), min_size=1, max_size=3), max_size=8))
    return costs, [tuple(sorted(s.items())) for s in sets if all(k < len(costs[i]) for i, k in s.items())]


@given(puzzles())
def test_no_choice_that_holds_is_cheaper(puzzle: tuple[list[list[int]], list[Clash]]) -> None:
    costs, sets = puzzle

    def price(choice: Choice) -> int:
        return sum(10 if k is None else costs[i][k] for i, k in enumerate(choice))

    def clash(choice: Choice) -> Clash:
        return next((s for s in sets if all(choice[i] == k for i, k in s)), ())

    found = cheapest(costs, 10, clash, 10_000, lambda: False)
    assert found is not None
    assert not clash(found)
    holding = [c for c in product(*([None, *range(len(row))] for row in costs)) if not clash(c)]
    assert price(found) == min(map(price, holding))


def test_a_search_that_takes_too_long_says_so() -> None:
    pairs = [((a, 0), (b, 0)) for a, b in combinations(range(6), 2)]
    looks = iter(range(1000))

    def clash(choice: Choice) -> Clash:
        next(looks)
        return next((p for p in pairs if all(choice[i] == k for i, k in p)), ())

    assert cheapest([[0]] * 6, 1, clash, 3, lambda: False) is None
    assert cheapest([[0]] * 6, 1, clash, 1000, lambda: True) is None
    assert cheapest([[0]] * 6, 1, clash, 1000, lambda: False) is not None


@st.composite
def stands(draw: st.DrawFn) -> tuple[Stand, ...]:
    rows = draw(
        st.lists(
            st.tuples(st.lists(st.sampled_from(MEASURES[:5]), min_size=1, max_size=2, unique=True), st.integers(0, 9), st.integers(0, 3)),
            min_size=2,
            max_size=5,
        )
    )
    return tuple(Stand(tuple(CELLS[m] for m in measures), low, None if wide == 3 else low + wide, ()) for measures, low, wide in rows)


@settings(max_examples=60, deadline=None)
@given(stands())
def test_the_readings_cost_what_those_of_z3_cost(some: tuple[Stand, ...]) -> None:
    """Where several choices are as cheap, either may be taken."""
    liked, sums = alike(some, ROWS), Sums(COMPONENT)
    costs = reading_costs(some, liked)

    def price(choices: tuple[int, ...]) -> int:
        kept = (s for size in range(len(some), -1, -1) for s in combinations(range(len(some)), size))
        return min(
            ASIDE * (len(some) - len(s)) + sum(costs[i][choices[i]] for i in s) for s in kept if sums.ask(start_of(some, choices, s)) is not False
        )

    found = weighed(some, liked, sums, lambda choices: Together(sums, some, choices))
    assert found is not None
    assert price(found) == price(choose(COMPONENT, some, liked, sums))
