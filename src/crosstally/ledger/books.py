"""A book as rows, and back. Sections that are the readings' own, one after the other, are kept as the order of their documents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

import msgspec

from crosstally.values import Book, Document, DocumentReading, decode, encode

from .common import FROM_READINGS, runs


class Row(msgspec.Struct, frozen=True):
    """One value of a section; the columns to find it by."""

    section: str
    position: int
    key: str | None
    event: str | None
    measure: str | None
    value: str


class Shape(msgspec.Struct, frozen=True):
    """What rows do not hold: the time the book is cut at, and the sections that are in the ledger already, by document."""

    as_of: str | None = None
    documents: tuple[str, ...] | None = None
    sections: Mapping[str, tuple[str, ...]] = {}


@cache
def sections() -> Mapping[str, Any]:
    """Name to type of every section of a book ("events" -> tuple[Event, ...]), in order."""
    return {name: kind for name, kind in get_type_hints(Book).items() if name != "as_of"}


def flatten(book: Book, stored: Mapping[str, Document], readings: Callable[[], Iterable[DocumentReading]]) -> tuple[Shape, list[Row]]:
    """``stored``: the ledger's documents by id; ``readings``: its readings, asked for only where they may serve."""
    held = _held(book, readings)
    listed = tuple(document.id for document in book.documents) if all(stored.get(d.id) == d for d in book.documents) else None
    shape = Shape(book.as_of, listed, held)
    rows: list[Row] = []
    for section in sections():
        if section in held or (section == "documents" and listed is not None):
            continue
        rows += [_row(section, position, value) for position, value in enumerate(getattr(book, section))]
    return shape, rows


def rebuild(shape: Shape, rows: Iterable[Row], stored: Mapping[str, Document], readings: Mapping[str, DocumentReading]) -> Book:
    """The book that was flattened. ``readings``: of the documents that ``shape.sections`` names, by document."""
    by_section: dict[str, list[str]] = {}
    for row in rows:
        by_section.setdefault(row.section, []).append(row.value)
    values: dict[str, Any] = {
        section: decode(f"[{','.join(by_section[section])}]", kind) for section, kind in sections().items() if section in by_section
    }
    if shape.documents is not None:
        values["documents"] = tuple(stored[id] for id in shape.documents)
    for section, ids in shape.sections.items():
        values[section] = tuple(value for id in ids for value in getattr(readings[id], section))
    return Book(as_of=shape.as_of, **values)


def _held(book: Book, readings: Callable[[], Iterable[DocumentReading]]) -> dict[str, tuple[str, ...]]:
    """The sections that equal the readings they come from, with their documents in order."""
    candidates = {section: found for section in FROM_READINGS if (found := runs(book, section))}
    if not candidates:
        return {}
    missing = {section: set(found) for section, found in candidates.items()}
    for reading in readings():
        for section in tuple(candidates):
            run = candidates[section].get(reading.document)
            if run is None:
                continue
            if run == getattr(reading, section):
                missing[section].discard(reading.document)
            else:
                del candidates[section]
    return {section: tuple(found) for section, found in candidates.items() if not missing[section]}


def _row(section: str, position: int, value: Any) -> Row:
    if section == "assignments":
        key, event = value.claim, value.event
    elif isinstance(value, Sequence):  # pairs: event_voices, mention_entities
        key, event = value[0], None
    else:
        key, event = getattr(value, "id", None), getattr(value, "event", None)
    return Row(section, position, key, event, getattr(value, "measure", None), encode(value).decode())
