"""A ledger that lives as long as the process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from crosstally.values import (
    Book,
    Claim,
    Decision,
    Document,
    DocumentReading,
    HistoryLine,
    Hit,
    Source,
    chain_versions,
)
from crosstally.values.store import HistoryKind

from .changes import moved_lines
from .common import added_line, decision_line, excerpt, filled, now, pair, words_of


class MemoryStore:
    """The contract of ``Store`` over dictionaries. Not for use by several threads at once."""

    def __init__(self, *, clock: Callable[[], str] | None = None) -> None:
        self._clock = clock or now
        self._documents: dict[str, Document] = {}
        self._sources: dict[str, Source] = {}
        self._readings: dict[str, DocumentReading] = {}
        self._decisions: dict[str, Decision] = {}
        self._history: list[HistoryLine] = []
        self._book: Book | None = None

    def known(self, ids: Iterable[str]) -> frozenset[str]:
        return frozenset(id for id in ids if id in self._documents)

    def put(
        self, documents: Sequence[Document], sources: Sequence[Source], readings: Sequence[DocumentReading], *, replace: bool = False
    ) -> tuple[str, ...]:
        given = {source.id: source for source in sources}
        pairs = list(pair(documents, readings, frozenset(self._documents)))
        for source in given.values():
            self._sources[source.id] = filled(self._sources.get(source.id, source), source)
        new: list[str] = []
        for document, reading in pairs:
            if document is not None and document.id not in self._documents:
                self._sources.setdefault(document.source, Source(id=document.source, name=document.source))
                self._documents[document.id] = document
                new.append(document.id)
                self._log("document", document.id, added_line(document, self._sources[document.source]))
            if reading is not None:
                old = self._readings.get(reading.document)
                if old is None or (replace and old != reading):
                    self._readings[reading.document] = reading
                    if old is not None:
                        self._log("reading", reading.document, "read again")
        return tuple(new)

    def documents(self) -> tuple[Document, ...]:
        return chain_versions(tuple(self._documents.values()))

    def sources(self) -> tuple[Source, ...]:
        return tuple(self._sources[id] for id in sorted(self._sources))

    def readings(self) -> Iterator[DocumentReading]:
        for id in tuple(self._documents):
            if (reading := self._readings.get(id)) is not None:
                yield reading

    def claims(self, *, document: str | None = None, event: str | None = None, measure: str | None = None) -> tuple[Claim, ...]:
        assigned = {a.claim for a in (self._book.assignments if self._book else ()) if a.event == event}
        return tuple(
            claim
            for reading in self.readings()
            if document is None or reading.document == document
            for claim in reading.claims
            if (measure is None or claim.measure == measure) and (event is None or claim.id in assigned)
        )

    def append_decision(self, decision: Decision) -> bool:
        old = self._decisions.get(decision.id)
        if old is not None:
            if old != decision:
                raise ValueError(f"another decision has the id {decision.id}")
            return False
        self._decisions[decision.id] = decision
        book = self._book or Book()
        names = {event.id: event.title for event in book.events} | {entity.id: entity.name for entity in book.entities}
        names |= {claim.id: claim.text for reading in self._readings.values() for claim in reading.claims if claim.id in decision.subject}
        self._log("decision", decision.id, decision_line(decision, names))
        return True

    def decisions(self) -> tuple[Decision, ...]:
        return tuple(self._decisions.values())

    def save_book(self, book: Book, *, moved: Sequence[tuple[str, str]] | None = None) -> bool:
        if moved is None and self._book == book:
            return False
        for event, line in moved_lines(self._book, book) if moved is None else moved:
            self._log("book", event, line)
        self._book = book
        return True

    def load_book(self) -> Book | None:
        return self._book

    def note(self, text: str, *, subject: str = "") -> None:
        self._log("note", subject, text)

    def history(self) -> tuple[HistoryLine, ...]:
        return tuple(self._history)

    def search(self, words: str, *, limit: int = 50) -> tuple[Hit, ...]:
        wanted = [word.casefold() for word in words_of(words)]
        if not wanted:
            return ()
        hits = [
            Hit(claim.document, claim.id, claim.text, claim.span)
            for reading in self.readings()
            for claim in reading.claims
            if all(word in claim.text.casefold() for word in wanted)
        ]
        hits += [
            Hit(document.id, None, excerpt(document.text, wanted[0]))
            for document in self._documents.values()
            if all(word in f"{document.title}\n{document.text}".casefold() for word in wanted)
        ]
        return tuple(hits[:limit])

    def stats(self) -> Mapping[str, int]:
        return {
            "documents": len(self._documents),
            "sources": len(self._sources),
            "claims": sum(len(reading.claims) for reading in self._readings.values()),
            "events": len(self._book.events) if self._book else 0,
            "findings": len(self._book.findings) if self._book else 0,
            "decisions": len(self._decisions),
            "history": len(self._history),
        }

    def close(self) -> None:
        """Nothing to close; the ledger stays readable until it is forgotten."""

    def __enter__(self) -> MemoryStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self.close()

    def _log(self, kind: HistoryKind, subject: str, text: str) -> None:
        self._history.append(HistoryLine(len(self._history) + 1, self._clock(), kind, subject, text))
