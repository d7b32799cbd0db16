"""Nouns of the packs in a text: the term that a run of words names, its class and facets; an unknown head stays open ("oil well head")."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from crosstally.domain.model import Domain
from crosstally.extract.figures.syntax import Grammar, Parsed, singular
from crosstally.values import WHOLE, Facets

_LONGEST_TERM = 5
_MODIFIER = "modifier"
_GROWN = 18
_BABY = 1
_MOSTLY = 0.7  # share of capitals from which a sentence is a headline in title case
PERSON_SET = "person_set"  # "the wounded": people already counted, or said of them: "dead"
PERSON = "person"  # the one class the grammar itself knows: a plural name that no pack lists is a people


class Terms(msgspec.Struct, frozen=True):
    """Noun terms of the packs: words (singular last) to (class, facets) pairs. ``ellipses``: words that stand for a noun said before;
    ``ages``: endings of words that say an age and stand for a person ("-year-old"); ``baby_ages``: those that count no years;
    ``heads``: last words of the terms; ``modifying``: words of the modifiers; ``cardinals``: number words ("two-year-old")."""

    by_words: Mapping[tuple[str, ...], tuple[tuple[str, Facets], ...]]
    modifiers: Mapping[tuple[str, ...], Facets]
    ellipses: frozenset[str]
    ages: tuple[str, ...] = ()
    heads: frozenset[str] = frozenset()
    modifying: frozenset[str] = frozenset()
    cardinals: Mapping[str, int] = {}
    baby_ages: tuple[str, ...] = ()


def compile_terms(
    domain: Domain, grammar: Grammar, ellipses: frozenset[str], ages: tuple[str, ...] = (), cardinals: Mapping[str, int] = {},
    baby_ages: tuple[str, ...] = (),
) -> Terms:  # fmt: skip
    """The packs' nouns keyed by words."""
    table: dict[tuple[str, ...], list[tuple[str, Facets]]] = {}
    modifiers: dict[tuple[str, ...], Facets] = {}
    for name, noun_class in domain.nouns.items():
        for term, facets in noun_class.nouns.items():
            words = tuple(term.lower().split())
            if name == _MODIFIER:
                modifiers[words] = facets
            else:
                table.setdefault((*words[:-1], singular(words[-1], grammar)), []).append((name, facets))
                if (many := _many(words, grammar)) is not None:
                    table.setdefault((*many[:-1], singular(many[-1], grammar)), []).append((name, facets))
    return Terms(
        by_words={k: tuple(v) for k, v in table.items()},
        modifiers=modifiers,
        ellipses=ellipses,
        ages=ages,
        heads=frozenset(words[-1] for words in table),
        modifying=frozenset(w for words in modifiers for w in words),
        cardinals=cardinals,
        baby_ages=baby_ages,
    )


def _many(words: tuple[str, ...], grammar: Grammar) -> tuple[str, ...] | None:
    """A term with its head before "of", in the plural: "blocks of flats"."""
    at = next((i for i, w in enumerate(words) if i and w in grammar.words["of"]), None)
    if at is None or words[at - 1].endswith("s"):
        return None
    return (*words[: at - 1], words[at - 1] + "s", *words[at:])


class Noun(msgspec.Struct, frozen=True):
    """What a noun phrase names: head lemma, classes with facets (most specific first), token indices of the phrase ``[first, last]``.
    ``mixed``: people of two kinds with nothing in common ("women and children"), who are seldom all that were counted."""

    head: str
    classes: tuple[tuple[str, Facets], ...]
    first: int
    last: int
    words: tuple[str, ...] = ()
    mixed: bool = False

    def facets(self, noun_class: str) -> Facets:
        for name, facets in self.classes:
            if name == noun_class:
                return facets
        return WHOLE

    def is_a(self, noun_class: str) -> bool:
        return any(name == noun_class for name, _ in self.classes)


MARKS = frozenset("“\"‘’”")  # around a name inside a noun phrase: six “Kinzhal” missiles


def lookup(parsed: Parsed, first: int, last: int, terms: Terms, grammar: Grammar) -> Noun:
    """The noun that tokens ``[first, last]`` name: the longest term that ends furthest right; an unknown head stays open ("oil well head")."""
    tokens = parsed.sentence.tokens
    lowers = [t.lower for t in tokens[first : last + 1]]
    extra = _modifiers(lowers, terms)
    for end in range(len(lowers), 0, -1):
        head = singular(lowers[end - 1], grammar)
        if head not in terms.heads:
            continue
        for start in range(max(0, end - _LONGEST_TERM), end):
            found = terms.by_words.get((*(w for w in lowers[start : end - 1] if w not in MARKS), head))
            if found and end > 1 and all(name == PERSON_SET for name, _ in found):  # "boy dead": the boy, of whom "dead" is said
                inner = lookup(parsed, first, first + end - 2, terms, grammar)
                if inner.is_a(PERSON) and inner.last == first + end - 2:
                    return inner
            if found:
                classes = tuple((name, Facets({**extra, **facets})) for name, facets in found)
                return Noun(singular(lowers[end - 1], grammar), classes, first, first + end - 1, tuple(lowers))
    for end in range(len(lowers), 0, -1):
        age = lowers[end - 1] if lowers[end - 1].endswith(terms.ages) else "-".join(lowers[max(0, end - 3) : end])  # "a 17 year old"
        if age.endswith(terms.ages):  # "a 15-year-old", "two 14-year-olds": the age stands for the person
            years = years_of(age, terms)
            child = years is not None and years < _GROWN
            return Noun(
                lowers[end - 1],
                ((PERSON, Facets({**extra, **({"age": "child"} if child else {})})),),
                first,
                first + end - 1,
                tuple(lowers),
            )
    text = tokens[last].text
    if text[:1].isupper() and lowers[-1].endswith("s") and last > 0 and not _title_case(parsed):
        return Noun(singular(lowers[-1], grammar), ((PERSON, Facets(extra)),), first, last, tuple(lowers))  # "50 Palestinians"
    return Noun(singular(lowers[-1], grammar), (), first, last, tuple(lowers))


def modifiers_in(parsed: Parsed, first: int, last: int, terms: Terms) -> dict[str, str]:
    """Facets of the modifiers among tokens ``[first, last]``: "civilian deaths"."""
    return _modifiers([t.lower for t in parsed.sentence.tokens[first : last + 1]], terms)


def _title_case(parsed: Parsed) -> bool:
    """Whether most words of the sentence are written with a capital, so that a capital tells nothing."""
    words = [t.text for t in parsed.sentence.tokens if t.text.isalpha() and len(t.text) > 3]
    return len(words) > 2 and sum(w[0].isupper() for w in words) > _MOSTLY * len(words)


def years_of(word: str, terms: Terms) -> int | None:
    """The years of a word for an age: "15-year-old", "two-year-old"; one for a baby of so many months; None where it has no number."""
    number = word.split("-")[0]
    years = (int(number) if len(number) < 4 else None) if number.isdecimal() else terms.cardinals.get(number)
    return _BABY if years is not None and terms.baby_ages and word.endswith(terms.baby_ages) else years


def _modifiers(lowers: list[str], terms: Terms) -> dict[str, str]:
    out: dict[str, str] = {}
    if terms.modifying.isdisjoint(lowers):
        return out
    for size in (2, 1):
        for start in range(len(lowers) - size + 1):
            facets = terms.modifiers.get(tuple(lowers[start : start + size]))
            if facets:
                for facet, member in facets.items():
                    out.setdefault(facet, member)
    return out
