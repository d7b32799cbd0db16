"""Decisions about claims, applied after reading: what is set aside, what stands as corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.errors import DecisionError
from crosstally.values import Claim, Decision, DocumentReading

from .correct import corrected


class Judged(msgspec.Struct, frozen=True):
    """``readings`` with claims as corrected; rejected ones are still there, named in ``rejected``, so that events keep their ids.

    ``corrected``: claim id to the claim as it stands. ``about``: claim id to the ids of the decisions on it. ``idle``: decision id to why it
    does nothing here.
    """

    readings: tuple[DocumentReading, ...]
    rejected: frozenset[str] = frozenset()
    corrected: Mapping[str, Claim] = {}
    about: Mapping[str, tuple[str, ...]] = {}
    idle: Mapping[str, str] = {}


def judge_claims(readings: Sequence[DocumentReading], decisions: Iterable[Decision], domain: Domain) -> Judged:
    """Applies ``accept``, ``reject`` and ``correct``; ``decisions`` are those in force, none against another (see ``settle``).

    A decision about a claim that is not here (its report came later than the cut, or was read anew) is idle.
    """
    wanted = [d for d in decisions if d.kind in ("accept", "reject", "correct")]
    if not wanted:
        return Judged(tuple(readings))
    names = {id for d in wanted for id in d.subject}
    claims = {c.id: c for r in readings for c in r.claims if c.id in names}
    mended: dict[str, Claim] = {}
    rejected: set[str] = set()
    about: dict[str, list[str]] = {}
    idle: dict[str, str] = {}
    for decision in wanted:
        here = [id for id in decision.subject if id in claims]
        if not here:
            idle[decision.id] = "the claim is not in this account"
            continue
        try:
            changed = {id: corrected(mended.get(id, claims[id]), decision.change, domain) for id in here}
        except DecisionError as error:  # the packs have changed since
            idle[decision.id] = str(error)
            continue
        for id in here:
            about.setdefault(id, []).append(decision.id)
            if decision.kind == "correct":
                mended[id] = changed[id]
            elif decision.kind == "reject":
                rejected.add(id)
    out = tuple(
        msgspec.structs.replace(r, claims=tuple(mended.get(c.id, c) for c in r.claims)) if any(c.id in mended for c in r.claims) else r
        for r in readings
    )
    return Judged(out, frozenset(rejected), mended, {id: tuple(ids) for id, ids in about.items()}, idle)
