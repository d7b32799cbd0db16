"""Two values of one cell that cannot both be the figure: contradiction, relay divergence, or divergence with possible causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from crosstally.domain.model import Domain
from crosstally.values import Document, Finding, FindingKind

from .cells import Cell, Figure
from .times import day, has_clock, order, stated_equal
from .whose import fullest, same_voice
from .words import amount, capital, evidence, join, name, outlet, place_name, short, told

# Which cause is likeliest, by what is counted. Casualties move with the hours; what a duration or an area means hangs on its definition.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "human_cost": ("time", "scope", "definition", "relay"),
    "relief": ("time", "scope", "definition", "relay"),
    "damage": ("time", "scope", "definition", "relay"),
    "places": ("time", "definition", "scope", "relay"),
    "time": ("definition", "scope", "time", "relay"),
    "balance": ("definition", "time", "scope", "relay"),
}
_MANY = 100  # figures of one cell
_FORECAST = ("relay", "definition", "time", "scope")


def kind_of(a: Figure, b: Figure, cell: Cell, floor: bool) -> FindingKind:
    """What two disagreeing figures of one cell are. A contradiction needs equal, stated speaker, scope, definition and time.

    A toll moves with the hours: one speaker's two counts of it are told as divergence, unless they are of one and the same moment.
    """
    relay = same_voice(a.origin, b.origin) and a.claim.document != b.claim.document
    if cell.mode == "happened" and one_statement(a, b):
        return "relay_divergence" if floor else "contradiction"
    return "relay_divergence" if relay and not (floor and cell.mode == "happened") else "divergence"


def one_statement(a: Figure, b: Figure) -> bool:
    """Equal named speaker, one reading each, and equal stated time: as-of, or the minute of the statement."""
    if not (a.origin.named and a.origin.key == b.origin.key) or len(a.options) > 1 or len(b.options) > 1 or a.soft or b.soft:
        return False
    one, two = a.claim, b.claim
    if (one.quantity is not None and one.quantity.hedge == "around") or (two.quantity is not None and two.quantity.hedge == "around"):
        return False
    if one.as_of and two.as_of:
        return stated_equal(one.as_of, two.as_of) and (order(one.said_at, two.said_at) in (0, None))
    return has_clock(one.said_at) and stated_equal(one.said_at, two.said_at)  # a day holds several posts


def diverging(
    cell: Cell,
    figures: Sequence[Figure],
    domain: Domain,
    documents: Mapping[str, Document],
    explained: frozenset[frozenset[str]],
    event: str,
    superseded: frozenset[str] = frozenset(),
) -> Finding | None:
    """One finding for all disagreeing figures of a cell, or None. ``explained``: pairs that a revision accounts for. ``superseded``: figures
    that their teller replaced: what is said after them is held against what took their place."""
    numeric = _once([f for f in figures if not (f.words or f.none or f.joined)])
    clashing = [
        (a, b)
        for a, b in combinations(numeric, 2)
        if not a.agrees(b)
        and frozenset((a.id, b.id)) not in explained
        and not (a.id in superseded and a.order(b) == -1)
        and not (b.id in superseded and b.order(a) == -1)
    ]
    if not clashing:
        return None
    measure = domain.measures.get(cell.measure)
    floor = bool(measure and measure.floor)
    kinds = {kind_of(a, b, cell, floor): (a, b) for a, b in clashing}
    ranked: tuple[FindingKind, ...] = ("contradiction", "relay_divergence", "divergence")
    kind = next(k for k in ranked if k in kinds)
    if kind == "relay_divergence" and "divergence" in kinds:
        kind = "divergence"
    chosen = list({f.id: f for pair in ([kinds[kind]] if kind == "contradiction" else clashing) for f in pair}.values())
    causes = () if kind == "contradiction" else causes_of(cell, chosen, domain, documents)
    what = name(cell, domain)
    values = join(list(dict.fromkeys(amount(f) for f in chosen)), "or")
    if kind == "contradiction":
        text = f"Two figures for {what} cannot both be true: {told(chosen, documents)}. Speaker, scope, definition and time are the same."
    elif kind == "relay_divergence":
        text = f"One origin's figure for {what} is told differently: {told(chosen, documents)}."
    elif cell.mode == "forecast":
        text = f"Forecasts of {what} differ: {told(chosen, documents)}."
    elif floor:
        text = (
            f"Reports give different counts of {what}: {told(chosen, documents)}. They do not say which is the later one, so the figure is a range."
        )
    else:
        text = f"Reports give different figures for {what}: {told(chosen, documents)}."
    if causes:
        likeliest, reason = causes[0].split(": ", 1)
        text += f" Likeliest a difference of {likeliest}: {reason}."
    return Finding(
        kind=kind,
        explanation=text,
        claims=tuple(f.id for f in chosen),
        spans=evidence(f.claim for f in chosen),
        event=event,
        title=f"{capital(what)}: {values}",
        causes=causes,
        repairs=tuple((f.id,) for f in chosen) if kind == "contradiction" else (),
        measure=cell.measure,
    )


def _once(figures: list[Figure]) -> list[Figure]:
    """Of very many figures, what one report says several times stands for itself once: every two of those kept are compared."""
    if len(figures) <= _MANY:
        return figures
    told = {(f.claim.document, f.low, f.high, f.origin, f.said, f.claim.as_of): f for f in reversed(figures)}
    return list(told.values())[::-1]


def causes_of(cell: Cell, figures: Sequence[Figure], domain: Domain, documents: Mapping[str, Document]) -> tuple[str, ...]:
    """Possible causes, likeliest first, each a word and its reason. What the texts themselves state moves a cause to the front."""
    measure = domain.measures.get(cell.measure)
    strand = measure.strand if measure else "balance"
    names = list(_FORECAST if cell.mode == "forecast" else _ORDER[strand])
    pairs = [(a, b) for a, b in combinations(figures, 2) if not a.agrees(b)]
    reason = {
        "definition": f'the reports may not count the same thing as "{short(cell, domain)}"',
        "time": "the figures may be of different hours, and the texts do not say which",
        "scope": "the figures may be for different places or periods",
        "relay": "one origin may have been retold with other words",
    }

    def lead(cause: str, why: str) -> None:
        names.insert(0, names.pop(names.index(cause)))
        reason[cause] = why

    if any(same_voice(a.origin, b.origin) for a, b in pairs):
        why = f"both rest on {join(fullest(f.origin.name for f in figures if f.origin.name)[:1] or ['one origin'])}"
        if measure is not None and measure.floor:
            reason["relay"] = why
        else:
            lead("relay", why)
    places = dict.fromkeys(f.claim.place.id for f in figures if f.claim.place is not None)
    if len(places) > 1:
        lead("scope", f"the sentences name different places, {join([place_name(p) for p in places])}")
    floor = measure is not None and measure.floor
    moments = [(x, y) for a, b in pairs if order(x := _clock(a, floor), y := _clock(b, floor)) in (-1, 1)]
    if moments and strand != "time":
        lead("time", f"they were given at different times, {join([day(m) for m in sorted(moments[0], key=str)])}")
    if strand == "time":
        worded = list(dict.fromkeys(f'"{" ".join(f.claim.text.split())}" ({outlet(f.claim, documents)})' for f in figures))
        lead("definition", f"the hours may be of different things, an alert or the strikes themselves; worded {join(worded)}")
    return tuple(f"{n}: {reason[n]}" for n in names)


def _clock(figure: Figure, floor: bool) -> str | None:
    """When the figure held or was given, as stated; of a toll, which only grows, the time of the report will do."""
    return figure.claim.as_of or figure.claim.said_at or (figure.said if floor else None)
