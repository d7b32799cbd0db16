"""What an event is called, and when it was."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from crosstally.link.describe import together, window_of
from crosstally.link.times import window_words
from crosstally.values import Happening, Span, Window
from tests.link.link_readings import night, whole_day


def told(*windows: Window | None) -> list[Happening]:
    return [Happening(f"h{i}", f"d{i}", "air_attack", Span(0, 1), window=w) for i, w in enumerate(windows)]


NIGHT = night("2025-07-03", "2025-07-04")
EARLY = Window("2025-07-04T00:00", "2025-07-04T06:00", "part_of_day", "early Friday")


def test_the_night_stands_over_the_day_and_over_its_parts() -> None:
    assert window_of(told(whole_day("2025-07-04", "2025-07-05"), NIGHT, EARLY, None)) == NIGHT


def test_parts_of_one_night_are_united() -> None:
    late = Window("2025-07-03T22:00", "2025-07-04T00:30", "part_of_day", "late Thursday")
    found = window_of(told(late, EARLY))
    assert found is not None and (found.start, found.end) == ("2025-07-03T22:00", "2025-07-04T06:00")


def test_words_stay_words_where_no_date_is_known() -> None:
    words = Window(None, None, "night", "overnight into Friday", "publication")
    assert window_of(told(words, None)) == words
    assert window_of(told(None)) is None


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (NIGHT, "night of 3–4 July 2025"),
        (night("2025-06-30", "2025-07-01"), "night of 30 June–1 July 2025"),
        (EARLY, "early on 4 July 2025"),
        (Window("2025-07-04T05:00", "2025-07-04T12:00", "part_of_day"), "morning of 4 July 2025"),
        (whole_day("2025-07-04", "2025-07-05"), "4 July 2025"),
        (Window("2025-07-01T00:00", "2025-08-01T00:00", "month"), "July 2025"),
        (Window("2024-01-01T00:00", "2025-01-01T00:00", "year"), "2024"),
        (Window("2022-02-24T00:00", None, "day"), "since 24 February 2022"),
        (None, ""),
    ],
)
def test_windows_in_words(window: Window | None, words: str) -> None:
    assert window_words(window) == words


def test_together() -> None:
    assert [together(x) for x in ((), "a", "ab", "abc")] == ["", "a", "a and b", "a, b and c"]
