"""What every store does alike."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import groupby
from pathlib import PurePath

import msgspec

from crosstally.values import Book, Decision, Document, DocumentReading, Source

# Sections of a book that are, as a rule, its documents' readings one after the other.
FROM_READINGS = ("claims", "mentions", "happenings", "unread")


def now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def filled(old: Source, new: Source) -> Source:
    """``old`` with its blanks filled from ``new``. A name that only repeats the id counts as blank."""
    return Source(
        id=old.id,
        name=old.name if old.name and old.name != old.id else new.name or old.name,
        group=old.group or new.group,
        url=old.url or new.url,
        carries=old.carries or new.carries,
        grade=old.grade or new.grade,
    )


def pair(
    documents: Sequence[Document], readings: Sequence[DocumentReading], known: frozenset[str]
) -> Iterator[tuple[Document | None, DocumentReading | None]]:
    """Documents with their readings, then readings of documents already there. ValueError for a reading of neither, or two of one."""
    by_document: dict[str, DocumentReading] = {}
    for reading in readings:
        if reading.document in by_document:
            raise ValueError(f"two readings of document {reading.document}")
        by_document[reading.document] = reading
    given: dict[str, Document] = {}
    for document in documents:
        if given.setdefault(document.id, document) != document:
            raise ValueError(f"two documents with the id {document.id}")
    if strays := sorted(set(by_document) - set(given) - known):
        raise ValueError(f"readings of documents that are not there: {', '.join(strays)}")
    for document in given.values():
        yield document, by_document.pop(document.id, None)
    for reading in by_document.values():
        yield None, reading


def report_name(document: Document, source: Source | None) -> str:
    """A report as a person would name it: its source, and its headline, else when it came out, else its file."""
    outlet = (source.name if source else "") or document.source
    outlet = "" if document.source == "unknown" else outlet
    if document.title or not document.published:
        about = document.title or (PurePath(document.path).name if document.path else document.url or document.id)
        about = f"“{about if len(about) <= 70 else about[:69] + '…'}”"
        return f"{outlet}, {about}" if outlet else about
    when = in_words(document.published)
    return f"{outlet} ({when})" if outlet else f"a report of {when}"


def in_words(moment: str) -> str:
    """ "6 July 2025, 11:00": an ISO time in words; what is none, as it stands."""
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    return f"{at.day} {at:%B %Y}" + (f", {at:%H:%M}" if len(moment) > 10 else "")


def added_line(document: Document, source: Source | None) -> str:
    """The line of the history for a new document."""
    when = f", {in_words(document.published)}" if document.published and document.title else ""
    return f"added {report_name(document, source)}{when}"


def decision_line(decision: Decision, names: Mapping[str, str]) -> str:
    """The line of the history for a decision. ``names``: what its subjects are called, by id; the id where nothing is known."""
    subject = " and ".join(f"“{names[id]}”" if id in names else id for id in decision.subject)
    change = ", ".join(f"{field.replace('_', ' ')} {value or 'none'}" for field, value in decision.change)
    return f"{decision.who}: {decision.kind.replace('_', ' ')} {subject}" + (f" ({change})" if change else "")


def runs(book: Book, section: str) -> dict[str, tuple[object, ...]] | None:
    """A section's values by document, in order; None where a document's values do not stand together."""
    found: dict[str, tuple[object, ...]] = {}
    for document, values in groupby(getattr(book, section), key=lambda value: value.document):
        if document in found:
            return None
        found[document] = tuple(values)
    return found


def words_of(query: str) -> tuple[str, ...]:
    """The words of any text handed in as a query."""
    return tuple("".join(c if c.isalnum() else " " for c in query).split())[:20]


def excerpt(text: str, word: str, width: int = 160) -> str:
    """The stretch of ``text`` around ``word``."""
    at = max(0, text.casefold().find(word.casefold()))
    start = max(0, at - width // 2)
    return ("…" if start else "") + " ".join(text[start : start + width].split()) + ("…" if start + width < len(text) else "")


def without_text(document: Document) -> Document:
    return msgspec.structs.replace(document, text="")
