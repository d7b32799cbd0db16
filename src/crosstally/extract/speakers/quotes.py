"""Words in quotation marks: where they begin and end, marks paired the way people type them.

One pass over each paragraph's marks with a stack. Curly, straight, low and angled marks are known; a curly closing single mark is an
apostrophe where the letters around it say so; a quote that runs on opens again in the next paragraph without having closed; a mark that
never closes gives up at the end of its sentence rather than swallow the text. Who said it is found later, by ``speakers.attribute``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from crosstally.domain.model import Language
from crosstally.values import Document, Mention, QuoteValue, Sentence, Span

_MARKS = re.compile("'''|''|``|[\"“”„«»‘’'‹›]")
_CLOSES = {"“": "”", "„": "”", "«": "»", "‹": "›", "‘": "’", '"': '"', "'": "'", "”": "”"}
_SINGLE = frozenset("‘'‹")
_OPENERS = frozenset('“„«"‘')
_LEAD = frozenset(" \t\n\u00a0\u2009\u202f([{—–-/…:,“”\"‘'«")
_TRAIL = frozenset(" \t\n\u00a0\u2009\u202f.,;:!?)]}—–-/…”\"’'»")
_ELISIONS = ("em", "til", "tis", "twas", "cause", "n", "round", "bout")
_RUN_ON = 2500  # characters a quote may run on to the end of its paragraph when the next opens with a mark
_SINGLE_MOST = 400  # a single-marked quote longer than this is a stray apostrophe
_STRAY = 1500  # nor does a quote in a paragraph run longer than this
_NESTED_LEAST = 3  # words; a shorter quote inside a quote is a manner of speaking


class _Pair(NamedTuple):
    start: int  # of the opening mark
    end: int  # after the closing mark, or the paragraph's end when there is none
    closed: bool
    depth: int
    width: int = 1  # of the marks


def read_quotes(document: Document, sentences: tuple[Sentence, ...], language: Language) -> tuple[Mention, ...]:
    """Quotes of a document's content (no furniture), in order of text.

    The span is the words without the marks, the cover has them. ``value.speaker`` is left open. Rules: "quote", "quote, runs on" (no
    closing mark, the next paragraph opens with one), "quote, unclosed" (cut at its sentence's end), "quote within a quote".
    """
    text = document.text
    found: list[Mention] = []
    blocks = _paragraphs(sentences)
    for n, block in enumerate(blocks):
        start, end = block[0].span.start, block[-1].span.end
        following = blocks[n + 1][0].span.start if n + 1 < len(blocks) else None
        runs_on = following is not None and text[following : following + 1] in _OPENERS
        for pair in _pairs(text, start, end):
            found.extend(_mention(document, block, pair, runs_on))
    return tuple(sorted(found, key=lambda m: (m.span.start, -m.span.end)))


def _paragraphs(sentences: tuple[Sentence, ...]) -> list[list[Sentence]]:
    blocks: list[list[Sentence]] = []
    for sentence in sentences:
        if sentence.furniture is not None:
            continue
        if blocks and blocks[-1][0].paragraph == sentence.paragraph:
            blocks[-1].append(sentence)
        else:
            blocks.append([sentence])
    return blocks


def _pairs(text: str, start: int, end: int) -> list[_Pair]:
    stack: list[tuple[str, int]] = []
    pairs: list[_Pair] = []
    wide: set[int] = set()  # where two single marks stand for a double one

    def close(at: int, after: int) -> None:
        # What opened inside and never closed was an apostrophe or a slip.
        del stack[at + 1 :]
        mark, opened = stack.pop()
        depth = sum(m not in _SINGLE for m, _ in stack) + (mark in _SINGLE and bool(stack))
        pairs.append(_Pair(opened, after, True, depth, 2 if opened in wide else 1))

    marks = list(_marks(text, start, end))
    for number, (mark, p, q) in enumerate(marks):
        before = text[p - 1] if p > start else " "
        after = text[q] if q < end else " "
        if mark in ("''", "``"):
            mark = '"'
            wide.add(p)
        if mark in "“„«‹‘":
            if mark == "“" and stack and (stack[-1][0] == "„" or (stack[-1][0] == "“" and before in ",.!?" and not after.isalnum())):
                close(len(stack) - 1, q)  # low marks close so; and some type an opening mark to close
            elif mark == "“" and before in ",.!?" and after.isspace():
                continue  # typed to close what was opened in a paragraph before, or nowhere
            elif mark == "»" or (mark == "‘" and (before.isalnum() or not _single_closes(text, q, end))):
                continue
            else:
                at = next((n for n, (m, _) in enumerate(stack) if m == mark and mark not in _SINGLE), None)
                if at is not None and not _nests(marks, number):  # the same mark opens again: the earlier never closed
                    _, opened = stack[at]
                    del stack[at:]
                    pairs.append(_Pair(opened, opened, False, 0))
                stack.append((mark, p))
        elif mark in "”»›":
            at = next((n for n in range(len(stack) - 1, -1, -1) if _CLOSES[stack[n][0]] == mark), None)
            if at is None and mark == "”":  # opened with a straight mark
                at = next((n for n, (m, _) in enumerate(stack) if m == '"'), None)
            if at is not None:
                close(at, q)
            elif mark == "”" and before in _LEAD and after.isalnum():
                stack.append((mark, p))  # a closing mark typed to open
        elif mark == '"':
            at = next((n for n in range(len(stack) - 1, -1, -1) if stack[n][0] in ('"', "“", "”")), None)
            opens, closes = before in _LEAD and after not in " \t\n", after in _TRAIL and before not in " \t\n"
            if at is not None and (closes or not opens):
                close(at, q)
            elif at is not None and stack[at][0] == '"' and p - stack[at][1] > 1:
                _, opened = stack[at]
                del stack[at:]
                pairs.append(_Pair(opened, opened, False, 0))
                stack.append((mark, p))
            elif at is None and (opens or not closes) and not before.isdigit():
                stack.append((mark, p))
        elif mark == "’" or mark == "'":
            at = next((n for n in range(len(stack) - 1, -1, -1) if _CLOSES[stack[n][0]] == mark and stack[n][0] in _SINGLE), None)
            if at is not None and not after.isalnum() and before not in " \t\n" and not _plural_owner(text, p, end):
                close(at, q)
            elif at is None and mark == "'" and before in _LEAD and after.isalnum() and _single_closes(text, q, end, "'"):
                stack.append((mark, p))
    if stack:
        at = next((n for n, (m, _) in enumerate(stack) if m not in _SINGLE), None)
        if at is not None:
            pairs.append(_Pair(stack[at][1], end, False, 0))
    return pairs


def _nests(marks: list[tuple[str, int, int]], number: int) -> bool:
    """Whether a mark that opens again inside its like is closed, and then the outer one, before it opens a third time: “the “Falcon” unit”."""
    mark, closes = marks[number][0], 0
    for other, _, _ in marks[number + 1 :]:
        if other == mark:
            return False
        closes += other == _CLOSES[mark]
        if closes == 2:
            return True
    return False


def _marks(text: str, start: int, end: int) -> Iterator[tuple[str, int, int]]:
    """Marks with their places; three single marks in a row are a double and a single one, the single one inside."""
    for hit in _MARKS.finditer(text, start, end):
        mark, p, q = hit.group(), hit.start(), hit.end()
        if mark == "'''":
            opens = p == start or text[p - 1] in " \t\n(["
            yield ("''", p, p + 2) if opens else ("'", p, p + 1)
            yield ("'", p + 2, q) if opens else ("''", p + 1, q)
        else:
            yield mark, p, q


def _single_closes(text: str, start: int, end: int, mark: str = "’") -> bool:
    """A single mark opens a quote only if a mark that can close one follows soon, and what follows is no elision ('em, '90s)."""
    word = text[start : start + 6].lower()
    if word[:1].isdigit() and word[2:3] == "s":
        return False
    if any(word.startswith(e) and not word[len(e) : len(e) + 1].isalpha() for e in _ELISIONS):
        return False
    limit = min(end, start + _SINGLE_MOST)
    p = text.find(mark, start, limit)
    while p != -1:
        if not (p + 1 < end and text[p + 1].isalnum()) and text[p - 1] not in " \t\n" and not _plural_owner(text, p, end):
            return True
        p = text.find(mark, p + 1, limit)
    return False


def _plural_owner(text: str, p: int, end: int) -> bool:
    """``officials’ homes``: an s before, a small letter after, and a likelier closing mark further on in the sentence."""
    if text[p - 1] not in "sS" or text[p + 1 : p + 2] != " " or not text[p + 2 : p + 3].islower():
        return False
    mark, later = text[p], p
    while (later := text.find(mark, later + 1, min(end, p + 120))) != -1:
        if not (later + 1 < end and text[later + 1].isalnum()) and text[later - 1] not in " sS":
            return True
    return False


def _mention(document: Document, block: list[Sentence], pair: _Pair, runs_on: bool) -> list[Mention]:
    text = document.text
    home = _home(block, pair.start)
    rule, start, end, cover_end = "quote", pair.start + pair.width, pair.end - pair.width, pair.end
    if not pair.closed:
        limit = block[-1].span.end
        if runs_on and pair.end == limit and limit - start <= _RUN_ON:
            rule, end = "quote, runs on", limit
        else:
            rule, end = "quote, unclosed", home.span.end
        cover_end = end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    words = text[start:end].split()
    if not any(c.isalnum() for c in text[start:end]) or (len(text) and end - start > _STRAY and rule == "quote, unclosed"):
        return []
    if rule == "quote, unclosed" and len(words) < 3:
        return []
    if pair.depth:
        if len(words) < _NESTED_LEAST:
            return []
        rule = "quote within a quote"
    if pair.closed and _nickname(text, pair, words):
        return []
    scare = pair.closed and len(words) <= 4 and text[end - 1] not in ".!?,…" and text[cover_end : cover_end + 1] not in ","
    value = QuoteValue(scare=scare)
    span, cover = Span(start, end), Span(pair.start, cover_end)
    return [Mention(document.id, span, "quote", text[start:end], value, rule, cover=cover, sentence=home.index)]


def _nickname(text: str, pair: _Pair, words: list[str]) -> bool:
    """``Ivan “Falcon” Petrenko``: a call sign between two parts of a name is part of the name."""
    if len(words) > 2 or not all(w[:1].isupper() for w in words) or words[-1][-1:] in ".!?,":
        return False
    before, after = text[max(0, pair.start - 40) : pair.start], text[pair.end : pair.end + 40]
    if not before.endswith((" ", "\u00a0")) or not after.startswith((" ", "\u00a0")):
        return False
    left, right = before.split(), after.split()
    return bool(left and right and left[-1][:1].isupper() and left[-1][-1:].isalpha() and right[0][:1].isupper())


def _home(block: list[Sentence], at: int) -> Sentence:
    return next((s for s in reversed(block) if s.span.start <= at), block[0])
