"""Figure claims to happenings: which event a figure counts in, where and when, by the words around it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.model import Domain
from crosstally.extract.events.anchors import Anchor
from crosstally.extract.events.sides import party_of, sides
from crosstally.extract.events.sites import Site, told_at
from crosstally.extract.events.telling import Telling
from crosstally.extract.speakers.jurisdiction import Jurisdictions
from crosstally.values import Claim, Happening, Mention, Place, Scope, Sentence

CAMPAIGN = "campaign"
OFFICE = "the speaker's office"
BEFORE = "the sentence before"
_APIECE = 4  # words behind a number, within which "each" is said of it


def attach(
    claims: Sequence[Claim], telling: Telling, sentences: Sequence[Sentence], mentions: Sequence[Mention], domain: Domain
) -> tuple[Claim, ...]:
    """The claims with ``happening``, ``window``, ``place``, ``actor``, ``target``, ``scope`` and ``as_of`` filled where they were not.

    A figure belongs to the event told nearest to it in its own clause whose class counts such a thing; else to what its sentence is about.
    A running total belongs to the telling of its period, a foreseen figure to the forecast. A figure of one town, named beside it, by the
    office of who says it, or by the sentence before, is a part of an event that is told of more.
    """
    book = _Book(telling, sentences, mentions, domain)
    return settle(tuple(book.attach(claim) for claim in sorted(claims, key=lambda c: c.span)), book)


class _Book:
    """Look-ups of one document. ``topic``: the place that the last figure was told of, and its paragraph. ``lists``: claim to
    the first of several towns it is told of together."""

    def __init__(self, telling: Telling, sentences: Sequence[Sentence], mentions: Sequence[Mention], domain: Domain) -> None:
        self.happenings = {h.id: h for h in telling.happenings}
        self.domain = domain
        self.sentences = sentences
        self.starts = [s.span.start for s in sentences]
        self.focus = dict(telling.focus)
        self.periods = {i: (period, owner) for i, period, owner in telling.periods}
        self.as_of = dict(telling.as_of)
        self.anchors: dict[int, list[Anchor]] = {}
        for anchor in telling.anchors:
            self.anchors.setdefault(anchor.sentence, []).append(anchor)
        self.places = {m.value.id: m.value for m in mentions if isinstance(m.value, Place)}
        self.own = own_places(telling)
        self.wide = frozenset(telling.wide)
        self.listing = telling.listing
        self.examples = telling.examples
        self.apiece = telling.apiece
        self.recalled = frozenset(telling.recalled)
        self.earlier = frozenset(telling.earlier)
        self.sites: dict[int, list[Site]] = {}
        for site in telling.sites:
            self.sites.setdefault(site.sentence, []).append(site)
        self.main = next((h for h in telling.happenings if h.main), None)
        self.sides = sides(domain)
        self.offices = Jurisdictions(mentions, telling.regional, telling.national, telling.municipal, load_gazetteer())
        self.lists: dict[str, Place] = {}
        self.topic: tuple[int, int, str, Place] | None = None

    def attach(self, claim: Claim) -> Claim:
        at = max(0, bisect_right(self.starts, claim.span.start) - 1)
        if not self.sentences:
            return claim
        sentence = self.sentences[at]
        read = self.get(claim.happening)
        happening, why = (read, "as read") if read is not None else self.choose(claim, sentence)
        if happening is None:
            return claim
        place, part, how = self.place_of(claim, sentence, happening)
        scope = self.scope(claim, happening, place if part else None, sentence)
        changes: dict[str, object] = {"happening": happening.id, "scope": scope, "trace": (*claim.trace, f"attach: {why}")}
        if how:
            changes["trace"] = (*claim.trace, f"attach: {why}", f"place: {how}")
        if claim.window is None:
            changes["window"] = happening.window
        if place != claim.place:
            changes["place"] = place
        if claim.as_of is None and sentence.index in self.as_of:
            changes["as_of"] = self.as_of[sentence.index]
        if claim.actor is None and happening.actors:
            changes["actor"] = happening.actors[0]
        if claim.target is None and happening.targets:
            changes["target"] = happening.targets[0]
        if happening.status in ("forecast", "planned") and claim.status == "happened" and why != "focus":
            changes["status"] = happening.status
        return msgspec.structs.replace(claim, **changes)

    def choose(self, claim: Claim, sentence: Sentence) -> tuple[Happening | None, str]:
        index = sentence.index
        if index in self.recalled and (told := self.recall(index)) is not None:
            return told
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

    def recall(self, index: int) -> tuple[Happening | None, str] | None:
        """The event that "on that occasion" stands for: the one of the sentence before that is not the report's own; where that sentence dates
        it and tells it with no word for an event, none, so that its figures stand apart. None where the report's own is told there."""
        before = max((s.index for s in self.sentences if s.index < index and s.furniture is None), default=None)
        if before is None:
            return None
        told = [h for a in self.anchors.get(before, ()) if (h := self.get(a.happening)) is not None]
        other = next((h for h in told if not h.main), None)
        if other is not None:
            return other, "the event told before"
        return (None, "an event told of nowhere else") if self.main is not None and before in self.earlier else None

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

    def place_of(self, claim: Claim, sentence: Sentence, happening: Happening) -> tuple[Place | None, bool, str]:
        """Where the figure is told of, whether that is a place of its own (a part of the event), and how it is known."""
        measure = self.domain.measures.get(claim.measure)
        balance = measure is not None and measure.strand == "balance"
        site, listed = self.site_of(claim, sentence, happening)
        if sentence.index in self.wide and (site is None or site.how != "in" or site.place.kind == "country"):
            country = self.country(happening)
            if country is not None:
                self.topic = None
                return country, False, "the whole country"
        if listed and site is not None and self.of_every(claim, sentence):  # "one drone each was downed over Rostov and Kursk"
            return site.place, self.is_part(site.place, happening, strict=site.how == "in" and not balance), ""
        if listed:
            if site is not None and not balance:  # where drones fell is told of all of them: a list of regions makes no part
                self.lists[claim.id] = site.place
            return None, False, "a list of places"
        if site is not None and not (balance and site.how != "in"):
            part = self.is_part(site.place, happening, strict=site.how == "in" and not balance)
            self.remember(sentence, happening, site.place, part, claim)
            return site.place, part and not (sentence.title and not balance), ""
        if site is not None:
            return site.place, False, ""
        office = self.offices.of(claim.speaker)
        if office is not None and not self.launches(office, happening):
            part = self.is_part(office, happening, strict=False)
            self.remember(sentence, happening, office, part, claim)
            return office, part, OFFICE
        if balance or claim.quantity is None:
            return None, False, ""
        whose = next((s.place for s in self.sites.get(sentence.index, ()) if s.how == "whose" and not self.launches(s.place, happening)), None)
        if whose is not None and whose.kind != "country":
            return whose, self.is_part(whose, happening, strict=False), ""
        if self.topic is not None:
            paragraph, index, about, place = self.topic
            if paragraph == sentence.paragraph and about == happening.id and self.goes_on(index, sentence.index, place):
                self.topic = (paragraph, sentence.index, about, place)
                return place, True, BEFORE
        return None, False, ""

    def of_every(self, claim: Claim, sentence: Sentence) -> bool:
        """Whether the figure's thing is told of each of several places."""
        end = (claim.figure or claim.span).end
        return any(t.lower in self.apiece for t in [t for t in sentence.tokens if t.start >= end][:_APIECE])

    def goes_on(self, first: int, last: int, place: Place) -> bool:
        """Whether no other place comes up in the sentences after ``first`` up to ``last``."""
        return all(s.place.within(place.id) or place.within(s.place.id) for i in range(first + 1, last + 1) for s in self.sites.get(i, ()))

    def remember(self, sentence: Sentence, happening: Happening, place: Place, part: bool, claim: Claim) -> None:
        """A figure of one town leaves the town as the topic for the sentences behind it, until another place comes up."""
        if part and claim.part_of is None:
            self.topic = (sentence.paragraph, sentence.index, happening.id, place)
        elif not part and place.kind == "country":
            self.topic = None

    def site_of(self, claim: Claim, sentence: Sentence, happening: Happening) -> tuple[Site | None, bool]:
        """The place a figure stands with; who launches is none. What the figure's reader took counts where it names one of the sites."""
        figure = claim.figure or claim.span
        tokens = sentence.tokens
        sites = [s for s in self.sites.get(sentence.index, ()) if s.how == "in" or not self.launches(s.place, happening)]
        first = next((i for i, t in enumerate(tokens) if t.end > figure.start), 0)
        last = next((i for i, t in enumerate(tokens) if t.end >= figure.end), first)
        site, listed = told_at(sites, first, last, [t.lower for t in tokens], self.listing, self.examples)
        if claim.place is None or listed:
            return site, listed
        read = next((s for s in sites if s.place.id == claim.place.id and s.first > last), None)
        finer = site is not None and read is not None and site.place.within(read.place.id)
        return (site if read is None or finer else read), False

    def launches(self, place: Place, happening: Happening) -> bool:
        """Whether a place is the doer's country, or its capital standing for it: "Moscow launched"."""
        party = party_of(place, self.sides)
        return party is not None and party in happening.actors and party not in happening.targets

    def country(self, happening: Happening) -> Place | None:
        """The one country that an event was aimed at."""
        codes = [t.upper() for t in happening.targets if t in self.sides.countries]
        return self.offices.gazetteer.get(codes[0]) if len(codes) == 1 else None

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

    def has_parts(self, happening: str | None) -> bool:
        """Whether figures of an event can be of a part of it: it is told town by town, or was aimed at one country."""
        told = self.get(happening)
        return told is not None and (self.domain.events[told.kind].extent == "wide" or self.country(told) is not None)

    def is_part(self, place: Place, happening: Happening, *, strict: bool) -> bool:
        """Whether a place is narrower than, or beside, what the event is told of. Events of one place have no parts.

        The event's own places are those of its first telling, else the country it was aimed at; ``strict``: where that tells a country, a
        town named with it is a part.
        """
        own = self.own.get(happening.id, ())
        country = self.country(happening)
        sided = bool(happening.actors) and country is not None
        if place.kind == "country" or not (self.domain.events[happening.kind].extent == "wide" or sided):
            return False
        if not own and country is not None:
            own = (country,)
        if strict and any(p.kind == "country" for p in own):
            own = tuple(p for p in own if p.kind == "country")
        several = [p for p in own if not any(q is not p and q.within(p.id) for q in own)]
        if strict and len(several) > 1 and country is not None:
            return True
        return bool(own) and not any(p.within(place.id) for p in own)


_A_PART = "place: a part of the larger count"


def settle(claims: Sequence[Claim], book: _Book) -> tuple[Claim, ...]:
    """A town's count below a count told of no town, of the same thing in the same event, is a part of it, whoever says it. One that is a
    part by its speaker's office alone, where the report counts the like nowhere else, is all there is: the whole."""
    places: dict[tuple[str | None, str, str], set[str]] = {}
    by_id = {c.id: c for c in claims}
    for claim in claims:
        if claim.quantity is not None and claim.part_of is None:
            places.setdefault(_counted(claim), set()).add(claim.scope.place or "")
    whole: dict[tuple[str | None, str, str, str], int] = {}
    for claim in claims:
        low = claim.quantity.low if claim.quantity is not None else None
        of_all = claim.scope.place is None and (claim.place is None or claim.place.kind == "country")
        if low is not None and of_all and claim.part_of is None and claim.status == "happened":
            key = _cell(claim, book)
            whole[key] = max(whole.get(key, 0), low)
    inferred = {f"place: {OFFICE}", f"place: {BEFORE}"}
    wholes = {(_cell(c, book), c.quantity.low) for c in claims if c.quantity is not None and c.scope.place is None and c.part_of is None}
    out = []
    for claim in claims:
        key = _cell(claim, book)
        high = claim.quantity.high if claim.quantity is not None else None
        place = claim.place or book.lists.get(claim.id)
        if place is not None and (place.kind == "country" or claim.scope.place is not None or not book.has_parts(claim.happening)):
            place = None  # no part of anything
        if claim.part_of is not None:
            whole_at = by_id[claim.part_of].place if claim.part_of in by_id else None
            same = place is None or (whole_at is not None and whole_at.within(place.id))
            out.append(claim if same or place is None else _scoped(claim, place.id, _A_PART))
            continue
        measure = book.domain.measures.get(claim.measure)
        if high is None and claim.quantity is not None and measure is not None and measure.strand == "balance":
            high = claim.quantity.low  # "more than 20 drones flew at Kyiv", of the night's 250
        if high is not None and place is not None and high < whole.get(key, 0):
            claim = _scoped(claim, place.id, _A_PART)
        elif inferred & set(claim.trace) and claim.quantity is not None and (key, claim.quantity.low) in wholes and claim.quantity.low:
            # the province's premier tells the whole count: the same number as told of no place
            claim = _scoped(claim, None, "place: the whole, told again")
        elif inferred & set(claim.trace) and len(places.get(_counted(claim), ())) < 2:
            claim = _scoped(claim, None, "place: the report's only count")
        out.append(claim)
    return tuple(_with_its_whole(out))


def _counted(claim: Claim) -> tuple[str | None, str, str]:
    return claim.happening, claim.measure, claim.facets.notation()


def _scoped(claim: Claim, place: str | None, why: str) -> Claim:
    """A claim said of a place, or of the whole event, and why."""
    return msgspec.structs.replace(claim, scope=msgspec.structs.replace(claim.scope, place=place), trace=(*claim.trace, why))


def _with_its_whole(claims: Sequence[Claim]) -> list[Claim]:
    """A part told of no place of its own is of its whole's: "three over the Moscow region, including one bound for the capital"."""
    at = {c.id: c.scope.place for c in claims}
    return [
        msgspec.structs.replace(c, scope=msgspec.structs.replace(c.scope, place=at.get(c.part_of))) if c.part_of and c.scope.place is None else c
        for c in claims
    ]


def _cell(claim: Claim, book: _Book) -> tuple[str | None, str, str, str]:
    """What a claim counts, for comparing a part with its whole; what was shot down over a town is a part of what was stopped anywhere."""
    measure = book.domain.measures.get(claim.measure)
    counted = measure.strand if measure is not None and measure.strand == "balance" else claim.measure
    return claim.happening, counted, claim.facets.notation(), claim.scope.period


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
