"""Ids that come from content and from the earliest of what is joined, never from the order of reading."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from crosstally.values import Claim, Document, Happening

LATE = "9999"  # an unknown publication sorts last


def short(prefix: str, *parts: str) -> str:
    """``prefix`` and ten hex digits of a BLAKE2b hash of the parts."""
    return prefix + hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()


def event_id(claims: Iterable[Claim], happenings: Iterable[Happening], documents: dict[str, Document]) -> str:
    """From the earliest claim; without claims from the earliest happening. Earliest by publication, then document id, then start."""

    def when(document: str) -> tuple[str, str]:
        found = documents.get(document)
        return (found.published if found and found.published else LATE, document)

    # Claims of parallel figures share a start: the id breaks the tie.
    first_claim = min(claims, key=lambda c: (*when(c.document), c.span.start, c.id), default=None)
    if first_claim is not None:
        return short("e", first_claim.id)
    first = min(happenings, key=lambda h: (*when(h.document), h.anchor.start, h.id))
    return short("e", first.id)
