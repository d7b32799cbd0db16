"""How one text came from another: shared runs of words, found by seeds and grown by alignment; agency copy that is credited.

Seeds are runs of five words that two documents share; each is grown to both sides over small differences. What counts as a passage is words
outside quotation marks: two reports of one speech share the speech, not each other's text. Furniture is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Literal
from zlib import crc32

import msgspec

from crosstally.values import Document, DocumentReading, Lineage, Source, Span

from .tables import load_rules
from .times import day, day_words

_WORD = re.compile(r"[^\W_]+")
SEED = 5  # words in a row
PASSAGE = 12  # words, outside quotation marks
COPY = 0.6  # share of the shorter text's words that makes it a copy
_GAP = 3  # words of difference that an alignment steps over
_PRIME = (1 << 61) - 1
COMMON = 60  # documents that are compared pair by pair for sharing one seed
ENOUGH = 2  # seeds in common from which two documents are compared


class Text(msgspec.Struct, frozen=True):
    """Words of a document with their places. ``quoted`` marks words inside quotation marks. ``table``: whose rows it is one of, or ""."""

    id: str
    words: tuple[str, ...]
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    quoted: tuple[bool, ...]
    published: str | None
    source: str
    table: str = ""


class Passage(msgspec.Struct, frozen=True):
    """Word ranges ``[a0, a1)`` and ``[b0, b1)`` that tell the same."""

    a0: int
    a1: int
    b0: int
    b1: int


def words_of(document: Document, reading: DocumentReading | None) -> Text:
    """The content words of a document, furniture left out where the reading marks it."""
    skip = [s.span for s in reading.sentences if s.furniture] if reading else []
    quotes = [m.cover or m.span for m in reading.mentions if m.kind == "quote"] if reading else []
    words, starts, ends, quoted = [], [], [], []
    skip_at = quote_at = 0
    skip.sort()
    quotes.sort()
    for match in _WORD.finditer(document.text):
        start, end = match.span()
        while skip_at < len(skip) and skip[skip_at].end <= start:
            skip_at += 1
        if skip_at < len(skip) and skip[skip_at].start <= start:
            continue
        while quote_at < len(quotes) and quotes[quote_at].end <= start:
            quote_at += 1
        words.append(match.group().lower())
        starts.append(start)
        ends.append(end)
        quoted.append(quote_at < len(quotes) and quotes[quote_at].start <= start)
    table = document.row.table if document.row else ""
    return Text(document.id, tuple(words), tuple(starts), tuple(ends), tuple(quoted), document.published, document.source, table)


def align(a: Text, b: Text) -> list[Passage]:
    """Passages that two texts share, longest first choice, none overlapping in either."""
    if a.words == b.words:
        return [Passage(0, len(a.words), 0, len(b.words))]
    seeds: dict[tuple[str, ...], list[int]] = {}
    for i in range(len(b.words) - SEED + 1):
        seeds.setdefault(b.words[i : i + SEED], []).append(i)
    grown: list[Passage] = []
    seen: set[tuple[int, int]] = set()
    for i in range(len(a.words) - SEED + 1):
        for j in seeds.get(a.words[i : i + SEED], ())[:8]:
            if (i, j) in seen:
                continue
            passage = _grow(a.words, b.words, i, j)
            grown.append(passage)
            # Every seed on the diagonals of a grown passage would grow to the same.
            seen.update((passage.a0 + k, passage.b0 + k) for k in range(passage.a1 - passage.a0))
            seen.update((passage.a1 - k, passage.b1 - k) for k in range(passage.a1 - passage.a0))
            seen.update((i + k, j + k) for k in range(passage.a1 - i))
    kept: list[Passage] = []
    for passage in sorted(grown, key=lambda p: (p.a0 - p.a1, p.a0, p.b0)):
        if all((passage.a1 <= k.a0 or k.a1 <= passage.a0) and (passage.b1 <= k.b0 or k.b1 <= passage.b0) for k in kept):
            kept.append(passage)
    return sorted(kept, key=lambda p: (p.a0, p.b0))


def _grow(a: tuple[str, ...], b: tuple[str, ...], i: int, j: int) -> Passage:
    def walk(x: int, y: int, step: int) -> tuple[int, int]:
        best = (x, y)
        while 0 <= x < len(a) and 0 <= y < len(b):
            if a[x] == b[y]:
                x, y = x + step, y + step
                best = (x, y)
                continue
            jump = _jump(a, b, x, y, step)
            if jump is None:
                break
            x, y = jump
        return best

    a1, b1 = walk(i, j, 1)
    a0, b0 = walk(i - 1, j - 1, -1)
    return Passage(a0 + 1, a1, b0 + 1, b1)


def _jump(a: tuple[str, ...], b: tuple[str, ...], x: int, y: int, step: int) -> tuple[int, int] | None:
    """Over a small difference to where three words in a row agree again."""
    for total in range(1, 2 * _GAP + 1):
        for dx in range(min(total, _GAP) + 1):
            dy = total - dx
            if dy > _GAP:
                continue
            p, q = x + dx * step, y + dy * step
            if all(0 <= p + k * step < len(a) and 0 <= q + k * step < len(b) and a[p + k * step] == b[q + k * step] for k in range(3)):
                return p, q
    return None


def candidates(texts: Iterable[Text]) -> list[tuple[str, str]]:
    """Pairs of documents that share seeds enough for a passage, or all their words."""
    index: dict[int, list[str]] = {}
    whole: dict[tuple[str, ...], list[str]] = {}
    for text in sorted(texts, key=lambda t: t.id):
        # One seed in two, by its hash: the same seeds in every document.
        for seed in seeds_of(text.words):
            if seed % 2 == 0:
                index.setdefault(seed, []).append(text.id)
        if text.words:
            whole.setdefault(text.words, []).append(text.id)
    shared: dict[tuple[str, str], int] = {}
    for found in index.values():
        # A seed of very many documents is a phrase of the trade, or one wire story: there each meets the first alone.
        for i, one in enumerate(found if len(found) <= COMMON else found[:1]):
            for other in found[i + 1 :]:
                shared[one, other] = shared.get((one, other), 0) + 1
    pairs = {pair for pair, count in shared.items() if count >= ENOUGH}
    return sorted(pairs | {(found[0], other) for found in whole.values() for other in found[1:]})


def seeds_of(words: tuple[str, ...]) -> set[int]:
    """A number for every run of SEED words, the same in every process."""
    codes = [_code(word) for word in words]
    runs = zip(codes, codes[1:], codes[2:], codes[3:], codes[4:], strict=False)
    return {(a + 31 * b + 961 * c + 29791 * d + 923521 * e) % _PRIME for a, b, c, d, e in runs}


@lru_cache(maxsize=65536)
def _code(word: str) -> int:
    return crc32(word.encode())


class Copying(msgspec.Struct, frozen=True):
    """What ``find`` knows of one pair. ``share``: of the shorter text's words."""

    lineage: Lineage
    share: float


def find(texts: Mapping[str, Text], sources: Mapping[str, Source]) -> tuple[Copying, ...]:
    """Copies and shared passages among texts. ``lineage.source`` is the later text, which carries words of ``lineage.target``."""
    found = (compare(texts[one], texts[other], sources) for one, other in candidates(texts.values()))
    return tuple(line for line in found if line is not None)


def compare(one: Text, other: Text, sources: Mapping[str, Source]) -> Copying | None:
    """What of one text the other carries, or None; which is the origin does not hang on the order given."""
    if one.table and one.table == other.table:
        return None  # rows of one table are worded alike, and none is a copy of another
    a, b = sorted((one, other), key=origin_order)
    passages = [
        p
        for p in align(b, a)
        if (min(_own_words(b, p.a0, p.a1), _own_words(a, p.b0, p.b1)) >= PASSAGE or _whole(a, b, p)) and not _refilled(b, a, p)
    ]
    if not passages:
        return None
    words = sum(p.a1 - p.a0 for p in passages)
    share = words / max(1, min(len(a.words), len(b.words)))
    kind: Literal["copies", "quotes"] = "copies" if share >= COPY else "quotes"
    if kind == "quotes" and _group(a.source, sources) == _group(b.source, sources):
        return None  # one outlet's own stock sentences
    return Copying(Lineage(b.id, a.id, kind, _reason(a, b, words, share), _spans(b, a, passages)), share)


def origin_order(text: Text) -> tuple[bool, str, int, str]:
    """The earlier published is the origin; where that is not known or equal, the longer; else by id."""
    return (
        text.published is None,
        (text.published or "")[:10] if len(text.published or "") <= 10 else text.published or "",
        -len(text.words),
        text.id,
    )


def _own_words(text: Text, start: int, end: int) -> int:
    return sum(not q for q in text.quoted[start:end])


def _refilled(b: Text, a: Text, passage: Passage) -> bool:
    """The same form filled with other numbers: an official post of another night, not a copy."""
    one = [w for w in b.words[passage.a0 : passage.a1] if w.isdigit()]
    other = [w for w in a.words[passage.b0 : passage.b1] if w.isdigit()]
    same = sum((Counter(one) & Counter(other)).values())
    return max(len(one), len(other)) - same > max(1, same // 2)


def _whole(a: Text, b: Text, passage: Passage) -> bool:
    """Whether the passage is most of the shorter text, its own words as well as the speech it quotes."""
    start, end, shorter = (passage.b0, passage.b1, a) if len(a.words) <= len(b.words) else (passage.a0, passage.a1, b)
    own = len(shorter.words) - sum(shorter.quoted)
    return end - start >= COPY * len(shorter.words) and _own_words(shorter, start, end) >= COPY * own


def _group(source: str, sources: Mapping[str, Source]) -> str:
    return (sources[source].group or source) if source in sources else source


def _reason(a: Text, b: Text, words: int, share: float) -> str:
    when = ""
    if a.published and b.published and day(a.published) != day(b.published):
        from datetime import datetime

        when = f", published first on {day_words(datetime.fromisoformat(a.published).date())}"
    elif not (a.published and b.published) or a.published == b.published:
        when = ", taken as the origin for its length" if len(a.words) != len(b.words) else ""
    return f"{words} words in common with {a.id}, {share:.0%} of the shorter text{when}"


def _spans(b: Text, a: Text, passages: list[Passage]) -> tuple[tuple[Span, Span], ...]:
    return tuple((Span(b.starts[p.a0], b.ends[p.a1 - 1]), Span(a.starts[p.b0], a.ends[p.b1 - 1])) for p in passages)


class Carried(msgspec.Struct, frozen=True):
    """An agency whose copy a document prints, and the words that say so. ``whole``: the document as such, not only a part."""

    agency: str
    name: str
    reason: str


def agency_of(document: Document, source: Source | None) -> Carried | None:
    """The agency whose copy the document prints: by its source, a dateline or credit "(AP)", or the agency's own people in the text."""
    rules = load_rules()
    carries = source.carries if source else None
    if carries:
        for agency in rules.agency:
            if carries.lower() in {agency.id.lower(), agency.name.lower(), *(t.lower() for t in agency.tags)}:
                return Carried(agency.id, agency.name, f"{source.name or source.id if source else ''} prints {agency.name} copy")
        return Carried(carries.lower().replace(" ", "_"), carries, f"{source.name or source.id if source else ''} prints {carries} copy")
    for agency in rules.agency:
        if source is not None and source.id.lower() in {agency.id, *(t.lower() for t in agency.tags)}:
            return Carried(agency.id, agency.name, f"published by {agency.name}")
        if not any(name in document.text for name in (*agency.tags, *agency.words)):
            continue
        if found := _tags()[agency.id].search(document.text):
            return Carried(agency.id, agency.name, f"credited to {agency.name} (“{found.group().strip()}”)")
    return None


@lru_cache(maxsize=1)
def _tags() -> dict[str, re.Pattern[str]]:
    rules = load_rules()
    people = "|".join(rules.own_people.people)
    copy = "|".join(re.escape(w) for w in rules.own_people.copy)
    out = {}
    for agency in rules.agency:
        tags = "|".join(re.escape(t) for t in agency.tags) or r"\z\A"
        words = "|".join(re.escape(w) for w in agency.words) or r"\z\A"
        out[agency.id] = re.compile(
            rf"\((?:{tags})\)\s*[-–—:]|\(©?\s*(?:{tags})\)\s*$|\b(?:{words})(?:’s|'s)?\s+(?:{people})\b"
            rf"|\b(?:{people})\s+(?:of|for|from|with)\s+(?:the\s+)?(?:{words})\b|(?m:^\s*(?:By\s+)?(?:{words}|{tags})\s*$)"
            rf"|\b(?:{words})\s+(?:{copy})|(?:{copy})\s+(?:\d{{4}}\s+)?(?:the\s+)?(?:{words})\b"
        )
    return out
