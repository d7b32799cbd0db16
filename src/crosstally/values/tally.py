"""The reconciled range of one cell."""

from __future__ import annotations

from typing import Literal

import msgspec

from .claim import Scope
from .facets import WHOLE, Facets
from .voice import Count

State = Literal["single", "agreed", "range", "disputed", "derived", "unresolved"]


class Tally(msgspec.Struct, frozen=True):
    """``low`` and ``high``: what is known, None = open. ``reported_low/high`` what claims alone say, before any relation narrowed it.

    ``latest``: value of the newest statement of the best-placed speaker. ``best`` is None unless all agree on one number.
    ``derived_from``: claim ids whose figures settle it. ``relation`` says how, in words. ``account``: whose figures these are.
    ``decisions``: ids of people's decisions that the figure rests on.
    """

    event: str
    measure: str
    facets: Facets = WHOLE
    scope: Scope = Scope()
    low: int | None = None
    high: int | None = None
    reported_low: int | None = None
    reported_high: int | None = None
    latest: int | None = None
    best: int | None = None
    state: State = "single"
    claims: tuple[str, ...] = ()
    voices: Count = Count(0, 0)
    derived_from: tuple[str, ...] = ()
    relation: str = ""
    account: str = ""
    words: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()

    def notation(self) -> str:
        """``270``, ``33+``, ``..1000``, ``23..32``, the words of vague claims, or ``?``."""
        if self.low is None and self.high is None:
            return ", ".join(self.words) or "?"
        if self.low == self.high:
            return str(self.low)
        if self.high is None:
            return f"{self.low}+"
        return f"{'' if self.low is None else self.low}..{self.high}"
