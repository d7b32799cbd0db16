"""Reports made up for the bench, read cheaply: each comes with what a reader would find in it, so that only joining is measured.

What stays the same as the ledger grows is the news itself: so many events a day in so many towns, each told by a few reports, some of them
copies. A longer ledger covers more days. That is an assumption; real news comes in bursts.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date, timedelta

from crosstally.values import Claim, Document, DocumentReading, Happening, Mention, Place, Quantity, Reading, Span, Window

EVENTS_A_DAY = 4
TOWNS = 300
REGIONS = 25
OUTLETS = 40
COPIES = 0.15  # share of reports that print another's text with a headline of their own
_KINDS = ("shooting", "shelling", "bombing")
_FIRST = date(1990, 1, 1)


def reports(count: int, seed: int = 20260727) -> Iterator[tuple[DocumentReading, Document]]:
    """So many reports, oldest event first; the same every time."""
    draw = random.Random(seed)
    vocabulary = [_word(draw) for _ in range(20_000)]
    towns = [_town(n, draw) for n in range(TOWNS)]
    made, number = 0, 0
    while made < count:
        day = _FIRST + timedelta(days=number // EVENTS_A_DAY)
        number += 1
        town, kind, dead = draw.choice(towns), draw.choice(_KINDS), draw.randrange(1, 30)
        words = draw.choices(vocabulary, k=60)
        told: list[tuple[str, str]] = []
        for _ in range(draw.choice((1, 2, 3, 3, 4))):
            if made == count:
                return
            outlet = f"outlet{draw.randrange(OUTLETS)}"
            if told and draw.random() < COPIES:
                lead, body = draw.choice(told)
                lead = f"{_word(draw).capitalize()} {_word(draw)}. {lead}"
            else:
                lead, body = _lead(town, kind, dead + (draw.random() < 0.2), day), _body(words, draw)
                told.append((lead, body))
            published = day + timedelta(days=draw.choice((0, 0, 1, 2)))
            yield _report(f"g{made:06}", lead, body, outlet, published, town, kind, day)
            made += 1


def _word(draw: random.Random) -> str:
    return "".join(draw.choice("bdfgklmnprstvz") + draw.choice("aeiou") for _ in range(draw.randrange(2, 5)))


def _town(number: int, draw: random.Random) -> Place:
    region = f"region:{number % REGIONS}"
    return Place(
        f"city:{number}", f"{_word(draw)}{number}".capitalize(), "city", "country:made", 40 + draw.random() * 10, 20 + draw.random() * 20,
        (region, "country:made"),
    )  # fmt: skip


def _lead(town: Place, kind: str, dead: int, day: date) -> str:
    return f"A {kind} in {town.name} on {day.strftime('%A')} killed {dead} people, police said."


def _body(words: list[str], draw: random.Random) -> str:
    """The event's own words, some of them, in another order and with others between, as another hand would tell it."""
    own = draw.sample(words, 40)
    return " ".join([*own[:20], *(_word(draw) for _ in range(15)), *own[20:]]).capitalize() + "."


def _report(id: str, lead: str, body: str, outlet: str, published: date, town: Place, kind: str, day: date) -> tuple[DocumentReading, Document]:
    text = f"{lead}\n\n{body}"
    document = Document(id, text, source=outlet, published=published.isoformat())
    at = text.index(" killed ") + len(" killed ")
    figure = Span(at, text.index(" people", at))
    sentence = Span(0, len(lead))
    number = int(figure.of(text))
    claim = Claim(
        f"c{id}", id, Span(figure.start, figure.end + len(" people")), sentence, text[figure.start : figure.end + len(" people")], "killed",
        figure=figure, quantity=Quantity(number, number, raw=figure.of(text)), readings=(Reading("killed"),), happening=f"{id}/h",
    )  # fmt: skip
    window = Window(f"{day}T00:00:00", f"{day + timedelta(days=1)}T00:00:00", "day", day.strftime("%A"))
    start = text.index(town.name)
    place = Mention(id, Span(start, start + len(town.name)), "place", town.name, town, "made")
    happening = Happening(f"{id}/h", id, kind, Span(text.index(kind), text.index(kind) + len(kind)), window=window, places=(town.id,), main=True)
    return DocumentReading(id, claims=(claim,), happenings=(happening,), mentions=(place,)), document
