"""Reports put together from sentences of our own, as outlets put theirs: a lead, tolls, voices, quotes, what came before."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec
from hypothesis import strategies as st

import crosstally
from crosstally.export.interchange import as_dict
from crosstally.flow import make_book, read_one
from crosstally.values import Book, Document, DocumentReading, Source, chain_versions

ROOT = Path(__file__).parents[2]
PLACES = ("Odesa", "Kharkiv", "Sumy", "Dnipro", "Lviv", "Mykolaiv")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
HEDGES = ("", "at least ", "more than ", "nearly ", "around ", "some ", "up to ")
SOURCES = ("harbour-post", "north-wire", "evening-paper", "city-radio", "daily-view")
DATES = ("2024-05-14T05:40", "2024-05-14T18:05", "2024-05-15", "2024-05-15T07:30+03:00", "2024-05-16T11:00:00Z", "2024-05-17", None)

LEADS = (
    "Russia launched {a} drones and {b} missiles at Ukraine overnight into {day}, the air force said.",
    "A missile struck a market in {place} on {day}, killing {hedge}{b} people and wounding {a}, the regional governor said.",
    "Shelling of {place} killed {b} people on {day} morning and left {hedge}{a} hurt, rescuers said.",
    "Drones flew over {place} for most of the night into {day}, and fires burned near the port until dawn.",
    "Gunmen opened fire at a bus stop outside {place} on {day}, killing {b} people, police said.",
)
BODIES = (
    "Air defences shot down {a} of the drones, and {b} more were lost from radar, the air force said.",
    "{Hedge}{b} people were killed and {a} others wounded, {place} Mayor Hennadii Trukhanov said in a Telegram post.",
    "{a} of the wounded were taken to hospital, among them {b} children.",
    "“We counted {b} explosions within an hour,” the mayor told reporters. “Nobody here slept.”",
    "The power company said {hedge}{a} buildings were left without electricity, and {b} houses were destroyed.",
    "The death toll rose to {a} by the evening, the emergency service said.",
    "Police could not say how many people were still missing under the rubble.",
    "President Volodymyr Zelenskyy spoke with French President Emmanuel Macron by phone on {day} and asked for air defences.",
    "It was the largest attack on {place} since the beginning of the war, officials said.",
    "“It’s the third night in a row,” said Olena Marchenko, who lives across the street. “You get used to nothing.”",
    "Russia’s defence ministry said {a} Ukrainian drones were destroyed over the Black Sea.",
    "Earlier reports of {b} dead were wrong, the governor’s office said.",
    "The alarm lasted {b} hours in {place}, and trains ran late across the region.",
)  # fmt: skip
HEADLINES = (
    "Night of fire in {place}",
    "{place} counts its dead after {day} attack",
    "Toll climbs in {place}",
    "What is known of the strike on {place}",
)


@st.composite
def texts(draw: st.DrawFn, least: int = 2, most: int = 5) -> str:
    """A report of a lead and some sentences in paragraphs, with or without a headline."""
    place, day = draw(st.sampled_from(PLACES)), draw(st.sampled_from(DAYS))

    def fill(pattern: str) -> str:
        hedge = draw(st.sampled_from(HEDGES))
        return pattern.format(
            a=draw(st.integers(2, 600)), b=draw(st.integers(2, 30)), place=place, day=day, hedge=hedge, Hedge=hedge.capitalize()
        )

    body = draw(st.lists(st.sampled_from(BODIES), min_size=least, max_size=most, unique=True))
    paragraphs = [fill(draw(st.sampled_from(LEADS))), *(fill(b) for b in body)]
    if draw(st.booleans()):
        paragraphs.insert(0, fill(draw(st.sampled_from(HEADLINES))))
    return draw(st.sampled_from(("\n\n", "\n", "\r\n\r\n"))).join(paragraphs)


@st.composite
def documents(draw: st.DrawFn, least: int = 1, most: int = 3) -> tuple[Document, ...]:
    """Reports of several outlets, some without a date; each outlet's of its own making."""
    made = []
    for number in range(draw(st.integers(least, most))):
        text = draw(texts())
        made.append(
            Document.from_text(
                text,
                id=f"d{number}",
                title=text.split("\n")[0] if not text.split("\n")[0].rstrip().endswith(".") else "",
                published=draw(st.sampled_from(DATES)),
                source=draw(st.sampled_from(SOURCES)),
            )
        )
    return tuple(made)


@lru_cache(maxsize=4096)
def reading(document: Document) -> DocumentReading:
    """What reading gives; pure, so kept."""
    return read_one(document)


def book_of(given: tuple[Document, ...], sources: tuple[Source, ...] = (), *, as_of: str | None = None) -> Book:
    return make_book(given, [reading(d) for d in given], sources, as_of=as_of)


def dict_of(given: tuple[Document, ...]) -> dict[str, Any]:
    return as_dict(book_of(given))


@lru_cache(maxsize=1)
def examples() -> Book:
    """The account of the example reports."""
    return crosstally.read(ROOT / "examples" / "reports").book


def later_copy(of: Document, text: str, *, published: str | None = "2024-05-18T09:00") -> Document:
    """``text``, made from the report ``of``, in an outlet that nobody else writes for."""
    return msgspec.structs.replace(of, id="copy", text=text, title="", source="the-copyist", url=None, published=published)


__all__ = [
    "ROOT", "book_of", "chain_versions", "dict_of", "documents", "examples", "later_copy", "reading", "texts",
]  # fmt: skip
