"""A rendered night as claims, voices and an event: what reading and joining would hand to the books, without their errors."""

from __future__ import annotations

from datetime import timedelta

from crosstally.domain.model import Domain
from crosstally.link.voices import hear
from crosstally.reconcile import EventInput
from crosstally.values import Claim, Event, Facets, Lineage, Place, Quantity, Reading, Scope, Source, Span, Speaker, Window

from .render import Rendered, Told
from .telling import Night, interval

_WEAPON = frozenset({"launched", "shot_down", "suppressed", "neutralised", "hit", "unaccounted"})


def claim_id(document: str, at: int) -> str:
    return f"{document}-{at:03}"


def facets_of(measure: str, member: str) -> Facets:
    return Facets() if not member else Facets({"weapon" if measure in _WEAPON else "age": member})


def claims_of(night: Night, rendered: tuple[Rendered, ...]) -> tuple[Claim, ...]:
    """One claim a figure, as a reader without errors would take it."""
    return tuple(_claim(night, r.document.id, at, t) for r in rendered for at, t in enumerate(r.told))


def _claim(night: Night, document: str, at: int, told: Told) -> Claim:
    s = told.statement
    low, high = interval(s.value, s.hedge)
    facets = facets_of(s.measure, s.member)
    city = night.truth.city
    place = {city[0]: Place(city[0], city[1], "city", country="ua", parents=("ua",)), "ru": Place("ru", "Russia", "country", country="ru")}.get(
        s.place
    )
    name = f"Mayor of {city[1]}" if s.speaker == "mayor" else s.speaker
    readings = (Reading("neutralised", facets), Reading("shot_down", facets)) if s.wide else ()
    return Claim(
        id=claim_id(document, at),
        document=document,
        span=told.figure,
        sentence=told.sentence,
        text=f"{s.value} {s.measure}",
        measure=s.measure,
        facets=facets,
        figure=told.figure,
        quantity=Quantity(low, high, s.hedge, "people", str(s.value)),
        readings=readings,
        scope=Scope(place=s.place or None, period=s.period),
        place=place,
        said_at=s.said,
        as_of=s.as_of,
        speaker=Speaker(name, vague=s.speaker == "officials") if name else None,
        channel=s.channel or None,
        rule="generated",
    )


def event_input(night: Night, rendered: tuple[Rendered, ...], domain: Domain) -> EventInput:
    """The night as one event, its voices heard by the real rule with the copies declared."""
    truth = night.truth
    claims = claims_of(night, rendered)
    documents = tuple(r.document for r in rendered)
    lineage = tuple(_line(r.id, r.copy_of, rendered) for r in night.reports if r.copy_of)
    end = truth.start + timedelta(hours=14)
    window = Window(truth.start.isoformat(timespec="minutes"), end.isoformat(timespec="minutes"), "night")
    event = Event(f"night-{night.seed}", "air_attack", "The night", (), tuple(d.id for d in documents), window, ("ua", truth.city[0]))
    sources = tuple(Source(d.source, d.source) for d in documents)
    heard = hear(claims, {c.id: event.id for c in claims}, {d.id: d for d in documents}, {s.id: s for s in sources}, (), {}, lineage, {}, domain)
    return EventInput(event=event, claims=claims, voices=heard.voices, documents=documents, sources=sources, lineage=lineage)


def _line(copy: str, original: str, rendered: tuple[Rendered, ...]) -> Lineage:
    whole = Span(0, len(next(r.document.text for r in rendered if r.document.id == copy)))
    return Lineage(copy, original, "copies", "the same words", ((whole, whole),))
