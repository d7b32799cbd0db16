"""A document's full text with every claim anchored: follow a figure here and its sentence lights up; follow it back to its row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Generic, TypeVar

from markupsafe import Markup

from crosstally.export.excerpts import sentence_around
from crosstally.export.withhold import spoken
from crosstally.values import Span

from .svg import join, tag

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that something links to. ``back``: fragment of the row that stands on it; ``says`` names that row."""

    span: Span
    sentence: Span | None
    anchor: str
    back: str | None = None
    says: str = ""


def render_text(text: str, spots: Iterable[Spot]) -> Markup:
    """Paragraphs of the text, sentences that carry a spot wrapped, spots anchored. Joined again, the text is the document's."""
    told = _Ordered(sorted(spots, key=lambda s: (s.span, s.anchor)), lambda s: s.span)
    sentences = _Ordered(_merged([s.sentence or sentence_around(text, s.span) for s in told.values]), lambda s: s)
    made: list[Markup] = []
    at = 0
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            made.append(tag("p", join(_line(text, Span(at, end), sentences, told))))
        at = end + 1
    return join(made)


def _merged(spans: Iterable[Span]) -> list[Span]:
    out: list[Span] = []
    for span in sorted(set(spans)):
        if out and span.start < out[-1].end:
            out[-1] = out[-1].join(span)
        else:
            out.append(span)
    return out


class _Ordered(Generic[T]):
    """Values in order of their spans, so that those at one place are found without walking the whole text."""

    def __init__(self, values: list[T], span: Callable[[T], Span]) -> None:
        self.values, self.span = values, span
        self._starts = [span(v).start for v in values]
        self._furthest = list(accumulate((span(v).end for v in values), max))

    def over(self, place: Span) -> list[T]:
        """Values whose spans overlap ``place``, in order."""
        near = self.values[bisect_right(self._furthest, place.start) : bisect_left(self._starts, place.end)]
        return [v for v in near if self.span(v).overlaps(place)]


def _line(text: str, line: Span, sentences: _Ordered[Span], spots: _Ordered[Spot]) -> list[Markup]:
    made: list[Markup] = []
    at = line.start
    for sentence in sentences.over(line):
        start, end = max(sentence.start, line.start), min(sentence.end, line.end)
        if start >= end:
            continue
        if start > at:
            made.append(Markup("") + spoken(text[at:start]))
        made.append(tag("span", join(_sentence(text, Span(start, end), spots)), class_="s"))
        at = end
    if at < line.end:
        made.append(Markup("") + spoken(text[at : line.end]))
    return made


def _sentence(text: str, sentence: Span, spots: _Ordered[Spot]) -> list[Markup]:
    """Cut at every edge of a spot; the first cut of a spot carries its anchor, cuts within a spot link back."""
    here = spots.over(sentence)
    edges = sorted(
        {sentence.start, sentence.end, *(e for s in here for e in (s.span.start, s.span.end) if sentence.start < e < sentence.end)}
    )
    anchored: defaultdict[int, list[str]] = defaultdict(list)
    for spot in here:
        if spot.span.start >= sentence.start:
            anchored[max(spot.span.start, sentence.start)].append(spot.anchor)
    made = []
    for start, end in pairwise(edges):
        within = [s for s in here if s.span.start <= start and end <= s.span.end]
        made.append(_cut(text[start:end], within, anchored.get(start, [])))
    return made


def _cut(words: str, within: list[Spot], anchors: list[str]) -> Markup:
    piece: Markup = Markup("") + spoken(words)
    back = next((s for s in sorted(within, key=lambda s: len(s.span)) if s.back), None)
    if back is not None:
        piece = tag("a", piece, href=f"#{back.back}", class_="fig", title=f"back to {spoken(back.says)}")
    elif within:
        piece = tag("span", piece, class_="spot")
    for anchor in anchors:
        piece = tag("span", piece, id=anchor, tabindex=-1)
    return piece


def by_document(spots: Iterable[tuple[str, Spot]]) -> Mapping[str, list[Spot]]:
    found: defaultdict[str, dict[str, Spot]] = defaultdict(dict)
    for document, spot in spots:
        found[document].setdefault(spot.anchor, spot)
    return {document: list(held.values()) for document, held in found.items()}
