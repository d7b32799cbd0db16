"""Reports taken in one by one make the groups, and the copies, that all of them together make."""

from __future__ import annotations

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain import load_domain
from crosstally.flow import read_one
from crosstally.link import link
from crosstally.link.copies import CopyIndex
from crosstally.link.growing import Growing
from crosstally.link.lineage import COMMON, Text, find
from crosstally.values import Document, DocumentReading
from tests.properties.composing import documents

NIGHT = (
    "Russia launched 74 drones at Odesa overnight into Tuesday, the air force said.\n\nThe mayor of Odesa said three people were killed and "
    "nine wounded when a drone struck a block of flats near the old harbour, and rescuers worked there until the morning."
)


def batch(read: list[tuple[DocumentReading, Document]]) -> list[tuple[str, ...]]:
    linked = link(tuple(r for r, _ in read), tuple(d for _, d in read), (), load_domain())
    return sorted(tuple(sorted(e.happenings)) for e in linked.events)


def check_grown(papers: list[Document]) -> Growing:
    growing = Growing(load_domain())
    read: list[tuple[DocumentReading, Document]] = []
    for paper in papers:
        reading = read_one(paper)
        read.append((reading, paper))
        before = set(growing.groups())
        made = growing.add(reading, paper)
        assert growing.groups() == batch(read)
        assert made == set(growing.groups()) - before
        assert growing.add(reading, paper) == frozenset()
    return growing


def copy_of(document: Document, id: str, published: str | None, cut: int = 0) -> Document:
    return msgspec.structs.replace(document, id=id, text=document.text[cut:], source=f"{id}-paper", published=published)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_one_by_one_is_all_at_once(data: st.DataObject) -> None:
    papers = list(data.draw(documents(1, 4)))
    for n in range(data.draw(st.integers(0, 2))):
        original = data.draw(st.sampled_from(papers))
        papers.append(
            copy_of(original, f"copy{n}", data.draw(st.sampled_from(("2024-05-14", "2024-05-20", None))), data.draw(st.sampled_from((0, 40))))
        )
    check_grown(data.draw(st.permutations(papers)))


def test_an_origin_that_comes_late_takes_its_copies_with_it() -> None:
    first = Document.from_text(NIGHT, published="2025-07-15", source="wire")
    later, third = copy_of(first, "later", "2025-07-19"), copy_of(first, "third", "2025-07-16", 81)
    for order in ([later, third, first], [third, first, later], [first, later, third]):
        growing = check_grown(order)
        assert set(growing.twins().values()) <= {h.id for h in growing.readings[first.id].happenings}
        assert growing.twins()


def test_another_place_and_day_is_compared_with_nothing() -> None:
    growing = Growing(load_domain())
    towns = ("Sumy", "Lviv", "Dnipro", "Kherson")
    for n, town in enumerate(towns):
        paper = Document.from_text(f"A fire at a mill in {town} killed {n + 2} people on Monday, police said.", published=f"2023-0{n + 1}-17")
        growing.add(read_one(paper), paper)
    assert growing.compared == 0 and len(growing.groups()) == len(towns)


def made_text(id: str, words: list[str]) -> Text:
    places = range(len(words))
    return Text(id, tuple(words), tuple(places), tuple(p + 1 for p in places), (False,) * len(words), None, id)


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(COMMON + 8)), st.integers(0, 6))
def test_copies_are_found_alike_in_any_order_when_very_many_share_a_passage(order: list[int], alike: int) -> None:
    shared = [f"common{n}" for n in range(18)]
    texts = [made_text(f"t{n:03}", [*shared, *(f"own{0 if n < alike else n}x{k}" for k in range(4 + n % 3))]) for n in range(COMMON + 8)]
    index = CopyIndex({})
    for n in order:
        index.add(texts[n])
    assert sorted(index.lines.values(), key=lambda c: (c.lineage.source, c.lineage.target)) == sorted(
        find({t.id: t for t in texts}, {}), key=lambda c: (c.lineage.source, c.lineage.target)
    )
