"""One place where a sentence tells of an event: which class, who against whom, where, when, and whether it is told as done.

A sentence is cut at its clause words; what stands in a clause belongs to the anchors of that clause.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from crosstally.domain.model import Domain, Language
from crosstally.extract.event_triggers import Hit, Lexicon, find_triggers, lexicon, words_of
from crosstally.extract.sides import Side, Sides, find_sides, party_of, sides
from crosstally.values import BodyName, Mention, PersonName, Place, Quantity, Sentence, Span, Status, Window


class Clause(msgspec.Struct, frozen=True):
    """Tokens ``first`` .. ``last`` (exclusive) of a sentence. ``opener``: the clause word it starts with, "" for the first."""

    first: int
    last: int
    opener: str = ""


class Anchor(msgspec.Struct, frozen=True):
    """``kind`` the class its trigger names, ``hinted`` the class the words around it point to. ``fresh``: told as new (indefinite, or by a
    verb); ``definite``: refers back. ``apart``: the wording sets it apart from other events ("separate"). ``happening`` is set once grouped.
    ``people`` are participants as entity ids or names, ``name`` of the widest telling first."""

    span: Span
    sentence: int
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
    quoted: bool = False
    imagined: bool = False
    link: str = ""
    counted: bool = False
    happening: str | None = None


class Tense(msgspec.Struct, frozen=True):
    """``tense.toml`` compiled: word lists, and phrases as tuples of words by their first."""

    lists: Mapping[str, frozenset[str]]
    phrases: Mapping[str, Mapping[str, tuple[tuple[str, ...], ...]]]


class LinkTable(msgspec.Struct, frozen=True):
    """``links.toml`` compiled: first word -> (words, kind, apart), longest first."""

    index: Mapping[str, tuple[tuple[tuple[str, ...], str, bool], ...]]


_TENSE: dict[int, tuple[Language, Tense]] = {}
_LINKS: dict[int, tuple[Language, LinkTable]] = {}


def tense_table(language: Language) -> Tense:
    held = _TENSE.get(id(language))
    if held is None or held[0] is not language:
        table = {**language.tables["tense"], **{f"totals.{k}": v for k, v in cast("Mapping[str, object]", language.tables["tense"]["totals"]).items()}}
        lists = {k: cast("list[str]", v) for k, v in table.items() if isinstance(v, list)}
        phrases: dict[str, dict[str, tuple[tuple[str, ...], ...]]] = {}
        for name, words in lists.items():
            by_first: dict[str, list[tuple[str, ...]]] = {}
            for phrase in words:
                split = tuple(phrase.split())
                by_first.setdefault(split[0], []).append(split)
            phrases[name] = {k: tuple(sorted(v, key=len, reverse=True)) for k, v in by_first.items()}
        held = _TENSE[id(language)] = (language, Tense({k: frozenset(v) for k, v in lists.items()}, phrases))
    return held[1]


def link_table(language: Language) -> LinkTable:
    held = _LINKS.get(id(language))
    if held is None or held[0] is not language:
        index: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for row in cast("list[dict[str, object]]", language.tables["links"]["link"]):
            for phrase in cast("list[str]", row["words"]):
                words = tuple(phrase.split())
                index.setdefault(words[0], []).append((words, str(row["kind"]), bool(row.get("apart"))))
        ordered = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in index.items()}
        held = _LINKS[id(language)] = (language, LinkTable(ordered))
    return held[1]


class Marker(msgspec.Struct, frozen=True):
    """A link marker at tokens ``first`` .. ``last`` (inclusive)."""

    first: int
    last: int
    kind: str
    apart: bool


class Scene(msgspec.Struct, frozen=True):
    """A sentence with all that was read in it. ``at``: token index of a character offset."""

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


class Reader(msgspec.Struct, frozen=True):
    """All tables in hand."""

    domain: Domain
    lexicon: Lexicon
    tense: Tense
    links: LinkTable
    sides: Sides


def reader(domain: Domain, language: Language) -> Reader:
    return Reader(domain, lexicon(domain, language), tense_table(language), link_table(language), sides(domain))


def phrase_at(words: Sequence[str], i: int, table: Mapping[str, tuple[tuple[str, ...], ...]]) -> int:
    """Length of the longest phrase of the table that starts at word ``i``; 0 for none."""
    for phrase in table.get(words[i], ()):
        if tuple(words[i : i + len(phrase)]) == phrase:
            return len(phrase)
    return 0


def has_phrase(words: Sequence[str], first: int, last: int, table: Mapping[str, tuple[tuple[str, ...], ...]]) -> bool:
    return any((n := phrase_at(words, i, table)) and i + n <= last for i in range(max(first, 0), last))


def quoted_tokens(sentence: Sentence, inside: bool) -> tuple[tuple[bool, ...], bool]:
    """Which tokens stand in double quotation marks; ``inside``: whether a quotation is open before, and after."""
    marks: list[bool] = []
    for token in sentence.tokens:
        if token.text in ("“", "«", "„"):
            inside = True
            marks.append(True)
        elif token.text in ("”", "»"):
            inside = False
            marks.append(True)
        elif token.text == '"':
            inside = not inside
            marks.append(True)
        else:
            marks.append(inside)
    return tuple(marks), inside


def cut(words: Sequence[str], sentence: Sentence, tense: Tense, markers: Sequence[Marker]) -> tuple[Clause, ...]:
    """Clauses of a sentence: it is cut at clause words and link markers, never before its third word."""
    bounds: list[tuple[int, str]] = [(0, "")]
    starts = {m.first: m for m in markers}
    i = 0
    while i < len(words):
        if i in starts:
            marker = starts[i]
            bounds.append((i, " ".join(words[i : marker.last + 1])))
            i = marker.last + 1
            continue
        n = phrase_at(words, i, tense.phrases["clause"])
        if n and i:
            bounds.append((i, " ".join(words[i : i + n])))
            i += n
            continue
        i += 1
    if len(bounds) > 1 and bounds[1][0] == 0:
        bounds = bounds[1:]
    # A sentence that opens with a subordinate clause goes on after its comma: "After the raid, three ...".
    out: list[tuple[int, str]] = []
    for k, (first, opener) in enumerate(bounds):
        out.append((first, opener))
        last = bounds[k + 1][0] if k + 1 < len(bounds) else len(words)
        if first == 0 and (opener or words[0] in tense.lists["clause"]):
            comma = next((j for j in range(1, last) if words[j] == ","), None)
            if comma is not None and comma + 1 < last:
                out.append((comma + 1, ""))
    return tuple(Clause(first, out[k + 1][0] if k + 1 < len(out) else len(words), opener) for k, (first, opener) in enumerate(out))


def find_markers(words: Sequence[str], table: LinkTable) -> tuple[Marker, ...]:
    found: list[Marker] = []
    i = 0
    while i < len(words):
        for phrase, kind, apart in table.index.get(words[i], ()):
            if tuple(words[i : i + len(phrase)]) == phrase:
                found.append(Marker(i, i + len(phrase) - 1, kind, apart))
                i += len(phrase) - 1
                break
        i += 1
    return tuple(found)


def by_sentence(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Mentions of each sentence, in order, by where they stand."""
    starts = [s.span.start for s in sentences]
    out: list[list[Mention]] = [[] for _ in sentences]
    for mention in mentions:
        i = bisect_right(starts, mention.span.start) - 1
        if i >= 0 and mention.span.start < sentences[i].span.end:
            out[i].append(mention)
    for row in out:
        row.sort(key=lambda m: m.span)
    return out


def read_scene(sentence: Sentence, mentions: Sequence[Mention], tables: Reader, inside: bool) -> tuple[Scene, bool]:
    """A sentence's anchors with all that hangs on them; second, whether a quotation is open at its end."""
    quoted, inside = quoted_tokens(sentence, inside)
    words = tuple(t.lower for t in sentence.tokens)
    markers = find_markers(words, tables.links)
    clauses = cut(words, sentence, tables.tense, markers)
    named = tuple(find_sides(sentence.tokens, tables.sides))
    starts = [t.start for t in sentence.tokens]

    def token_at(offset: int) -> int:
        return max(0, bisect_right(starts, offset) - 1)

    heads = {token_at(m.span.start) for m in mentions if isinstance(m.value, PersonName) or (isinstance(m.value, BodyName) and not m.value.vague)}
    people = frozenset(heads | {token_at((m.cover or m.span).start) for m in mentions if isinstance(m.value, PersonName)} | {s.first for s in named})
    hits = find_triggers(sentence.tokens, tables.lexicon, people)
    placed = [(token_at(m.span.start), token_at(m.span.end - 1), m.value) for m in mentions if isinstance(m.value, Place)]
    located = [(i, j, p) for i, j, p in placed if _is_located(words, i, tables.tense, hits)]
    timed = [(token_at(m.span.start), token_at(m.span.end - 1), m.value) for m in mentions if isinstance(m.value, Window)]
    timed = [row for row in timed if not _is_speech_time(words, row[0], tables.tense)]
    persons = [(token_at(m.span.start), m) for m in mentions if isinstance(m.value, PersonName | BodyName)]
    counts = [token_at(m.span.start) for m in mentions if isinstance(m.value, Quantity) and m.number in (None, "count", "rate", "share")]
    main = [h for h in hits if not h.trigger.hint]
    anchors = []
    for hit in main:
        clause = next((c for c in clauses if c.first <= hit.head < c.last), clauses[-1])
        anchors.append(_anchor(hit, clause, sentence, words, named, main, hits, located, timed, persons, counts, markers, quoted, tables))
    period = total_period(words, timed, tables)
    return Scene(sentence, words, clauses, markers, named, tuple(mentions), tuple(anchors), quoted, period, tuple(p for _, _, p in located)), inside


def _is_located(words: Sequence[str], i: int, tense: Tense, hits: Sequence[Hit]) -> bool:
    """Whether the place at token ``i`` is where something happens: after a locative word, or the object of an event's verb."""
    verbs = {h.last for h in hits if h.verb}
    for back in range(1, 7):
        if i - back < 0:
            return False
        word = words[i - back]
        if word in tense.lists["from_place"]:
            return False
        if word in tense.lists["locative"] or (i - back) in verbs:
            return True
        if back > 1 and word in (".", ";", ":"):
            return False
    return False


def _is_speech_time(words: Sequence[str], i: int, tense: Tense) -> bool:
    """Whether a moment at token ``i`` says when something was said: "said on Friday", "in a post late Thursday"."""
    back = i - 1
    while back >= 0 and words[back] in ("on", "in", "early", "late", "at", "a", "the"):
        back -= 1
    return back >= 0 and words[back] in tense.lists["reporting"] and not (back and words[back] == "x" and words[back - 1] != "on")


def total_period(words: Sequence[str], timed: Sequence[tuple[int, int, Window]], tables: Reader) -> str | None:
    """The period of a running total told in the sentence ("since the start of the war": "war"), or None. A superlative before the words
    makes a record of them, no total."""
    tense = tables.tense
    for i in range(len(words)):
        if has_rate := phrase_at(words, i, tense.phrases["totals.rate"]):
            if not any(w in tense.lists["totals.record"] for w in words[max(0, i - 8) : i]):
                return "per_" + words[i + has_rate - 1].removesuffix("ly").replace("dai", "day")
            continue
        n = phrase_at(words, i, tense.phrases["totals.since"])
        if not n or any(w in tense.lists["totals.record"] for w in words[max(0, i - 10) : i]):
            continue
        tail = words[i : i + n + 7]
        for name in ("war", "year", "month", "week"):
            if any(phrase_at(tail, k, tense.phrases[f"totals.{name}"]) for k in range(len(tail))):
                return name
        if any(i <= first <= i + n + 3 and window.precision in ("day", "days", "month", "year", "years") for first, _, window in timed):
            return "month"
    return None


def _near(first: int, last: int, at: int) -> int:
    return 0 if first <= at <= last else min(abs(at - first), abs(at - last))


def _anchor(
    hit: Hit,
    clause: Clause,
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
) -> Anchor:
    tense, domain = tables.tense, tables.domain
    event = domain.events[hit.trigger.kind]
    inside = [row for row in timed if clause.first <= row[0] < clause.last]
    if not inside and (clause.opener == "" or not any(c.first <= hit.head < c.last for c in (clause,))):
        inside = [row for row in timed if row[0] < clause.first and row[0] < 4]
    moments = tuple(w for _, _, w in sorted(inside, key=lambda row: _near(row[0], row[1], hit.head)))
    places = [(i, p) for i, _, p in located if clause.first <= i < clause.last]
    actors, targets = _direction(hit, clause, words, named, hits, places, tables)
    start = _phrase_start(words, hit, tables)
    before = words[start - 1] if start else ""
    lead = words[start] if start < hit.head else ""
    definite = not hit.verb and (lead in tense.lists["definite"] or before in tense.lists["definite"] or before == "'s")
    indefinite = not hit.verb and (lead in tense.lists["indefinite"] or before in tense.lists["indefinite"])
    link = next((m.kind + ("!" if m.apart else "") for m in reversed(markers) if m.first == clause.first), "")
    status, imagined = _status(hit, clause, words, event.violent or "killed" in event.measures, tables)
    people = _participants(clause, sentence, persons) if event.speech else ()
    hints = [h.trigger.kind for h in all_hits if h.trigger.hint and clause.first <= h.head < clause.last] or [
        h.trigger.kind for h in all_hits if h.trigger.hint
    ]
    return Anchor(
        span=Span(sentence.tokens[hit.first].start, sentence.tokens[hit.last].end),
        sentence=sentence.index,
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
        apart=has_phrase(words, max(clause.first, hit.head - 6), hit.head, tense.phrases["separate"])
        or has_phrase(words, 0, min(4, len(words)), tense.phrases["separate"]),
        quoted=quoted[hit.head],
        imagined=imagined,
        link=link,
        counted=any(clause.first <= i < clause.last for i in counts),
    )


def _phrase_start(words: Sequence[str], hit: Hit, tables: Reader) -> int:
    """The first token of the noun phrase that ends at a trigger: back to a determiner, at most six words."""
    for i in range(hit.first - 1, max(-1, hit.first - 7), -1):
        word = words[i]
        if word in tables.lexicon.determiners:
            return i
        if word == "'s" or not word.replace("-", "").replace("'", "").isalpha():
            return i + 1
    return hit.first


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
        imagined = has_phrase(words, clause.first, hit.head, tense.phrases["hypothetical"])
        foreseen = has_phrase(words, near if hit.verb else max(clause.first, hit.head - 7), hit.head, tense.phrases["forecast"])
        if foreseen and not hit.verb:
            foreseen = any(words[i].removesuffix("ing") in tense.lists["mounting"] or words[i] in tense.lists["mounting"] for i in range(max(clause.first, hit.head - 7), hit.first))
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


_PASSIVE = frozenset({"was", "were", "been", "being", "is", "are", "be"})


def _direction(
    hit: Hit, clause: Clause, words: Sequence[str], named: Sequence[Side], hits: Sequence[Hit], places: Sequence[tuple[int, Place]], tables: Reader
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Who attacks whom: party ids by adjective, subject, by-phrase, object and place."""
    actors: dict[str, None] = {}
    targets: dict[str, None] = {}
    inside = [s for s in named if clause.first <= s.first < clause.last]
    before = [s for s in inside if s.last < hit.first]
    after = [s for s in inside if s.first > hit.head]
    passive = hit.verb and any(w in _PASSIVE for w in words[max(clause.first, hit.head - 3) : hit.head])
    by = next((s for s in after if any(words[i] == "by" for i in range(max(hit.head, s.first - 4), s.first))), None)
    if by is not None:
        actors[by.party] = None
    if hit.trigger.defence:
        weapon = next((s for s in after if _modifies_weapon(s, words, clause, hits, tables)), None) or next(
            (s for s in before if passive and _modifies_weapon(s, words, clause, hits, tables)), None
        )
        if weapon is not None:
            actors[weapon.party] = None
        doers = {s.party for s in named if any(h is not hit and h.verb and not h.trigger.defence and 0 < h.first - s.last <= 3 for h in hits)}
        subject = next((s for s in reversed(named) if s.last < hit.first and s is not weapon and s.party not in doers), None)
        if subject is not None and subject.party not in actors:
            targets[subject.party] = None
    elif not hit.verb:
        modifier = next((s for s in reversed(before) if hit.first - s.last <= 4 and all(_bare(words[i]) for i in range(s.last + 1, hit.first))), None)
        if modifier is not None:
            actors[modifier.party] = None
        else:
            doer = next((s for s in before if s.last + 1 < len(words) and hit.first - s.last <= 8 and _launches(words, s.last + 1, hit.first, hits)), None)
            if doer is not None:
                actors[doer.party] = None
    elif not passive and hit.trigger.kind != "incident":
        subject = next((s for s in reversed(before) if hit.first - s.last <= 7), None)
        if subject is not None:
            actors[subject.party] = None
    for i, place in places:
        party = party_of(place, tables.sides)
        if party is not None and party not in actors and (i > hit.head or passive):
            targets[party] = None
    if not targets and not hit.trigger.defence:
        direct = next((s for s in after if s.party not in actors and words[s.first - 1] in ("on", "against", "at", "over", "across", "the", "into")), None)
        if direct is not None:
            targets[direct.party] = None
    return tuple(actors), tuple(targets)


def _bare(word: str) -> bool:
    return word.replace("-", "").isalpha() and word not in ("said", "says", "and", "that", "of", "on", "in", "after", "to", "with", "from", "by", "for") or word == "'s"


def _launches(words: Sequence[str], first: int, last: int, hits: Sequence[Hit]) -> bool:
    return any(h.verb and not h.trigger.defence and first <= h.head < last and h.head - first <= 3 for h in hits) or (
        first < last and words[first] in ("carried", "conducted", "staged", "mounted", "escalated", "intensified")
    )


def _modifies_weapon(side: Side, words: Sequence[str], clause: Clause, hits: Sequence[Hit], tables: Reader) -> bool:
    """An adjective of a weapon: "110 Ukrainian drones"; no possessive ("Ukraine's air force")."""
    following = side.last + 1
    if following >= len(words) or words[following] == "'s":
        return False
    for i in range(following, min(following + 4, len(words))):
        for trigger in tables.lexicon.index.get(words[i], ()):
            if trigger.hint and trigger.kind == hits[0].trigger.kind and "force" not in trigger.text:
                return True
        if not _bare(words[i]):
            return False
    return False


def content_words(scene: Scene) -> tuple[str, ...]:
    """Lower-case words of four letters and more, compounds opened."""
    return tuple(w for t in scene.sentence.tokens for w in words_of(t) if len(w) > 3 and w.isalpha())


def content_hash(prefix: str, *parts: object) -> str:
    """``prefix`` and ten hex digits of the parts' BLAKE2b hash."""
    return prefix + hashlib.blake2b("\x1f".join(str(p) for p in parts).encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
