"""What is asked for and not in the ledger."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import HTTPException


@contextmanager
def or_404(words: str) -> Iterator[None]:
    """A LookupError inside is answered with 404 and these words."""
    try:
        yield
    except LookupError:
        raise HTTPException(404, words) from None
