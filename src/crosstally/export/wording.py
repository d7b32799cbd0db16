"""Plain words for values: one vocabulary for the page, the terminal and whatever else speaks to a reader."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from crosstally.domain.model import Domain, Measure
from crosstally.values import Claim, Count, Facets, Finding, Quantity, State, Tally, Window

# The measure of the core pack whose people are dead: it stands first, and above the axis of the toll.
DEAD = "killed"

# The hedge of "nearly n": bounds below n, which nobody said.
_BELOW = "nearly"

STATE: Mapping[State, str] = {
    "single": "one origin gives it",
    "agreed": "independent origins agree",
    "range": "reports give a range",
    "disputed": "reports differ and nothing settles it",
    "derived": "worked out from other figures",
    "unresolved": "open",
}
KIND: Mapping[str, str] = {
    "contradiction": "cannot all be true",
    "imbalance": "does not add up",
    "divergence": "reports differ",
    "relay_divergence": "one origin, told differently",
    "revision": "revised",
    "definition_difference": "different definitions",
    "scope_mismatch": "different scope",
    "record_open": "record, open",
    "record_upheld": "record upheld",
    "record_refuted": "record refuted",
    "agreement": "agrees",
    "role_clash": "two titles",
    "name_clash": "two names",
    "unread": "not read",
}
OPEN_KINDS = frozenset(
    {"contradiction", "imbalance", "divergence", "relay_divergence", "record_open", "role_clash", "name_clash", "unread"}
)
CHANGE: Mapping[str, str] = {
    "update": "update: a later count",
    "correction": "correction: the earlier figure was wrong",
    "retraction": "retraction: the figure was taken back",
    "transition": "transition: counted once, moved from one column to another",
    "scope": "change of scope",
    "definition": "change of definition",
}
STRAND: Mapping[str, str] = {
    "human_cost": "People",
    "balance": "Balance",
    "places": "Places",
    "damage": "Damage",
    "time": "Time",
    "relief": "Relief and response",
    "": "Other",
}
PERIOD: Mapping[str, str] = {
    "per_day": "a day",
    "day": "in one day",
    "month": "in the month",
    "year": "in the year",
    "war": "in the whole war",
}
_MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]
_PRECISE = frozenset({"minute", "hour"})


def number(value: int) -> str:
    """``1,000``: the grouping that English reports use."""
    return f"{value:,}"


def bounds(low: int | None, high: int | None) -> str:
    """``23``, ``33+``, ``up to 1,000``, ``7–13`` or ``?``."""
    if low is None and high is None:
        return "?"
    if low == high and low is not None:
        return number(low)
    if high is None and low is not None:
        return f"{number(low)}+"
    if not low and high is not None:
        return f"up to {number(high)}"
    return f"{number(low or 0)}–{number(high or 0)}"


def aloud(low: int | None, high: int | None) -> str:
    """Bounds as they would be said: ``33 or more``, ``from 7 to 13``."""
    if low is None and high is None:
        return "not known"
    if low == high and low is not None:
        return number(low)
    if high is None and low is not None:
        return f"{number(low)} or more"
    if not low and high is not None:
        return f"up to {number(high)}"
    return f"from {number(low or 0)} to {number(high or 0)}"


def quantity(value: Quantity) -> str:
    if value.hedge == _BELOW:
        return value.raw  # "almost 10" reads 9, and nobody said nine
    return bounds(value.low, value.high) if value.is_number else f"“{value.raw}”"


def tally_value(tally: Tally, claims: tuple[Claim, ...] = (), domain: Domain | None = None) -> str:
    """A tally's figure for a reader. A disputed one names its values, "7 or 13", since no number between them was claimed.

    A count of people killed or hurt always shows its open end: an unhedged one is a snapshot, and a floor for the final toll.
    """
    value = _value(tally, claims)
    if value in _as_told(tally, claims):
        return value
    declared = measure(domain, tally.measure)
    told = (tally.reported_low, tally.reported_high)
    outgrown = tally.low == tally.high == told[1]  # a later count took the place of the earlier: a floor like any other
    people = declared.floor and declared.strand == "human_cost"
    if people and told[1] is not None and told != (tally.low, tally.high) and tally.state != "disputed" and not outgrown:
        return f"{bounds(*told)} (final toll: {bounds(tally.low, tally.high)})"  # a closed scene: only fates may still change
    if people and tally.high is not None and tally.low == tally.high and tally.low > 0:
        return f"{value}+"
    return value


def _value(tally: Tally, claims: tuple[Claim, ...]) -> str:
    if tally.state == "disputed":
        exact = sorted({c.quantity.low for c in claims if c.quantity and c.quantity.is_exact and c.quantity.low is not None})
        if 1 < len(exact) <= 3:
            return " or ".join(number(n) for n in exact) + ("+" if tally.high is None else "")
    if tally.low is None and tally.high is None:
        return ", ".join(f"“{w}”" for w in tally.words) or "?"
    if not tally.low and tally.high is None:
        # "up to 1,000" beside "more than 1,000" leaves nothing to say of both; each says it for itself
        told = list(dict.fromkeys(quantity(c.quantity) for c in claims if c.quantity and c.quantity.is_number))
        return " / ".join(told) if 0 < len(told) <= 3 else "open"
    return next(iter(_as_told(tally, claims)), bounds(tally.low, tally.high))


def _as_told(tally: Tally, claims: tuple[Claim, ...]) -> tuple[str, ...]:
    """ "almost 10", where every claim of the tally says so: its bounds alone would show a number that nobody said."""
    said = [c.quantity for c in claims if c.quantity is not None]
    every = len(said) == len(claims) and all(q.hedge == _BELOW and (q.low, q.high) == (tally.low, tally.high) for q in said)
    told = {q.raw for q in said}
    return tuple(told) if every and len(told) == 1 else ()


def voices(count: Count) -> str:
    return str(count.low) if count.low == count.high else f"{count.low}–{count.high}"


def voices_short(count: Count) -> str:
    """``1 voice``, ``0–1 voices``."""
    return f"{voices(count)} voice{'' if count.low == count.high == 1 else 's'}"


def voices_aloud(count: Count) -> str:
    """``1 voice``, ``2 to 4 voices``, ``nobody named; at most 1 voice``."""
    plural = "" if count.high == 1 else "s"
    if count.low == count.high:
        return f"{count.low} voice{plural}"
    if count.low == 0:
        return f"nobody named; at most {count.high} voice{plural}"
    return f"{count.low} to {count.high} voices"


def measure(domain: Domain | None, name: str) -> Measure:
    """The measure, or a stand-in that reads its name, so that a ledger is readable without the pack that made it."""
    found = domain.measures.get(name) if domain else None
    return found or Measure(name, name.replace("_", " ").capitalize(), "human_cost" if name == DEAD else "relief")


def title(domain: Domain | None, name: str) -> str:
    return measure(domain, name).title


def facets(domain: Domain | None, members: Facets, first: str = "") -> str:
    """``drones``; ``drones, means: interceptor drones``; empty for the whole. ``first``: the facet named before the others, which then say
    what they are."""
    named = [member(domain, first, members[first])] if first in members else []
    rest = sorted(n for n in members if n != first)
    return ", ".join(named + [f"{n}: {member(domain, n, members[n])}" if named else member(domain, n, members[n]) for n in rest])


def member(domain: Domain | None, facet: str, value: str) -> str:
    tree = domain.facets.get(facet) if domain else None
    return tree.title(value) if tree else value.replace("_", " ")


def short(text: str) -> str:
    """A title without what it explains in brackets."""
    return text.split(" (")[0]


def sentence(text: str) -> str:
    """The first letter large, the rest as it is: names keep theirs."""
    return text[:1].upper() + text[1:]


def arithmetic(text: str) -> str:
    """A sum as it is printed: with a true minus, and without the heading that the row already has."""
    _, colon, tail = text.rpartition(": ")
    return (tail if colon and "=" in tail else text).replace(" - ", " − ")


def figure(domain: Domain | None, name: str, members: Facets) -> str:
    """``Shot down: drones``."""
    split = facets(domain, members, measure(domain, name).dimension)
    return f"{short(title(domain, name))}: {split}" if split else title(domain, name)


def instant(text: str | None) -> datetime | None:
    """Wall time of an ISO 8601 text, as told; noon where only the day is known; None where nothing is."""
    if not text:
        return None
    try:
        parsed = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (parsed if len(text) > 10 else parsed.replace(hour=12)).replace(tzinfo=None)


def day(moment: datetime, year: bool = False) -> str:
    return f"{moment.day} {_MONTHS[moment.month - 1]}" + (f" {moment.year}" if year else "")


def when(text: str | None, year: bool = False) -> str:
    """``4 July``, ``4 July 2025, 08:10``; empty where nothing is known."""
    moment = instant(text)
    if moment is None or text is None:
        return text or ""
    return day(moment, year) + (f", {moment:%H:%M}" if len(text) > 10 else "")


def window(span: Window | None) -> str:
    """When, no finer than the words it was read from."""
    if span is None:
        return ""
    start, end = instant(span.start), instant(span.end)
    if start is None or end is None:
        known = start or end
        return span.raw or (day(known, True) if known else "")
    if span.precision in _PRECISE:
        return when(span.start, True)
    if span.precision == "month":
        return f"{_MONTHS[start.month - 1]} {start.year}"
    if span.precision == "year":
        return str(start.year)
    ends_at_midnight = (span.end or "")[10:16] in ("", "T00:00")
    last = end.date().toordinal() - (1 if ends_at_midnight and end.date() > start.date() else 0)
    if last <= start.date().toordinal():
        return day(start, True)
    final = datetime.fromordinal(last)
    return (
        f"{start.day}–{day(final, True)}"
        if (start.month, start.year) == (final.month, final.year)
        else f"{day(start)} – {day(final, True)}"
    )


def finding_title(finding: Finding) -> str:
    return finding.title or KIND.get(finding.kind, finding.kind).capitalize()


def before_causes(finding: Finding) -> str:
    """The explanation without its last sentence, where that only names the first of the causes, which are listed after it."""
    likeliest = finding.causes[0].partition(": ")[0] if finding.causes else ""
    told, named, _ = finding.explanation.rpartition(f" Likeliest a difference of {likeliest}: ")
    return told if named and likeliest else finding.explanation


def plural(count: int, one: str, many: str | None = None) -> str:
    return f"{number(count)} {one if count == 1 else many or one + 's'}"
