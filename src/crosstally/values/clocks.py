"""The two clocks of a claim: when it was said, and what time it speaks of."""

from __future__ import annotations

from .claim import Claim
from .document import Document


def when_said(claim: Claim, document: Document | None) -> str | None:
    """ISO time of the statement: as the report tells it, else the report's publication; None where neither is known.

    Where the report only tells the day on which it came out, its own hour stands: what it tells had been said by then.
    """
    published = document.published if document is not None else None
    if claim.said_at is None or (published is not None and len(claim.said_at) == 10 and published[:10] == claim.said_at):
        return published or claim.said_at
    return claim.said_at
