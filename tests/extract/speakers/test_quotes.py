"""Quotation marks, paired the way people type them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.values import QuoteValue
from tests.extract.voices_help import quotes_in

CASES = {
    "curly": ("“The roof fell in,” he said.", ["The roof fell in,"]),
    "straight": ('"The roof fell in," he said.', ["The roof fell in,"]),
    "broken": ("“We ran,” she said. “Then it was quiet.”", ["We ran,", "Then it was quiet."]),
    "single curly": ("He called it ‘a night of fire’ and left.", ["a night of fire"]),
    "single curly with an apostrophe inside": (
        "She said: ‘It’s the third raid and we’re tired.’",
        ["It’s the third raid and we’re tired."],
    ),
    "single straight": ("Mayor speaks of 'night of fire' in port", ["night of fire"]),
    "angled": ("The ministry spoke of «a massive strike» on the grid.", ["a massive strike"]),
    "low": ("The ministry spoke of „a massive strike“ on the grid.", ["a massive strike"]),
    "two single marks for a double": ("''We have no water,'' said a nurse.", ["We have no water,"]),
    "an opening mark typed to close": ("“We have no water,“ said a nurse.", ["We have no water,"]),
    "an opening mark typed to close what never opened": ("Two were hurt,“ said a nurse who fled.", []),
    "over sentences": ("“First the siren. Then the blast,” he said.", ["First the siren. Then the blast,"]),
    "scare": ("The army called the town a “fortress” for months.", ["fortress"]),
}


@pytest.mark.parametrize("name", CASES)
def test_reads_the_words_between_marks(name: str) -> None:
    text, expected = CASES[name]
    assert [m.text for m in quotes_in(text)] == expected


def test_span_is_the_words_and_cover_has_the_marks() -> None:
    text = "“We ran,” she said."
    (quote,) = quotes_in(text)
    assert quote.span.of(text) == "We ran,"
    assert quote.cover is not None
    assert quote.cover.of(text) == "“We ran,”"


@pytest.mark.parametrize(
    "text",
    [
        "The officials’ homes and the soldiers’ barracks were hit; it’s not known why.",
        "Workers' flats near the station's yard were damaged.",
        "In the ’90s the plant made 5'10\" panels.",
        "Captain Ivan “Falcon” Petrenko led the crew.",
        "There is nothing here, not even a “” pair.",
    ],
)
def test_apostrophes_inches_and_call_signs_are_no_quotes(text: str) -> None:
    assert quotes_in(text) == []


def test_a_quote_runs_on_where_the_next_paragraph_opens_with_a_mark() -> None:
    text = "“We heard the first blast at two.\n\n“Then the lights went out,” said Olena Marchuk."
    first, second = quotes_in(text)
    assert (first.text, first.rule) == ("We heard the first blast at two.", "quote, runs on")
    assert second.text == "Then the lights went out,"


def test_a_mark_that_never_closes_does_not_swallow_the_text() -> None:
    text = "He said “the grid is down for now. Crews were out all night. Trains ran late.\n\nThe port was calm."
    (quote,) = quotes_in(text)
    assert quote.rule == "quote, unclosed"
    assert quote.text == "the grid is down for now."


def test_a_quote_within_a_quote_is_marked_so() -> None:
    text = "“The doctor told us ‘do not move him yet’ and we waited,” said his brother."
    outer, inner = quotes_in(text)
    assert outer.rule == "quote"
    assert (inner.text, inner.rule) == ("do not move him yet", "quote within a quote")


def test_a_few_words_without_an_end_are_scare_quotes() -> None:
    (scare,) = quotes_in("Moscow speaks of a “special operation” there.")
    (whole,) = quotes_in("“It was over in a minute and nobody slept,” he said.")
    assert isinstance(scare.value, QuoteValue)
    assert scare.value.scare
    assert isinstance(whole.value, QuoteValue)
    assert not whole.value.scare


@settings(max_examples=120, deadline=None)
@given(st.text(alphabet="ab .,!\n“”\"‘’'«»-", max_size=120))
def test_any_marks_give_spans_inside_the_text(text: str) -> None:
    for quote in quotes_in(text):
        assert 0 <= quote.span.start < quote.span.end <= len(text)
        assert quote.text == text[quote.span.start : quote.span.end]
        assert quote.cover is not None
        assert quote.cover.covers(quote.span)
