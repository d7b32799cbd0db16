"""People's decisions on what is one: applied at joining, above every score.

An event's or entity's id comes from one claim, happening or report's own entity, so an id that a decision names is followed to that, however
events and entities were joined or named since.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import msgspec

from crosstally.values import Decision, DocumentReading

from .ids import short

Pair = tuple[str, str]


class Rulings(msgspec.Struct, frozen=True):
    """``together`` and ``apart``: pairs of nodes, smaller id first, to the reason in words. ``nodes``: id that a decision names to the node
    (happening, or report's own entity) it stands for. ``idle``: decision id to why it does nothing."""

    together: Mapping[Pair, str] = {}
    apart: Mapping[Pair, str] = {}
    nodes: Mapping[str, str] = {}
    idle: Mapping[str, str] = {}

    def forbids(self, ones: Iterable[str], others: Iterable[str]) -> bool:
        """Whether a decision keeps any of ``ones`` apart from any of ``others``."""
        if not self.apart:
            return False
        others = tuple(others)
        return any(pair(a, b) in self.apart for a in ones for b in others)


def pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)


def on_events(decisions: Iterable[Decision], readings: Iterable[DocumentReading]) -> Rulings:
    """Decisions on events, as pairs of happenings. ``subject`` ids are those of events, claims or happenings; a ``prefer_speaker`` may name
    an event as its second."""
    wanted = [d for d in decisions if d.kind in ("same_event", "different_event")]
    also = [d.subject[1] for d in decisions if d.kind == "prefer_speaker" and len(d.subject) > 1]
    if not wanted and not also:
        return Rulings()
    asked = {id for d in wanted for id in d.subject} | set(also)
    nodes: dict[str, str] = {}
    for reading in readings:
        told = {h.id for h in reading.happenings}
        for happening in reading.happenings:
            for id in (happening.id, short("e", happening.id)):
                if id in asked:
                    nodes.setdefault(id, happening.id)
        for claim in reading.claims:
            if claim.happening is not None and claim.happening in told:
                for id in (claim.id, short("e", claim.id)):
                    if id in asked:
                        nodes[id] = claim.happening
    return _ruled(wanted, nodes, "same_event", "event")


def on_people(decisions: Iterable[Decision], readings: Iterable[DocumentReading]) -> Rulings:
    """Decisions on people and bodies, as pairs of reports' own entities."""
    wanted = [d for d in decisions if d.kind in ("same_person", "different_person")]
    if not wanted:
        return Rulings()
    asked = {id for d in wanted for id in d.subject}
    nodes: dict[str, str] = {}
    for reading in readings:
        for entity in reading.entities:
            for id in (entity.id, short(f"{entity.kind}-", reading.document, entity.id)):
                if id in asked:
                    nodes[id] = entity.id
    return _ruled(wanted, nodes, "same_person", "person or body")


def _ruled(decisions: Iterable[Decision], nodes: Mapping[str, str], same: str, what: str) -> Rulings:
    """In the order they were taken; one that would undo an earlier one does nothing and says so."""
    together: dict[Pair, str] = {}
    apart: dict[Pair, str] = {}
    idle: dict[str, str] = {}
    up: dict[str, str] = {}

    def root(node: str) -> str:
        while node in up:
            node = up[node]
        return node

    for decision in decisions:
        missing = [id for id in decision.subject if id not in nodes]
        found = sorted({nodes[id] for id in decision.subject if id in nodes})
        if len(decision.subject) - len(missing) < 2:
            idle[decision.id] = f"{', '.join(missing)}: no such {what} in this account"
            continue
        roots = {root(node) for node in found}
        reason = _words(decision)
        if decision.kind == same:
            if any({root(a), root(b)} <= roots and root(a) != root(b) for a, b in apart):
                idle[decision.id] = "an earlier decision keeps them apart"
                continue
            first, *others = found
            for other in others:
                together.setdefault(pair(first, other), reason)
                one, two = sorted((root(first), root(other)))
                if one != two:
                    up[two] = one
        elif len(roots) < len(decision.subject) - len(missing):
            same_node = len(found) < len(decision.subject) - len(missing)
            idle[decision.id] = f"they are one telling of one {what}" if same_node else "an earlier decision makes them one"
        else:
            for i, one_node in enumerate(found):
                for other in found[i + 1 :]:
                    apart.setdefault(pair(one_node, other), reason)
    return Rulings(together, apart, nodes, idle)


def _words(decision: Decision) -> str:
    return f"decided by {decision.by()}" + (f": {decision.why}" if decision.why else "")


def followed(decision: Decision, nodes: Mapping[str, str], now: Callable[[str], str | None]) -> tuple[str, ...]:
    """What a decision's subjects are called in this account; an id that is not here stands for itself, and so does who is preferred."""
    kept = 1 if decision.kind == "prefer_speaker" else 0
    return (*decision.subject[:kept], *((now(nodes[id]) if id in nodes else None) or id for id in decision.subject[kept:]))
