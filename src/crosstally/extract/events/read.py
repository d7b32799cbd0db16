"""What events a document tells. Anchors of all sentences are grouped to happenings; every sentence gets the happening it is about."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from crosstally.domain.gazetteer import load_gazetteer
from crosstally.domain.model import Domain, Language
from crosstally.extract.events.anchors import Scene, read_scene
from crosstally.extract.events.attach import attach
from crosstally.extract.events.clauses import by_sentence
from crosstally.extract.events.group import Grouped
from crosstally.extract.events.groups import group_anchors
from crosstally.extract.events.links import read_links
from crosstally.extract.events.shape import names_of, shape
from crosstally.extract.events.tables import Reader, has_phrase, reader
from crosstally.extract.events.telling import Telling
from crosstally.extract.events.times import order
from crosstally.extract.events.when import as_of_time
from crosstally.extract.names.nominal import settle_capitals
from crosstally.extract.remarks.labels import read_labels
from crosstally.extract.remarks.records import read_records
from crosstally.extract.remarks.votes import read_votes
from crosstally.values import Document, Mention, Sentence


def read_scenes(sentences: Sequence[Sentence], mentions: Sequence[Mention], tables: Reader) -> list[Scene]:
    """One scene a sentence that is content, in order."""
    rows = by_sentence(sentences, mentions)
    scenes: list[Scene] = []
    inside, paragraph = False, -1
    for sentence, row in zip(sentences, rows, strict=True):
        if sentence.furniture is not None or not sentence.tokens:
            continue
        if sentence.paragraph != paragraph:
            inside, paragraph = False, sentence.paragraph
        scene, inside = read_scene(sentence, row, tables, inside)
        scenes.append(scene)
    return scenes


def read_happenings(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    nominals: Sequence[Mention],
    domain: Domain,
    language: Language,
    harmed: frozenset[int] = frozenset(),
) -> Telling:
    """Happenings, the links the report words between them, and label claims (records, motives, alarms, damage without a number).

    Reads quantities, moments, people, bodies and places among ``mentions``; ``nominals`` are descriptions that resolve to a place ("the
    capital"); ``harmed``: sentences that tell of people who came to harm. Nothing is read from furniture.
    """
    tables = reader(domain, language)
    nominals = settle_capitals(sentences, mentions, nominals, load_gazetteer())
    scenes = read_scenes(sentences, (*mentions, *nominals), tables)
    grouped: Grouped = group_anchors(scenes, document, tables, harmed)
    people = names_of(scenes)
    happenings = tuple(shape(group, scenes, people, document, domain, tables) for group in grouped.groups)
    links = read_links(document, scenes, grouped, tables, language)
    extra = tuple(h for h, _ in links.implied)
    telling = Telling(
        happenings=happenings + extra,
        links=links.links,
        anchors=tuple(a for g in grouped.groups for a in g.anchors),
        sites=tuple(site for scene in scenes for site in scene.sites),
        wide=tuple(s.sentence.index for s in scenes if has_phrase(s.words, 0, len(s.words), tables.tense.phrases["whole"])),
        listing=tables.tense.lists["listing"],
        examples=tables.tense.lists["examples"],
        apiece=tables.tense.lists["apiece"],
        recalled=tuple(s.sentence.index for s in scenes if has_phrase(s.words, 0, min(5, len(s.words)), tables.tense.phrases["recalling"])),
        focus=tuple(sorted(grouped.focus.items())),
        periods=tuple(sorted((i, period, owner) for i, (period, owner) in grouped.periods.items())),
        as_of=tuple((s.sentence.index, at) for s in scenes if s.as_of is not None and (at := as_of_time(s.as_of, document, tables.tense))),
        regional=tables.tense.lists["regional"],
        national=tables.tense.lists["national"],
        municipal=tables.tense.lists["municipal"],
    )
    main = next((h.window for h in happenings if h.main), None)
    if main is not None and telling.recalled:
        days = tables.tense.lists["weekdays"]
        earlier = tuple(s.sentence.index for s in scenes if any(order(w, main, days) == "earlier" for w in s.hints))
        telling = msgspec.structs.replace(telling, earlier=earlier)
    claims = read_records(document, scenes, telling, tables, language) + read_labels(document, scenes, telling, domain, language)
    claims += read_votes(document, scenes, telling, language)
    return msgspec.structs.replace(telling, claims=claims)


__all__ = ["Telling", "attach", "read_happenings", "read_scenes"]
