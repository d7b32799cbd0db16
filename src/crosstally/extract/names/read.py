"""People, bodies and places of one document, joined to entities within it."""

from __future__ import annotations

from collections import Counter
from itertools import groupby

import msgspec

from crosstally.domain.gazetteer import Gazetteer
from crosstally.domain.model import Domain, Language
from crosstally.extract.names.bodies import Body, read_acronyms, read_bodies, read_known_bodies
from crosstally.extract.names.entities import join_bodies, join_people
from crosstally.extract.names.line import Line
from crosstally.extract.names.people import Person, read_people
from crosstally.extract.names.places import COMPOUND, demonyms_in, read_places
from crosstally.extract.names.resolution import PlaceHit
from crosstally.extract.names.words import NameWords, name_words
from crosstally.values import BodyName, Document, Entity, Furniture, Mention, PersonName, Place, Sentence, Span

SILENT: frozenset[Furniture] = frozenset({"repeated", "counter", "disclaimer", "link", "navigation", "byline"})


class Names(msgspec.Struct, frozen=True):
    """``mentions`` in order of the text, kinds person, body and place; ``entities`` people and bodies: a place is its own id.

    ``nominals``: "the capital", "the country", resolved to a place: no mentions of a place by name, kept apart.
    """

    mentions: tuple[Mention, ...] = ()
    entities: tuple[Entity, ...] = ()
    nominals: tuple[Mention, ...] = ()


def _outermost(bodies: list[Body]) -> list[Body]:
    """Bodies that lie within no longer one. ``bodies`` sorted by start, then end; so are those that are kept."""
    kept: list[Body] = []
    before = -1  # the furthest end of those that start earlier
    for _, group in groupby(bodies, key=lambda b: b.start):
        together = list(group)
        longest = max(b.end for b in together)
        if longest > before:
            kept += [b for b in together if b.end == longest]
        before = max(before, longest)
    return kept


def read_names(document: Document, sentences: tuple[Sentence, ...], language: Language, domain: Domain, gazetteer: Gazetteer) -> Names:
    """Names of a document whose ``sentences`` lie in its text. Page furniture that only repeats or counts is passed over."""
    words = name_words(language)
    lines = [Line(document.text, s, words) for s in sentences if s.furniture not in SILENT and s.tokens]
    known = read_known_bodies(lines, words)
    people = read_people(lines, words, gazetteer)
    hits = read_places(lines, words, gazetteer)
    countries = {
        (h.line, i): ("=" if h.place.kind == "country" else "") + (h.place.country or "") for h in hits if h.place for i in range(h.a, h.b)
    }
    bodies = sorted([*known, *read_bodies(lines, words, gazetteer, countries)], key=lambda b: (b.start, b.end))
    bodies = [*bodies, *read_acronyms(lines, bodies)]
    bodies.sort(key=lambda b: (b.start, b.end))
    bodies = _outermost(bodies)
    person_ids, persons = join_people(document.id, people)
    body_ids, institutions = join_bodies(document.id, bodies, gazetteer)
    mentions = [_person(document, lines, p, e) for p, e in zip(people, person_ids, strict=True)]
    mentions += [_body(document, lines, b, e) for b, e in zip(bodies, body_ids, strict=True)]
    mentions += [_place(document, lines, h) for h in hits]
    mentions += _seats(document, lines, bodies, words, gazetteer)
    mentions.sort(key=lambda m: (m.span, m.kind))
    return Names(tuple(mentions), (*persons, *institutions), tuple(_nominals(document, lines, hits, words, gazetteer)))


def _person(document: Document, lines: list[Line], p: Person, entity: str) -> Mention:
    span = Span(p.start, p.end)
    cover = Span(p.role_start, p.end) if 0 <= p.role_start < p.start else None
    value = PersonName(p.name, p.role, "full" if p.full else "short")
    return Mention(
        document.id,
        span,
        "person",
        span.of(document.text),
        value,
        f"person: {p.rule}",
        entity,
        cover,
        sentence=lines[p.line].sentence.index,
    )


def _body(document: Document, lines: list[Line], b: Body, entity: str) -> Mention:
    span = Span(b.start, b.end)
    return Mention(
        document.id,
        span,
        "body",
        span.of(document.text),
        BodyName(b.name, b.vague, b.kind),
        f"body: {b.rule}",
        entity,
        sentence=lines[b.line].sentence.index,
    )


def _place(document: Document, lines: list[Line], h: PlaceHit) -> Mention:
    span = Span(h.start, h.end)
    place = h.place if h.place is not None else Place(f"name:{h.name.lower()}", h.name)
    return Mention(
        document.id, span, "place", span.of(document.text), place, f"place: {h.rule}", place.id, sentence=lines[h.line].sentence.index
    )


def _seats(document: Document, lines: list[Line], bodies: list[Body], words: NameWords, gazetteer: Gazetteer) -> list[Mention]:
    """A seat of power is a place too, nested in the body it stands for."""
    found = []
    for body in bodies:
        if body.name in words.seats:
            city, _, country = words.seats[body.name].rpartition(", ")
            home = next((p for p in gazetteer.find(city) if p.country == country and p.kind == "city"), None)
            place = Place(
                f"site:{body.name.lower()}",
                body.name,
                "site",
                country,
                home.lat if home else None,
                home.lon if home else None,
                (home.id, *home.parents) if home else (country,),
            )
            span = Span(body.start, body.end)
            found.append(
                Mention(
                    document.id,
                    span,
                    "place",
                    span.of(document.text),
                    place,
                    "place: seat of a body",
                    place.id,
                    sentence=lines[body.line].sentence.index,
                )
            )
    return found


_OWN = ("the", "this", "its", "our", "their", "his", "her")  # before a nominal: "his region"


def _nominals(document: Document, lines: list[Line], hits: list[PlaceHit], words: NameWords, gazetteer: Gazetteer) -> list[Mention]:
    """ "the capital", "the Ukrainian capital", "the city", "this country": resolved to the nearest place of that kind named before."""
    found: list[Mention] = []
    weight: Counter[str] = Counter(h.place.country for h in hits if h.place and h.place.country)
    weight.update(code.strip() for code in demonyms_in(lines, words))
    hits = [h for h in hits if h.rule != COMPOUND and not _bearing(lines[h.line], h.a, words)]  # "the Moscow-backed head of the city"
    for number, line in enumerate(lines):
        if line.sentence.lacks(words.nominal_words):
            continue
        for i, word in enumerate(line.lower):
            if word not in words.nominals or line.cap[i] or i == 0:
                continue
            first, nation = i - 1, ""
            if line.lower[first] in words.demonyms:
                nation = words.demonyms[line.lower[first]]
                first -= 1
            owner = line.possessive(first) and first >= 1
            if owner:
                country = next((h.place.country for h in hits if h.place and h.line == number and h.b == first), None)
                nation = country or nation
                if not country:
                    continue
            elif (
                not (first >= 0 and line.lower[first] in (*_OWN, "whole", "entire", "across")) and not nation
            ):
                continue
            if line.low(i + 1) == "of" or (line.touches(i + 1) and line.low(i + 1) in words.body_first):
                continue
            place = _stands_for(words.nominals[word], nation, number, i, hits, weight, gazetteer)
            if place is not None:
                start = line.tokens[
                    first if first >= 0 and not owner and line.lower[first] in _OWN else i
                ].start
                span = Span(start, line.tokens[i].end)
                found.append(
                    Mention(
                        document.id, span, "place", span.of(document.text), place, "place: nominal", place.id, sentence=line.sentence.index
                    )
                )
    return found


def _bearing(line: Line, a: int, words: NameWords) -> bool:
    """Whether a place only says where another lies: "southeast of Moscow"."""
    return line.low(a - 1) == "of" and line.low(a - 2) in words.directions


def _stands_for(
    kind: str, nation: str, line: int, token: int, hits: list[PlaceHit], weight: Counter[str], gazetteer: Gazetteer
) -> Place | None:
    before = [h.place for h in hits if h.place and (h.line, h.a) < (line, token)]
    places = [h.place for h in hits if h.place]
    if kind == "country":
        code = nation or (weight.most_common(1)[0][0] if weight else "")
        return gazetteer.get(code) if code else None
    if kind == "capital":
        capitals = [p for p in reversed(before) if gazetteer.capital(p.country or "") == p.id]
        if nation:
            id = gazetteer.capital(nation)
            return gazetteer.get(id) if id else None
        if capitals:
            counts = Counter(p.id for p in places if gazetteer.capital(p.country or "") == p.id)
            return gazetteer.get(counts.most_common(1)[0][0])
        id = gazetteer.capital(weight.most_common(1)[0][0]) if weight else None
        return gazetteer.get(id) if id else None
    return next((p for p in reversed(before) if p.kind == kind and (not nation or p.country == nation)), None)
