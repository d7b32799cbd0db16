"""One happening with all that can say which event it is, in comparable form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import msgspec
import re2

from crosstally.domain import Domain
from crosstally.values import Claim, Document, DocumentReading, Happening, Mention, PersonName, Place, Window

from . import names
from .tables import common_words
from .times import day, hours

_WORD = re2.compile(r"[\p{L}\p{N}]+(?:['’][\p{L}]+)?")
_LEAD = 1600  # characters of a document that tell what it is about: news puts it first


class Figure(msgspec.Struct, frozen=True):
    """One count of a telling. ``key`` is measure and facets; ``low`` and ``high`` as in Quantity."""

    key: str
    low: int | None
    high: int | None
    exact: bool


class Telling(msgspec.Struct, frozen=True):
    """``hours`` and ``published`` count from 1900. ``actors`` and ``targets`` are party ids where one is known, else names. ``people``:
    folded full names of those told of; ``participants`` as named. ``words``: weight by folded word."""

    id: str
    document: str
    source: str
    kind: str
    status: str
    main: bool
    start: int
    window: Window | None
    hours: tuple[int, int] | None
    published: int | None
    places: frozenset[str]
    actors: frozenset[str]
    targets: frozenset[str]
    participants: tuple[str, ...]
    figures: tuple[Figure, ...]
    people: frozenset[str]
    words: Mapping[str, float]


def place_directory(readings: Iterable[DocumentReading]) -> dict[str, Place]:
    """Every place by id, as mentions and claims carry it."""
    found: dict[str, Place] = {}
    for reading in readings:
        for mention in reading.mentions:
            if isinstance(mention.value, Place):
                _keep(found, mention.value)
        for claim in reading.claims:
            if claim.place is not None:
                _keep(found, claim.place)
    return found


def _keep(found: dict[str, Place], place: Place) -> None:
    known = found.get(place.id)
    if known is None or (len(place.parents), place.lat is not None, place.name) > (len(known.parents), known.lat is not None, known.name):
        found[place.id] = place


def tellings(reading: DocumentReading, document: Document, domain: Domain) -> tuple[Telling, ...]:
    """A document's happenings, comparable. Depends on this document alone."""
    if not reading.happenings:
        return ()
    by_happening: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        if claim.happening is not None:
            by_happening.setdefault(claim.happening, []).append(claim)
    entities = {e.id: e for e in reading.entities}
    party_of = {e.id: e.party for e in reading.entities if e.party}
    single = len(reading.happenings) == 1
    lead = word_weights(f"{document.title}\n{document.text[:_LEAD]}")
    people = _told_of(reading.mentions)

    def name(identity: str) -> str:
        return entities[identity].name if identity in entities else identity

    def side(identity: str) -> str:
        return party_of.get(identity) or (name(identity) if identity not in domain.parties else identity)

    out = []
    for happening in reading.happenings:
        main = happening.main or single
        out.append(
            Telling(
                id=happening.id,
                document=document.id,
                source=document.source,
                kind=happening.kind,
                status=happening.status,
                main=main,
                start=happening.anchor.start,
                window=happening.window,
                hours=hours(happening.window),
                published=day(document.published),
                places=frozenset(happening.places),
                actors=frozenset(side(a) for a in happening.actors),
                targets=frozenset(side(t) for t in happening.targets),
                participants=tuple(sorted({name(p) for p in happening.participants})),
                figures=tuple(sorted(_figures(by_happening.get(happening.id, ())), key=lambda f: (f.key, f.low or -1, f.high or -1))),
                people=people if main else frozenset(),
                words=lead if main else {w: 1.0 for w in happening.words if w.lower() not in common_words()},
            )
        )
    return tuple(out)


def _figures(claims: Iterable[Claim]) -> set[Figure]:
    """Counts of the event itself: running totals and other periods speak of other things."""
    return {
        Figure(f"{c.measure} {c.facets.notation()}".strip(), c.quantity.low, c.quantity.high, c.quantity.is_exact)
        for c in claims
        if c.quantity is not None and c.quantity.is_number and c.scope.period == "event" and not c.scope.cumulative
    }


def _told_of(mentions: Iterable[Mention]) -> frozenset[str]:
    """Full names of people without an office: those who were there. A chief of police is in every report of his town."""
    plain: set[str] = set()
    officials: set[str] = set()
    for mention in mentions:
        if mention.kind == "person" and isinstance(mention.value, PersonName) and mention.value.form == "full":
            folded = names.parts(mention.value.name)
            if len(folded) >= 2:
                (officials if mention.value.role else plain).add(" ".join(folded))
    return frozenset(plain - officials)


def word_weights(text: str) -> dict[str, float]:
    """Weight by lower-case word: common words nothing, names and numbers more than others. Nothing of the corpus enters, so a pair's
    likeness never changes when other reports arrive."""
    common = common_words()
    found: dict[str, float] = {}
    start_of_sentence = True
    last_end = 0
    for match in _WORD.finditer(text):
        gap = text[last_end : match.start()]
        start_of_sentence = last_end == 0 or any(c in gap for c in '.!?\n:“"')
        last_end = match.end()
        raw = match.group().replace("’", "'").removesuffix("'s")
        word = raw.lower()
        if (len(word) < 2 and not word.isdigit()) or word in common:
            continue
        weight = 2.0 if raw[:1].isupper() and not start_of_sentence else 1.5 if word.isdigit() else 1.0
        if weight > found.get(word, 0.0):
            found[word] = weight
    return found


def nominal_words(happening: Happening) -> frozenset[str]:
    """Folded content words of a telling."""
    return frozenset(w.lower() for w in happening.words) - common_words()
