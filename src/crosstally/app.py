"""Wires the edges: intake, store, flow and views. The only module that sees them all."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

import msgspec

from crosstally.values import Book, Claim, Coded, Decision, Document, Entry, Event, Finding, Source, Tally

if TYPE_CHECKING:
    from crosstally.intake import Problem
    from crosstally.intake.official import TableIntake
    from crosstally.ledger import ChangeLine
    from crosstally.memory import Memory
    from crosstally.values.store import Store


class Ledger:
    """The books on a set of reports: what ``crosstally.read`` gives back.

    Everything it returns is a frozen value. ``add`` reads more reports into it; ``book`` is the whole account at this moment.
    """

    def __init__(self, store: Store | None = None, *, deadline: float | None = None, stays: bool = False) -> None:
        """``stays``: more reports will come, so that what the first account takes to join is kept, at some cost, for the next ones."""
        from crosstally.ledger import MemoryStore
        from crosstally.settings import settings

        self._store: Store = store if store is not None else MemoryStore()
        self._deadline = deadline if deadline is not None else settings().deadline_seconds
        self._book: Book | None = None
        self._memory: Memory | None = None
        self._stays = stays
        self.problems: tuple[Problem, ...] = ()
        self.notes: tuple[Problem, ...] = ()
        self.changes: tuple[ChangeLine, ...] = ()
        self.handed: tuple[str, ...] = ()  # reports that ``read`` was given, those that were here already among them

    def add(self, documents: Iterable[Document], sources: Iterable[Source] = ()) -> tuple[str, ...]:
        """Reads the documents that are not yet here and balances what they touch. Returns the ids that are new.

        Each document lands in one transaction: a run that is killed loses nothing and doubles nothing.
        """
        from crosstally.flow import read_one

        documents = tuple(documents)
        known = self._store.known(d.id for d in documents)
        fresh = {d.id: d for d in documents if d.id not in known}
        for document in fresh.values():
            self._store.put((document,), tuple(s for s in sources if s.id == document.source), (read_one(document),))
        if fresh:
            self._book = None
        return tuple(fresh)

    def import_table(self, table: str | os.PathLike[str], mapping: str | os.PathLike[str]) -> tuple[str, ...]:
        """Takes a table of official figures (CSV or Parquet) in as claims of its speaker; returns the ids that are new, one a row.

        ``mapping``: a TOML file that says what its columns mean. Raises InputError that names file and key, or column. A cell that cannot
        be read stands in ``problems``.
        """
        from crosstally.intake.official import take_table

        return self.put(take_table(table, mapping))

    def put(self, taken: TableIntake) -> tuple[str, ...]:
        """Takes in the rows of a table that is already read; returns the ids that are new."""
        fresh = self._store.put(self._numbered(taken.documents), taken.sources, taken.readings)
        self.problems = (*self.problems, *taken.problems)
        if fresh:
            self._book = None
        return fresh

    def _numbered(self, documents: tuple[Document, ...]) -> tuple[Document, ...]:
        """Rows of a table with the number of their version: one more than the newest of the same row that is here."""
        from msgspec.structs import replace

        newest: dict[tuple[str, str], int] = {}
        for row in (d.row for d in self._store.documents() if d.row is not None):
            newest[row.table, row.key] = max(row.version, newest.get((row.table, row.key), 0))
        return tuple(
            replace(d, row=replace(d.row, version=newest[d.row.table, d.row.key] + 1)) if d.row and (d.row.table, d.row.key) in newest else d
            for d in documents
        )

    def balance(self) -> Book:
        """Brings the account up to date, says in ``changes`` what moved since the last one saved, and saves it."""
        from crosstally.ledger import told, what_changed

        with _no_sweeping():
            before = self._store.load_book()
            after = self.book
            self.changes = what_changed(before, after)
            if before != after:
                self._store.save_book(after, moved=told(self.changes))
        return after

    @property
    def book(self) -> Book:
        """The whole account, as of now."""
        if self._book is None:
            self._book = self.as_of(None)
        return self._book

    def as_of(self, moment: str | None) -> Book:
        """The account from what was published up to ``moment`` (ISO 8601), or everything for None.

        A day alone counts to its end; a time without a zone is UTC. Raises ValueError for a string that is no ISO date or time.
        """
        from crosstally.values import iso

        return self._made(iso(moment), self._store.decisions())

    def _made(self, as_of: str | None, decisions: Sequence[Decision]) -> Book:
        from crosstally.flow import make_book
        from crosstally.memory import Memory

        if self._memory is None:
            self._memory = Memory(self._stays)
        with _no_sweeping():
            return make_book(
                self._store.documents(), self._store.readings(), self._store.sources(), deadline=self._deadline, as_of=as_of, decisions=decisions,
                memory=self._memory if as_of is None else None,
            )  # fmt: skip

    @property
    def decisions(self) -> tuple[Decision, ...]:
        """Every decision that people took, in order, those undone and those that undo among them."""
        return self._store.decisions()

    def decide(
        self, kind: str, subject: str | Sequence[str], *, who: str, why: str = "", change: Mapping[str, str] | None = None,
        when: str | None = None,
    ) -> Decision:  # fmt: skip
        """Appends a person's judgement and applies it: accept, reject, correct, same_event, different_event, same_person, different_person,
        prefer_speaker.

        ``subject``: ids of claims, events, entities or voices, as the kind has it. ``change``: for ``correct``, field to new value as text; for
        ``prefer_speaker`` the one ``measure``. ``when``: ISO 8601, now by default. Raises DecisionError, with nothing changed, for an unknown
        id, a value that cannot be read, and what contradicts a decision in force.
        """
        from datetime import UTC, datetime
        from typing import cast

        from crosstally.domain import load_domain
        from crosstally.errors import DecisionError
        from crosstally.judge import check
        from crosstally.values import Decision, DecisionKind, decision_id, iso

        subject = (subject,) if isinstance(subject, str) else tuple(subject)
        taken = self._store.decisions()
        try:
            moment = iso(when) or datetime.now(UTC).isoformat(timespec="seconds")
        except ValueError:
            raise DecisionError(f"when: {when!r} is no ISO 8601 date or time; write 2025-07-05 or 2025-07-05T06:00") from None
        fields = tuple((change or {}).items())
        new = check(Decision("", cast("DecisionKind", kind), subject, who.strip(), moment, why.strip(), fields), self.book, taken, load_domain())
        id = decision_id(new.kind, new.subject, new.who, new.when, new.why, new.change, (d.id for d in taken))
        new = msgspec.structs.replace(new, id=id)
        book = self._made(None, (*taken, new))
        for row in book.decisions:
            if row.decision.id == id and row.idle:
                raise DecisionError(f"{kind.replace('_', ' ')} {', '.join(subject)} would change nothing: {row.idle}")
        self._store.append_decision(new)
        self._book = book
        return new

    def undo(self, id: str, *, who: str, why: str = "", when: str | None = None) -> Decision:
        """Takes a decision out of force by another entry; both stay in ``decisions``. An undoing may itself be undone."""
        return self.decide("undo", id, who=who, why=why, when=when)

    @property
    def documents(self) -> tuple[Document, ...]:
        return self.book.documents

    @property
    def events(self) -> tuple[Event, ...]:
        return self.book.events

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.book.findings

    def claims(self, *, event: str | None = None, measure: str | None = None, document: str | None = None) -> tuple[Claim, ...]:
        """Claims as read, narrowed by event id, measure (of the chosen reading) or document id."""
        chosen = {a.claim: a for a in self.book.assignments}
        return tuple(
            c
            for c in self.book.claims
            if (event is None or chosen[c.id].event == event)
            and (measure is None or (c.readings[chosen[c.id].reading].measure if c.readings else c.measure) == measure)
            and (document is None or c.document == document)
        )

    def tallies(self, event: str | None = None) -> tuple[Tally, ...]:
        return tuple(t for t in self.book.tallies if event is None or t.event == event)

    def history(self, event: str, measure: str | None = None) -> tuple[Entry, ...]:
        """How the figures of an event changed, by when they were said. ``measure``: one, ``"all"``, or None for all that count people.

        Raises LookupError for an event that is not here.
        """
        from crosstally.domain import load_domain
        from crosstally.export.history import history

        return history(self.book, event, load_domain(), measure)

    def diff(self, before: str | None, after: str | None = None) -> tuple[ChangeLine, ...]:
        """What the account at one time (ISO 8601) says that the one at an earlier time did not; None is now, with everything.

        Raises ValueError for a string that is no ISO date or time.
        """
        from crosstally.ledger import what_changed

        return what_changed(self.as_of(before) if before else self.book, self.as_of(after) if after else self.book)

    def recode(self, convention: str | os.PathLike[str] = "raw", *, as_of: str | None = None) -> Coded:
        """The account coded by a convention of the field: ``raw``, ``ucdp``, ``ibc``, or the path of a convention's own TOML file.

        A frozen table: every cell says which rules made it, what the ledger itself has in its place, and which claims it rests on.
        ``as_of`` as in ``as_of``. Raises ConfigError for an unknown name, PackError that names file and key for a file that is wrong.
        """
        from crosstally.domain import load_domain
        from crosstally.reconcile.conventions import recode

        return recode(self.book if as_of is None else self.as_of(as_of), convention, load_domain())

    def as_dict(self) -> dict[str, Any]:
        """The interchange format (``docs/schema/ledger-1.json``)."""
        from crosstally.export.interchange import as_dict

        return as_dict(self.book)

    def to_polars(self, table: str) -> Any:
        """A polars DataFrame of one table: documents, claims, tallies, ... Needs ``pip install crosstally[tables]``."""
        from crosstally.export.tables import to_polars

        return to_polars(self.book, table)

    def to_arrow(self, table: str) -> Any:
        """A pyarrow Table of one table. Needs ``pip install crosstally[tables]``."""
        from crosstally.export.tables import to_arrow

        return to_arrow(self.book, table)

    def to_html(self, *, show_victims: bool = False) -> str:
        """One self-contained page."""
        from crosstally.domain import load_domain
        from crosstally.export.page import as_html

        return as_html(self.book, load_domain(), show_victims=show_victims)

    def close(self) -> None:
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()


@contextmanager
def _no_sweeping() -> Iterator[None]:
    """Without Python's search for cycles: it walks through all that is held again and again, and what is made here has none."""
    on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if on:
            gc.enable()


def read(
    reports: Iterable[str | os.PathLike[str] | Document] | str | os.PathLike[str] | Document,
    *,
    ledger: Ledger | str | os.PathLike[str] | None = None,
    stdin: BinaryIO | None = None,
) -> Ledger:
    """Reads reports into a ledger: paths of files or folders, documents in hand, or a mix.

    ``ledger``: None for one in memory, a path for an embedded database, or a Ledger to add to. ``stdin``: where the path ``-`` reads
    from. What could not be read stands in ``Ledger.problems``; nothing is raised for bad input. Raises LedgerError for a ledger file that
    cannot be used, ConfigError for a bad setting.
    """
    if isinstance(reports, (str, os.PathLike, Document)):
        reports = [reports]
    given = list(reports)
    if isinstance(ledger, Ledger):
        _add(ledger, given, stdin)
        return ledger
    opened = open_ledger(ledger)
    try:
        _add(opened, given, stdin)
    except BaseException:
        opened.close()
        raise
    return opened


def import_table(
    table: str | os.PathLike[str], mapping: str | os.PathLike[str], *, ledger: Ledger | str | os.PathLike[str] | None = None
) -> tuple[Ledger, tuple[str, ...]]:
    """Takes a table of official figures into a ledger (as ``read`` names one); the ledger, and the ids of the rows that are new.

    The table and its mapping are read whole before a ledger is opened or made: where they are wrong, InputError says so and nothing changed.
    """
    from crosstally.intake.official import take_table

    taken = take_table(table, mapping)
    opened = ledger if isinstance(ledger, Ledger) else open_ledger(ledger)
    return opened, opened.put(taken)


def _add(book: Ledger, given: Sequence[str | os.PathLike[str] | Document], stdin: BinaryIO | None) -> None:
    """Takes in paths, in one go so that doubles among them show, and documents."""
    documents = [r for r in given if isinstance(r, Document)]
    paths = [r for r in given if not isinstance(r, Document)]
    sources: tuple[Source, ...] = ()
    if paths:
        from crosstally.intake import take

        taken = take(paths, stdin=stdin)
        documents += taken.documents
        sources = taken.sources
        book.problems, book.notes = (*book.problems, *taken.problems), (*book.notes, *taken.notes, *_foreign(taken.documents))
    book.handed = (*book.handed, *(d.id for d in documents))
    book.add(documents, sources)


def _foreign(documents: Iterable[Document]) -> tuple[Problem, ...]:
    """A note for every report in a language that no tables read."""
    from crosstally.intake import Problem

    return tuple(
        Problem(d.path or d.id, f"is in {d.language!r}, and crosstally reads English: little or nothing is read of it", "give an English report")
        for d in documents
        if d.language is not None and not d.language.startswith("en")
    )


def open_ledger(path: str | os.PathLike[str] | None = None) -> Ledger:
    """A ledger kept in the SQLite file ``path`` (made where there is none), or in memory for None."""
    if path is None:
        return Ledger()
    from crosstally.ledger import open_ledger as open_store

    return Ledger(open_store(Path(path)))


__all__ = ["Ledger", "open_ledger", "read"]
