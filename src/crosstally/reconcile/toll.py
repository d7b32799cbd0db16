"""Headline tolls: a count of people with no facet and the event's own scope, wherever claims of its parts allow one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Facets, Tally

from .cells import Cell, Figure
from .lexicon import Lexicon, plain, says
from .times import moment
from .whose import count_voices
from .words import capital, name, number

_SIDE, _ATTACKER = "side", "attacker"

def headlines(
    cells: Mapping[Cell, Sequence[Figure]],
    tallies: Mapping[Cell, Tally],
    domain: Domain,
    parents: Mapping[str, tuple[str, ...]],
    event: str,
) -> list[Tally]:
    """Derived tallies for measures of people that are told only in part: by age, by role, by place.

    Parts are added only where a pack declares them a partition, or where places do not hold one another; else the largest is the floor.
    """
    out = []
    groups: dict[Cell, list[Cell]] = defaultdict(list)
    for cell in cells:
        measure = domain.measures.get(cell.measure)
        if measure is not None and measure.floor and measure.unit == "people" and cell.mode == "happened" and cell.period == "event":
            groups[Cell(cell.measure, Facets())].append(cell)
    for whole, parts in groups.items():
        if any(not f.words for f in cells.get(whole, ())):
            continue  # mere words ("all deaths") are no count of the whole
        parts = [c for c in parts if c != whole]
        found = _at_place(None, parts, tallies, domain, cells) or _over_places(parts, tallies, domain, parents, cells)
        if found is None or found[0] == 0:  # "nobody was hurt in Tula" says nothing of the whole
            continue
        low, used = found
        newest = sum(v for c in used if (v := _newest(tallies[c])) is not None)
        figures = [f for c in used for f in cells[c]]
        out.append(
            Tally(
                event=event,
                measure=whole.measure,
                facets=whole.facets,
                scope=whole.scope,
                low=low,
                high=None,
                latest=max(low, newest),
                state="derived",
                derived_from=tuple(dict.fromkeys(f.id for f in figures)),
                voices=count_voices((f.claim, f.origin) for f in figures),
                relation=_how(used, tallies, low, domain),
            )
        )
    return out


def _newest(tally: Tally) -> int | None:
    return tally.latest if tally.latest is not None else tally.low


def _how(used: Sequence[Cell], tallies: Mapping[Cell, Tally], low: int, domain: Domain) -> str:
    """ "People killed in Kyiv 2 + people killed in Odesa 3 = 5 or more; who else is not told"."""
    parts = " + ".join(f"{name(c, domain)} {number(tallies[c].low)}" for c in used)
    total = f" = {number(low)}" if len(used) > 1 else ""
    return f"{capital(parts)}{total}, or more: only {'parts are' if len(used) > 1 else 'a part is'} told"


def _at_place(
    place: str | None, parts: Sequence[Cell], tallies: Mapping[Cell, Tally], domain: Domain, cells: Mapping[Cell, Sequence[Figure]]
) -> tuple[int, list[Cell]] | None:
    """The largest floor that parts at one place give: one facet's partition summed, or one part alone; and, beside the dead of a report, who
    attacked them: no attacker is one of his victims."""
    here = [c for c in parts if c.place == place and tallies[c].low is not None]
    victims = _largest([c for c in here if not attacks(c)], tallies, domain, cells)
    attackers = max((c for c in here if attacks(c)), key=lambda c: tallies[c].low or 0, default=None)
    if attackers is None:
        return victims
    alone = (tallies[attackers].low or 0, [attackers])
    measure = domain.measures.get(attackers.measure)
    if victims is None or measure is None or measure.overtaken_by or not _of_one_report([*victims[1], attackers], cells):
        return alone if victims is None else _larger(victims, alone)
    return victims[0] + alone[0], [*victims[1], attackers]


def attacks(cell: Cell) -> bool:
    """Whether a cell counts attackers."""
    return cell.facets.get(_SIDE) == _ATTACKER


def _largest(
    here: Sequence[Cell], tallies: Mapping[Cell, Tally], domain: Domain, cells: Mapping[Cell, Sequence[Figure]]
) -> tuple[int, list[Cell]] | None:
    """The largest cell alone, or the largest sum over a partition of one facet. Cells with further facets ("a girl and a man") are summed where
    one report tells them: what two reports tell of one person is not known to be of two."""
    best: tuple[int, list[Cell]] | None = None
    plainly: dict[str, list[Cell]] = defaultdict(list)
    closely: dict[str, dict[str, Cell]] = defaultdict(dict)
    for cell in here:
        best = _larger(best, (tallies[cell].low or 0, [cell]))
        for facet, member in cell.facets.items():
            if len(cell.facets) == 1:
                plainly[facet].append(cell)
            held = closely[facet].get(member)
            if held is None or (tallies[cell].low or 0) > (tallies[held].low or 0):
                closely[facet][member] = cell
    for facet in closely:
        tree = domain.facets.get(facet)
        disjoint = set(tree.partitions.get(tree.root or "", ())) if tree else set()
        for told in (plainly[facet], list(closely[facet].values())):
            summed = [c for c in told if c.facets[facet] in disjoint]
            if len(summed) > 1 and (told is plainly[facet] or _of_one_report(summed, cells)):
                best = _larger(best, (sum(tallies[c].low or 0 for c in summed), summed))
    return best


def _of_one_report(parts: Sequence[Cell], cells: Mapping[Cell, Sequence[Figure]]) -> bool:
    """Whether one report tells all of these."""
    return bool(set.intersection(*({d for f in cells.get(c, ()) for d in f.printed} for c in parts)))


def _larger(a: tuple[int, list[Cell]] | None, b: tuple[int, list[Cell]]) -> tuple[int, list[Cell]]:
    return b if a is None or b[0] > a[0] else a


def _over_places(
    parts: Sequence[Cell],
    tallies: Mapping[Cell, Tally],
    domain: Domain,
    parents: Mapping[str, tuple[str, ...]],
    cells: Mapping[Cell, Sequence[Figure]],
) -> tuple[int, list[Cell]] | None:
    """Places that do not hold one another, summed where their counts are of one day; else the largest of them."""
    places = sorted({c.place for c in parts if c.place})
    outer = [p for p in places if not any(q in parents.get(p, ()) for q in places)]
    found = [x for p in outer if (x := _at_place(p, parts, tallies, domain, cells)) is not None]
    if not found:
        return None
    days = [{at[0].date() for f in cells[c] if (at := moment(f.claim.as_of or f.said)) is not None} for _, used in found for c in used]
    together = not days or not all(days) or bool(set.intersection(*days))
    if len(found) > 1 and not (together and all(parents.get(p) for p in outer)):
        return max(found, key=lambda x: x[0])  # places whose nesting is not known are not added
    return sum(low for low, _ in found), [c for _, cells in found for c in cells]


def unnamed_parts(figures: Sequence[Figure]) -> frozenset[str]:
    """Ids of figures that are told as a part of another, by nothing that a facet or a place names: they are no rival of the whole.

    "Twenty were hurt, four of them when a wall fell": four says nothing of how many were hurt. Nor does "Rowe was killed", beside a report that
    counts the dead and finds more than one.
    """
    cells = {f.id: f.options[0] for f in figures}
    several = {f.options[0] for f in figures if f.exact and (f.low or 0) > 1 and not f.one_told}
    return frozenset(
        f.id
        for f in figures
        if (f.claim.part_of is not None and cells.get(f.claim.part_of) == f.options[0]) or (f.one_told and f.options[0] in several)
    )


def hold_parts(tallies: Mapping[Cell, Tally], domain: Domain) -> dict[Cell, Tally]:
    """Tolls of people raised to the largest part of them that is told: "two others injured" beside "four men were hurt" is two to four."""
    out = dict(tallies)
    for cell, tally in tallies.items():
        measure = domain.measures.get(cell.measure)
        if cell.facets or tally.high is None or measure is None or not measure.floor or measure.unit != "people" or cell.mode != "happened":
            continue
        parts = [p for c, p in tallies.items() if c.facets and c.at(facets=cell.facets) == cell and p.low is not None]
        most = max(parts, key=lambda p: p.low or 0, default=None)
        if most is not None and (most.low or 0) > tally.high:
            out[cell] = msgspec.structs.replace(
                tally,
                high=most.low,
                latest=most.low,
                best=None,
                state="range",
                derived_from=most.claims,
                relation=f"a part told apart is larger: {name(Cell(most.measure, most.facets), domain)} {number(most.low)}",
            )
    return out


def holders(cells: Mapping[Cell, Sequence[Figure]], domain: Domain, lexicon: Lexicon) -> list[tuple[Figure, Figure, Figure]]:
    """Figures of one report that count a whole though read as its part: (figure, the part's own figure, the other part's).

    "Nine people were shot", "seven wounded", "two dead": nine is the sum, by a soft relation of the packs and by its own words.
    """
    out = []
    for relation in domain.relations:
        if not relation.soft or relation.sense != "eq" or len(relation.parts) != 2:
            continue
        for part, other in (relation.parts, relation.parts[::-1]):
            for cell, figures in cells.items():
                if cell.measure != part.measure or cell.facets != part.facets or cell.mode != "happened":
                    continue
                beside = cells.get(cell.at(other.measure, other.facets), ())
                for figure in figures:
                    words = plain(figure.claim.text)
                    if not figure.exact or not says(words, lexicon.both) or says(words, lexicon.only):
                        continue
                    found = next(
                        (
                            (figure, own, rest)
                            for own in figures
                            for rest in beside
                            if own.exact
                            and rest.exact
                            and (rest.low or 0) > 0
                            and own.claim.document == rest.claim.document == figure.claim.document
                            and (figure.low or 0) == (own.low or 0) + (rest.low or 0)
                        ),
                        None,
                    )
                    if found is not None:
                        out.append(found)
    return out


def from_parts(tallies: Mapping[Cell, Tally], domain: Domain, event: str) -> list[Tally]:
    """A count of people nobody gives, held from below by a soft part: who is in hospital is mostly wounded."""
    out = []
    for relation in domain.relations:
        if not relation.soft or relation.sense != "ge" or len(relation.parts) != 1:
            continue
        whole, part = Cell(relation.whole.measure, relation.whole.facets), Cell(relation.parts[0].measure, relation.parts[0].facets)
        measure, told = domain.measures.get(whole.measure), tallies.get(part)
        if measure is None or measure.unit != "people" or any(c.measure == whole.measure and c.mode == "happened" for c in tallies):
            continue
        if told is None or told.low is None or told.low == 0:
            continue
        out.append(
            Tally(
                event=event,
                measure=whole.measure,
                facets=whole.facets,
                low=told.low,
                latest=told.latest,
                state="derived",
                derived_from=told.claims or told.derived_from,
                voices=told.voices,
                relation=f"at least as many as {name(part, domain)}: {number(told.low)} ({relation.explanation})",
            )
        )
    return out
