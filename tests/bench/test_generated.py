"""Thirty drawn nights: the drawing is exact and repeatable, the checker is right, and the books keep what must always hold."""

from __future__ import annotations

import pytest
from bench.generated.checker import feasible, is_minimal, minimal_sets
from bench.generated.pipeline import Read, read_night
from bench.generated.render import render
from bench.generated.score import Seen, night_of, nights, timed, weigh
from bench.generated.telling import ERRORS, interval
from bench.generated.truth import KINDS
from bench.generated.values import claims_of

from crosstally.domain import load_domain


@pytest.fixture(scope="module")
def seen() -> Seen:
    counts = Seen()
    for night in nights(30, 0):
        weigh(night, load_domain(), counts)
    return counts


def test_a_seed_draws_one_night() -> None:
    assert night_of(7) == night_of(7)
    assert render(night_of(7)) == render(night_of(7))
    assert night_of(7) != night_of(8)


@pytest.mark.parametrize("seed", range(30))
def test_true_nights_add_up_and_honest_final_figures_hold_together(seed: int) -> None:
    night = night_of(seed, plant="none")
    truth = night.truth
    for kind in KINDS:
        fate = truth.fates[kind]
        assert fate.launched == fate.of("neutralised") + fate.hit + fate.unaccounted
    final = [s for r in night.reports if r.official for s in r.statements]
    assert feasible((s.measure, s.member, *interval(s.value, s.hedge)) for s in final)
    assert all(truth.holds(s.measure, s.member, *interval(s.value, s.hedge)) is not False for s in final)


@pytest.mark.parametrize("plant", ["fates", "weapons", "definition", "missile_kinds"])
def test_a_planted_sum_cannot_hold(plant: str) -> None:
    night = next(n for seed in range(200) if (n := night_of(seed, plant=plant)).plant == plant)  # type: ignore[arg-type]
    assert plant in ERRORS
    official = next(r for r in night.reports if r.official)
    facts = [(s.measure, s.member, *interval(s.value, s.hedge)) for s in official.statements]
    assert not feasible(facts)
    assert feasible([f for f, s in zip(facts, official.statements, strict=True) if not s.planted])


def test_claims_stand_where_the_text_has_their_figures() -> None:
    night = night_of(3)
    texts = {r.document.id: r.document.text for r in render(night)}
    claims = claims_of(night, render(night))
    assert len(claims) > 10
    for claim in claims:
        assert claim.figure is not None
        words = claim.figure.of(texts[claim.document]).replace(",", "")
        assert words == (claim.quantity.raw if claim.quantity and words.isdigit() else words)
        assert words and not words.startswith(" ")


def test_checker_knows_sums_parts_and_minimal_sets() -> None:
    down, lost, top = ("shot_down", "drone", 270, 270), ("suppressed", "drone", 208, 208), ("launched", "drone", 400, 400)
    assert feasible([down, lost, ("launched", "drone", 539, 539)])
    assert is_minimal([down, lost, top])
    assert not is_minimal([down, lost, top, ("hit", "missile", 3, 3)])
    assert not feasible([("launched", "", 10, 10), ("launched", "drone", 8, None), ("launched", "missile", 3, None)])
    assert not feasible([("wounded", "", 4, 4), ("wounded", "child", 5, 5)])
    assert minimal_sets([down, lost, top, ("launched", "", 300, 300)]) == {frozenset({0, 1, 2}), frozenset({2, 3}), frozenset({0, 1, 3})}


def test_copies_are_never_voices(seen: Seen) -> None:
    assert seen.copies > 10
    assert seen.copies_voiced == 0, seen.cases


def test_conflict_sets_are_minimal_and_complete(seen: Seen) -> None:
    assert seen.sets > 0
    assert (seen.sets_minimal, seen.full_equal) == (seen.sets, seen.full), seen.cases


def test_agreed_and_derived_ranges_hold_the_truth(seen: Seen) -> None:
    assert seen.ranges > 50
    assert seen.ranges_hold == seen.ranges, seen.cases


def test_an_early_count_is_held_against_what_it_saw() -> None:
    truth = next(t for seed in range(50) if (t := night_of(seed).truth).partial["drone"] != t.fates["drone"])
    final, first = truth.fates["drone"].launched, truth.partial["drone"].launched
    assert truth.holds("launched", "drone", final, final) and not truth.holds("launched", "drone", first, first)
    assert truth.holds("launched", "drone", first, first, early=True)


def test_all_minimal_sets_of_these_nights_are_listed(seen: Seen) -> None:
    assert seen.listed == seen.conflicted > 10


@pytest.mark.parametrize(("claims", "bar"), [(30, 0.15), (150, 1.5), (1000, 20.0)])
def test_balancing_many_claims_takes_its_time(claims: int, bar: float) -> None:
    """In CPU seconds; the bars are several times what is needed, so that a slow machine passes."""
    ((_, seconds, proved),) = timed((claims,), load_domain(), 0)
    assert proved
    assert seconds < bar


def test_errors_in_one_utterance_are_found(seen: Seen) -> None:
    assert seen.planted >= 8
    assert seen.recall >= 0.95, seen.cases


def test_a_night_is_read_end_to_end() -> None:
    counts = Read()
    read_night(night_of(4, outlets=3), counts)
    assert counts.told > 8
    assert counts.recall > 0.5, counts.cases
    assert counts.copies_voiced == 0, counts.cases
