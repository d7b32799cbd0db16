"""A vote told as a score: "the assembly voted 93 to 18", "passed by 51 votes to 48"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import cast

from crosstally.domain.model import Language
from crosstally.extract.events.anchors import Scene
from crosstally.extract.events.tables import content_hash
from crosstally.extract.events.telling import Telling
from crosstally.values import Claim, Document, Mention, Quantity, Reading, Span

_MEASURES = ("votes_for", "votes_against")  # of the courts pack, in the order they are told
_FAR = 80  # characters between a word of voting and the first number, at most


def read_votes(document: Document, scenes: Sequence[Scene], telling: Telling, language: Language) -> tuple[Claim, ...]:
    """Two claims a vote: those for, then those against, as the side that won is told first. A motion that failed is left unread, as words
    do not say whose votes come first there."""
    table = cast("Mapping[str, list[str]]", language.tables["records"]["votes"])
    told, lost = frozenset(table["told"]), frozenset(table["lost"])
    kinds = {h.id: h.kind for h in telling.happenings}
    claims: list[Claim] = []
    for scene in scenes:
        if told.isdisjoint(scene.words) or not lost.isdisjoint(scene.words):
            continue
        pair = _pair(document, scene, told, frozenset(table["between"]))
        if pair is None:
            continue
        told_of = [a for a in telling.anchors if a.sentence <= scene.sentence.index and kinds.get(a.happening or "") in table["acts"]]
        happening = max(told_of, key=lambda a: a.sentence).happening if told_of else None
        for mention, measure in zip(pair, _MEASURES, strict=True):
            if happening is not None and isinstance(mention.value, Quantity):
                claims.append(_claim(document, scene, mention, mention.value, measure, happening))
    return tuple(claims)


def _pair(document: Document, scene: Scene, told: frozenset[str], between: frozenset[str]) -> tuple[Mention, Mention] | None:
    """The two numbers of a score behind a word of voting, nothing but small words between them."""
    numbers = [m for m in scene.mentions if isinstance(m.value, Quantity) and m.number in ("score", "count")]
    said = [t.start for t, word in zip(scene.sentence.tokens, scene.words, strict=True) if word in told]
    for one, other in pairwise(numbers):
        gap = " ".join(document.text[one.span.end : other.span.start].lower().split())
        if gap in between and (one.number == "score" or " " in gap) and any(0 < one.span.start - at < _FAR for at in said):
            return one, other
    return None


def _claim(document: Document, scene: Scene, mention: Mention, quantity: Quantity, measure: str, happening: str) -> Claim:
    span = Span(mention.span.start, mention.span.end)
    return Claim(
        id=content_hash("c", document.id, span.start, span.end, measure),
        document=document.id,
        span=span,
        sentence=scene.sentence.span,
        text=span.of(document.text),
        measure=measure,
        figure=span,
        quantity=quantity,
        readings=(Reading(measure, why="a vote told as a score"),),
        happening=happening,
        rule="voted <for> to <against>",
        trace=("vote: told as a score",),
    )
