"""Two values of one cell that cannot both be the figure: contradiction, relay divergence, or divergence with possible causes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

from crosstally.domain.model import Domain
from crosstally.values import Document, Finding, FindingKind

from .cells import Cell, Figure
from .times import has_clock, order, stated_equal
from .whose import same_voice
from .words import amount, capital, evidence, join, name, short, told

# Which cause is likeliest, by what is counted. Casualties move with the hours; what a duration or an area means hangs on its definition.
_ORDER: Mapping[str, tuple[str, ...]] = {
    "human_cost": ("time", "scope", "definition", "relay"),
    "relief": ("time", "scope", "definition", "relay"),
    "damage": ("time", "scope", "definition", "relay"),
    "places": ("time", "definition", "scope", "relay"),
    "time": ("definition", "scope", "time", "relay"),
    "balance": ("definition", "time", "scope", "relay"),
}
_FORECAST = ("relay", "definition", "time", "scope")


def kind_of(a: Figure, b: Figure, cell: Cell, floor: bool) -> FindingKind:
    """What two disagreeing figures of one cell are. A contradiction needs equal, stated speaker, scope, definition and time."""
    relay = same_voice(a.origin, b.origin)
    if not floor and cell.mode == "happened" and _stated(a, b):
        return "contradiction"
    return "relay_divergence" if relay and a.claim.document != b.claim.document else "divergence"


def _stated(a: Figure, b: Figure) -> bool:
    """Equal named speaker, one reading each, and equal stated time: as-of, or the hour of the statement, or one and the same utterance."""
    if not (a.origin.named and a.origin.key == b.origin.key) or len(a.options) > 1 or len(b.options) > 1 or a.soft or b.soft:
        return False
    one, two = a.claim, b.claim
    if (one.quantity is not None and one.quantity.hedge == "around") or (two.quantity is not None and two.quantity.hedge == "around"):
        return False
    if one.as_of and two.as_of:
        return stated_equal(one.as_of, two.as_of) and (order(one.said_at, two.said_at) in (0, None))
    if not stated_equal(one.said_at, two.said_at):
        return False
    if has_clock(one.said_at):
        return True
    first, second = a.origin.voice, b.origin.voice
    return first is not None and second is not None and first.utterance == second.utterance


def diverging(
    cell: Cell,
    figures: Sequence[Figure],
    domain: Domain,
    documents: Mapping[str, Document],
    explained: frozenset[frozenset[str]],
    event: str,
) -> Finding | None:
    """One finding for all disagreeing figures of a cell, or None. ``explained``: pairs that a revision accounts for."""
    numeric = [f for f in figures if not f.words and not f.none]
    clashing = [(a, b) for a, b in combinations(numeric, 2) if not a.agrees(b) and frozenset((a.id, b.id)) not in explained]
    if not clashing:
        return None
    measure = domain.measures.get(cell.measure)
    floor = bool(measure and measure.floor)
    kinds = {kind_of(a, b, cell, floor): (a, b) for a, b in clashing}
    ranked: tuple[FindingKind, ...] = ("contradiction", "relay_divergence", "divergence")
    kind = next(k for k in ranked if k in kinds)
    if kind == "relay_divergence" and "divergence" in kinds:
        kind = "divergence"
    chosen = list(dict.fromkeys(f for pair in ([kinds[kind]] if kind == "contradiction" else clashing) for f in pair))
    causes = () if kind == "contradiction" else causes_of(cell, chosen, domain)
    what = capital(name(cell, domain))
    values = join(list(dict.fromkeys(amount(f) for f in chosen)), "or")
    if kind == "contradiction":
        text = f"{what}: {told(chosen, documents)}. Speaker, scope, definition and time are the same, so these cannot all be true."
    elif kind == "relay_divergence":
        text = f"{what}: {told(chosen, documents)}. Both rest on one origin and tell it differently."
    elif cell.mode == "forecast":
        text = f"{what}, as forecast: {told(chosen, documents)}. The texts do not say which wording is the origin's own."
    elif floor:
        text = f"{what}: {told(chosen, documents)}. The texts do not say which count is the later one, so the figure is a range."
    else:
        text = f"{what}: {told(chosen, documents)}. The values differ, and the texts do not say why."
    return Finding(
        kind=kind,
        explanation=text,
        claims=tuple(f.id for f in chosen),
        spans=evidence(f.claim for f in chosen),
        event=event,
        title=f"{what}: {values}",
        causes=causes,
        repairs=tuple((f.id,) for f in chosen) if kind == "contradiction" else (),
        measure=cell.measure,
    )


def causes_of(cell: Cell, figures: Sequence[Figure], domain: Domain) -> tuple[str, ...]:
    """Possible causes, likeliest first, each a word and its reason. What the claims themselves state moves a cause to the front."""
    measure = domain.measures.get(cell.measure)
    strand = measure.strand if measure else "balance"
    names = list(_FORECAST if cell.mode == "forecast" else _ORDER[strand])
    pairs = list(combinations(figures, 2))
    reason = {
        "definition": f'the reports may not count the same thing as "{short(cell, domain)}"',
        "time": "the figures may be of different hours",
        "scope": "the figures may be for different places or periods",
        "relay": "one origin may have been retold with other words",
    }
    if strand == "time":
        reason["definition"] = "one report may count from the first alert to its end, another only the strikes themselves"
    if any(same_voice(a.origin, b.origin) for a, b in pairs):
        names.insert(0, names.pop(names.index("relay")))
        reason["relay"] = "the figures rest on one origin, told differently"
    if any(order(a.claim.as_of or a.claim.said_at, b.claim.as_of or b.claim.said_at) in (-1, 1) for a, b in pairs):
        names.insert(0, names.pop(names.index("time")))
        reason["time"] = "the figures were given at different times"
    if strand == "time":
        names.insert(0, names.pop(names.index("definition")))
    return tuple(f"{n}: {reason[n]}" for n in names)
