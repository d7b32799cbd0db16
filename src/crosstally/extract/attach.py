"""Figure claims to happenings: which event a figure counts in, where and when, by the words around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.extract.event_anchors import Anchor
from crosstally.extract.event_clauses import by_sentence
from crosstally.extract.telling import Telling
from crosstally.values import Claim, Happening, Mention, Place, Scope, Sentence, Span

_WIDTH = {"country": 0, "region": 1, "area": 2, "city": 3, "district": 4, "site": 5, "unknown": 6}
_SPEECH = frozenset({"duration"})


def attach(
    claims: Sequence[Claim], telling: Telling, sentences: Sequence[Sentence], mentions: Sequence[Mention], domain: Domain
) -> tuple[Claim, ...]:
    """The claims with ``happening``, ``window``, ``place``, ``actor``, ``target`` and ``scope`` filled where they were not.

    A figure belongs to the event told nearest to it in its own clause whose class counts such a thing; else to what its sentence is about.
    A running total belongs to the telling of its period, a foreseen figure to the forecast.
    """
    book = _Book(telling, sentences, mentions, domain)
    return tuple(book.attach(claim) for claim in claims)


class _Book:
    """Look-ups of one document."""

    def __init__(self, telling: Telling, sentences: Sequence[Sentence], mentions: Sequence[Mention], domain: Domain) -> None:
        self.happenings = {h.id: h for h in telling.happenings}
        self.domain = domain
        self.sentences = sentences
        self.starts = [s.span.start for s in sentences]
        self.rows = by_sentence(sentences, mentions)
        self.position = {s.index: k for k, s in enumerate(sentences)}
        self.focus = dict(telling.focus)
        self.periods = {i: (period, owner) for i, period, owner in telling.periods}
        self.anchors: dict[int, list[Anchor]] = {}
        for anchor in telling.anchors:
            self.anchors.setdefault(anchor.sentence, []).append(anchor)
        self.places = {m.value.id: m.value for m in mentions if isinstance(m.value, Place)}
        self.main = next((h for h in telling.happenings if h.main), None)

    def attach(self, claim: Claim) -> Claim:
        at = max(0, bisect_right(self.starts, claim.span.start) - 1)
        if not self.sentences:
            return claim
        sentence = self.sentences[at]
        read = self.get(claim.happening)
        happening, why = (read, "as read") if read is not None else self.choose(claim, sentence)
        if happening is None:
            return claim
        place = claim.place or self.place_of(claim, sentence, at)
        scope = self.scope(claim, happening, place, sentence)
        changes: dict[str, object] = {"happening": happening.id, "scope": scope, "trace": (*claim.trace, f"attach: {why}")}
        if claim.window is None:
            changes["window"] = happening.window
        if claim.place is None and place is not None:
            changes["place"] = place
        if claim.actor is None and happening.actors:
            changes["actor"] = happening.actors[0]
        if claim.target is None and happening.targets:
            changes["target"] = happening.targets[0]
        if happening.status in ("forecast", "planned") and claim.status == "happened" and why != "focus":
            changes["status"] = happening.status
        return msgspec.structs.replace(claim, **changes)

    def choose(self, claim: Claim, sentence: Sentence) -> tuple[Happening | None, str]:
        index = sentence.index
        anchors = sorted(self.anchors.get(index, ()), key=lambda a: self.distance(a, claim, sentence))
        if index in self.periods:
            period, owner = self.periods[index]
            held = self.happenings.get(owner)
            if held is not None and (not anchors or anchors[0].happening == owner):
                return held, f"total of the {period}"
        if claim.status == "forecast":
            held = next((h for a in anchors if (h := self.get(a.happening)) is not None and h.status == "forecast"), None)
            held = held or next((h for h in self.happenings.values() if h.kind == "forecast"), None)
            if held is not None:
                return held, "forecast"
        for anchor in anchors:
            held = self.get(anchor.happening)
            if held is not None and self.admits(held, anchor, claim):
                return held, f"told beside it ({held.kind})"
        held = self.get(self.focus.get(index))
        if held is not None and self.counts(held, claim.measure):
            return held, "focus"
        held = next(
            (h for h in self.happenings.values() if h.status == "happened" and self.counts(h, claim.measure) and h.kind != "campaign"), None
        )
        return (held, "the report's own") if held is not None else (self.main, "main")

    def get(self, happening: str | None) -> Happening | None:
        return self.happenings.get(happening) if happening is not None else None

    def admits(self, happening: Happening, anchor: Anchor, claim: Claim) -> bool:
        if happening.status == "forecast" and claim.status not in ("forecast", "planned") and claim.measure != "launched":
            return False
        return self.counts(happening, claim.measure)

    def counts(self, happening: Happening, measure: str) -> bool:
        """Whether a class of event has such a measure; a measure that no class lists fits any that can harm."""
        event = self.domain.events[happening.kind]
        if measure in event.measures:
            return True
        return "killed" in event.measures and not any(
            measure in e.measures for e in self.domain.events.values() if "killed" not in e.measures
        )

    def distance(self, anchor: Anchor, claim: Claim, sentence: Sentence) -> tuple[int, int]:
        """Clauses between, then characters: an anchor of the figure's own clause comes first."""
        tokens = sentence.tokens
        figure = claim.figure or claim.span
        at = next((i for i, t in enumerate(tokens) if t.end > figure.start), len(tokens) - 1)
        own = anchor.clause.first <= at < anchor.clause.last
        gap = 0 if anchor.span.overlaps(figure) else min(abs(anchor.span.start - figure.end), abs(figure.start - anchor.span.end))
        return (0 if own else 1, gap)

    def place_of(self, claim: Claim, sentence: Sentence, at: int) -> Place | None:
        """The finest place of the figure's clause; of the sentence, if there is but one."""
        figure = claim.figure or claim.span
        rows = [m for m in self.rows[at] if isinstance(m.value, Place) and not _spoken(sentence, m.span)]
        if not rows:
            return None
        near = [m for m in rows if not _comma_between(sentence, m.span, figure)] or rows
        best = min(
            near,
            key=lambda m: (-_WIDTH.get(m.value.kind if isinstance(m.value, Place) else "unknown", 6), abs(m.span.start - figure.start)),
        )
        return best.value if isinstance(best.value, Place) else None

    def scope(self, claim: Claim, happening: Happening, place: Place | None, sentence: Sentence) -> Scope:
        scope = claim.scope
        if happening.kind == "campaign" or sentence.index in self.periods:
            period, owner = self.periods.get(sentence.index, ("period", ""))
            if owner == happening.id:
                scope = msgspec.structs.replace(scope, period=period, cumulative=not period.startswith("per_"))
            elif happening.kind == "campaign":
                scope = msgspec.structs.replace(scope, period=scope.period if scope.period != "event" else "period", cumulative=True)
        if scope.place is None and place is not None and self.is_part(place, happening):
            scope = msgspec.structs.replace(scope, place=place.id)
        return scope

    def is_part(self, place: Place, happening: Happening) -> bool:
        """A place narrower than, or beside, what the event is chiefly told of: its own lede place and its country count as the event's own."""
        if place.kind == "country":
            return False
        own = [p for i in happening.places if (p := self.places.get(i)) is not None]
        first = next((p for p in own if p.kind != "country"), None)
        return first is not None and place.id != first.id and not first.within(place.id)


def _spoken(sentence: Sentence, span: Span) -> bool:
    """A place in a possessive or title is whose, not where ("Kyiv's mayor", "Kyiv Mayor")."""
    tokens = sentence.tokens
    i = next((k for k, t in enumerate(tokens) if t.start >= span.end), len(tokens))
    return i < len(tokens) and tokens[i].lower in ("'s", "mayor", "governor")


def _comma_between(sentence: Sentence, a: Span, b: Span) -> bool:
    low, high = min(a.end, b.end), max(a.start, b.start)
    return any(t.text in (",", ";") and low <= t.start < high for t in sentence.tokens)


def nearest(anchors: Iterable[Anchor], at: int) -> Anchor | None:
    """The anchor nearest to a token."""
    return min(anchors, key=lambda a: abs(a.token - at), default=None)
