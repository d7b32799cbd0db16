"""A report of the day after: the toll that rose, the wounded who died, the older attack it recalls."""

from __future__ import annotations

from crosstally.flow import make_book, read_one
from crosstally.values import Book, Document, Event, Source, Tally

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


def book_of(*texts: tuple[str, str]) -> Book:
    documents = tuple(Document.from_text(t, id=f"d{i}", published=p, source=f"s{i}") for i, (t, p) in enumerate(texts))
    return make_book(documents, tuple(read_one(d) for d in documents), tuple(Source(d.source, d.source) for d in documents))


def main_of(book: Book) -> tuple[Event, Tally]:
    event = max(book.events, key=lambda e: len(e.documents))
    return event, next(t for t in book.tallies if t.event == event.id and t.measure == "killed" and not t.facets and t.scope.place is None)


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
