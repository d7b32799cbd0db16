"""A claim, as read and never changed afterwards."""

from __future__ import annotations

from typing import Literal

import msgspec

from .facets import WHOLE, Facets
from .moment import Window
from .place import Place
from .quantity import Quantity
from .span import Span

Status = Literal["happened", "planned", "denied", "forecast", "unverified"]
Tier = Literal["agreed", "rule", "weak"]
# Marks in a trace that tell what a count is of: no whole, but those who joined others, what was counted first, one place of a list.
JOINS = "count: joins others"  # "two of the wounded died", "two more"
EARLY = "count: an early one"  # "initially gave a toll of three"
LOWERED = "count: revised down"  # "was revised down to 84"
LISTED = "count: of one place in a list"  # "seven from Tarvo, two from Melb"
KINDS = "count: of some kinds of people"  # "47 women and children died", others too perhaps
SINCE = "since"


class Reading(msgspec.Struct, frozen=True):
    """One way to understand a figure."""

    measure: str
    facets: Facets = WHOLE
    place: str | None = None
    why: str = ""


class Scope(msgspec.Struct, frozen=True):
    """``place``: place id the figure is said of, None = the event's own. ``cumulative``: a running total.

    ``period``: "event", "day", "month", "year", "war", "per_day", ...; of a record also ``SINCE`` with the first day it is held against
    ("since 2025-03-01"), or alone where no day is told.
    """

    place: str | None = None
    period: str = "event"
    cumulative: bool = False

    @property
    def since(self) -> str | None:
        """The first day of a period "since ..."; "" where none is told, None for any other period."""
        return self.period.removeprefix(SINCE).strip() if self.period.split(" ", 1)[0] == SINCE else None


class Speaker(msgspec.Struct, frozen=True):
    """Who says so. ``vague`` for a body that names nobody ("officials")."""

    name: str
    role: str | None = None
    entity: str | None = None
    vague: bool = False


class Claim(msgspec.Struct, frozen=True):
    """One figure or fact with the sentence that makes it.

    ``span`` the words of the claim, ``figure`` the number words alone, ``sentence`` the whole sentence. ``readings`` holds every way to
    understand it, the default first (``measure`` and ``facets`` repeat the default). ``part_of`` is the claim whose whole this is a part of
    ("550 drones and missiles, including 11 missiles"); ``whole`` likewise ("382 of the 415"). ``happening`` is the document's telling it
    belongs to. ``trace`` names every rule that had a hand in it, in order.
    """

    id: str
    document: str
    span: Span
    sentence: Span
    text: str
    measure: str
    facets: Facets = WHOLE
    figure: Span | None = None
    quantity: Quantity | None = None
    label: str | None = None
    readings: tuple[Reading, ...] = ()
    status: Status = "happened"
    actor: str | None = None
    target: str | None = None
    happening: str | None = None
    scope: Scope = Scope()
    place: Place | None = None
    window: Window | None = None
    as_of: str | None = None
    said_at: str | None = None
    speaker: Speaker | None = None
    channel: str | None = None
    part_of: str | None = None
    rule: str = ""
    trace: tuple[str, ...] = ()
    tier: Tier = "rule"
