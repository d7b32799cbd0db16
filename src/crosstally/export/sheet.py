"""The balance sheet of an event: a whole, the parts it went into, by member and in total, and whether the account closes.

Which measures make a sheet is the pack's to say: a relation that is an equation, holds for every member, and whose whole is a part of no
other. A part that is itself a whole is opened into its own parts where a report tells of them, and stays closed where none does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from crosstally.domain.model import Domain, Relation
from crosstally.values import Facets, Tally

from .shelf import Shelf


@dataclass(frozen=True, slots=True)
class Bracket:
    """A measure that is the sum of neighbouring columns ("neutralised" over "shot down" and "suppressed")."""

    measure: str
    columns: tuple[str, ...]
    tallies: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """``columns``: the whole first, then its parts; the last part is what is left over. ``members``: the rows beside the total. Cells have
    measure and member for key, None for the total. ``closes`` only when every total is exact and nothing is left over."""

    facet: str
    columns: tuple[str, ...]
    members: tuple[str, ...]
    cells: Mapping[tuple[str, str | None], Tally]
    brackets: tuple[Bracket, ...]
    account: str
    closes: bool
    gap: int | None

    @property
    def whole(self) -> str:
        return self.columns[0]

    @property
    def parts(self) -> tuple[str, ...]:
        return self.columns[1:]

    @property
    def residual(self) -> str:
        return self.columns[-1]

    def exact(self, measure: str, member: str | None) -> int | None:
        """The cell's number where it is one number."""
        cell = self.cells.get((measure, member))
        return cell.low if cell is not None and cell.low == cell.high else None

    def equation(self) -> str:
        """``550 = 270 + 208 + 72 + 0``; empty where a total is not one number."""
        values = [self.exact(c, None) for c in self.columns]
        if any(v is None for v in values):
            return ""
        return f"{values[0]:,} = " + " + ".join(f"{v:,}" for v in values[1:])


def sheets(shelf: Shelf, domain: Domain, event: str) -> tuple[Sheet, ...]:
    """The sheets that an event's tallies fill: at least the whole, or two of its parts, must be told."""
    equations = [r for r in domain.relations if r.sense == "eq" and r.per_member and not r.soft]
    parts = {p.measure for r in equations for p in r.parts}
    made = [_sheet(shelf, domain, event, r, equations) for r in equations if r.whole.measure not in parts]
    found = [s for s in made if s is not None]
    return tuple(s for s in found if not any(o is not s and set(s.parts) < set(o.columns) for o in found))


def _sheet(shelf: Shelf, domain: Domain, event: str, relation: Relation, equations: list[Relation]) -> Sheet | None:
    facet = domain.measures[relation.whole.measure].dimension if relation.whole.measure in domain.measures else ""
    tree = domain.facets.get(facet)
    root = tree.root if tree else None
    cells: dict[tuple[str, str | None], Tally] = {}
    for tally in shelf.event_tallies(event):
        member = _member(tally, facet, root)
        if member is not _OTHER and tally.scope.place is None and tally.scope.period == "event":
            cells.setdefault((tally.measure, member), tally)
    told = {measure for measure, _ in cells}
    columns = (relation.whole.measure, *_opened(relation, equations, told))
    present = told & set(columns)
    if relation.whole.measure not in present and len(present) < 2:
        return None
    partition = tree.partitions.get(root or "", ()) if tree else ()
    members = tuple(m for m in partition if any((c, m) in cells for c in columns))
    inner = [r for r in equations if r is not relation and r.whole.measure not in columns and {p.measure for p in r.parts} <= set(columns)]
    brackets = tuple(
        Bracket(r.whole.measure, tuple(p.measure for p in r.parts), tallies)
        for r in inner
        if (tallies := tuple(cells[m, n] for m, n in cells if m == r.whole.measure))
    )
    sheet = Sheet(facet, columns, members, cells, brackets, _account(cells, columns), False, None)
    left = sheet.exact(columns[-1], None)
    closes = left == 0 and bool(sheet.equation())
    return Sheet(facet, columns, members, cells, brackets, sheet.account, closes, left)


_OTHER = "\0other"


def _member(tally: Tally, facet: str, root: str | None) -> str | None:
    """The member a tally is of: None for the whole; ``_OTHER`` for a split along another facet."""
    if not tally.facets:
        return None
    if set(tally.facets) != {facet}:
        return _OTHER
    value = tally.facets[facet]
    return None if value == root else value


def _opened(relation: Relation, equations: list[Relation], told: set[str]) -> tuple[str, ...]:
    columns: list[str] = []
    for part in relation.parts:
        inner = next((r for r in equations if r.whole.measure == part.measure and any(p.measure in told for p in r.parts)), None)
        columns.extend(_opened(inner, equations, told) if inner else (part.measure,))
    return tuple(columns)


def _account(cells: Mapping[tuple[str, str | None], Tally], columns: tuple[str, ...]) -> str:
    """Whose account it is, by the cell that closes it first."""
    for column in (columns[-1], *columns):
        cell = cells.get((column, None))
        if cell is not None and cell.account:
            return cell.account
    return ""


def whole_of(tally: Tally, domain: Domain | None) -> Facets:
    """The tally's facets with root members left out, so that "all weapons" and no facet are one."""
    if domain is None:
        return tally.facets
    roots = {name for name, value in tally.facets.items() if name in domain.facets and domain.facets[name].root == value}
    return tally.facets.having(**dict.fromkeys(roots))
