"""A person's judgement, appended, never edited."""

from __future__ import annotations

from typing import Literal

import msgspec

DecisionKind = Literal[
    "accept", "reject", "correct", "same_event", "different_event", "same_person", "different_person", "prefer_speaker", "undo"
]


class Decision(msgspec.Struct, frozen=True):
    """``subject``: ids judged (claims, events, entities, or the decision undone). ``change``: for ``correct``, field to new value, as text."""

    id: str
    kind: DecisionKind
    subject: tuple[str, ...]
    who: str
    when: str
    why: str = ""
    change: tuple[tuple[str, str], ...] = ()
