"""Claims that an event is the most of its kind: "the largest drone assault to date", "one of the worst", "a record 539 drones"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import cast

import msgspec

from crosstally.domain.model import Language
from crosstally.extract.events.anchors import Anchor, Scene
from crosstally.extract.events.links import find_runs
from crosstally.extract.events.tables import Phrases, Reader, content_hash, phrase_at
from crosstally.extract.events.telling import Telling
from crosstally.extract.events.times import day_after
from crosstally.values import SINCE, WHOLE, Claim, Document, Facets, Scope, Span, Window


class RecordTable(msgspec.Struct, frozen=True):
    """``words``: first word -> (words, comparison). ``reach``: scope name -> phrases. ``of``: what is counted -> words."""

    words: Mapping[str, tuple[tuple[tuple[str, ...], str, bool], ...]]
    partial: Phrases
    heads: frozenset[str]
    reach: Mapping[str, Phrases]
    of: Mapping[str, frozenset[str]]
    prepositions: frozenset[str]
    war: frozenset[str]
    since: frozenset[str]
    verbs: frozenset[str]


class Found(msgspec.Struct, frozen=True):
    """A record at tokens ``first`` .. ``last`` (inclusive), its word of rank at ``rank``."""

    first: int
    last: int
    rank: int
    comparison: str
    of: str
    scope: str


_STOPS = frozenset('.;,”":')  # a record reaches no further
_BEHIND = 7  # words from a record to its "since", at most
_PERIODS = {"war": "war", "year": "year", "month": "month"}
_RANKED = frozenset({"weapon"})
_CACHE: dict[int, tuple[Language, RecordTable]] = {}


def record_table(language: Language) -> RecordTable:
    held = _CACHE.get(id(language))
    if held is None or held[0] is not language:
        table = language.tables["records"]
        words: dict[str, list[tuple[tuple[str, ...], str, bool]]] = {}
        for section, superlative in (("superlatives", True), ("ranks", False)):
            for comparison, phrases in cast("Mapping[str, list[str]]", table[section]).items():
                for phrase in phrases:
                    split = tuple(phrase.split())
                    words.setdefault(split[0], []).append((split, comparison, superlative))
        ordered = {k: tuple(sorted(v, key=lambda e: -len(e[0]))) for k, v in words.items()}
        reach = {name: _by_first(phrases) for name, phrases in cast("Mapping[str, list[str]]", table["reach"]).items()}
        partial = _by_first(cast("Mapping[str, list[str]]", table["partial"])["one_of"])
        of = {name: frozenset(v) for name, v in cast("Mapping[str, list[str]]", table["of"]).items()}
        prepositions = frozenset(cast("list[str]", cast("Mapping[str, object]", table["within"])["words"]))
        war = frozenset(cast("list[str]", cast("Mapping[str, object]", table["within"])["war"]))
        since = frozenset(cast("list[str]", cast("Mapping[str, object]", table["within"])["since"]))
        verbs = frozenset(cast("list[str]", table["verbs"]))
        held = _CACHE[id(language)] = (
            language,
            RecordTable(ordered, partial, frozenset(cast("list[str]", table["heads"])), reach, of, prepositions, war, since, verbs),
        )
    return held[1]


def _by_first(phrases: Sequence[str]) -> Phrases:
    out: dict[str, list[tuple[str, ...]]] = {}
    for phrase in phrases:
        split = tuple(phrase.split())
        out.setdefault(split[0], []).append(split)
    return {k: tuple(sorted(v, key=len, reverse=True)) for k, v in out.items()}


def find_records(words: Sequence[str], table: RecordTable, determiners: frozenset[str]) -> list[Found]:
    """Every record claim of a sentence, left to right, none overlapping."""
    found: list[Found] = []
    if table.words.keys().isdisjoint(words):
        return found
    i = 0
    while i < len(words):
        hit = next(((p, c, s) for p, c, s in table.words.get(words[i], ()) if tuple(words[i : i + len(p)]) == p), None)
        if hit is None:
            i += 1
            continue
        phrase, comparison, superlative = hit
        record = _record(words, i, i + len(phrase) - 1, comparison, superlative, table, determiners)
        if record is not None and (not found or record.first > found[-1].last):
            found.append(record)
            i = record.last + 1
        else:
            i += 1
    return found


def _record(
    words: Sequence[str], first: int, last: int, comparison: str, superlative: bool, table: RecordTable, determiners: frozenset[str]
) -> Found | None:
    head = next((k for k in range(last + 1, min(last + 8, len(words))) if words[k].split("-")[-1] in table.heads), None)
    while head is not None and head + 1 < len(words) and words[head + 1] in table.heads:
        head += 1
    stop = next((k for k in range(last + 1, len(words)) if words[k] in _STOPS), len(words))
    if head is not None and any(words[k] in table.verbs for k in range(last + 1, head)):
        return None  # "the largest energy company said the attack ...": another thing is ranked
    reach, scope = stop, ""
    search = (head if head is not None and head < stop else last) + 1
    for k in range(search, min(search + 8, stop)):
        # The longest words for it: "since the start of the month" reaches no further back than that.
        fits = [(n, name) for name, phrases in table.reach.items() if (n := phrase_at(words, k, phrases)) and k + n <= stop]
        if fits:
            n, scope = max(fits, key=lambda f: f[0])
            reach = k + n - 1
            break
        if words[k] in table.prepositions and k - search <= 2:
            war = next((j for j in range(k + 1, min(k + 6, stop)) if words[j] in table.war), None)
            if war is not None:
                reach, scope = war, "war"
                break
    partial = _partial(words, first, table, determiners)
    bare = partial is not None and head is None
    if head is not None and head >= stop:
        head = None
    if (
        head is None
        and not scope
        and not (bare and (last + 1 >= stop or words[last + 1] in ("in", "of", "since", "this", "on", "for", "so", "that", "yet")))
    ):
        return None
    if head is None and (not superlative or (not bare and _ranks_another(words[last + 1 : stop], table))):
        return None
    end = max(head if head is not None else last, reach if scope else 0)
    start = partial if partial is not None else _determiner(words, first, determiners)
    named = words[last + 1 : end + 1]
    of = next((name for name, nouns in table.of.items() if any(w.split("-")[-1] in nouns or w.split("-")[0] in nouns for w in named)), "")
    of = of or ("killed" if comparison == "deadliest" else "attack")
    if "had" in words[max(0, start - 3) : start]:
        scope = "until"
    return Found(start, end, first, "one_of" if partial is not None else comparison, of, scope or "stated")


def _ranks_another(behind: Sequence[str], table: RecordTable) -> bool:
    """Whether a superlative without a head of the table has one of its own: "the deadliest armed conflict in Europe since 1945"."""
    return bool(behind) and behind[0] not in table.prepositions | table.since and not any(behind[0] in phrases for phrases in table.reach.values())


def _determiner(words: Sequence[str], first: int, determiners: frozenset[str]) -> int:
    return first - 1 if first and words[first - 1] in determiners else first


def _partial(words: Sequence[str], first: int, table: RecordTable, determiners: frozenset[str]) -> int | None:
    """Where "one of the", "among the" starts, or None."""
    for k in range(max(0, first - 4), first):
        n = phrase_at(words, k, table.partial)
        if n and all(w in determiners or w == "'s" or w.isalpha() for w in words[k + n : first]) and first - (k + n) <= 2:
            return k
    return None


def read_records(document: Document, scenes: Sequence[Scene], telling: Telling, tables: Reader, language: Language) -> tuple[Claim, ...]:
    """Label claims of measure "record": ``label`` the wording without its article, ``facets`` the weapon ranked,
    ``scope.period`` how far it reaches.

    The trace names it as "comparison|what|reach". A run of nights ("third consecutive night") is one too.
    """
    table = record_table(language)
    determiners = tables.lexicon.determiners
    anchors: dict[int, list[Anchor]] = {}
    for anchor in telling.anchors:
        anchors.setdefault(anchor.sentence, []).append(anchor)
    focus = dict(telling.focus)
    claims = []
    for scene in scenes:
        tokens = scene.sentence.tokens
        rows = [(f.first, f.last, f.rank, f.comparison, f.of, f.scope) for f in find_records(scene.words, table, determiners)]
        rows += [(r.first, r.last, r.first, "consecutive", f"{r.count}", "run") for r in find_runs(scene.words, language)]
        for first, last, rank, comparison, of, scope in rows:
            since = _since(scene, last, table) if scope == "stated" else None
            if since is not None:
                last, scope = since
            span = Span(tokens[first].start, tokens[last].end)
            near = sorted(anchors.get(scene.sentence.index, ()), key=lambda a, at=rank, to=last: (not at <= a.token <= to, abs(a.token - at)))
            happening = near[0].happening if near else focus.get(scene.sentence.index)
            if happening is None:
                continue
            bare = first + 1 if scene.words[first] in determiners else first
            claims.append(
                Claim(
                    id=content_hash("c", document.id, span.start, span.end, "record"),
                    document=document.id,
                    span=span,
                    sentence=scene.sentence.span,
                    text=span.of(document.text),
                    measure="record",
                    facets=_facets(scene.words[first : last + 1], tables),
                    label=" ".join(scene.words[bare : last + 1]),
                    happening=happening,
                    scope=Scope(period=scope if scope.startswith(SINCE) else _PERIODS.get(scope, "event")),
                    rule="<rank> <head> <reach>",
                    trace=(f"record: {comparison}|{of}|{scope}",),
                )
            )
    return tuple(claims)


def _since(scene: Scene, last: int, table: RecordTable) -> tuple[int, str] | None:
    """ "The largest since March": the token at which the moment ends, and the period of the days that are compared.

    What the moment names had as much or more, so the days after it are compared. None without such words; the period without a day where
    the moment is told as none ("since the talks broke down").
    """
    tokens, words = scene.sentence.tokens, scene.words
    end = next((k for k in range(last + 1, len(words)) if words[k] in _STOPS), len(words))
    at = next((k for k in range(last + 1, min(last + _BEHIND, end - 1)) if words[k] in table.since), None)
    if at is None:
        return None
    start = tokens[at + 1].start
    held = next((m for m in scene.mentions if isinstance(m.value, Window) and m.span.start == start), None)
    first = day_after(held.value) if held is not None and isinstance(held.value, Window) else None
    if held is None or first is None:
        return last, SINCE
    return max(k for k, t in enumerate(tokens) if t.start < held.span.end), f"{SINCE} {first.isoformat()}"


def _facets(words: Sequence[str], tables: Reader) -> Facets:
    """What is ranked, in the packs' facets: "largest drone assault" is of drones."""
    for noun_class in tables.domain.nouns.values():
        for word in words:
            facets = noun_class.nouns.get(word) or noun_class.nouns.get(word.removesuffix("s"))
            if facets and set(facets) <= _RANKED:
                return facets
    return WHOLE
