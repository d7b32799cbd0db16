"""Record claims ("the largest of the war") held against what is known of other events: upheld, refuted, or open with what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Claim, Document, Event, Facets, Finding, FindingKind, Tally

from .given import Known
from .lexicon import Lexicon, plain, says
from .times import day, order
from .words import capital, evidence, join, number, outlet

RECORD = "record"


class Compared(msgspec.Struct, frozen=True):
    """What a record claim compares. ``rank``: "top", "among" or "run"; ``ground``: "size", "harm", "length" or "" (nothing countable)."""

    rank: str
    ground: str
    facets: Facets


def judge(
    claims: Iterable[Claim],
    tallies: Sequence[Tally],
    known: Sequence[Known],
    event: Event,
    domain: Domain,
    documents: Mapping[str, Document],
    lexicon: Lexicon,
) -> list[Finding]:
    """One finding for each comparison that reports claim of this event, whatever their words; each wording with its scope."""
    groups: dict[Compared, list[tuple[Claim, str]]] = defaultdict(list)
    for claim in claims:
        if claim.measure == RECORD and claim.status in ("happened", "unverified"):
            compared, period = _comparison(claim, documents, lexicon)
            groups[compared].append((claim, period))
    out = []
    for compared, found in sorted(groups.items(), key=lambda g: (g[0].rank != "top", g[0].ground, g[0].facets.notation())):
        periods = list(dict.fromkeys(p for _, p in found))
        widest = next((p for p in ("war", "to_date", "year", "month", "week") if p in periods), "")
        kind, verdict = _verdict(compared, widest, tallies, known, event, domain)
        words = join([f'"{w}" ({outlet(c, documents)})' for w, c in {_wording(c): c for c, _ in found}.items()])
        reach = join([lexicon.record["reach"].get(p or "stated", p) for p in periods])
        out.append(
            Finding(
                kind=kind,
                explanation=f"Said of this event: {words}. Scope: {reach}. {verdict}",
                claims=tuple(c.id for c, _ in found),
                spans=evidence(c for c, _ in found),
                event=event.id,
                title=f"{capital(_wording(found[0][0]))}: {_TITLE[kind]}",
                measure=RECORD,
            )
        )
    return out


_TITLE: Mapping[str, str] = {"record_upheld": "upheld", "record_refuted": "refuted", "record_open": "cannot be told"}


def _wording(claim: Claim) -> str:
    return " ".join((claim.text or claim.label or "").split()).strip(" .,;")


def _comparison(claim: Claim, documents: Mapping[str, Document], lexicon: Lexicon) -> tuple[Compared, str]:
    """What is compared, and how far ("war", "to_date", ..., "" for not stated)."""
    table = lexicon.record
    own = plain(f"{claim.label or ''} {claim.text}")
    document = documents.get(claim.document)
    sentence = plain(claim.sentence.of(document.text)) if document is not None else own
    stated = claim.facets.get("comparison")
    ground, rank = table["comparison"].get(stated, ("", "")) if stated else ("", "")
    rank = rank or ("run" if says(own, table["run"]) else "among" if says(own, table["among"]) else "top")
    of = table["of"].get(claim.facets.get("measure", ""), {})
    ground = ground or next((g for g in ("harm", "length", "size") if says(own, table[g])), "")
    if of and ground == "size":
        ground = of["ground"]
    facets = Facets(of["facets"]) if of else Facets({f: m for f, m in claim.facets.items() if f not in ("comparison", "measure", "scope")})
    period = claim.facets.get("scope") or (claim.scope.period if claim.scope.period not in ("event", "") else "")
    if not period:
        period = next((p for text in (own, sentence) for p, words in table["periods"] if says(text, words)), "")
    return Compared(rank, ground, facets), "" if period == "stated" else period


def _measure(ground: str, domain: Domain) -> str | None:
    """What a ground compares, from the packs: size = the whole of a balance with a rest; harm = the first toll; length = the first time."""
    if ground == "size":
        return next((r.whole.measure for r in domain.relations if r.rest), None)
    if ground == "harm":
        return next((m.name for m in domain.measures.values() if m.strand == "human_cost"), None)
    if ground == "length":
        return next((m.name for m in domain.measures.values() if m.strand == "time" and m.unit == "hours"), None)
    return None


def _verdict(
    compared: Compared, period: str, tallies: Sequence[Tally], known: Sequence[Known], event: Event, domain: Domain
) -> tuple[FindingKind, str]:
    rank, facets = compared.rank, compared.facets
    measure = _measure(compared.ground, domain)
    if rank == "run":
        return "record_open", "Whether the run holds needs the events of the nights before."
    if measure is None:
        return "record_open", "The words name nothing that can be counted, so it cannot be checked."
    title = domain.measures[measure].title.lower()
    wanted = Facets({f: m for f, m in facets.items() if f == domain.measures[measure].dimension and m != getattr(domain.facets.get(f), "root", None)})
    mine = next((t for t in tallies if t.measure == measure and t.facets == wanted and t.scope.place is None and t.scope.period == "event"), None)
    start = event.window.start if event.window else None
    others = [
        k for k in known if k.measure == measure and k.facets == wanted and k.event != event.id and _before(k, start) and _within(k, start, period)
    ]
    if mine is None or (mine.low is None and mine.high is None):
        return "record_open", f"No figure of this event for {title} is known to compare."
    if not others:
        return "record_open", f"No other event with a figure for {title} is in the ledger; this one has {mine.notation()}."
    larger = [k for k in others if k.low is not None and mine.high is not None and k.low > mine.high]
    if rank == "among":
        if not larger:
            return "record_upheld", f"None of the {len(others)} other events known had more ({title}: {mine.notation()} here)."
        return "record_open", f'{len(larger)} of the {len(others)} other events known had more; "one of" sets no bound.'
    if larger:
        most = max(larger, key=lambda k: k.low or 0)
        when = f" ({day(most.start)})" if most.start else ""
        return "record_refuted", f"{most.title}{when} had more: {number(most.low)} against {mine.notation()} ({title})."
    unsure = [k for k in others if mine.low is None or k.high is None or k.high > mine.low]
    if unsure:
        return "record_open", f"{unsure[0].title} may have had as many or more; firmer figures for {title} would settle it."
    top = max(others, key=lambda k: k.high or 0)
    return (
        "record_upheld",
        f"Of the {len(others)} other events known, {top.title} comes nearest: {number(top.high)} against {mine.notation()} ({title}).",
    )


def _before(known: Known, start: str | None) -> bool:
    """A record holds against what came before it; an event without a date is not left out."""
    return order(known.start, start) != 1


def _within(known: Known, start: str | None, period: str) -> bool:
    if not known.start or not start or period not in ("year", "month"):
        return True
    size = 4 if period == "year" else 7
    return known.start[:size] == start[:size]


def known_of(event: Event, tallies: Iterable[Tally]) -> tuple[Known, ...]:
    """An event's own figures, to hold other events' record claims against."""
    start = event.window.start if event.window else None
    return tuple(
        Known(event.id, event.title, t.measure, t.low, t.high, t.facets, start)
        for t in tallies
        if t.scope.place is None and t.scope.period == "event" and t.low is not None
    )
