from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.desk.client import Desk, books_with, offers


@pytest.fixture(scope="module")
def desk() -> Iterator[Desk]:
    """A desk that tests only look at."""
    books = books_with(offers())
    yield Desk(books)
    books.close()


@pytest.fixture
def own() -> Iterator[Desk]:
    """A desk that a test may change."""
    books = books_with(offers())
    yield Desk(books)
    books.close()
