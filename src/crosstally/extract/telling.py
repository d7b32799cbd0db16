"""What reading a document's events gave, and what attaching figures to them needs."""

from __future__ import annotations

import msgspec

from crosstally.extract.event_anchors import Anchor
from crosstally.values import AssertedLink, Claim, Happening


class Telling(msgspec.Struct, frozen=True):
    """``anchors``: every place where an event is told, with its happening. ``focus``: sentence index to the happening it is about.
    ``periods``: sentence index to the period of a running total told there."""

    happenings: tuple[Happening, ...] = ()
    links: tuple[AssertedLink, ...] = ()
    claims: tuple[Claim, ...] = ()
    anchors: tuple[Anchor, ...] = ()
    focus: tuple[tuple[int, str], ...] = ()
    periods: tuple[tuple[int, str, str], ...] = ()
