"""Who published what: sources, documents, and a document's text cut into sentences and tokens."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from functools import cached_property
from typing import Literal

import msgspec

from .span import Span

Furniture = Literal["repeated", "caption", "counter", "disclaimer", "link", "byline", "dateline", "navigation"]


class Source(msgspec.Struct, frozen=True):
    """A publisher: outlet, agency, official channel. ``group`` joins outlets of one owner; ``carries`` names an agency whose copy it prints.

    ``grade``: what a person says of its reliability (``sources.csv``), in that person's own scale. None where nobody did; never guessed.
    """

    id: str
    name: str = ""
    group: str | None = None
    url: str | None = None
    carries: str | None = None
    grade: str | None = None


class TableRow(msgspec.Struct, frozen=True):
    """That a document is one row of a table. ``table``: whose table of what; ``key``: which row of it, the same in a later version of it.

    ``version`` counts up as the row comes again with other words or figures: the order in which they were taken in, since the row's own time
    stays what it was.
    """

    table: str
    key: str
    version: int = 1


class Document(msgspec.Struct, frozen=True):
    """One version of one publication by one source. ``text`` is canonical: every span is an offset into it.

    ``published`` is ISO 8601 (date or datetime) or None. ``origin_map`` maps canonical offsets back to the page the text came from, as
    ``(canonical, original)`` pairs at every place where the difference changes; None where the text is the file as handed in.
    ``row`` is set where the document is one row of a table whose rows each tell of an event of their own.
    """

    id: str
    text: str
    source: str = "unknown"
    title: str = ""
    published: str | None = None
    language: str | None = None
    url: str | None = None
    path: str | None = None
    version_of: str | None = None
    origin_map: tuple[tuple[int, int], ...] | None = None
    row: TableRow | None = None

    @classmethod
    def from_text(
        cls,
        text: str,
        *,
        id: str | None = None,
        title: str = "",
        published: str | date | datetime | None = None,
        source: str = "unknown",
        url: str | None = None,
        language: str | None = None,
    ) -> Document:
        """A document from text in hand. ``published``: ISO string, date or datetime; raises ValueError for a string that is neither.

        ``id`` defaults to the content hash.
        """
        return cls(
            id=id if id is not None else content_id(text),
            text=text,
            source=source,
            title=title,
            published=iso(published),
            language=language,
            url=url,
        )


def content_id(*parts: str | None) -> str:
    """"d" and 12 hex digits of the content's BLAKE2b hash; parts are separated, so ("ab", "c") and ("a", "bc") differ."""
    return "d" + hashlib.blake2b("\x1f".join(p or "" for p in parts).encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def iso(moment: str | date | datetime | None) -> str | None:
    """ISO 8601 text of a publication time, or None for nothing. Raises ValueError for a string that is no ISO date or datetime."""
    if moment is None or moment == "":
        return None
    if isinstance(moment, str):
        parsed = datetime.fromisoformat(moment.strip())
        return moment.strip() if len(moment.strip()) > 10 else parsed.date().isoformat()
    return moment.isoformat()


class Token(msgspec.Struct, frozen=True):
    """A word, a number or a mark of punctuation. ``lower`` has curly apostrophes straightened; ``text`` never changes."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Sentence(msgspec.Struct, frozen=True, dict=True):
    """A sentence of a document. ``furniture`` names what kind of page furniture it is, None for content; ``title`` marks a headline."""

    index: int
    span: Span
    paragraph: int
    tokens: tuple[Token, ...]
    furniture: Furniture | None = None
    title: bool = False

    @cached_property
    def words(self) -> frozenset[str]:
        """Every ``lower`` of its tokens: made once, for all who ask whether a word stands in the sentence."""
        return frozenset([t.lower for t in self.tokens])

    def lacks(self, table: frozenset[str]) -> bool:
        """Whether no word of a table stands in the sentence: the sieve that all readers share.

        What a reader can only find where a word of its table stands (a trigger, a verb of saying, a unit of time) it need not look for in a
        sentence that lacks them all. Costs a look-up for each word of the sentence at most, however large the table.
        """
        return self.words.isdisjoint(table)
