"""The balance sheet of real nights, from hand-written claims."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from crosstally.reconcile import balance, explain_tally
from crosstally.values import Entity, Role

from .night import NIGHT, event_of, kinds, only, tally

SYBIHA = Entity(
    "p1",
    "person",
    "Andrii Sybiha",
    ("Sybiha",),
    (Role("Ukrainian Deputy Foreign Minister", ("002",)), Role("Foreign Minister", ("003",))),
)
KLITSCHKO = Entity("p2", "person", "Vitali Klitschko", (), (Role("Kyiv Mayor", ("002",)), Role("Kyiv’s mayor", ("003",)), Role("mayor", ("004",))))
ZELENSKY = Entity("p3", "person", "Volodymyr Zelensky", (), (Role("Ukrainian President", ("002", "003")), Role("President", ("004",))))


@pytest.fixture(scope="module")
def night(request):
    from .night import the_domain

    return balance(event_of(NIGHT, entities=(SYBIHA, KLITSCHKO, ZELENSKY)), the_domain())


@pytest.mark.parametrize(
    ("measure", "facets", "low", "high", "state"),
    [
        ("launched", "", 550, 550, "single"),
        ("launched", "weapon=drone", 539, 539, "agreed"),
        ("launched", "weapon=missile", 11, 11, "agreed"),
        ("shot_down", "", 270, 270, "single"),
        ("shot_down", "weapon=drone", 268, 268, "derived"),
        ("shot_down", "weapon=missile", 2, 2, "derived"),
        ("suppressed", "", 208, 208, "single"),
        ("suppressed", "weapon=drone", 208, 208, "derived"),
        ("suppressed", "weapon=missile", 0, 0, "derived"),
        ("neutralised", "weapon=drone", 476, 476, "agreed"),
        ("hit", "", 72, 72, "derived"),
        ("hit", "weapon=drone", 63, 63, "single"),
        ("hit", "weapon=missile", 9, 9, "single"),
        ("unaccounted", "", 0, 0, "derived"),
        ("unaccounted", "weapon=drone", 0, 0, "derived"),
        ("unaccounted", "weapon=missile", 0, 0, "derived"),
        ("killed", "", 1, None, "agreed"),
        ("wounded", "", 23, 23, "agreed"),
        ("hospitalised", "", 14, 14, "single"),
        ("districts_affected", "", 6, 6, "agreed"),
        ("debris_sites", "", 33, None, "single"),
        ("hit_locations", "", 8, 8, "single"),
        ("duration", "", 7, 13, "disputed"),
        ("damaged", "object=ambulance", 5, 5, "single"),
        ("sheltered", "", None, None, "unresolved"),
    ],
)
def test_figures_of_the_night(night, measure, facets, low, high, state):
    row = tally(night, measure, facets)
    assert (row.low, row.high, row.state) == (low, high, state)


def test_no_false_accusation(night):
    assert not {"contradiction", "imbalance", "revision", "relay_divergence", "name_clash"} & set(kinds(night))


def test_findings_of_the_night(night):
    found = only(night, "definition_difference")
    assert found.sum == "270 - 2 + 208 = 476"
    assert only(night, "scope_mismatch").measure == "launched"
    assert any(f.sum == "539 + 11 = 550" for f in night.findings if f.kind == "agreement")
    divergences = {f.measure: f for f in night.findings if f.kind == "divergence"}
    assert set(divergences) == {"duration", "launched"}
    assert divergences["duration"].causes[0].startswith("definition")
    assert "the whole war" in only(night, "record_open").explanation
    assert only(night, "role_clash").entity == "p1"


def test_the_account_says_whose_it_is(night):
    account = tally(night, "unaccounted").account
    assert account.startswith("self-consistent, one party's figures")
    assert "Air Force" in account


def test_derived_never_stands_in_a_reported_column(night):
    for row in night.tallies:
        if row.state == "derived":
            assert (row.reported_low, row.reported_high, row.claims, row.best) == (None, None, (), None)
            assert row.derived_from or row.voices.low == 0


def test_forecasts_stay_out_of_what_happened(night):
    assert tally(night, "launched", "weapon=drone", period="per_day").state == "disputed"
    assert tally(night, "launched", "weapon=drone").high == 539


def test_silence_is_not_zero(domain):
    got = balance(event_of("a launched[weapon=drone] 40\na shot_down[weapon=drone] 30"), domain)
    assert not [t for t in got.tallies if t.measure in ("killed", "suppressed") and t.low == 0]


@pytest.mark.parametrize(
    ("claims", "drones", "missiles", "total"),
    [
        (
            """a launched[weapon=drone] 728 by="Air Force"
            a launched[weapon=missile] 13 by="Air Force"
            a shot_down[weapon=drone] 296 by="Air Force"
            a shot_down[weapon=missile] 7 by="Air Force"
            a suppressed[weapon=drone] 415 by="Air Force"
            a hit_locations 4 by="Air Force"
            a debris_sites 14 by="Air Force" """,
            17,
            6,
            23,
        ),
        (
            """a launched[weapon=drone] 397 by="Air Force"
            a launched[weapon=missile] 18 by="Air Force"
            a shot_down[weapon=drone] 164 by="Air Force"
            a shot_down[weapon=missile] 14 by="Air Force"
            a suppressed[weapon=drone] 204 by="Air Force"
            a hit_locations 8 by="Air Force"
            a debris_sites 23 by="Air Force" """,
            29,
            4,
            33,
        ),
    ],
)
def test_what_is_left_unaccounted_for(domain, claims, drones, missiles, total):
    got = balance(event_of(claims), domain)
    for facets, left in (("weapon=drone", drones), ("weapon=missile", missiles), ("", total)):
        rest = tally(got, "unaccounted", facets)
        assert (rest.low, rest.high, rest.state) == (left, left, "derived")
        assert "would settle it" in rest.relation
        hit = tally(got, "hit", facets)
        assert (hit.low, hit.high, hit.state) == (None, left, "derived")
    assert not tally(got, "unaccounted").account.startswith("self-consistent")
    assert tally(got, "launched").state == "derived"
    assert not {"contradiction", "imbalance", "divergence"} & set(kinds(got))


def test_a_reading_is_chosen_so_that_claims_stand_together(domain):
    got = balance(
        event_of(
            """a launched[weapon=missile] 11 by="Air Force"
            a shot_down[weapon=missile] 2 by="Air Force"
            a hit[weapon=missile] 9 by="Air Force"
            b neutralised[weapon=missile] 11 or=launched[weapon=missile]"""
        ),
        domain,
    )
    assert dict(got.choices)["b-03"] == 1
    assert not {"contradiction", "imbalance", "divergence", "definition_difference"} & set(kinds(got))


def test_a_sense_that_settles_a_clash_is_told_once(domain):
    got = balance(
        event_of(
            """a launched[weapon=drone] 100 by="Air Force"
            a suppressed[weapon=drone] 40 by="Air Force"
            a hit[weapon=drone] 10 by="Air Force"
            b shot_down[weapon=drone] 55 or=neutralised[weapon=drone]
            b shot_down[weapon=missile] 4 or=neutralised[weapon=missile]
            c neutralised[weapon=drone] 90"""
        ),
        domain,
    )
    assert [f.kind for f in got.findings].count("definition_difference") <= 1
    assert not {"contradiction", "imbalance"} & set(kinds(got))


def test_trivial_sums_are_no_definition(domain):
    got = balance(
        event_of(
            """a shot_down 270 by="Air Force"
            a suppressed 208 by="Air Force"
            a shot_down[weapon=cruise_missile] 2 by="Air Force"
            b neutralised 478 by="Air Force" or=shot_down
            b neutralised[weapon=cruise_missile] 2 by="Air Force" or=shot_down[weapon=cruise_missile]"""
        ),
        domain,
    )
    found = only(got, "definition_difference")
    assert found.sum == "270 + 208 = 478"
    assert dict(got.choices)["b-04"] == 1  # two cruise missiles are the two shot down


def test_one_figure_with_two_verbs_is_one_figure(domain):
    got = balance(
        event_of(
            """a launched[weapon=drone] 298 by="Air Force"
            a neutralised[weapon=drone] 266 by="Air Force" or=shot_down[weapon=drone]
            b shot_down[weapon=drone] 266 by="Air Force" """
        ),
        domain,
    )
    assert tally(got, "shot_down", "weapon=drone").state == "single"
    assert set(tally(got, "shot_down", "weapon=drone").claims) == {"a-01", "b-02"}
    assert not [t for t in got.tallies if t.measure == "suppressed"]
    assert kinds(got) == []


def test_equal_numbers_of_a_whole_and_a_part_make_no_zero(domain):
    got = balance(event_of("a neutralised[weapon=drone] 266\nb shot_down[weapon=drone] 266"), domain)
    assert not [t for t in got.tallies if t.measure == "suppressed" and t.high == 0]


def test_outside_the_period_one_figure_may_hold_both(domain):
    later = balance(
        event_of("a launched[weapon=drone] 500\na shot_down[weapon=drone] 470\nb neutralised[weapon=drone] 470", night="2025-11-01T18:00"),
        domain,
    )
    assert not [t for t in later.tallies if t.measure == "suppressed" and t.high == 0]
    told_apart = balance(
        event_of(
            "a launched[weapon=drone] 500\na shot_down[weapon=drone] 300\na suppressed[weapon=drone] 150\na hit[weapon=drone] 30",
            night="2025-11-01T18:00",
        ),
        domain,
    )
    assert tally(told_apart, "unaccounted", "weapon=drone").high == 20


def test_as_of_leaves_out_what_was_said_later(domain):
    given = event_of('a wounded 16 said=2025-07-04T06:00\nb wounded 22 said=2025-07-04T18:00 by="Mayor"')
    assert tally(balance(given, domain, as_of="2025-07-04T12:00"), "wounded").high == 16
    assert tally(balance(given, domain), "wounded").latest == 22


def test_order_of_documents_changes_nothing(domain):
    import msgspec

    given = event_of(NIGHT)
    turned = msgspec.structs.replace(given, claims=given.claims[::-1], documents=given.documents[::-1], voices=given.voices[::-1])
    assert balance(given, domain).tallies == balance(turned, domain).tallies


def test_no_solver_where_no_relation_joins():
    code = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from night import the_domain, event_of\n"
        "from crosstally.reconcile import balance\n"
        "balance(event_of('a killed 2\\nb killed 3\\na wounded 5\\na duration 3 unit=hour'), the_domain())\n"
        "assert 'z3' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False).stderr == ""


def test_units_of_time_are_brought_together(domain):
    got = balance(event_of("a duration 2 unit=hour\nb duration 120 unit=minutes"), domain)
    assert tally(got, "duration").best == 2
    assert "divergence" not in kinds(got)


def test_a_tally_is_explained_by_claims_and_relations(domain):
    given = event_of(NIGHT)
    balanced = balance(given, domain)
    lines = explain_tally(tally(balanced, "shot_down", "weapon=drone"), given, domain)
    assert lines[0] == "drones shot down: 268 (derived)"
    assert "arithmetic: drones shot down: 270 - 2 = 268" in lines
    assert any(line.startswith("claim 002-04: drones and missiles shot down 270, Air defenses") for line in lines)
    assert any(line.startswith("relation parts: shot down = ") for line in lines)
    wounded = explain_tally(tally(balanced, "wounded"), given, domain)
    assert sum(line.startswith("claim ") for line in wounded) == 3
    assert not any(line.startswith("relation ") for line in wounded)


def test_nothing_said_balances_to_nothing(domain):
    given = event_of("a record 0 label=largest")
    empty = type(given)(given.event, ())
    assert balance(empty, domain).tallies == ()
    assert balance(empty, domain).findings == ()


def test_names_stay_as_written(domain):
    got = balance(event_of('a launched[weapon=drone] 10 by="Ukraine’s air force"\na shot_down[weapon=drone] 10 by="Ukraine’s air force"'), domain)
    assert tally(got, "launched", "weapon=drone").account == "one party's figures: Ukraine’s air force"
