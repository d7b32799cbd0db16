"""Votes told as a score."""

from __future__ import annotations

import pytest

from tests.extract.telling_text import tell

BODY = "The council adopted a resolution on the war on Monday."


def votes(text: str) -> list[tuple[str, int | None]]:
    return [(c.measure, c.quantity.low) for c in tell(text).claims if c.measure.startswith("votes") and c.quantity is not None]


@pytest.mark.parametrize(
    "text",
    [
        "The assembly voted 93 to 18 to adopt a resolution on the war.",
        "The assembly adopted the resolution by 93 votes to 18.",
        "The assembly adopted the resolution by a vote of 93-18.",
        f"{BODY} Members voted 93 to 18, with 65 abstentions.",
    ],
)
def test_the_side_that_won_is_told_first(text: str) -> None:
    assert votes(text) == [("votes_for", 93), ("votes_against", 18)]


@pytest.mark.parametrize(
    "text",
    [
        f"{BODY} An amendment was rejected, with members voting 48 to 51.",
        f"{BODY} The home team won 3-1 before the vote.",
        f"{BODY} Between 18 and 93 people voted.",
    ],
)
def test_what_is_no_vote_or_was_lost_stays_unread(text: str) -> None:
    assert votes(text) == []
