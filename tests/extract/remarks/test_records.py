"""Record claims: what is ranked, how, and how far it reaches."""

from __future__ import annotations

import pytest

from crosstally.values import Claim
from tests.extract.telling_text import tell


def records(text: str) -> list[Claim]:
    return [c for c in tell(text).claims if c.measure == "record"]


@pytest.mark.parametrize(
    ("text", "words", "rank"),
    [
        (
            "Russia launched its largest drone barrage to date on Ukraine overnight.",
            "its largest drone barrage to date",
            "largest|drones|to_date",
        ),
        (
            "The raid was the heaviest air attack since the start of the war.",
            "the heaviest air attack since the start",
            "most_intense|attack|war",
        ),
        (
            "The raid was the heaviest air attack since the start of the month.",
            "the heaviest air attack since the start of the month",
            "most_intense|attack|month",
        ),
        (
            "It was one of the deadliest shootings in the state this year.",
            "one of the deadliest shootings in the state this year",
            "one_of|shooting|year",
        ),
        ("Drones hit Kharkiv in an unprecedented attack.", "an unprecedented attack", "unprecedented|attack|stated"),
        ("Air defences met a record 112 drones in the attack on Odesa.", "a record 112 drones", "record|drones|stated"),
        (
            "A bombing in Lahore was described as one of the worst in the 20-year conflict.",
            "one of the worst in the 20-year conflict",
            "one_of|attack|war",
        ),
    ],
)
def test_a_record_is_read_with_its_reach(text: str, words: str, rank: str) -> None:
    (claim,) = records(text)
    assert claim.text.startswith(words)
    assert claim.trace == (f"record: {rank}",)
    assert claim.happening is not None and claim.figure is None


def test_a_weapon_ranked_is_a_facet_and_the_war_a_scope() -> None:
    (claim,) = records("Russia launched the largest drone attack of the war on Kyiv overnight.")
    assert dict(claim.facets) == {"weapon": "drone"}
    assert claim.scope.period == "war"
    assert claim.label == "largest drone attack of the war"


@pytest.mark.parametrize(
    ("words", "period"),
    [
        ("since 24 February 2025", "since 2025-02-25"),
        ("since 20 March 2025", "since 2025-03-21"),
        ("on the city since January 2025", "since 2025-02-01"),
        ("since December 2024", "since 2025-01-01"),
        ("since 2023", "since 2024-01-01"),
        ("since the talks broke down", "since"),
        (", and the plant has been shut since March 2025", "event"),
    ],
)
def test_a_record_since_a_moment_is_held_against_the_days_after_it(words: str, period: str) -> None:
    (claim,) = records(f"The missile strike on Kyiv was the most intense attack {words}.")
    assert claim.scope.period == period
    assert claim.text.endswith(words) == (period not in ("event", "since"))


def test_a_run_of_nights_is_a_record_of_its_own() -> None:
    claims = records("Drones struck Odesa for the third consecutive night, killing one person.")
    assert [c.trace[0] for c in claims] == ["record: consecutive|3|run"]


@pytest.mark.parametrize(
    "text",
    [
        "The largest city of the region was without power after the strike.",
        "A drone hit the biggest market in town.",
        "The attack was recorded by a camera.",
        "Police have no record of the gunman, who shot two people.",
        "The country's largest private power company said the attacks damaged two plants this year.",
        "It is the deadliest armed conflict on the continent since the world war.",
    ],
)
def test_a_superlative_of_something_else_is_no_record(text: str) -> None:
    assert not records(text)


def test_a_span_told_by_no_day_is_no_year() -> None:
    (record,) = records("Russia launched its largest attack on the city in almost three months.")
    assert record.scope.period == "since"
