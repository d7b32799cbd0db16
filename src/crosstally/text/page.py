"""A web page to canonical text, with a map from every character back to the page.

The main text is chosen by trafilatura (Barbaresi 2021); where each of its characters stands in the page is found afterwards, by walking
the page's own visible text beside it. A page is only ever read as characters: nothing in it is run, fetched or looked up.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from crosstally.values import Document, Span

from .markup import Visible, scan
from .pagemeta import PageMeta, page_meta

# Beyond these a page is no article, and choosing its main text would take longer than reading all of it.
_MAX_TAGS = 60_000
_MAX_DEPTH = 400
_NOWHERE = -1
OriginMap = tuple[tuple[int, int], ...]


class Page(msgspec.Struct, frozen=True):
    """``text`` canonical; ``origin_map`` pairs (canonical, original) as in ``Document``, original -1 where the page has no such character.

    ``published``, ``language`` and the like are as the page gives them, None where it does not. ``other_dates``: (place, date) of every
    other publication time the page claims.
    """

    text: str
    origin_map: OriginMap = ()
    title: str | None = None
    published: str | None = None
    site: str | None = None
    language: str | None = None
    url: str | None = None
    other_dates: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def looks_like_page(start: bytes) -> bool:
    """Whether the first bytes of a text, leading whitespace removed, are those of a web page."""
    return start[:15].lower().startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<?xml version"))


def read_page(html: str) -> Page:
    """Main text, its map and what the page says of itself. Raises for no page; ``text`` is "" where nothing is visible."""
    visible = scan(html)
    meta = page_meta(visible)
    notes: list[str] = []
    main = _main_text(html, visible)
    if main is None:
        main = _all_text(visible)
        if main.strip():
            notes.append("its main text could not be told from the rest; all visible text was read")
    aligner = _Aligner(visible)
    if meta.title and _flat(meta.title) not in _flat(main[: len(meta.title) + 1500]) and aligner.has(meta.title):
        main = f"{meta.title}\n\n{main}"  # many pages keep the headline outside the article
    return _page(main, aligner.align(main), meta, tuple(notes))


def origin_of(document: Document, offset: int) -> int | None:
    """Where the character at a canonical offset stands in the decoded file it came from; None where that has no such character."""
    if document.origin_map is None:
        return offset
    at = bisect_right(document.origin_map, (offset, 1 << 62)) - 1
    if at < 0:
        return None
    canonical, original = document.origin_map[at]
    return None if original == _NOWHERE else original + offset - canonical


def origin_span(document: Document, span: Span) -> Span | None:
    """The stretch of the original from a span's first mapped character to its last; None where no character of it is mapped."""
    ends = [found for offset in range(span.start, span.end) if (found := origin_of(document, offset)) is not None]
    return Span(min(ends), max(ends) + 1) if ends else None


def _page(text: str, origins: list[int], meta: PageMeta, notes: tuple[str, ...]) -> Page:
    return Page(
        text=text,
        origin_map=_pairs(origins),
        title=meta.title,
        published=meta.published,
        site=meta.site,
        language=meta.language,
        url=meta.url,
        other_dates=meta.other_dates,
        notes=notes,
    )


def _main_text(html: str, visible: Visible) -> str | None:
    """The article, or None where trafilatura finds none, fails, or would be overwhelmed."""
    if visible.tags > _MAX_TAGS or visible.depth > _MAX_DEPTH or visible.crowded or not visible.text.strip():
        return None
    import logging

    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it says of a broken page is said by us, in our words
    try:
        found = trafilatura.extract(html, fast=True, include_comments=False, include_tables=True, output_format="txt", deduplicate=False)
    except Exception:  # a foreign parser over foreign bytes: whatever it trips over, the page is still read, and the note says how
        return None
    return found.strip("\n") if found and found.strip() else None


def _all_text(visible: Visible) -> str:
    lines = (" ".join(line.split()) for line in visible.text.split("\n"))
    return "\n".join(line for line in lines if line)


def _pairs(origins: list[int]) -> OriginMap:
    """Only the places where the distance between text and page changes."""
    pairs: list[tuple[int, int]] = []
    expected: int | None = None
    for canonical, original in enumerate(origins):
        if original != (expected if expected is not None else object()):
            pairs.append((canonical, original))
        expected = _NOWHERE if original == _NOWHERE else original + 1
    return tuple(pairs)


# Characters that extraction may add or drop: white space, soft hyphens, zero-width marks.
_IGNORABLE = frozenset(c for c in map(chr, range(0x3001)) if c.isspace()) | frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


def _flat(text: str) -> str:
    return "".join([char for char in text if char not in _IGNORABLE])


class _Aligner:
    """Finds stretches of canonical text in a page's visible text, ignoring white space; goes forward, and back only for what moved."""

    _NEAR = 200_000
    _LEAST = 6

    def __init__(self, visible: Visible) -> None:
        self.visible = visible
        kept = [at for at, char in enumerate(visible.text) if char not in _IGNORABLE]
        self.flat = "".join([visible.text[at] for at in kept])
        self.at = kept
        self.cursor = 0

    def has(self, text: str) -> bool:
        return bool(wanted := _flat(text)) and wanted in self.flat

    def align(self, text: str) -> list[int]:
        """For every character of ``text`` its offset in the page, or -1."""
        origins = [_NOWHERE] * len(text)
        start = 0
        for line in text.split("\n"):
            self._line(text, [at for at, char in enumerate(line, start) if char not in _IGNORABLE], origins)
            start += len(line) + 1
        self._spaces(text, origins)
        return origins

    def _line(self, text: str, places: list[int], origins: list[int]) -> None:
        wanted = "".join([text[at] for at in places])
        if not wanted:
            return
        found = self.flat.find(wanted, self.cursor)
        if found < 0 and len(wanted) >= self._LEAST:
            found = self.flat.find(wanted)  # moved by the extraction, or said before
            if found >= 0:
                self._set(places, found, origins)
                return
        if found >= 0 and (len(wanted) >= self._LEAST or found - self.cursor < 200):
            self._set(places, found, origins)
            self.cursor = found + len(wanted)
            return
        self._halves(text, places, origins)

    def _halves(self, text: str, places: list[int], origins: list[int]) -> None:
        """A line that stands nowhere as a whole (a cell added, a mark dropped): its halves, near the cursor, down to a few characters."""
        waiting = [places]
        while waiting:
            part = waiting.pop()
            if len(part) < self._LEAST:
                continue
            wanted = "".join([text[at] for at in part])
            found = self.flat.find(wanted, self.cursor, self.cursor + self._NEAR)
            if found >= 0:
                self._set(part, found, origins)
                self.cursor = found + len(part)
            elif len(part) >= 2 * self._LEAST:
                waiting += [part[len(part) // 2 :], part[: len(part) // 2]]

    def _set(self, places: list[int], found: int, origins: list[int]) -> None:
        origin, at = self.visible.origin, self.at
        for step, place in enumerate(places, found):
            origins[place] = origin[at[step]]

    def _spaces(self, text: str, origins: list[int]) -> None:
        """White space maps to the white space that stands at the same side of a mapped character, where there is some."""
        html = self.visible.html
        for at in range(1, len(text)):
            if origins[at] == _NOWHERE and text[at].isspace() and origins[at - 1] != _NOWHERE:
                behind = origins[at - 1] + 1
                if behind < len(html) and html[behind].isspace():
                    origins[at] = behind
