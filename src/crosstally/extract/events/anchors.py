"""One place where a sentence tells of an event: which class, who against whom, where, when, and whether it is told as done.

What stands in a clause belongs to the anchors of that clause.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence, Set

import msgspec

from crosstally.extract.events.clauses import Clause, Marker, cut, find_markers, is_hour, quoted_tokens
from crosstally.extract.events.direction import Around, direction
from crosstally.extract.events.sides import Side, find_sides
from crosstally.extract.events.sites import Site, read_sites
from crosstally.extract.events.tables import Reader, Tense, has_phrase, is_harm, phrase_at
from crosstally.extract.events.times import closed, is_long, is_stamp
from crosstally.extract.events.triggers import Hit, find_triggers, words_of
from crosstally.extract.events.when import (
    is_as_of,
    is_aside,
    is_clock,
    is_dateline,
    is_found,
    is_speech_time,
    is_toll_time,
    total_period,
    yardstick,
)
from crosstally.extract.events.where import in_compound, is_located, launches, modifies, told_of_another
from crosstally.values import BodyName, Mention, PersonName, Place, Quantity, Sentence, Span, Status, Window

_OPENING = 3  # tokens of a sentence before the moment it opens with, at most


class Anchor(msgspec.Struct, frozen=True):
    """``kind`` the class its trigger names, ``hinted`` the class the words around it point to. ``fresh``: told as new (indefinite, or by a
    verb); ``definite``: refers back. ``apart``: the wording sets it apart from other events ("separate").
    ``rival``: told as what a record is held against. ``happening`` is set
    once grouped.
    ``people`` are participants as entity ids or names, ``name`` of the widest telling first."""

    span: Span
    sentence: int
    paragraph: int
    token: int
    clause: Clause
    kind: str
    generic: bool
    verb: bool
    status: Status = "happened"
    hinted: str | None = None
    moments: tuple[Window, ...] = ()
    places: tuple[Place, ...] = ()
    actors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    definite: bool = False
    indefinite: bool = False
    plural: bool = False
    apart: bool = False
    rival: bool = False
    quoted: bool = False
    imagined: bool = False
    link: str = ""
    link_at: int = -1
    counted: bool = False
    single: bool = False
    width: int = 1
    happening: str | None = None


class Scene(msgspec.Struct, frozen=True):
    """A sentence with all that was read in it. ``hints``: moments that may be an event's own, whether or not an anchor stands beside them.
    ``as_of``: the moment that dates its counts."""

    sentence: Sentence
    words: tuple[str, ...]
    clauses: tuple[Clause, ...]
    markers: tuple[Marker, ...]
    sides: tuple[Side, ...]
    mentions: tuple[Mention, ...]
    anchors: tuple[Anchor, ...]
    quoted: tuple[bool, ...]
    period: str | None = None
    places: tuple[Place, ...] = ()
    sites: tuple[Site, ...] = ()
    hints: tuple[Window, ...] = ()
    as_of: Window | None = None


def read_scene(sentence: Sentence, mentions: Sequence[Mention], tables: Reader, inside: bool) -> tuple[Scene, bool]:
    """A sentence's anchors with all that hangs on them; second, whether a quotation is open at its end."""
    quoted, inside = quoted_tokens(sentence, inside)
    words = _words(sentence, mentions, tables)
    beside = tables.tense.lists["beside"]  # "the region, which borders Ukraine": no party to anything
    clock = tables.tense.lists["clock_of"]  # "noon Sanaa time"
    parties = () if sentence.lacks(tables.sides.opens) else find_sides(sentence.tokens, tables.sides)
    named = tuple(
        s
        for s in parties
        if not (s.first and words[s.first - 1] in beside)
        and not clock & set(words[s.last + 1 : s.last + 2])
        and not _in_a_quarter(sentence, s.last + 1, tables.tense)
    )
    starts = [t.start for t in sentence.tokens]

    def token_at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    heads: set[int] = {s.first for s in named}
    persons: list[tuple[int, Mention]] = []
    spots: list[tuple[int, int, Mention]] = []
    placed: list[tuple[int, int, Place]] = []
    timed: list[tuple[int, int, Window]] = []
    counts: list[int] = []
    hours: set[int] = set()
    windowed = False
    for m in mentions:
        value, at = m.value, token_at(m.span.start)
        if isinstance(value, PersonName):
            heads |= {at, token_at((m.cover or m.span).start)}
            persons.append((at, m))
        elif isinstance(value, BodyName):
            if not value.vague:
                heads.add(at)
            persons.append((at, m))
        elif isinstance(value, Place):
            last = token_at(m.span.end - 1)
            spots.append((at, last, m))
            placed.append((at, last, value))
        elif isinstance(value, Window):
            windowed = True
            if is_clock(value):
                hours.add(at)
            if not (value.vague or is_stamp(value) or _speakers_day(m, quoted[at], tables)):
                timed.append((at, token_at(m.span.end - 1), value))
        elif isinstance(value, Quantity) and m.number in (None, "count", "rate", "share"):
            counts.append(at)
    people = frozenset(heads)
    hits = find_triggers(sentence.tokens, tables.lexicon, people)
    main = [h for h in hits if not h.trigger.hint]
    found = find_markers(words, tables.links) if main or windowed else ()
    told = tuple(m for m in found if m.last + 1 not in hours and not is_hour(words, m.last + 1, tables.tense))  # "shortly after 1 a.m."
    markers = told if main else ()
    clauses = cut(words, sentence, tables.tense, markers) if main else (Clause(0, len(words)),)
    ends = frozenset(j for _, j, _ in placed)
    doers = frozenset(s.first for s in named)
    located = [
        (i, j, p)
        for i, j, p in placed
        if "'s" not in words[j + 1 : j + 2]
        and not clock & set(words[j + 1 : j + 2])
        and not modifies(sentence, i, j, tables)
        and not in_compound(words[j], tables.tense)
        and is_located(words, i, tables.tense, hits, ends if i in doers else None)
    ]
    timed = [row for row in timed if not is_dateline(words, row[0], row[1])]
    dated = next((w for i, _, w in timed if is_as_of(words, i, tables.tense)), None)
    timed = [
        r for r in timed
        if not (is_speech_time(words, r[0], r[1], tables.tense) or is_as_of(words, r[0], tables.tense) or is_toll_time(words, r[0], tables.tense))
    ]  # fmt: skip
    timed = [row for row in timed if row[2].known or not any(m.first <= row[1] and row[0] <= m.last for m in markers)]
    later = any(
        h.verb and h.trigger.generic and has_phrase(words, max(0, h.head - 4), h.head, tables.tense.phrases["of_them"]) for h in main
    )
    timed = [row for row in timed if not is_found(words, row[0], tables.tense)]
    timed = [] if later else timed  # "two of those died on Friday": the wounded, later
    against = yardstick(words, timed, tables.tense) if main else range(0)
    rivals = [row for row in timed if row[0] in against or row[1] in against]
    timed = [row for row in timed if row not in rivals]
    harmful = [row for row in timed if not is_aside(words, row[0], row[1], hits, tables.tense)]
    anchors = []
    for hit in main:
        clause = next((c for c in clauses if c.first <= hit.head < c.last), clauses[-1])
        rival = hit.head in against
        anchors.append(
            _anchor(
                hit,
                clause,
                clauses,
                sentence,
                words,
                named,
                main,
                hits,
                located,
                rivals if rival else harmful if is_harm(tables.domain.events[hit.trigger.kind]) else timed,
                persons,
                counts,
                markers,
                quoted,
                tables,
                rival,
            )
        )
    period = total_period(words, timed, main, tables)
    sites = read_sites(sentence, words, spots, mentions, tables)
    linked = told if timed else markers
    hints = tuple(
        w
        for i, j, w in timed
        if not is_aside(words, i, j, hits, tables.tense)
        and not is_clock(w)
        and not is_long(w)
        and not (tables.tense.lists["before"] & set((w.relative or "").split()))
        and not any(m.first < i and m.apart for m in linked)
    )
    return Scene(
        sentence,
        words,
        clauses,
        markers,
        named,
        tuple(mentions),
        tuple(anchors),
        quoted,
        period,
        tuple(p for _, _, p in located),
        sites,
        hints,
        dated,
    ), inside


def _words(sentence: Sentence, mentions: Sequence[Mention], tables: Reader) -> tuple[str, ...]:
    """The words in lower case, but for a month that is written like a modal ("on May 24"): it keeps its capital, so no list takes it."""
    modal = tables.tense.phrases["forecast"]
    dates = () if sentence.lacks(tables.tense.opens["forecast"]) else [m.span for m in mentions if isinstance(m.value, Window)]
    if not dates:
        return tuple([t.lower for t in sentence.tokens])
    return tuple(
        t.text if t.text != t.lower and phrase_at((t.lower,), 0, modal) and any(s.start <= t.start < s.end for s in dates) else t.lower
        for t in sentence.tokens
    )


def _near(first: int, last: int, at: int) -> int:
    return 0 if first <= at <= last else min(abs(at - first), abs(at - last))


def _anchor(
    hit: Hit,
    clause: Clause,
    clauses: Sequence[Clause],
    sentence: Sentence,
    words: Sequence[str],
    named: Sequence[Side],
    hits: Sequence[Hit],
    all_hits: Sequence[Hit],
    located: Sequence[tuple[int, int, Place]],
    timed: Sequence[tuple[int, int, Window]],
    persons: Sequence[tuple[int, Mention]],
    counts: Sequence[int],
    markers: Sequence[Marker],
    quoted: Sequence[bool],
    tables: Reader,
    rival: bool,
) -> Anchor:
    tense, domain = tables.tense, tables.domain
    event = domain.events[hit.trigger.kind]
    inside = [row for row in timed if _holds(clause, row[0], row[1])]
    if rival:
        inside = [(i, j, closed(w)) for i, j, w in timed]
    if not inside and (clause.opener == "" or not any(c.first <= hit.head < c.last for c in (clause,))):
        inside = [row for row in timed if row[0] < clause.first and row[0] < 4]
    if not inside:  # "In 2013, ... amid ..., and 115 died": the year holds for all of the sentence
        inside = [row for row in timed if row[0] < _OPENING and row[1] + 1 < clause.first and is_long(row[2]) and words[row[1] + 1] == ","]
    if not inside:  # "12 drones that entered its airspace since last night": the night is the event's, though "since" opens a clause
        inside = [row for row in timed if row[2].end is None and row[2].precision == "night" and clause.last <= row[0] <= clause.last + 1]
    linked = clause.first
    if clause.opener in tense.lists["goes_on"]:
        previous = max((c for c in clauses if c.first < clause.first), key=lambda c: c.first, default=clause)
        linked = previous.first
        inside = inside or [row for row in timed if previous.first <= row[0] < previous.last]
    moments = tuple(w for _, _, w in sorted(inside, key=lambda row: (is_long(row[2]), _near(row[0], row[1], hit.head))))
    places = [(i, p) for i, _, p in located if clause.first <= i < clause.last and not told_of_another(hit, i, hits, named)]
    start = _phrase_start(words, hit, tables, {i for s in named for i in range(s.first, s.last + 1)})
    actors, targets = direction(Around(hit, start, clause, words, named, hits, places, tables))
    places = [(i, p) for i, p in places if not launches(p, i, actors, words, tables)]
    before = words[start - 1] if start else ""
    lead = words[start] if start < hit.head else ""
    ranked = any(w in tense.lists["totals.record"] for w in words[start : hit.head])
    definite = not hit.verb and not ranked and (lead in tense.lists["definite"] or before in tense.lists["definite"] or before == "'s")
    indefinite = not hit.verb and (lead in tense.lists["indefinite"] or before in tense.lists["indefinite"])
    marker = next((m for m in reversed(markers) if m.first == linked), None)
    link = "" if marker is None else marker.kind + ("!" if marker.apart else "")
    status, imagined = _status(hit, clause, words, is_harm(event), tables)
    both = is_harm(event) and len({s.party for s in named}) > 1
    imagined = imagined or (both and _is_mutual(hit, clause, words, tense))
    people = _participants(clause, sentence, persons) if event.speech else ()
    # a "press conference" kills nobody
    hinting = [h for h in all_hits if h.trigger.hint and is_harm(domain.events[h.trigger.kind]) == is_harm(event)]
    hints = [h.trigger.kind for h in hinting if clause.first <= h.head < clause.last] or [h.trigger.kind for h in hinting]
    return Anchor(
        span=Span(sentence.tokens[hit.first].start, sentence.tokens[hit.last].end),
        sentence=sentence.index,
        paragraph=sentence.paragraph,
        token=hit.head,
        clause=clause,
        kind=hit.trigger.kind,
        generic=hit.trigger.generic,
        verb=hit.verb,
        status=status,
        hinted=hints[0] if hints else None,
        moments=moments,
        places=tuple(p for _, p in places),
        actors=actors,
        targets=targets,
        people=people,
        definite=definite,
        indefinite=indefinite,
        plural=words[hit.head].endswith("s") and not hit.verb,
        apart=_is_apart(words, max(clause.first, hit.head - 6), hit.head, tense)
        or _is_apart(words, 0, min(4, len(words)), tense)
        or (not hit.verb and any(w in tense.lists["before"] for w in words[start : hit.head])),
        rival=rival,
        quoted=quoted[hit.head],
        imagined=imagined,
        link=link,
        link_at=linked if marker is not None else -1,
        width=hit.weight,
        single=indefinite or any(w in tense.lists["indefinite"] for w in words[max(clause.first, hit.head - 8) : hit.head]),
        counted=any(clause.first <= i < clause.last for i in counts),
    )


def _in_a_quarter(sentence: Sentence, i: int, tense: Tense) -> bool:
    """ "the French Quarter": a part of a town, no side."""
    return i < len(sentence.tokens) and sentence.tokens[i].text[:1].isupper() and sentence.tokens[i].lower in tense.lists["quarters"]


def _speakers_day(moment: Mention, quoted: bool, tables: Reader) -> bool:
    """ "This morning" in words that somebody said on a day the report need not share."""
    return quoted and moment.text.split()[0].lower() in tables.tense.lists["speaker_days"]


def _holds(clause: Clause, first: int, last: int) -> bool:
    """Whether a moment is of a clause: it begins there; one that ends in the word that opens the next is of that ("five days after the quake")."""
    return clause.first <= first <= last < clause.last or first < clause.first <= last < clause.last


def _is_apart(words: Sequence[str], first: int, last: int, tense: Tense) -> bool:
    """Whether the wording sets an event apart from others: "a separate strike", but not "in a separate statement"."""
    for i in range(first, last):
        n = phrase_at(words, i, tense.phrases["separate"])
        if n and not any(w in tense.lists["told_apart"] for w in words[i + n : i + n + 3]):
            return True
    return False


def _is_mutual(hit: Hit, clause: Clause, words: Sequence[str], tense: Tense) -> bool:
    """ "A and B trade strikes", "launched attacks against each other"."""
    return has_phrase(words, max(clause.first, hit.first - 6), hit.first, tense.phrases["trading"]) or has_phrase(
        words, hit.last + 1, min(clause.last, hit.last + 8), tense.phrases["mutual"]
    )


def _phrase_start(words: Sequence[str], hit: Hit, tables: Reader, named: Set[int]) -> int:
    """The first token of the noun phrase that ends at a trigger: back to a determiner, at most six words. ``named``: tokens of sides' names,
    none of them a pronoun ("US air strikes")."""
    stop = max(-1, hit.first - 7)
    tense = tables.tense
    for i in range(hit.first - 1, stop, -1):
        word = words[i]
        if i in named:
            continue
        if word in tables.lexicon.determiners:
            return i
        if word == "'s" or not (word[:1].isalpha() or word[:1].isdigit()) or word in tense.lists["locative"] or word in tense.lists["reporting"]:
            return i + 1
        if word in tense.lists["undergoing"] or word in tense.lists["clause"]:
            return i + 1
        if word in tables.lexicon.verbal or word in tense.lists["passive"] or word in tense.lists["phrase_ends"]:
            return i + 1
    return stop + 1


def _participants(clause: Clause, sentence: Sentence, persons: Sequence[tuple[int, Mention]]) -> tuple[str, ...]:
    """Who takes part: the people of the clause, the clause before it where they are fewer than two."""
    found: dict[str, None] = {}
    rows = [m for i, m in persons if clause.first <= i < clause.last and isinstance(m.value, PersonName)]
    if len(rows) < 2:
        rows += [m for i, m in persons if i < clause.first and isinstance(m.value, PersonName)][-2 + len(rows) :]
    for mention in rows:
        value = mention.value
        assert isinstance(value, PersonName)
        found[mention.entity or value.name] = None
    return tuple(found)


def _status(hit: Hit, clause: Clause, words: Sequence[str], harm: bool, tables: Reader) -> tuple[Status, bool]:
    """Told as done, planned, foreseen or denied; second, whether it is only imagined or asked for."""
    tense = tables.tense
    first = max(clause.first, hit.first - 9)
    if harm:
        near = max(clause.first, hit.head - 4)
        # "whether he is the man who killed two": somebody did
        told = next((i for i in (hit.head - 1, hit.head - 2) if i > clause.first and words[i] in tense.lists["presumed"]), clause.first)
        imagined = has_phrase(words, told, hit.head, tense.phrases["hypothetical"])
        foreseen = has_phrase(words, near if hit.verb else max(clause.first, hit.head - 7), hit.head, tense.phrases["forecast"])
        if foreseen and not hit.verb:
            foreseen = any(
                words[i].removesuffix("ing") in tense.lists["mounting"] or words[i] in tense.lists["mounting"]
                for i in range(max(clause.first, hit.head - 7), hit.first)
            )
        if foreseen:
            return "forecast", imagined
        if has_phrase(words, max(clause.first, hit.head - 3), hit.head, tense.phrases["denied"]):
            return "denied", imagined
        return "happened", imagined
    imagined = has_phrase(words, first, hit.first, tense.phrases["demanded"]) or has_phrase(words, first, hit.first, tense.phrases["hypothetical"])
    if has_phrase(words, max(clause.first, hit.head - 4), hit.head, tense.phrases["denied"]):
        return "denied", imagined
    if has_phrase(words, first, hit.first, tense.phrases["planned"]):
        return "planned", imagined
    if hit.verb and has_phrase(words, max(clause.first, hit.head - 3), hit.head, tense.phrases["forecast"]):
        return "planned", imagined
    return "happened", imagined


def content_words(scene: Scene) -> tuple[str, ...]:
    """Lower-case words of four letters and more, compounds opened."""
    return tuple(w for t in scene.sentence.tokens for w in words_of(t) if len(w) > 3 and w.isalpha())
