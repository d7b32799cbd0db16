"""Record claims ("the largest of the war") held against what is known of other events: upheld, refuted, or open with what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Claim, Document, Event, Facets, Finding, FindingKind, Scope, Tally, when_said

from .cells import Cell
from .given import Known
from .lexicon import Lexicon, plain, says
from .times import day, moment, order
from .words import capital, evidence, interval, join, name, number, outlet

RECORD = "record"


class Compared(msgspec.Struct, frozen=True):
    """What a record claim compares. ``rank``: "top", "among" or "run"; ``ground``: "size", "harm", "length" or "" (nothing countable)."""

    rank: str
    ground: str
    facets: Facets


class Judged(msgspec.Struct, frozen=True):
    """One claim's verdict: ``why`` a whole sentence, ``scope`` how far the words reach."""

    claim: Claim
    ground: str
    kind: FindingKind
    why: str
    scope: str


def judge(
    claims: Iterable[Claim],
    tallies: Sequence[Tally],
    known: Sequence[Known],
    event: Event,
    domain: Domain,
    documents: Mapping[str, Document],
    lexicon: Lexicon,
) -> list[Finding]:
    """One finding for each ground on which reports call this event a record, whatever their words; each wording with its scope.

    A claim is held against what came before the event; one made later about it, against all that had come by then. Where one ground is
    decided for some wordings and open for others, the open ones stand with it. Words that nothing can check share one finding.
    """
    judged: list[Judged] = []
    for claim in claims:
        if claim.measure != RECORD or claim.status not in ("happened", "unverified"):
            continue
        compared, period = _comparison(claim, documents, lexicon)
        said = when_said(claim, documents.get(claim.document))
        if compared.rank == "run":
            ground, (kind, why) = "run", _run(claim, known, event, lexicon)
        elif compared.rank == "among" or _measure(compared.ground, domain) is None:
            ground, kind = "", "record_open"
            why = "the words set no bound or name nothing that can be counted, so they cannot be checked."
        elif Scope(period=period).since == "":
            ground, kind = compared.ground, "record_open"
            why = "the words do not say since when to the day, so it cannot be told which events to hold it against."
        else:
            ground, (kind, why) = compared.ground, _verdict(compared, period, said, tallies, known, event, domain)
        judged.append(Judged(claim, ground, kind, why, period))
    groups: dict[tuple[str, FindingKind], list[Judged]] = defaultdict(list)
    decided = {j.ground: j.kind for kind in ("record_upheld", "record_refuted") for j in judged if j.kind == kind}
    for one in judged:
        groups[one.ground, decided.get(one.ground, one.kind) if one.kind == "record_open" else one.kind].append(one)
    order_ = {"size": 0, "harm": 1, "length": 2, "run": 3, "": 4}
    return [
        _told(kind, rows, event, documents, lexicon) for (_, kind), rows in sorted(groups.items(), key=lambda g: (order_.get(g[0][0], 9), g[0][1]))
    ]


def _told(kind: FindingKind, rows: Sequence[Judged], event: Event, documents: Mapping[str, Document], lexicon: Lexicon) -> Finding:
    rows = sorted(rows, key=lambda j: j.kind != kind)  # what decides goes first
    parts: dict[tuple[FindingKind, str], list[Judged]] = defaultdict(list)
    for one in rows:
        parts[one.kind, one.why].append(one)
    text = " ".join(_verdict_line(k, why, those, documents, lexicon) for (k, why), those in parts.items())
    return Finding(
        kind=kind,
        explanation=text,
        claims=tuple(j.claim.id for j in rows),
        spans=evidence(j.claim for j in rows),
        event=event.id,
        title=f"{capital(_wording(rows[0].claim))}: {_TITLE[kind]}",
        measure=RECORD,
    )


def _verdict_line(kind: FindingKind, why: str, rows: Sequence[Judged], documents: Mapping[str, Document], lexicon: Lexicon) -> str:
    wordings: dict[str, Claim] = {}
    for one in rows:
        wordings.setdefault(_wording(one.claim).casefold(), one.claim)
    words = join([f'"{_wording(c)}" ({outlet(c, documents)})' for c in wordings.values()])
    scopes = list(dict.fromkeys(j.scope for j in rows if j.scope))
    reach = f" (scope, as said: {join([_reach(s, lexicon) for s in scopes])})" if scopes else ""
    return f"Called {words}{reach}. {_HEAD[kind]}: {why}"


def _reach(scope: str, lexicon: Lexicon) -> str:
    """How far a record is said to reach, for a reader: "the whole war", "from 4 March on"."""
    since = Scope(period=scope).since
    return f"from {day(since)} {since[:4]} on" if since else str(lexicon.record["reach"].get(scope, scope))


_HEAD: Mapping[str, str] = {"record_upheld": "Upheld, as far as this ledger goes", "record_refuted": "Refuted", "record_open": "Open"}
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
    compared: Compared,
    period: str,
    said: str | None,
    tallies: Sequence[Tally],
    known: Sequence[Known],
    event: Event,
    domain: Domain,
) -> tuple[FindingKind, str]:
    """A record of a ground that can be counted, against the events known by then."""
    measure = _measure(compared.ground, domain)
    assert measure is not None
    dimension = domain.measures[measure].dimension
    wanted = Facets({f: m for f, m in compared.facets.items() if f == dimension and m != getattr(domain.facets.get(f), "root", None)})
    title = name(Cell(measure, wanted), domain)
    mine = next((t for t in tallies if t.measure == measure and t.facets == wanted and t.scope.place is None and t.scope.period == "event"), None)
    low, high = _told_bounds(mine) if mine is not None else (None, None)
    here = interval(low, high)
    start = event.window.start if event.window else None
    until = said if period != "until" and order(start, said) == -1 else start
    others = [
        k
        for k in known
        if k.measure == measure and k.facets == wanted and k.event != event.id and _before(k, start, until) and _within(k, start, period)
    ]
    kind = domain.events.get(event.kind)
    if kind is not None and kind.measures and measure not in kind.measures:
        return "record_open", "nothing is counted by which events of this kind could be ranked."
    if low is None and high is None:
        return "record_open", f"no figure of {title} is told of this event."
    if not others:
        return "record_open", f"this ledger holds no earlier event with a figure of {title} to hold it against; here it is {here}."
    larger = [k for k in others if k.low is not None and high is not None and k.low > high]
    if larger:
        most = max(larger, key=lambda k: (k.low or 0, k.event))
        if not period:
            return "record_open", f"{_event(most)}, had more: {number(most.low)} {title}, against {here} here; the words do not say since when."
        return "record_refuted", f"{_event(most)}, had more: {number(most.low)} {title}, against {here} here."
    unsure = [k for k in others if low is None or k.high is None or k.high > low]
    if unsure:
        return "record_open", f"{_event(unsure[0])} may have had as many or more; firmer figures of {title} would settle it."
    top = max(others, key=lambda k: (k.high or 0, k.event))
    if len(others) == 1:
        return "record_upheld", f"the one earlier event in it, {_event(top)}, had {number(top.high)} {title}, against {here} here."
    return (
        "record_upheld",
        f"none of the {len(others)} earlier events in it had more {title}; next is {_event(top)}, with {number(top.high)} against {here} here.",
    )


def _event(known: Known) -> str:
    when = day(known.start[:10]) if known.start else ""
    return known.title + (f" ({when})" if when and not any(c.isdigit() for c in known.title) else "")


def _told_bounds(tally: Tally) -> tuple[int | None, int | None]:
    """What claims alone say: a clash with other figures leaves it what was told."""
    if tally.reported_low is None and tally.reported_high is None:
        return tally.low, tally.high
    return tally.reported_low, tally.reported_high


def _run(claim: Claim, known: Sequence[Known], event: Event, lexicon: Lexicon) -> tuple[FindingKind, str]:
    """ "Second consecutive night": upheld if events of the same class and place lie on the nights before."""
    mine = moment(event.window.start) if event.window else None
    if mine is None:
        return "record_open", "the event has no known date, so the nights before it cannot be told."
    words = plain(f"{claim.label or ''} {claim.text}")
    wanted = next((n for word, n in lexicon.record["ordinals"].items() if says(words, (word,))), 2) - 1
    found: list[Known] = []
    for back in range(1, wanted + 1):
        date = mine[0].date() - timedelta(days=back)
        hit = next(
            (
                k
                for k in known
                if k.event != event.id
                and k.kind == event.kind
                and (at := moment(k.start)) is not None
                and at[0].date() == date
                and _same_target(k, event)
            ),
            None,
        )
        if hit is None:
            return "record_open", f"this ledger holds no such event that began on {date.day} {date:%B}."
        found.append(hit)
    return "record_upheld", f"before it came {join([_event(k) for k in found])}."


def _same_target(known: Known, event: Event) -> bool:
    if known.targets and event.targets:
        return bool(set(known.targets) & set(event.targets))
    return bool(set(known.places) & set(event.places))


def _before(known: Known, start: str | None, until: str | None) -> bool:
    """A record holds against what came before it, or before it was said; an event without a date is not left out."""
    return order(known.start, until) != 1 or order(known.start, start) == -1


def _within(known: Known, start: str | None, period: str) -> bool:
    since = Scope(period=period).since
    if since and known.start:
        return known.start[:10] >= since
    there, here = moment(known.start), moment(start)
    if there is None or here is None or period not in ("year", "month", "week"):
        return True
    if period == "week":
        return there[0].isocalendar()[:2] == here[0].isocalendar()[:2]
    return there[0].year == here[0].year and (period == "year" or there[0].month == here[0].month)


def known_of(event: Event, tallies: Iterable[Tally]) -> tuple[Known, ...]:
    """An event's own figures, to hold other events' record claims against; and the event itself, for runs of nights."""
    start = event.window.start if event.window else None
    alone = Known(event.id, event.title, "", None, None, start=start, kind=event.kind, places=event.places, targets=event.targets)
    figures = tuple(
        msgspec.structs.replace(alone, measure=t.measure, low=_told_bounds(t)[0], high=_told_bounds(t)[1], facets=t.facets)
        for t in tallies
        if t.scope.place is None and t.scope.period == "event" and t.low is not None
    )
    return (alone, *figures) if event.status == "happened" else ()
