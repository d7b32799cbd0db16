"""Figures that somebody denies, against those who tell them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from crosstally.domain.model import Domain
from crosstally.values import Finding

from .cells import Cell, Figure, Gathered
from .words import evidence, outlet, told


def still_told(denied: Figure, cells: Mapping[Cell, Sequence[Figure]]) -> bool:
    """True if somebody else tells what is denied: then the two sides stand against one another."""
    return bool(_denied_tellings(denied, cells))


def _denied_tellings(denied: Figure, cells: Mapping[Cell, Sequence[Figure]]) -> list[Figure]:
    """Figures of others that say what a denial denies: the same measure and the same number, or any number where it names none."""
    return [
        f
        for cell, fs in cells.items()
        for f in fs
        if cell.measure == denied.options[0].measure
        and cell.mode == "happened"
        and (denied.words or (f.low, f.high) == (denied.low, denied.high))
        and not (f.origin.key and f.origin.key == denied.origin.key)
    ]


def denied(gathered: Gathered, cells: Mapping[Cell, Sequence[Figure]], domain: Domain, event: str) -> list[Finding]:
    """A figure that somebody denies, where another claims it."""
    out = []
    for figure in gathered.withdrawn:
        claim, same = figure.claim, _denied_tellings(figure, cells)
        if claim not in gathered.denied or not same:
            continue
        claims = (claim, *(f.claim for f in same))
        who = claim.speaker.name if claim.speaker else outlet(claim, gathered.documents)
        measure = domain.measures.get(claim.measure)
        out.append(
            Finding(
                kind="divergence",
                explanation=f'{who} denies what others report: {told(same, gathered.documents)}. In the words of the denial: "{claim.text}".',
                claims=tuple(c.id for c in claims),
                spans=evidence(claims),
                event=event,
                title=f"{measure.title if measure else claim.measure}: denied by {who}",
                causes=("relay: one side denies what another says",),
                measure=claim.measure,
            )
        )
    return out
