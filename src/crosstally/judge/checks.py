"""Whether a decision can be taken: its ids are there and of the right kind, its fields can be read, and nothing in force stands against it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import get_args

import msgspec

from crosstally.domain.model import Domain
from crosstally.errors import DecisionError
from crosstally.values import Book, Claim, Decision, DecisionKind, alive, in_force

from .clashes import clash
from .correct import FIELDS, corrected

KINDS: tuple[str, ...] = get_args(DecisionKind)
# Kind of decision to what it may be about, and how many of them at least and at most.
_ABOUT: Mapping[str, tuple[tuple[str, ...], int, int]] = {
    "accept": (("claim",), 1, 1000),
    "reject": (("claim",), 1, 1000),
    "correct": (("claim",), 1, 1),
    "same_event": (("event", "claim"), 2, 1000),
    "different_event": (("event", "claim"), 2, 1000),
    "same_person": (("entity", "local"), 2, 1000),
    "different_person": (("entity", "local"), 2, 1000),
    "prefer_speaker": (("claim", "entity", "voice"), 1, 2),
    "undo": (("decision",), 1, 1),
}
_IN_WORDS = {
    "claim": "a claim",
    "event": "an event",
    "entity": "an entity",
    "local": "a report's own entity",
    "voice": "a voice",
    "decision": "a decision",
}


def check(decision: Decision, book: Book, taken: Sequence[Decision], domain: Domain) -> Decision:
    """The decision as it is to be kept: a voice's id, which an account makes anew, becomes that of its first claim.

    ``taken``: every decision of the ledger so far. Raises DecisionError that says what is wrong and what to do instead.
    """
    if decision.kind not in KINDS:
        raise DecisionError(f"no kind of decision {decision.kind!r}; there are {', '.join(KINDS)}")
    if not decision.who.strip():
        raise DecisionError("who decides is not said; give a name")
    kinds, least, most = _ABOUT[decision.kind]
    if not least <= len(decision.subject) <= most or len(set(decision.subject)) < len(decision.subject):
        count = f"{least}" if least == most else f"{least} or more" if most > 2 else f"{least} or {most}"
        raise DecisionError(f"{decision.kind} is about {count} different {'id' if (least, most) == (1, 1) else 'ids'}, not {len(decision.subject)}")
    found = _known(book, taken)
    for at, id in enumerate(decision.subject):
        allowed = ("event",) if decision.kind == "prefer_speaker" and at == 1 else kinds
        if not any(id in found[kind] for kind in allowed):
            other = next((_IN_WORDS[kind] for kind in found if id in found[kind]), None)
            wanted = " or ".join(_IN_WORDS[kind] for kind in allowed)
            raise DecisionError(
                f"{id} is {other}, and {decision.kind} is about {wanted}"
                if other
                else f"no {wanted.removeprefix('a ').removeprefix('an ')} here has the id {id!r}"
            )
    decision = _fields(decision, book, domain)
    force = in_force(taken)
    if decision.kind == "undo" and decision.subject[0] not in alive(taken):
        raise DecisionError(f"{decision.subject[0]} is undone already; decide anew instead")
    if (other_one := clash(force, decision)) is not None:
        raise DecisionError(
            f"contradicts {other_one.id} of {other_one.by()} ({other_one.kind.replace('_', ' ')} {', '.join(other_one.subject)}); undo that first"
        )
    if any((d.kind, d.subject, d.change) == (decision.kind, decision.subject, decision.change) for d in force):
        raise DecisionError(f"{decision.kind.replace('_', ' ')} {', '.join(decision.subject)} is decided already")
    return decision


def _known(book: Book, taken: Sequence[Decision]) -> dict[str, set[str]]:
    return {
        "claim": {c.id for c in book.claims},
        "event": {id for e in book.events for id in (e.id, *e.aliases)},
        "entity": {e.id for e in book.entities},
        "local": {local for local, _ in book.mention_entities},
        "voice": {v.id for v in book.voices},
        "decision": {d.id for d in taken},
    }


def _fields(decision: Decision, book: Book, domain: Domain) -> Decision:
    if decision.kind == "correct":
        if not decision.change:
            raise DecisionError(f"says nothing to correct; give one of {', '.join(FIELDS)}")
        claim = next(c for c in book.claims if c.id == decision.subject[0])
        mended: Claim = corrected(claim, decision.change, domain)
        if mended == claim:
            raise DecisionError(f"{claim.id} is read so already; nothing to correct")
        return decision
    if decision.kind == "prefer_speaker":
        return _preference(decision, book, domain)
    if decision.change:
        raise DecisionError(f"{decision.kind} takes no fields")
    if decision.kind in ("same_person", "different_person"):
        entity = dict(book.mention_entities)
        kinds = {e.id: e.kind for e in book.entities}
        told = {kinds.get(entity.get(id, id), "") for id in decision.subject}
        if len(told) > 1 or "place" in told:
            raise DecisionError(f"{decision.kind} is about people, or about bodies, not {' and '.join(sorted(told))}")
    return decision


def _preference(decision: Decision, book: Book, domain: Domain) -> Decision:
    for field, value in decision.change:
        if field != "measure" or value not in domain.measures:
            raise DecisionError(f"prefer_speaker takes one field, measure, and {field}={value} is none; there are {', '.join(domain.measures)}")
    voice = next((v for v in book.voices if v.id == decision.subject[0]), None)
    if voice is not None:
        return msgspec.structs.replace(decision, subject=(voice.claims[0], *decision.subject[1:]))
    claim = next((c for c in book.claims if c.id == decision.subject[0]), None)
    if claim is not None and claim.speaker is None:
        raise DecisionError(f"{claim.id} names no speaker to prefer; name a claim whose speaker is named, or a person or body")
    return decision
