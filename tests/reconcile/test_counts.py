"""Figures of two counts of one night: neither agreed nor worked out together."""

from __future__ import annotations

import msgspec
import pytest

from crosstally.reconcile import balance

from .night import event_of, tally

APART = """a launched[weapon=drone] 140 by="Air Force"
a suppressed[weapon=drone] 70 by="Air Force"
b shot_down[weapon=drone] 41 by="Air Force\""""


def test_figures_that_no_report_shows_to_be_of_one_count_are_worked_out_under_that_condition_alone(domain):
    """The 41 may be of an hour at which fewer than 140 had come."""
    row = tally(balance(event_of(APART), domain), "neutralised", "weapon=drone")
    assert (row.low, row.high, row.state) == (None, None, "unresolved")
    assert row.relation == "drones neutralised: 41 + 70 = 111; only if these figures are of one count"
    rest = tally(balance(event_of(APART), domain), "unaccounted", "weapon=drone")
    assert (rest.low, rest.high, rest.state) == (None, None, "unresolved")
    assert len(rest.derived_from) == 3


@pytest.mark.parametrize(
    "tie",
    [
        'b launched[weapon=drone] 140 by="Air Force"',  # a number that two counts would hardly share
        'c launched[weapon=drone] 140\nc shot_down[weapon=drone] 41',  # a third report that tells both
    ],
)
def test_a_shared_figure_ties_reports_to_one_count(domain, tie):
    row = tally(balance(event_of(f"{APART}\n{tie}"), domain), "neutralised", "weapon=drone")
    assert (row.low, row.high, row.state) == (111, 111, "derived")


@pytest.mark.parametrize(
    "loose",
    [
        "a shot_down[weapon=missile] 3\nb shot_down[weapon=missile] 3",  # any two counts may share a small one
        "a launched[weapon=drone] 900 period=week\nb launched[weapon=drone] 900 period=week",
        "a wounded 24\nb wounded 24",
    ],
)
def test_a_small_number_or_one_of_another_scope_ties_nothing(domain, loose):
    row = tally(balance(event_of(f"{APART}\n{loose}"), domain), "neutralised", "weapon=drone")
    assert row.state == "unresolved"


def test_one_stated_hour_ties_what_one_speaker_said(domain):
    given = event_of(APART)
    at = {"2025-07-04T08:10": "derived", "2025-07-04": "unresolved"}  # a day holds several posts
    for said, state in at.items():
        claims = tuple(msgspec.structs.replace(c, said_at=said) for c in given.claims)
        assert tally(balance(msgspec.structs.replace(given, claims=claims), domain), "neutralised", "weapon=drone").state == state


def test_an_account_that_closes_bears_out_that_it_is_one_count(domain):
    closing = APART + '\nb hit[weapon=drone] 29 by="Air Force"'
    rest = tally(balance(event_of(closing), domain), "unaccounted", "weapon=drone")
    assert (rest.low, rest.high, rest.state) == (0, 0, "derived")


EARLY = """a launched[weapon=drone] 93
a shot_down[weapon=drone] 51
b launched[weapon=drone] 93
b shot_down[weapon=drone] 51
c launched[weapon=drone] {top}
c suppressed[weapon=drone] 22"""


def test_what_two_reports_of_a_smaller_count_agree_on_is_a_floor(domain):
    row = tally(balance(event_of(EARLY.format(top=120)), domain), "shot_down", "weapon=drone")
    assert (row.low, row.high, row.state, row.best) == (51, None, "range", None)


def test_what_two_reports_of_the_larger_count_agree_on_is_agreed(domain):
    row = tally(balance(event_of(EARLY.format(top=80)), domain), "shot_down", "weapon=drone")
    assert (row.low, row.high, row.state) == (51, 51, "agreed")


def test_no_figure_is_narrowed_by_figures_of_another_count(domain):
    told = 'a launched 102 by="Air Force"\na launched[weapon=missile] 30 by="Air Force"\nb launched[weapon=drone] 41+ by="Air Force"'
    row = tally(balance(event_of(told), domain), "launched", "weapon=drone")
    assert (row.low, row.high) == (72, 72)  # one report alone gives it
    told = 'a launched 102 by="Air Force"\nc launched[weapon=missile] 30 by="Air Force"\nb launched[weapon=drone] 41+ by="Air Force"'
    row = tally(balance(event_of(told), domain), "launched", "weapon=drone")
    assert (row.low, row.high) == (41, None)
