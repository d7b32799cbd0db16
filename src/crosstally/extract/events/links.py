"""Links between events that a report words itself: "hours after the call", "the same day", "for a second consecutive night"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import cast

import msgspec

from crosstally.domain.model import Language
from crosstally.extract.events.anchors import Anchor, Scene
from crosstally.extract.events.clauses import Marker
from crosstally.extract.events.group import Group, Grouped
from crosstally.extract.events.shape import title_of
from crosstally.extract.events.tables import Reader, content_hash
from crosstally.extract.events.times import bounds
from crosstally.values import AssertedLink, Document, Happening, Span, Window


class LinkReading(msgspec.Struct, frozen=True):
    """``implied``: happenings that a link supposes and the report tells nothing else of (the night before a "second consecutive night")."""

    links: tuple[AssertedLink, ...] = ()
    implied: tuple[tuple[Happening, str], ...] = ()


class Run(msgspec.Struct, frozen=True):
    """ "second consecutive night" at tokens ``first`` .. ``last``: ``count`` units of ``days`` days each."""

    first: int
    last: int
    count: int
    days: int


def read_links(document: Document, scenes: Sequence[Scene], grouped: Grouped, tables: Reader, language: Language) -> LinkReading:
    """Every worded link between two happenings of the document, each once."""
    links: dict[tuple[str, str, str], AssertedLink] = {}
    implied: list[tuple[Happening, str]] = []
    by_sentence: dict[int, list[Anchor]] = {}
    for group in grouped.groups:
        for anchor in group.anchors:
            by_sentence.setdefault(anchor.sentence, []).append(anchor)
    groups = {g.id: g for g in grouped.groups}
    for scene in scenes:
        anchors = sorted(by_sentence.get(scene.sentence.index, ()), key=lambda a: a.token)
        for marker in scene.markers:
            ends = _ends(marker, scene, anchors, grouped)
            if ends is not None and ends[0] != ends[1]:
                span = _span(scene, marker, tables.tense.lists["degree"])
                links.setdefault(
                    (*ends, marker.kind), AssertedLink(document.id, ends[0], ends[1], marker.kind, span, span.of(document.text))
                )
        for run in find_runs(scene.words, language):
            source = next((a.happening for a in anchors if groups[a.happening or ""].harm), None) or grouped.focus.get(scene.sentence.index)
            if source is None:
                continue
            group = groups[source]
            before = _told_before(group, grouped.groups)
            span = Span(scene.sentence.tokens[run.first].start, scene.sentence.tokens[run.last].end)
            if before is None:
                happening = _implied(document, group, run, span, tables)
                if all(h.id != happening.id and owner != group.id for h, owner in implied):
                    implied.append((happening, group.id))
                    before = happening.id
            if before is not None:
                links.setdefault(
                    (source, before, "consecutive"), AssertedLink(document.id, source, before, "consecutive", span, span.of(document.text))
                )
    return LinkReading(tuple(links.values()), tuple(implied))


def _ends(marker: Marker, scene: Scene, anchors: Sequence[Anchor], grouped: Grouped) -> tuple[str, str] | None:
    """Source and target: what stands before the marker, and after it. A sentence that opens with the marker turns round at its comma."""
    before = [a for a in anchors if a.token < marker.first]
    after = [a for a in anchors if a.token > marker.last]
    if not after:
        return None
    target = after[0]
    source: str | None
    if not before and marker.first <= 2:
        later = [a for a in after if a.clause.first > target.clause.first]
        source = later[0].happening if later else None
    elif before:
        source = before[-1].happening
    else:
        source = grouped.focus.get(scene.sentence.index) if marker.apart or marker.kind == "amid" else None
    return (source, target.happening) if source is not None and target.happening is not None else None


def _span(scene: Scene, marker: Marker, degree: frozenset[str]) -> Span:
    """The words of the link with one word of degree before it: "just hours after"."""
    tokens = scene.sentence.tokens
    first = marker.first
    if first and tokens[first - 1].lower.isalpha() and tokens[first - 1].lower in degree:
        first -= 1
    return Span(tokens[first].start, tokens[marker.last].end)


def find_runs(words: Sequence[str], language: Language) -> list[Run]:
    """ "for a second consecutive night", "the third straight day", "three nights in a row"."""
    table = cast("Mapping[str, object]", language.tables["links"]["consecutive"])
    ordinals = cast("Mapping[str, int]", table["ordinals"])
    units = cast("Mapping[str, int]", table["units"])
    found: list[Run] = []
    if units.keys().isdisjoint(words):
        return found
    phrases = [tuple(p.split()) for p in cast("list[str]", table["words"])]
    for i in range(len(words)):
        for phrase in phrases:
            if words[i] != phrase[0] or tuple(words[i : i + len(phrase)]) != phrase:
                continue
            last = i + len(phrase) - 1
            if i and words[i - 1] in ordinals and last + 1 < len(words) and words[last + 1] in units:
                found.append(Run(i - 1, last + 1, ordinals[words[i - 1]], units[words[last + 1]]))
            elif i > 1 and words[i - 1] in units and words[i - 2] in ordinals:
                found.append(Run(i - 2, last, ordinals[words[i - 2]], units[words[i - 1]]))
    return found


def _told_before(group: Group, groups: Sequence[Group]) -> str | None:
    """A telling of the same kind and sides whose time lies right before."""
    held = bounds(group.window) if group.window is not None else None
    if held is None:
        return None
    for other in groups:
        theirs = bounds(other.window) if other.window is not None else None
        if other is group or other.kind != group.kind or theirs is None or set(other.targets) & set(group.actors):
            continue
        if timedelta(hours=12) <= held[0] - theirs[0] <= timedelta(days=1, hours=12):
            return other.id
    return None


def _implied(document: Document, group: Group, run: Run, span: Span, tables: Reader) -> Happening:
    """The event before: same class, sides and places, its window one unit earlier; without a date it stays relative."""
    window = None
    if group.window is not None:
        held = bounds(group.window)
        raw = span.of(document.text)
        if held is None:
            window = Window(precision=group.window.precision, raw=raw, relative="before " + group.window.raw)
        else:
            back = timedelta(days=run.days)
            window = Window((held[0] - back).isoformat(), (held[1] - back).isoformat(), group.window.precision, raw)
    return Happening(
        id=content_hash("h", document.id, span.start, span.end, "before"),
        document=document.id,
        kind=group.kind,
        anchor=span,
        title=title_of(replace(group, window=window), {}, tables.domain, tables),
        window=window,
        places=tuple(group.places),
        actors=tuple(group.actors),
        targets=tuple(group.targets),
    )
