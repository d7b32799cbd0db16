"""Figure claims: every count of a document that hangs on a predicate the packs know, with its readings, speaker and trace."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping

import msgspec

from crosstally.domain.model import Domain, Language
from crosstally.errors import PackError
from crosstally.extract import syntax
from crosstally.extract.attachment import candidates
from crosstally.extract.counted import Counted, Terms, compile_terms, lookup, read_counted
from crosstally.extract.frames import Predicates, compile_predicates, find_triggers, pack_verbs
from crosstally.extract.one_by_one import gather
from crosstally.extract.scene import Before, Candidate, Scene, make_scene
from crosstally.extract.syntax import Grammar, Parsed, compile_grammar, parse
from crosstally.values import (
    Claim,
    Document,
    Facets,
    Mention,
    Place,
    Quantity,
    Reading,
    Scope,
    Sentence,
    Span,
    Speaker,
    Status,
    Unread,
)

_ENOUGH = 0.35  # a fit below this is no claim
_NEAR = 0.35  # alternatives this close to the best stay as readings
_MOST_READINGS = 4
_COUNTING = frozenset({"count", "share", "duration", "rate"})

Voice = Callable[[Span], tuple[Speaker | None, str | None, str | None, str]]
"""What the speaker reader says of a span: speaker, channel, said_at, how ("rule: reason")."""


class Reader(msgspec.Struct, frozen=True):
    """Packs and language compiled for reading figures."""

    grammar: Grammar
    terms: Terms
    predicates: Predicates
    domain: Domain


class Figures(msgspec.Struct, frozen=True):
    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...]


_READERS: dict[tuple[int, str], Reader] = {}


def compile_reader(domain: Domain, language: Language) -> Reader:
    """Compiled once for a domain object and a language."""
    key = (id(domain), language.code)
    found = _READERS.get(key)
    if found is None or found.domain is not domain:
        grammar = compile_grammar(language, pack_verbs(domain))
        found = Reader(
            grammar=grammar,
            terms=compile_terms(domain, grammar, _words(language, "ellipses"), tuple(sorted(_words(language, "ages")))),
            predicates=compile_predicates(domain, grammar),
            domain=domain,
        )
        _READERS[key] = found
    return found


def _words(language: Language, key: str) -> frozenset[str]:
    """A list of words of the language's noun table. Raises PackError where it is missing."""
    found = language.tables.get("nouns", {}).get(key)
    if not isinstance(found, list):
        raise PackError(f"{language.folder}/nouns.toml", key, "missing list", "see languages/en/nouns.toml")
    return frozenset(str(word) for word in found)


def read_figures(
    document: Document, sentences: tuple[Sentence, ...], quantities: Mapping[int, tuple[Mention, ...]], moments: Mapping[int, tuple[Mention, ...]],
    names: Mapping[int, tuple[Mention, ...]], voice: Voice, reader: Reader,
) -> Figures:  # fmt: skip
    """Claims of every sentence that is content. ``quantities``, ``moments`` and ``names`` by sentence index."""
    claims: list[Claim] = []
    unread: list[Unread] = []
    whole: dict[str, str] = {}
    before: Before | None = None
    paragraph = -1
    for sentence in sentences:
        numbers = quantities.get(sentence.index, ())
        if sentence.furniture is not None or not numbers:
            continue
        if sentence.paragraph != paragraph:
            before, paragraph = None, sentence.paragraph
        found, before = _read_sentence(
            document, sentence, numbers, moments.get(sentence.index, ()), names.get(sentence.index, ()), voice, reader, before
        )
        for claim in found.claims:
            if claim.part_of is None and claim.trace[2].startswith("attach: set"):  # "three of the dead were children"
                claim = msgspec.structs.replace(claim, part_of=whole.get(claim.measure))
            elif claim.part_of is None and not claim.facets:
                whole[claim.measure] = claim.id
            claims.append(claim)
        unread += found.unread
    return Figures(tuple(claims), tuple(unread))


def _tokens_in(sentence: Sentence, spans: list[Span]) -> frozenset[int]:
    """Indices of tokens that overlap any of the spans."""
    out = set()
    for span in spans:
        for i, token in enumerate(sentence.tokens):
            if token.start >= span.end:
                break
            if token.end > span.start:
                out.add(i)
    return frozenset(out)


def _read_sentence(
    document: Document, sentence: Sentence, numbers: tuple[Mention, ...], moments: tuple[Mention, ...], names: tuple[Mention, ...],
    voice: Voice, reader: Reader, before: Before | None,
) -> tuple[Figures, Before | None]:  # fmt: skip
    counting = tuple(m for i, m in enumerate(numbers) if m.number in _COUNTING and not _only_adds(m, numbers[i + 1 : i + 2]))
    unread = [
        Unread(document.id, m.span, f"{m.text!r} is {_WHAT.get(m.number or '', m.number)}, not a count")
        for m in numbers
        if m.number not in _COUNTING
    ]
    if not counting:
        return Figures((), tuple(unread)), before
    parsed, scene, chosen = analyse(sentence, counting, moments, names, reader, before)
    claims = []
    ids: dict[int, str] = {-1: before.claim} if before is not None else {}
    by_count: dict[int, Claim] = {}
    for count in scene.counts:
        fits = chosen.get(count.index, ())
        if not fits:
            if not count.article:
                noun = " ".join(count.noun.words) if count.noun is not None else ""
                unread.append(
                    Unread(document.id, count.number.span, f"no predicate the packs know for {(count.number.text + ' ' + noun).strip()!r}")
                )
            continue
        claim = _claim(document, parsed, count, fits, ids, numbers, names, voice, reader)
        if claim is not None:
            ids[count.index] = claim.id
            by_count[count.index] = claim
            claims.append(claim)
    for index, claim in by_count.items():
        if claim.part_of is None and not scene.counts[index].article and claim.quantity is not None and claim.quantity.unit is None:
            before = Before(chosen[index], scene.counts[index].noun, claim.id)
            break
    return Figures(gather(tuple(claims), by_count, scene, chosen), tuple(unread)), before


def _only_adds(mention: Mention, following: tuple[Mention, ...]) -> bool:
    """ "another" before a number adds nothing of its own: "another 208 targets"."""
    return mention.rule.endswith("another") and mention.text.isalpha() and any(m.span.start - mention.span.end <= 12 for m in following)


_WHAT = {
    "ordinal": "an ordinal", "age": "an age", "storeys": "a number of storeys", "floor": "a floor", "distance": "a distance", "date": "a date",
    "time": "a time of day", "percent": "a percentage", "calibre": "a calibre", "money": "a sum of money", "year": "a year",
    "index": "a place in a series", "idiom": "a turn of phrase", "measure": "a measure", "score": "a score", "name": "part of a name",
}  # fmt: skip


def analyse(
    sentence: Sentence,
    counting: tuple[Mention, ...],
    moments: tuple[Mention, ...],
    names: tuple[Mention, ...],
    reader: Reader,
    before: Before | None = None,
) -> tuple[Parsed, Scene, dict[int, tuple[Candidate, ...]]]:
    """A sentence's grammar, scene, and the fits of every count, best first."""
    number_tokens = _tokens_in(sentence, [m.span for m in counting if not m.rule.endswith("article")])
    name_tokens = _tokens_in(sentence, [m.span for m in names if m.kind in ("person", "place")])
    place_tokens = _tokens_in(sentence, [m.span for m in names if m.kind == "place"])
    blocked = _tokens_in(sentence, [m.span for m in moments])
    parsed = parse(sentence, number_tokens, reader.grammar, name_tokens)
    counts = read_counted(parsed, counting, blocked, reader.terms, reader.grammar, reader.domain)
    counts = tuple(
        c
        for c in counts
        if not c.article or (c.noun is not None and (c.noun.is_a("person") or c.noun.is_a("thing") or c.noun.is_a("body")))
    )
    counts = tuple(msgspec.structs.replace(c, index=i, whole=_moved(c.whole, counts)) for i, c in enumerate(counts))
    triggers = find_triggers(parsed, reader.predicates, reader.grammar)
    scene = make_scene(parsed, counts, triggers, reader.grammar, place_tokens, reader.predicates.accepts, before)
    chosen: dict[int, tuple[Candidate, ...]] = {}
    for count in _in_order(counts):
        fits = tuple(f for f in candidates(count, scene, chosen) if f.score >= _ENOUGH)
        if fits:
            chosen[count.index] = fits
    return parsed, scene, chosen


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


def _claim(
    document: Document, parsed: Parsed, count: Counted, fits: tuple[Candidate, ...], ids: Mapping[int, str],
    numbers: tuple[Mention, ...], names: tuple[Mention, ...], voice: Voice, reader: Reader,
) -> Claim | None:  # fmt: skip
    best = fits[0]
    tokens = parsed.sentence.tokens
    sentence = parsed.sentence
    quantity = count.quantity
    start, end = tokens[count.first].start, tokens[count.last].end
    figure: Span | None = count.number.span
    if count.article:
        if count.noun is not None and not count.noun.is_a("person"):
            figure = None
        quantity = msgspec.structs.replace(quantity, low=1, high=1, hedge="exact")
        ordinal = next((m for m in numbers if m.number in ("ordinal", "index") and start <= m.span.start < end), None)
        if ordinal is not None and isinstance(ordinal.value, Quantity) and (ordinal.value.low or 0) > 1 and figure is not None:
            # "a second person has died": at least two by now
            figure, quantity = (
                ordinal.span,
                Quantity(ordinal.value.low, None, "at_least", quantity.unit, Span(start, end).of(document.text)),
            )
    facets = _with_means(best, parsed, reader)
    if best.way == "set" or (count.of_them and best.way == "part"):
        facets = _predicate_noun(count, facets, parsed, reader)
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
    status = _status(best, parsed, reader.grammar.words)
    trace = [
        count.number.rule,
        f"noun: {'+'.join(n for n, _ in count.noun.classes) if count.noun is not None and count.noun.classes else 'open' if count.noun else 'none'}",
        f"attach: {best.way} ({best.score:.2f})",
    ]
    if how:
        trace.append(how)
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
        place=_place(count, best, parsed, names),
        speaker=speaker,
        channel=channel,
        said_at=said_at,
        part_of=ids.get(best.antecedent)
        if best.antecedent is not None and best.way in ("part", "own")
        else ids.get(count.whole)
        if count.whole is not None
        else None,
        rule=best.frame,
        trace=tuple(trace),
    )


def claim_id(document: str, where: Span, measure: str, facets: Facets) -> str:
    """ "c" and 12 hex digits of what the claim is: document, place in it, measure, facets."""
    key = f"{document}\x1f{where.start}\x1f{where.end}\x1f{measure}\x1f{facets.notation()}"
    return "c" + hashlib.blake2b(key.encode(), digest_size=6).hexdigest()


def _with_means(best: Candidate, parsed: Parsed, reader: Reader) -> Facets:
    """The facet of the means a "by" or "with" phrase after the predicate names ("downed by interceptor drones")."""
    if best.verb < 0 or not reader.domain.nouns.get("means"):
        return best.facets
    tags, tokens = parsed.tags, parsed.sentence.tokens
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
            if len(chunk) == size:
                key = (*chunk[:-1], syntax.singular(chunk[-1], reader.grammar))
                for name, facets in reader.terms.by_words.get(key, ()):
                    if name == "means":
                        return Facets({**best.facets, **facets})
    return best.facets


def _predicate_noun(count: Counted, facets: Facets, parsed: Parsed, reader: Reader) -> Facets:
    """What a part of a set is said to be: "three of the dead were children" adds age=child."""
    i = count.last + 1
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


def _status(best: Candidate, parsed: Parsed, words: Mapping[str, frozenset[str]]) -> Status:
    if best.verb < 0:
        for verb in parsed.verbs:
            if verb.modal in words["forecast"] and verb.last < best.first:
                return "forecast"
        return "happened"
    verb = parsed.verbs[best.verb]
    if verb.negated:
        return "denied"
    if verb.modal in words["forecast"]:
        return "forecast"
    if verb.modal in words["planned"]:
        return "planned"
    if verb.voice == "infinitive":
        for other in reversed(parsed.verbs[: best.verb]):
            if other.modal in words["forecast"] | words["planned"] or other.lemma in words["plan_verbs"]:
                return "planned"
            break
    return "happened"


def _place(count: Counted, best: Candidate, parsed: Parsed, names: tuple[Mention, ...]) -> Place | None:
    """The place said right beside the count or its predicate: "in Kharkiv", nearest first, in the same clause."""
    tokens = parsed.sentence.tokens
    end = tokens[max(count.last, best.last)].end
    nearest: tuple[int, Place] | None = None
    for mention in names:
        if mention.kind == "place" and isinstance(mention.value, Place):
            gap = mention.span.start - end
            if 0 <= gap <= 40 and not any(t.text in (";", ".") for t in tokens if end <= t.start < mention.span.start):
                before = [t.lower for t in tokens if end <= t.start < mention.span.start]
                if before and before[0] in ("in", "near", "at", "across", "outside") and (nearest is None or gap < nearest[0]):
                    nearest = (gap, mention.value)
    return nearest[1] if nearest is not None else None


def is_number(quantity: Quantity | None) -> bool:
    """Whether a quantity bounds anything (words such as "dozens" do not)."""
    return quantity is not None and quantity.is_number
