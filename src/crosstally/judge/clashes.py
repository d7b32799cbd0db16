"""Decisions that cannot both hold. Taking one is refused; where a ledger holds two all the same, the earlier one stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from crosstally.values import Decision

_CLAIMS = ("accept", "reject", "correct")
_PAIRS = {"same_event": "different_event", "same_person": "different_person"}
_APART = {apart: same for same, apart in _PAIRS.items()}


def clash(taken: Sequence[Decision], new: Decision) -> Decision | None:
    """The decision of ``taken`` (those in force) that ``new`` cannot stand beside, or None."""
    if new.kind in _CLAIMS:
        return next((d for d in taken if d.kind in _CLAIMS and set(d.subject) & set(new.subject) and _against(d, new)), None)
    if new.kind == "prefer_speaker":
        return next((d for d in taken if d.kind == "prefer_speaker" and _scope(d) == _scope(new) and d.subject[0] != new.subject[0]), None)
    if new.kind in _PAIRS or new.kind in _APART:
        return _parted(taken, new)
    return None


def settle(decisions: Iterable[Decision]) -> tuple[tuple[Decision, ...], dict[str, str]]:
    """Those that hold together, in order, and the rest with the reason, by id."""
    kept: list[Decision] = []
    idle: dict[str, str] = {}
    for decision in decisions:
        other = clash(kept, decision)
        if other is None:
            kept.append(decision)
        else:
            idle[decision.id] = f"it contradicts {other.id} ({other.by()}), which stands"
    return tuple(kept), idle


def _against(old: Decision, new: Decision) -> bool:
    """Two corrections of other fields stand together, and so do two people who say the same."""
    if old.kind != new.kind:
        return True
    if old.kind != "correct":
        return False
    before = dict(old.change)
    return any(before.get(field, value) != value for field, value in new.change)


def _scope(decision: Decision) -> tuple[tuple[str, ...], tuple[tuple[str, str], ...]]:
    return decision.subject[1:], decision.change


def _parted(taken: Sequence[Decision], new: Decision) -> Decision | None:
    """Sameness goes on from one to the next: A and B, B and C, so A and C. What is told apart may not be joined that way."""
    same = new.kind if new.kind in _PAIRS else _APART[new.kind]
    together = [d for d in (*taken, new) if d.kind == same]
    up: dict[str, str] = {}

    def root(node: str) -> str:
        while node in up:
            node = up[node]
        return node

    for decision in together:
        for other in decision.subject[1:]:
            one, two = sorted((root(decision.subject[0]), root(other)))
            if one != two:
                up[two] = one
    for decision in (*taken, new):
        if decision.kind == _PAIRS[same] and len({root(x) for x in decision.subject}) < len(set(decision.subject)):
            if decision.id != new.id:
                return decision
            roots = {root(x) for x in new.subject}
            return next(d for d in together if root(d.subject[0]) in roots and d.id != new.id)
    return None
