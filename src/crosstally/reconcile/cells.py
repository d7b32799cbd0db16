"""Cells: measure x facets x scope. Which claims enter which cell, and with what interval."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain, Relation
from crosstally.values import EARLY, HOURS, JOINS, KINDS, LISTED, LOWERED, Claim, Document, Event, Facets, Place, Scope, when_said

from .given import EventInput
from .lexicon import Lexicon, lexicon, plain, says
from .times import order
from .whose import Origin, origins

_ARTICLE = "count.article"  # the rule that reads "a" as one
_INDIVIDUAL = "individual."  # the rules that read one person told without a number


class Cell(msgspec.Struct, frozen=True):
    """``place`` None = the event's own. ``mode``: only "happened" cells are balanced; forecasts and plans stand apart."""

    measure: str
    facets: Facets
    place: str | None = None
    period: str = "event"
    cumulative: bool = False
    mode: str = "happened"

    def at(self, measure: str | None = None, facets: Facets | None = None) -> Cell:
        return Cell(
            self.measure if measure is None else measure,
            self.facets if facets is None else facets,
            self.place,
            self.period,
            self.cumulative,
            self.mode,
        )

    @property
    def scope(self) -> Scope:
        period = self.mode if self.mode != "happened" and self.period == "event" else self.period
        return Scope(place=self.place, period=period, cumulative=self.cumulative)


class Figure(msgspec.Struct, frozen=True):
    """A claim ready for the books. ``options``: one cell a reading, the default first. ``low``/``high`` in the measure's unit.

    ``said``: when the statement was made (else the publication time). ``soft``: unverified, so it widens and never settles.
    ``words``: a vague or shared amount without a number. ``joined``: part of a larger count told elsewhere. ``retold``: the same words in copies.
    ``addends``: claims of one list, whose numbers it is the sum of.
    """

    claim: Claim
    options: tuple[Cell, ...]
    low: int | None
    high: int | None
    origin: Origin
    said: str | None = None
    soft: bool = False
    words: bool = False
    joined: bool = False
    retold: tuple[Claim, ...] = ()
    addends: tuple[Claim, ...] = ()

    @property
    def id(self) -> str:
        return self.claim.id

    @property
    def printed(self) -> tuple[str, ...]:
        """Documents that carry it: its own and those that copied the words."""
        return (self.claim.document, *(c.document for c in self.retold))

    @property
    def one_told(self) -> bool:
        """Whether it is one person told by name, kin or pronoun, with no number."""
        return self.low == 1 and self.high == 1 and any(how.startswith(_INDIVIDUAL) for how in self.claim.trace[:1])

    def printed_in(self, document: str) -> Figure | None:
        """The figure as a document has it: itself, or the copy there; None where the document does not carry it."""
        if self.claim.document == document:
            return self
        copy = next((c for c in self.retold if c.document == document), None)
        return None if copy is None else msgspec.structs.replace(self, claim=copy, retold=())

    @property
    def exact(self) -> bool:
        return self.low is not None and self.low == self.high

    @property
    def none(self) -> bool:
        return self.claim.quantity is not None and self.claim.quantity.hedge == "none"

    def order(self, other: Figure) -> int | None:
        """-1 where this figure is the earlier one, 1 the later, 0 of one moment, None where it cannot be told.

        A stated hour that a figure is of goes before the hour at which it was said: "as of 6 a.m." stays early, however late it is told.
        """
        by = order(self.claim.as_of or self.said, other.claim.as_of or other.said)
        return by if by else order(self.said, other.said)

    def agrees(self, other: Figure) -> bool:
        """Whether one number satisfies both; of one report, also "100" in the headline and "more than 100" below it."""
        if self.claim.document == other.claim.document and (_rounds(self, other) or _rounds(other, self)):
            return True
        return (self.low is None or other.high is None or self.low <= other.high) and (
            other.low is None or self.high is None or other.low <= self.high
        )


def _rounds(plain: Figure, more: Figure) -> bool:
    quantity = more.claim.quantity
    return plain.exact and quantity is not None and quantity.hedge == "more_than" and more.low is not None and more.low - 1 == plain.low


class Gathered(msgspec.Struct, frozen=True):
    """Everything said of an event, sorted: figures by cell come later, once readings are chosen.

    ``documents`` carry their source's name in place of its id. ``withdrawn``: figures told as wrong, or denied by who told them.
    """

    figures: tuple[Figure, ...]
    labels: tuple[Claim, ...]
    denied: tuple[Claim, ...]
    withdrawn: tuple[Figure, ...]
    origins: Mapping[str, Origin]
    documents: Mapping[str, Document]
    parents: Mapping[str, tuple[str, ...]]
    places: Mapping[str, Place]


def canonical(facets: Facets, domain: Domain) -> Facets:
    """Without members that mean the whole ("aerial_weapon", "person")."""
    kept = {f: m for f, m in facets.items() if not ((tree := domain.facets.get(f)) is not None and tree.root == m)}
    return facets if len(kept) == len(facets) else Facets(kept)


def gather(given: EventInput, domain: Domain, as_of: str | None = None) -> Gathered:
    """Claims of the event by what they can enter. ``as_of`` leaves out what was said later than it."""
    names = {source.id: source.name for source in given.sources if source.name and source.id != "unknown"}
    documents = {d.id: msgspec.structs.replace(d, source=names[d.source]) if d.source in names else d for d in given.documents}
    origin = origins(given.claims, given.voices, given.entities, given.lineage)
    places: dict[str, Place] = {}
    for claim in given.claims:
        if claim.place is not None:
            places.setdefault(claim.place.id, claim.place)
    for entity in given.entities:
        if entity.kind == "place" and entity.id in given.event.places:
            places.setdefault(entity.id, Place(entity.id, entity.name))
    if any(p not in places for p in given.event.places) and any(c.scope.place is not None for c in given.claims):
        from crosstally.domain.gazetteer import load_gazetteer

        gazetteer = load_gazetteer()  # where the event's own places lie, of which no figure is told
        places.update((p, place) for p in given.event.places if p not in places and (place := gazetteer.get(p)) is not None)
    parents = {name: place.parents for name, place in places.items()}
    figures: list[Figure] = []
    withdrawn: list[Figure] = []
    labels: list[Claim] = []
    denied: list[Claim] = []
    words = lexicon()
    retold = dict(given.retold)
    for claim in sorted(given.claims, key=lambda c: (c.document, c.span.start, c.id)):
        said = when_said(claim, documents.get(claim.document))
        if as_of is not None and order(said, as_of) == 1:
            continue
        if claim.quantity is None:
            (denied if claim.status == "denied" else labels).append(claim)
            continue
        figure = _figure(claim, domain, origin[claim.id], said, given.event, places, retold.get(claim.id, ()))
        if told_wrong(claim, documents.get(claim.document), words):
            withdrawn.append(figure)
        elif claim.status == "denied":
            denied.append(claim)
            withdrawn.append(figure)
        else:
            figures.append(figure)
    figures = _beside_larger(figures, domain)
    return Gathered(tuple(figures), tuple(labels), tuple(denied), tuple(withdrawn), origin, documents, parents, places)


def _beside_larger(figures: Sequence[Figure], domain: Domain) -> list[Figure]:
    """Counts of no whole beside a larger one: a floor of it, and no count of their own. Those who died later joined the dead, or will; a place of
    a list, and women and children, are a part; what was counted first gives way where its report has the later count too."""
    overtakes = {m.overtaken_by for m in domain.measures.values() if m.overtaken_by}
    whole = [f for f in figures if not {JOINS, EARLY, KINDS} & set(f.claim.trace)]
    largest: dict[Cell, int] = {}
    for figure in whole:
        largest[figure.options[0]] = max(largest.get(figure.options[0], 0), figure.low or 0)
    own = {(f.options[0], f.claim.document) for f in whole if not f.words}
    lowered = [f for f in figures if LOWERED in f.claim.trace and f.low is not None]
    out = []
    for f in figures:
        cell, low, trace = f.options[0], f.low or 0, f.claim.trace
        held = largest.get(cell, 0)
        lesser = LISTED in trace or KINDS in trace or (JOINS in trace and cell.measure in overtakes)
        if any(f.options[0] == by.options[0] and (by.low or 0) < low and order(f.said, by.said) == -1 for by in lowered):
            f = msgspec.structs.replace(f, low=None, high=None, joined=True)  # 103 on Wednesday, "revised down to 84" on Thursday
        elif lesser and 0 < low < held:
            f = msgspec.structs.replace(f, high=None, joined=True)
        elif EARLY in trace and not f.words and (cell, f.claim.document) in own:
            f = msgspec.structs.replace(f, low=low if low <= held else None, high=None, joined=True)
        out.append(f)
    return out


_NEAR = 8  # words between the words for an earlier report and the figure, at most
_FAR = 14  # words between the figure and the words for wrong, at most


def told_wrong(claim: Claim, document: Document | None, words: Lexicon) -> bool:
    """True if the sentence gives the figure only to say that it was wrong: "an earlier report that five had died was wrong".

    The words for an earlier report stand shortly before the figure; the words for wrong follow it, or words for mending stand before.
    """
    if document is None or claim.figure is None:
        return False
    sentence = claim.sentence.of(document.text)
    before = plain(sentence[: max(0, claim.figure.start - claim.sentence.start)])
    cue = max((before.rfind(plain(w)) for w in words.earlier), default=-1)
    if cue < 0 or len(before[cue:].split()) > _NEAR:
        return False
    after = " ".join(plain(sentence[claim.figure.end - claim.sentence.start :]).split()[:_FAR])
    mending = " ".join(before[: cue + 1].split()[-4:])
    return says(plain(after), words.wrong) or says(plain(mending), words.mended)


def _figure(
    claim: Claim,
    domain: Domain,
    origin: Origin,
    said: str | None,
    event: Event,
    places: Mapping[str, Place],
    retold: tuple[Claim, ...],
) -> Figure:
    quantity = claim.quantity
    assert quantity is not None
    mode = claim.status if claim.status in ("forecast", "planned") else "happened"
    kind = domain.events.get(event.kind)
    wide = kind is not None and kind.extent == "wide"
    readings = [(r.measure, r.facets, r.place) for r in claim.readings] or [(claim.measure, claim.facets, None)]
    options = tuple(
        Cell(
            measure=measure,
            facets=canonical(facets, domain),
            place=own_place(place or claim.scope.place, event, places, wide=wide),
            period=claim.scope.period,
            cumulative=claim.scope.cumulative and claim.scope.period != "event",  # a running total of the event is the event's toll
            mode=mode,
        )
        for measure, facets, place in readings
    )
    low, high = quantity.low, quantity.high
    unit = (quantity.unit or "").rstrip("s")
    known = domain.measures.get(claim.measure)
    if known is not None and known.unit == "hours" and unit in HOURS:
        fewest, most = HOURS[unit]
        low = None if low is None else math.floor(low * fewest + 1e-9)
        high = None if high is None else math.ceil(high * most - 1e-9)
    if known is not None and known.strand == "damage" and claim.trace[:1] == (_ARTICLE,):
        high = None  # "a house was damaged" names one, and does not say that it was the only one
    return Figure(claim, options, low, high, origin, said, soft=claim.status == "unverified", words=low is None and high is None, retold=retold)


def own_place(place: str | None, event: Event, places: Mapping[str, Place], *, wide: bool = False) -> str | None:
    """None where a place is the event's own, or holds it; else the place. Another country is never the event's own. An event of a ``wide``
    class with towns side by side and no country named is of the side it was aimed at, and none of the towns is its own."""
    if place is None or not event.places:
        return place if event.places else None
    main, home = event.places[0], places.get(event.places[0])
    if wide and place == main and home is not None and len(event.targets) == 1 and _side_by_side(event.places, home, places):
        return place
    if place == main or (home is not None and (place in home.parents or place == home.country)):
        return None
    if not wide and any(place in places[p].parents for p in event.places if p in places):
        return None  # the region of a town told beside one that no gazetteer holds
    small = home is not None and home.country is None and home.kind not in ("country", "unknown")
    countries = {p.country for p in places.values()} | {p.id for p in places.values() if p.kind == "country"}
    if small and place in countries:
        return None  # a town of no known country, told of with the country's name
    return place


def _side_by_side(told: Sequence[str], home: Place, places: Mapping[str, Place]) -> bool:
    """Whether some other of the places told is neither inside ``home``, nor holds it, nor is its town of the same name."""
    others = (places[p] for p in told[1:] if p in places)
    return home.kind != "country" and any(not (o.within(home.id) or home.within(o.id) or o.name == home.name) for o in others)


def holds(relation: Relation, when: str | None) -> bool:
    """True if the relation is valid at a date; an unknown date does not rule it out."""
    if when is None:
        return True
    date = when[:10]
    return (relation.valid_from is None or date >= relation.valid_from) and (relation.valid_until is None or date < relation.valid_until)
