"""What leaves the house: places no finer than allowed, covered in the sentences too; events whose time has not come, kept back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import msgspec

from crosstally.domain.model import Domain
from crosstally.domain.sharing import finest_for
from crosstally.reconcile.conventions.facts import Finest, rank
from crosstally.values import Book, Event, Mention, Place, PlaceKind, Reading, Span

COVER = "▓"


def cover_places(book: Book, finest: Finest, domain: Domain) -> Book:
    """The book with the names of finer places covered, character by character, in every text and title of it, so that offsets still hold.

    In the sentences of figures that the packs generalise (a hospital, a military site) wider names are covered as well, but for regions.
    A name is covered where it was read as a place. What no reader took for a place stays: read a table before you share it.
    """
    if finest is None:
        return book
    spans: dict[str, list[Span]] = {}
    names: set[str] = set()
    wider = _wider(book, domain)
    for mention in book.mentions:
        near = [kind for sentence, kind in wider.get(mention.document, ()) if sentence.covers(mention.span)]
        if any(_too_fine(mention, kind) for kind in near):
            spans.setdefault(mention.document, []).append(mention.span)
        if _too_fine(mention, finest):
            spans.setdefault(mention.document, []).append(mention.span)
            names.add(mention.text)
            names.update((mention.value.name,) if isinstance(mention.value, Place) else ())  # a title has the gazetteer's spelling
    if not spans:
        return book
    documents = tuple(
        msgspec.structs.replace(d, text=_cover(d.text, spans.get(d.id, [])), title=_without(d.title, names)) if d.id in spans else d
        for d in book.documents
    )
    texts = {d.id: d.text for d in documents}
    claims = tuple(msgspec.structs.replace(c, text=c.span.of(texts[c.document])) if c.document in texts else c for c in book.claims)
    events = tuple(msgspec.structs.replace(e, title=_without(e.title, names)) for e in book.events)
    return msgspec.structs.replace(book, documents=documents, claims=claims, events=events)


def _wider(book: Book, domain: Domain) -> dict[str, list[tuple[Span, PlaceKind]]]:
    """Sentences of figures that are given by a wider place, by document."""
    found: dict[str, list[tuple[Span, PlaceKind]]] = {}
    for claim in book.claims:
        readings = claim.readings or (Reading(claim.measure, claim.facets),)
        for reading in readings:
            kind = finest_for(reading.measure, reading.facets, domain)
            if kind is not None:
                found.setdefault(claim.document, []).append((claim.sentence, kind))
    return found


def _too_fine(mention: Mention, finest: Finest) -> bool:
    place = mention.value
    return isinstance(place, Place) and place.kind != "unknown" and finest is not None and rank(place.kind) > rank(finest)


def _cover(text: str, spans: list[Span]) -> str:
    characters = list(text)
    for span in spans:
        characters[span.start : span.end] = [c if c.isspace() else COVER for c in characters[span.start : span.end]]
    return "".join(characters)


def _without(text: str, names: set[str]) -> str:
    for name in sorted(names, key=lambda n: (-len(n), n)):
        text = text.replace(name, "".join(c if c.isspace() else COVER for c in name))
    return text


def held_back(event: Event, places: tuple[Place, ...], published: str | None, delays: Mapping[str, float], now: datetime) -> float:
    """Hours for which an event is still kept back, 0 where its time has come.

    The longest delay set for one of its countries or kinds of place holds, from the event's end; where nobody tells when it ended, from its
    first report; where that has no date either, it stays back.
    """
    hours = max((delays[k] for p in places for k in ((p.country or p.id).upper(), p.kind) if k in delays), default=0.0)
    if not hours:
        return 0.0
    end = _moment((event.window.end if event.window else None) or published)
    if end is None:
        return hours
    left = (end + timedelta(hours=hours) - now).total_seconds() / 3600
    return max(0.0, left)


def _moment(text: str | None) -> datetime | None:
    """A time; a day alone counts to its end, one without a zone is UTC."""
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    found = found + timedelta(days=1) if text is not None and len(text) <= 10 else found
    return found if found.tzinfo else found.replace(tzinfo=UTC)
