"""A text's lines gathered into paragraphs: blank lines, hard wraps, headings, bullets."""

from __future__ import annotations

import itertools
import re
from typing import Literal, NamedTuple

_LINE = re.compile(r"[^\r\n\u2028\u2029\x0b\x0c]+")
_BLANK = re.compile(r"(?:\r\n|[\r\n\u2028\u2029\x0b\x0c])[ \t\u00a0\u200b\ufeff]*(?:\r\n|[\r\n\u2028\u2029\x0b\x0c])|[\u2029\x0c]")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_BULLET = re.compile(
    r"(?:[\u2022\u2023\u25aa\u25cf\u25e6\u2043\u00b7\u2219\u27a4\u25ba*\u2013\u2014+-]|\d{1,2}[.)]|[a-z]\))[ \t\u00a0]+(?=\S)"
)
_INLINE = re.compile(r"\s[\u2022\u2023\u25aa\u25cf\u25e6\u2043\u27a4\u25ba]\s")
_ENDS = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)\]]*$")
# Wider lines than this are no hard wrap but whole paragraphs, or soft-wrapped text.
_WIDEST_WRAP = 130
# A wrapped line leaves less room than a long word needs.
_SLACK = 16

Kind = Literal["text", "heading", "bullet"]


class Block(NamedTuple):
    """One paragraph: ``[start, end)`` without bullet or heading mark; ``apart``: a blank line or the end follows."""

    start: int
    end: int
    kind: Kind
    apart: bool


class _Line(NamedTuple):
    start: int
    end: int
    after_blank: bool


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    last = 0
    for match in _LINE.finditer(text):
        raw = match.group()
        kept = raw.strip(" \t\u00a0\u200b\ufeff")
        if not kept:
            continue
        start = match.start() + raw.index(kept)
        gap = text[last:start]
        lines.append(_Line(start, start + len(kept), not lines or _BLANK.search(gap) is not None))
        last = start + len(kept)
    return lines


def _wrap_width(text: str, lines: list[_Line]) -> int:
    """The width at which the text was wrapped by hand, or 0 where a line is a paragraph.

    A wrapped text has lines of much the same length that stop in mid-sentence.
    """
    open_ended = joined = widest = 0
    for line, following in itertools.pairwise(lines):
        if following.after_blank:
            continue
        length = line.end - line.start
        widest = max(widest, length)
        if length >= 40:
            joined += 1
            open_ended += _ENDS.search(text[line.start : line.end]) is None
    widest = max([widest, *(line.end - line.start for line in lines)])
    return widest if joined and widest <= _WIDEST_WRAP and open_ended >= 0.4 * joined else 0


def _continues(text: str, line: _Line, following: _Line, width: int) -> bool:
    """Whether ``following`` carries on ``line`` after a single line break."""
    marked = _HEADING.match(text, line.start) or _HEADING.match(text, following.start) or _BULLET.match(text, following.start)
    if following.after_blank or marked:
        return False
    ended = _ENDS.search(text[line.start : line.end]) is not None
    if width:
        word = len(text[following.start : following.end].split(None, 1)[0])
        full = (line.end - line.start) + 1 + word > width - (_SLACK if not ended else 0)
        return full or (not ended and text[following.start].islower())
    return not ended and text[following.start].islower()


def blocks(text: str) -> list[Block]:
    """Paragraphs in order. Offsets are into ``text``; marks of headings and bullets lie outside them."""
    lines = _lines(text)
    width = _wrap_width(text, lines)
    found: list[Block] = []
    at = 0
    while at < len(lines):
        last = at
        while last + 1 < len(lines) and _continues(text, lines[last], lines[last + 1], width):
            last += 1
        start, end = lines[at].start, lines[last].end
        apart = last + 1 == len(lines) or lines[last + 1].after_blank
        kind: Kind = "text"
        if mark := _HEADING.match(text, start, end):
            kind, start = "heading", mark.end()
        elif mark := _BULLET.match(text, start, end):
            kind, start = "bullet", mark.end()
        cut = start
        for inner in _INLINE.finditer(text, start, end):
            if inner.start() > cut:
                found.append(Block(cut, inner.start(), kind, False))
            kind, cut = "bullet", inner.end()
        if cut < end:
            found.append(Block(cut, end, kind, apart))
        at = last + 1
    return found
