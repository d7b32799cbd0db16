"""Two reports side by side: the claims that stand under one figure, and the passages that one has from the other."""

from __future__ import annotations

from dataclasses import dataclass

from crosstally.export import wording
from crosstally.export.joined import named
from crosstally.export.shelf import Shelf
from crosstally.values import Claim, Span

from .account import Account


@dataclass(frozen=True, slots=True)
class Shared:
    """A figure that both reports tell. ``same``: their values agree."""

    key: str
    title: str
    here: tuple[Claim, ...]
    there: tuple[Claim, ...]
    same: bool


@dataclass(frozen=True, slots=True)
class Copied:
    here: Span
    there: Span
    kind: str
    reason: str


def shared(shelf: Shelf, account: Account, here: str, there: str) -> tuple[Shared, ...]:
    """Figures told by both, in the order of the first report's text."""
    found = []
    for tally in shelf.book.tallies:
        claims = [shelf.claims[c] for c in tally.claims if c in shelf.claims]
        ours = tuple(sorted((c for c in claims if c.document == here), key=lambda c: c.span))
        theirs = tuple(sorted((c for c in claims if c.document == there), key=lambda c: c.span))
        if ours and theirs:
            same = all(a.quantity is None or b.quantity is None or a.quantity.agrees(b.quantity) for a in ours for b in theirs)
            found.append((ours[0].span, wording.figure(account.domain, tally.measure, tally.facets), ours, theirs, same))
    found.sort(key=lambda f: (f[0], f[1]))
    return tuple(Shared(str(n), title, ours, theirs, same) for n, (_, title, ours, theirs, same) in enumerate(found, 1))


def copied(shelf: Shelf, here: str, there: str) -> tuple[Copied, ...]:
    """Passages that stand in both texts, in the order of the first."""
    made = []
    for line in shelf.book.lineage:
        reason = named(shelf, line.reason)
        for a, b in line.passages:
            if (line.source, line.target) == (here, there):
                made.append(Copied(a, b, line.kind, reason))
            elif (line.source, line.target) == (there, here):
                made.append(Copied(b, a, line.kind, reason))
    return tuple(sorted(made, key=lambda c: c.here))
