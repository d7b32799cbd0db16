"""What goes in and what comes out of balancing one event."""

from __future__ import annotations

import msgspec

from crosstally.values import Claim, Document, Entity, Event, Facets, Finding, Lineage, Source, Tally, Voice
from crosstally.values.facets import WHOLE


class Known(msgspec.Struct, frozen=True):
    """A figure of another event (or of an imported table), to hold a record claim against; ``measure`` "" for the event alone.

    ``start`` ISO date; ``kind`` the event's class; ``places`` and ``targets`` ids as in the event, for runs of nights.
    """

    event: str
    title: str
    measure: str
    low: int | None
    high: int | None
    facets: Facets = WHOLE
    start: str | None = None
    kind: str = ""
    places: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()


class EventInput(msgspec.Struct, frozen=True):
    """One event with all that was said of it. ``voices`` are those of its claims; ``known`` are figures of other events.

    ``retold``: id of a claim to claims of copies that repeat its words. They state nothing new, and stay out of ``claims``; a copy's own
    account is still what it prints.
    """

    event: Event
    claims: tuple[Claim, ...]
    voices: tuple[Voice, ...] = ()
    documents: tuple[Document, ...] = ()
    entities: tuple[Entity, ...] = ()
    sources: tuple[Source, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    known: tuple[Known, ...] = ()
    retold: tuple[tuple[str, tuple[Claim, ...]], ...] = ()


class Balanced(msgspec.Struct, frozen=True):
    """``choices``: claim id to the index of the reading that stands. ``proved`` is False where the deadline cut the search short."""

    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    choices: tuple[tuple[str, int], ...]
    proved: bool = True
