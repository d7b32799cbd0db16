"""Reports taken in one by one make the groups, and the copies, that all of them together make."""

from __future__ import annotations

import random

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crosstally.domain import load_domain
from crosstally.domain.gazetteer import load_gazetteer
from crosstally.flow import read_one
from crosstally.link import link
from crosstally.link.blocking import keys
from crosstally.link.copies import CopyIndex
from crosstally.link.growing import Growing
from crosstally.link.lineage import COMMON, Text, find
from crosstally.link.tables import kinds_of
from crosstally.link.telling import tellings
from crosstally.values import Claim, Document, DocumentReading, Happening, Mention, Place, Quantity, Span, Window
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


TOWNS = [Place(f"city:{n}", f"Town{n}", "city", "country:m", 50 + n, 30 + n, (f"region:{n % 2}", "country:m")) for n in range(4)]
UNKNOWN = [Place("name:mill", "Mill", "district", home, parents=(home,)) for home in ("country:m", "country:n")]  # one name, two homes
PLACES = [*TOWNS, *UNKNOWN, *(Place(f"region:{n}", f"Region{n}", "region", "country:m", parents=("country:m",)) for n in range(2))]
KINDS = ("air_attack", "air_attack", "shooting", "shelling", "call")


def made_report(id: str, draw: random.Random, known: list[Document]) -> tuple[DocumentReading, Document]:
    """A report as a reader might have read it: some happenings close in time and place to others', its text its own or mostly another's."""
    day = draw.choice((14, 14, 15, 16))
    published = draw.choice((f"2024-05-{day}", f"2024-05-{day + 1}", None, "2024-06-20"))
    lines = [" ".join(draw.choice(WORDS) for _ in range(14)) for _ in range(3)]
    if known and draw.random() < 0.5:
        lines = draw.choice(known).text.split("\n")
        if draw.random() < 0.5:
            lines = [*lines[1:], " ".join(draw.choice(WORDS) for _ in range(5))]
    text = "\n".join(lines)
    happenings, claims, mentions = [], [], []
    for n, line in enumerate(lines[: draw.randrange(1, 4)]):
        start = text.index(line)
        place, kind = draw.choice(PLACES), draw.choice(KINDS)
        # Who copies a line tells of it as its origin did, mostly.
        if draw.random() < 0.8:
            seeded = random.Random(line)
            place, kind, day = seeded.choice(PLACES), seeded.choice(KINDS), 14 + seeded.randrange(2)
        if draw.random() < 0.2:  # a later report may know more of a place
            place = msgspec.structs.replace(place, parents=())
        window = Window(f"2024-05-{day}T00:00:00", f"2024-05-{day + 1}T00:00:00", "day") if draw.random() < 0.8 else None
        anchor = Span(start, start + len(line.split()[0]))
        if place.kind != "region" or draw.random() < 0.5:
            mentions.append(Mention(id, anchor, "place", anchor.of(text), place, "made"))
        names = tuple(draw.sample(("Ada Berg", "Carl Dorn", "Eva Falk"), 2)) if kind == "call" else ()
        happenings.append(Happening(f"{id}/{n}", id, kind, anchor, window=window, places=(place.id,), main=n == 0, participants=names))
        count = draw.choice((3, 40, 150))
        claims.append(
            Claim(f"c{id}{n}", id, anchor, Span(start, start + len(line)), line, "killed", quantity=Quantity(count, count), happening=f"{id}/{n}")
        )
    reading = DocumentReading(id, claims=tuple(claims), happenings=tuple(happenings), mentions=tuple(mentions))
    return reading, Document(id, text, source=draw.choice(("wire", "herald", "post")), published=published)


WORDS = [f"word{n}" for n in range(60)]


@pytest.mark.parametrize("seed", range(150))
def test_any_reports_in_any_order_make_the_same_groups_and_twins(seed: int) -> None:
    draw = random.Random(seed)
    made: list[tuple[DocumentReading, Document]] = []
    for n in range(9):
        made.append(made_report(f"d{draw.randrange(100):02}{n}", draw, [d for _, d in made]))
    draw.shuffle(made)
    growing = Growing(load_domain())
    for at, (reading, document) in enumerate(made, 1):
        growing.add(reading, document)
        assert growing.groups() == batch(made[:at])


def test_what_a_telling_is_found_by_hangs_on_no_other_report() -> None:
    gazetteer = load_gazetteer()
    (sumy,) = [p for p in gazetteer.find("Sumy") if p.kind == "city"]
    above = {p: gazetteer.get(p) for p in sumy.parents}
    paper = Document.from_text("A shooting in Sumy on Monday killed three people, among them Ada Berg.", published="2025-07-15")
    domain = load_domain()
    (telling,) = tellings(read_one(paper), paper, domain)
    assert telling.people == {"ada berg"} and telling.places == {sumy.id}
    alone = keys(telling, {sumy.id: sumy}, kinds_of(domain))
    assert alone == keys(telling, {sumy.id: sumy, **{id: place for id, place in above.items() if place}}, kinds_of(domain))
    assert any(key.startswith("name|") and sumy.id in key for key in alone)
    assert not any(key.startswith("name|") and f"|{sumy.parents[-1]}|" in key for key in alone)


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
