"""A report of the day after: the toll that rose, the wounded who died, the older attack it recalls."""

from __future__ import annotations

import pytest

from crosstally.domain import load_domain
from crosstally.flow import read_one
from crosstally.link import score
from crosstally.link.tables import kinds_of
from crosstally.link.telling import place_directory, tellings
from crosstally.values import Document
from tests.link.told import book_of, main_of

FIRST = (
    "Suicide bomber kills 14 at a market in Peshawar\n\n"
    "A suicide bomber detonated explosives at a market in the city of Peshawar on Tuesday, killing 14 people and wounding 27, police said. "
    "The governor of Khyber Pakhtunkhwa visited the wounded."
)
RISEN = (
    "Death toll of Peshawar market blast rises to 17\n\n"
    "The death toll of a suicide attack on a market in Peshawar has risen to 17 after three of the wounded died in hospital, "
    "rescue officials said Wednesday.\n\n"
    "It was the deadliest attack in the city since June 2023, when at least 32 people died in a string of bombings in nearby Mardan."
)
DIED = "Two of the people wounded in Tuesday's bombing of a market in Peshawar died in hospital on Thursday, police said."


def test_a_risen_toll_of_no_day_joins_the_attack_of_the_day_before() -> None:
    event, killed = main_of(book_of((FIRST, "2025-03-04T18:00:00"), (RISEN, "2025-03-05T12:00:00")))
    assert event.documents == ("d0", "d1")
    assert (killed.low, killed.high, killed.latest) == (17, 17, 17)


def test_the_region_beside_the_town_makes_no_second_place() -> None:
    book = book_of((FIRST, "2025-03-04T18:00:00"), (RISEN, "2025-03-05T12:00:00"))
    event, _ = main_of(book)
    assert len(event.places) == 1
    assert {t.scope.place for t in book.tallies if t.event == event.id} == {None}


def test_wounded_who_died_are_no_lower_count_of_the_dead() -> None:
    book = book_of((FIRST, "2025-03-04T18:00:00"), (DIED, "2025-03-06T12:00:00"))
    _, killed = main_of(book)
    assert (killed.low, killed.latest) == (14, 14)
    assert not [f for f in book.findings if f.kind in ("revision", "divergence", "contradiction")]


QUAKE = (
    "The earthquake struck a district about 400 km west of the capital late on Friday, killing at least 128 people, officials said. "
    "Police said 92 people were killed in Zarkot, while 36 were killed in neighbouring Melbari East."
)
RECOVERED = 'An earthquake killed 132 people in Nepal on Friday. "We have recovered 92 bodies in Zarkot and 40 in Melbari," an official said.'
CLIMBS = (
    "Nepal earthquake toll climbs to 157\n\n"
    "The number of people killed in Friday's earthquake in Nepal has reached 157, the ministry said on Sunday."
)


def test_dead_told_town_by_town_are_parts_even_where_no_map_has_the_towns() -> None:
    book = book_of((QUAKE, "2023-11-04T04:00:00"), (RECOVERED, "2023-11-04T12:00:00"), (CLIMBS, "2023-11-05T15:00:00"))
    assert len(book.events) == 1
    _, killed = main_of(book)
    assert (killed.low, killed.high, killed.latest) == (157, 157, 157)
    assert {t.scope.place for t in book.tallies if t.measure == "killed"} == {None, "name:zarkot", "name:melbari_east", "name:melbari"}
    assert not [f for f in book.findings if f.kind in ("divergence", "contradiction", "imbalance")]


SCHOOL = (
    "An Israeli air strike on a school in Khan Younis killed at least 25 people on Tuesday, the health ministry said.\n\n"
    "It had hit a man who took part in the attack of October 7, the army said. The three earlier strikes killed at least 40 people, officials said."
)
HOSPITAL = (
    "Death toll in strike on a school in Khan Younis rises to 29\n\nMedics said four people died of their wounds overnight. A hospital said it had "
    "taken in 29 dead, and more from a separate strike on a car in the city, which killed two."
)


def test_other_strikes_of_a_report_keep_their_dead() -> None:
    book = book_of((SCHOOL, "2024-07-09T21:00:00"), (HOSPITAL, "2024-07-10T15:00:00"))
    event, killed = main_of(book)
    assert event.documents == ("d0", "d1")
    assert (killed.low, killed.high) == (29, 29)
    assert all(e.window.start < "2024-07-11" for e in book.events if e.window is not None and e.window.start is not None)


@pytest.mark.parametrize(
    "joining",
    [
        "Six people died at the scene and two more died in hospital.",
        "Officers took nine people to hospitals, and two of them died there.",
        "Three people died of their injuries overnight.",
        "Rescuers recovered two more bodies on Monday.",
    ],
)
def test_those_who_join_the_dead_are_no_count_of_them(joining: str) -> None:
    text = f"A bomb killed eight people at a market in Peshawar on Sunday, police said. {joining}"
    book = book_of((text, "2025-03-04T18:00:00"))
    _, killed = main_of(book)
    assert (killed.low, killed.latest) == (8, 8)
    assert not [f for f in book.findings if f.kind in ("divergence", "contradiction", "imbalance", "revision")]


@pytest.mark.parametrize(("early", "late", "differ"), [("24", "60", False), ("60", "24", True)])
def test_a_toll_that_rose_is_no_difference_between_reports(early: str, late: str, differ: bool) -> None:
    domain = load_domain()
    documents = [
        Document.from_text(f"A bomb wounded {n} people at a market in Peshawar on Sunday, police said.", id=f"d{i}", published=day, source=f"s{i}")
        for i, (n, day) in enumerate(((early, "2025-03-02"), (late, "2025-03-04")))
    ]
    readings = [read_one(d) for d in documents]
    one, two = (tellings(r, d, domain)[0] for r, d in zip(readings, documents, strict=True))
    for a, b in ((one, two), (two, one)):
        sheet = score.weigh(a, b, place_directory(readings, {}), kinds_of(domain))
        assert sheet is not None
        assert any(words.startswith("figures differ") for words in sheet.against) is differ


FLOOD = (
    "Flash floods swept through the east of Spain on Tuesday, killing at least 95 people, authorities said. "
    "Emergency services confirmed 92 deaths in the region of Valencia. Another two deaths were reported in Castilla La Mancha."
)
FLOOD_LATER = (
    "Spain's flood death toll climbs to 158\n\nThe death toll from Spain's floods rose to at least 158 on Thursday, up from 95 a day earlier, "
    "with 155 deaths confirmed in the Valencia region, two in Castilla La Mancha and one in Andalusia, the government said."
)


def test_the_day_a_toll_rose_is_no_day_of_the_flood() -> None:
    book = book_of((FLOOD, "2024-10-30T20:00:00"), (FLOOD_LATER, "2024-10-31T18:00:00"))
    event, killed = main_of(book)
    assert event.documents == ("d0", "d1") and event.window is not None and (event.window.start or "")[:10] == "2024-10-29"
    assert (killed.low, killed.latest) == (158, 158)
    assert "name:castilla_la_mancha" in {t.scope.place for t in book.tallies}


def test_a_body_that_every_country_has_is_a_countrys_only_where_it_is_named() -> None:
    spain = book_of((FLOOD, "2024-10-30T20:00:00"))
    assert {e.party for e in spain.entities if e.institution == "emergency service"} == {None}
    ukraine = book_of(("Ukrainian cities were flooded on Tuesday. Emergency services said nine people died.", "2024-10-30"))
    assert {e.party for e in ukraine.entities if e.institution == "emergency service"} == {"ua"}
