"""Something a person should see."""

from __future__ import annotations

from typing import Literal

import msgspec

from .span import Span

FindingKind = Literal[
    "agreement", "contradiction", "divergence", "relay_divergence", "imbalance", "definition_difference", "scope_mismatch", "revision",
    "record_upheld", "record_refuted", "record_open", "role_clash", "name_clash", "unread",
]  # fmt: skip
Change = Literal["update", "correction", "retraction", "transition", "scope", "definition"]


class Evidence(msgspec.Struct, frozen=True):
    """A span of a document that a finding rests on."""

    document: str
    span: Span


class Finding(msgspec.Struct, frozen=True):
    """``explanation`` is whole sentences for a reader. ``sum`` the arithmetic in one line, where there is one. ``causes``: possible causes of a
    divergence, likeliest first. ``repairs``: every cheapest set of claims whose removal would mend a contradiction."""

    kind: FindingKind
    explanation: str
    claims: tuple[str, ...] = ()
    spans: tuple[Evidence, ...] = ()
    event: str | None = None
    change: Change | None = None
    title: str = ""
    sum: str = ""
    causes: tuple[str, ...] = ()
    repairs: tuple[tuple[str, ...], ...] = ()
    entity: str | None = None
    measure: str | None = None


class Unread(msgspec.Struct, frozen=True):
    """A number that became no claim. ``missed``: it counts something that the packs know (people, weapons, buildings), and no predicate told
    what became of them; False for what is no count at all (a date, an age), or counts what nobody asks for."""

    document: str
    span: Span
    reason: str
    missed: bool = False
