"""The shapes that templates are handed: an event and its parts, with drawings made and links known."""

from __future__ import annotations

import json
from dataclasses import dataclass

from markupsafe import Markup

from crosstally.export import excerpts, figures, origins, quoted
from crosstally.export.remarks import Remark
from crosstally.export.sheet import Sheet
from crosstally.export.toll import Toll
from crosstally.values import Event, Finding


@dataclass(frozen=True, slots=True)
class Moment:
    """A stop of the as-of slider."""

    at: str
    label: str
    change: str


@dataclass(frozen=True, slots=True)
class Card:
    """``told``: the finding in words, without what the card lists below it. ``repairs``: sets of claims, each in words."""

    finding: Finding
    kind: str
    open: bool
    title: str
    told: str
    change: str
    excerpts: tuple[excerpts.Excerpt, ...]
    repairs: tuple[tuple[str, ...], ...]
    at: str | None


@dataclass(frozen=True, slots=True)
class BookCell:
    text: str
    derived: bool
    href: str | None
    aloud: str
    who: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class BookRow:
    title: str
    cells: tuple[BookCell, ...]


@dataclass(frozen=True, slots=True)
class Balance:
    """``only``: the one member that the picture is of, where no report tells the whole."""

    sheet: Sheet
    picture: Markup | None
    columns: tuple[str, ...]
    rows: tuple[BookRow, ...]
    total: BookRow
    tones: str
    at: str | None
    only: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A figure's row with its drawing. ``links``: ways to the sentences behind it. ``steps``: JSON for the as-of slider."""

    row: figures.Row
    anchor: str
    picture: Markup
    links: tuple[str, ...]
    steps: str


@dataclass(frozen=True, slots=True)
class Block:
    group: figures.Group
    axis: Markup
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Brief:
    """A figure told with its sentence, where an event has but a few."""

    value: str
    title: str
    excerpt: excerpts.Excerpt


@dataclass(frozen=True, slots=True)
class Report:
    """A row of the sources table."""

    href: str
    name: str
    dated: str
    figures: int
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EventView:
    event: Event
    anchor: str
    kind: str
    when: str
    places: str
    documents: int
    voices: str
    toll: Toll | None
    toll_picture: Markup | None
    balances: tuple[Balance, ...]
    blocks: tuple[Block, ...]
    cards: tuple[Card, ...]
    people: tuple[quoted.Person, ...]
    origins: origins.Origins | None
    graph: Markup | None
    moments: tuple[Moment, ...]
    remarks: tuple[Remark, ...]
    reports: tuple[Report, ...]
    decided: tuple[str, ...] = ()
    brief: tuple[Brief, ...] = ()
    small: bool = False
    folded: bool = False

    @property
    def open_findings(self) -> int:
        return sum(card.open for card in self.cards)

    @property
    def revised(self) -> int:
        return sum(card.finding.kind == "revision" for card in self.cards)

    @property
    def slider(self) -> str:
        """The stops of the as-of slider, as JSON."""
        return json.dumps([[m.at, m.label, m.change] for m in self.moments], ensure_ascii=False)

    @property
    def account(self) -> Sheet | None:
        return next((b.sheet for b in self.balances), None)
