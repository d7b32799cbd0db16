"""What the desk says to a person: what was found, what changed, what was refused; and the map, on which each event can be seen."""

from __future__ import annotations

import re

import pytest

from crosstally.desk.changed import said_of, spelled
from crosstally.desk.found import marked
from crosstally.desk.mapdraw import Dot, draw_map
from crosstally.desk.refusal import told
from tests.desk.client import Desk


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("killed: 3 -> 1..4", "killed: 3 → 1–4"),
        ("launched: ..1000, not told before", "launched: up to 1000, not told before"),
        ("at 10.30 the mayor said 5", "at 10.30 the mayor said 5"),
        ("version 1..2.3 stays", "version 1..2.3 stays"),
    ],
)
def test_bounds_are_printed_as_a_reader_writes_them(line: str, shown: str) -> None:
    assert spelled(line) == shown


def test_what_is_said_of_an_item_does_not_name_it_again() -> None:
    assert said_of("a.txt", "a.txt: is empty (hand in the text)") == "Is empty (hand in the text)"
    assert said_of("https://a.example/x", "https://a.example/robots.txt: there is no host a.example") == "There is no host a.example"
    unsourced = said_of("pasted: Night", "pasted: Night: has no known source (give it in sources.csv, column source)")
    assert unsourced.startswith("Has no known source (name its source above the button")


def test_the_words_that_were_asked_for_are_marked() -> None:
    assert marked("Kyiv counts; KYIV's mayor in Kyivska", "kyiv") == (
        ("Kyiv", True), (" counts; ", False), ("KYIV", True), ("'s mayor in ", False), ("Kyivska", True),
    )  # fmt: skip
    assert marked("no such words", "(") == (("no such words", False),)
    assert marked("", "kyiv") == ()


def test_a_value_that_does_not_fit_is_refused_in_plain_words(desk: Desk) -> None:
    for query, words in (("page=none", "“page” must be a whole number."), ("page=0", "“page” must be 1 or more.")):
        answer = desk.client.get(f"/?{query}")
        assert answer.status_code == 422
        assert words in answer.text
    assert told([{"loc": ("query", "x"), "type": "strange", "msg": "is odd"}]) == "x: is odd."


def dot(key: str, lat: float, lon: float, weight: int = 5, dashed: bool = False) -> Dot:
    return Dot(lat, lon, key, f"/events/{key}", key, weight, dashed)


def circles(dots: list[Dot]) -> list[tuple[float, float, float]]:
    picture = str(draw_map(dots, "Where").picture)
    return [(float(x), float(y), float(r)) for x, y, r in re.findall(r'cx="([\d.-]+)" cy="([\d.-]+)" r="([\d.]+)"', picture)]


def test_events_of_one_place_stand_side_by_side() -> None:
    found = circles([dot(f"e{n}", 50.45, 30.52, 40) for n in range(9)])
    assert len({(x, y) for x, y, _ in found}) == 9
    for n, (x, y, r) in enumerate(found):
        for other_x, other_y, _ in found[n + 1 :]:
            assert ((x - other_x) ** 2 + (y - other_y) ** 2) ** 0.5 > r * 0.7  # none lies within another


def test_a_country_far_away_does_not_shrink_the_map() -> None:
    near = [dot("a", 50.45, 30.52), dot("b", 46.48, 30.73)]
    drawn = draw_map([*near, dot("far", 61.5, 105.3, dashed=True)], "Where")
    assert drawn.outside == 1
    assert str(drawn.picture) == str(draw_map(near, "Where").picture)
    alone = draw_map([dot("far", 61.5, 105.3, dashed=True)], "Where")
    assert alone.outside == 0 and 'class="dot wide"' in str(alone.picture)
