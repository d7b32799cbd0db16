"""Figures that were seen and not understood, told at the event that they stand beside."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from crosstally.values import Claim, Document, Evidence, Finding, Unread

from .words import join


def missed(
    unread: Iterable[Unread], claims: Iterable[Claim], event_of: Mapping[str, str], documents: Mapping[str, Document]
) -> tuple[Finding, ...]:
    """One finding an event. A missed figure belongs to the event of the claim told last before it, else of the first one after it; where a
    report has no claim of any event, it stays in the list of what is unread alone."""
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        if claim.id in event_of:
            told[claim.document].append(claim)
    beside: dict[str, list[Unread]] = defaultdict(list)
    for document, rows in _by_document(unread).items():
        here = sorted(told.get(document, ()), key=lambda c: (c.sentence.start, c.span, c.id))
        starts = [c.sentence.start for c in here]
        for row in rows:
            if here:
                at = max(0, bisect_right(starts, row.span.start) - 1)
                beside[event_of[here[at].id]].append(row)
    return tuple(_finding(event, rows, documents) for event, rows in sorted(beside.items()))


def _by_document(unread: Iterable[Unread]) -> Mapping[str, Sequence[Unread]]:
    out: dict[str, list[Unread]] = defaultdict(list)
    for row in sorted((u for u in unread if u.missed), key=lambda u: (u.document, u.span)):
        out[row.document].append(row)
    return out


def _finding(event: str, rows: Sequence[Unread], documents: Mapping[str, Document]) -> Finding:
    words = [f'"{documents[r.document].text[r.span.start : r.span.end]}"' for r in rows]
    several = len(rows) > 1
    reports = len({r.document for r in rows})
    return Finding(
        kind="unread",
        explanation=f"{'Figures were' if several else 'A figure was'} seen and not understood: {join(words)}, in "
        f"{f'{reports} reports' if reports > 1 else 'one report'}. {'They are' if several else 'It is'} not in the account.",
        spans=tuple(Evidence(r.document, r.span) for r in rows),
        event=event,
        title=f"{len(rows)} figure{'s' if several else ''} not understood",
    )
