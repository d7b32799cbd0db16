"""A sentence in clauses: cut at its clause words and link words; what is quoted; which mentions stand in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from crosstally.extract.events.tables import LinkTable, Tense, phrase_at
from crosstally.values import Mention, Sentence

_QUOTES = frozenset("“«„”»\"")


class Clause(msgspec.Struct, frozen=True):
    """Tokens ``first`` .. ``last`` (exclusive) of a sentence. ``opener``: the clause word it starts with, "" for the first."""

    first: int
    last: int
    opener: str = ""


class Marker(msgspec.Struct, frozen=True):
    """A link marker at tokens ``first`` .. ``last`` (inclusive)."""

    first: int
    last: int
    kind: str
    apart: bool


def quoted_tokens(sentence: Sentence, inside: bool) -> tuple[tuple[bool, ...], bool]:
    """Which tokens stand in double quotation marks; ``inside``: whether a quotation is open before, and after."""
    if sentence.lacks(_QUOTES):
        return (inside,) * len(sentence.tokens), inside
    marks: list[bool] = []
    for token in sentence.tokens:
        if token.text in ("“", "«", "„"):
            inside = True
            marks.append(True)
        elif token.text in ("”", "»"):
            inside = False
            marks.append(True)
        elif token.text == '"':
            inside = not inside
            marks.append(True)
        else:
            marks.append(inside)
    return tuple(marks), inside


def cut(words: Sequence[str], sentence: Sentence, tense: Tense, markers: Sequence[Marker]) -> tuple[Clause, ...]:
    """Clauses of a sentence: it is cut at clause words and link markers, never before its third word."""
    bounds: list[tuple[int, str]] = [(0, "")]
    starts = {m.first: m for m in markers}
    openers = tense.phrases["clause"]
    i = 0
    while i < len(words):
        if i in starts:
            marker = starts[i]
            bounds.append((i, " ".join(words[i : marker.last + 1])))
            i = marker.last + 1
            continue
        n = phrase_at(words, i, openers) if words[i] in openers else 0
        runs_on = words[i] == "since" and i and words[i - 1] in tense.lists["perfect"]
        if n and i and not runs_on and not is_hour(words, i + n, tense):
            bounds.append((i, " ".join(words[i : i + n])))
            i += n
            continue
        i += 1
    if len(bounds) > 1 and bounds[1][0] == 0:
        bounds = bounds[1:]
    # A sentence that opens with a subordinate clause goes on after its comma: "After the raid, three ...".
    out: list[tuple[int, str]] = []
    for k, (first, opener) in enumerate(bounds):
        out.append((first, opener))
        last = bounds[k + 1][0] if k + 1 < len(bounds) else len(words)
        if first == 0 and (opener or words[0] in tense.lists["clause"]):
            comma = next((j for j in range(1, last) if words[j] == ","), None)
            if comma is not None and comma + 1 < last:
                out.append((comma + 1, ""))
    return tuple(Clause(first, out[k + 1][0] if k + 1 < len(out) else len(words), opener) for k, (first, opener) in enumerate(out))


def is_hour(words: Sequence[str], at: int, tense: Tense) -> bool:
    """Whether the words behind "after" only tell the hour: "crashed shortly after takeoff", "gathered after Friday prayers"."""
    return any(w in tense.lists["hours_told"] for w in words[at : at + 2])


def find_markers(words: Sequence[str], table: LinkTable) -> tuple[Marker, ...]:
    found: list[Marker] = []
    i = 0
    index = table.index
    if index.keys().isdisjoint(words):
        return ()
    while i < len(words):
        if words[i] not in index:
            i += 1
            continue
        for phrase, kind, apart in index[words[i]]:
            if tuple(words[i : i + len(phrase)]) == phrase:
                found.append(Marker(i, i + len(phrase) - 1, kind, apart))
                i += len(phrase) - 1
                break
        i += 1
    return tuple(found)


def by_sentence(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of each sentence, in order, by where they stand."""
    starts = [s.span.start for s in sentences]
    out: list[list[Mention]] = [[] for _ in sentences]
    for mention in mentions:
        i = bisect_right(starts, mention.span.start) - 1
        if i >= 0 and mention.span.start < sentences[i].span.end:
            out[i].append(mention)
    for row in out:
        row.sort(key=lambda m: m.span)
    return out
