"""Moments of a sentence as windows, resolved against a publication date."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain.language import load_language
from crosstally.extract.moments.read import read_moments
from crosstally.values import Mention, Sentence, Span, Token, Window

ENGLISH = load_language("en")
# A Wednesday.
PUBLISHED = "2025-07-09"


def sentence_of(text: str) -> Sentence:
    tokens = [
        Token(m.start(), m.end(), m.group(), m.group().lower().replace("’", "'"))
        for m in re.finditer(r"[ap]\.m\.|\d[\d.,:-]*\d\w*|\w+(?:-\w+)*|['’]s|[^\w\s]", text)
    ]
    return Sentence(0, Span(0, len(text)), 0, tuple(tokens))


def read(text: str, published: str | None = PUBLISHED) -> tuple[Mention, ...]:
    return read_moments("d1", sentence_of(text), text, ENGLISH, published)


def noted(text: str, published: str | None = PUBLISHED) -> str:
    """``words: start..end precision`` of each moment; midnight is left out, an open end is a dash, a relative moment ends in its words."""
    parts = []
    for mention in read(text, published):
        window = mention.value
        assert isinstance(window, Window)

        def short(stamp: str | None) -> str:
            return "-" if stamp is None else stamp[:16].replace("T00:00", "")

        relative = f" ~{window.relative}" if window.relative else ""
        parts.append(f"{mention.text}: {short(window.start)}..{short(window.end)} {window.precision}{relative}")
    return "; ".join(parts)


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("It began early Wednesday", "early Wednesday: 2025-07-09..2025-07-09T09:00 part_of_day"),
        ("It came late Tuesday", "late Tuesday: 2025-07-08T18:00..2025-07-09 part_of_day"),
        ("shelling on Friday killed two", "Friday: 2025-07-04..2025-07-05 day"),
        ("He spoke on Wednesday", "Wednesday: 2025-07-09..2025-07-10 day"),
        ("Monday's strike was worse", "Monday: 2025-07-07..2025-07-08 day"),
        ("Tuesday afternoon was calm", "Tuesday afternoon: 2025-07-08T12:00..2025-07-08T18:00 part_of_day"),
        ("overnight into Wednesday", "overnight into Wednesday: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("struck overnight", "overnight: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("What we saw last night", "last night: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("more than the previous night", "the previous night: 2025-07-07T18:00..2025-07-08T09:00 night ~the previous night"),
        ("overnight Wednesday", "overnight Wednesday: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("overnight Monday", "overnight Monday: 2025-07-07T18:00..2025-07-08T09:00 night"),
        ("the night of July 9", "the night of July 9: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("on the night of 8-9 July", "the night of 8-9 July: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("the night from Tuesday to Wednesday", "night from Tuesday to Wednesday: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("Tuesday night", "Tuesday night: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("late Tuesday into early Wednesday", "late Tuesday into early Wednesday: 2025-07-08T18:00..2025-07-09T09:00 night"),
        ("in the early hours of July 9", "the early hours of July 9: 2025-07-09..2025-07-09T06:00 part_of_day"),
        ("at 11:30 p.m. on Tuesday", "11:30 p.m. on Tuesday: 2025-07-08T23:30..2025-07-08T23:31 minute"),
        ("between 8 p.m. and 5 a.m. on Wednesday", "8 p.m. and 5 a.m. on Wednesday: 2025-07-08T20:00..2025-07-09T05:00 night"),
        ("from 8 p.m. Tuesday to 5 a.m. Wednesday", "8 p.m. Tuesday to 5 a.m. Wednesday: 2025-07-08T20:00..2025-07-09T05:00 night"),
        ("yesterday and today", "yesterday: 2025-07-08..2025-07-09 day; today: 2025-07-09..2025-07-10 day"),
        ("two days ago", "two days ago: 2025-07-07..2025-07-08 day"),
        ("last week", "last week: 2025-06-30..2025-07-07 week"),
        ("earlier this month", "earlier this month: 2025-07-01..2025-07-10 month"),
        ("over the weekend", "the weekend: 2025-07-05..2025-07-07 days"),
        ("in recent weeks", "recent weeks: -..2025-07-10 week ~recent"),
        ("over the past 24 hours", "the past 24 hours: 2025-07-09..2025-07-10 day"),
        ("in May", "May: 2025-05-01..2025-06-01 month"),
        ("in November", "November: 2024-11-01..2024-12-01 month"),
        ("on June 29", "June 29: 2025-06-29..2025-06-30 day"),
        ("on December 30", "December 30: 2024-12-30..2024-12-31 day"),
        ("on 4 July 2023", "4 July 2023: 2023-07-04..2023-07-05 day"),
        ("on 2025-07-03", "2025-07-03: 2025-07-03..2025-07-04 day"),
        ("since February 2022", "February 2022: 2022-02-01..- month"),
        ("until Friday", "Friday: -..2025-07-05 day"),
        ("in 2014", "2014: 2014-01-01..2015-01-01 year"),
        ("this year", "this year: 2025-01-01..2026-01-01 year"),
        ("from July 3 to July 5", "July 3 to July 5: 2025-07-03..2025-07-06 days"),
        (
            "On July 3, a day earlier, it rained",
            "July 3: 2025-07-03..2025-07-04 day; a day earlier: 2025-07-02..2025-07-03 day ~a day earlier",
        ),
        ("two days after July 3", "two days after July 3: 2025-07-05..2025-07-06 day ~two days after july 3"),
    ],
)
def test_moments(text: str, notation: str) -> None:
    assert noted(text) == notation


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("Ministers will meet on Friday", "2025-07-11"),
        ("On Monday, ministers will meet", "2025-07-14"),
        ("He said on Friday he would come", "2025-07-04"),
        ("She plans to visit on Tuesday", "2025-07-15"),
        ("He would call on Wednesday", "2025-07-09"),
        ("They met on Monday and will meet again", "2025-07-07"),
        ("next Monday", "2025-07-14"),
        ("last Friday", "2025-07-04"),
    ],
)
def test_a_weekday_is_past_unless_told_as_to_come(text: str, start: str) -> None:
    window = read(text)[0].value
    assert isinstance(window, Window) and window.start is not None
    assert window.start[:10] == start


@pytest.mark.parametrize(
    ("text", "relative"),
    [
        ("overnight into Friday", "overnight into friday"),
        ("early Thursday", "early thursday"),
        ("two days ago", "two days ago"),
        ("on June 29", "june 29"),
        ("at 9 p.m.", "T21:00"),
        ("from 20:00 to 05:00", "T20:00/T05:00"),
        ("just hours after the call", "just hours after"),
        ("the same day", "the same day"),
    ],
)
def test_without_a_publication_date_nothing_is_invented(text: str, relative: str) -> None:
    (mention,) = read(text, None)
    window = mention.value
    assert isinstance(window, Window)
    assert (window.start, window.end, window.relative) == (None, None, relative)


def test_a_full_date_needs_no_publication_date() -> None:
    assert noted("on 4 July 2023, in 2014 and in February 2022", None) == (
        "4 July 2023: 2023-07-04..2023-07-05 day; 2014: 2014-01-01..2015-01-01 year; February 2022: 2022-02-01..2022-03-01 month"
    )


def test_hours_after_a_call_hang_on_the_call_even_with_a_date() -> None:
    assert noted("It came hours after the call") == "hours after: -..- hour ~hours after"


@pytest.mark.parametrize("text", ["He may march on", "2000 drones fell", "the second floor of the house", "I sat in the sun", "a nine-hour raid"])
def test_words_that_tell_no_moment(text: str) -> None:
    assert noted(text) == ""


def test_the_cover_holds_the_preposition() -> None:
    text = "fighting since February 2022"
    (mention,) = read(text)
    assert mention.span.of(text) == "February 2022"
    assert mention.cover is not None and mention.cover.of(text) == "since February 2022"


PIECES = st.sampled_from(
    [
        "overnight",
        "into",
        "to",
        "the",
        "night",
        "of",
        "on",
        "early",
        "late",
        "Friday",
        "July",
        "May",
        "9",
        "31",
        "2025",
        "since",
        "until",
        "between",
        "and",
        "from",
        "at",
        "p.m.",
        "5:30",
        "two",
        "days",
        "ago",
        "last",
        "next",
        "week",
        "a",
        "earlier",
        "hours",
        "after",
        ",",
        "-",
        "noon",
        "25:99",
        "February",
        "30",
        "4-5",
        "2025-02-30",
        "first",
        "quarter",
    ]
)


@settings(deadline=None)
@given(
    st.lists(PIECES, max_size=12).map(" ".join),
    st.sampled_from([None, "2025-07-09", "2024-02-29T23:30:00+03:00", "0001-01-01", "9999-12-31"]),
)
def test_any_row_of_words_gives_ordered_windows_inside_the_text(text: str, published: str | None) -> None:
    for mention in read(text, published):
        assert text[mention.span.start : mention.span.end] == mention.text
        window = mention.value
        assert isinstance(window, Window)
        if window.known:
            assert window.start is not None and window.end is not None and window.start < window.end


def _window(text: str, words: str) -> tuple[str | None, str | None]:
    held = next(m.value for m in read(text) if m.text.lower() == words)
    assert isinstance(held, Window)
    return held.start, held.end


def test_a_night_told_of_on_an_earlier_day_is_that_days() -> None:
    assert _window("Depots burned overnight, officials said on July 7.", "overnight") == ("2025-07-06T18:00:00", "2025-07-07T09:00:00")
    assert _window("Depots burned overnight, officials said on Wednesday.", "overnight") == ("2025-07-08T18:00:00", "2025-07-09T09:00:00")


def test_tonight_of_what_was_is_the_night_just_past() -> None:
    assert _window("Tonight, the enemy launched 30 drones.", "tonight") == ("2025-07-08T18:00:00", "2025-07-09T09:00:00")
    assert _window("Tonight the enemy may launch 30 drones.", "tonight") == ("2025-07-09T18:00:00", "2025-07-10T09:00:00")


def test_into_a_day_told_on_the_day_before_is_the_morning_to_come() -> None:
    # published on a Wednesday
    assert _window("Drones struck overnight into Thursday.", "overnight into thursday") == ("2025-07-09T18:00:00", "2025-07-10T09:00:00")
    assert _window("Drones struck overnight into Tuesday.", "overnight into tuesday") == ("2025-07-07T18:00:00", "2025-07-08T09:00:00")


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("The toll now stands at four", "now: -..- unknown ~present"),
        ("Rescuers have stopped at the moment", "at the moment: -..- unknown ~present"),
        ("In the past, such raids were rare", "the past: -..- unknown ~past"),
        ("They will soon leave", "soon: -..- unknown ~future"),
        ("He left soon after the blast", "soon after: -..- unknown ~soon after"),
        ("a 19th-century chapel", "19th-century: 1800-01-01..1900-01-01 years"),
        ("under a June accord", "June: 2025-06-01..2025-07-01 month"),
        ("during his 1996 campaign", "1996: 1996-01-01..1997-01-01 year"),
        ("It ended at 5 p.m. July 3", "5 p.m. July 3: 2025-07-03T17:00..2025-07-03T18:00 hour"),
        ("It ended at 8 p.m. 3 July", "8 p.m. 3 July: 2025-07-03T20:00..2025-07-03T21:00 hour"),
    ],
)
def test_vague_words_centuries_and_hours_before_a_day(text: str, notation: str) -> None:
    assert noted(text) == notation


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("Gunmen came before dawn on Sunday", "before dawn on Sunday: 2025-07-06..2025-07-06T07:00 part_of_day"),
        ("Gunmen came shortly before dawn Sunday", "shortly before dawn Sunday: 2025-07-06..2025-07-06T07:00 part_of_day"),
        ("It fell just after midnight on Monday", "just after midnight on Monday: 2025-07-07..2025-07-07T04:00 part_of_day"),
        ("It sailed on Monday after sunset", "Monday after sunset: 2025-07-07T17:00..2025-07-08 part_of_day"),
        ("He died after Sunday's shooting", "Sunday: 2025-07-06..2025-07-07 day"),
        ("She spoke only after Sunday", "Sunday: 2025-07-07..- day"),
    ],
)
def test_before_dawn_is_a_part_of_the_day_and_after_a_days_event_is_of_that_day(text: str, notation: str) -> None:
    assert noted(text) == notation


@pytest.mark.parametrize(
    ("text", "notation"),
    [
        ("A blast on New Year's Day killed two", "New Year's Day: 2025-01-01..2025-01-02 day"),
        ("A blast on New Year’s Eve killed two", "New Year’s Eve: 2024-12-31..2025-01-01 day"),
        ("A van drove into a crowd on Christmas Eve", "Christmas Eve: 2024-12-24..2024-12-25 day"),
        ("The new year began with a blast", ""),
        ("2006: a crush kills 364", "2006: 2006-01-01..2007-01-01 year"),
        (
            "On Saturday, five days after the quake, crews dug",
            "Saturday: 2025-07-05..2025-07-06 day; five days after: 2025-06-30..2025-07-01 day ~five days after",
        ),
        (
            "It came on Saturday, and five days later it came again",
            "Saturday: 2025-07-05..2025-07-06 day; five days later: 2025-07-10..2025-07-11 day ~five days later",
        ),
    ],
)
def test_feasts_a_year_before_a_colon_and_what_a_length_of_time_is_told_after(text: str, notation: str) -> None:
    assert noted(text) == notation
