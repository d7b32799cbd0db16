"""A report's text with everything that was read in it marked where it stands: claims, people, places, times, quotes, and what was not read."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

from markupsafe import Markup

from crosstally.export.page.svg import join, tag
from crosstally.export.withhold import spoken
from crosstally.values import Claim, Mention, QuoteValue, Span, Unread

KINDS = {"person": "a person", "body": "a body", "place": "a place", "moment": "a time", "quote": "words quoted", "quantity": "a number"}


@dataclass(frozen=True, slots=True)
class Layer:
    """A stretch of text with a meaning. ``rank``: of overlapping ones the highest makes the link; ``says`` is read aloud and shown on hover."""

    span: Span
    name: str
    rank: int
    says: str = ""
    href: str | None = None
    anchor: str | None = None
    pair: str | None = None


def layers_of(claims: Iterable[Claim], mentions: Iterable[Mention], unread: Iterable[Unread], links: Links) -> list[Layer]:
    made = [Layer(c.figure or c.span, "claim", 5, links.says(c), links.claim(c), links.anchor(c), links.pair(c)) for c in claims]
    for m in mentions:
        if m.kind == "quantity":
            continue
        scare = isinstance(m.value, QuoteValue) and m.value.scare
        if not scare:
            made.append(Layer(m.span, m.kind, 1 if m.kind == "quote" else 3, KINDS[m.kind], links.entity(m)))
    made += [Layer(u.span, "missed" if u.missed else "unread", 4, u.reason) for u in unread]
    return made


@dataclass(frozen=True, slots=True)
class Links:
    """Where claims and mentions of one page lead."""

    claim: Callable[[Claim], str]
    entity: Callable[[Mention], str | None]
    says: Callable[[Claim], str]
    anchor: Callable[[Claim], str]
    pair: Callable[[Claim], str | None] = lambda c: None


def render(text: str, layers: Sequence[Layer], lit: Iterable[Span] = ()) -> Markup:
    """Paragraphs of the text. Joined again, the text is the document's. ``lit``: sentences that stand out."""
    found = _Found(layers)
    glowing = sorted(lit)
    made: list[Markup] = []
    at = 0
    placed: set[str] = set()
    for line in text.split("\n"):
        end = at + len(line)
        if line.strip():
            made.append(tag("p", _line(text, Span(at, end), found, glowing, placed)))
        at = end + 1
    return join(made)


class _Found:
    """Layers found by place without walking the whole text."""

    def __init__(self, layers: Sequence[Layer]) -> None:
        self.all = sorted(layers, key=lambda x: (x.span, -x.rank))
        self._starts = [x.span.start for x in self.all]
        self._furthest = list(accumulate((x.span.end for x in self.all), max))

    def over(self, place: Span) -> list[Layer]:
        first = bisect_left(self._furthest, place.start + 1)
        last = bisect_left(self._starts, place.end)
        return [x for x in self.all[first:last] if x.span.overlaps(place)]


def _line(text: str, line: Span, found: _Found, lit: Sequence[Span], placed: set[str]) -> Markup:
    here = found.over(line)
    glow = [s for s in lit if s.overlaps(line)]
    edges = {line.start, line.end}
    for span in [x.span for x in here] + glow:
        edges |= {max(span.start, line.start), min(span.end, line.end)}
    cuts = sorted(edges)
    made: list[Markup] = []
    for start, end in pairwise(cuts):
        within = [x for x in here if x.span.start <= start and end <= x.span.end]
        piece = _cut(text[start:end], start, line, within, placed)
        made.append(tag("span", piece, class_="lit") if any(s.start <= start and end <= s.end for s in glow) else piece)
    return join(made)


def _cut(words: str, start: int, line: Span, within: list[Layer], placed: set[str]) -> Markup:
    piece: Markup = Markup("") + spoken(words)
    if not within:
        return piece
    top = max(within, key=lambda x: (x.rank, -len(x.span)))
    names = " ".join(dict.fromkeys(f"k-{x.name}" for x in within))
    if top.href is not None:
        piece = tag("a", piece, href=top.href, class_=names, title=spoken(top.says), data_pair=top.pair)
    else:
        piece = tag("span", piece, class_=names, title=spoken(top.says) or None)
    for layer in within:
        if layer.anchor is not None and layer.anchor not in placed and start == max(layer.span.start, line.start):
            placed.add(layer.anchor)
            piece = tag("span", piece, id=layer.anchor, tabindex=-1)
    return piece
