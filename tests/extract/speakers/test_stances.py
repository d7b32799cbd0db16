"""Stands taken without a word said: who, about what, and that they give no figure a speaker and leave what is said as it was."""

from __future__ import annotations

import pytest

from tests.extract.voices_help import voiced, who

# text, source, content
STANDS = {
    "a verb and its object": ("The dockers' union endorsed the plan on Friday.", "The dockers' union", "the plan on Friday"),
    "who takes it": ("Farmers who oppose the dam met in Rovna.", "who", "the dam met in Rovna"),
    "an act between commas": ("Two parties, wary of debt, left the talks.", "Two parties", "debt"),
    "of a mind": ("Many voters are worried about the price of bread.", "Many voters", "the price of bread"),
    "of a mind that": ("Doctors were hopeful that the ward would open.", "Doctors", "that the ward would open"),
    "a noun somebody has": ("Her criticism of the budget cost her the seat.", "Her", "the budget cost her the seat"),
    "until the clause beside it": ("The council unveiled a new bridge while crowds waited.", "The council", "a new bridge"),
    "shown as something": ("Olena Bondar envisioned the port as a gate to the south, and left.", "Olena Bondar", "the port as a gate to the south"),
    "acts joined": ("The league pushed to close the mine and cap the shaft.", "The league", "to close the mine and cap the shaft"),
}


@pytest.mark.parametrize("name", STANDS)
def test_tells_whose_stand_it_is(name: str) -> None:
    text, source, content = STANDS[name]
    read = [(a.source.of(text), a.content.of(text), a.speech) for a in voiced(text).attributions if a.source is not None]
    assert (source, content, False) in read


NOT_STANDS = {
    "a noun": "Support for the dam grew in the valley.",
    "no agreement": "The phone support line was open.",
    "a part that stands alone": "The bridge, restricted since May, is open.",
}


@pytest.mark.parametrize("name", NOT_STANDS)
def test_takes_no_other_word_for_a_stand(name: str) -> None:
    assert not voiced(NOT_STANDS[name]).attributions


def test_a_stand_gives_no_figure_a_speaker() -> None:
    text = "The ministry embraced a plan for 40 radars."
    assert [a.speech for a in voiced(text).attributions] == [False]
    assert who(text, "40 radars") is None


def test_what_is_said_holds_no_stand_of_its_own() -> None:
    text = "The mayor said that shopkeepers backed the ban and that drivers were worried about fines."
    assert [a.speech for a in voiced(text).attributions if a.source and a.source.of(text) == "drivers"] == []


def test_a_stand_brings_nobody_into_focus() -> None:
    text = "Mayor Ivan Petrenko said the road was open. Governor Stepan Hnatiuk was worried about the bridge. He added that 12 cars were hit."
    plain = text.replace("was worried about", "was near")
    assert who(text, "12 cars") == who(plain, "12 cars") is not None
