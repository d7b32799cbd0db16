"""Wires the desk: a ledger, intake and the conventions behind the protocol that the desk asks for (``crosstally.desk.ports``)."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crosstally.app import Ledger
from crosstally.desk.ports import Change, Offer, Outcome
from crosstally.errors import InputError
from crosstally.values import Book, Coded, Decision, Entry, HistoryLine, Hit, in_force, iso

if TYPE_CHECKING:
    from crosstally.intake import Intake
    from crosstally.values.store import Store


# The solver behind a balance works in one context for the whole process, and may be used by one thread at a time.
_SOLVER = threading.RLock()


class LedgerBooks:
    """``desk.ports.Books`` over a ledger. Calls may come from several threads: what balances or writes takes turns, and meanwhile the account
    of before is served."""

    def __init__(self, path: str | os.PathLike[str] | None = None) -> None:
        from crosstally.ledger import MemoryStore, open_ledger

        self._path = None if path is None else Path(path)
        self._store: Store = MemoryStore() if path is None else open_ledger(path)
        self._ledger = Ledger(self._store, stays=True)
        self._state = threading.Lock()  # held for moments only
        self._book: Book | None = None
        self._before: Book | None = None
        self._turn = 0
        self._writing = 0
        self._seen = self._stamp()

    @property
    def name(self) -> str:
        return "in memory" if self._path is None else self._path.name

    def version(self) -> str:
        with self._state:
            if not self._writing and (stamp := self._stamp()) != self._seen:  # another process has written
                self._seen, self._book = stamp, None
                self._turn += 1
            return str(self._turn)

    def _stamp(self) -> tuple[tuple[int, int], ...]:
        """Size and time of the ledger's files: cheap to ask, other after every write."""
        if self._path is None:
            return ()
        found = []
        for name in (str(self._path), f"{self._path}-wal"):
            try:
                status = os.stat(name)
            except OSError:
                continue
            if status.st_size:
                found.append((status.st_size, status.st_mtime_ns))
        return tuple(found)

    def book(self) -> Book:
        with self._state:
            if self._book is not None:
                return self._book
        with _SOLVER:
            made = self._book
            if made is None:
                self._ledger = Ledger(self._store, stays=True)
                made = self._saved() or self._ledger.book
                with self._state:
                    self._book = made
            return made

    def _saved(self) -> Book | None:
        """The account last kept, where no report or decision has come in since."""
        kept = self._store.load_book()
        if kept is None or kept.as_of is not None or len(kept.documents) != self._store.stats()["documents"]:
            return None
        return kept if tuple(s.decision for s in kept.decisions) == in_force(self._store.decisions()) else None

    @contextmanager
    def _write(self) -> Iterator[None]:
        """While this process writes, what it writes is no other process's doing."""
        with _SOLVER:
            before = self.book()
            with self._state:
                self._before = self._before or before
                self._writing += 1
            try:
                yield
            finally:
                with self._state:
                    self._writing -= 1
                    self._seen = self._stamp()

    def as_of(self, moment: str, documents: frozenset[str] | None = None) -> Book:
        from crosstally.flow import make_book
        from crosstally.settings import settings

        with _SOLVER:
            if documents is None:
                return self._ledger.as_of(moment)
            texts = tuple(d for d in self._store.documents() if d.id in documents)
            readings = tuple(r for r in self._store.readings() if r.document in documents)
            sources, taken = self._store.sources(), self._store.decisions()
            return make_book(texts, readings, sources, deadline=settings().deadline_seconds, as_of=iso(moment), decisions=taken)

    @contextmanager
    def _look(self) -> Iterator[None]:
        """A file may be read while it is written; what is kept in memory may not."""
        if self._path is None:
            with _SOLVER:
                yield
        else:
            yield

    def search(self, words: str, limit: int) -> tuple[Hit, ...]:
        with self._look():
            return self._store.search(words, limit=limit)

    def take(self, offer: Offer) -> Outcome:
        from crosstally.intake import take_bytes
        from crosstally.settings import settings

        data, address, page, name = offer.data, "", None, offer.name
        if data is None:
            from crosstally.intake.fetch import fetch

            try:
                fetched = fetch(offer.url, settings().max_report_bytes)
            except InputError as error:
                return Outcome(problems=(str(error),))
            data, address, name = fetched.data, fetched.address, fetched.address
            page = True if "html" in fetched.kind else None
        said = {
            k: v for k, v in (("source", offer.source), ("published", offer.published), ("title", offer.title), ("url", address or offer.url)) if v
        }
        return self._kept(offer, take_bytes(data, name, said=said, page=page, catalogue=offer.catalogue), data, address)

    def _kept(self, offer: Offer, taken: Intake, data: bytes, address: str) -> Outcome:
        from hashlib import sha256

        digest = sha256(data).hexdigest()
        with self._write():
            fresh = self._ledger.add(taken.documents, taken.sources)
            if fresh and self._path is not None:
                self._keep_bytes(digest, data)
            if address:
                self._store.note(f"fetched {address}: {len(data):,} bytes, SHA-256 {digest}", subject=fresh[0] if fresh else "")
        return Outcome(
            documents=tuple(d.id for d in taken.documents),
            fresh=fresh,
            problems=tuple(str(p) for p in taken.problems),
            notes=tuple(str(n) for n in taken.notes),
            bytes=len(data),
            sha256=digest,
            address=address,
        )

    def _keep_bytes(self, digest: str, data: bytes) -> None:
        """The bytes as they came, beside the ledger, under their hash."""
        assert self._path is not None
        folder = self._path.with_name(self._path.name + ".originals")
        folder.mkdir(exist_ok=True)
        target = folder / digest
        if not target.exists():
            part = folder / f"{digest}.part"
            part.write_bytes(data)
            part.replace(target)

    def settle(self) -> tuple[Change, ...]:
        from crosstally.ledger import what_changed

        with self._write():
            after = self._ledger.balance()
            with self._state:
                before, self._before, self._book = self._before, None, after
                self._turn += 1
        return tuple(Change(str(line), line.event, line.claims) for line in what_changed(before, after))

    def decide(self, kind: str, subject: Sequence[str], *, who: str, why: str = "", change: Sequence[tuple[str, str]] = ()) -> Decision:
        with self._write():
            return self._ledger.decide(kind, tuple(subject), who=who, why=why, change=dict(change))

    def decisions(self) -> tuple[Decision, ...]:
        with self._look():
            return self._store.decisions()

    def log(self) -> tuple[HistoryLine, ...]:
        with self._look():
            return self._store.history()

    def conventions(self) -> tuple[tuple[str, str], ...]:
        from crosstally.domain import load_domain
        from crosstally.domain.conventions import convention_names
        from crosstally.reconcile.conventions import read_convention

        return tuple((name, read_convention(name, load_domain()).title) for name in convention_names() if name != "raw")

    def recode(self, convention: str, book: Book) -> Coded:
        from crosstally.domain import load_domain
        from crosstally.reconcile.conventions import recode

        return recode(book, convention, load_domain())

    def history(self, event: str, book: Book) -> tuple[Entry, ...]:
        from crosstally.domain import load_domain
        from crosstally.export.history import history

        return history(book, event, load_domain(), None)

    def close(self) -> None:
        with _SOLVER:
            self._ledger.close()


__all__ = ["LedgerBooks"]
