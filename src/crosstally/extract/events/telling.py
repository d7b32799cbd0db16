"""What reading a document's events gave, and what attaching figures to them needs."""

from __future__ import annotations

import msgspec

from crosstally.extract.events.anchors import Anchor
from crosstally.extract.events.sites import Site
from crosstally.values import AssertedLink, Claim, Happening


class Telling(msgspec.Struct, frozen=True):
    """``anchors``: every place where an event is told, with its happening. ``focus``: sentence index to the happening it is about.
    ``periods``: sentence index to the period of a running total told there, and its happening.
    ``sites``: every place and how it stands. ``wide``: sentences that say "nationwide". ``as_of``: sentence index to the ISO time its
    counts are of. ``regional``, ``national``, ``municipal``: words of a region's, a country's, a town's office. ``listing``: words inside a
    list of places; ``examples``: words before one of several; ``apiece``: words behind what is told of each. ``recalled``: sentences that go on
    about an event that the one before told; ``earlier``: sentences with a moment before the report's own event."""

    happenings: tuple[Happening, ...] = ()
    links: tuple[AssertedLink, ...] = ()
    claims: tuple[Claim, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    focus: tuple[tuple[int, str], ...] = ()
    sites: tuple[Site, ...] = ()
    wide: tuple[int, ...] = ()
    listing: frozenset[str] = frozenset()
    examples: frozenset[str] = frozenset()
    apiece: frozenset[str] = frozenset()
    recalled: tuple[int, ...] = ()
    earlier: tuple[int, ...] = ()
    periods: tuple[tuple[int, str, str], ...] = ()
    as_of: tuple[tuple[int, str], ...] = ()
    regional: frozenset[str] = frozenset()
    national: frozenset[str] = frozenset()
    municipal: frozenset[str] = frozenset()
