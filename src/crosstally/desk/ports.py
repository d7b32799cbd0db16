"""What the desk asks of a ledger. ``crosstally.serving`` gives it one; the desk itself imports neither the store nor intake."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from crosstally.values import Book, Coded, Decision, Entry, HistoryLine, Hit


class Offer(msgspec.Struct, frozen=True):
    """One thing handed in: the bytes of a file or of pasted text, or an address to fetch (then ``data`` is None).

    ``source``, ``published``, ``title`` and ``url`` are what the person says of it; blank where nothing is said. ``catalogue``: the bytes
    of a ``sources.csv`` handed in with it.
    """

    name: str
    data: bytes | None = None
    url: str = ""
    source: str = ""
    published: str = ""
    title: str = ""
    catalogue: bytes | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What became of an offer. ``documents``: ids it gave, new or known. ``problems``: what could not be read and how to mend it.

    ``bytes`` and ``sha256`` are of what came in; ``address`` the one that answered, after redirects.
    """

    documents: tuple[str, ...] = ()
    fresh: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    bytes: int = 0
    sha256: str = ""
    address: str = ""


class Change(msgspec.Struct, frozen=True):
    """A line of what a new account says that the one before did not."""

    text: str
    event: str | None = None
    claims: tuple[str, ...] = ()


class Books(Protocol):
    """A ledger as the desk uses it. Errors meant for a person are ``CrosstallyError``; ``LookupError`` for an id that is not here."""

    @property
    def name(self) -> str:
        """What the person calls this ledger: the file's name, or "in memory"."""
        ...

    def version(self) -> str:
        """Changes whenever the account does, also by another process; cheap to ask."""
        ...

    def book(self) -> Book:
        """The whole account now in force."""
        ...

    def as_of(self, moment: str, documents: frozenset[str] | None = None) -> Book:
        """The account from what was out at ``moment``, of these documents alone where they are given. ValueError for no ISO time."""
        ...

    def search(self, words: str, limit: int) -> tuple[Hit, ...]: ...

    def take(self, offer: Offer) -> Outcome:
        """Reads one offer into the ledger, fetching it where it is an address. Trouble is in the outcome."""
        ...

    def settle(self) -> tuple[Change, ...]:
        """Brings the account up to date after offers or decisions, keeps it, and says what changed."""
        ...

    def decide(self, kind: str, subject: Sequence[str], *, who: str, why: str = "", change: Sequence[tuple[str, str]] = ()) -> Decision:
        """Appends a judgement. ValueError where it cannot be meant."""
        ...

    def decisions(self) -> tuple[Decision, ...]: ...

    def log(self) -> tuple[HistoryLine, ...]: ...

    def conventions(self) -> tuple[tuple[str, str], ...]:
        """Name and title of every convention."""
        ...

    def recode(self, convention: str, book: Book) -> Coded: ...

    def history(self, event: str, book: Book) -> tuple[Entry, ...]: ...
