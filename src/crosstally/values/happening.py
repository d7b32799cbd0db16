"""One document's telling of one event."""

from __future__ import annotations

import msgspec

from .claim import Status
from .moment import Window
from .span import Span


class Happening(msgspec.Struct, frozen=True):
    """``kind`` is the event class; ``places`` place ids, widest telling first; ``actors`` and ``targets`` party or entity ids as stated.

    ``main`` marks what the document is chiefly about. ``words`` are content words of the telling, for joining. ``speaker`` for acts of
    speech (statements, forecasts). ``participants`` person and body ids (calls, meetings).
    """

    id: str
    document: str
    kind: str
    anchor: Span
    title: str = ""
    window: Window | None = None
    places: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    status: Status = "happened"
    main: bool = False
    words: tuple[str, ...] = ()


class AssertedLink(msgspec.Struct, frozen=True):
    """A relation between two happenings that the report itself words: ``kind`` one of after, during, same_day, consecutive, caused_by, ..."""

    document: str
    source: str
    target: str
    kind: str
    span: Span
    text: str
