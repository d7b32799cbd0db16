"""Figure claims: every count of a document that hangs on a predicate the packs know, with its readings, speaker and trace."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from crosstally.domain.model import Domain, Language
from crosstally.errors import PackError
from crosstally.extract.figures import syntax
from crosstally.extract.figures.analysis import analyse, tokens_in
from crosstally.extract.figures.attachment import candidates
from crosstally.extract.figures.counted import Counted
from crosstally.extract.figures.fleet import counted_last
from crosstally.extract.figures.frames import compile_predicates, pack_acts, pack_verbs, trigger_words, violent_words
from crosstally.extract.figures.individuals import MULTIPLE, Kind, age_of, compile_singles, find_individuals, find_multiples
from crosstally.extract.figures.individuals import RULE as INDIVIDUAL
from crosstally.extract.figures.making import KIN_GROUP, Reader, Voice, make_claim
from crosstally.extract.figures.nouns import PERSON, Noun, compile_terms
from crosstally.extract.figures.one_by_one import gather
from crosstally.extract.figures.owned import owned
from crosstally.extract.figures.rest import take_rests, told_hurt
from crosstally.extract.figures.scene import Before, Candidate, Scene, make_scene
from crosstally.extract.figures.syntax import Parsed, compile_grammar
from crosstally.extract.figures.victims import Held, Single, settle
from crosstally.values import EARLY, Claim, Document, Mention, Sentence, Unread

_SURE = 0.6  # a fit below this is no claim of somebody told without a number
_COUNTING = frozenset({"count", "share", "duration", "rate"})
_SIDE_BY_SIDE = 2  # words between two counts that "and" joins: "dead and"
_EVERYBODY = "affected"  # the measure that holds the hurt and the dead alike
_UNREAL = frozenset({"denied", "forecast", "planned"})
_AND = ("and ", ", an")  # behind an age
_DIRECT = frozenset({"object", "subject", "participle", "adjective", "preposition", "self"})

__all__ = ["Figures", "Reader", "Voice", "compile_reader", "read_figures"]


class Figures(msgspec.Struct, frozen=True):
    """``held``: people told without number, within a number of the report, if it is of their own event."""

    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...]
    held: tuple[Held, ...] = ()


_READERS: dict[tuple[int, str], Reader] = {}


def compile_reader(domain: Domain, language: Language) -> Reader:
    """Compiled once for a domain object and a language."""
    key = (id(domain), language.code)
    found = _READERS.get(key)
    if found is None or found.domain is not domain:
        grammar = compile_grammar(language, pack_verbs(domain), pack_acts(domain))
        ages = tuple(sorted(_words(language, "ages")))
        human = frozenset(name for name, m in domain.measures.items() if m.strand == "human_cost")
        outcome = {name: m.overtaken_by for name, m in domain.measures.items() if m.overtaken_by}
        found = Reader(
            grammar=grammar,
            terms=compile_terms(
                domain, grammar, _words(language, "ellipses"), ages, _cardinals(language), tuple(sorted(_words(language, "baby_ages")))
            ),
            predicates=compile_predicates(domain, grammar),
            domain=domain,
            singles=compile_singles(language, ages),
            harm=trigger_words(domain, grammar, human),
            human=human,
            outcome=outcome,
            wholes=frozenset(f.whole for f in domain.frames if f.whole is not None),
            unions={
                frozenset(part.measure for part in r.parts): r.whole.measure
                for r in domain.relations
                if r.sense == "eq" and not r.soft and not r.rest and not r.whole.facets
            },
            befallen=frozenset({*outcome, *outcome.values()}),
            violence=violent_words(domain),
        )
        _READERS[key] = found
    return found


def _words(language: Language, key: str) -> frozenset[str]:
    """A list of words of the language's noun table. Raises PackError where it is missing."""
    found = language.tables.get("nouns", {}).get(key)
    if not isinstance(found, list):
        raise PackError(f"{language.folder}/nouns.toml", key, "missing list", "see languages/en/nouns.toml")
    return frozenset(str(word) for word in found)


def _cardinals(language: Language) -> Mapping[str, int]:
    """Number words up to a hundred. Empty where a language gives none."""
    found = language.tables.get("numbers", {}).get("cardinals")
    return {str(word): int(n) for word, n in found.items()} if isinstance(found, Mapping) else {}


class _Told(msgspec.Struct, frozen=True):
    """What one sentence tells: claims of its numbers, single people (their claims may be among ``claims``), whether it tells violence,
    the claims that are no part of a whole told before them (``apart``), and what the account of a raid has counted (``fleet``)."""

    claims: tuple[Claim, ...] = ()
    singles: tuple[Single, ...] = ()
    unread: tuple[Unread, ...] = ()
    violent: bool = False
    apart: frozenset[str] = frozenset()
    fleet: Noun | None = None


def read_figures(
    document: Document, sentences: tuple[Sentence, ...], quantities: Mapping[int, tuple[Mention, ...]], moments: Mapping[int, tuple[Mention, ...]],
    names: Mapping[int, tuple[Mention, ...]], voice: Voice, reader: Reader,
) -> Figures:  # fmt: skip
    """Claims of every sentence that is content. ``quantities``, ``moments`` and ``names`` by sentence index."""
    told: list[tuple[list[Claim], frozenset[str]]] = []
    singles: list[Single] = []
    unread: list[Unread] = []
    whole: dict[str, str] = {}
    fleet: Noun | None = None
    before: Before | None = None
    paragraph = -1
    violent = False
    of_people: frozenset[str] = frozenset()
    for sentence in sentences:
        numbers = quantities.get(sentence.index, ())
        violent = violent or (sentence.furniture is None and not sentence.lacks(reader.violence))
        if sentence.furniture is not None or (not numbers and sentence.lacks(reader.harm)):
            continue
        if sentence.paragraph != paragraph:
            before, paragraph = None, sentence.paragraph
        found, before = _read_sentence(
            document, sentence, numbers, moments.get(sentence.index, ()), names.get(sentence.index, ()), voice, reader, before, fleet, of_people
        )
        fleet = found.fleet or fleet
        of_people = frozenset(c.measure for c in found.claims if c.measure in reader.befallen and c.figure is not None) or of_people
        claims: list[Claim] = []
        for claim in found.claims:
            if claim.part_of is None and (KIN_GROUP in claim.trace or any(t.startswith("attach: set") for t in claim.trace)):
                # "three of the dead were children", "six members of one family were killed"
                claim = msgspec.structs.replace(claim, part_of=whole.get(claim.measure))
            elif claim.part_of is None and not claim.facets:
                whole[claim.measure] = claim.id
            claims.append(claim)
        told.append((claims, found.apart))
        singles += found.singles
        unread += found.unread
        violent |= found.violent
    hurt = told_hurt([c for some, _ in told for c in some], reader.outcome, _EVERYBODY)
    read = [c for some, apart in told for c in take_rests(some, reader.outcome, _EVERYBODY, apart, hurt)]
    if not singles:
        return Figures(tuple(read), tuple(unread))
    settled, held = settle(read, singles, reader.outcome, violent)
    return Figures(settled, tuple(unread), held)


def _read_sentence(
    document: Document, sentence: Sentence, numbers: tuple[Mention, ...], moments: tuple[Mention, ...], names: tuple[Mention, ...],
    voice: Voice, reader: Reader, before: Before | None, fleet: Noun | None = None, of_people: frozenset[str] = frozenset(),
) -> tuple[_Told, Before | None]:  # fmt: skip
    counting = tuple(
        m
        for i, m in enumerate(numbers)
        if m.number in _COUNTING and not _only_adds(m, numbers[i + 1 : i + 2]) and not _age_behind_a_name(m, names, document.text)
    )
    unread = [
        Unread(document.id, m.span, f"{m.text!r} is {_WHAT.get(m.number or '', m.number)}, not a count") for m in numbers if m.number not in _COUNTING
    ]
    harm = not sentence.lacks(reader.harm)
    if harm and (multiples := find_multiples(sentence, reader.singles)):
        counting = tuple(sorted((*counting, *multiples), key=lambda m: m.span))
    if not counting and not harm:
        return _Told(unread=tuple(unread)), before
    scene, chosen = analyse(sentence, counting, moments, names, reader, before, fleet, of_people)
    fleet = counted_last(scene, chosen, fleet, reader.wholes, reader.domain)
    claims = []
    ids: dict[int, str] = {-1: before.claim} if before is not None else {}
    by_count: dict[int, Claim] = {}
    for count in scene.counts:
        fits = chosen.get(count.index, ())
        if not fits:
            if not count.article and count.number.rule != MULTIPLE:
                unread.append(_not_taken(document, count, scene))
            continue
        claim = make_claim(document, scene.parsed, count, fits, ids, numbers, names, voice, reader)
        if (earlier := by_count.get(count.index - 1)) and EARLY in earlier.trace and _goes_with(scene.counts[count.index - 1], count, scene, reader):
            claim = msgspec.structs.replace(claim, trace=(*claim.trace, EARLY))
        ids[count.index] = claim.id
        by_count[count.index] = claim
        claims.append(claim)
    for index, claim in by_count.items():  # "three of the 40 wounded": the whole is read after its part
        at = scene.counts[index].whole
        whole = None if at is None else by_count.get(at)
        if claim.part_of is None and whole is not None and whole.measure == claim.measure and whole.id != claim.id:
            by_count[index] = msgspec.structs.replace(claim, part_of=whole.id)
            claims[claims.index(claim)] = by_count[index]
    for index, claim in by_count.items():
        if claim.part_of is None and not scene.counts[index].article and claim.quantity is not None and claim.quantity.unit is None:
            before = Before(chosen[index], scene.counts[index].noun, claim.id)
            break
    if not claims and not _may_befall(scene, reader):
        return _Told(unread=tuple(unread), fleet=fleet), before
    if not harm:
        return _Told(claims=gather(tuple(claims), by_count, scene, chosen), unread=tuple(unread), fleet=fleet), before
    individuals, singles, ranked = _individuals(document, scene, numbers, moments, names, voice, reader)
    told = (*gather(tuple(claims), by_count, scene, chosen, individuals), *ranked)
    apart = frozenset(claim.id for index, claim in by_count.items() if _stands_apart(scene.counts[index], scene))
    parts = {c.id: c for c in told}
    unharmed = [c for c in individuals if not any(s.claim.span.start <= c.number.span.start < s.claim.span.end for s in singles)]
    unharmed += [c for c in scene.counts if c.article and (c.index not in by_count or by_count[c.index].measure not in reader.befallen)]
    for index, claim in by_count.items():
        single = scene.counts[index].article and claim.quantity is not None and claim.quantity.high == 1
        if single and claim.measure in reader.befallen and claim.status not in _UNREAL:
            one = _single(scene.counts[index], parts[claim.id], chosen[index][0], "article", scene.parsed, reader)
            doer = one.another and any(_of_one_kind(c, scene.counts[index]) for c in unharmed)
            singles.append(msgspec.structs.replace(one, another=False) if doer else one)
    singles.sort(key=lambda s: s.claim.span)
    violent = any(not f.calm and any(slot.measure in reader.human for slot in f.slots) for t in scene.triggers for f in t.frames)
    return _Told(told, tuple(singles), tuple(unread), violent, apart, fleet), before


def _may_befall(scene: Scene, reader: Reader) -> bool:
    """Whether a predicate of the sentence may tell what befell people, alone or together with the one beside it."""
    told = {slot.measure for t in scene.triggers for f in t.frames for slot in f.slots}
    alone = not told.isdisjoint(reader.befallen) or not told.isdisjoint(reader.human)
    return alone or any(not told.isdisjoint(parts) for parts in reader.unions)


def _goes_with(first: Counted, second: Counted, scene: Scene, reader: Reader) -> bool:
    """Whether "and" alone joins two counts, each with its word behind: "after reporting 11 dead and six wounded"."""
    tokens = scene.parsed.sentence.tokens[first.last + 1 : second.first]
    return len(tokens) <= _SIDE_BY_SIDE and bool(tokens) and tokens[-1].lower in reader.grammar.words["and"]


def _not_taken(document: Document, count: Counted, scene: Scene) -> Unread:
    """A count that no frame took. It is missed where its noun is of a class that some frame counts, and it is no whole told for its part."""
    noun = " ".join(count.noun.words) if count.noun is not None else ""
    whole = count.is_whole or any(c.whole == count.index for c in scene.counts)
    missed = count.noun is not None and bool(count.noun.classes) and count.quantity.low != 0 and not whole
    return Unread(document.id, count.number.span, f"what is said of {(count.number.text + ' ' + noun).strip()!r} is not counted here", missed)


def _stands_apart(count: Counted, scene: Scene) -> bool:
    """Whether a count has a noun of its own, or is joined by "and": no part of a whole told before it."""
    i = count.first - 1
    while i >= 0 and scene.parsed.tags[i] == syntax.DET:
        i -= 1
    joined_on = i >= 0 and scene.parsed.tags[i] == syntax.COORD
    return (count.noun is not None and count.noun.is_a(PERSON) and not count.of_them) or joined_on


def _individuals(
    document: Document, scene: Scene, numbers: tuple[Mention, ...], moments: tuple[Mention, ...], names: tuple[Mention, ...],
    voice: Voice, reader: Reader,
) -> tuple[tuple[Counted, ...], list[Single], tuple[Claim, ...]]:  # fmt: skip
    """People of the sentence told without a number, the claims that they came to harm, and those that rank one ("third victim dies")."""
    parsed = scene.parsed
    taken = {i for c in scene.counts for i in range(c.first, c.last + 1)} | tokens_in(parsed.sentence, [m.span for m in moments])
    title = parsed.sentence.title or parsed.sentence.index == 0
    found = find_individuals(parsed, names, frozenset(taken), title, reader.singles, reader.terms, reader.grammar)
    owners = find_individuals(parsed, names, frozenset(taken), title, reader.singles, reader.terms, reader.grammar, owners=True)
    if not found and not owners:
        return (), [], ()
    alone = make_scene(parsed, found, scene.triggers, reader.grammar, scene.places, scene.accepts, None, reader.outcome)
    singles: list[Single] = []
    ranked: list[Claim] = []
    for count in found:
        fits = [f for f in candidates(count, alone, {}) if f.score >= _SURE and f.measure in reader.befallen and f.way in _DIRECT]
        if fits and _came_to_it(count, fits[0], parsed, reader) and not _another_stands_nearer(count, fits[0], (*found, *scene.counts), parsed):
            claim = make_claim(document, parsed, count, (fits[0],), {}, numbers, names, voice, reader)
            if claim.status in _UNREAL:
                continue
            if (claim.quantity.low or 0) > 1 if claim.quantity is not None else False:
                ranked.append(claim)
                continue
            kind: Kind = count.number.rule.removeprefix(INDIVIDUAL)  # type: ignore[assignment]
            singles.append(_single(count, msgspec.structs.replace(claim, tier="weak"), fits[0], kind, parsed, reader))
    for count, best in owned(owners, scene, title):
        claim = make_claim(document, parsed, count, (best,), {}, numbers, names, voice, reader)
        if best.measure in reader.befallen and claim.status not in _UNREAL:
            kind = count.number.rule.removeprefix(INDIVIDUAL)  # type: ignore[assignment]
            singles.append(_single(count, msgspec.structs.replace(claim, tier="weak"), best, kind, parsed, reader))
    return found, singles, tuple(ranked)


def _came_to_it(count: Counted, best: Candidate, parsed: Parsed, reader: Reader) -> bool:
    """Whether what befell somebody is told as having happened: not "almost died", "could've been dead", "if he had died", "to kill him",
    "dead or alive"."""
    tokens, words = parsed.sentence.tokens, reader.grammar.words
    if best.verb >= 0 and parsed.verbs[best.verb].voice == "infinitive":
        return False
    if best.last + 1 < len(tokens) and tokens[best.last + 1].lower in words["either"]:
        return False
    first = max(0, min(count.first, best.first) - 1)
    return not any(t.lower in words["unreal"] for t in tokens[first : max(count.last, best.first)])


def _another_stands_nearer(count: Counted, best: Candidate, people: tuple[Counted, ...], parsed: Parsed) -> bool:
    """Whether somebody else stands between a person and the predicate behind him, who hangs on him or opens a clause: in "the father of a girl
    shot in a park" she was shot, in "they took the woman to a hospital where the boy died" he died."""
    for other in people:
        if not count.last < other.first <= other.last < best.first or other.noun is None or not other.noun.is_a(PERSON):
            continue
        if any(tag == syntax.SUB for tag in parsed.tags[count.last + 1 : other.first]) and parsed.verb_at[other.last + 1] == best.verb >= 0:
            return True
        i = other.first - 1
        while i > count.last and parsed.tags[i] in (syntax.DET, syntax.ADV):
            i -= 1
        if i == count.last + 1 and parsed.tags[i] == syntax.PREP and parsed.verb_at[other.last + 1] >= 0:
            return True
    return False


def _single(count: Counted, claim: Claim, best: Candidate, kind: Kind, parsed: Parsed, reader: Reader) -> Single:
    name = frozenset(w for w in count.noun.words if len(w) > 2) if kind == "name" and count.noun is not None else frozenset()
    frame = next((f for f in reader.domain.frames if f.name == best.frame), None)
    return Single(
        claim,
        kind,
        parsed.sentence.index,
        name,
        age_of(count, parsed, reader.terms),
        count.number.text.lower() == "another",
        frame is not None and frame.calm,
        parsed.sentence.title or parsed.sentence.index == 0,
        any(r.measure in reader.outcome.values() for r in claim.readings if r.measure != claim.measure),
        count.noun is not None and count.noun.head in reader.singles.grown,
        not reader.singles.other.isdisjoint(t.lower for t in parsed.sentence.tokens[max(0, count.first - 1) : count.last + 1]),
        claim.measure in reader.outcome.values(),
    )


def _of_one_kind(doer: Counted, count: Counted) -> bool:
    """Whether somebody told before in the sentence is of the kind of "another": "a teenager shot another boy" tells of one who was shot."""
    if doer.last >= count.first or doer.noun is None or count.noun is None or doer.number.text.lower() == "another":
        return False
    facets = count.noun.facets(PERSON)
    shared = any(facets.get(name) == member for name, member in doer.noun.facets(PERSON).items())
    return doer.noun.head == count.noun.head or shared


def _age_behind_a_name(mention: Mention, names: tuple[Mention, ...], text: str) -> bool:
    """Whether a number between a name and "and" or a mark is an age: "Kim Rowe, 29 and pregnant, was shot"."""
    if not mention.text.isdecimal() or len(mention.text) > 2:
        return False
    led = any(m.kind == "person" and text[m.span.end : mention.span.start].strip() == "," for m in names)
    return led and text[mention.span.end :].lstrip()[:4].lower() in _AND


def _only_adds(mention: Mention, following: tuple[Mention, ...]) -> bool:
    """ "another" before a number adds nothing of its own: "another 208 targets"."""
    return mention.rule.endswith("another") and mention.text.isalpha() and any(m.span.start - mention.span.end <= 12 for m in following)


_WHAT = {
    "ordinal": "an ordinal", "age": "an age", "storeys": "a number of storeys", "floor": "a floor", "distance": "a distance", "date": "a date",
    "time": "a time of day", "percent": "a percentage", "calibre": "a calibre", "money": "a sum of money", "year": "a year",
    "index": "a place in a series", "idiom": "a turn of phrase", "measure": "a measure", "score": "a score", "name": "part of a name",
}  # fmt: skip
