"""Tallies that nobody reports: what follows from the figures of one count, and what no report accounts for, each with its sum in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain, Relation
from crosstally.values import Facets, Tally

from .bounds import Interval
from .cells import Cell
from .counts import Counts
from .relate import Component, Row
from .solve import assume
from .support import Solved, stood_on
from .whose import account, count_voices
from .words import interval, name, number, sum_line

IF_ONE = "only if these figures are of one count"


def derived(found: Solved, claimed: Iterable[Cell], counts: Counts, domain: Domain, event: str) -> list[Tally]:
    """Tallies of cells nobody reports and the relations settle, or hold from below: the whole, and the first parts of the whole."""
    component, solution = found.component, found.solution
    known = set(claimed)
    rest = {r.rest for r in domain.relations if r.rest}
    out = []
    for cell in component.cells:
        bound = solution.bounds.get(cell)
        if cell in known or bound is None or cell.measure in rest or not _chief(cell, domain) or solution.conflicts:
            continue
        low, high = bound
        if high is None and low == 0:
            continue
        if low == 0 and high != 0 and not _silent(cell, known):
            continue
        if low != high and low > 0 and (high is None or not _silent(cell, known)):
            continue  # "at least as many launched as were shot down" is no news
        if high == 0 and _silent(cell, known):
            continue  # a whole told equal to one of its parts is no count of the others: silence is no zero
        if low == high or low > 0 or _caps(cell, component, known, domain):
            out.append(_derived_tally(cell, (low, high), found, counts, domain, event, None))
    return out


def _silent(cell: Cell, known: set[Cell]) -> bool:
    """True if no report has any figure of this measure."""
    return not any(c.measure == cell.measure and c.place == cell.place and c.period == cell.period for c in known)


def _caps(cell: Cell, component: Component, known: set[Cell], domain: Domain) -> bool:
    """True if the cell shares a relation that has a rest: "at most so many hit" says something only then."""
    return any(
        cell.measure in (t.measure for t in r.parts) and r.rest and not _wholes(cell.measure, domain) for r in domain.relations if not r.soft
    ) and any(c.measure != cell.measure for c in known)


def _wholes(measure: str, domain: Domain) -> bool:
    return any(r.whole.measure == measure and not r.soft for r in domain.relations)


def _chief(cell: Cell, domain: Domain) -> bool:
    """The whole, or a first part of it: cells worth a line though nobody reports them."""
    measure = domain.measures.get(cell.measure)
    tree = domain.facets.get(measure.dimension) if measure else None
    if not cell.facets:
        return True
    if tree is None or tree.root is None or set(cell.facets) != {tree.name}:
        return False
    return cell.facets[tree.name] in tree.partitions.get(tree.root, ())


def _derived_tally(
    cell: Cell,
    bound: Interval,
    found: Solved,
    counts: Counts,
    domain: Domain,
    event: str,
    fixed: Mapping[Cell, Interval] | None,
    shown: Interval | None = None,
) -> Tally:
    """A derived tally; open, with its arithmetic as a condition, where the figures it rests on are not known to be of one count.

    ``fixed``: what a rest takes for granted.
    """
    told = stood_on(found, cell, bound, fixed)
    taken = counts.one(told)
    if taken is None and fixed is not None and bound == (0, 0):
        taken = counts.closing(told)
    figures = [those[0] for _, those in told] if taken is None else taken
    low, high = shown or bound
    lines = expression(cell, found, domain)
    tally = Tally(
        event=event,
        measure=cell.measure,
        facets=cell.facets,
        scope=cell.scope,
        low=low if low > 0 or high == low else None,
        high=high,
        state="derived",
        derived_from=tuple(f.id for f in figures),
        voices=count_voices((f.claim, f.origin) for f in figures),
        relation=lines or f"between what is reported: {interval(low, high)}",
        account=account((f.origin for f in figures), domain.parties),
    )
    if taken is not None:
        return tally
    return msgspec.structs.replace(tally, low=None, high=None, state="unresolved", relation=f"{tally.relation}; {IF_ONE}")


def rests(found: Solved, claimed: Iterable[Cell], counts: Counts, domain: Domain, event: str) -> list[Tally]:
    """What no report accounts for, per member: the whole less all that is told. What nobody tells stays in the rest: silence is no zero."""
    component, solution = found.component, found.solution
    known = set(claimed)
    if solution.conflicts:
        return []
    out: list[Tally] = []
    for relation in domain.relations:
        if not relation.rest or relation.soft:
            continue
        rows = [r for r in component.rows if r.name == relation.name]
        silent: dict[Cell, Interval] = dict.fromkeys(_untold(rows, relation, found, known, domain), (0, 0))
        targets = [p for r in rows for p in r.parts if p.measure == relation.rest]
        within = assume(found.prover.sums, solution, silent, targets)
        if not within:  # the figures leave no room for nothing there
            silent = {}
            within = assume(found.prover.sums, solution, silent, targets)
        for row in rows:
            cell = next(p for p in row.parts if p.measure == relation.rest)
            whole = solution.bounds.get(row.whole)
            bound = within.get(cell)
            if cell in known or whole is None or whole[0] != whole[1] or bound is None or not _chief(cell, domain):
                continue
            if not _told(row, found, known, domain):
                continue
            out.append(_rest_tally(cell, row.whole, bound, found, silent, counts, domain, event))
    return out


def _told(row: Row, found: Solved, known: set[Cell], domain: Domain) -> bool:
    """True if some part of the row, or a part of a part, is known to be more than nothing."""
    bounds = found.solution.bounds
    return any(bounds.get(p, (0, None))[0] > 0 or p in known for p in row.parts)


def _untold(rows: Sequence[Row], relation: Relation, found: Solved, known: set[Cell], domain: Domain) -> list[Cell]:
    """Leaf parts that nobody tells, at the finest chief member: not reported, not settled, in no reported union or whole."""
    bounds = found.solution.bounds
    unions: dict[str, list[str]] = {}
    for r in domain.relations:
        if r.sense == "eq" and not r.soft and not r.rest:
            for term in r.parts:
                unions.setdefault(term.measure, []).append(r.whole.measure)
    chief = [r for r in rows if _chief(r.whole, domain)]
    members = [r for r in chief if r.whole.facets] or chief
    out = []
    for row in members:
        facets = row.whole.facets
        leaves = {p.measure for p in row.parts if p.measure != relation.rest}
        for union in sorted(leaves):
            parts = sorted(m for m, wholes in unions.items() if union in wholes)
            for measure in parts or [union]:
                cell = row.whole.at(measure, facets)
                low, high = bounds.get(cell, (0, None))
                holders = [measure, *unions.get(measure, ())]
                if low == high or any(_touches(k, h, facets, row.whole) for k in known for h in holders):
                    continue
                out.append(cell)
    return out


def _touches(cell: Cell, measure: str, facets: Facets, like: Cell) -> bool:
    """A reported cell of the measure that is this member, its whole, or a part of it."""
    if cell.measure != measure or cell.place != like.place or cell.period != like.period:
        return False
    return all(cell.facets.get(f) in (m, None) for f, m in facets.items())


def _rest_tally(
    cell: Cell, whole: Cell, bound: Interval, found: Solved, silent: Mapping[Cell, Interval], counts: Counts, domain: Domain, event: str
) -> Tally:
    tally = _derived_tally(cell, bound, found, counts, domain, event, silent)
    low, high = bound
    missing = [c for c in silent if c.facets == cell.facets or not cell.facets]
    text = rest_expression(whole, cell, bound, found, domain)
    if tally.state == "unresolved":
        return msgspec.structs.replace(tally, relation=f"{text}; {IF_ONE}")
    closed = low == high == 0
    if closed:
        head = "self-consistent, "
    else:
        head = ""
        if missing:
            text += f"; a figure for {name(missing[0], domain)} would settle it"
        elif high is not None and high != low:
            text += "; firmer figures would settle it"
    return msgspec.structs.replace(tally, low=low, account=head + tally.account, relation=text)


def rest_expression(whole: Cell, rest: Cell, bound: Interval, found: Solved, domain: Domain) -> str:
    """ "539 - 268 - 208 - 63 = 0": the whole less every part told, unions spelled out where their parts are known."""
    bounds, total = found.solution.bounds, found.solution.bounds[whole][0]
    terms = [(1, total)]
    row = next(r for r in found.component.rows if r.whole == whole and rest in r.parts)
    for part in row.parts:
        if part == rest:
            continue
        inner = next((r for r in found.component.rows if r.whole == part and r.eq and r.name != "parts"), None)
        cells = inner.parts if inner is not None and all(bounds[p][0] > 0 or bounds[p][1] == 0 for p in inner.parts) else (part,)
        terms += [(-1, bounds[c][0]) for c in cells]
    left = total - sum(v for s, v in terms if s < 0)
    return sum_line(terms, left) if bound[0] == bound[1] == left else f"{sum_line(terms, left)}, at most; {interval(*bound)}"


def expression(cell: Cell, found: Solved, domain: Domain) -> str:
    """One line of arithmetic that gives a settled cell, from what is reported or was settled before it; empty where there is none."""
    terms = arithmetic(found).get(cell)
    bound = found.solution.bounds.get(cell)
    if bound is None or bound[0] != bound[1]:
        return ""
    if terms is None:
        return f"{name(cell, domain)}: only {number(bound[0])} fits the figures beside it"
    return f"{name(cell, domain)}: {sum_line(terms, bound[0])}"


def arithmetic(found: Solved) -> dict[Cell, list[tuple[int, int]] | None]:
    """Signed numbers for every settled cell that nobody reports, in an order in which each rests only on reported or earlier ones.

    None where no single row gives the number ("only 2 fits": floors and ceilings meet). Sums over a tree go before other relations.
    """
    bounds = found.solution.bounds
    claimed = {s.options[found.solution.choices[i]] for i, s in enumerate(found.solution.stands)}
    settled = {c: low for c, (low, high) in bounds.items() if low == high}
    known = {c for c in claimed if c in settled}
    out: dict[Cell, list[tuple[int, int]] | None] = {}
    rows = sorted((r for r in found.component.rows if r.eq), key=lambda r: (r.name != "parts", bool(r.whole.facets)))
    while len(known) < len(settled):
        step = next(((r, c) for r in rows for c in (r.whole, *r.parts) if c in settled and c not in known and _rest_known(r, c, known)), None)
        if step is not None:
            row, cell = step
            if cell == row.whole:
                out[cell] = [(1, settled[p]) for p in row.parts]
            else:
                out[cell] = [(1, settled[row.whole]), *((-1, settled[p]) for p in row.parts if p != cell)]
        else:
            # Floors and ceilings meet: first where a reported part already makes up the number.
            left = [c for c in settled if c not in known]
            cell = max(left, key=lambda c: (_made_of(c, found, claimed, settled), -len(c.facets), c.measure, c.facets.notation()))
            out[cell] = None
        known.add(cell)
    return out


def _rest_known(row: Row, cell: Cell, known: set[Cell]) -> bool:
    return all(c in known for c in (row.whole, *row.parts) if c != cell)


def _made_of(cell: Cell, found: Solved, claimed: set[Cell], settled: Mapping[Cell, int]) -> bool:
    parts = [p for r in found.component.rows if r.whole == cell for p in r.parts if p in claimed and p in settled]
    return bool(parts) and settled[cell] > 0 and max(settled[p] for p in parts) == settled[cell]
