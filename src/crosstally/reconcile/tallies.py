"""Tallies: what each cell comes to by what is reported, and by what the figures beside it leave."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import State, Tally

from .bounds import Interval, hull, meet
from .cells import Cell, Figure
from .counts import Counts
from .support import Solved, stood_on
from .times import moment
from .toll import unnamed_parts
from .whose import account, count_voices
from .words import number


def reported(
    cell: Cell, figures: Sequence[Figure], superseded: frozenset[str], domain: Domain, event: str, disputed: frozenset[str] = frozenset()
) -> Tally:
    """A tally from claims alone: the interval all share, or the range from the lowest to the highest where they share none."""
    measure = domain.measures.get(cell.measure)
    floor = bool(measure and measure.floor)
    numeric = [f for f in figures if not f.words]
    numeric = [f for f in numeric if not f.joined] or numeric
    parts = unnamed_parts(numeric)
    numeric = [f for f in numeric if f.id not in parts] or numeric
    live = [f for f in numeric if f.id not in superseded and not f.soft] or [f for f in numeric if f.id not in superseded] or numeric
    if any((f.low or 0) > 0 for f in live):
        live = [f for f in live if not f.none]  # "no casualties reported" early in the day does not hold a toll down
    outgrown = _outgrown(live) if floor else frozenset()
    live = [f for f in live if f.id not in outgrown]
    spans = [(f.low, f.high) for f in live]
    common = meet(spans) if spans else (None, None)
    low, high = common if common is not None else _range(spans)
    told = _range([(f.low, f.high) for f in numeric]) if outgrown else (low, high)
    voices = count_voices((f.claim, f.origin) for f in figures)
    state: State
    if not numeric:
        state = "unresolved"
    elif any(f.id in disputed for f in live) or (common is None and not floor):
        state = "disputed"
    elif common is None:
        state = "range"
    elif voices.high <= 1:
        state = "single"
    else:
        state = "agreed"
    agreed = common is not None and low is not None and low == high
    sums = tuple(f for f in live if f.addends)
    if sums and len(sums) == len(live) and state in ("single", "agreed"):
        state = "derived"
    return Tally(
        event=event,
        measure=cell.measure,
        facets=cell.facets,
        scope=cell.scope,
        low=low,
        high=high,
        reported_low=told[0],
        reported_high=told[1],
        latest=low if agreed and state != "disputed" else latest(numeric, floor),
        best=low if agreed and state != "disputed" and not outgrown else None,
        state=state,
        claims=tuple(c.id for f in figures for c in (f.addends or (f.claim,))),
        voices=voices,
        derived_from=tuple(c.id for c in sums[0].addends) if sums else (),
        relation=_added(sums[0]) if sums else "",
        words=tuple(dict.fromkeys(_raw(f) for f in figures if f.words)),
        account=account((f.origin for f in figures), domain.parties) if measure is not None and measure.strand == "balance" else "",
    )


def _added(figure: Figure) -> str:
    """ "5 + 3 = 8", from one list of a report."""
    parts = [c.quantity.low or 0 for c in figure.addends if c.quantity is not None]
    return f"{' + '.join(number(n) for n in parts)} = {number(sum(parts))}: one list"


def _outgrown(figures: Sequence[Figure]) -> frozenset[str]:
    """Ids of counts of people that a later statement, whoever made it, found to be larger: an earlier count was a floor, and was kept."""
    return frozenset(
        f.id
        for f in figures
        if f.high is not None
        and any(g.low is not None and g.exact and not g.soft and g.low > f.high and f.order(g) == -1 for g in figures)
    )


def _range(spans: Sequence[tuple[int | None, int | None]]) -> tuple[int | None, int | None]:
    """From the lowest to the highest told. "At least 23" beside a later 32 is held from above by 32; "at least 42" beside 3 by nothing."""
    low, high = hull(spans)
    tops = [h for _, h in spans if h is not None]
    floors = [lo for lo, h in spans if h is None]
    if high is None and tops and all(lo is not None and lo <= max(tops) for lo in floors):
        high = max(tops)
    return low, high


def _raw(figure: Figure) -> str:
    quantity = figure.claim.quantity
    return (quantity.raw if quantity is not None else "") or figure.claim.text


def latest(figures: Sequence[Figure], floor: bool) -> int | None:
    """The newest statement's value. A report's own figure is the one it leads with; of reports as new, a named speaker's goes first, then an
    unhedged one, and of a toll the highest (a count is a floor)."""
    counts = [f for f in figures if f.low is not None and (f.low or f.exact)]  # "up to" alone names no value
    numeric = [f for f in counts if not f.none] or counts
    if not numeric:
        return None
    newest = [f for f in numeric if not any(f.order(other) == -1 for other in numeric)]
    dated = [f for f in newest if moment(f.said) is not None] or newest
    leads: dict[str, Figure] = {}
    for figure in sorted(dated, key=lambda f: (f.soft, not f.exact, f.claim.span.start, f.id)):
        leads.setdefault(figure.claim.document, figure)
    best = max(leads.values(), key=lambda f: (not f.soft, f.origin.named, f.exact, (f.low or 0) if floor else 0, f.id))
    floors = [f.low or 0 for f in dated if f.high is None and not f.soft] if floor else []
    return max(best.low or 0, *floors) if floors else best.low  # "killed two", then "a third victim died"


def of_one_count(cell: Cell, tally: Tally, figures: Sequence[Figure], counts: Counts) -> Tally:
    """The tally as a range where what is agreed is agreed within one count, and other reports tell another.

    "More than ten" does not exclude the 11 of an earlier count; it does not bear it out either. A count that reports exceed elsewhere is a
    floor of theirs.
    """
    if tally.state != "agreed" or not counts.balance(cell):
        return tally
    exact = [f for f in figures if f.exact]
    hedged = [f for f in figures if not f.exact and not f.words]
    if exact and hedged and all(counts.at_odds(a, b) for a in exact for b in hedged):
        low, high = hull([(f.low, f.high) for f in (*exact, *hedged)])
        why = "the reports that leave it open give another count elsewhere"
    elif not counts.of(cell, exact or hedged) - counts.exceeded:
        low, high = tally.low, None
        why = "of a count that other reports exceed elsewhere; theirs is not told"
    else:
        return tally
    return msgspec.structs.replace(tally, low=low, high=high, best=None, latest=None, state="range", relation=why)


def with_bounds(tally: Tally, cell: Cell, found: Solved | None, counts: Counts) -> Tally:
    """The tally narrowed to what relations allow, by figures of one count; a disputed one stays what was reported, as relations then tell
    nothing of it."""
    bound = found.solution.bounds.get(cell) if found is not None else None
    if found is None or bound is None or tally.state == "disputed":
        return tally
    low, high = bound
    if (tally.high is not None and low > tally.high) or (high is not None and tally.low is not None and high < tally.low):
        return msgspec.structs.replace(tally, state="disputed", best=None)  # the figures beside it rule out what is reported
    if not _within(tally, bound) and not counts.one(stood_on(found, cell, bound)):
        low = min(low, tally.low or 0)
        high = None if high is None or tally.high is None else max(high, tally.high)
    kept_low = low if low > 0 or tally.low is not None or high == 0 else tally.low
    return msgspec.structs.replace(tally, low=kept_low, high=high)


def _within(tally: Tally, bound: Interval) -> bool:
    """Whether relations leave all that is reported."""
    low, high = bound
    return low <= (tally.low or 0) and (high is None or (tally.high is not None and tally.high <= high))
