"""Plain words for values."""

from __future__ import annotations

import msgspec
import pytest

from crosstally.domain import load_domain
from crosstally.export import wording
from crosstally.export.shelf import Shelf
from crosstally.values import Count, Facets, Quantity, Tally, Window
from tests.export.book_fixture import domain, night


@pytest.mark.parametrize(
    ("low", "high", "shown", "said"),
    [
        (550, 550, "550", "550"),
        (33, None, "33+", "33 or more"),
        (0, 1000, "up to 1,000", "up to 1,000"),
        (None, 1000, "up to 1,000", "up to 1,000"),
        (7, 13, "7–13", "from 7 to 13"),
        (0, 0, "0", "0"),
        (None, None, "?", "not known"),
    ],
)
def test_bounds(low: int | None, high: int | None, shown: str, said: str) -> None:
    assert wording.bounds(low, high) == shown
    assert wording.aloud(low, high) == said


def test_disputed_values_are_named_never_spanned() -> None:
    shelf = Shelf(night())
    duration = next(t for t in shelf.book.tallies if t.measure == "duration")
    assert wording.tally_value(duration, shelf.tally_claims(duration), domain()) == "7 or 13"


def test_a_casualty_count_shows_its_open_end_and_a_weapon_count_does_not() -> None:
    assert wording.tally_value(Tally("e", "wounded", low=23, high=23, state="agreed"), (), domain()) == "23+"
    assert wording.tally_value(Tally("e", "launched", low=550, high=550, state="agreed"), (), domain()) == "550"
    assert wording.tally_value(Tally("e", "killed", low=0, high=0), (), domain()) == "0"


def test_a_figure_below_a_number_is_shown_as_told() -> None:
    shelf = Shelf(night())
    exact = next(c for c in shelf.book.claims if c.measure == "duration" and c.quantity is not None)
    almost = msgspec.structs.replace(exact, id="almost", quantity=Quantity(9, 9, "nearly", "hours", "almost 10"))
    single = Tally("e", "duration", low=9, high=9)
    assert wording.quantity(Quantity(9, 9, "nearly", "hours", "almost 10")) == "almost 10"
    assert wording.tally_value(single, (almost,), domain()) == "almost 10"
    assert wording.tally_value(msgspec.structs.replace(single, measure="killed"), (almost,), domain()) == "almost 10"
    assert wording.tally_value(Tally("e", "duration", low=9, high=13), (almost, exact), domain()) == "9–13"


def test_words_without_a_number_stay_words() -> None:
    assert wording.tally_value(Tally("e", "wounded", words=("dozens", "scores"))) == "“dozens”, “scores”"


@pytest.mark.parametrize(
    ("span", "shown"),
    [
        (Window("2025-07-03T18:00", "2025-07-04T09:00", "night"), "3–4 July 2025"),
        (Window("2025-07-03", "2025-07-04", "day"), "3 July 2025"),
        (Window("2025-07-03T18:00", "2025-07-04T00:00", "part_of_day"), "3 July 2025"),
        (Window("2025-06-30", "2025-07-02", "days"), "30 June – 1 July 2025"),
        (Window("2025-07-01", "2025-08-01", "month"), "July 2025"),
        (Window("2025-07-03T18:07", "2025-07-03T18:08", "minute"), "3 July 2025, 18:07"),
        (Window(None, None, "unknown", "hours after the call"), "hours after the call"),
        (None, ""),
    ],
)
def test_windows_are_no_finer_than_their_words(span: Window | None, shown: str) -> None:
    assert wording.window(span) == shown


def test_voices() -> None:
    assert wording.voices_aloud(Count(1, 1)) == "1 voice"
    assert wording.voices_aloud(Count(2, 4)) == "2 to 4 voices"
    assert wording.voices_aloud(Count(0, 1)) == "nobody named; at most 1 voice"


def test_facets_beside_the_measures_own_say_what_they_are() -> None:
    assert wording.figure(domain(), "shot_down", Facets(weapon="drone")) == "Shot down: drones"
    assert (
        wording.figure(domain(), "shot_down", Facets(weapon="drone", means="interceptor_drone"))
        == "Shot down: drones, means: interceptor drone"
    )
    assert wording.figure(None, "rescued", Facets()) == "Rescued"


def test_an_unreadable_time_is_shown_as_it_stands() -> None:
    assert wording.when("some time in May") == "some time in May"
    assert wording.instant("some time in May") is None


def test_names_keep_their_capitals() -> None:
    assert wording.sentence("one party’s figures: Ukraine’s air force") == "One party’s figures: Ukraine’s air force"


def test_a_sum_loses_its_heading_and_gets_a_true_minus() -> None:
    assert wording.arithmetic("drones shot down: 270 - 2 = 268") == "270 − 2 = 268"
    assert wording.arithmetic("missiles: only 2 fits") == "missiles: only 2 fits"


def test_an_outgrown_count_of_people_is_a_floor_and_no_final_toll() -> None:
    pack = load_domain()
    grown = Tally("e", "wounded", low=32, high=32, reported_low=23, reported_high=32, state="agreed")
    assert wording.tally_value(grown, (), pack) == "32+"
    closed = Tally("e", "killed", low=2, high=4, reported_low=2, reported_high=2, state="single")
    assert wording.tally_value(closed, (), pack) == "2 (final toll: 2–4)"
