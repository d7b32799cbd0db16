"""A sentence made ready and its counts attached: the scene, and the fits of every count."""

from __future__ import annotations

import msgspec

from crosstally.extract.figures.attachment import candidates
from crosstally.extract.figures.counted import Counted, read_counted
from crosstally.extract.figures.fleet import named_first
from crosstally.extract.figures.frames import Trigger, find_triggers
from crosstally.extract.figures.making import Reader
from crosstally.extract.figures.nouns import PERSON, Noun
from crosstally.extract.figures.numbered import numbered
from crosstally.extract.figures.scene import Before, Candidate, Scene, joined, make_scene
from crosstally.extract.figures.syntax import Parsed, parse
from crosstally.values import Mention, Sentence, Span

_ENOUGH = 0.35  # a fit below this is no claim
_SINGLES = ("person", "thing", "body")  # classes of which "a" and "an" count one
_NO_TOKENS: frozenset[int] = frozenset()


def analyse(
    sentence: Sentence,
    counting: tuple[Mention, ...],
    moments: tuple[Mention, ...],
    names: tuple[Mention, ...],
    reader: Reader,
    before: Before | None = None,
    fleet: Noun | None = None,
    of_people: frozenset[str] = frozenset(),
) -> tuple[Scene, dict[int, tuple[Candidate, ...]]]:
    """A sentence's scene, and the fits of every count, best first."""
    number_tokens = tokens_in(sentence, [m.span for m in counting if not m.rule.endswith("article")])
    name_tokens = tokens_in(sentence, [m.span for m in names if m.kind in ("person", "place")])
    place_tokens = tokens_in(sentence, [m.span for m in names if m.kind == "place"])
    blocked = tokens_in(sentence, [m.span for m in moments])
    hedges = tokens_in(sentence, [Span(m.cover.start, m.span.start) for m in counting if m.cover is not None and m.cover.start < m.span.start])
    parsed = parse(sentence, number_tokens, reader.grammar, name_tokens, blocked, hedges)
    counts = read_counted(parsed, counting, blocked, reader.terms, reader.grammar, reader.domain)
    kept = tuple(c for c in counts if not c.article or _says_one(c, counts, parsed, reader))
    if len(kept) != len(counts):
        counts = tuple(msgspec.structs.replace(c, index=i, whole=_moved(c.whole, kept)) for i, c in enumerate(kept))
    triggers = numbered(parsed, find_triggers(parsed, reader.predicates, reader.grammar), reader.terms, reader.grammar)
    fleet = named_first(parsed, blocked, reader.terms, reader.grammar) or fleet
    scene = make_scene(
        parsed, counts, triggers, reader.grammar, place_tokens, reader.predicates.accepts, before, reader.outcome, reader.unions, fleet, of_people
    )
    chosen: dict[int, tuple[Candidate, ...]] = {}
    if not _may_hang(triggers, before):
        return scene, chosen
    for count in _in_order(counts):
        fits = tuple(f for f in candidates(count, scene, chosen) if f.score >= _ENOUGH)
        if fits:
            chosen[count.index] = fits
    return scene, chosen


def _says_one(count: Counted, counts: tuple[Counted, ...], parsed: Parsed, reader: Reader) -> bool:
    """Whether an article is a count of one: of people and things always, of others only in a list with a number ("a rocket and two drones")."""
    if count.noun is None:
        return False
    if count.noun.is_a(PERSON) and count.noun.last < count.last and count.noun.head not in reader.grammar.words["kin_groups"]:
        return False  # "a terrorist attack"
    if any(count.noun.is_a(name) for name in _SINGLES):
        return True
    for other in counts[max(0, count.index - 1) : count.index + 2]:
        alike = other.noun is not None and any(count.noun.is_a(name) for name, _ in other.noun.classes)
        if alike and other.last < count.first and not other.article and count.number.text.lower() == "another":
            return True  # "four drones over Kursk and another drone over Tambov"
        first, second = sorted((count, other), key=lambda c: c.first)
        if not other.article and other.noun is not None and joined(parsed, first, second, reader.grammar) == "list":
            return any(count.noun.is_a(name) for name, _ in other.noun.classes)
    return False


def _moved(whole: int | None, counts: tuple[Counted, ...]) -> int | None:
    """The new index of a whole after counts were dropped."""
    if whole is None:
        return None
    for i, count in enumerate(counts):
        if count.index == whole:
            return i
    return None


def _in_order(counts: tuple[Counted, ...]) -> list[Counted]:
    """Left to right, but a whole after its part, whichever is named first."""
    part_of = {c.whole: c.index for c in counts if c.whole is not None}
    return sorted(counts, key=lambda c: (max(c.index, part_of.get(c.index, -1)), c.is_whole))


def _may_hang(triggers: tuple[Trigger, ...], before: Before | None) -> bool:
    """Whether a count of the sentence can hang on anything: a predicate of its own, or what the sentence before told."""
    return bool(triggers) or before is not None


def tokens_in(sentence: Sentence, spans: list[Span]) -> frozenset[int]:
    """Indices of tokens that overlap any of the spans."""
    if not spans:
        return _NO_TOKENS
    out = set()
    for span in spans:
        for i, token in enumerate(sentence.tokens):
            if token.start >= span.end:
                break
            if token.end > span.start:
                out.add(i)
    return frozenset(out)
