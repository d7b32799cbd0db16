"""Words that tell of an event: the packs' triggers compiled to one table, and found in a sentence in one pass.

The notation of a trigger is explained at the head of every ``events.toml``: ``"drone attack"``, ``"batter/v"``, ``"pause/v ~ aid"``,
``"attack?"`` generic, ``"shoot down/v<"`` defence, ``"gunman!"`` a hint, ``"call/v @"`` before a person or a side, ``"call/n ^ for on"``
not before these words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import cast

import msgspec

from crosstally.domain.model import Domain, Language
from crosstally.values import Token

_GAP = 9
_VOWELS = frozenset("aeiou")


class EventTrigger(msgspec.Struct, frozen=True):
    """``parts``: phrases in order, each a tuple of words (first or last inflected); ``pos`` of each part ("v", "n" or "")."""

    kind: str
    parts: tuple[tuple[str, ...], ...]
    pos: tuple[str, ...]
    generic: bool = False
    defence: bool = False
    hint: bool = False
    person: bool = False
    barred: frozenset[str] = frozenset()
    text: str = ""
    forms: tuple[tuple[frozenset[str], ...], ...] = ()  # of each word of each part, filled when a table is compiled

    @property
    def weight(self) -> int:
        """How many words it is."""
        return sum(map(len, self.parts))


class Hit(msgspec.Struct, frozen=True):
    """A trigger found at tokens ``first`` .. ``last`` (inclusive; a gap is inside), its head at ``head``; ``verb``: read as one."""

    trigger: EventTrigger
    first: int
    last: int
    head: int
    verb: bool

    @property
    def weight(self) -> int:
        return self.trigger.weight


class Lexicon(msgspec.Struct, frozen=True):
    """``index``: form of the first word of the first part -> triggers."""

    index: Mapping[str, tuple[EventTrigger, ...]]
    determiners: frozenset[str]
    verbal: frozenset[str]
    unchanged: frozenset[str] = frozenset()
    closed: frozenset[str] = frozenset()
    aiming: frozenset[str] = frozenset()
    modals: frozenset[str] = frozenset()


_CACHE: dict[tuple[int, int], tuple[Domain, Language, Lexicon]] = {}


def lexicon(domain: Domain, language: Language) -> Lexicon:
    """The trigger table of these packs in this language, compiled once."""
    key = (id(domain), id(language))
    held = _CACHE.get(key)
    if held is None or held[0] is not domain or held[1] is not language:
        held = _CACHE[key] = (domain, language, compile_triggers(domain, language))
    return held[2]


def compile_triggers(domain: Domain, language: Language) -> Lexicon:
    irregular = {k: tuple(v) for k, v in cast("Mapping[str, list[str]]", language.tables.get("tense", {}).get("irregular", {})).items()}
    plurals: dict[str, str] = {}
    for many, one in cast("Mapping[str, str]", language.tables.get("nouns", {}).get("irregular", {})).items():
        plurals.setdefault(one, many)
    index: dict[str, list[EventTrigger]] = {}
    forms: dict[tuple[str, str], frozenset[str]] = {}
    for event in domain.events.values():
        for text in event.triggers:
            trigger = parse_trigger(event.name, text)
            for part, pos in zip(trigger.parts, trigger.pos, strict=True):
                for i, word in enumerate(part):
                    mode = _mode(i, len(part), pos)
                    if (word, mode) not in forms:
                        forms[word, mode] = frozenset(inflect(word, mode, irregular, plurals))
            found = tuple(
                tuple(forms[word, _mode(i, len(part), pos)] for i, word in enumerate(part))
                for part, pos in zip(trigger.parts, trigger.pos, strict=True)
            )
            trigger = msgspec.structs.replace(trigger, forms=found)
            for form in found[0][0]:
                index.setdefault(form, []).append(trigger)
    syntax = language.tables.get("syntax", {})
    determiners = frozenset(cast("list[str]", syntax.get("determiners", [])))
    verbal = frozenset((*cast("list[str]", syntax.get("modals", [])), *cast("list[str]", syntax.get("pronouns", [])), "to"))
    closed = frozenset(
        w
        for name in ("prepositions", "adverbs", "coordinators", "subordinators", "be", "have", "do", "modals")
        for w in cast("list[str]", syntax.get(name, []))
    ) | {"to"}
    ordered = {k: tuple(sorted(v, key=lambda t: -t.weight)) for k, v in index.items()}
    aiming = frozenset(cast("list[str]", language.tables.get("tense", {}).get("target_after", [])))
    unchanged = frozenset(word for word, row in irregular.items() if row[0] == word)
    return Lexicon(ordered, determiners, verbal, unchanged, closed, aiming, frozenset(cast("list[str]", syntax.get("modals", []))))


def _mode(i: int, length: int, pos: str) -> str:
    """How a word of a phrase may be inflected: verbs at the first word, nouns at the last."""
    if pos == "v":
        return "v" if i == 0 else "n" if i == length - 1 else ""
    return "n" if i == length - 1 else ""


def parse_trigger(kind: str, text: str) -> EventTrigger:
    """One trigger of ``events.toml``."""
    body, _, barred = text.partition("^")
    body = body.strip()
    flags = set()
    while body and body[-1] in "?<!@":
        flags.add(body[-1])
        body = body[:-1].rstrip()
    parts, pos = [], []
    for part in body.split("~"):
        words = part.strip().lower()
        tag = ""
        chunk = []
        for word in words.split():
            stem, slash, mark = word.partition("/")
            if slash and mark in ("v", "n"):
                tag = mark
                word = stem
            chunk.append(word)
        parts.append(tuple(chunk))
        pos.append(tag)
    return EventTrigger(kind, tuple(parts), tuple(pos), "?" in flags, "<" in flags, "!" in flags, "@" in flags, frozenset(barred.split()), text)


def inflect(word: str, mode: str, irregular: Mapping[str, Sequence[str]], plurals: Mapping[str, str]) -> Iterable[str]:
    """All forms of a lemma: regular endings, the irregular table beside them. ``mode`` "v", "n" or "" (as written)."""
    yield word
    if mode == "n":
        yield plurals.get(word, _third(word))
    elif mode == "v":
        if word in irregular:
            yield from irregular[word]
            if len(irregular[word]) < 3:
                yield _third(word)
                yield from _past(word)[1:]
            return
        yield _third(word)
        yield from _past(word)


def _third(word: str) -> str:
    if word.endswith(("s", "x", "z", "ch", "sh")):
        return word + "es"
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return word[:-1] + "ies"
    return word + "s"


def _past(word: str) -> tuple[str, ...]:
    if word.endswith("e"):
        return (word + "d", word[:-1] + "ing")
    if word.endswith("y") and word[-2:-1] not in _VOWELS:
        return (word[:-1] + "ied", word + "ing")
    if len(word) > 2 and word[-1] not in "aeiouwxy" and word[-2] in _VOWELS and word[-3] not in _VOWELS and len(word) < 5:
        return (word + word[-1] + "ed", word + word[-1] + "ing")
    return (word + "ed", word + "ing")


def words_of(token: Token) -> tuple[str, ...]:
    """A token as words: the hyphens of a compound open ("air-raid" is "air raid")."""
    return tuple(w for w in token.lower.split("-") if w) if "-" in token.lower and len(token.lower) > 1 else (token.lower,)


def find_triggers(tokens: Sequence[Token], table: Lexicon, people: frozenset[int]) -> list[Hit]:
    """Every trigger of a sentence, the longest at each place. ``people``: token indices where a person's or a side's name starts."""
    flat = [t.lower for t in tokens]
    owner: Sequence[int] = range(len(flat))
    if "-" in "".join(flat):
        opened = [(i, word) for i, token in enumerate(tokens) for word in words_of(token)]
        flat, owner = [word for _, word in opened], [i for i, _ in opened]
    hits: list[Hit] = []
    index = table.index
    taken: set[int] = set()
    hinted: set[tuple[int, str]] = set()
    for i, word in enumerate(flat):
        for trigger in index.get(word, ()):
            found = _match(trigger, flat, i)
            if found is None:
                continue
            covered, last, head = found
            if trigger.hint:
                if len(covered) > 1:
                    taken |= covered  # no conference in a "press conference"
                if (i, trigger.kind) not in hinted:
                    hinted.add((i, trigger.kind))
                    hits.append(Hit(trigger, owner[i], owner[last], owner[head], False))
                continue
            if taken & covered:
                continue
            after = owner[last] + 1
            if (
                trigger.person
                and after not in people
                and not (after < len(tokens) and tokens[after].lower in ("with", "to", "again") and after + 1 in people)
            ):
                continue
            if trigger.barred and after < len(tokens) and _barred(tokens, after, trigger, people):
                continue
            verb = _is_verb(trigger, flat, i, head, tokens[owner[i] - 1] if owner[i] else None, table)
            if trigger.pos[0] and verb != (trigger.pos[0] == "v"):
                continue
            taken |= covered
            hits.append(Hit(trigger, owner[i], owner[last], owner[head], verb))
    return hits


def _barred(tokens: Sequence[Token], after: int, trigger: EventTrigger, people: frozenset[int]) -> bool:
    """Whether a barred word follows, a name before it passed over ("called Putin a liar")."""
    i = after
    if trigger.person:
        while i < len(tokens) and (i in people or tokens[i].text[:1].isupper()):
            i += 1
    return i < len(tokens) and tokens[i].lower in trigger.barred


def _match(trigger: EventTrigger, flat: Sequence[str], start: int) -> tuple[set[int], int, int] | None:
    """Word indices covered, the last of them, and the head's. The word at ``start`` is a form of the trigger's first."""
    parts = trigger.forms
    if len(parts) == 1 and len(parts[0]) == 1:
        return {start}, start, start
    covered: set[int] = set()
    at = head = start
    for number, part in enumerate(parts):
        size = len(part)
        limit = start + 1 if number == 0 else min(len(flat), at + _GAP)
        for i in range(at, limit):
            if number and flat[i] in (";", "."):
                return None
            if flat[i] in part[0] and i + size <= len(flat) and all(map(_holds, part, flat[i : i + size])):
                covered.update(range(i, i + size))
                at = i + size
                if number == 0:
                    head = i if trigger.pos[0] == "v" else at - 1
                break
        else:
            return None
    return covered, at - 1, head


_holds = frozenset.__contains__


def _is_verb(trigger: EventTrigger, flat: Sequence[str], first: int, head: int, previous: Token | None, table: Lexicon) -> bool:
    """A verb by its form; where the form is also a noun's ("strikes", "attack"), by the word before it: a modal, "to", a pronoun,
    an adverb, a name, a plural. A form that is base and past at once ("hit", "hurt") is a noun only after a determiner."""
    if trigger.pos[0] == "" or (len(trigger.parts[0]) > 1 and trigger.pos[0] != "v"):
        return False
    word, lemma = flat[head], trigger.parts[0][0 if trigger.pos[0] == "v" else -1]
    before = flat[first - 1] if first else ""
    if word == lemma and word in table.unchanged:
        return before not in table.determiners
    if word != lemma and word != _third(lemma):
        return trigger.pos[0] == "v"
    if before in table.determiners:
        return False
    shout = previous is not None and previous.text.isupper() and len(previous.text) > 1  # "the US attack" has no pronoun in it
    if (before in table.verbal and not shout) or before.endswith("ly") or (before in table.closed and first > 1 and flat[first - 2] in table.modals):
        return True  # "may launch", "may soon launch"
    if word == lemma and head + 1 < len(flat) and flat[head + 1] in table.aiming:
        return False
    if previous is None or len(trigger.parts) > 1 or len(trigger.parts[0]) > 1:
        return trigger.pos[0] == "v" and previous is not None
    named = previous.text[:1].isupper() and previous.text[1:].islower() and not previous.lower.endswith(("an", "ish", "ese", "i", "ch"))
    return (word != lemma and (named or before == "who")) or (
        word == lemma and before.endswith("s") and before.isalpha() and not before.endswith("ss") and not named and not shout
    )
