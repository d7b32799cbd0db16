"""People told one at a time without a number: "Man killed", "15-year-old Kim Rowe", "his wife", "she was pronounced dead".

Each becomes a count of one for the attachment step. Whether two tellings are one person is decided later (``extract.victims``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from crosstally.domain.model import Language
from crosstally.errors import PackError
from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.nouns import PERSON, PERSON_SET, Noun, Terms, lookup, years_of
from crosstally.extract.figures.syntax import Grammar, Parsed, singular
from crosstally.values import Facets, Mention, Quantity, Sentence, Span

Kind = Literal["article", "bare", "definite", "kin", "name", "pronoun", "self"]
RULE = "individual."
MULTIPLE = "multiple"


class Singles(msgspec.Struct, frozen=True):
    """Words for one person. ``pronouns``: word to facets; ``reflexives``: likewise, of who does it to himself; ``definite``: determiners
    of somebody told before; ``possessives``: those of them that before a word of ``kin`` may tell of somebody new;
    ``grown``: nouns of nobody who is a child; ``other``: words before a noun that tell of somebody else than before;
    ``collective``: singular nouns for many; ``multiples``: "double" and its like."""

    pronouns: Mapping[str, Facets]
    reflexives: Mapping[str, Facets]
    definite: frozenset[str]
    collective: frozenset[str]
    multiples: Mapping[str, int]
    ages: tuple[str, ...]
    possessives: frozenset[str] = frozenset()
    kin: frozenset[str] = frozenset()
    grown: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()


def compile_singles(language: Language, ages: tuple[str, ...]) -> Singles:
    """The table ``[individual]`` of the language's nouns. Raises PackError where it is missing."""
    table = language.tables.get("nouns", {}).get("individual")
    multiples = language.tables.get("nouns", {}).get("multiples")
    if not isinstance(table, Mapping):
        raise PackError(f"{language.folder}/nouns.toml", "individual", "missing table", "see languages/en/nouns.toml")
    return Singles(
        pronouns={word: Facets(facets) for word, facets in table["pronouns"].items()},
        reflexives={word: Facets(facets) for word, facets in table["reflexives"].items()},
        definite=frozenset(table["definite"]),
        collective=frozenset(table["collective"]),
        multiples={str(word): int(n) for word, n in multiples.items()} if isinstance(multiples, Mapping) else {},
        ages=ages,
        possessives=frozenset(table.get("possessives", ())),
        kin=frozenset(table.get("kin", ())),
        grown=frozenset(table.get("grown", ())),
        other=frozenset(table.get("other", ())),
    )


def find_multiples(sentence: Sentence, singles: Singles) -> tuple[Mention, ...]:
    """ "double", "triple" as counts: of the victims of the act that follows."""
    out: list[Mention] = []
    if singles.multiples.keys().isdisjoint(sentence.words):
        return ()
    for token in sentence.tokens:
        size = singles.multiples.get(token.lower)
        if size is not None:
            quantity = Quantity(size, size, "exact", None, token.text)
            out.append(Mention("", token.span, "quantity", token.text, quantity, MULTIPLE, number="count", sentence=sentence.index))
    return tuple(out)


def find_individuals(
    parsed: Parsed, names: tuple[Mention, ...], taken: frozenset[int], title: bool, singles: Singles, terms: Terms, grammar: Grammar,
    owners: bool = False,
) -> tuple[Counted, ...]:  # fmt: skip
    """Individuals of a sentence that no count covers (``taken``: tokens of counts and moments), in order. A noun without determiner stands
    for somebody only in a ``title``. ``owners``: those instead of whom something is ("her brother's death")."""
    named = _tokens(parsed, [m.span for m in names if m.kind == "person"])
    out: list[Counted] = []
    i, tags, tokens = 0, parsed.tags, parsed.sentence.tokens
    while i < len(tags):
        if i in taken:
            i += 1
            continue
        lower = tokens[i].lower
        if tags[i] == syntax.PRON and (facets := singles.pronouns.get(lower)) is not None:
            out.append(_counted(len(out), parsed, i, i, i, Noun(lower, ((PERSON, facets),), i, i, (lower,)), "pronoun"))
        elif tags[i] == syntax.PRON and (facets := singles.reflexives.get(lower)) is not None:
            out.append(_counted(len(out), parsed, i, i, i, Noun(lower, ((PERSON, facets),), i, i, (lower,)), "self"))
        elif tags[i] == syntax.NOUN:
            end = i
            while end + 1 < len(tags) and tags[end + 1] == syntax.NOUN and end + 1 not in taken:
                end += 1
            last = end - 1 if end > i and _said_of(parsed, end, terms, grammar) else end
            found = _person(parsed, i, last, named, title, singles, terms, grammar, owners)
            if found is not None:
                noun, kind = found
                out.append(_counted(len(out), parsed, i, last, _past_age(parsed, last, taken), noun, kind))
            i = end
        i += 1
    return tuple(out)


def _said_of(parsed: Parsed, at: int, terms: Terms, grammar: Grammar) -> bool:
    """Whether the last word of a run of nouns is said of the one before it: "teenager dead"."""
    noun = lookup(parsed, at, at, terms, grammar)
    return bool(noun.classes) and all(name == PERSON_SET for name, _ in noun.classes)


def _person(
    parsed: Parsed, first: int, end: int, named: frozenset[int], title: bool, singles: Singles, terms: Terms, grammar: Grammar,
    owners: bool,
) -> tuple[Noun, Kind] | None:  # fmt: skip
    """The one person that a run of nouns names, and how: by name, after a definite word, or bare."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    owns = end + 1 < len(tokens) and (tokens[end + 1].lower in grammar.words["possessive"] or _of_a_plural(parsed, end))
    if owns != owners:
        return None
    if end in named:
        start = end
        while start > first and start - 1 in named:
            start -= 1
        before = lookup(parsed, first, start - 1, terms, grammar) if start > first else None
        facets = before.facets(PERSON) if before is not None and before.is_a(PERSON) else Facets()
        return Noun(tokens[end].lower, ((PERSON, facets),), first, end, tuple(t.lower for t in tokens[start : end + 1])), "name"
    head = tokens[end].lower
    if head in singles.collective or (singular(head, grammar) != head and not head.endswith(singles.ages)):
        return None
    noun = lookup(parsed, first, end, terms, grammar)
    if noun.last != end or not noun.is_a(PERSON) or head.endswith("-olds"):
        return None
    before_at = first - 1
    while before_at >= 0 and tags[before_at] == syntax.ADV:
        before_at -= 1
    if before_at >= 0 and tokens[before_at].lower in singles.definite:
        return noun, "kin" if noun.head in singles.kin and tokens[before_at].lower in singles.possessives else "definite"
    if title and (before_at < 0 or tags[before_at] not in (syntax.DET, syntax.NUM, syntax.NOUN)):
        return noun, "bare"
    return None


def _of_a_plural(parsed: Parsed, end: int) -> bool:
    """Whether a bare apostrophe makes a word in "s" the owner of what follows: "Davis' grandson"."""
    tokens, tags = parsed.sentence.tokens, parsed.tags
    mark = end + 2 < len(tokens) and tokens[end + 1].text in ("'", "’") and tags[end + 2] == syntax.NOUN
    return mark and tokens[end].lower.endswith("s") and tokens[end].end == tokens[end + 1].start < tokens[end + 2].start - 1


def _past_age(parsed: Parsed, end: int, taken: frozenset[int]) -> int:
    """The end of a phrase with the age behind it: "Kim Rowe, 27,"."""
    tokens = parsed.sentence.tokens
    if end + 2 < len(tokens) and tokens[end + 1].text == "," and tokens[end + 2].text.isdecimal() and int(tokens[end + 2].text[:4]) < 120:
        return end + 3 if end + 3 < len(tokens) and tokens[end + 3].text == "," else end + 2
    return end


def _counted(index: int, parsed: Parsed, first: int, end: int, reach: int, noun: Noun, kind: Kind) -> Counted:
    tokens = parsed.sentence.tokens
    text = " ".join(t.text for t in tokens[first : end + 1])
    span = Span(tokens[first].start, tokens[end].end)
    mention = Mention("", span, "quantity", text, Quantity(1, 1, "exact", None, text), RULE + kind, number="count", sentence=parsed.sentence.index)
    return Counted(index, mention, first, reach, first - 1, noun, article=True)


def _tokens(parsed: Parsed, spans: Iterable[Span]) -> frozenset[int]:
    spans = tuple(spans)
    if not spans:
        return frozenset()
    return frozenset(i for i, t in enumerate(parsed.sentence.tokens) if any(s.start < t.end and t.start < s.end for s in spans))


def age_of(count: Counted, parsed: Parsed, terms: Terms) -> int | None:
    """The age said of one person: "a 15-year-old boy", "a two-year-old", "Kim Rowe, 27,"."""
    tokens = parsed.sentence.tokens
    for i in range(max(0, count.first - 1), min(len(tokens), count.last + 3)):
        lower = tokens[i].lower
        if lower.endswith(terms.ages) and (years := years_of(lower, terms)) is not None:
            return years
        if i > count.first and tokens[i - 1].text == "," and lower.isdecimal() and len(lower) <= 2 and i <= count.last + 2:
            return int(lower)
    return None
