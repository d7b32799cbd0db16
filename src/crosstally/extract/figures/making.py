"""A claim made of a count and its fits: figure, facets, readings, status, place, trace."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise

import msgspec

from crosstally.domain.model import Domain
from crosstally.extract.figures import syntax
from crosstally.extract.figures.counted import Counted, gives_way
from crosstally.extract.figures.frames import Predicates
from crosstally.extract.figures.individuals import RULE as INDIVIDUAL
from crosstally.extract.figures.individuals import Singles
from crosstally.extract.figures.nouns import Terms, lookup
from crosstally.extract.figures.scene import Candidate
from crosstally.extract.figures.syntax import Grammar, Parsed
from crosstally.extract.figures.told_of_set import moved
from crosstally.values import (
    EARLY,
    JOINS,
    KINDS,
    LISTED,
    LOWERED,
    Claim,
    Document,
    Facets,
    Mention,
    Place,
    Quantity,
    Reading,
    Scope,
    Span,
    Speaker,
    Status,
)

_NEAR = 0.35  # alternatives this close to the best stay as readings
_MOST_READINGS = 4

Voice = Callable[[Span], tuple[Speaker | None, str | None, str | None, str]]
"""What the speaker reader says of a span: speaker, channel, said_at, how ("rule: reason")."""


KIN_GROUP = "noun: of one family"  # in a trace
_EARLY = 7  # words between those that call a count an early one and the count, at most


class Reader(msgspec.Struct, frozen=True):
    """Packs and language compiled for reading figures. ``harm``: words (lower) that may tell harm to people; ``human``: the measures of it;
    ``outcome``: measure to the one that overtakes it; ``befallen``: all such measures; ``unions``: measures that together are another;
    ``wholes``: measures of which frames tell a part; ``violence``: words (lower) for violence, whoever came to harm by it."""

    grammar: Grammar
    terms: Terms
    predicates: Predicates
    domain: Domain
    singles: Singles
    harm: frozenset[str]
    human: frozenset[str]
    outcome: Mapping[str, str]
    befallen: frozenset[str]
    unions: Mapping[frozenset[str], str]
    wholes: frozenset[str] = frozenset()
    violence: frozenset[str] = frozenset()


def make_claim(
    document: Document, parsed: Parsed, count: Counted, fits: tuple[Candidate, ...], ids: Mapping[int, str],
    numbers: tuple[Mention, ...], names: tuple[Mention, ...], voice: Voice, reader: Reader,
) -> Claim:  # fmt: skip
    best = fits[0]
    tokens = parsed.sentence.tokens
    sentence = parsed.sentence
    quantity = count.quantity
    start, end = tokens[count.first].start, tokens[count.last].end
    figure: Span | None = count.number.span
    if quantity.hedge == "vague" and count.noun is not None and count.noun.is_a("thing") and quantity.raw.lower() in reader.grammar.words["some"]:
        figure = None  # "several vehicles": damage told, not counted
    if count.article:
        if count.number.rule.startswith(INDIVIDUAL) or (count.noun is not None and not count.noun.is_a("person")):
            figure = None
        quantity = msgspec.structs.replace(quantity, low=1, high=1, hedge="exact")
        ordinal = next((m for m in numbers if m.number in ("ordinal", "index") and start <= m.span.start < end), None)
        ranks = figure is not None or (
            count.number.rule.removeprefix(INDIVIDUAL) == "bare" and best.way == "subject" and _dies(best, reader)
        )
        if ordinal is not None and isinstance(ordinal.value, Quantity) and (ordinal.value.low or 0) > 1 and ranks:
            # "a second person has died": at least two by now. "A fourth victim was wounded": one, of whom the dead are counted first.
            figure, words = ordinal.span, Span(start, end).of(document.text)
            if best.measure in reader.outcome:
                quantity = Quantity(1, 1, "exact", quantity.unit, words)
            else:
                quantity = Quantity(ordinal.value.low, None, "at_least", quantity.unit, words)
    facets = _with_means(best, parsed, reader)
    if best.way == "set" or (count.of_them and best.way == "part"):
        facets = _predicate_noun(count.last, facets, parsed, reader)
    elif count.whole is not None and best.way == "participle":  # "two of the 40 wounded were children"
        facets = _predicate_noun(max(count.last, best.last), facets, parsed, reader)
    best = msgspec.structs.replace(best, measure=_by_means(best.measure, facets, reader))
    readings = [Reading(best.measure, facets, why=f"{best.way} of {best.frame!r}")]
    for measure in best.readings:
        readings.append(Reading(measure, facets, why=f"another sense of {best.frame!r}"))
    for fit in fits[1:]:
        if fit.score >= best.score - _NEAR and fit.way not in ("gapping",) and (fit.measure, fit.facets) != (best.measure, best.facets):
            readings.append(Reading(fit.measure, fit.facets, why=f"{fit.way} of {fit.frame!r}"))
    seen: set[tuple[str, Facets]] = set()
    kept = []
    for reading in readings:
        if (reading.measure, reading.facets) not in seen:
            seen.add((reading.measure, reading.facets))
            kept.append(reading)
    where = figure or Span(start, end)
    speaker, channel, said_at, how = voice(where)
    span = Span(start, end)
    if abs(best.first - count.first) < 25:
        span = span.join(Span(tokens[best.first].start, tokens[best.last].end))
    status = _status(best, min(best.first, count.first), parsed, reader.grammar.words)
    trace = [
        count.number.rule,
        f"noun: {'+'.join(n for n, _ in count.noun.classes) if count.noun is not None and count.noun.classes else 'open' if count.noun else 'none'}",
        f"attach: {best.way} ({best.score:.2f})",
    ]
    if how:
        trace.append(how)
    if _of_kin(count, parsed, reader.grammar.words):
        trace.append(KIN_GROUP)
    if _joins(count, best, parsed, reader.grammar.words):
        trace.append(JOINS)
    if _is_lowered(count, best, parsed, reader.grammar.words):
        trace.append(LOWERED)
    elif _is_early(count, parsed, reader.grammar.words):
        trace.append(EARLY)
    if _is_one_of_places(count, parsed, reader.grammar.words):
        trace.append(LISTED)
    if count.noun is not None and count.noun.mixed:
        trace.append(KINDS)
    return Claim(
        id=claim_id(document.id, where, best.measure, facets),
        document=document.id,
        span=span,
        sentence=sentence.span,
        text=span.of(document.text),
        measure=best.measure,
        facets=facets,
        figure=figure,
        quantity=quantity,
        readings=tuple(kept[:_MOST_READINGS]),
        status=status,
        scope=Scope(period="per_day") if count.number.number == "rate" and status != "happened" else Scope(),
        place=_place(count, best, parsed, names, reader.grammar.words["including"]),
        speaker=speaker,
        channel=channel,
        said_at=said_at,
        part_of=ids.get(best.antecedent)
        if best.antecedent is not None and (best.way in ("part", "own") or count.of_them)
        else ids.get(count.whole)
        if count.whole is not None
        else None,
        rule=best.frame,
        trace=tuple(trace),
    )


def _dies(best: Candidate, reader: Reader) -> bool:
    """Whether a predicate tells that somebody died and not that he was killed: "third victim dies" ranks a victim of one event, "third teenager
    killed" one of a year."""
    frame = next((f for f in reader.domain.frames if f.name == best.frame), None)
    return frame is not None and frame.calm and bool(frame.verbs)


def claim_id(document: str, where: Span, measure: str, facets: Facets) -> str:
    """ "c" and 12 hex digits of what the claim is: document, place in it, measure, facets."""
    key = f"{document}\x1f{where.start}\x1f{where.end}\x1f{measure}\x1f{facets.notation()}"
    return "c" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


def _with_means(best: Candidate, parsed: Parsed, reader: Reader) -> Facets:
    """The facet of the means that a "by" or "with" phrase after the predicate names ("downed by interceptor drones"), or its subject does
    ("interceptor drones downed 12")."""
    if best.verb < 0 or not reader.domain.nouns.get("means"):
        return best.facets
    tags, tokens = parsed.tags, parsed.sentence.tokens
    verb = parsed.verbs[best.verb]
    if verb.voice in ("active", "ambiguous") and best.way == "object" and (own := _means_before(verb.first, parsed, reader)) is not None:
        return Facets({**best.facets, **own})
    i = parsed.verbs[best.verb].last + 1
    limit = min(len(tags), i + 8)
    while i < limit and tokens[i].lower not in reader.grammar.words["means"]:
        if tags[i] in (syntax.SUB, syntax.PUNCT):
            return best.facets
        i += 1
    if i >= limit:
        return best.facets
    words = [t.lower for t in tokens[i + 1 : i + 8]]
    for start in range(len(words)):
        if tags[i + 1 + start] not in (syntax.NOUN, syntax.DET, syntax.VERB, syntax.PAST, syntax.GERUND):
            break
        for size in (4, 3, 2, 1):
            chunk = words[start : start + size]
            if len(chunk) == size and (named := _means(chunk, reader)) is not None:
                return Facets({**best.facets, **named})
    return best.facets


def _means_before(i: int, parsed: Parsed, reader: Reader) -> Facets | None:
    """The means whose name ends right before token ``i``, in small letters: "Ukraine's Air Force" is nobody's means."""
    tokens = parsed.sentence.tokens
    for size in (4, 3, 2, 1):
        chunk = [t.lower for t in tokens[max(0, i - size) : i]]
        if len(chunk) == size and (size == i or not tokens[i - 1].text[:1].isupper()) and (named := _means(chunk, reader)) is not None:
            return named
    return None


def _means(chunk: Sequence[str], reader: Reader) -> Facets | None:
    """The facets of the means that these words (lower case) name, in the singular or plural."""
    key = (*chunk[:-1], syntax.singular(chunk[-1], reader.grammar))
    return next((facets for name, facets in reader.terms.by_words.get(key, ()) if name == "means"), None)


def _of_kin(count: Counted, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> bool:
    """ "six members of the Haddad family": people of one family, who are a part of a toll."""
    tokens = [t.lower for t in parsed.sentence.tokens[count.last + 1 : count.last + 7]]
    return bool(tokens) and tokens[0] in words["of"] and not words["kin_groups"].isdisjoint(tokens)


def _joins(count: Counted, best: Candidate, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> bool:
    """Whether those counted join others: "two of the wounded died", "one of them died", "two more died", "three died of their wounds", "six
    died at the scene", "two were also reported dead", "the dead included two"; or are those found so far ("had recovered 14 bodies")."""
    tokens = parsed.sentence.tokens
    if count.of_set or count.of_them or best.way == "set" or any(t.lower in words["added"] for t in tokens[count.number_last + 1 :][:1]):
        return True
    behind = " ".join(t.lower for t in tokens[count.last + 1 :])
    if any(f" {where} " in f" {behind} " for where in words["elsewhere"]):
        return True
    if count.quantity.is_exact and any(f" {rest} " in f" {behind} " for rest in words["while_others"]):
        return True
    said = {t.lower for t in tokens[count.last + 1 : max(best.last, count.last) + 1]}
    if tokens[count.last].lower in words["remains"] or not (words["besides"] | words["including"]).isdisjoint(said):
        return True
    after = [t.lower for t in tokens[max(best.last, parsed.verbs[best.verb].last) + 1 :][:4]] if best.verb >= 0 else []
    if not after:
        return False
    if any(" ".join(after[k : k + n]) in words["on_the_spot"] for k in (0, 1) for n in (2, 3)):
        return True
    return after[0] in words["of_wounds"] and not words["wounds"].isdisjoint(after[1:])


def _is_one_of_places(count: Counted, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> bool:
    """ "Eleven from Tarvo, three from Melb and two from Zark are missing": a number with a place of its own in a list of such."""
    tokens = parsed.sentence.tokens

    def placed(k: int) -> bool:
        return tokens[k].lower in words["up_from"] and tokens[k + 1].text[:1].isupper()

    if not words["outranks"].isdisjoint(t.lower for t in tokens[count.last + 1 : count.last + 4]):
        return True  # "the city had 30 deaths, followed by Melb with nine"
    own = count.last + 2 < len(tokens) and placed(count.last + 1)
    return own and sum(placed(k) for k in range(1, len(tokens) - 1)) > 1


def _is_early(count: Counted, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> bool:
    """A count told as one that was given before another, or for another time: "had previously put the toll at 19", "had earlier said 19 died",
    "an earlier report spoke of 12", "rose to 40 from the 31 reported on Sunday", "compared with 254 a year before"."""
    tokens = parsed.sentence.tokens
    if tokens[0].lower in words["earlier"] and any(t.lower in words["had_told"] for t in tokens[1 : count.first]):
        return True  # "Earlier in the day, the ministry reported 31 deaths"
    before = [t.lower for t in tokens[max(0, count.first - _EARLY) : count.first]]
    cut = next((k + 1 for k in range(len(before) - 1, -1, -1) if before[k] in words["early_ends"] or before[k].isdecimal()), 0)
    near = before[cut:]
    if not words["at_first"].isdisjoint(near) or _early_count(near, words):
        return True
    opening = [t.lower for t in parsed.sentence.tokens[:3]]
    turned = {t.lower for t in parsed.sentence.tokens[: count.first]} & words["since_early"]
    if not turned and _early_count(opening, words):
        return True  # "Initial reports had a higher toll, with officials stating 40 deaths"
    if moved(count.first, tuple(t.lower for t in parsed.sentence.tokens), words):
        return True
    if any((a in words["had_told"] and b in words["earlier"]) or (a in words["earlier"] and b in words["had_told"]) for a, b in pairwise(near)):
        return True
    led = [w for w in before[-3:] if w not in words["articles_before"]]
    if len(led) > 1 and led[-2] in words["compared"] and led[-1] in words["compared_with"]:
        return True
    if not led or led[-1] not in words["up_from"]:
        return False
    return gives_way(count, parsed) or any(v.lemma in words["rising"] and v.last < count.first for v in parsed.verbs)


def _early_count(told: Sequence[str], words: Mapping[str, frozenset[str]]) -> bool:
    """ "an earlier report", "the initial death toll"."""
    return any(a in words["first_of"] and not words["counts_told"].isdisjoint(told[i + 1 : i + 3]) for i, a in enumerate(told))


def _is_lowered(count: Counted, best: Candidate, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> bool:
    """A count told as a lower one than was given before: "was revised down to 84", "confirmed a revision of the toll from 103 to 84"."""
    lead = [t.lower for t in parsed.sentence.tokens[min(best.first, count.first) : count.first]]
    revised = any(v.lemma in words["revising"] for v in parsed.verbs if best.first <= v.last < count.first)
    if revised and not words["downward"].isdisjoint(lead):
        return True
    if not lead or lead[-1] not in words["value_prepositions"] or words["up_from"].isdisjoint(lead):
        return False
    before = [int(w.replace(",", "")) for w in lead if w.replace(",", "").isdecimal()]
    return bool(before) and count.quantity.is_exact and before[-1] > (count.quantity.low or 0)


def _by_means(measure: str, facets: Facets, reader: Reader) -> str:
    """What a predicate means by the means it names: "downed by electronic warfare" is suppressed."""
    means = facets.get("means")
    if means is None:
        return measure
    return next((m.name for m in reader.domain.measures.values() if means in m.by_means.get(measure, ())), measure)


def _predicate_noun(last: int, facets: Facets, parsed: Parsed, reader: Reader) -> Facets:
    """What a part of a set, whose words end at ``last``, is said to be: "three of the dead were children" adds age=child."""
    i = last + 1
    if i >= len(parsed.tags) or parsed.verb_at[i] < 0 or parsed.verbs[parsed.verb_at[i]].lemma != "be":
        return facets
    i = parsed.verbs[parsed.verb_at[i]].last + 1
    end = i
    while end < len(parsed.tags) and parsed.tags[end] == syntax.NOUN:
        end += 1
    if end == i:
        return facets
    said = lookup(parsed, i, end - 1, reader.terms, reader.grammar).classes
    return Facets({**facets, **said[0][1]}) if said else facets


def _status(best: Candidate, first: int, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> Status:
    """Told as done or not. ``first``: the first token of the count and its predicate."""
    asked = next((i for i in range(first - 1, -1, -1) if parsed.sentence.tokens[i].lower in words["open_question"]), None)
    if asked is not None and not any(asked < v.first < first and v.finite for v in parsed.verbs):
        return "unverified"
    if best.verb < 0:
        nearest = next((v for v in reversed(parsed.verbs) if v.last < best.first and (v.finite or v.modal)), None)
        seen = nearest is not None and nearest.lemma in words["witnessing"]  # "anyone who may have witnessed the shooting of a boy"
        return "forecast" if nearest is not None and nearest.modal in words["forecast"] and not seen else "happened"
    verb = parsed.verbs[best.verb]
    if verb.negated and not best.affirmed:
        return "denied"
    if verb.modal in words["forecast"]:
        # "may have reached": of what was, and not known for sure
        perfect = any(parsed.tags[i] == syntax.HAVE for i in range(verb.first, verb.head))
        return "unverified" if perfect else "forecast"
    if verb.modal in words["planned"]:
        return "planned"
    if verb.voice == "infinitive":
        for other in reversed(parsed.verbs[: best.verb]):
            if other.modal in words["forecast"] | words["planned"] or other.lemma in words["plan_verbs"]:
                return "planned"
            break
    return "happened"


def _place(count: Counted, best: Candidate, parsed: Parsed, names: tuple[Mention, ...], including: frozenset[str]) -> Place | None:
    """The place said right beside the count or its predicate: "in Kharkiv", nearest first, in the same clause; none that is given as one of
    several ("across six regions, ``including`` Sumy"), and none of a list behind a colon."""
    tokens = parsed.sentence.tokens
    end = tokens[max(count.last, best.last)].end
    nearest: tuple[int, Place] | None = None
    for mention in names:
        if mention.kind == "place" and isinstance(mention.value, Place):
            gap = mention.span.start - end
            if 0 <= gap <= 40 and not any(t.text in (";", ".") for t in tokens if end <= t.start < mention.span.start):
                before = [t.lower for t in tokens if end <= t.start < mention.span.start]
                if any(w in including or w == ":" for w in before):
                    continue
                if before and before[0] in ("in", "near", "at", "across", "outside") and (nearest is None or gap < nearest[0]):
                    nearest = (gap, mention.value)
    return nearest[1] if nearest is not None else None
