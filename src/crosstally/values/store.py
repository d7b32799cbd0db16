"""What a ledger must be able to do, whatever it is kept in. Two stores ship: in memory, and an embedded database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Literal, Protocol

import msgspec

from .book import Book, DocumentReading
from .claim import Claim
from .decision import Decision
from .document import Document, Source
from .span import Span

HistoryKind = Literal["document", "reading", "decision", "book", "note"]


class HistoryLine(msgspec.Struct, frozen=True):
    """One line of the append-only log: what came in or changed, when (ISO 8601, UTC). ``subject``: the id it is about, "" for none."""

    number: int
    when: str
    kind: HistoryKind
    subject: str
    text: str


class Hit(msgspec.Struct, frozen=True):
    """A document, or a claim in it, that holds the words searched for. ``span`` is the claim's, None for a hit in the text."""

    document: str
    claim: str | None
    excerpt: str
    span: Span | None = None


class Store(Protocol):
    """A ledger's state. What is written is wholly written or not at all, also when the process is killed; ``put`` goes report by report.

    Documents and readings are added, never changed; a reading may be replaced by a newer reading of the same document.
    ``documents`` come in the order they were added. Errors are ``LedgerError``; nothing was changed then.
    """

    def known(self, ids: Iterable[str]) -> frozenset[str]:
        """Those of ``ids`` that are documents of this ledger."""
        ...

    def put(
        self, documents: Sequence[Document], sources: Sequence[Source], readings: Sequence[DocumentReading], *, replace: bool = False
    ) -> tuple[str, ...]:
        """Adds documents, each with its reading in one transaction a document; returns the ids that are new, in order.

        A document already there is left as it is, and so is its reading unless ``replace``. Every reading must be of a document given
        here or already there; ValueError otherwise. A source already there is kept, its blanks filled from the new one.
        """
        ...

    def documents(self) -> tuple[Document, ...]:
        """All documents, ``version_of`` set by ``chain_versions``."""
        ...

    def sources(self) -> tuple[Source, ...]:
        """All sources, by id."""
        ...

    def readings(self) -> Iterator[DocumentReading]:
        """Every reading, in the order of ``documents``, a few in memory at a time."""
        ...

    def claims(self, *, document: str | None = None, event: str | None = None, measure: str | None = None) -> tuple[Claim, ...]:
        """Claims as read, narrowed. ``event`` as assigned in the book last saved."""
        ...

    def append_decision(self, decision: Decision) -> bool:
        """Appends a judgement; False where the same is already there. ValueError for another judgement under the same id."""
        ...

    def decisions(self) -> tuple[Decision, ...]:
        """All judgements, in the order they were appended."""
        ...

    def save_book(self, book: Book, *, moved: Sequence[tuple[str, str]] | None = None) -> bool:
        """Keeps ``book`` as the account now in force, in place of the last; False where nothing differs.

        ``moved``: event ("" for none) and line of all that changed since the last, from who has compared the two and knows that they differ;
        without it the store loads the last and compares.
        """
        ...

    def load_book(self) -> Book | None:
        """The account last saved, equal in every value; None before the first."""
        ...

    def note(self, text: str, *, subject: str = "") -> None:
        """Appends a line to the history."""
        ...

    def history(self) -> tuple[HistoryLine, ...]:
        """The log, oldest first."""
        ...

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        """Documents and claims that hold all the words, claims first. Any text is a legal query."""
        ...

    def stats(self) -> Mapping[str, int]:
        """How many documents, sources, claims, events, findings, decisions and lines of history."""
        ...

    def close(self) -> None: ...

    def __enter__(self) -> Store: ...

    def __exit__(self, *exception: object) -> None: ...


def chain_versions(documents: Sequence[Document]) -> tuple[Document, ...]:
    """The same documents, those of one address (or one row of a table) chained: each later text is ``version_of`` the one before it.

    Order is by publication time, undated ones last. A chain hangs on what is there alone, so it is the same whether the documents
    came one by one or together, and in any order.
    """
    chains: dict[str, list[int]] = {}
    for at, document in enumerate(documents):
        address = document.url or (f"{document.row.table}\x1f{document.row.key}" if document.row else None)
        if address:
            chains.setdefault(address, []).append(at)
    result = list(documents)
    for members in chains.values():
        if len(members) < 2:
            continue
        ordered = sorted(members, key=lambda at: (_instant(documents[at].published), _version(documents[at]), documents[at].id))
        for before, after in zip([None, *ordered], ordered, strict=False):
            earlier = None if before is None else documents[before].id
            if documents[after].version_of != earlier:
                result[after] = msgspec.structs.replace(documents[after], version_of=earlier)
    return tuple(result)


def _version(document: Document) -> int:
    return document.row.version if document.row else 0


def _instant(published: str | None) -> float:
    """Sort key of a publication time; a time without a zone is taken as UTC, an unknown one sorts last."""
    try:
        parsed = datetime.fromisoformat(published or "")
    except ValueError:
        return float("inf")
    return (parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)).timestamp()
