"""Counts with no verb of their own: behind "with", of a set named first, moved from; and numbers that no gap is left for."""

from __future__ import annotations

import pytest

from crosstally.values import EARLY
from tests.extract.figures_help import figures, read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("The slide killed nine people, with 12 still missing.", ["killed 9", "missing 12"]),
        ("The search went on, with 40 people in the upper part of the valley still unaccounted for.", ["missing 40"]),
        ("The slide buried a hamlet, with 30 people in the valley believed dead.", ["killed 30"]),
        ("The death toll has climbed past 75 with 300 people still missing.", ["killed 76+", "missing 300"]),
        ("The death toll from the flood has surpassed 120.", ["killed 121+"]),
        ("Some 60 people were missing, down from an earlier count of 72.", ["missing 54..66", "missing 72"]),
        ("Of the dead, 19 were in Torva and seven in Melb.", ["killed 19", "killed 7"]),
        ("Forty of the 85 injured were taken to hospital.", ["hospitalised 40", "wounded 85"]),
        # negatives: a phrase behind "with" that tells no harm, people aboard, what else a set does
        ("The mill went up in flames, with 40 people at the gate.", []),
        ("Eight were injured when a coach with 50 on board left the road.", ["wounded 8"]),
        ("Of the guests, 19 were in Torva and seven in Melb.", []),
        ("Prices rose to 40, up from 31.", []),
    ],
)
def test_reads_counts_without_a_verb_of_their_own(text: str, told: list[str]) -> None:
    assert figures(text) == told


def test_what_a_count_moved_from_is_an_early_one() -> None:
    first, second = read("Sixty people were missing, down from an earlier count of 72.").claims
    assert (EARLY in first.trace, EARLY in second.trace) == (False, True)
    assert [c.quantity.low for c in (first, second) if c.quantity is not None] == [60, 72]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("The army sent troops to rescue 60 pupils.", "planned"),
        ("Divers tried to rescue 60 pupils.", "planned"),
        ("Divers rescued 60 pupils.", "happened"),
    ],
)
def test_what_somebody_is_sent_to_do_is_not_done(text: str, status: str) -> None:
    (claim,) = read(text).claims
    assert claim.status == status
