"""Rows, marks, scales and what had been reported when."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstally.export import figures
from crosstally.export.shelf import Shelf
from crosstally.values import Book, Claim, Quantity
from tests.export.book_fixture import domain, night, shooting


def rows_of(book: Book, event: str = "ev-raid") -> dict[str, figures.Row]:
    shelf = Shelf(book)
    found: dict[str, figures.Row] = {}
    for group in figures.groups(shelf, domain(), shelf.events[event]):
        for row in group.rows:
            found[f"{row.tally.measure} {row.tally.facets.notation()}".strip()] = row
    return found


def test_human_cost_stands_first_and_wholes_before_parts() -> None:
    shelf = Shelf(night())
    groups = figures.groups(shelf, domain(), shelf.events["ev-raid"])
    assert [g.title for g in groups] == ["People", "Balance", "Places", "Time"]
    assert [r.title for r in groups[1].rows][:4] == ["Launched", "drones", "missiles", "Shot down"]
    assert [r.sub for r in groups[1].rows][:3] == [False, True, True]


def test_one_mark_a_claim_shaped_by_who_speaks() -> None:
    rows = rows_of(night())
    assert sorted(m.shape for m in rows["launched weapon=missile"].marks) == ["disc", "square", "square"]
    assert [m.shape for m in rows["shot_down weapon=drone"].marks] == ["hollow"]
    assert [m.tail for m in rows["debris_sites"].marks] == ["up"]


def test_officials_without_a_name_are_nobody() -> None:
    marks = rows_of(night())["launched weapon=drone"].marks
    assert {m.shape for m in marks} == {"square"}
    assert {m.who for m in marks} == {"officials, not named", "nobody named"}


def test_a_revised_claim_turns_old_and_so_does_one_that_said_the_same() -> None:
    marks = rows_of(night())["wounded"].marks
    assert [(m.claim, m.old) for m in marks] == [("w3", True), ("p4", True), ("l7", True), ("e1", True), ("s2", False)]


def test_silence_is_named_for_people_alone() -> None:
    rows = rows_of(night())
    assert rows["killed"].silent == ("Ridge Wire",)
    assert rows["hit_locations"].silent == ()


def test_steps_show_what_was_reported_by_then_and_end_in_the_ledgers_figure() -> None:
    steps = rows_of(night())["wounded"].steps
    assert [s.value for s in steps] == ["23+", "23+", "23+", "26+", "32+"]
    assert (steps[-1].state, steps[-1].voices) == ("range", "1–5")


def test_a_disputed_row_is_orange_and_a_single_one_ink() -> None:
    rows = rows_of(night())
    assert (rows["duration"].tone, rows["launched"].tone, rows["shot_down"].tone) == ("no", "ok", "")


def test_other_measures_need_nothing_of_an_air_attack() -> None:
    shelf = Shelf(shooting())
    groups = figures.groups(shelf, domain(), shelf.events["ev-shooting"])
    assert [(g.title, [r.value for r in g.rows]) for g in groups] == [("People", ["4 or 5+", "9+"]), ("Relief and response", ["1"])]


@pytest.mark.parametrize(("unit", "hours"), [("minute", 0.5), ("hour", 30.0), ("hours", 30.0), ("day", 720.0), (None, 30.0)])
def test_times_share_one_scale(unit: str | None, hours: float) -> None:
    claim: Claim = night().claims[0]
    held = msgspec.structs.replace(claim, quantity=Quantity(30, 30, unit=unit))
    assert figures.position(held) == (hours, hours)


@given(st.floats(min_value=1, max_value=1e7))
def test_a_scale_holds_its_figures_on_few_round_ticks(reach: float) -> None:
    top, ticks = figures.scale(reach)
    assert top >= reach
    assert ticks[0] == 0
    assert ticks[-1] == top
    assert 2 <= len(ticks) - 1 <= 7
    assert all(tick == int(tick) for tick in ticks)
