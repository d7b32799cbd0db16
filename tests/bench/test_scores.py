"""Precision, recall, matching: held against sums done by hand."""

from __future__ import annotations

import pytest
from bench.accuracy.scores import b_cubed, dice, match_exact, match_overlapping, overlap, rates, shared_both_ways, words_in


def test_rates_of_counts() -> None:
    made = rates(3, 4, 6)  # P 3/4, R 3/6, F1 2 * .75 * .5 / 1.25
    assert (made.precision, made.recall) == (0.75, 0.5)
    assert made.f1 == pytest.approx(0.6)


def test_nothing_found_and_nothing_wanted_are_zero_not_an_error() -> None:
    assert rates(0, 0, 5).f1 == rates(0, 5, 0).f1 == 0.0


def test_overlap_is_half_open() -> None:
    assert overlap((0, 4), (4, 8)) == 0
    assert overlap((0, 5), (3, 8)) == 2


def test_exact_beats_a_longer_overlap() -> None:
    # The first gold range overlaps both finds; the second equals the longer find and must have it.
    assert match_overlapping([(0, 10), (0, 20)], [(0, 20), (2, 6)]) == {1: 0, 0: 1}


def test_one_find_serves_one_gold_range() -> None:
    assert match_overlapping([(0, 4), (5, 9)], [(0, 9)]) == {0: 0}
    assert match_exact([(0, 4), (5, 9)], [(0, 9), (5, 9)]) == {(5, 9)}


def test_words_by_offset_and_their_shares() -> None:
    text = "The mayor of Lviv spoke"
    source, longer = words_in(text, [(0, 9)]), words_in(text, [(0, 17)])
    assert source == {0, 4}
    assert longer == {0, 4, 10, 13}
    assert shared_both_ways(source, longer) == 0.5  # all of two, half of four
    assert dice(source, longer) == pytest.approx(2 / 3)
    assert shared_both_ways(frozenset(), longer) == dice(frozenset(), frozenset()) == 0.0


def test_b_cubed_by_hand() -> None:
    gold = {"a": 1, "b": 1, "c": 2}
    found = {"a": "x", "b": "y", "c": "y", "d": "y"}  # d is not in the gold
    made = b_cubed(gold, found)
    assert made.precision == pytest.approx((1 + 0.5 + 0.5) / 3)
    assert made.recall == pytest.approx((0.5 + 0.5 + 1) / 3)
