"""A person's judgement, appended, never edited."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

DecisionKind = Literal["accept", "reject", "correct", "same_event", "different_event", "same_person", "different_person", "prefer_speaker", "undo"]


class Decision(msgspec.Struct, frozen=True):
    """``subject``: ids judged (claims, events, entities, or the decision undone). ``change``: for ``correct``, field to new value, as text;
    for ``prefer_speaker``, the one measure it is for, if not all. ``when`` ISO 8601."""

    id: str
    kind: DecisionKind
    subject: tuple[str, ...]
    who: str
    when: str
    why: str = ""
    change: tuple[tuple[str, str], ...] = ()

    def by(self) -> str:
        """ "J. Moss, 2025-07-05": who decided and on which day."""
        return f"{self.who}, {self.when[:10]}"


class Standing(msgspec.Struct, frozen=True):
    """A decision in force in one account. ``now``: what its subjects are called there, in the same order. ``idle``: why it changes nothing
    there, in words; empty where it holds."""

    decision: Decision
    now: tuple[str, ...] = ()
    idle: str = ""


def decision_id(kind: str, subject: Sequence[str], who: str, when: str, why: str, change: Iterable[tuple[str, str]], before: Iterable[str]) -> str:
    """ "j" and ten hex digits of the decision's content; said again in the same second, it is another one (``before``: ids there are)."""
    taken = set(before)
    for turn in range(len(taken) + 1):
        parts = [kind, *subject, who, when, why, *(f"{name}={value}" for name, value in change), str(turn)]
        id = "j" + hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
        if id not in taken:
            return id
    raise AssertionError("more decisions than ids")


def alive(decisions: Sequence[Decision]) -> frozenset[str]:
    """Ids of all entries that no later one has undone, those that undo among them. An undoing may be undone."""
    gone: set[str] = set()
    for decision in reversed(decisions):
        if decision.kind == "undo" and decision.id not in gone:
            gone.update(decision.subject)
    return frozenset(d.id for d in decisions) - gone


def in_force(decisions: Sequence[Decision]) -> tuple[Decision, ...]:
    """Those that no later entry has undone, entries that undo left out, in the order given."""
    held = alive(decisions)
    return tuple(d for d in decisions if d.kind != "undo" and d.id in held)
