"""Independent origins, and how one text came from another."""

from __future__ import annotations

from typing import Literal

import msgspec

from .span import Span


class Count(msgspec.Struct, frozen=True):
    """How many independent voices, as a range: ``low`` certain, ``high`` possible."""

    low: int
    high: int

    def notation(self) -> str:
        return str(self.low) if self.low == self.high else f"{self.low}-{self.high}"


class Voice(msgspec.Struct, frozen=True):
    """An origin behind claims. ``utterance`` one post or briefing, ``institution`` the body, ``party`` the side to the conflict.

    ``certain`` is False where nobody is named: the voice may be one of the others. ``reason`` says why its claims count as one.
    """

    id: str
    utterance: str
    institution: str
    party: str | None
    documents: tuple[str, ...]
    claims: tuple[str, ...]
    certain: bool = True
    reason: str = ""


class Lineage(msgspec.Struct, frozen=True):
    """``source`` carries words or figures of ``target``. ``passages``: pairs of spans (in source, in target)."""

    source: str
    target: str
    kind: Literal["copies", "quotes", "agency"]
    reason: str
    passages: tuple[tuple[Span, Span], ...] = ()
