"""How a tally came about: the claims that settle it, and the relations between them."""

from __future__ import annotations

from crosstally.domain.model import Domain
from crosstally.values import Tally

from .balance import Books, work
from .cells import Cell, Figure
from .given import EventInput
from .lexicon import lexicon
from .support import support
from .words import amount, interval, name, outlet, short, teller


def explain_tally(tally: Tally, given: EventInput, domain: Domain, *, as_of: str | None = None) -> tuple[str, ...]:
    """Lines for a reader: the result, then each claim it rests on, then each relation used. The support is deletion-minimal: without one
    claim or relation of it the bounds would not follow."""
    books = work(given, domain, None, as_of, lexicon())
    cell = _cell(tally, books)
    lines = [f"{name(cell, domain)}: {interval(tally.low, tally.high)} ({tally.state})"]
    by_id = {f.id: f for f in books.figures}
    if tally.relation:
        lines.append(f"arithmetic: {tally.relation}")
    for claim in tally.claims or tally.derived_from:
        figure = by_id.get(claim)
        if figure is not None:
            lines.append(_line(figure, books, domain))
    for found in books.solved:
        bound = found.solution.bounds.get(cell)
        if bound is None:
            continue
        used, rows = support(found.prover, found.solution.kept, cell, bound)
        said = set(tally.claims or tally.derived_from)
        for i in used:
            figure = found.solution.stands[i].figures[0]
            if figure.id not in said:
                lines.append(_line(figure, books, domain))
        for row in rows:
            parts = " + ".join(f"{short(p, domain)}{_member(p)}" for p in row.parts)
            lines.append(f"relation {row.name}: {short(row.whole, domain)}{_member(row.whole)} {'=' if row.eq else '>='} {parts} ({row.explanation})")
    if tally.account:
        lines.append(f"account: {tally.account}")
    return tuple(lines)


def _member(cell: Cell) -> str:
    return f" [{cell.facets.notation()}]" if cell.facets else ""


def _line(figure: Figure, books: Books, domain: Domain) -> str:
    cell = figure.options[books.choices.get(figure.id, 0)]
    documents = books.gathered.documents
    gone = ", since revised by its speaker" if figure.id in books.superseded else ""
    who = f"{teller(figure, documents)}, in {outlet(figure.claim, documents)}"
    return f'claim {figure.id}: {name(cell, domain)} {amount(figure)}, {who}{gone}: "{figure.claim.text}"'


def _cell(tally: Tally, books: Books) -> Cell:
    for cell in (*books.cells, *(c for s in books.solved for c in s.component.cells)):
        if cell.measure == tally.measure and cell.facets == tally.facets and cell.scope == tally.scope:
            return cell
    return Cell(tally.measure, tally.facets, tally.scope.place, tally.scope.period, tally.scope.cumulative)
