"""From declared relations and facet trees to linear rows over the cells of an event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain, FacetTree, Relation
from crosstally.values import Facets

from .cells import Cell, Figure, holds


class Row(msgspec.Struct, frozen=True):
    """``whole`` = (``eq``) or >= the sum of ``parts``. ``name`` of the relation; ``explanation`` for a reader.

    ``rest``: a part takes what nobody accounts for, so the row adds up an account and defines no word.
    """

    whole: Cell
    parts: tuple[Cell, ...]
    eq: bool
    name: str
    explanation: str = ""
    rest: bool = False


class Component(msgspec.Struct, frozen=True):
    """Cells joined by rows, and the figures that may enter them: solved apart from all others."""

    cells: tuple[Cell, ...]
    rows: tuple[Row, ...]
    figures: tuple[Figure, ...]


def components(figures: Iterable[Figure], domain: Domain, when: str | None) -> tuple[Component, ...]:
    """Independent parts of the event's books. Cells that no row joins to another figure are in none of them (intervals are enough).

    ``when``: ISO date of the event, for relations that hold for a period.
    """
    numeric = [f for f in figures if not f.words and not f.soft]
    rows = _rows(numeric, domain, when)
    if not rows:
        return ()
    cells: dict[Cell, int] = {}
    for row in rows:
        for cell in (row.whole, *row.parts):
            cells.setdefault(cell, len(cells))
    for figure in numeric:
        for cell in figure.options:
            cells.setdefault(cell, len(cells))
    up = list(range(len(cells)))

    def root(i: int) -> int:
        while up[i] != i:
            up[i] = up[up[i]]
            i = up[i]
        return i

    for row in rows:
        for cell in row.parts:
            up[root(cells[cell])] = root(cells[row.whole])
    for figure in numeric:
        for cell in figure.options[1:]:
            up[root(cells[cell])] = root(cells[figure.options[0]])
    groups: dict[int, list[Cell]] = defaultdict(list)
    for cell, i in cells.items():
        groups[root(i)].append(cell)
    out = []
    for key, members in groups.items():
        mine_rows = tuple(r for r in rows if root(cells[r.whole]) == key)
        mine = tuple(f for f in numeric if root(cells[f.options[0]]) == key)
        if mine_rows and (len(mine) > 1 or any(len(f.options) > 1 for f in mine)):
            out.append(Component(tuple(members), mine_rows, mine))
    return tuple(out)


def _rows(figures: list[Figure], domain: Domain, when: str | None) -> tuple[Row, ...]:
    groups: dict[tuple[object, ...], set[Cell]] = defaultdict(set)
    plainly: dict[tuple[object, ...], set[str]] = defaultdict(set)
    for figure in figures:
        for cell in figure.options:
            if cell.mode == "happened" and cell.period != "per_day":
                scope: tuple[object, ...] = (cell.place, cell.period, cell.cumulative, cell.mode)
                groups[scope].add(cell)
                if len(figure.options) == 1:
                    plainly[scope].add(cell.measure)
    out: list[Row] = []
    for scope, cells in groups.items():
        # In one order in every process: the order of rows decides which of several equal derivations is told.
        out += _group_rows(sorted(cells, key=lambda c: (c.measure, c.facets.notation())), plainly[scope], domain, when)
    return tuple(dict.fromkeys(out))


def _group_rows(cells: Sequence[Cell], plainly: set[str], domain: Domain, when: str | None) -> list[Row]:
    """Rows of one scope: relations for every member in play, the tree of each measure, and figures narrowed by further facets.

    ``plainly``: measures that a figure with one reading tells.
    """
    claimed = {cell.measure for cell in cells}
    hard = [r for r in domain.relations if not r.soft]
    touched = _closure(claimed, hard)
    if not touched:
        return []
    any_cell = cells[0]
    members = members_in_play(cells, domain, touched)
    out: list[Row] = []
    for relation in hard:
        if relation.whole.measure in touched and (holds(relation, when) or _parts_told(relation, plainly)):
            for facets in _member_facets(relation, domain, members):
                out.append(
                    Row(
                        whole=any_cell.at(relation.whole.measure, _merge(relation.whole.facets, facets)),
                        parts=tuple(any_cell.at(t.measure, _merge(t.facets, facets)) for t in relation.parts),
                        eq=relation.sense == "eq",
                        name=relation.name,
                        explanation=relation.explanation,
                        rest=bool(relation.rest),
                    )
                )
    for measure in sorted(touched):
        tree = domain.facets.get(domain.measures[measure].dimension) if measure in domain.measures else None
        if tree is not None:
            out += _tree_rows(any_cell, measure, tree, members.get(tree.name, ()))
    for cell in cells:
        dimension = domain.measures[cell.measure].dimension if cell.measure in domain.measures else ""
        base = Facets({f: m for f, m in cell.facets.items() if f == dimension})
        if cell.measure in touched and base != cell.facets:
            out.append(Row(cell.at(facets=base), (cell,), False, "part", "a part is never more than its whole"))
    return out


def _closure(claimed: set[str], relations: list[Relation]) -> set[str]:
    """Measures that relations join to a claimed one."""
    touched: set[str] = set()
    frontier = set(claimed)
    while frontier:
        grown = set()
        for relation in relations:
            names = {relation.whole.measure, *(t.measure for t in relation.parts)}
            if names & frontier:
                grown |= names
        frontier = grown - touched
        touched |= grown
    return touched


def _parts_told(relation: Relation, claimed: set[str]) -> bool:
    """A relation outside its period still adds up where every part is told as a figure of its own."""
    return bool(relation.valid_from or relation.valid_until) and all(t.measure in claimed for t in relation.parts)


def members_in_play(cells: Iterable[Cell], domain: Domain, touched: set[str]) -> Mapping[str, tuple[str, ...]]:
    """Facet to members used by figures of related measures, with their ancestors, and the partition of the root once any is used."""
    out: dict[str, dict[str, None]] = defaultdict(dict)
    for cell in cells:
        dimension = domain.measures[cell.measure].dimension if cell.measure in domain.measures else ""
        tree, member = domain.facets.get(dimension), cell.facets.get(dimension)
        if cell.measure not in touched or tree is None or member is None:
            continue
        chain = [m for m in tree.ancestors(member) if m and m != tree.root]
        out[dimension].update(dict.fromkeys(chain))
        if tree.root and tree.root in tree.ancestors(member):
            out[dimension].update(dict.fromkeys(tree.partitions.get(tree.root, ())))
    return {facet: tuple(members) for facet, members in out.items()}


def _member_facets(relation: Relation, domain: Domain, members: Mapping[str, tuple[str, ...]]) -> list[Facets]:
    whole = domain.measures.get(relation.whole.measure)
    if not relation.per_member or whole is None:
        return [Facets()]
    return [Facets(), *(Facets({whole.dimension: m}) for m in members.get(whole.dimension, ()))]


def _merge(fixed: Facets, member: Facets) -> Facets:
    return Facets({**fixed, **member}) if fixed else member


def _tree_rows(like: Cell, measure: str, tree: FacetTree, members: tuple[str, ...]) -> list[Row]:
    out = []
    chosen = set(members)
    wholes: dict[str, list[str]] = defaultdict(list)
    for member in members:
        parent = tree.parent.get(member) or None
        if parent is not None:
            wholes[parent].append(member)
    for parent, children in wholes.items():
        whole = like.at(measure, Facets() if parent == tree.root else Facets({tree.name: parent}))
        parts = tree.partitions.get(parent, ())
        disjoint = [p for p in parts if p in children]
        if disjoint:
            eq = set(parts) <= chosen
            out.append(
                Row(
                    whole,
                    tuple(like.at(measure, Facets({tree.name: c})) for c in disjoint),
                    eq,
                    "parts",
                    "the parts are all there are" if eq else "a whole is at least the sum of its parts",
                )
            )
        for child in children:
            if child not in parts:
                out.append(Row(whole, (like.at(measure, Facets({tree.name: child})),), False, "part", "a part is never more than its whole"))
    return out
