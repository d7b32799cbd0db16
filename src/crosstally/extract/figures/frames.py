"""Frames compiled: which predicate words of a sentence open which slots."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from crosstally.domain.model import Domain, Frame, Slot
from crosstally.extract.figures import syntax
from crosstally.extract.figures.syntax import Grammar, Parsed, singular

_PARTICLE_REACH = 6


class Predicates(msgspec.Struct, frozen=True):
    """``verbs``: head lemma to (rest words, frame) pairs, longest rest first; ``nouns``, ``adjectives``: words to frames;
    ``accepts``: measure to the noun classes its slots take; ``heads``: last words of ``nouns``."""

    verbs: Mapping[str, tuple[tuple[tuple[str, ...], Frame], ...]]
    nouns: Mapping[tuple[str, ...], tuple[Frame, ...]]
    adjectives: Mapping[str, tuple[Frame, ...]]
    accepts: Mapping[str, frozenset[str]]
    heads: frozenset[str] = frozenset()


class Trigger(msgspec.Struct, frozen=True):
    """A predicate found. ``kind``: verb, noun or adjective; token indices ``[first, last]``; ``verb``: index of its verb group, -1 if none."""

    frames: tuple[Frame, ...]
    kind: str
    first: int
    last: int
    verb: int = -1

    def slots(self, role: str, noun_class: str | None = None) -> tuple[tuple[Frame, Slot], ...]:
        return tuple((f, s) for f in self.frames for s in f.slots if s.role == role and (noun_class is None or s.noun == noun_class))


def compile_predicates(domain: Domain, grammar: Grammar) -> Predicates:
    verbs: dict[str, list[tuple[tuple[str, ...], Frame]]] = {}
    nouns: dict[tuple[str, ...], list[Frame]] = {}
    adjectives: dict[str, list[Frame]] = {}
    for frame in domain.frames:
        for verb in frame.verbs:
            head, *rest = verb.split()
            verbs.setdefault(head, []).append((tuple(rest), frame))
        for noun in frame.nouns:
            *front, head = noun.lower().split()
            nouns.setdefault((*front, singular(head, grammar)), []).append(frame)
        for adjective in frame.adjectives:
            adjectives.setdefault(adjective.lower(), []).append(frame)
    accepts: dict[str, set[str]] = {}
    for frame in domain.frames:
        for slot in frame.slots:
            accepts.setdefault(slot.measure, set()).add(slot.noun)
    return Predicates(
        heads=frozenset(words[-1] for words in nouns),
        accepts={k: frozenset(v) for k, v in accepts.items()},
        verbs={k: tuple(sorted(v, key=lambda row: -len(row[0]))) for k, v in verbs.items()},
        nouns={k: tuple(v) for k, v in nouns.items()},
        adjectives={k: tuple(v) for k, v in adjectives.items()},
    )


def pack_verbs(domain: Domain) -> tuple[str, ...]:
    """Every verb lemma of the packs' frames, particles dropped."""
    return tuple(sorted({v.split()[0] for f in domain.frames for v in f.verbs}))


def pack_acts(domain: Domain) -> frozenset[str]:
    """Gerunds that the packs' frames know as nouns: "shooting", "shelling"."""
    return frozenset(last for f in domain.frames for noun in f.nouns if (last := noun.split()[-1].lower()).endswith("ing"))


def violent_words(domain: Domain) -> frozenset[str]:
    """Nouns that alone tell of violence at one place ("shooting", "gunshot"), by the packs' events: in a report with one, a death is by it."""
    out: set[str] = set()
    for event in domain.events.values():
        if event.violent and event.extent == "local":
            for text in event.triggers:
                word, _, kind = text.rstrip("!").partition("/")
                if " " not in word and "?" not in text and kind in ("", "n"):
                    out |= {word, word + "s"}
    return frozenset(out)


def trigger_words(domain: Domain, grammar: Grammar, measures: frozenset[str]) -> frozenset[str]:
    """Every word (lower) one of which stands in any sentence with a predicate of these measures, said of people."""
    lemmas: set[str] = set()
    words: set[str] = set()
    for frame in domain.frames:
        if any(slot.measure in measures and slot.noun == "person" for slot in frame.slots):
            lemmas |= {v.split()[-1] if v.split()[0] in grammar.copulas else v.split()[0] for v in frame.verbs}
            words |= {a.lower() for a in frame.adjectives}
            for noun in frame.nouns:
                words |= {noun.split()[-1].lower(), noun.split()[-1].lower() + "s"}
    return frozenset(words | lemmas | {form for form, verb in grammar.forms.items() if verb.lemma in lemmas})


def find_triggers(parsed: Parsed, predicates: Predicates, grammar: Grammar, limit: int = 4) -> tuple[Trigger, ...]:
    """Every predicate of the sentence, in order. A verb with particles wins over the bare verb; ``limit`` is the longest noun predicate."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    present = parsed.sentence.words
    out: list[Trigger] = []
    for number, verb in enumerate(parsed.verbs):
        entries = predicates.verbs.get(verb.lemma)
        if entries:
            best: list[Frame] = []
            size, last = -1, verb.last
            for rest, frame in entries:
                if len(rest) < size:
                    break
                if rest and rest[0] not in present:
                    continue
                end = _rest_at(rest, verb.head, parsed, grammar.words["fixed"])
                if end is not None:
                    size, last = len(rest), max(end, verb.last)
                    best.append(frame)
            if best:
                out.append(Trigger(tuple(best), "verb", verb.first, last, number))
    adjectives, heads, singulars = predicates.adjectives, predicates.heads, grammar.singulars
    for i, token in enumerate(tokens):
        lower = token.lower
        if lower in adjectives and tags[i] != syntax.NUM and not _of_a_verb(i, parsed):
            out.append(Trigger(adjectives[lower], "adjective", i, i))
        if tags[i] != syntax.NOUN:
            continue
        head = singulars[lower]
        if head not in heads:
            continue
        for size in range(limit, 0, -1):
            if i - size + 1 < 0:
                continue
            words = (*(t.lower for t in tokens[i - size + 1 : i]), head)
            if frames := predicates.nouns.get(words):
                out.append(Trigger(frames, "noun", i - size + 1, i))
                break
    return tuple(sorted(out, key=lambda t: (t.first, t.last)))


def _of_a_verb(i: int, parsed: Parsed) -> bool:
    """Whether an adverb says how a verb right behind it was done ("an officer fatally shot a man"), and nothing of a noun before it."""
    tags = parsed.tags
    j = i + 1
    while j < len(tags) and tags[j] == syntax.ADV:
        j += 1
    return tags[i] == syntax.ADV and j < len(tags) and parsed.verb_at[j] >= 0


def _rest_at(rest: tuple[str, ...], head: int, parsed: Parsed, fixed: frozenset[str]) -> int | None:
    """The last token of a verb's further words ("down" of "shot 270 of them down"), or None. Words between: nouns, numbers, determiners; none
    before a ``fixed`` particle, as "fired 60 drones on Thursday" is not "fired on"."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    position, end = head + 1, head
    for word in rest:
        for j in range(position, min(len(tokens), head + _PARTICLE_REACH + len(rest))):
            if tokens[j].lower == word:
                end, position = j, j + 1
                break
            if tags[j] in (syntax.PAST, syntax.PART) and tags[j + 1 : j + 2] == syntax.NOUN:
                continue  # "gun shot wounds"
            if tags[j] not in (syntax.NOUN, syntax.NUM, syntax.DET, syntax.PRON, syntax.ADV) and tokens[j].lower not in ("of", "the"):
                return None
            if len(rest) == 1 and word in fixed and tags[j] != syntax.ADV:
                return None
        else:
            return None
    return end
