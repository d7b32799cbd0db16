"""Figures that are a part of a toll, of a larger time, or of no people at all, told beside it."""

from __future__ import annotations

from crosstally.flow import read_one
from crosstally.values import Claim, Document
from tests.link.told import book_of


def claims_of(text: str) -> tuple[Claim, ...]:
    return read_one(Document.from_text(text, id="d", published="2023-05-14T12:00:00", source="s")).claims


def _tolls(text: str, measure: str) -> dict[str, tuple[int | None, int | None]]:
    book = book_of((text, "2023-05-14T12:00:00"))
    return {f"{t.facets.notation()}@{t.scope.place or ''}": (t.low, t.high) for t in book.tallies if t.measure == measure}


def test_parts_told_place_by_place_are_of_their_places_and_no_rivals_of_the_whole() -> None:
    text = (
        "Russian air defences shot down 159 Ukrainian drones overnight, the defence ministry in Moscow said on Sunday, "
        "including 53 over the Bryansk region, 46 over Belgorod and 24 over Crimea."
    )
    down = _tolls(text, "shot_down")
    assert down.pop("weapon=drone@") == (159, 159)
    assert sorted(down.values()) == [(24, 24), (46, 46), (53, 53)]


def test_drones_that_hit_targets_are_no_hit_targets() -> None:
    text = "The air force said 80 of the 95 drones had been downed or suppressed on Sunday, and 15 hit targets in nine locations."
    assert {(c.measure, c.quantity.notation()) for c in claims_of(text) if c.quantity} >= {("hit", "15"), ("hit_locations", "9")}


def test_women_and_children_are_a_part_of_the_dead() -> None:
    text = "At least 68 people were killed in an air strike on Idlib on Friday, the ministry said. Doctors said 47 women and children were killed."
    assert _tolls(text, "killed") == {"@": (68, None)}
    of_them = claims_of("At least 68 people, 47 of them women and children, were killed in Idlib.")
    assert {c.facets.notation() for c in of_them} == {""}


def test_a_total_of_a_war_behind_since_is_not_the_strikes() -> None:
    text = (
        "An air strike killed 33 people in Gaza on Saturday. About 1,200 people were killed in the attack on Israel on 7 October 2022. "
        "At least 20,000 people have been killed in Gaza since, according to the ministry."
    )
    assert (33, 33) in _tolls(text, "killed").values()
    assert not [c for c in claims_of(text) if c.quantity and c.quantity.low == 20_000 and c.scope.period == "event"]


def test_a_count_alone_of_its_kind_is_of_the_whole_though_the_sentence_before_names_a_town() -> None:
    text = (
        "Air strikes killed 33 people across the Gaza Strip on Saturday, officials said. Nasser hospital in Khan Younis received 17 bodies. "
        "More than 70 people were wounded, the ministry said. The military said no soldiers were wounded."
    )
    assert _tolls(text, "wounded")["@"] == (71, None)


def test_nobody_hurt_in_one_town_makes_no_row_of_the_whole() -> None:
    text = "Drones struck Oryol and Tula in Russia overnight. There were no casualties in Tula, the governor said."
    assert "@" not in _tolls(text, "affected")


def test_a_count_told_of_the_province_is_of_the_town_in_it() -> None:
    first = "At least 17 people were killed when gunmen attacked a camp near Djugu in Congo's Ituri province before dawn on Friday, an official said."
    later = "The number of people killed in Friday's attack on a camp in Ituri has climbed to 23, the army said."
    book = book_of((first, "2023-05-12T14:00:00"), (later, "2023-05-13T16:00:00"))
    (event,) = book.events
    assert event.kind == "attack"  # by many, from outside: nobody says that all were found
    (killed,) = [t for t in book.tallies if t.measure == "killed"]
    assert killed.low is not None and killed.low >= 17 and killed.latest == 23


def test_an_hour_told_by_what_it_follows_is_no_other_event() -> None:
    text = "A plane crashed shortly after takeoff from Lyon on Saturday, killing at least seven people, the prefect said. It was bound for Tunis."
    (event,) = book_of((text, "2023-05-14T12:00:00")).events
    assert event.kind == "crash" and event.window is not None and (event.window.start or "")[:10] == "2023-05-13"
    assert not [p for p in event.places if p.startswith(("TN", "g2464470"))]


def test_friday_prayers_are_on_friday() -> None:
    event = book_of(("A bomb exploded in Quetta after Friday prayers, killing nine people, police said.", "2023-05-14T12:00:00")).events[0]
    assert event.window is not None and (event.window.start or "")[:10] == "2023-05-12"


def test_a_second_with_takes_what_is_said_behind_it() -> None:
    assert not [c for c in claims_of("The town woke with 400 people at a vigil with relatives dead.") if c.quantity and c.quantity.low == 400]


def test_a_toll_put_up_or_down_to_a_number_is_no_early_count() -> None:
    text = "Officials brought the toll of Friday's blast in Herat down to 12, from 14. The governor had spoken of 16."
    twelve = next(c for c in claims_of(text) if c.measure == "killed" and c.quantity and c.quantity.low == 12)
    assert "count: an early one" not in twelve.trace
