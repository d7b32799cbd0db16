"""Who, as far as the reading tells, is named as one of the dead or wounded.

Three signs, each enough: the words of a claim of human cost cover the name; an age stands beside it in a report of such a cost; its
sentence speaks of harm. Who speaks, is quoted, takes part in a meeting or holds an office is no victim by the last two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import cast

from crosstally.domain import load_domain, load_language
from crosstally.domain.model import Domain
from crosstally.extract.figures.read import compile_reader
from crosstally.values import Book, Claim, Entity, Mention, PersonName, QuoteValue, Span

from . import wording
from .shelf import Shelf

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BORDER = re.compile(r"[.!?…][\"”’»)]*\s|\n")
_AGE_AFTER = re.compile(r"\s*[,(]\s*(?:aged\s+)?\d{1,3}\b")
_AGE_BEFORE = re.compile(r"\b\d{1,3}-year-old\b[^.!?\n]{0,40}$")


def victims(book: Book, domain: Domain | None) -> frozenset[str]:
    """Ledger entity ids of people named among the dead or wounded. Errs towards too many."""
    shelf = Shelf(book)
    heard = _heard(shelf)
    cost: defaultdict[str, list[Span]] = defaultdict(list)
    for claim in book.claims:
        if wording.measure(domain, shelf.reading(claim).measure).strand == "human_cost":
            cost[claim.document].append(claim.span)
    found = {e.id for e in book.entities if any(r.role == "victim" for r in e.roles)}
    texts = {d.id: d.text for d in book.documents}
    for mention in book.mentions:
        entity = shelf.entity_id(mention.entity)
        if mention.kind != "person" or entity is None or not isinstance(mention.value, PersonName) or mention.document not in cost:
            continue
        if entity in found or entity in heard:
            continue
        covered = any(span.covers(mention.span) for span in cost[mention.document])
        private = not _public(mention, shelf.entities.get(entity))
        if covered or (private and _named_in_harm(mention, texts.get(mention.document, ""), domain)):
            found.add(entity)
    return frozenset(found)


def names_by_event(book: Book, domain: Domain | None) -> Mapping[str, tuple[str, ...]]:
    """Event id to the names of its dead and wounded, every spelling of one person joined by " / ".

    A name belongs to the event of the claims in its sentence, else to the one that its report tells most of.
    """
    shelf = Shelf(book)
    found: defaultdict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
    hidden = victims(book, domain)
    claims: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if shelf.event_of(claim) is not None:
            claims[claim.document].append(claim)
    for mention in book.mentions:
        entity = shelf.entity_id(mention.entity)
        if mention.kind != "person" or entity not in hidden or not isinstance(mention.value, PersonName):
            continue
        if mention.value.form in ("pronoun", "description"):
            continue
        near = [c for c in claims[mention.document] if c.sentence.covers(mention.span)] or claims[mention.document]
        events = Counter(shelf.event_of(c) for c in near)
        event = max(events, key=lambda e: (events[e], e or ""), default=None)
        if event is not None and entity is not None:
            found[event][entity][mention.value.name] = None
    return {event: tuple(" / ".join(_full(spelt)) for spelt in people.values()) for event, people in found.items()}


def _full(spellings: Iterable[str]) -> list[str]:
    """Without those that only shorten another: "Bondar" beside "Halyna Bondar"."""
    rows = list(spellings)
    return [n for n in rows if not any(n != m and set(n.split()) < set(m.split()) for m in rows)]


def _heard(shelf: Shelf) -> frozenset[str]:
    """People who speak or act: no victims by this rule."""
    names = {v.lower(): e.id for e in shelf.book.entities if e.kind == "person" for v in (e.name, *e.variants)}
    heard: set[str | None] = set()
    for claim in shelf.book.claims:
        if claim.speaker is not None:
            heard |= {shelf.entity_id(claim.speaker.entity), names.get(claim.speaker.name.lower())}
        heard.add(shelf.entity_id(claim.actor))
    for mention in shelf.book.mentions:
        if isinstance(mention.value, QuoteValue):
            heard |= {shelf.entity_id(mention.entity), names.get((mention.value.speaker or "").lower())}
    for happening in shelf.book.happenings:
        heard.update(shelf.entity_id(p) for p in (*happening.participants, *happening.actors))
    for event in shelf.book.events:
        heard.update(shelf.entity_id(p) for p in (*event.participants, *event.actors))
    return frozenset(h for h in heard if h)


def _public(mention: Mention, entity: Entity | None) -> bool:
    """Whether somebody holds an office, in this report or another, or is a figure whom reports name bare."""
    value = cast("PersonName", mention.value)
    roles = [value.role or "", *(r.role for r in (entity.roles if entity else ()))]
    offices, _ = _words()
    if any(word in offices for role in roles for word in _WORD.findall(role.lower())):
        return True
    return value.name.lower().split()[-1] in _figures()


def _named_in_harm(mention: Mention, text: str, domain: Domain | None) -> bool:
    if _AGE_AFTER.match(text, mention.span.end) or _AGE_BEFORE.search(text[max(0, mention.span.start - 80) : mention.span.start]):
        return True
    start = max((m.end() for m in _BORDER.finditer(text, max(0, mention.span.start - 600), mention.span.start)), default=0)
    border = _BORDER.search(text, mention.span.end)
    sentence = text[start : border.start() if border else len(text)].lower()
    return not harm_words(domain).isdisjoint(_WORD.findall(sentence))


def harm_words(domain: Domain | None) -> frozenset[str]:
    """Every form of every word that a frame of human cost is told with, and the language's words of mourning."""
    domain = domain or load_domain()
    kept = _HARM.get(id(domain))
    if kept is None or kept[0] is not domain:  # an id may be given out again once its domain is gone
        frames = [f for f in domain.frames if any(domain.measures[s.measure].strand == "human_cost" for s in f.slots)]
        lemmas = {v.split()[0] for f in frames for v in f.verbs if " " not in v or len(v.split()[0]) > 4}
        forms = compile_reader(domain, load_language("en")).grammar.forms
        words = {form for form, verb in forms.items() if verb.lemma in lemmas}
        words |= {w for f in frames for w in f.adjectives} | {n for f in frames for n in f.nouns if " " not in n}
        kept = _HARM[id(domain)] = (domain, frozenset(words | _words()[1]))
    return kept[1]


_HARM: dict[int, tuple[Domain, frozenset[str]]] = {}


@lru_cache(maxsize=1)
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Offices, and words of harm and mourning."""
    table = cast("Mapping[str, list[str]]", load_language("en").tables["victims"])
    return frozenset(table["offices"]), frozenset(table["harm"])


@lru_cache(maxsize=1)
def _figures() -> frozenset[str]:
    """Surnames whom reports name without first name or office."""
    return frozenset(cast("Mapping[str, Mapping[str, str]]", load_language("en").tables["roles"])["figures"])
