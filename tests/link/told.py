"""Reports in words, read and balanced; and the event that most of them tell."""

from __future__ import annotations

from crosstally.flow import make_book, read_one
from crosstally.values import Book, Document, Event, Source, Tally


def book_of(*texts: tuple[str, str]) -> Book:
    documents = tuple(Document.from_text(t, id=f"d{i}", published=p, source=f"s{i}") for i, (t, p) in enumerate(texts))
    return make_book(documents, tuple(read_one(d) for d in documents), tuple(Source(d.source, d.source) for d in documents))


def main_of(book: Book, measure: str = "killed") -> tuple[Event, Tally]:
    event = max(book.events, key=lambda e: (len(e.documents), sum(t.event == e.id for t in book.tallies)))
    return event, next(t for t in book.tallies if t.event == event.id and t.measure == measure and not t.facets and t.scope.place is None)
