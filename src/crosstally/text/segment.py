"""A document's text cut into paragraphs, sentences and tokens, by rules, with every offset kept.

Sentences cover the content; white space, bullets and heading marks lie between them. A sentence may end inside a quotation; the closing
quotation mark belongs to the sentence it closes. A dateline ("KYIV, Ukraine (AP) —") is a sentence of its own, marked as furniture, so
that the report's first sentence begins with its first words and the place stays readable. How tokens are cut: see ``tokens``.
"""

from __future__ import annotations

import re

from crosstally.domain.model import Language
from crosstally.text.furniture import FurnitureRules, furniture_rules, plain_line
from crosstally.text.layout import Block, blocks
from crosstally.text.tokens import Abbreviations, abbreviations, tokenize
from crosstally.values import Furniture, Sentence, Span, Token

_FINAL = frozenset(".!?\u2026")
_CLOSERS = frozenset("\u201d\u2019\u00bb)]\"'")
_OPENERS = frozenset("\u201c\u2018\u00ab([\"'\u201e")
_QUOTED = frozenset("\u201d\"\u2019") | {"''"}  # closers that end a quotation, as a single straight one need not
_NOTE = re.compile(r"(?:\[\d{1,3}\])+")
_HEADLINE_WORDS = 30
_LONGEST = 400  # tokens of a sentence
_CAPTION_SENTENCES = 2


def segment(text: str, title: str, language: Language) -> tuple[Sentence, ...]:
    """Sentences of ``text`` in order, spans half-open code point offsets into it.

    ``title``: the headline given beside the text, or "". The line that repeats it, or else a first line that reads like a headline, is
    marked ``title``; later repetitions are furniture of kind "repeated".
    """
    table, rules = abbreviations(language), furniture_rules(language)
    layout = blocks(text)
    head = _headline(text, title, layout, rules)
    found: list[Sentence] = []
    lines_seen: set[str] = set()
    sentences_seen: dict[str, int] = {}
    listing = False  # below the head of a list of other reports
    for number, block in enumerate(layout):
        line = text[block.start : block.end]
        tokens = tokenize(text, block.start, block.end, language)
        if not tokens:
            continue
        plain = plain_line(line)
        kind: Furniture | None = None
        if plain in lines_seen and plain.count(" ") + 1 >= rules.line_words:
            kind = "repeated"
        elif number != head:
            kind = rules.kind(line)
        listing = number != head and (rules.opens_list(line) or (listing and (kind is not None or rules.listed(line))))
        if listing and kind is None:
            kind = "link"
        lines_seen.add(plain)
        start = block.start
        if kind is None and number != head and number <= rules.dateline_paragraphs and block.kind == "text":
            start = rules.dateline_end(text, block.start, block.end)
        cuts = _cuts(text, tokens, table)
        marks = _marks(kind, len(cuts), rules, line)
        first = 0
        if start > block.start:
            first = next((i for i, t in enumerate(tokens) if t.start >= start), len(tokens))
            if first == len(tokens):
                first = 0
            else:
                found.append(_sentence(len(found), number, tokens[:first], "dateline", False))
        for cut, mark in zip(cuts, marks, strict=True):
            if cut <= first:
                continue
            part = tokens[first:cut]
            first = cut
            if mark is None and number != head and len(part) >= rules.sentence_words:
                same = plain_line(text[part[0].start : part[-1].end])
                if sentences_seen.setdefault(same, number) != number:
                    mark = "repeated"
            found.append(_sentence(len(found), number, part, mark, number == head))
    return tuple(found)


def _marks(kind: Furniture | None, count: int, rules: FurnitureRules, line: str) -> list[Furniture | None]:
    """The kind of each sentence of a line. A caption run together with a longer paragraph is the sentence at its end only."""
    if kind != "caption" or count <= _CAPTION_SENTENCES:
        return [kind] * count
    marks: list[Furniture | None] = [None] * count
    marks[0 if rules.begins(line) == kind else -1] = kind
    return marks


def _sentence(index: int, paragraph: int, tokens: list[Token], furniture: Furniture | None, title: bool) -> Sentence:
    return Sentence(index, Span(tokens[0].start, tokens[-1].end), paragraph, tuple(tokens), furniture, title)


def _headline(text: str, title: str, layout: list[Block], rules: FurnitureRules) -> int:
    """Which block is the headline, -1 for none."""
    wanted = plain_line(title)
    if wanted:
        for number, block in enumerate(layout[:12]):
            plain = plain_line(text[block.start : block.end])
            if plain == wanted or (len(plain) > 20 and wanted.startswith(plain) and len(plain) * 2 > len(wanted)):
                return number
    for number, block in enumerate(layout[:3]):
        line = text[block.start : block.end]
        if rules.kind(line) is not None:
            continue
        unfinished = line[-1] not in _FINAL and line[-1] not in ":;,"
        closed = line[-1] in _CLOSERS and len(line) > 1 and line[-2] in _FINAL
        short = line.count(" ") < _HEADLINE_WORDS
        followed = number + 1 < len(layout)
        if block.kind == "heading" and followed:
            return number
        longer = followed and layout[number + 1].end - layout[number + 1].start > block.end - block.start
        return number if followed and block.kind == "text" and short and unfinished and not closed and (block.apart or longer) else -1
    return -1


def _cuts(text: str, tokens: list[Token], table: Abbreviations) -> list[int]:
    """Token indices at which a sentence of this paragraph ends (exclusive)."""
    cuts: list[int] = []
    at, count = 0, len(tokens)
    quoted = False  # inside straight double quotation marks
    while at < count:
        token = tokens[at]
        last = token.text[-1]
        if token.text == '"':
            quoted = not quoted
        if last not in _FINAL:
            at += 1
            continue
        stop = at + 1
        closed = False
        while stop < count and tokens[stop].start == tokens[stop - 1].end and tokens[stop].text in _CLOSERS:
            if tokens[stop].text == '"':
                if not quoted:
                    break
                quoted = False
            closed = closed or tokens[stop].text in _QUOTED or tokens[stop - 1].text == tokens[stop].text == "'"
            stop += 1
        if stop < count and text[tokens[stop].start] == "[" and (note := _NOTE.match(text, tokens[stop].start)):
            while stop < count and tokens[stop].end <= note.end():
                stop += 1
        if stop >= count:
            break
        if _ends(text, tokens, at, stop, closed, table):
            cuts.append(stop)
        at = stop
    cuts.append(count)
    return _bounded(cuts, tokens)


def _bounded(cuts: list[int], tokens: list[Token]) -> list[int]:
    """Cuts so that no sentence is endless: the readers of a sentence compare its parts with each other. Nobody writes one this long; tables
    without stops, and text made to slow us down, are. At a mark where there is one near."""
    if len(tokens) <= _LONGEST:
        return cuts
    found: list[int] = []
    first = 0
    for cut in cuts:
        while cut - first > _LONGEST:
            room = range(first + _LONGEST, first + _LONGEST // 2, -1)
            first = next((i for i in room if tokens[i - 1].text in ",;:"), first + _LONGEST)
            found.append(first)
        found.append(cut)
        first = cut
    return found


def _ends(text: str, tokens: list[Token], at: int, stop: int, closed: bool, table: Abbreviations) -> bool:
    """Whether the mark at token ``at`` ends a sentence whose next token would be ``stop``."""
    token, following = tokens[at], tokens[stop]
    word = following
    if following.text in _OPENERS and stop + 1 < len(tokens):
        word = tokens[stop + 1]
    capital = word.text[:1].isupper()
    spaced = following.start > tokens[stop - 1].end
    if token.text[-1] in "!?" and len(token.text) == 1:
        if not (capital or word.text[:1].isdigit() or following.text in _OPENERS):
            return False
        return not (closed and any(t.lower in table.asked for t in tokens[stop : stop + 5]))
    if len(token.text) > 1 and token.text[0].isalnum():
        # An abbreviation or an initial that carries its own stop. Closed by a quotation mark it ended the sentence.
        if closed:
            return capital
        bare = token.lower.rstrip(".")
        if bare in table.titles or not spaced:
            return False
        if token.lower in table.clock:
            place_time = stop + 1 < len(tokens) and tokens[stop + 1].lower in table.clock_words
            return capital and word.lower not in table.after_clock and not place_time
        return (capital and word.lower in table.openers) or following.text in "\u201c\u2022"
    if not spaced:
        # "Ukraine.Kyiv": no space after the full stop, but two whole words.
        before = tokens[at - 1] if at else token
        whole = len(before.text) > 1 and before.text[-1].isalnum() and (len(word.text) > 1 or following.text in _OPENERS)
        return capital and (closed or (whole and not word.text.isupper()) or (following.text in _OPENERS and before.text[-1:].islower()))
    return capital or word.text[:1].isdigit() or following.text in _OPENERS or not word.text[:1].isalpha() or not word.text.isascii()
