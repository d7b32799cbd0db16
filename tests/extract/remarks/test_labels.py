"""What is told of an event in words."""

from __future__ import annotations

import pytest

from crosstally.values import Claim
from tests.extract.telling_text import tell


def labels(text: str, measure: str) -> list[Claim]:
    return [c for c in tell(text).claims if c.measure == measure]


@pytest.mark.parametrize(
    ("text", "thing", "degree"),
    [
        ("A drone attack damaged the railway in Kharkiv.", "rail", "damaged"),
        ("Drones hit Odesa overnight and a hospital caught fire.", "medical", "fire"),
        ("The missile strike on Kyiv partially destroyed apartment blocks.", "residential", "partial"),
        ("The Spanish embassy sustained damage in the strike on Kyiv.", "diplomatic", "damaged"),
    ],
)
def test_damage_without_a_number(text: str, thing: str, degree: str) -> None:
    claims = labels(text, "damaged")
    assert [(c.facets["object"], c.label) for c in claims] == [(thing, degree)]
    assert claims[0].quantity is None


def test_a_counted_thing_is_left_to_the_figures() -> None:
    assert not labels("The air raid on Kyiv damaged 12 schools.", "damaged")


def test_the_railways_spokesman_is_not_damaged() -> None:
    assert not labels("The railway operator said drones had struck Sumy in the attack.", "damaged")


def test_motive_and_scope() -> None:
    text = "Zelenskyy called the air raid on Kyiv a deliberate signal to the West. Kyiv was the main target of the countrywide attack."
    assert [c.label for c in labels(text, "motive")] == ["deliberate signal"]
    assert {c.label for c in labels(text, "scope")} == {"main target", "countrywide"}


def test_an_act_is_told_as_held_or_planned_once() -> None:
    text = "Joe Biden held a phone call with Vladimir Putin on Monday. The call was short. Biden plans to meet Olaf Scholz on Friday."
    assert len(labels(text, "held")) == 1 and len(labels(text, "planned")) == 1
