"""Publication times as outlets write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crosstally.intake.dates import agree, read_moment


@pytest.mark.parametrize(
    ("raw", "iso"),
    [
        ("2024-03-02", "2024-03-02"),
        ("20240302", "2024-03-02"),
        ("2024-03-02T09:30:00Z", "2024-03-02T09:30:00+00:00"),
        (" 2024-03-02 09:30 ", "2024-03-02T09:30:00"),
        ("2024/3/2", "2024-03-02"),
        ("2 March 2024", "2024-03-02"),
        ("Saturday, 2nd Mar. 2024, 9.30 pm", "2024-03-02T21:30:00"),
        ("March 2, 2024 at 12:05 a.m.", "2024-03-02T00:05:00"),
        ("Sat, 02 Mar 2024 09:30:00 +0200", "2024-03-02T09:30:00+02:00"),
        ("02.03.2024", "2024-03-02"),
        ("25/03/2024 18:00", "2024-03-25T18:00:00"),
        ("03/25/2024", "2024-03-25"),
        ("5/5/2024", "2024-05-05"),
        ("1709366400", "2024-03-02T08:00:00+00:00"),
        ("1709366400000", "2024-03-02T08:00:00+00:00"),
        ("March 2, 2024 updated later", "2024-03-02"),
    ],
)
def test_dates_are_read(raw: str, iso: str) -> None:
    assert read_moment(raw) == iso


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("", "empty"),
        ("03/04/2024", "day/month or month/day"),
        ("31 February 2024", "no date"),
        ("yesterday", "no date"),
        ("2 Smarch 2024", "no date"),
        ("0024-03-02", "year 24"),
        ("2024-13-01", "no date"),
        ("x" * 200, "too long"),
    ],
)
def test_what_is_no_date_says_why(raw: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        read_moment(raw)


@given(st.text("0123456789-/.:TZ+ aMpmarchJul,", max_size=30))
def test_any_text_is_a_date_or_a_value_error(raw: str) -> None:
    try:
        found = read_moment(raw)
    except ValueError:
        return
    assert read_moment(found) == found and agree(found, found)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2024-03-02", "2024-03-02T23:00:00+02:00", True),
        ("2024-03-02T10:00:00+02:00", "2024-03-02T08:00:00+00:00", True),
        ("2024-03-02T10:00:00", "2024-03-02T08:00:00+00:00", True),
        ("2024-03-02T10:00:00+02:00", "2024-03-02T10:00:00+00:00", False),
        ("2024-03-02", "2024-03-03", False),
    ],
)
def test_times_that_may_be_the_same_agree(one: str, other: str, same: bool) -> None:
    assert agree(one, other) is same is agree(other, one)
