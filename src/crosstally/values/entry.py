"""One step in the history of an event: a figure as it was told, when, by whom, and what it did to the figure before it."""

from __future__ import annotations

from typing import Literal

import msgspec

from .claim import Scope
from .facets import WHOLE, Facets
from .moment import Window
from .quantity import Quantity

EntryKind = Literal[
    "first",  # the first figure told of this cell
    "again",  # a value that had been told already
    "beside",  # another value, and nothing says that it replaces the one before
    "update", "correction", "retraction", "transition", "scope", "definition",  # as ``Change``
]  # fmt: skip


class Entry(msgspec.Struct, frozen=True):
    """Statements of one value of one cell (measure, facets, scope) by one teller at one time.

    Two clocks: ``said_at`` when it was said (ISO 8601; ``stated`` False where the report does not tell, so its publication stands in; None
    where neither is known), and ``as_of`` or ``window`` the time it speaks of. ``before``: the values it follows, in notation ("23", "14+"),
    with their claims in ``follows``. ``speaker`` "" where nobody is named. ``documents``: every report that carries it, the first one first.
    """

    event: str
    kind: EntryKind
    measure: str
    facets: Facets = WHOLE
    scope: Scope = Scope()
    quantity: Quantity | None = None
    said_at: str | None = None
    stated: bool = False
    as_of: str | None = None
    window: Window | None = None
    speaker: str = ""
    channel: str | None = None
    voice: str | None = None
    documents: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    before: str | None = None
    follows: tuple[str, ...] = ()
    explanation: str = ""

    def notation(self) -> str:
        """``23``, ``23+``, or the words of a figure without a number."""
        return self.quantity.notation() if self.quantity else "?"
