"""One happening with all that can say which event it is, in comparable form."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

import msgspec

from crosstally.domain import Domain
from crosstally.values import Claim, Document, DocumentReading, Mention, PersonName, Place, Quantity, Window

from . import names
from .tables import common_words, load_rules, word_bands
from .times import day, hours

# Words and what stands between; one character class, so linear.
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_SENTENCE_END = frozenset('.!?\n:“"')
_OWN = frozenset({"event", "per_day", "day"})
_CENTURY = ("19", "20")
_LEAD = 1600  # characters of a document that tell what it is about: news puts it first


class Figure(msgspec.Struct, frozen=True):
    """One count of a telling: ``key`` is measure and facets, ``value`` the number that is said. ``exact``: said without a hedge."""

    key: str
    value: int
    exact: bool


class Telling(msgspec.Struct, frozen=True):
    """``hours`` and ``published`` count from 1900. ``actors`` and ``targets`` are party ids where one is known, else names. ``people``:
    folded full names of those told of; ``participants`` as named. ``words``: weight by lower-case word; ``rare``: its names and
    rare words."""

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
    rare: frozenset[str] = frozenset()


def place_directory(readings: Collection[DocumentReading], known: Mapping[str, Place] | None = None) -> dict[str, Place]:
    """Every place of the readings by id, as mentions and claims carry it, or as ``known`` where that says more."""
    found: dict[str, Place] = {}
    for reading in readings:
        for mention in reading.mentions:
            if isinstance(mention.value, Place):
                _keep(found, mention.value)
        for claim in reading.claims:
            if claim.place is not None:
                _keep(found, claim.place)
    if known:
        for id in tuple(found):
            if id in known:
                _keep(found, known[id])
    missing = sorted({p for r in readings for h in r.happenings for p in h.places if p not in found and p not in (known or ())})
    if missing:
        # A place that is only described ("the capital") has no mention of its own.
        from crosstally.domain.gazetteer import load_gazetteer

        gazetteer = load_gazetteer()
        found.update((p, place) for p in missing if (place := gazetteer.get(p)) is not None)
    return found


def _keep(found: dict[str, Place], place: Place) -> None:
    known = found.get(place.id)
    if known is None or _says(place) > _says(known):
        found[place.id] = place


def _says(place: Place) -> tuple[int, bool, str, str, str, tuple[str, ...], float, float]:
    """How much is said of a place; no two that differ are equal, so that the order of reports never decides."""
    located = place.lat is not None
    return len(place.parents), located, place.name, place.kind, place.country or "", place.parents, place.lat or 0.0, place.lon or 0.0


def tellings(
    reading: DocumentReading, document: Document, domain: Domain, rejected: frozenset[str] = frozenset()
) -> tuple[Telling, ...]:
    """A document's happenings, comparable. Depends on this document alone. ``rejected``: claims whose figures say nothing."""
    if not reading.happenings:
        return ()
    by_happening: dict[str, list[Claim]] = {}
    for claim in reading.claims:
        if claim.happening is not None and claim.id not in rejected:
            by_happening.setdefault(claim.happening, []).append(claim)
    entities = {e.id: e for e in reading.entities}
    party_of = {e.id: e.party for e in reading.entities if e.party}
    single = len(reading.happenings) == 1
    content = _content(reading, document)
    lead = word_weights(content[:_LEAD])
    rare = frozenset(w for w, weight in lead.items() if weight >= 1.0 and not w.isdigit())
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
                figures=tuple(sorted(_figures(by_happening.get(happening.id, ())), key=lambda f: (f.key, f.value, f.exact))),
                people=people if main else frozenset(),
                rare=rare if main else frozenset(),
                words=lead if main else {w: 1.0 for w in happening.words if w.lower() not in common_words()},
            )
        )
    return tuple(out)


def _content(reading: DocumentReading, document: Document) -> str:
    """The opening of a document, headline first, without page furniture."""
    parts = [document.title]
    length = 0
    for sentence in reading.sentences:
        if sentence.furniture is None and length < _LEAD:
            parts.append(sentence.span.of(document.text))
            length += len(sentence.span)
    if len(parts) == 1 and not reading.sentences:
        parts.append(document.text[:_LEAD])
    return "\n".join(parts)


def _figures(claims: Iterable[Claim]) -> set[Figure]:
    """Counts of the event itself: running totals and other periods speak of other things. "Up to 1,000" and "over 1,000" both say 1,000."""
    found: set[Figure] = set()
    for claim in claims:
        quantity = claim.quantity
        if quantity is None or claim.scope.period not in _OWN or claim.scope.cumulative:
            continue
        said = {quantity.low, quantity.high} if quantity.hedge == "between" else {_said(quantity)}
        key = f"{claim.measure} {claim.facets.notation()}".strip()
        found.update(Figure(key, value, quantity.is_exact) for value in said if value is not None)
    return found


def _said(quantity: Quantity) -> int | None:
    """The number in the words: the bound of the interval that the hedge leaves beside it."""
    if quantity.hedge == "more_than" and quantity.low is not None:
        return quantity.low - 1
    if quantity.hedge in ("fewer_than", "nearly") and quantity.high is not None:
        return quantity.high + 1
    if quantity.hedge == "around" and quantity.low is not None and quantity.high is not None:
        return (quantity.low + quantity.high) // 2
    return quantity.low if quantity.hedge in ("exact", "at_least") else quantity.high


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
    """Weight by lower-case word: rare words more than common ones, a name more still. Nothing of the corpus enters, so a pair's likeness
    never changes when other reports arrive."""
    bands, wording = word_bands(), load_rules().wording
    found: dict[str, float] = {}
    last_end = 0
    for match in _WORD.finditer(text):
        start = match.start()
        starts = last_end == 0 or not _SENTENCE_END.isdisjoint(text[last_end:start])
        last_end = match.end()
        raw = match.group()
        if not raw.isalnum():
            raw = raw.replace("’", "'").removesuffix("'s")
        word = raw.lower()
        if word.isdecimal():
            weight = (
                wording.small if len(word) < 3 and int(word) <= 31 else wording.year if len(word) == 4 and word[:2] in _CENTURY else wording.number
            )
        else:
            weight = bands.get(word, 1.0) if len(word) > 1 else 0.0
        if raw[:1].isupper() and not starts:
            weight *= wording.name
        if weight > found.get(word, 0.0):
            found[word] = weight
    return found
