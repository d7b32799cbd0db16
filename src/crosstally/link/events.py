"""Happenings of many documents put together into events."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from math import exp, inf

import msgspec

from crosstally.domain import Domain
from crosstally.values import Claim, Document, DocumentReading, Event, Happening, Join, Lineage, Place

from . import blocking, cluster, describe
from .decided import Rulings, pair
from .ids import LATE, event_id
from .lineage import Copying
from .score import Judgement, score
from .tables import Kinds, kinds_of
from .telling import Telling, place_directory, tellings
from .times import day

SAME_ROW = "the same row in another version of the table"
_IDENTICAL = 0.95  # share of words from which a text is the same on any day
_WORTH_TELLING = -1.2  # margin from which a refused or failed pair is worth a reader's time


class Grouped(msgspec.Struct, frozen=True):
    """``events`` carry document-local ids in actors, targets and participants until entities are joined; ``happening_events`` and
    ``claim_events`` map ids to event ids."""

    events: tuple[Event, ...]
    happening_events: Mapping[str, str]
    claim_events: Mapping[str, str]
    refusals: tuple[Join, ...]
    places: Mapping[str, Place]


class Margin(msgspec.Struct, frozen=True):
    """A pair judged, and how far above (or, negative, below) its threshold."""

    judged: Judgement
    margin: float


def margin_of(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds) -> Margin | None:
    """None where the classes cannot be one event. Same for (a, b) and (b, a)."""
    judged = score(a, b, places, kinds) if a.id < b.id else score(b, a, places, kinds)
    if judged is None:
        return None
    return Margin(judged, judged.score - kinds.rules.threshold(a.kind, b.kind, kinds.local(a.kind) and kinds.local(b.kind)))


class Known(msgspec.Struct, frozen=True):
    """Tellings that were compared and grouped as their reports came: what ``group`` would find out anew. See ``growing``."""

    tellings: Mapping[str, Telling]
    judgements: Mapping[tuple[str, str], tuple[Judgement, float]]
    twins: Mapping[str, str]
    same_document: Mapping[tuple[str, str], str]
    groups: tuple[tuple[str, ...], ...]


class _Work(msgspec.Struct):
    """What is known while events are made."""

    happenings: dict[str, Happening]
    tellings: dict[str, Telling]
    judgements: dict[tuple[str, str], tuple[Judgement, float]]
    twins: dict[str, str]
    same_document: dict[tuple[str, str], str]
    apart: dict[str, str]
    groups: list[tuple[str, ...]]
    kinds: Kinds
    rulings: Rulings


def group(
    readings: Iterable[DocumentReading], documents: Mapping[str, Document], copying: Iterable[Copying], domain: Domain,
    rulings: Rulings | None = None, rejected: frozenset[str] = frozenset(), known: Known | None = None,
) -> Grouped:  # fmt: skip
    """Events of all readings; the order of readings never matters. ``rejected``: claims that speak for no join. ``known``: the same tellings,
    compared and grouped already, without any decision."""
    ordered = sorted(readings, key=lambda r: r.document)
    kinds = kinds_of(domain)
    places = place_directory(ordered)
    work = _Work({}, {}, {}, {}, {}, {}, [], kinds, rulings or Rulings())
    claims = {c.id: c for r in ordered for c in r.claims}
    if known is not None:
        work.happenings = {h.id: h for r in ordered for h in r.happenings}
        work.tellings, work.judgements, work.twins, work.same_document, work.groups = (
            dict(known.tellings), dict(known.judgements), dict(known.twins), dict(known.same_document), list(known.groups),
        )  # fmt: skip
        return _assemble(work, claims, documents, places, domain)
    for reading in ordered:
        for telling, happening in zip(tellings(reading, documents[reading.document], domain, rejected), reading.happenings, strict=True):
            work.tellings[telling.id] = telling
            work.happenings[happening.id] = happening
            work.apart[telling.id] = label(documents[reading.document])
    work.twins = _untwinned(_twins(ordered, documents, copying, work.tellings, kinds), work.rulings)
    _judge(work, places, _versions(work, documents))
    return _assemble(work, claims, documents, places, domain)


def label(document: Document) -> str:
    """What of one label is never one event: the tellings of one document, and the rows of one table, each of which tells of its own."""
    return f"table:{document.row.table}" if document.row is not None else document.id


def _versions(work: _Work, documents: Mapping[str, Document]) -> dict[tuple[str, str], str]:
    """Pairs of tellings of one row in two versions of its table: one event, whatever the figures say now."""
    rows: dict[tuple[str, str], list[str]] = {}
    for id, telling in sorted(work.tellings.items()):
        row = documents[telling.document].row
        if row is not None:
            rows.setdefault((row.table, row.key), []).append(id)
    return {(first, other): SAME_ROW for first, *others in rows.values() for other in others}


def _twins(
    readings: list[DocumentReading],
    documents: Mapping[str, Document],
    copying: Iterable[Copying],
    told: Mapping[str, Telling],
    kinds: Kinds,
) -> dict[str, str]:
    """Happening of a copied text to the happening of its origin that it repeats. A copy says nothing new, so it makes no event of its own.

    An official post has the same sentences every night: other figures make it another telling, and so do other days where words differ.
    """
    by_reading = {r.document: r for r in readings}
    lines: dict[str, list[Copying]] = {}
    for copied in copying:
        lines.setdefault(copied.lineage.source, []).append(copied)
    found: dict[str, str] = {}
    for document in sorted(lines):
        if document in by_reading:
            found.update(twins_of(document, lines[document], by_reading, documents, told, kinds))
    return {h: _last(h, found) for h in found}


def twins_of(
    document: str, copying: Iterable[Copying], readings: Mapping[str, DocumentReading], documents: Mapping[str, Document],
    told: Mapping[str, Telling], kinds: Kinds,
) -> dict[str, str]:  # fmt: skip
    """Happenings of one document to those that they repeat of the texts it copies; ``copying``: what it carries of others."""
    found: dict[str, str] = {}
    for copied in sorted(copying, key=lambda c: c.lineage.target):
        line = copied.lineage
        if line.kind != "copies" or line.target not in readings:
            continue
        later, earlier = (day(documents[d].published) for d in (line.source, line.target))
        far = later is not None and earlier is not None and abs(later - earlier) > kinds.rules.time.copy_days
        if (far and copied.share < _IDENTICAL) or not _tells(readings[document], line):
            continue
        taken: set[str] = set()
        for happening in readings[document].happenings:
            if happening.id in found:
                continue
            others = [h for h in readings[line.target].happenings if h.id not in taken and not _clash(told[h.id], told[happening.id])]
            best = _repeated(happening, others, line)
            if best is not None:
                found[happening.id] = best.id
                taken.add(best.id)
    return found


def _untwinned(twins: dict[str, str], rulings: Rulings) -> dict[str, str]:
    """Without those that a person tells apart from what they copy, or from another copy of it."""
    told_apart = {node for a, b in rulings.apart if twins.get(a, a) == twins.get(b, b) for node in (a, b)}
    return {node: origin for node, origin in twins.items() if node not in told_apart} if told_apart else twins


def _tells(reading: DocumentReading, line: Lineage) -> bool:
    """Whether the shared passages tell anything: a claim, a person or a place. Two pages of one shop window share only their frame."""
    spans = [c.span for c in reading.claims] + [m.span for m in reading.mentions if m.kind in ("person", "place")]
    return any(here.covers(span) for here, _ in line.passages for span in spans)


def _clash(a: Telling, b: Telling) -> bool:
    """Whether two tellings give exact figures of one measure and none of them equal."""
    ones = {f.key for f in a.figures} & {f.key for f in b.figures}
    return any({f.value for f in a.figures if f.key == key}.isdisjoint(f.value for f in b.figures if f.key == key) for key in ones)


def _last(node: str, step: Mapping[str, str]) -> str:
    seen = {node}
    while node in step and step[node] not in seen:
        node = step[node]
        seen.add(node)
    return node


def _repeated(happening: Happening, others: list[Happening], line: Lineage) -> Happening | None:
    """The telling of the origin at the same words; for a new headline, the chief telling of the same class."""
    alike = [h for h in others if h.kind == happening.kind and h.status == happening.status]
    for here, there in line.passages:
        if here.overlaps(happening.anchor):
            at = there.start + happening.anchor.start - here.start
            near = [h for h in alike if there.overlaps(h.anchor) and abs(h.anchor.start - at) <= 40]
            if near:
                return min(near, key=lambda h: (abs(h.anchor.start - at), h.id))
    return next((h for h in alike if h.main and happening.main), None)


def _judge(work: _Work, places: Mapping[str, Place], versions: Mapping[tuple[str, str], str]) -> None:
    kinds, rules = work.kinds, work.kinds.rules
    active = {i: t for i, t in work.tellings.items() if i not in work.twins}
    keyed = {i: blocking.keys(t, places, kinds) for i, t in work.tellings.items()}
    best: dict[tuple[str, str], cluster.Edge] = {}
    for a, b in sorted(blocking.pairs(keyed, work.apart)):
        found = margin_of(work.tellings[a], work.tellings[b], places, kinds)
        if found is None:
            continue
        margin = found.margin
        work.judgements[a, b] = (found.judged, margin)
        # A copied text speaks with the best of its publications: another printing of it never parts what it joined.
        one, other = sorted((work.twins.get(a, a), work.twins.get(b, b)))
        edge = cluster.Edge(one, other, round(margin, 6), bool(found.judged.refusal))
        known = best.get((one, other))
        if one != other and (known is None or (not edge.refused, edge.margin) > (not known.refused, known.margin)):
            best[one, other] = edge
    edges = list(best.values())
    by_document: dict[str, list[Telling]] = {}
    for telling in active.values():
        by_document.setdefault(telling.document, []).append(telling)
    for told in by_document.values():
        for i, first in enumerate(told):
            for second in told[i + 1 :]:
                if reason := told_twice(first, second, places, kinds):
                    work.same_document[pair(first.id, second.id)] = reason
                    edges.append(cluster.Edge(*pair(first.id, second.id), margin=0.0, bond=True))
    for two, reason in versions.items():
        work.same_document[two] = reason
        edges.append(cluster.Edge(*two, margin=0.0, bond=True))
    copied = work.twins
    for a, b in work.rulings.together:
        if (left := copied.get(a, a)) != (right := copied.get(b, b)):
            edges.append(cluster.Edge(*pair(left, right), margin=inf, bond=True))
    parted = [(copied.get(a, a), copied.get(b, b)) for a, b in work.rulings.apart]
    grouped = cluster.cluster(active, edges, rules.thresholds["mean_margin"], {i: work.apart[i] for i in active}, parted)
    home = {node: i for i, nodes in enumerate(grouped) for node in nodes}
    full = [list(nodes) for nodes in grouped]
    for twin, origin in sorted(work.twins.items()):
        full[home[origin]].append(twin)
    work.groups = [tuple(nodes) for nodes in full]


def told_twice(a: Telling, b: Telling, places: Mapping[str, Place], kinds: Kinds) -> str:
    """Why two tellings of one document are one event after all, or empty.

    A reader that tells two happenings apart has reasons, so only a wide event is put together: the same class, status and attackers, the
    same known window, and places of which one holds the other ("Kyiv" and "nationwide" of one night).
    """
    if a.kind != b.kind or a.kind not in kinds.wide or a.status != b.status or a.hours is None or a.hours != b.hours:
        return ""
    if (a.actors and b.actors and not a.actors & b.actors) or (a.targets and b.targets and not a.targets & b.targets):
        return ""
    holds = a.places == b.places or any(
        q == p or (p in places and q in places[p].parents) or (q in places and p in places[q].parents) for p in a.places for q in b.places
    )
    return "one report tells it twice: same class, same time, one place within the other" if holds else ""


def _assemble(work: _Work, claims: Mapping[str, Claim], documents: Mapping[str, Document], places: Mapping[str, Place], domain: Domain) -> Grouped:
    by_happening: dict[str, list[Claim]] = {}
    for claim in claims.values():
        if claim.happening in work.happenings:
            by_happening.setdefault(claim.happening or "", []).append(claim)
    happening_events: dict[str, str] = {}
    events: list[Event] = []
    known = dict(documents)

    def when(document: str) -> tuple[str, str]:
        return (documents[document].published or LATE, document)

    for nodes in work.groups:
        told = sorted((work.happenings[n] for n in nodes), key=lambda h: (*when(h.document), h.anchor.start, h.id))
        own = [c for n in nodes for c in by_happening.get(n, ())]
        identity = event_id(own, told, known)
        happening_events.update((n, identity) for n in nodes)
        papers = tuple(sorted({h.document for h in told}, key=when))
        alone = {event_id([c for c in own if c.document == d], [h for h in told if h.document == d], known) for d in papers}
        kind = describe.kind_of(told, work.kinds)
        place_ids = describe.places_of(told, places, work.kinds.local(kind))
        events.append(
            Event(
                id=identity,
                kind=kind,
                title="",
                happenings=tuple(h.id for h in told),
                documents=papers,
                window=describe.window_of([h for h in told if h.id not in work.twins] or told),
                places=place_ids,
                actors=_union(h.actors for h in told),
                targets=_union(h.targets for h in told),
                participants=_union(h.participants for h in told),
                status=describe.status_of(told),
                joins=_joins(nodes, work, when),
                aliases=tuple(sorted(alone - {identity})),
            )
        )
    claim_events = {c.id: happening_events[c.happening] for c in claims.values() if c.happening in happening_events}
    refusals = _refusals(work, happening_events, when)
    refused: dict[str, list[Join]] = {}
    for (one, other), join in refusals.items():
        refused.setdefault(one, []).append(join)
        refused.setdefault(other, []).append(join)
    events = [msgspec.structs.replace(e, joins=(*e.joins, *sorted(refused[e.id], key=_by_reports))) if e.id in refused else e for e in events]
    ordered = tuple(sorted(events, key=lambda e: (*when(e.documents[0]), e.window.start or "" if e.window else "", e.id)))
    return Grouped(ordered, happening_events, claim_events, tuple(sorted(refusals.values(), key=_by_reports)), places)


def _by_reports(join: Join) -> tuple[tuple[str, ...], str]:
    return join.documents, join.reason


def _union(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(sorted({x for group in groups for x in group}))


def _joins(nodes: tuple[str, ...], work: _Work, when: Callable[[str], tuple[str, str]]) -> tuple[Join, ...]:
    """For every telling but the first, the strongest reason that ties it to another of the event."""
    order = sorted(nodes, key=lambda n: (*when(work.happenings[n].document), work.happenings[n].anchor.start, n))
    out: list[Join] = []
    for i, node in enumerate(order):
        if node in work.twins:
            origin = work.twins[node]
            papers = (work.happenings[origin].document, work.happenings[node].document)
            out.append(Join(papers, "copied text: the same words tell it", 1.0))
            continue
        best: tuple[float, str, Judgement] | None = None
        for other in order[:i] if i else ():
            two = pair(node, other)
            if two in work.rulings.together:
                told_in = tuple(dict.fromkeys((work.happenings[other].document, work.happenings[node].document)))
                out.append(Join(told_in, work.rulings.together[two], 1.0))
            elif two in work.same_document:
                out.append(Join((work.happenings[node].document,), work.same_document[two], 1.0))
            elif two in work.judgements and (best is None or (work.judgements[two][1], other) > best[:2]):
                best = (work.judgements[two][1], other, work.judgements[two][0])
        if best is not None:
            papers = (work.happenings[best[1]].document, work.happenings[node].document)
            out.append(Join(papers, _in_words(best[2]), round(1 / (1 + exp(-best[0])), 3)))
    return tuple(out)


def _in_words(judged: Judgement) -> str:
    return ("; ".join(judged.reasons) or "nothing speaks against it") + (f"; though {'; '.join(judged.against)}" if judged.against else "")


def _refusals(work: _Work, event_of: Mapping[str, str], when: Callable[[str], tuple[str, str]]) -> dict[tuple[str, str], Join]:
    """Pairs of events that look alike and were kept apart: the closest pair of tellings and why, or the person who told them apart."""
    best: dict[tuple[str, str], tuple[float, tuple[str, str], Judgement]] = {}
    for (a, b), (judged, margin) in sorted(work.judgements.items()):
        one, other = sorted((event_of[a], event_of[b]))
        if one != other and margin >= _WORTH_TELLING:
            known = best.get((one, other))
            if known is None or (bool(judged.refusal), margin) > (bool(known[2].refusal), known[0]):
                best[one, other] = (margin, (a, b), judged)
    out = {}
    for events, (margin, (a, b), judged) in best.items():
        papers = sorted((work.happenings[a].document, work.happenings[b].document), key=when)
        common = f" ({'; '.join(judged.reasons)})" if judged.reasons else ""
        reason = judged.refusal or (
            f"alike{common}, but other reports of the two are not" if margin >= 0 else "; ".join(judged.against) or f"too little in common{common}"
        )
        kind = work.happenings[a].kind.replace("_", " ")
        out[events] = Join(tuple(papers), f"{kind}: {reason}", round(1 / (1 + exp(-margin)), 3), refused=True)
    for (a, b), decided in sorted(work.rulings.apart.items()):
        one, other = sorted((event_of.get(a, ""), event_of.get(b, "")))
        if one and one != other:
            papers = sorted((work.happenings[a].document, work.happenings[b].document), key=when)
            out[one, other] = Join(tuple(dict.fromkeys(papers)), decided, 0.0, refused=True)
    return out
