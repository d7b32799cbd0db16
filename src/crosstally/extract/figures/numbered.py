"""Predicates that are themselves a number of people: "the number of people killed in the raid", "the number of confirmed deaths"."""

from __future__ import annotations

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.nouns import PERSON, Terms, lookup, modifiers_in
from crosstally.extract.figures.syntax import Grammar, Parsed
from crosstally.values import WHOLE, Facets

_REACH = 5  # words between "of" and what is said of the people
_SAID_OF = frozenset({"theme", "self"})
_WITHIN = frozenset({syntax.DET, syntax.NOUN, syntax.ADV, syntax.PART})


def numbered(parsed: Parsed, triggers: tuple[Trigger, ...], terms: Terms, grammar: Grammar) -> tuple[Trigger, ...]:
    """``triggers`` and one more for each number of people told by what befell them; a count is its value, as of a toll."""
    tokens, words = parsed.sentence.tokens, grammar.words
    if parsed.sentence.lacks(words["tallying"]):
        return triggers
    made: list[Trigger] = []
    for i in range(len(tokens) - 2):
        if tokens[i].lower not in words["tallying"] or tokens[i + 1].lower not in words["of"]:
            continue
        for trigger in triggers:
            if i + 2 <= trigger.first <= i + 2 + _REACH and (whole := _number_of(i, trigger, parsed, terms, grammar)) is not None:
                made.append(whole)
                break
    known = {(t.first, t.last) for t in triggers}
    new = [t for t in made if (t.first, t.last) not in known]
    return tuple(sorted((*triggers, *new), key=lambda t: (t.first, t.last))) if new else triggers


def _number_of(at: int, trigger: Trigger, parsed: Parsed, terms: Terms, grammar: Grammar) -> Trigger | None:
    """The number at token ``at`` of those of whom ``trigger`` is said, None where it is said of something else."""
    first = at + 2
    if not all(tag in _WITHIN for tag in parsed.tags[first : trigger.first]):
        return None
    if trigger.kind == "noun":
        facets = Facets(modifiers_in(parsed, first, trigger.last, terms))  # "civilian deaths"
    elif trigger.first > first and (people := lookup(parsed, first, trigger.first - 1, terms, grammar)).is_a(PERSON):
        if trigger.kind == "verb" and parsed.verbs[trigger.verb].voice not in ("participle", "ambiguous"):
            return None
        facets = people.facets(PERSON)  # "children wounded", "people killed"
    elif trigger.kind == "adjective" and trigger.first == first:
        facets = WHOLE  # "the number of injured"
    elif trigger.kind != "noun" and trigger.first > first and set(parsed.tags[first : trigger.first]) == {syntax.DET}:
        facets = WHOLE  # "the number of those killed"
    else:
        return None
    frames = []
    for frame in trigger.frames:
        slots = tuple(
            msgspec.structs.replace(slot, role="value", noun=PERSON, facets=Facets({**facets, **slot.facets}))
            for slot in frame.slots
            if slot.role in _SAID_OF and slot.noun in (PERSON, "any") and not slot.when
        )
        if slots:
            frames.append(msgspec.structs.replace(frame, slots=slots))
    return Trigger(tuple(frames), "noun", at, trigger.last) if frames else None
