"""Persons, bodies and places across documents and spellings, each join with its reason.

Full names join where they are spellings of one name; a surname alone joins where one full name only can be meant, among the reports of the
same events or where the role agrees; otherwise it stays on its own. Bodies join by their words, whatever the order ("Ukraine's Air Force",
"Ukrainian Air Force"); places by their place id.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping

import msgspec

from crosstally.domain import Domain
from crosstally.domain.model import is_common
from crosstally.values import Document, DocumentReading, Entity, Place, Role

from . import names
from .decided import Rulings
from .ids import LATE, short
from .named import Named

_SMALL = frozenset(["the", "of", "a", "an", "for", "and", "in", "on", "s"])


class Joined(msgspec.Struct, frozen=True):
    """``mention_entities``: document-local entity id to ledger entity id, sorted."""

    entities: tuple[Entity, ...]
    mention_entities: tuple[tuple[str, str], ...]


class _Local(msgspec.Struct):
    entity: Entity
    document: str
    published: str
    place: str | None = None
    claimed: tuple[Role, ...] = ()


class _Groups:
    """Union by smallest id, with the reasons of every join. What a person told apart is never joined."""

    def __init__(self, ids: list[str], rulings: Rulings) -> None:
        self.parent = {i: i for i in ids}
        self.reasons: dict[str, list[str]] = {}
        self.apart = tuple(rulings.apart)
        for (a, b), reason in rulings.together.items():
            self.join(a, b, reason)

    def root(self, node: str) -> str:
        while self.parent[node] != node:
            self.parent[node] = self.parent[self.parent[node]]
            node = self.parent[node]
        return node

    def join(self, a: str, b: str, reason: str) -> None:
        low, high = sorted((self.root(a), self.root(b)))
        if low != high and any({self.root(x), self.root(y)} == {low, high} for x, y in self.apart):
            return
        if low != high:
            self.parent[high] = low
            self.reasons.setdefault(low, []).extend(self.reasons.pop(high, []))
        if reason and reason not in self.reasons.setdefault(low, []):
            self.reasons[low].append(reason)


def join_entities(
    readings: tuple[DocumentReading, ...], documents: Mapping[str, Document], domain: Domain, together: tuple[tuple[str, ...], ...],
    rulings: Rulings | None = None, named: Named | None = None,
) -> Joined:  # fmt: skip
    """``together``: documents that tell of the same event, one tuple an event. ``named``: the parties of the documents, where known."""
    locals_ = _locals(readings, documents)
    groups = _Groups(sorted(locals_), rulings or Rulings())
    named = named or Named(documents, party_words(domain))
    _join_places(locals_, groups)
    _join_bodies(locals_, groups, named.parties)
    _join_full_names(locals_, groups)
    _join_short_names(locals_, groups, together)
    members: dict[str, list[_Local]] = {}
    for identity in sorted(locals_):
        members.setdefault(groups.root(identity), []).append(locals_[identity])
    entities, mapping = [], []
    for root, group in members.items():
        entity = _entity(group, sorted(groups.reasons.get(root, [])), domain, named)
        entities.append(entity)
        mapping += [(local.entity.id, entity.id) for local in group]
    return Joined(tuple(sorted(entities, key=lambda e: (e.kind, e.name, e.id))), tuple(sorted(mapping)))


def _locals(readings: tuple[DocumentReading, ...], documents: Mapping[str, Document]) -> dict[str, _Local]:
    found: dict[str, _Local] = {}
    for reading in readings:
        document = documents.get(reading.document)
        published = document.published if document and document.published else LATE
        for entity in reading.entities:
            roles = tuple(Role(r.role, r.claimed_by or (reading.document,)) for r in entity.roles)
            found[entity.id] = _Local(entity, reading.document, published, None, roles)
        for mention in reading.mentions:
            if mention.entity in found and isinstance(mention.value, Place):
                found[mention.entity].place = mention.value.id
    return found


def _join_places(locals_: Mapping[str, _Local], groups: _Groups) -> None:
    first: dict[str, str] = {}
    for identity, local in sorted(locals_.items()):
        if local.entity.kind == "place":
            key = local.place or " ".join(names.parts(local.entity.name))
            groups.join(first.setdefault(key, identity), identity, "")


def party_words(domain: Domain) -> dict[str, str]:
    """Lower-case word of a party ("ukrainian") to party id."""
    found: dict[str, str] = {}
    for party in domain.parties.values():
        for word in (*party.words, party.name):
            found.setdefault(_plain(word), party.id)
    return found


def _plain(word: str) -> str:
    return word.lower().replace("’", "'").removesuffix("'s").removesuffix("'").strip(".,")


def body_key(name: str, parties: Mapping[str, str]) -> frozenset[str]:
    """A body's name as a set of words, party words as the party's id."""
    words = [_plain(w) for w in name.replace("-", " ").split()]
    return frozenset(parties.get(w, names.fold(w) or w) for w in words if w and w not in _SMALL)


def _join_bodies(locals_: Mapping[str, _Local], groups: _Groups, parties: Mapping[str, str]) -> None:
    first: dict[frozenset[str], str] = {}
    for identity, local in sorted(locals_.items()):
        if local.entity.kind == "body":
            for name in {local.entity.name, *local.entity.variants}:
                key = body_key(name, parties)
                if len(key) >= 2 or (key and local.entity.name == name):
                    other = first.setdefault(key, identity)
                    known = locals_[other].entity.name
                    groups.join(other, identity, f"“{local.entity.name}” and “{known}” are the same words" if known != local.entity.name else "")


def _full(entity: Entity) -> str | None:
    """The fullest name of two words or more."""
    wide = [n for n in (entity.name, *entity.variants) if len(names.parts(n)) >= 2]
    return max(wide, key=lambda n: (n == entity.name, len(n), n), default=None)


def _join_full_names(locals_: Mapping[str, _Local], groups: _Groups) -> None:
    spelt: dict[str, list[str]] = {}
    blocks: dict[str, set[str]] = {}
    for identity, local in sorted(locals_.items()):
        name = _full(local.entity) if local.entity.kind == "person" else None
        if name is not None:
            groups.join(spelt.setdefault(name, [identity])[0], identity, "")
            for key in names.surname_keys(name):
                blocks.setdefault(key, set()).add(name)
    for key in sorted(blocks):
        spellings = sorted(blocks[key])
        for i, one in enumerate(spellings):
            for other in spellings[i + 1 :]:
                if reason := names.same_person_name(one, other):
                    groups.join(spelt[one][0], spelt[other][0], f"“{one}” and “{other}”: {reason}")


def _join_short_names(locals_: Mapping[str, _Local], groups: _Groups, together: tuple[tuple[str, ...], ...]) -> None:
    """A surname alone stands for the one full name it can mean: in its own document's events, else by a shared role."""
    full: dict[str, list[str]] = {}
    for identity, local in sorted(locals_.items()):
        if local.entity.kind == "person" and (name := _full(local.entity)) is not None:
            for key in names.surname_keys(name):
                full.setdefault(key, []).append(identity)
    near: dict[str, set[str]] = {}
    for event in together:
        for document in event:
            near.setdefault(document, set()).update(event)
    joins: list[tuple[str, str, str]] = []
    lone: dict[str, list[str]] = {}
    for identity, local in sorted(locals_.items()):
        entity = local.entity
        if entity.kind != "person" or _full(entity) is not None:
            continue
        candidates = [c for c in full.get(names.surname_key(entity.name), ()) if names.shortens(entity.name, _full(locals_[c].entity) or "")]
        where = near.get(local.document, {local.document})
        by_event = {groups.root(c): c for c in reversed(candidates) if locals_[c].document in where}
        roles = _role_words(local)
        by_role = {groups.root(c): c for c in reversed(candidates) if roles & _role_words(locals_[c])} if roles else {}
        if len(by_event) == 1:
            target = next(iter(by_event.values()))
            joins.append((target, identity, f"“{entity.name}” can only be {_full(locals_[target].entity)} in reports of the same event"))
        elif len(by_role) == 1:
            target = next(iter(by_role.values()))
            words = ", ".join(sorted(roles & _role_words(locals_[target])))
            joins.append((target, identity, f"“{entity.name}” has the role of {_full(locals_[target].entity)} ({words})"))
        elif not candidates and names.parts(entity.name):
            # Nobody gives the full name: the same surname in reports of the same event is one person.
            for other in lone.setdefault(names.surname_key(entity.name), []):
                known = locals_[other]
                if known.document in where and names.same_person_name(entity.name, known.entity.name):
                    joins.append((other, identity, f"“{entity.name}” in reports of the same event"))
            lone[names.surname_key(entity.name)].append(identity)
    for target, identity, reason in joins:
        groups.join(target, identity, reason)


def _role_words(local: _Local) -> frozenset[str]:
    return frozenset(w for role in local.entity.roles for w in (_plain(x) for x in role.role.split()) if len(w) > 3 and w not in _SMALL)


def _entity(group: list[_Local], reasons: list[str], domain: Domain, named: Named) -> Entity:
    earliest = min(group, key=lambda m: (m.published, m.document, m.entity.id))
    kind = earliest.entity.kind
    counted = Counter(m.entity.name for m in group)
    variants = sorted({v for m in group for v in (m.entity.name, *m.entity.variants)})
    name = max(counted, key=lambda n: (len(names.parts(n)) if kind == "person" else 0, counted[n], -len(n) if kind == "place" else len(n), n))
    given: dict[str, set[str]] = {}
    for member in group:
        for role in member.claimed:
            given.setdefault(role.role, set()).update(role.claimed_by)
    roles = tuple(Role(role, tuple(sorted(given[role]))) for role in sorted(given))
    party = _most(m.entity.party for m in group) or _party_of(
        [name, *(r.role for r in roles)], domain, named.parties, lambda p: any(named.holds(m.document, p) for m in group)
    )
    institution = _most(m.entity.institution for m in group)
    return Entity(
        id=short(f"{kind}-", earliest.document, earliest.entity.id),
        kind=kind,
        name=name,
        variants=tuple(variants),
        roles=roles,
        party=party,
        institution=institution,
        reasons=tuple(reasons),
    )


def _most(values: object) -> str | None:
    counted = Counter(v for v in values if v)  # type: ignore[attr-defined]
    return min(counted, key=lambda v: (-counted[v], v)) if counted else None


def _party_of(texts: list[str], domain: Domain, parties: Mapping[str, str], told_of: Callable[[str], bool]) -> str | None:
    """The one party that name and roles speak of. ``told_of``: whether the reports name a party, without which "the air force" is nobody's."""
    lower = {t.lower() for t in texts}
    found = {p.id for p in domain.parties.values() for body in p.bodies if body.lower() in lower and (not is_common(body) or told_of(p.id))}
    found = found or {parties[w] for text in texts for w in map(_plain, text.split()) if w in parties}
    return found.pop() if len(found) == 1 else None
