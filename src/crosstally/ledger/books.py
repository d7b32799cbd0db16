"""A book as rows, and back. Sections that are the readings' own, one after the other, are kept as the order of their documents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import Any, get_type_hints

import msgspec

from crosstally.values import Book, Document, DocumentReading, decode, encode

from .common import FROM_READINGS, runs

STEP = 1 << 20  # between the positions of neighbours, so that what comes between them moves neither


class Row(msgspec.Struct, frozen=True):
    """One value of a section; the columns to find it by. ``position`` says its place, and nothing else."""

    section: str
    position: int
    key: str | None
    event: str | None
    measure: str | None
    value: str


class Shape(msgspec.Struct, frozen=True):
    """What rows do not hold: the time the book is cut at, and the sections that are in the ledger already, by document. ``number``: how many
    accounts were kept before it, from which a process knows its own."""

    as_of: str | None = None
    documents: tuple[str, ...] | None = None
    number: int = 0
    sections: Mapping[str, tuple[str, ...]] = {}


@cache
def sections() -> Mapping[str, Any]:
    """Name to type of every section of a book ("events" -> tuple[Event, ...]), in order."""
    return {name: kind for name, kind in get_type_hints(Book).items() if name != "as_of"}


def flatten(
    book: Book, stored: Mapping[str, Document], readings: Callable[[], Iterable[DocumentReading]], last: Mapping[tuple[str, int], Row] | None = None
) -> tuple[Shape, list[Row]]:
    """``stored``: the ledger's documents by id; ``readings``: its readings, asked for only where they may serve. ``last``: the rows of values
    that are held still, by section and ``id()``: such a value need not be written out again."""
    held = _held(book, readings)
    listed = tuple(document.id for document in book.documents) if all(stored.get(d.id) == d for d in book.documents) else None
    shape = Shape(book.as_of, listed, sections=held)
    rows: list[Row] = []
    for section in sections():
        if section in held or (section == "documents" and listed is not None):
            continue
        rows += [(last and last.get((section, id(value)))) or _row(section, value) for value in getattr(book, section)]
    return shape, rows


def placed(old: Sequence[Row], new: Sequence[Row]) -> tuple[list[Row], list[Row], list[Row]]:
    """New rows of one section given positions among the old ones, so that few are written: (all, those to write, old ones that go).

    Rows that are as they were, in the same order, keep their positions. Where there is no room between two, all of the section are placed anew.
    """
    stay = _unmoved(old, new)
    out: list[Row] = []
    write: list[Row] = []
    waiting: list[Row] = []
    low: int | None = None
    for row, was in zip((*new, None), (*stay, None), strict=True):
        if row is not None and was is None:
            waiting.append(row)
            continue
        spots = _between(low, None if was is None else was.position, len(waiting))
        if spots is None:
            out = [msgspec.structs.replace(r, position=at * STEP) for at, r in enumerate(new)]
            return out, out, list(old)
        write += [msgspec.structs.replace(r, position=at) for r, at in zip(waiting, spots, strict=True)]
        out += write[len(write) - len(waiting) :]
        waiting = []
        if was is not None:
            out.append(was)
            low = was.position
    kept = {r.position for r in stay if r is not None}
    return out, write, [r for r in old if r.position not in kept]


def _between(low: int | None, high: int | None, count: int) -> list[int] | None:
    """So many positions between two, evenly; None where they do not fit."""
    if high is None:
        first = -STEP if low is None else low
        return [first + STEP * (i + 1) for i in range(count)]
    if low is None:
        return [high - STEP * (count - i) for i in range(count)]
    step = (high - low) // (count + 1)
    return [low + step * (i + 1) for i in range(count)] if step or not count else None


def _unmoved(old: Sequence[Row], new: Sequence[Row]) -> list[Row | None]:
    """For each new row the old one that it is, None for one that is new or stands elsewhere: as many as stay in order (Fredman 1975)."""
    first = 0
    while first < min(len(old), len(new)) and _same(old[first], new[first]):
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and _same(old[-1 - last], new[-1 - last]):
        last += 1
    middle = new[first : len(new) - last]
    at: dict[tuple[object, ...], list[int]] = {}
    for i in range(len(old) - last - 1, first - 1, -1):
        at.setdefault(_content(old[i]), []).append(i)
    where = [found.pop() if (found := at.get(_content(row))) else -1 for row in middle]
    ends: list[int] = []  # of the shortest-ending run of each length: its last old row, and which new row that is
    last_of: list[int] = []
    before = [-1] * len(where)
    for i, w in enumerate(where):
        if w >= 0:
            k = bisect_left(ends, w)
            ends[k : k + 1] = [w]
            before[i] = last_of[k - 1] if k else -1
            last_of[k : k + 1] = [i]
    found_: list[Row | None] = [None] * len(middle)
    i = last_of[-1] if last_of else -1
    while i >= 0:
        found_[i] = old[where[i]]
        i = before[i]
    return [*old[:first], *found_, *old[len(old) - last :]]


def _content(row: Row) -> tuple[object, ...]:
    return row.key, row.event, row.measure, row.value


def _same(one: Row, other: Row) -> bool:
    return one.value == other.value and _content(one) == _content(other)


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


def _row(section: str, value: Any) -> Row:
    if section == "assignments":
        key, event = value.claim, value.event
    elif isinstance(value, Sequence):  # pairs: event_voices, mention_entities
        key, event = value[0], None
    else:
        key, event = getattr(value, "id", None), getattr(value, "event", None)
    return Row(section, 0, key, event, getattr(value, "measure", None), encode(value).decode())
