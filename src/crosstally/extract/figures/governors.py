"""The predicate to the left or right of a count: object, subject, through a preposition, value of a noun that rises or stands."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from crosstally.extract.figures import syntax
from crosstally.extract.figures.asides import aside, next_verb, set_off
from crosstally.extract.figures.counted import Counted, gives_way
from crosstally.extract.figures.fits import CLAUSE, make, verb_roles
from crosstally.extract.figures.frames import Trigger
from crosstally.extract.figures.inverted import included, inverted, one_of, opens_clause
from crosstally.extract.figures.nouns import PERSON
from crosstally.extract.figures.scene import Candidate, Scene, reduced
from crosstally.extract.figures.syntax import Parsed, Verb

_JOIN_REACH = 17  # tokens between two predicates of one subject
_NEXT = 3  # tokens between a number and the verb it stands before, at most
_CLOSE = 0.13  # what may stand between a subject and the main verb behind its relative clause: a few commas and numbers, no other clause


def left_of(count: Counted, first: Counted, scene: Scene) -> Iterable[Candidate]:
    """Object of a verb, or governed through a preposition."""
    parsed = scene.parsed
    tokens, tags = parsed.sentence.tokens, parsed.tags
    words = scene.grammar.words
    i = first.first - 1
    while i >= 0 and (tags[i] in (syntax.ADV, syntax.DET) or (tokens[i].lower in words["before_object"] and tags[i] != syntax.PREP)):
        i -= 1
    if i >= 1 and tokens[i].lower in words["part_prepositions"] and tokens[i + 1].lower in words["total"]:
        i -= 1  # "launched in total four missiles"
    if i >= 1 and tokens[i].lower in words["of"] and tokens[i - 1].lower in words["total"]:  # "a total of 61 drones" is 61 drones
        i -= 2
        while i >= 0 and tags[i] == syntax.DET:
            i -= 1
    if i < 0:
        return
    verb_index = parsed.verb_at[i]
    if verb_index < 0 and _is_particle(i, scene):
        i, verb_index = _particle_verb(i, scene)
    if verb_index >= 0:
        verb = parsed.verbs[verb_index]
        if verb.voice in ("active", "ambiguous", "gerund", "infinitive"):
            yield from verb_roles(count, verb_index, "theme", "object", 0, scene)
            if verb.lemma == "be" and (fits := tuple(inverted(count, verb, scene))):
                yield from fits
                return
            if verb.lemma in words["contain"] and verb.finite:
                yield from included(count, verb, scene)
            if verb.lemma in scene.grammar.copulas:
                yield from _value(count, verb.first, scene)
        elif verb.voice == "passive" and opens_clause(verb, scene):  # "were shot down 12 drones": a translated order
            yield from verb_roles(count, verb_index, "theme", "object", 0, scene, 0.1)
        elif verb.voice == "passive" and verb.lemma in scene.grammar.copulas:
            yield from _value(count, verb.first, scene)
        return
    if tags[i] in (syntax.PREP, syntax.TO) or tokens[i].lower in scene.grammar.roles:
        role = scene.grammar.roles.get(tokens[i].lower)
        if role is None:
            return
        yield from _through(count, i, role, scene)
    elif set_off(i, count, scene):
        yield from _value(count, i, scene, reach=1)  # "the death toll, currently over 320, continues to rise"
    elif tokens[i].text == "(" and i - 1 in scene.places:
        yield from _bracketed(count, i, scene)
    elif tags[i] == syntax.PUNCT and tokens[i].text in (":", "–", "—", "-"):
        yield from _value(count, i, scene, reach=3)
        for trigger in scene.triggers:  # "the assault — 45 drones and three missiles — was the biggest"
            if trigger.kind == "noun" and trigger.last == i - 1:
                yield from make(count, trigger, "instrument", "preposition", 1, scene)
    elif tags[i] == syntax.COORD or tokens[i].text == ",":
        # "killed his wife and two children": joined to an object that has no number.
        j = i
        while j >= 0 and i - j < 10 and (tags[j] in (syntax.NOUN, syntax.DET, syntax.COORD) or tokens[j].text == ","):
            j -= 1
        after = parsed.verb_at[first.last + 1] if first.last + 1 < len(tags) else -1
        own = after >= 0 and parsed.verbs[after].finite
        if (
            j >= 0
            and not own
            and i - j > 1
            and (index := parsed.verb_at[j]) >= 0
            and parsed.verbs[index].voice in ("active", "ambiguous", "gerund", "infinitive")
        ):
            for trigger in scene.triggers:
                if trigger.verb == index:
                    yield from make(count, trigger, "theme", "object", i - j, scene, penalty=0.15)
        elif j >= 0 and not own and i - j > 1 and tags[j] == syntax.PREP and (role := scene.grammar.roles.get(tokens[j].lower)) == "instrument":
            yield from _through(count, j, role, scene)  # "attacked with ballistic missiles and 40 drones"
    elif tags[i] == syntax.NOUN:
        # Object after an indirect object or a particle ("struck the city's 8 sites"): the verb before the noun run, weaker.
        j = i
        while j >= 0 and tags[j] in (syntax.NOUN, syntax.DET):
            j -= 1
        index = parsed.verb_at[j] if j >= 0 else -1
        voice = parsed.verbs[index].voice if index >= 0 else ""
        if voice in ("active", "gerund", "infinitive") or (voice == "ambiguous" and tags[j + 1] == syntax.DET):
            for trigger in scene.triggers:
                if trigger.verb == index:
                    yield from make(count, trigger, "theme", "object", i - j, scene, penalty=0.2)


def _bracketed(count: Counted, bracket: int, scene: Scene) -> Iterable[Candidate]:
    """A number in brackets behind a place: "destroyed over Belgorod (four drones), Kursk (one) and Kaluga (six)": what was done there."""
    for trigger in reversed(scene.triggers):
        if trigger.last < bracket and trigger.verb >= 0:
            fits = tuple(make(count, trigger, "theme", "object", 0, scene, penalty=0.2))
            yield from fits
            if fits:
                return


def _is_particle(i: int, scene: Scene) -> bool:
    return any(t.verb >= 0 and t.first < i <= t.last for t in scene.triggers)


def _particle_verb(i: int, scene: Scene) -> tuple[int, int]:
    for trigger in scene.triggers:
        if trigger.verb >= 0 and trigger.first < i <= trigger.last:
            return trigger.first, trigger.verb
    return i, -1


def _value(count: Counted, before: int, scene: Scene, reach: int = 14) -> Iterable[Candidate]:
    """ "the death toll rose to 3", "the number of injured stands at 26"."""
    for trigger in reversed(scene.triggers):
        if trigger.kind != "verb" and trigger.last < before and before - trigger.last <= reach:
            fits = tuple(make(count, trigger, "value", "value", before - trigger.last, scene))
            yield from fits
            if fits:
                break


def _through(count: Counted, preposition: int, role: str, scene: Scene) -> Iterable[Candidate]:
    """The nearest predicate to the left whose slots take this preposition; each clause border between costs."""
    penalty = 0.0
    tags, tokens = scene.parsed.tags, scene.parsed.sentence.tokens
    borders = [
        i
        for i in range(preposition)
        if tags[i] == syntax.SUB or tokens[i].text in (";", ":") or (tags[i] == syntax.PUNCT and tokens[i].text in ("–", "—"))
    ]
    for trigger in reversed(scene.triggers):
        if trigger.last >= preposition:
            continue
        penalty = CLAUSE * sum(1 for b in borders if trigger.last < b < preposition)
        word, words = tokens[preposition].lower, scene.grammar.words
        early = word in words["up_from"] and (
            any(v.lemma in words["rising"] and v.last < trigger.first for v in scene.parsed.verbs) or gives_way(count, scene.parsed)
        )
        roles = (role, "value") if trigger.kind == "noun" and (early or word in words["value_prepositions"]) else (role,)
        if role == "of" and trigger.last + 1 != preposition and (count.bare or _of_another(preposition, trigger, scene)):
            return  # "an earlier count of 26" is of the count, not of the attack before it
        found = [c for r in roles for c in make(count, trigger, r, "preposition", preposition - trigger.last, scene, penalty)]
        if role == "agent" and trigger.verb >= 0 and scene.parsed.verbs[trigger.verb].voice not in ("passive", "participle", "ambiguous"):
            found = []
        if found:
            yield from found
            return


def _of_another(preposition: int, trigger: Trigger, scene: Scene) -> bool:
    """Whether "of" hangs on a noun between it and the predicate ("a death at the hands of her brother"), no place and no time ("the shooting in
    Clinton of", "the killing last week of") and no word of one compound with it ("the death investigation of")."""
    before, tags = preposition - 1, scene.parsed.tags
    if tags[before] != syntax.NOUN or before in scene.places or before in scene.parsed.moments:
        return False
    return any(tag != syntax.NOUN for tag in tags[trigger.last + 1 : preposition])


def right_of(count: Counted, last: Counted, scene: Scene) -> Iterable[Candidate]:
    """Subject of a verb to the right, or a participle beside it."""
    parsed = scene.parsed
    tokens, tags = parsed.sentence.tokens, parsed.tags
    words = scene.grammar.words
    i = last.last + 1
    if count.bare and _own_clause(i, scene):
        return
    # A participle right after: "60 downed by interceptors", "23 injured".
    if i < len(tags) and parsed.verb_at[i] >= 0:
        if count.bare and _is_thing(i, last, scene):
            return
        verb = parsed.verbs[parsed.verb_at[i]]
        if verb.voice in ("participle", "ambiguous") and reduced(verb, parsed, scene.triggers):
            fits = tuple(verb_roles(count, parsed.verb_at[i], "theme", "own" if count.last == last.last and count.bare else "participle", 0, scene))
            if fits:
                yield from _overtaken(count, verb, tuple(_joined_predicate(count, parsed.verb_at[i], fits, scene)), scene)
                return
        if verb.voice in ("participle", "ambiguous"):  # "15 people confirmed dead", "two feared trapped"
            told = verb.last + 1 + (tokens[verb.last + 1 : verb.last + 2] != () and tokens[verb.last + 1].lower in words["as"])
            state = next((t for t in scene.triggers if t.kind != "noun" and t.first == told and not _acts(t, parsed)), None)  # "reported as injured"
            fits = () if state is None or _has_object(verb, state.first, scene) else tuple(make(count, state, "theme", "adjective", 0, scene))
            yield from fits
            if fits:
                return
        if verb.voice == "gerund":  # "12 drones heading for the capital were shot down": the main verb, further on, is surer
            yield from verb_roles(count, parsed.verb_at[i], "agent", "prenominal", 0, scene)
    as_at = i
    if (as_at + 2 < len(tags) and tags[as_at] in (syntax.PRON, syntax.DET)) or (as_at < len(tags) and tokens[as_at].lower in words["as"]):
        while as_at < len(tags) and as_at < i + 5 and tokens[as_at].lower not in words["as"]:
            as_at += 1  # "the 296 drones it reports as shot down"
        index = parsed.verb_at[as_at + 1] if as_at + 1 < len(tags) and tokens[as_at].lower in words["as"] else -1
        if index >= 0 and parsed.verbs[index].voice in ("participle", "ambiguous", "passive"):
            yield from verb_roles(count, index, "theme", "participle", as_at - i, scene)
            return
    behind = aside(i, scene)
    found = next_verb(behind, parsed, scene)
    if found is None:
        return
    index, distance, penalty = found
    verb = parsed.verbs[index]
    if _has_its_own(last, verb, scene) or _supposed(count, verb, scene):
        return
    if any(c.of_them and last.last < c.first and c.last + 1 == verb.first for c in scene.counts):
        return  # "they sent 147 drones, 83 of which were brought down"
    if count.bare and (count.quantity.low or 0) > 1 and distance < _NEXT and tokens[verb.first].lower in words["singular"]:
        return  # "Rowe, who is 46, was shot": what is said of one is not said of 46
    before = next((j for j in range(count.first - 1, -1, -1) if tags[j] not in (syntax.DET, syntax.ADV)), -1)
    listed = scene.counts[next(g for g in scene.groups if count.index in g)[0]]
    if listed.index != count.index and not count.bare:  # "a wave of 150 drones and 20 missiles hit": both are of the wave
        before = next((j for j in range(listed.first - 1, -1, -1) if tags[j] not in (syntax.DET, syntax.ADV)), -1)
    if count.bare and before > 0 and _belongs(before, scene) and not count.is_whole:
        return  # "a father of three": what belongs to the noun before
    if count.article and before > 0 and tokens[before].lower in words["of"]:
        return  # "Rowe, 3, of Clinton, died"
    if before >= 0 and tags[before] in (syntax.PREP, syntax.TO) and not (before == 0 or tags[before - 1] == syntax.PUNCT):
        if count.article:
            return
        penalty += CLAUSE  # what hangs on a preposition is seldom the subject
    penalty += 0.1 * sum(1 for c in scene.counts if max(last.last, behind - 1) < c.first < verb.first and not c.article)
    roles: tuple[str, ...]
    if verb.voice == "passive" or (verb.voice in ("participle", "ambiguous") and reduced(verb, parsed, scene.triggers)):
        roles = ("theme",) if verb.voice == "passive" else ("theme", "agent")
    elif verb.voice in ("active", "ambiguous"):
        roles = ("agent",)
    else:
        return
    if verb.lemma == "be" and (fits := tuple(one_of(count, verb, scene, distance, penalty))):
        yield from fits
        return
    if verb.voice == "active" or verb.lemma in scene.grammar.copulas:
        fits = tuple(_predicate_adjective(count, verb, scene, distance, penalty))
        yield from fits
        if fits:
            return
    if verb.lemma in ("get",) and index + 1 < len(parsed.verbs) and parsed.verbs[index + 1].first <= verb.last + 2:
        index += 1
    following = parsed.verbs[index + 1] if index + 1 < len(parsed.verbs) else None
    told = verb.voice in ("participle", "ambiguous") and verb.lemma in words["small_clause"]  # "57 believed to have hit their targets"
    raising = verb.voice == "passive" or told or verb.lemma in words["raising"]
    raised = following is not None and raising and following.first == verb.last + 1 and tags[following.first] == syntax.TO
    if raised and following is not None and not any(t.verb == index for t in scene.triggers):  # "are believed to be trapped"
        index, verb = index + 1, following
        roles = ("theme",) if following.voice == "passive" else ("agent",)
        if states := tuple(_predicate_adjective(count, verb, scene, distance, penalty)):
            yield from states  # "were reported to be missing"
            return
    if verb.negated and tokens[verb.first - 1].lower in words["that"]:
        roles = tuple(r for r in roles if all(c.affirmed for c in verb_roles(count, index, r, "subject", distance, scene, penalty)))
        # "the two missiles that were not destroyed" denies nothing: they are others
    for role in roles:  # a past form without object is a participle, or a verb that takes none ("disappeared")
        fits = tuple(verb_roles(count, index, role, "subject", distance, scene, penalty))
        joined = tuple(_joined_predicate(count, index, fits, scene))
        yield from _overtaken(count, verb, joined, scene) if tokens[verb.first - 1].lower in words["that"] else joined
        if fits:
            return
    if verb.voice == "passive":
        yield from _predicate_adjective(count, verb, scene, distance, penalty)


def _own_clause(i: int, scene: Scene) -> bool:
    """Whether "that" behind a bare number opens a clause with a subject of its own: "told Channel 5 that her son was shot"."""
    tags, tokens = scene.parsed.tags, scene.parsed.sentence.tokens
    return i + 1 < len(tags) and tokens[i].lower in scene.grammar.words["that"] and tags[i + 1] == syntax.DET


def _acts(trigger: Trigger, parsed: Parsed) -> bool:
    """Whether a predicate is what its subject did: "admitted shooting a man" is no state of who admitted it."""
    return trigger.verb >= 0 and parsed.verbs[trigger.verb].voice == "gerund"


def _has_object(verb: Verb, state: int, scene: Scene) -> bool:
    """ "A gunman shot dead two people": a verb with a state as its particle, and an object behind, says nothing of its subject's state."""
    tags = scene.parsed.tags
    last = max((t.last for t in scene.triggers if t.kind == "verb" and t.first == verb.first), default=-1)
    after = last + 1
    if last < state or after >= len(tags) or after in scene.parsed.moments:
        return False
    return tags[after] in (syntax.DET, syntax.NUM, syntax.NOUN, syntax.PRON)


def _has_its_own(last: Counted, verb: Verb, scene: Scene) -> bool:
    """Whether a count of its own stands right before the verb, behind a word that opens an aside ("85, with dozens intercepted") or, a bare
    number, behind a comma ("38 drones, 5 lost")."""
    tokens, words = scene.parsed.sentence.tokens, scene.grammar.words
    return verb.voice in ("participle", "ambiguous") and any(
        c.first > last.last
        and c.last + 1 == verb.first
        and (tokens[c.first - 1].lower in words["absolute"] or (c.bare and tokens[c.first - 1].text == ","))
        for c in scene.counts
    )


def _predicate_adjective(count: Counted, verb: Verb, scene: Scene, distance: int, penalty: float) -> Iterable[Candidate]:
    """ "23 people were dead", "eight are still missing"; "were pronounced dead", "are feared trapped"."""
    if verb.voice == "passive":
        first, last = verb.last, verb.last + 2
    elif verb.lemma == "be" or verb.first < verb.last:
        first, last = verb.first, verb.last + (4 if verb.lemma == "be" else 0)
    elif verb.voice in ("active", "ambiguous") and verb.lemma in scene.grammar.copulas:
        first, last = verb.first, verb.last + 2  # "remained missing"
    else:
        return
    for trigger in scene.triggers:
        if trigger.kind == "adjective" and first < trigger.first <= last and trigger.first != _acting(verb, scene):
            phrase = (t for t in scene.triggers if t.kind == "verb" and t.first < trigger.first <= t.last)
            if any(True for t in phrase for role in ("agent", "theme") for _ in make(count, t, role, "subject", distance, scene, penalty)):
                return  # drones "go missing" as one verb, people are missing
            yield from make(count, trigger, "theme", "subject", distance, scene, penalty)
            return


def _supposed(count: Counted, verb: Verb, scene: Scene) -> bool:
    """Whether a clause tells of anybody and not of somebody: "a child who dies", "a person who is hurt or killed", "before a child is shot"."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    if count.article and tokens[count.first - 1].lower in words["conditions"] and tokens[verb.first].lower in words["present"] and count.first:
        return True
    if not count.article or not any(t.lower in words["who"] or t.lower in words["that"] for t in tokens[count.last + 1 : verb.first]):
        return False
    beside = (tokens[verb.first - 1].lower, tokens[verb.last + 1].lower if verb.last + 1 < len(tokens) else "")
    present = verb.first == verb.head and tags[verb.head] == syntax.VERB and verb.lemma not in scene.grammar.copulas
    return present or any(word in words["either"] for word in beside)


def _acting(verb: Verb, scene: Scene) -> int:
    """The token of an active verb itself: in "has hurt the party" the word is no adjective."""
    return verb.head if verb.voice == "active" and syntax.BE not in scene.parsed.tags[verb.first : verb.last + 1] else -1


def _overtaken(count: Counted, verb: Verb, fits: tuple[Candidate, ...], scene: Scene) -> Iterable[Candidate]:
    """ "A boy shot on a hunting trip has died", "a boy who was shot died": the main verb after a relative overtakes it."""
    taken = {c.measure for c in fits}
    told = any(m in scene.outcome for m in taken) or count.whole is not None or bool(taken & scene.wholes)
    found = next_verb(verb.last + 1, scene.parsed, scene) if told and taken else None
    main = scene.parsed.verbs[found[0]] if found is not None else None
    later: tuple[Candidate, ...] = ()
    if found is not None and main is not None and found[2] <= _CLOSE and main.voice == "passive" and not _counted_between(count, main, scene):
        befallen = count.whole is not None and taken <= scene.outcome.keys()
        parts = [c for c in verb_roles(count, found[0], "theme", "subject", found[1], scene, found[2]) if c.whole in taken or befallen]
        if parts:  # "nine of the ten missiles that flew to Odesa were shot down", "nine of the ten injured were taken to hospital"
            yield from parts
            return
    if found is not None and main is not None and found[2] <= _CLOSE and main.voice != "passive":
        fitting = tuple(verb_roles(count, found[0], "agent", "subject", found[1], scene, found[2]))
        later = fitting or tuple(_predicate_adjective(count, main, scene, found[1], found[2]))
    for candidate in fits:
        surer = [c for c in later if scene.outcome.get(candidate.measure) == c.measure]
        yield msgspec.structs.replace(surer[0], score=candidate.score, facets=candidate.facets) if surer else candidate


def _counted_between(count: Counted, main: Verb, scene: Scene) -> bool:
    """Whether a count stands between a number and a verb, so that the verb is said of that one: "of the 40 drones fired, 30 were shot down"."""
    return any(count.last < c.first < main.first and not c.is_whole for c in scene.counts)


def _joined_predicate(count: Counted, index: int, fits: tuple[Candidate, ...], scene: Scene) -> Iterable[Candidate]:
    """ "was shot and killed", "was shot in the head and later died": the second predicate of one subject says which reading of the first
    holds, or what overtook it."""
    joined = _second(count, index, scene) if fits else ()
    for candidate in fits:
        surer = [
            j
            for j in joined  # the second says more: "detected and destroyed" is destroyed, of those that were launched
            if j.measure in candidate.readings or scene.outcome.get(candidate.measure) == j.measure or j.whole == candidate.measure
        ]
        if surer:
            yield msgspec.structs.replace(surer[0], score=candidate.score, facets=candidate.facets)
        else:
            yield candidate


def _second(count: Counted, index: int, scene: Scene) -> tuple[Candidate, ...]:
    """What the next predicates of the same subject tell, in order: "was shot, taken to a hospital and died"."""
    verbs = scene.parsed.verbs
    told: list[Candidate] = []
    while index + 1 < len(verbs) and _shares_subject(verbs[index], verbs[index + 1], scene):
        index += 1
        after = verbs[index]
        if after.voice == "passive" and after.first == after.head:
            continue
        theme = after.voice in ("participle", "passive") or (after.voice == "ambiguous" and reduced(after, scene.parsed, scene.triggers))
        roles = ("theme", "agent") if theme else ("agent",)
        said = [c for role in roles for c in verb_roles(count, index, role, "subject", 0, scene)]
        if not said and after.voice in ("passive", "active"):
            said += _predicate_adjective(count, after, scene, 0, 0.0)
        told += said
    return tuple(told)


def _shares_subject(verb: Verb, after: Verb, scene: Scene) -> bool:
    """Whether a comma or "and" joins a verb to the one before it, with no subject of its own and nobody counted between."""
    tags, tokens = scene.parsed.tags, scene.parsed.sentence.tokens
    between = range(verb.last + 1, after.first)
    links = [i for i in between if tags[i] == syntax.COORD or tokens[i].text == ","]
    if not links or len(between) >= _JOIN_REACH or any(tags[i] == syntax.SUB or tokens[i].text in (";", ":") for i in between):
        return False
    if tokens[links[-1]].text == "," and len(links) > 1:
        return False  # the second of two commas closes an aside: "..., the fourth victim, Rowe, died"
    people = any(c.first in between and (c.noun is None or c.noun.is_a(PERSON)) for c in scene.counts)
    own = any(tags[i] not in (syntax.ADV, syntax.COORD) for i in range(links[-1] + 1, after.first))
    return not people and not own


def _belongs(preposition: int, scene: Scene) -> bool:
    """Whether "of" joins what follows to a noun right before it, other than "a total of"."""
    tokens, tags, words = scene.parsed.sentence.tokens, scene.parsed.tags, scene.grammar.words
    noun = preposition - 1
    return tokens[preposition].lower in words["of"] and tags[noun] == syntax.NOUN and tokens[noun].lower not in words["total"]


def _is_thing(i: int, count: Counted, scene: Scene) -> bool:
    """Whether a participle right after a number is the thing counted: "one shot was fired", "she heard two shots", "fired one shot"."""
    parsed, words = scene.parsed, scene.grammar.words
    tokens = parsed.sentence.tokens
    if tokens[i].lower not in words["also_nouns"]:
        return False
    after = parsed.verb_at[i + 1] if i + 1 < len(tokens) else -1
    left = count.first - 1
    while left >= 0 and parsed.tags[left] in (syntax.DET, syntax.ADV):
        left -= 1
    lead = parsed.verb_at[left] if left >= 0 else -1
    acts = words["thing_verbs"]
    return (after >= 0 and parsed.verbs[after].lemma in acts) or (lead >= 0 and parsed.verbs[lead].lemma in acts)
