"""Who was quoted: one entry a person across spellings and reports, with roles as given by whom, and the same words printed once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from crosstally.values import Mention, QuoteValue, Span

from .shelf import Shelf

_ALIKE = 0.8  # share of words in common from which two quotes are the same words, translated or trimmed


@dataclass(frozen=True, slots=True)
class Saying:
    """Words quoted, and every place that prints them (document, span); the longest wording stands for all."""

    text: str
    places: tuple[tuple[str, Span], ...]


@dataclass(frozen=True, slots=True)
class Person:
    """``roles``: role and the outlets that give it. ``spellings``: other ways the name is written. ``why``: why they are taken for one."""

    name: str
    entity: str | None
    roles: tuple[tuple[str, tuple[str, ...]], ...]
    spellings: tuple[str, ...]
    why: tuple[str, ...]
    sayings: tuple[Saying, ...]


def home_event(shelf: Shelf) -> dict[str, str]:
    """The event each document is chiefly about: what its main happening became, else the heaviest event that it tells of."""
    homes: dict[str, str] = {}
    for happening in shelf.book.happenings:
        event = shelf.event_of_happening.get(happening.id)
        if happening.main and event is not None:
            homes.setdefault(happening.document, event)
    for candidate in (*shelf.told, *shelf.untold):
        for document in candidate.documents:
            homes.setdefault(document, candidate.id)
    return homes


def people(shelf: Shelf, documents: Iterable[str]) -> tuple[Person, ...]:
    """The people quoted in these documents, most quoted first; words whose speaker is open come last, under no name.

    Scare quotes are no quotes.
    """
    wanted = set(documents)
    by_name = {v.lower(): e.id for e in shelf.book.entities if e.kind != "place" for v in (e.name, *e.variants)}
    said: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in shelf.book.mentions:
        if mention.kind == "quote" and mention.document in wanted and isinstance(mention.value, QuoteValue) and not mention.value.scare:
            speaker = mention.value.speaker or ""
            local = shelf.entity_id(mention.entity)
            key = local if local in shelf.entities else by_name.get(speaker.lower(), f"name:{speaker}")
            said[key or ""].append(mention)
    made = [_person(shelf, key, mentions) for key, mentions in said.items()]
    return tuple(sorted(made, key=lambda p: (not p.name, -sum(len(s.places) for s in p.sayings), p.name)))


def _person(shelf: Shelf, key: str, mentions: list[Mention]) -> Person:
    entity = shelf.entities.get(key)
    order = {d: n for n, d in enumerate(shelf.in_order({m.document for m in mentions}))}
    ordered = sorted(mentions, key=lambda m: (order[m.document], m.span))
    name = entity.name if entity else key.removeprefix("name:")
    if entity and entity.roles:
        roles = tuple((r.role, tuple(dict.fromkeys(shelf.outlet(d) for d in shelf.in_order(r.claimed_by)))) for r in entity.roles)
    else:
        given: defaultdict[str, list[str]] = defaultdict(list)
        for mention in ordered:
            if isinstance(mention.value, QuoteValue) and mention.value.role:
                given[mention.value.role].append(shelf.outlet(mention.document))
        roles = tuple((role, tuple(dict.fromkeys(outlets))) for role, outlets in given.items())
    spellings = tuple(v for v in (entity.variants if entity else ()) if v != name and len(v.split()) > 1)
    return Person(name, key if entity else None, roles, spellings, entity.reasons if entity else (), _sayings(ordered))


def _sayings(mentions: list[Mention]) -> tuple[Saying, ...]:
    groups: list[list[Mention]] = []
    for mention in mentions:
        for group in groups:
            if same_words(group[0].text, mention.text):
                group.append(mention)
                break
        else:
            groups.append([mention])
    return tuple(_saying(g) for g in groups)


def _saying(mentions: list[Mention]) -> Saying:
    """The longest wording, and the first place in each document."""
    places: dict[str, Span] = {}
    for mention in mentions:
        places.setdefault(mention.document, mention.span)
    return Saying(max((m.text for m in mentions), key=len), tuple(places.items()))


def same_words(one: str, other: str) -> bool:
    """True for the same quote printed twice: one holds the other, or four words in five are shared. Short sayings must be equal."""
    a, b = _words(one), _words(other)
    if not a or not b:
        return False
    if min(len(a), len(b)) < 4:
        return a == b
    joined_a, joined_b = " ".join(a), " ".join(b)
    return joined_a in joined_b or joined_b in joined_a or len(set(a) & set(b)) / len(set(a) | set(b)) >= _ALIKE


def _words(text: str) -> list[str]:
    return [w for w in ("".join(ch for ch in word if ch.isalnum()) for word in text.lower().split()) if w]
