"""What the rows of a convention are: incidents, one a place where the figures allow it; what is left of a total; the rest of a period."""

from __future__ import annotations

import msgspec

from crosstally.domain.conventions import Convention
from crosstally.values import WHOLE, Claim, Event, LeftOut, Scope, Tally, Window
from crosstally.values.coded import Unit as Kind

from .facts import Facts

# Scopes that tell of no time that has passed, or of a rate.
_NO_TOTAL = frozenset({"per_day", "forecast", "planned", "event"})


class Row(msgspec.Struct, frozen=True):
    """What one row is of. ``scope``: where in the books its tallies stand. ``place``: id of where it lies, None where nobody tells.

    ``less``: keys of the rows whose figures are taken off its own: the places told apart, the incidents of a period. ``maybe``: of those that
    may lie within it, so that only its low bound is lessened. ``key`` names no place, so that it can be shared.
    """

    key: str
    event: Event
    kind: Kind
    scope: Scope
    place: str | None
    window: Window | None
    less: tuple[str, ...] = ()
    maybe: tuple[str, ...] = ()


def rows_of(facts: Facts, convention: Convention) -> tuple[tuple[Row, ...], tuple[LeftOut, ...]]:
    """The rows, those first that others are lessened by, and what makes none."""
    rows: list[Row] = []
    left: list[LeftOut] = []
    periods: list[Row] = []
    for event in facts.book.events:
        told = [t for t in facts.tallies.get(event.id, ()) if t.measure in convention.admit]
        if not told:
            continue
        refused = _refused(event, told, facts, convention)
        if refused is not None:
            left.append(refused)
            continue
        rows += _incidents(event, told, facts, convention)
        for period in _periods(event, told, facts):
            if isinstance(period, Row):
                periods.append(period)
            else:
                left.append(LeftOut(event.id, event.title, period, convention.rule_id("period")))
    for period in sorted(periods, key=lambda r: (_length(r.window), r.key)):
        rows.append(_lessened(period, rows, facts))
    return tuple(rows), tuple(left)


def _refused(event: Event, told: list[Tally], facts: Facts, convention: Convention) -> LeftOut | None:
    known = facts.domain.events.get(event.kind)
    if event.status != "happened":
        return LeftOut(event.id, event.title, f"is told as {event.status}", convention.rule_id("happened"))
    if known is None or not known.violent:
        return LeftOut(event.id, event.title, f"{event.kind.replace('_', ' ')} is no class of armed force", convention.rule_id("armed_force"))
    if not any(t.high is None or t.high > 0 for t in told if t.low is not None or t.high is not None or t.words):
        return LeftOut(event.id, event.title, "nobody is told to have been harmed", convention.rule_id("admission"))
    return None


def _incidents(event: Event, told: list[Tally], facts: Facts, convention: Convention) -> list[Row]:
    own = [t for t in told if t.scope.period == "event"]
    if not own:
        return []
    place = _where(event, own, facts)
    one = Row(event.id, event, "summary" if event.kind == "campaign" else "incident", Scope(), place, event.window)
    if convention.unit == "event":
        return [one]
    splits = [_split(event, measure, own, facts) for measure in convention.admit if any(t.measure == measure for t in own)]
    first = splits[0]
    if first is None or any(s is None or s[0] != first[0] for s in splits):
        return [one]
    parts = [Row(f"{event.id}-{n}", event, one.kind, Scope(place=p), p, event.window) for n, p in enumerate(first[0], 1)]
    if any(s is not None and s[1] for s in splits):
        rest = Row(f"{event.id}-rest", event, "summary", Scope(), place, event.window, less=tuple(p.key for p in parts))
        return [*parts, rest]
    return parts


def _where(event: Event, own: list[Tally], facts: Facts) -> str | None:
    """Where the people of an incident were: as the counts of the whole say; else the one place whose count is no less than the whole's.

    Where neither tells, the event's own place, which may be a whole country.
    """
    whole = [t for t in own if t.scope.place is None]
    told = facts.common(p for t in (whole or own) for c in facts.settled(t) if (p := c.scope.place or (c.place.id if c.place else None)))
    if told is not None:
        return told
    for total in whole:
        if total.facets or not total.low:
            continue
        parts = [t for t in own if t.scope.place and not t.facets and t.measure == total.measure]
        if len(parts) == 1 and (parts[0].low or 0) >= total.low:
            return parts[0].scope.place
    return event.places[0] if event.places else None


def _split(event: Event, measure: str, own: list[Tally], facts: Facts) -> tuple[tuple[str, ...], bool] | None:
    """The places that a measure can be told by, and whether the whole holds more than they do. None where it is one row.

    Places that account for the whole exactly, or for which no whole is told, make rows. Where the same report gives both the whole and its
    places, what is left makes a row too. A whole and places of different hours are never taken apart: the difference may be the hours.
    """
    by_place = {t.scope.place: t for t in own if t.measure == measure and t.scope.place and not t.facets}
    outer = tuple(sorted(p for p in by_place if not any(facts.within(p, q) for q in by_place if q != p)))
    if not outer or any(facts.within(p, q) is None for p in outer for q in outer):
        return None
    whole = facts.tally(event.id, measure, WHOLE)
    if whole is None or not whole.claims:  # nobody tells a whole: it was added up from the places
        return (outer, False) if len(outer) > 1 else None
    at = facts.common(p for c in facts.settled(whole) if (p := c.scope.place or (c.place.id if c.place else None)))
    if len(outer) == 1 and (at is None or facts.within(at, outer[0])):
        return None  # the whole may be of that very place
    parts = [by_place[p] for p in outer]
    if any(t.low is None for t in (whole, *parts)):
        return None
    total, lows = whole.low or 0, sum(t.low or 0 for t in parts)
    if len(outer) > 1 and lows == total and whole.high == total and all(t.high == t.low for t in parts):
        return outer, False
    together = _documents(facts.settled(whole)).intersection(*(_documents(facts.settled(t)) for t in parts))
    if together and lows < total and all(t.high is not None for t in parts):
        return outer, True
    return None


def _documents(claims: tuple[Claim, ...]) -> set[str]:
    return {c.document for c in claims}


def _periods(event: Event, told: list[Tally], facts: Facts) -> list[Row | str]:
    """A row for each period that a total is told of, or why there is none."""
    out: list[Row | str] = []
    seen: set[tuple[str, str | None]] = set()
    for tally in told:
        scope = tally.scope
        if scope.period in _NO_TOTAL or (scope.period, scope.place) in seen:
            continue
        seen.add((scope.period, scope.place))
        claims = facts.settled(tally)
        window = _window(claims, facts) or event.window
        place = scope.place or facts.where(event, claims)
        if window is None or window.start is None or window.end is None:
            out.append(f"the total of a {scope.period} does not say from when to when, so it cannot be told which incidents it holds")
            continue
        number = sum(r.scope.period == scope.period for r in out if isinstance(r, Row))
        out.append(Row(f"{event.id}-{scope.period}" + (f"-{number + 1}" if number else ""), event, "period", scope, place, window))
    return out


def _window(claims: tuple[Claim, ...], facts: Facts) -> Window | None:
    """The one window that the claims give; open to the present, it ends with the day on which the claim was made."""
    windows = {c.window for c in claims if c.window is not None and c.window.start is not None}
    if len(windows) != 1:
        return None
    window = windows.pop()
    if window.end is None:
        said = max((c.said_at or (d.published if (d := facts.documents.get(c.document)) else None) or "" for c in claims), default="")
        return msgspec.structs.replace(window, end=said[:10] + "T23:59:59") if said else window
    return window


def _length(window: Window | None) -> str:
    """Sort key: the shorter period first; by its end where lengths are equal."""
    if window is None or window.start is None or window.end is None:
        return "9"
    from datetime import datetime

    days = (datetime.fromisoformat(window.end).replace(tzinfo=None) - datetime.fromisoformat(window.start).replace(tzinfo=None)).days
    return f"{days:08d}{window.end}"


def _lessened(period: Row, rows: list[Row], facts: Facts) -> Row:
    """The period's row, knowing the rows that lie within it, surely or perhaps."""
    less: list[str] = []
    maybe: list[str] = []
    for row in rows:
        time, place = _in_time(row.window, period.window), facts.within(row.place, period.place)
        if row.kind == "period" and row.event.id == period.event.id and row.scope == period.scope:
            continue
        if time is False or place is False:
            continue
        (less if time and place else maybe).append(row.key)
    return msgspec.structs.replace(period, less=tuple(less), maybe=tuple(maybe))


def _in_time(inner: Window | None, outer: Window | None) -> bool | None:
    """Whether a window lies within another; None where it cannot be told or they only overlap."""
    if inner is None or outer is None or None in (inner.start, inner.end, outer.start, outer.end):
        return None
    assert inner.start and inner.end and outer.start and outer.end
    if inner.end <= outer.start or inner.start >= outer.end:
        return False
    return True if outer.start <= inner.start and inner.end <= outer.end else None
