"""Figure claims to happenings: which event a figure counts in, where and when, by the words around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.extract.event_anchors import Anchor
from crosstally.extract.event_sites import Site, told_at
from crosstally.extract.telling import Telling
from crosstally.values import Claim, Happening, Mention, Place, Scope, Sentence

CAMPAIGN = "campaign"


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
        self.focus = dict(telling.focus)
        self.periods = {i: (period, owner) for i, period, owner in telling.periods}
        self.anchors: dict[int, list[Anchor]] = {}
        for anchor in telling.anchors:
            self.anchors.setdefault(anchor.sentence, []).append(anchor)
        self.places = {m.value.id: m.value for m in mentions if isinstance(m.value, Place)}
        self.own = own_places(telling)
        self.wide = frozenset(telling.wide)
        self.listing = telling.listing
        self.sites: dict[int, list[Site]] = {}
        for site in telling.sites:
            self.sites.setdefault(site.sentence, []).append(site)
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
        place, part = (claim.place, False) if claim.place is not None else self.place_of(claim, sentence, happening)
        scope = self.scope(claim, happening, place if part else None, sentence)
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

    def place_of(self, claim: Claim, sentence: Sentence, happening: Happening) -> tuple[Place | None, bool]:
        """Where the figure is told of, and whether that is a place of its own (a part of the event)."""
        figure = claim.figure or claim.span
        tokens = sentence.tokens
        sites = self.sites.get(sentence.index, ())
        first = next((i for i, t in enumerate(tokens) if t.end > figure.start), 0)
        last = next((i for i, t in enumerate(tokens) if t.end >= figure.end), first)
        if sentence.index in self.wide:
            country = next(
                (p for p in self.places.values() if p.kind == "country" and (p.country or "").lower() in happening.targets), None
            )
            if country is not None:
                return country, False
        site, listed = told_at(sites, first, last, [t.lower for t in tokens], self.listing)
        measure = self.domain.measures.get(claim.measure)
        balance = measure is not None and measure.strand == "balance"
        if site is None:
            whose = next((s.place for s in sites if s.how == "whose"), None)
            return (whose, self.is_part(whose, happening, strict=False)) if whose is not None and not balance else (None, False)
        if listed or (balance and site.how != "in"):
            return (None if listed else site.place), False
        return site.place, self.is_part(site.place, happening, strict=site.how == "in" and not balance)

    def scope(self, claim: Claim, happening: Happening, place: Place | None, sentence: Sentence) -> Scope:
        """``place``: the part of the event that the figure is said of, or None."""
        scope = claim.scope
        period, owner = self.periods.get(sentence.index, ("", ""))
        if period and owner == happening.id:
            running = not period.startswith("per_") and period != "day"
            scope = msgspec.structs.replace(
                scope, period=period if scope.period == "event" else scope.period, cumulative=scope.cumulative or running
            )
        elif happening.kind == CAMPAIGN:
            scope = msgspec.structs.replace(scope, period=scope.period if scope.period != "event" else "period", cumulative=True)
        if scope.place is None and place is not None:
            scope = msgspec.structs.replace(scope, place=place.id)
        return scope

    def is_part(self, place: Place, happening: Happening, *, strict: bool) -> bool:
        """Whether a place is narrower than, or beside, what the event is told of. Events of one place have no parts.

        The event's own places are those of its first telling; ``strict``: where that tells a country, a town named with it is a part.
        """
        if place.kind == "country" or self.domain.events[happening.kind].extent == "local":
            return False
        own = self.own.get(happening.id, ())
        if strict and any(p.kind == "country" for p in own):
            own = tuple(p for p in own if p.kind == "country")
        return bool(own) and not any(p.within(place.id) for p in own)


def own_places(telling: Telling) -> dict[str, tuple[Place, ...]]:
    """The places of each happening's first telling: of the first sentence that places it."""
    found: dict[str, dict[str, Place]] = {}
    until: dict[str, int] = {}
    for anchor in sorted(telling.anchors, key=lambda a: a.span):
        if anchor.happening is None or not anchor.places:
            continue
        if anchor.sentence > until.setdefault(anchor.happening, anchor.sentence):
            continue
        found.setdefault(anchor.happening, {}).update({p.id: p for p in anchor.places})
    return {happening: tuple(places.values()) for happening, places in found.items()}
