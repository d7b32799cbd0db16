"""Institutions: by name, by head noun, vague or not, and whose."""

from __future__ import annotations

import pytest

from crosstally.values import BodyName
from tests.extract.names_help import read, texts, the


@pytest.mark.parametrize(
    ("sentence", "bodies"),
    [
        ("Ukraine’s air force said it shot down 40.", ["Ukraine’s air force"]),
        ("The State Emergency Service reported fires.", ["State Emergency Service"]),
        ("The Russian Defense Ministry claimed a hit.", ["Russian Defense Ministry"]),
        ("The Kharkiv regional military administration gave the toll.", ["Kharkiv regional military administration"]),
        ("Local officials said so.", ["Local officials"]),
        ("The U.N. and the White House condemned it.", ["U.N.", "White House"]),
        ("The rail operator, Ukrzaliznytsia, stopped trains.", ["rail operator", "Ukrzaliznytsia"]),
        ("The Security Service of Ukraine opened a case.", ["Security Service of Ukraine"]),
        ("The Ministry of Energy cut supplies.", ["Ministry of Energy"]),
    ],
)
def test_bodies(sentence: str, bodies: list[str]) -> None:
    assert texts(read(sentence), "body") == bodies


@pytest.mark.parametrize(
    "sentence", ["Military aid was paused.", "Air defense missiles ran low.", "A hospital bed burned.", "The army base was empty."]
)
def test_a_head_before_a_thing_is_no_body(sentence: str) -> None:
    assert texts(read(sentence), "body") == []


@pytest.mark.parametrize(("word", "vague"), [("Officials", True), ("Authorities", True), ("Witnesses", True), ("Police", False)])
def test_vague_bodies_name_nobody(word: str, vague: bool) -> None:
    value = the(read(f"{word} said so."), word).value
    assert isinstance(value, BodyName) and value.vague is vague


def test_party_and_institution() -> None:
    names = read("Ukraine’s air force spoke.", "The Russian Defense Ministry denied it.", "The White House waited.")
    told = {e.name: (e.party, e.institution) for e in names.entities if e.kind == "body"}
    assert told["Ukraine’s air force"] == ("ua", "air force (Ukraine)")
    assert told["Russian Defense Ministry"] == ("ru", "defense ministry (Russia)")
    assert told["White House"] == ("us", "White House")


def test_police_of_a_town_are_not_police_of_the_country() -> None:
    names = read("Dayton police came first.", "Tulsa police came later.")
    assert [e.institution for e in names.entities] == ["police of Dayton (United States)", "police of Tulsa (United States)"]


def test_a_bare_body_joins_the_only_one_of_its_kind() -> None:
    names = read("Ukraine’s air force spoke first.", "The air force said 40 drones fell.")
    bodies = [m for m in names.mentions if m.kind == "body"]
    assert [m.text for m in bodies] == ["Ukraine’s air force", "air force"]
    assert len({m.entity for m in bodies}) == 1
    assert next(e for e in names.entities if e.kind == "body").reasons


def test_bodies_of_two_countries_stay_apart() -> None:
    names = read("The Ukrainian army advanced.", "The Russian army fell back.", "The army said nothing.")
    assert len({m.entity for m in names.mentions if m.kind == "body"}) == 3


def test_an_acronym_in_brackets_names_the_body_from_there_on() -> None:
    names = read("The Ukrainian Air Force (UAF) counted 14 drones.", "The UAF said 11 were shot down.")
    bodies = [m for m in names.mentions if m.kind == "body"]
    assert [m.text for m in bodies] == ["Ukrainian Air Force", "UAF", "UAF"]
    assert len({m.entity for m in bodies}) == 1
