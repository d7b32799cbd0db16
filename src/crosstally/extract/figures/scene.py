"""A sentence ready to attach: its grammar, counts and triggers, and what a fit of a count is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.nouns import PERSON, Noun
from crosstally.extract.figures.syntax import Grammar, Parsed, Verb
from crosstally.values import Facets


class Candidate(msgspec.Struct, frozen=True):
    """A fit of a count in a slot: measure and facets it would get, the score, the way in words, and the trigger's tokens.
    ``affirmed``: the slot asks for a negated predicate, so the figure itself happened ("did not reach their targets")."""

    measure: str
    facets: Facets
    score: float
    way: str
    frame: str
    readings: tuple[str, ...] = ()
    verb: int = -1
    first: int = 0
    last: int = 0
    whole: str | None = None
    antecedent: int | None = None
    affirmed: bool = False


class Before(msgspec.Struct, frozen=True):
    """The last whole figure of the sentence before: what "them" and "these" may stand for."""

    candidates: tuple[Candidate, ...]
    noun: Noun | None
    claim: str


class Scene(msgspec.Struct, frozen=True):
    """One sentence ready to attach: its grammar, counts and triggers; ``groups``: counts joined by commas and "and";
    ``accepts``: measure to the noun classes that some slot of it takes; ``outcome``: measure to the one that overtakes it;
    ``unions``: measures that together are another (shot down, suppressed: neutralised); ``fleet``: what a bare number of a part counts;
    ``told``: what the last sentence before that counted people told of them."""

    parsed: Parsed
    counts: tuple[Counted, ...]
    triggers: tuple[Trigger, ...]
    groups: tuple[tuple[int, ...], ...]
    low_joins: frozenset[int]
    grammar: Grammar
    places: frozenset[int] = frozenset()
    accepts: Mapping[str, frozenset[str]] = {}
    before: Before | None = None
    outcome: Mapping[str, str] = {}
    unions: Mapping[frozenset[str], str] = {}
    fleet: Noun | None = None
    told: frozenset[str] = frozenset()

    @property
    def wholes(self) -> frozenset[str]:
        """Measures of which what the sentence's predicates tell is a part: what was launched, of what was shot down."""
        return frozenset(f.whole for t in self.triggers for f in t.frames if f.whole is not None)


def make_scene(
    parsed: Parsed, counts: tuple[Counted, ...], triggers: tuple[Trigger, ...], grammar: Grammar, places: frozenset[int],
    accepts: Mapping[str, frozenset[str]], before: Before | None = None, outcome: Mapping[str, str] = {},
    unions: Mapping[frozenset[str], str] = {}, fleet: Noun | None = None, told: frozenset[str] = frozenset(),
) -> Scene:  # fmt: skip
    """The scene of one sentence. ``places``: tokens inside place names; ``before``: what the sentence before told last; ``fleet``: what the
    account of a raid counted last; ``told``: what the last sentence that counted people told of them."""
    groups: list[list[int]] = []
    low: set[int] = set()
    for count in counts:
        previous = counts[count.index - 1] if count.index else None
        if previous is not None and not count.of_them and groups and groups[-1][-1] == previous.index:
            link = joined(parsed, previous, count, grammar)
            if link and not _own_predicate(parsed, count, counts[groups[-1][0]], grammar.words["clausal"]):
                groups[-1].append(count.index)
                if link == "low":
                    low.add(count.index)
                continue
        groups.append([count.index])
    shape = tuple(tuple(g) for g in groups)
    return Scene(parsed, counts, triggers, shape, frozenset(low), grammar, places, accepts, before, outcome, unions, fleet, told)


def joined(parsed: Parsed, a: Counted, b: Counted, grammar: Grammar) -> str:
    """ "list" for ", " and "and"; "low" for "alongside", "as well as"; "" where something else stands between."""
    words = tuple(t.lower for t in parsed.sentence.tokens[a.last + 1 : b.first])
    bare = tuple(w for w in words if w not in (",", ";") and w not in grammar.words["fillers"])
    if not words or (";" in words and (b.of_set or _has_a_verb(parsed, b))):
        return ""  # "81 missiles; 34 of the missiles were shot down", "40 of 50 drones; eight drones hit homes"
    if not bare:
        return "list"
    if bare in grammar.joiners:
        return "list" if len(bare) == 1 and grammar.closed.get(bare[0]) == syntax.COORD else "low"
    if _of_one_kind(a, b) and (left := _past_phrase(parsed, a.last + 1, b.first, grammar)) is not None:
        parting = parsed.sentence.tokens[left : b.first]
        rest = tuple(t.lower for t in parting if t.text != "," and t.lower not in grammar.words["fillers"])
        return "list" if rest in grammar.joiners or (not rest and any(t.text == "," for t in parting)) else ""
    return ""


def _has_a_verb(parsed: Parsed, count: Counted) -> bool:
    """Whether a finite verb stands behind a count, before the next semicolon."""
    tokens = parsed.sentence.tokens
    stop = next((i for i in range(count.last + 1, len(tokens)) if tokens[i].text == ";"), len(tokens))
    return any(v.finite and count.last < v.first < stop for v in parsed.verbs)


def _of_one_kind(a: Counted, b: Counted) -> bool:
    """Whether two counts are of things (not people) of one class, so that one list may hold them."""
    if a.noun is None or b.noun is None or a.noun.is_a(PERSON) or a.article or b.article:
        return False
    return any(b.noun.is_a(name) for name, _ in a.noun.classes)


def _past_phrase(parsed: Parsed, i: int, stop: int, grammar: Grammar) -> int | None:
    """Behind the phrase that says where the first of a list came from ("six missiles from the sea and 40 drones"): its preposition, then nouns
    and marks up to the joiner; None where something else stands there."""
    tags, tokens = parsed.tags, parsed.sentence.tokens
    if i + 1 < stop and tokens[i].text == "," and tokens[i + 1].lower in grammar.words["including"]:
        i += 1  # "143 drones, including strike drones and decoys, and one missile"
    if i + 1 < stop and tags[i] in (syntax.PAST, syntax.PART) and tags[i + 1] == syntax.PREP:
        i += 1  # "40 of 50 drones fired by the enemy, along with seven missiles"
    if i >= stop or tags[i] not in (syntax.PREP, syntax.TO):
        return None
    end = stop
    for joiner in grammar.joiners:  # "five missiles at Sumy, as well as two drones"
        if len(joiner) > 1 and tuple(t.lower for t in tokens[stop - len(joiner) : stop]) == joiner:
            end = stop - len(joiner)
    while end > i and (tags[end - 1] == syntax.COORD or tokens[end - 1].text == "," or tags[end - 1] == syntax.ADV):
        end -= 1
    phrase = (syntax.NOUN, syntax.DET, syntax.PREP, syntax.TO, syntax.COORD)
    inside = all(
        tags[k] in phrase
        or tokens[k].text in (",", "(", ")")
        or (tags[k] == syntax.NUM and not tokens[k].text.isdigit() and not tokens[k].text.isalpha())  # "from MiG-31K aircraft"
        or (tags[k] == syntax.VERB and tags[k + 1] == syntax.NOUN) for k in range(i, end)
    )
    return end if inside and end < stop else None


def _own_predicate(parsed: Parsed, count: Counted, first: Counted, clausal: frozenset[str]) -> bool:
    """A participle right after the count ("two killed and five injured"), or a verb of its own where the counts before it are another
    verb's object ("shot down 60 drones, and another 20 were lost"), not where it is ``clausal`` ("said three guards and two clerks died")."""
    i = count.last + 1
    if i >= len(parsed.tags):
        return False
    if parsed.tags[i] in (syntax.PAST, syntax.PART):
        things = count.noun is not None and bool(count.noun.classes) and not count.noun.is_a(PERSON)
        return not (things and parsed.tags[i + 1 : i + 2] == syntax.PREP)  # "four missiles and 60 drones launched by the army"
    if parsed.verb_at[i] < 0 or not parsed.verbs[parsed.verb_at[i]].finite:
        return False
    before = first.first - 1
    while before >= 0 and parsed.tags[before] in (syntax.DET, syntax.ADV):
        before -= 1
    if before < 0:
        return False
    verb = parsed.verb_at[before]
    return parsed.tags[before] == syntax.PREP if verb < 0 else parsed.verbs[verb].lemma not in clausal


def reduced(verb: Verb, parsed: Parsed, triggers: tuple[Trigger, ...] = ()) -> bool:
    """Whether a past form without auxiliary is a participle: no object follows it."""
    if verb.voice == "participle":
        return True
    i = verb.last + 1
    last = max((t.last for t in triggers if t.first == verb.first and t.kind == "verb"), default=verb.last)
    if last > verb.last and parsed.tags[i] == syntax.TO:  # "a teenager shot to death", not "shot to death a teenager"
        return parsed.tags[last + 1 : last + 2] not in (syntax.DET, syntax.NUM, syntax.NOUN, syntax.PRON)
    if last > verb.last:
        return parsed.tags[i] == syntax.PREP  # "shot down" may be reduced, "caught fire" never is
    tags, tokens = parsed.tags, parsed.sentence.tokens
    while i < len(tags) and (tags[i] == syntax.ADV or i in parsed.moments):
        i += 1
    if i >= len(tags):
        return True
    if tags[i] == syntax.COORD:  # "shot and killed a clerk": what follows has the object of both
        while i + 1 < len(tags) and tags[i + 1] in (syntax.ADV, syntax.COORD):
            i += 1
        joined_verb = parsed.verb_at[i + 1] if i + 1 < len(tags) else -1
        if joined_verb >= 0 and parsed.verbs[joined_verb].voice in ("ambiguous", "active") and parsed.verbs[joined_verb].first == i + 1:
            return reduced(parsed.verbs[joined_verb], parsed, triggers)
        return True
    if tags[i] in (syntax.NUM, syntax.DET, syntax.PRON) and tokens[i].lower != "'s":
        return False
    return tags[i] != syntax.NOUN
