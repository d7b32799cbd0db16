"""A person's preference for a speaker: it says which figure is the best and the latest, and hides none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Decision, Tally

from .cells import Figure, gather
from .given import Balanced, EventInput
from .tallies import latest
from .whose import origins


class Preference(msgspec.Struct, frozen=True):
    """``keys``: the preferred speaker's, as ``whose.origins`` gives them. ``event``: the one event it is for, None for all; ``measure`` likewise."""

    decision: str
    keys: frozenset[str]
    event: str | None = None
    measure: str | None = None


def preferences(
    decisions: Iterable[Decision], inputs: Iterable[EventInput], now: Mapping[str, tuple[str, ...]], mention_entities: Mapping[str, str]
) -> tuple[Preference, ...]:
    """Preferences in force. A decision names the speaker by a claim or by a person or body; ``now``: decision id to its subjects as they are
    called in this account. One whose speaker says nothing here has no ``keys``."""
    wanted = [d for d in decisions if d.kind == "prefer_speaker"]
    if not wanted:
        return ()
    keys: dict[str, set[str]] = {d.subject[0]: set() for d in wanted}
    for given in inputs:
        origin = origins(given.claims, given.voices, given.entities, given.lineage)
        for claim in given.claims:
            if not origin[claim.id].named:
                continue
            local = claim.speaker.entity if claim.speaker else None
            for name in (claim.id, local, mention_entities.get(local or "")):
                if name in keys:
                    keys[name].add(origin[claim.id].key)
    return tuple(
        Preference(
            d.id,
            frozenset(keys[d.subject[0]]),
            now.get(d.id, d.subject)[1] if len(d.subject) > 1 else None,
            dict(d.change).get("measure"),
        )
        for d in wanted
    )


def prefer(given: EventInput, balanced: Balanced, wanted: Iterable[Preference], domain: Domain, as_of: str | None = None) -> Balanced:
    """``best`` and ``latest`` of every tally that a preferred speaker has a figure in, by that figure. A hedged one leaves ``best`` empty."""
    # The one for a single event or measure goes before one for all.
    rows = sorted((p for p in wanted if p.event in (None, given.event.id)), key=lambda p: (p.event is None, p.measure is None, p.decision))
    if not rows:
        return balanced
    figures = {f.id: f for f in gather(given, domain, as_of).figures}
    return msgspec.structs.replace(balanced, tallies=tuple(_preferred(t, rows, figures, domain) for t in balanced.tallies))


def _preferred(tally: Tally, rows: list[Preference], figures: Mapping[str, Figure], domain: Domain) -> Tally:
    measure = domain.measures.get(tally.measure)
    for row in rows:
        own = [f for c in tally.claims if (f := figures.get(c)) is not None and f.origin.named and f.origin.key in row.keys]
        if row.measure not in (None, tally.measure) or not own:
            continue
        value = latest(own, bool(measure and measure.floor))
        if value is None:
            continue
        exact = any(f.exact and f.low == value for f in own)
        return msgspec.structs.replace(tally, latest=value, best=value if exact else None, decisions=(*tally.decisions, row.decision))
    return tally
