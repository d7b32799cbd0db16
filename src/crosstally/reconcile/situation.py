"""Situations: runs of events by strand, with the links that the reports themselves word."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from crosstally.domain.model import Domain
from crosstally.values import AssertedLink, Event, Evidence, Happening, Link, Situation

from .times import day, moment

STRANDS = ("raids", "harm", "diplomacy", "aid", "courts", "forecasts")


def situations(
    events: Iterable[Event], happenings: Iterable[Happening], links: Iterable[AssertedLink], of_event: Mapping[str, str], domain: Domain
) -> tuple[Situation, ...]:
    """Events that share a report or a worded link, in order of time, by strand.

    ``of_event``: happening id to event id. A link is quoted with its words and span; links inside one event or to an unknown happening are
    left out. Events without a known window come last. Nothing is inferred between events.
    """
    by_id = {e.id: e for e in events}
    told = {h.id: of_event[h.id] for h in happenings if h.id in of_event}
    target = {**dict(of_event), **told}
    quoted = _links(links, target, by_id)
    up = {e: e for e in by_id}

    def root(e: str) -> str:
        while up[e] != e:
            up[e] = up[up[e]]
            e = up[e]
        return e

    by_document: dict[str, list[str]] = defaultdict(list)
    for event in by_id.values():
        for document in event.documents:
            by_document[document].append(event.id)
    for together in by_document.values():
        for other in together[1:]:
            up[root(other)] = root(together[0])
    for link in quoted:
        up[root(link.source)] = root(link.target)
    groups: dict[str, list[Event]] = defaultdict(list)
    for event in by_id.values():
        groups[root(event.id)].append(event)
    out = [_situation(group, quoted, domain) for group in groups.values()]
    return tuple(sorted(out, key=lambda s: (-len(s.events), s.id)))


def _links(links: Iterable[AssertedLink], target: Mapping[str, str], by_id: Mapping[str, Event]) -> list[Link]:
    """One link for each pair of events and kind, with every wording as evidence."""
    found: dict[tuple[str, str, str], tuple[str, dict[Evidence, None]]] = {}
    for link in links:
        a, b = target.get(link.source), target.get(link.target)
        if a is None or b is None or a == b or a not in by_id or b not in by_id:
            continue
        _, evidence = found.setdefault((a, b, link.kind), (link.text, {}))
        evidence.setdefault(Evidence(link.document, link.span))
    return [Link(a, b, kind, words, tuple(evidence)) for (a, b, kind), (words, evidence) in sorted(found.items())]


def _when(event: Event) -> tuple[int, str, str]:
    start = event.window.start if event.window else None
    found = moment(start)
    return (1, "", event.id) if found is None else (0, found[0].isoformat(), event.id)


def _situation(group: list[Event], links: list[Link], domain: Domain) -> Situation:
    ordered = sorted(group, key=_when)
    ids = {e.id for e in ordered}
    strands: dict[str, list[str]] = defaultdict(list)
    for event in ordered:
        kind = domain.events.get(event.kind)
        strand = "forecasts" if event.status == "forecast" else kind.strand if kind else "harm"
        strands[strand].append(event.id)
    rank = {s: i for i, s in enumerate(STRANDS)}
    return Situation(
        id="s-" + min(ids),
        title=_title(ordered, strands),
        events=tuple(e.id for e in ordered),
        links=tuple(link for link in links if link.source in ids and link.target in ids),
        strands=tuple((s, tuple(strands[s])) for s in sorted(strands, key=lambda s: (rank.get(s, 99), s))),
    )


def _title(ordered: list[Event], strands: Mapping[str, list[str]]) -> str:
    """The chief event's title, and how many stand around it."""
    lead = next((s for s in STRANDS if strands.get(s)), None)
    chief_ids = strands[lead] if lead else [ordered[0].id]
    chief = max((e for e in ordered if e.id in chief_ids), key=lambda e: (len(e.documents), len(e.happenings)))
    dates = [e.window.start for e in ordered if e.window and moment(e.window.start)]
    span = ""
    if len(dates) > 1 and day(dates[0][:10] if dates[0] else None) != day(dates[-1][:10] if dates[-1] else None):
        span = f", {day((dates[0] or '')[:10])} to {day((dates[-1] or '')[:10])}"
    if len(ordered) == 1:
        return chief.title
    more = len(ordered) - 1
    return f"{chief.title}, and {more} event{'s' if more > 1 else ''} around it{span}"
