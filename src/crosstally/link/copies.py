"""Which texts share words, kept up as texts arrive: a new text meets those that share its seeds, and no other.

The pairs at any moment are those that ``lineage.candidates`` gives for all texts so far, in whatever order they came.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterable, Mapping

from crosstally.values import Source

from .lineage import COMMON, ENOUGH, Copying, Text, compare, seeds_of

Pair = tuple[str, str]


class CopyIndex:
    """Holds texts, their seeds, and the copying found. Not for use by several threads at once."""

    def __init__(self, sources: Mapping[str, Source]) -> None:
        self.sources = dict(sources)
        self.texts: dict[str, Text] = {}
        self.lines: dict[Pair, Copying] = {}  # by (smaller id, larger id)
        self.outgoing: dict[str, set[Pair]] = {}  # later text to its lines
        self._seeds: dict[int, list[str]] = {}
        self._whole: dict[tuple[str, ...], list[str]] = {}
        self._shared: dict[Pair, int] = {}

    def add(self, text: Text) -> set[str]:
        """Takes a text in; returns the ids of texts whose outgoing lines are others than before. An id that is here already changes nothing."""
        if text.id in self.texts:
            return set()
        self.texts[text.id] = text
        touched: set[Pair] = set()
        for seed in seeds_of(text.words):
            if seed % 2 == 0:
                self._meet(self._seeds.setdefault(seed, []), text.id, touched)
        if text.words:
            same = self._whole.setdefault(text.words, [])
            # All of one wording meet the first of them by id: when a new first comes, all meet it.
            before = same[0] if same else None
            insort(same, text.id)
            if before is not None:
                touched.update(_pair(same[0], other) for other in same[1:])
                touched.update(_pair(before, other) for other in same if other != before)
        return {id for pair in touched if (id := self._settle(pair)) is not None}

    def _meet(self, found: list[str], id: str, touched: set[Pair]) -> None:
        if len(found) < COMMON:
            self._count(((other, id) for other in found), 1, touched)
        elif len(found) == COMMON:
            # Now a phrase of the trade, or one wire story: each meets the first alone.
            self._count(((a, b) for i, a in enumerate(found[1:], 1) for b in found[i + 1 :]), -1, touched)
        if len(found) >= COMMON:
            if id < found[0]:
                self._count(((found[0], other) for other in found[1:]), -1, touched)
                self._count(((id, other) for other in found), 1, touched)
            else:
                self._count(((found[0], id),), 1, touched)
        insort(found, id)

    def _count(self, pairs: Iterable[Pair], step: int, touched: set[Pair]) -> None:
        for a, b in pairs:
            pair = _pair(a, b)
            count = self._shared.get(pair, 0) + step
            if count:
                self._shared[pair] = count
            else:
                self._shared.pop(pair, None)
            if count == (ENOUGH if step > 0 else ENOUGH - 1):  # most pairs share one phrase and no more
                touched.add(pair)

    def _settle(self, pair: Pair) -> str | None:
        """Brings the line of a pair up to date; the later text's id where it changed."""
        one, other = self.texts[pair[0]], self.texts[pair[1]]
        same = self._whole.get(one.words, [])
        near = self._shared.get(pair, 0) >= ENOUGH or (one.words == other.words and bool(same) and same[0] in pair)
        old = self.lines.get(pair)
        if near == (old is not None):
            return None
        if old is not None:
            del self.lines[pair]
            self.outgoing[old.lineage.source].discard(pair)
            return old.lineage.source
        new = compare(one, other, self.sources)
        if new is None:
            return None
        self.lines[pair] = new
        self.outgoing.setdefault(new.lineage.source, set()).add(pair)
        return new.lineage.source

    def of(self, document: str) -> list[Copying]:
        """Lines that lead from a text to those it carries words of."""
        return [self.lines[pair] for pair in sorted(self.outgoing.get(document, ()))]


def _pair(a: str, b: str) -> Pair:
    return (a, b) if a < b else (b, a)
