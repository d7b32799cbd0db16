"""Counts with no verb of their own: behind "with", of a set named first, moved from; and numbers that no gap is left for."""

from __future__ import annotations

import pytest

from crosstally.values import EARLY, JOINS
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
        # found bodies, fires that were set, who is gone
        ("The coast guard reported the finding of four bodies off the coast.", ["killed 4"]),
        ("The find brought the total number of recovered bodies to five.", ["killed 5"]),
        ("They fled, leaving more than 70 bodies in the streets.", ["killed 71+"]),
        ("Raiders set fire to at least 45 homes and 34 cars.", ["damaged object=residential 45+", "damaged object=vehicle 34"]),
        ("Initial estimates put the number of those killed at 20 people.", ["killed 20"]),
        ("The attackers killed 10 security personnel.", ["killed role=soldier 10"]),
        ("Twelve hikers disappeared in the storm.", ["missing 12"]),
        ("At least 90 people were reported to be missing in the valley.", ["missing 90+"]),
        ("An official said only two deaths occurred.", ["killed 2"]),
        ("The army says it lost six men, and the rebels lost at least 15 fighters.", ["killed 6", "killed role=soldier 15+"]),
        ("The firm lost 15 customers.", []),
        # who shoots is not who is dead
        ("A gunman shot dead two traders on Monday.", ["killed 2"]),
        ("Two men shot dead in Ibadan.", ["killed sex=male 2"]),
        # negatives: a phrase behind "with" that tells no harm, people aboard, what else a set does
        ("A party with 400 people ends with one dead.", ["killed 1"]),
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


def test_one_of_several_victims_joins_them() -> None:
    (claim,) = read("One victim was killed in his car, while the others were found inside the building.").claims
    assert JOINS in claim.trace


def test_both_counts_of_an_earlier_toll_are_early() -> None:
    claims = read("Police upgraded the toll to 12 dead and four wounded, after earlier reporting 11 dead and six wounded.").claims
    assert [(c.quantity.low if c.quantity else None, EARLY in c.trace) for c in claims] == [(12, False), (4, False), (11, True), (6, True)]


def test_a_part_beside_one_without_a_number_is_a_part() -> None:
    whole, part = read("All 72 people on the plane, including the crew members and five Kenyan nationals, are feared dead.").claims
    assert (whole.quantity.low, part.part_of) == (72, whole.id)  # type: ignore[union-attr]


def test_those_who_died_elsewhere_join_those_told() -> None:
    (claim,) = read("The storm also killed about 170 people elsewhere in the country.").claims
    assert JOINS in claim.trace
