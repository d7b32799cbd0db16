"""A run of events and what the reports say joins them."""

from __future__ import annotations

import msgspec

from .finding import Evidence


class Link(msgspec.Struct, frozen=True):
    """Event ``source`` stands in relation ``kind`` to event ``target``, in a report's own ``words``: quoted, never inferred."""

    source: str
    target: str
    kind: str
    words: str
    evidence: tuple[Evidence, ...] = ()
    claims: tuple[str, ...] = ()


class Situation(msgspec.Struct, frozen=True):
    """``strands``: strand name (raids, harm, diplomacy, aid, courts, forecasts) to event ids in order of time."""

    id: str
    title: str
    events: tuple[str, ...]
    links: tuple[Link, ...] = ()
    strands: tuple[tuple[str, tuple[str, ...]], ...] = ()
