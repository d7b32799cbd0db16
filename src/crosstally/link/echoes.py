"""Claims that only repeat another report's words: the same figure, in a passage copied from there.

A copy printed a week later states nothing new, however late its date. Its claims stay in the ledger and beside the figure they repeat, but
do not enter the balance: else an old count, printed again, would pass for the newest one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crosstally.values import Claim, Lineage, Span

_SAME_PLACE = 30  # characters: the same words, but for a letter here and there


def echoes(claims: Iterable[Claim], claim_events: Mapping[str, str], lineage: Iterable[Lineage]) -> dict[str, str]:
    """Claim id to the id of the claim it repeats, which repeats none itself. Both are of one event (``claim_events``: claim to event).

    ``lineage`` as ``link`` gives it: each line leads from the later text to the one it was copied from.
    """
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    nearest: dict[str, tuple[int, int, str]] = {}
    for line in lineage:
        if line.kind == "agency":
            continue
        originals: dict[tuple[object, ...], list[Claim]] = {}
        for claim in by_document.get(line.target, ()):
            originals.setdefault(_told(claim, claim_events), []).append(claim)
        for claim in by_document.get(line.source, ()) if originals else ():
            for other in originals.get(_told(claim, claim_events), ()):
                near = _near(_place(claim), _place(other), line)
                if near is not None and (near[1] <= _SAME_PLACE or _detail(claim) == _detail(other)):
                    found = (*near, other.id)
                    nearest[claim.id] = min(nearest.get(claim.id, found), found)
    direct = {claim: other for claim, (_, _, other) in nearest.items()}
    return {claim: _first(claim, direct) for claim in direct}


def _told(claim: Claim, claim_events: Mapping[str, str]) -> tuple[object, ...]:
    """What has to be equal for one claim to repeat another."""
    quantity = claim.quantity
    figure = None if quantity is None else (quantity.low, quantity.high, "" if quantity.is_number else quantity.raw)
    return claim_events.get(claim.id), claim.measure, figure, claim.label


def _detail(claim: Claim) -> tuple[object, ...]:
    """What the rest of a report may change in the reading of the very same words: another headline, another place named before."""
    return claim.facets, claim.scope, claim.status


def _place(claim: Claim) -> Span:
    return claim.figure or claim.span


def _near(here: Span, there: Span, line: Lineage) -> tuple[int, int] | None:
    """The longest copied passage that holds both comes first, then how far ``there`` lies from where it would have ``here``."""
    return min(
        ((-len(of), abs((there.start - to.start) - (here.start - of.start))) for of, to in line.passages if of.covers(here) and to.covers(there)),
        default=None,
    )


def _first(claim: str, direct: Mapping[str, str]) -> str:
    seen = {claim}
    while (claim := direct[claim]) in direct and claim not in seen:
        seen.add(claim)
    return claim
