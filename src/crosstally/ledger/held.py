"""What a process that stays with a ledger file holds of it, and how it knows that this is still what the file says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, literal_column, select

from crosstally.values import Book, Document, DocumentReading

from . import tables as t
from .books import Row, placed

LAST = (1 << 63) - 1  # no report has a higher number


class Marks(NamedTuple):
    """How far the tables go: the highest number of a report, of a line of the history, and of a reading."""

    document: int = 0
    history: int = 0
    reading: int = 0


class Held:
    """Reports in the order they were added, and how far the tables went when they were last asked for."""

    def __init__(self) -> None:
        self.documents: tuple[Document, ...] = ()
        self.readings: tuple[DocumentReading, ...] = ()
        self.marks = Marks()

    def take(self, marks: Marks, documents: Iterable[Document], readings: Iterable[DocumentReading]) -> None:
        if marks.document > self.marks.document:
            self.documents += tuple(documents)
            self.readings += tuple(readings)
        self.marks = marks


_ROW: ColumnElement[int] = literal_column("reading.rowid")


def marks_of(connection: Connection) -> Marks:
    tops = (
        select(func.max(t.document.c.seq)),
        select(func.max(t.history.c.seq)),
        select(func.max(_ROW)).select_from(t.reading),
    )
    return Marks(*(n or 0 for n in connection.execute(select(*(top.scalar_subquery() for top in tops))).one()))


def changed(connection: Connection, held: Held) -> bool:
    """Whether a report that is held was read again, or read at last. Reading again writes a line of the history in the same transaction."""
    again = select(t.history.c.seq).where(t.history.c.seq > held.marks.history, t.history.c.kind == "reading")
    late = (
        select(t.document.c.seq)
        .join(t.reading, t.reading.c.document == t.document.c.id)
        .where(held.marks.reading < _ROW, t.document.c.seq <= held.marks.document)
    )
    return any(connection.execute(query.limit(1)).first() is not None for query in (again, late))


class Kept:
    """The account last saved or loaded, with its rows as they stand. ``number``: of that account, so that another process's is known."""

    def __init__(self, number: int, book: Book, rows: Sequence[Row]) -> None:
        self.number, self.book, self.rows = number, book, rows
        by_section: dict[str, list[Row]] = {}
        for row in rows:
            by_section.setdefault(row.section, []).append(row)
        # By ``id()``: the book keeps its values alive.
        self.rows_of = {(s, id(value)): row for s, own in by_section.items() for value, row in zip(getattr(book, s), own, strict=True)}


def number_of(connection: Connection) -> int:
    """How many accounts were saved so far, as far as this version counted them."""
    return connection.execute(select(func.json_extract(t.book.c.value, "$.number"))).scalar() or 0


def rows_of(connection: Connection) -> list[Row]:
    return [Row(*each) for each in connection.execute(select(t.derived).order_by(t.derived.c.section, t.derived.c.position)).all()]


def derive(connection: Connection, new: Sequence[Row], old: Sequence[Row]) -> list[Row]:
    """Writes the rows that differ from those there, and takes out those that are no more. Returns all as they stand."""
    before: dict[str, list[Row]] = {}
    after: dict[str, list[Row]] = {}
    for rows, by_section in ((old, before), (new, after)):
        for row in rows:
            by_section.setdefault(row.section, []).append(row)
    stand: list[Row] = []
    gone: list[Row] = []
    fresh: list[Row] = []
    for section in sorted({*before, *after}):
        here, write, away = placed(before.get(section, ()), after.get(section, ()))
        stand += here
        fresh += write
        gone += away
    if gone:
        out = delete(t.derived).where(t.derived.c.section == bindparam("s"), t.derived.c.position == bindparam("p"))
        connection.execute(out, [{"s": row.section, "p": row.position} for row in gone])
    if fresh:
        columns = ("section", "position", "key", "event", "measure", "value")
        connection.execute(insert(t.derived), [{c: getattr(row, c) for c in columns} for row in fresh])
    return stand
