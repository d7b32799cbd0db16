"""A long list, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def page_of(rows: Sequence[T], page: int, size: int) -> tuple[tuple[T, ...], int, int]:
    """The rows of a page, the page (the nearest there is, from 1), and how many pages of ``size`` there are, at least one."""
    pages = max(1, -(-len(rows) // size))
    page = min(max(page, 1), pages)
    return tuple(rows[(page - 1) * size : page * size]), page, pages
