"""A ledger in one file: SQLite, written through SQLAlchemy. Loaded by ``open_ledger`` only."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import msgspec
from sqlalchemy import Connection, Engine, delete, func, insert, select, text, update
from sqlalchemy.exc import SQLAlchemyError

from crosstally.errors import LedgerError
from crosstally.values import (
    Book,
    Claim,
    Decision,
    Document,
    DocumentReading,
    Entity,
    Event,
    HistoryLine,
    Hit,
    Source,
    chain_versions,
    decode,
    encode,
)

from . import tables as t
from .books import Shape, flatten, rebuild
from .changes import moved_lines
from .common import added_line, decision_line, excerpt, filled, now, pair, without_text, words_of
from .held import LAST, Held, Kept, changed, derive, marks_of, number_of, rows_of
from .packing import PackedSentence, pack, unpack

_BATCH = 200


_ONCE = 2  # askings that a look makes: for documents, and for readings


class SqliteStore:
    """The contract of ``Store`` over a database file. Several processes may read while one writes; writers wait for each other."""

    def __init__(self, engine: Engine, path: str, *, clock: Callable[[], str] | None = None) -> None:
        self._engine = engine
        self._writing = engine.execution_options(writes=True)
        self._clock = clock or now
        self.path = path
        self._asked = 0
        self._held = Held()
        self._kept: Kept | None = None

    # -- reports ---------------------------------------------------------------------------------------------------------------------

    def known(self, ids: Iterable[str]) -> frozenset[str]:
        wanted = list(dict.fromkeys(ids))
        found: set[str] = set()
        with self._read() as connection:
            for at in range(0, len(wanted), 500):
                rows = connection.execute(select(t.document.c.id).where(t.document.c.id.in_(wanted[at : at + 500])))
                found.update(row.id for row in rows)
        return frozenset(found)

    def put(
        self, documents: Sequence[Document], sources: Sequence[Source], readings: Sequence[DocumentReading], *, replace: bool = False
    ) -> tuple[str, ...]:
        given = {source.id: source for source in sources}
        known = self.known([*(d.id for d in documents), *(r.document for r in readings)])
        new: list[str] = []
        for document, reading in list(pair(documents, readings, known)):
            with self._write() as connection:
                if document is not None and self._add(connection, document, given.pop(document.source, None)):
                    new.append(document.id)
                if reading is not None:
                    self._add_reading(connection, reading, replace=replace)
        if given:
            with self._write() as connection:
                for source in given.values():
                    self._add_source(connection, source)
        return tuple(new)

    def _add(self, connection: Connection, document: Document, source: Source | None) -> bool:
        if source is not None:
            self._add_source(connection, source)
        if connection.execute(select(t.document.c.seq).where(t.document.c.id == document.id)).first():
            return False
        if source is None:
            self._add_source(connection, Source(id=document.source, name=document.source))
        connection.execute(
            insert(t.document),
            {
                "id": document.id,
                "source": document.source,
                "published": document.published,
                "language": document.language,
                "url": document.url,
                "title": document.title,
                "text": document.text,
                "value": encode(without_text(document)).decode(),
            },
        )
        known: str = connection.execute(select(t.source.c.value).where(t.source.c.id == document.source)).scalar_one()
        self._log(connection, "document", document.id, added_line(document, decode(known, Source)))
        return True

    def _add_source(self, connection: Connection, source: Source) -> None:
        row = connection.execute(select(t.source.c.value).where(t.source.c.id == source.id)).first()
        if row is None:
            connection.execute(insert(t.source), {"id": source.id, "value": encode(source).decode()})
            return
        value = encode(filled(decode(row.value, Source), source)).decode()
        if value != row.value:
            connection.execute(update(t.source).where(t.source.c.id == source.id), {"value": value})

    def _add_reading(self, connection: Connection, reading: DocumentReading, *, replace: bool) -> None:
        words = connection.execute(select(t.document.c.text).where(t.document.c.id == reading.document)).scalar_one()
        row = connection.execute(select(t.reading).where(t.reading.c.document == reading.document)).first()
        if row is not None:
            if not replace or self._reading(row, words, self._claim_values(connection, [reading.document])) == reading:
                return
            connection.execute(delete(t.claim).where(t.claim.c.document == reading.document))
            connection.execute(delete(t.reading).where(t.reading.c.document == reading.document))
            self._log(connection, "reading", reading.document, "read again")
        bare = msgspec.structs.replace(reading, claims=(), sentences=())
        connection.execute(
            insert(t.reading),
            {
                "document": reading.document,
                "value": encode(bare).decode(),
                "sentences": encode(pack(reading.sentences, words)).decode(),
            },
        )
        if reading.claims:
            connection.execute(
                insert(t.claim),
                [
                    {
                        "id": claim.id,
                        "document": reading.document,
                        "position": position,
                        "measure": claim.measure,
                        "text": claim.text,
                        "value": encode(claim).decode(),
                    }
                    for position, claim in enumerate(reading.claims)
                ],
            )

    def documents(self) -> tuple[Document, ...]:
        held = self._current()
        return chain_versions(self._stored_documents() if held is None else held.documents)

    def _stored_documents(self, span: tuple[int, int] = (0, LAST)) -> tuple[Document, ...]:
        with self._read() as connection:
            columns = select(t.document.c.value, t.document.c.text)
            rows = connection.execute(columns.where(t.document.c.seq > span[0], t.document.c.seq <= span[1]).order_by(t.document.c.seq))
            return tuple(msgspec.structs.replace(decode(row.value, Document), text=row.text) for row in rows)

    def _current(self) -> Held | None:
        """All reports as they are now, kept from the second asking on: an account that grows asks again and again, a look asks once."""
        self._asked += 1
        if self._asked <= _ONCE:
            return None
        with self._read() as connection:
            marks = marks_of(connection)
            if changed(connection, self._held):
                self._held = Held()
        if (span := (self._held.marks.document, marks.document)) != (0, 0):
            self._held.take(marks, self._stored_documents(span), self._stored_readings(span))
        return self._held

    def sources(self) -> tuple[Source, ...]:
        with self._read() as connection:
            return tuple(decode(row.value, Source) for row in connection.execute(select(t.source.c.value).order_by(t.source.c.id)))

    def readings(self) -> Iterator[DocumentReading]:
        held = self._current()
        return self._stored_readings() if held is None else iter(held.readings)

    def _stored_readings(self, span: tuple[int, int] = (0, LAST)) -> Iterator[DocumentReading]:
        last, end = span
        while True:
            with self._read() as connection:
                rows = connection.execute(
                    select(t.document.c.seq, t.document.c.text, t.reading)
                    .join(t.reading, t.reading.c.document == t.document.c.id)
                    .where(t.document.c.seq > last, t.document.c.seq <= end)
                    .order_by(t.document.c.seq)
                    .limit(_BATCH)
                ).all()
                claims = self._claim_values(connection, [row.document for row in rows])
                batch = [self._reading(row, row.text, claims) for row in rows]
            yield from batch
            if len(rows) < _BATCH:
                return
            last = rows[-1].seq

    @staticmethod
    def _claim_values(connection: Connection, documents: Sequence[str]) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        rows = connection.execute(
            select(t.claim.c.document, t.claim.c.value)
            .where(t.claim.c.document.in_(documents))
            .order_by(t.claim.c.document, t.claim.c.position)
        )
        for row in rows:
            found.setdefault(row.document, []).append(row.value)
        return found

    @staticmethod
    def _reading(row: Any, words: str, claims: Mapping[str, list[str]]) -> DocumentReading:
        return msgspec.structs.replace(
            decode(row.value, DocumentReading),
            claims=decode(f"[{','.join(claims.get(row.document, ()))}]", tuple[Claim, ...]),
            sentences=unpack(decode(row.sentences, tuple[PackedSentence, ...]), words),
        )

    def claims(self, *, document: str | None = None, event: str | None = None, measure: str | None = None) -> tuple[Claim, ...]:
        query = select(t.claim.c.value).join(t.document, t.document.c.id == t.claim.c.document)
        if document is not None:
            query = query.where(t.claim.c.document == document)
        if measure is not None:
            query = query.where(t.claim.c.measure == measure)
        if event is not None:
            assigned = select(t.derived.c.key).where(t.derived.c.section == "assignments", t.derived.c.event == event)
            query = query.where(t.claim.c.id.in_(assigned))
        with self._read() as connection:
            values = [row.value for row in connection.execute(query.order_by(t.document.c.seq, t.claim.c.position))]
            return decode(f"[{','.join(values)}]", tuple[Claim, ...])

    # -- judgements and the account --------------------------------------------------------------------------------------------------

    def append_decision(self, decision: Decision) -> bool:
        with self._write() as connection:
            old = connection.execute(select(t.decision.c.value).where(t.decision.c.id == decision.id)).first()
            if old is not None:
                if decode(old.value, Decision) != decision:
                    raise ValueError(f"another decision has the id {decision.id}")
                return False
            connection.execute(insert(t.decision), {"id": decision.id, "value": encode(decision).decode()})
            self._log(connection, "decision", decision.id, decision_line(decision, self._called(connection, decision.subject)))
        return True

    @staticmethod
    def _called(connection: Connection, ids: Sequence[str]) -> dict[str, str]:
        """What claims, events, people and bodies are called, by id, as last saved."""
        names = {row.id: row.text for row in connection.execute(select(t.claim.c.id, t.claim.c.text).where(t.claim.c.id.in_(ids)))}
        named = select(t.derived.c.section, t.derived.c.key, t.derived.c.value).where(t.derived.c.section.in_(("events", "entities")))
        for row in connection.execute(named.where(t.derived.c.key.in_(ids))):
            names[row.key] = decode(row.value, Event).title if row.section == "events" else decode(row.value, Entity).name
        return names

    def decisions(self) -> tuple[Decision, ...]:
        with self._read() as connection:
            return tuple(decode(row.value, Decision) for row in connection.execute(select(t.decision.c.value).order_by(t.decision.c.seq)))

    def save_book(self, book: Book, *, moved: Sequence[tuple[str, str]] | None = None) -> bool:
        if moved is None:
            before = self.load_book()
            if before == book:
                return False
            moved = moved_lines(before, book)
        stored = {document.id: document for document in self.documents()}
        shape, rows = flatten(book, stored, self.readings, self._kept.rows_of if self._kept else None)
        with self._write() as connection:
            number = number_of(connection)
            kept = self._kept if self._kept is not None and self._kept.number == number else None
            shape = msgspec.structs.replace(shape, number=number + 1)
            connection.execute(delete(t.book))
            connection.execute(insert(t.book), {"id": 1, "value": encode(shape).decode()})
            rows = derive(connection, rows, rows_of(connection) if kept is None else kept.rows)
            for event, line in moved:
                self._log(connection, "book", event, line)
        self._kept = Kept(number + 1, book, rows)
        return True

    def load_book(self) -> Book | None:
        with self._read() as connection:
            if self._kept is not None and number_of(connection) == self._kept.number:
                return self._kept.book
            row = connection.execute(select(t.book.c.value)).first()
            if row is None:
                return None
            shape = decode(row.value, Shape)
            rows = rows_of(connection)
        wanted = {id for ids in shape.sections.values() for id in ids}
        readings = {reading.document: reading for reading in (self.readings() if wanted else ()) if reading.document in wanted}
        stored = {document.id: document for document in (self.documents() if shape.documents else ())}
        with self._guard():
            book = rebuild(shape, rows, stored, readings)
        if shape.number:
            self._kept = Kept(shape.number, book, rows)
        return book

    # -- log and search --------------------------------------------------------------------------------------------------------------

    def note(self, text: str, *, subject: str = "") -> None:
        with self._write() as connection:
            self._log(connection, "note", subject, text)

    def history(self) -> tuple[HistoryLine, ...]:
        with self._read() as connection:
            rows = connection.execute(select(t.history).order_by(t.history.c.seq)).all()
        return tuple(HistoryLine(row.seq, row.moment, row.kind, row.subject, row.text) for row in rows)

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        wanted = words_of(words)
        if not wanted:
            return ()
        if any(not word.isascii() and _unspaced(word) for word in wanted):
            return self._scan(wanted, limit)
        query = " ".join(f'"{word}"*' for word in wanted)
        with self._read() as connection:
            claims = connection.execute(
                text(
                    "SELECT claim.value FROM claim_words JOIN claim ON claim.seq = claim_words.rowid "
                    "WHERE claim_words MATCH :query ORDER BY claim.seq LIMIT :limit"
                ),
                {"query": query, "limit": limit},
            ).all()
            texts = connection.execute(
                text(
                    "SELECT document.id, document.text FROM document_words JOIN document ON document.seq = document_words.rowid "
                    "WHERE document_words MATCH :query ORDER BY document.seq LIMIT :limit"
                ),
                {"query": query, "limit": limit},
            ).all()
        return self._hits([row.value for row in claims], [(row.id, row.text) for row in texts], wanted[0], limit)

    def _scan(self, wanted: Sequence[str], limit: int) -> tuple[Hit, ...]:
        """Scripts that put no space between words are searched letter by letter, which no index of words serves."""
        with self._read() as connection:
            claims = select(t.claim.c.value).order_by(t.claim.c.seq).limit(limit)
            texts = select(t.document.c.id, t.document.c.text).order_by(t.document.c.seq).limit(limit)
            for word in wanted:
                claims = claims.where(func.instr(t.claim.c.text, word) > 0)
                texts = texts.where(func.instr(t.document.c.text, word) > 0)
            found = [row.value for row in connection.execute(claims)], [(row.id, row.text) for row in connection.execute(texts)]
        return self._hits(*found, wanted[0], limit)

    @staticmethod
    def _hits(claims: Sequence[str], texts: Sequence[tuple[str, str]], word: str, limit: int) -> tuple[Hit, ...]:
        hits = [Hit(claim.document, claim.id, claim.text, claim.span) for claim in (decode(value, Claim) for value in claims)]
        hits += [Hit(id, None, excerpt(words, word)) for id, words in texts]
        return tuple(hits[:limit])

    def stats(self) -> Mapping[str, int]:
        def count(connection: Connection, query: Any) -> int:
            return int(connection.execute(query).scalar_one())

        with self._read() as connection:
            numbers = {
                name: count(connection, select(func.count()).select_from(table))
                for name, table in (
                    ("documents", t.document),
                    ("sources", t.source),
                    ("claims", t.claim),
                    ("decisions", t.decision),
                    ("history", t.history),
                )
            }
            for section in ("events", "findings"):
                numbers[section] = count(connection, select(func.count()).where(t.derived.c.section == section))
        return {name: numbers[name] for name in ("documents", "sources", "claims", "events", "findings", "decisions", "history")}

    def close(self) -> None:
        """Gives the file back; the store is not used afterwards."""
        self._engine.dispose()

    def __enter__(self) -> SqliteStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    # -- the file --------------------------------------------------------------------------------------------------------------------

    def _log(self, connection: Connection, kind: str, subject: str, text: str) -> None:
        connection.execute(insert(t.history), {"moment": self._clock(), "kind": kind, "subject": subject, "text": text})

    @contextmanager
    def _read(self) -> Iterator[Connection]:
        with self._guard(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._guard(), self._writing.begin() as connection:
            yield connection

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """The driver's errors in a person's words; whatever was being written was rolled back."""
        try:
            yield
        except SQLAlchemyError as error:
            reason = str(getattr(error, "orig", None) or error).splitlines()[0]
            remedy = next((words for sign, words in _REMEDIES if sign in reason), "")
            raise LedgerError(f"{self.path}: {reason}; nothing was changed" + (f" ({remedy})" if remedy else "")) from error
        except msgspec.DecodeError as error:
            raise LedgerError(f"{self.path}: holds a value that cannot be read: {error} (restore it from a copy)") from error


_REMEDIES = (
    ("locked", "another process is writing to it; try again when it is done, or raise CROSSTALLY_BUSY_SECONDS"),
    ("readonly", "allow writing to the file and its folder"),
    ("full", "make room on the disk"),
    ("malformed", "restore it from a copy"),
    ("unable to open", "check that its folder is there and may be written to"),
)


def _unspaced(word: str) -> bool:
    """Whether a word has letters of a script that is written without spaces (Chinese, Japanese, Thai, Lao, Khmer, Burmese)."""
    return any(
        "\u0e00" <= c <= "\u0eff" or "\u1000" <= c <= "\u109f" or "\u1780" <= c <= "\u17ff" or "\u3040" <= c <= "\u9fff" for c in word
    )
