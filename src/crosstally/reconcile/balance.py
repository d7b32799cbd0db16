"""One event balanced: readings chosen, cells tallied, findings told. The stages in order; each does its work in its own module."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence

import msgspec

from crosstally.domain.model import Domain
from crosstally.values import Finding, Tally

from . import closed, conflicts, definitions, denials, derive, divergence, hit, larger, lists, records, revisions, roles, tallies, toll
from .cells import Cell, Figure, Gathered, gather
from .counts import Counts
from .given import Balanced, EventInput, Known
from .lexicon import Lexicon, lexicon
from .readings import Fold, fold_places
from .relate import components
from .solve import CAP, solve
from .support import Prover, Solved
from .words import number


def with_known(given: EventInput, balanced: Balanced, known: Sequence[Known], domain: Domain, *, as_of: str | None = None) -> Balanced:
    """Record claims judged again once the figures of other events are known (``known_of``); all else as it was."""
    gathered = gather(given, domain, as_of)
    kept = tuple(f for f in balanced.findings if not f.kind.startswith("record_"))
    judged = records.judge(gathered.labels, balanced.tallies, known, given.event, domain, gathered.documents, lexicon())
    return msgspec.structs.replace(balanced, findings=(*kept, *judged))


class Books(msgspec.Struct, frozen=True):
    """The worked state of one event, for tallies, findings and explanations.

    ``wholes``: figures that are no rival of the others in their cell, as they count a whole or an unnamed part of what those count.
    ``gone``: figures of people told hurt who are told dead later, to the figures of their deaths.
    """

    gathered: Gathered
    figures: tuple[Figure, ...]
    folds: tuple[Fold, ...]
    solved: tuple[Solved, ...]
    choices: Mapping[str, int]
    cells: Mapping[Cell, tuple[Figure, ...]]
    superseded: frozenset[str]
    wholes: frozenset[str]
    explained: frozenset[frozenset[str]]
    revised: tuple[Finding, ...]
    proved: bool
    gone: Mapping[str, str] = {}


def balance(given: EventInput, domain: Domain, *, deadline: float | None = 10.0, as_of: str | None = None) -> Balanced:
    """Reconcile one event.

    ``deadline``: seconds for the solver; past it bounds stay sound but may be wide, conflicts may be missed, and both are said ("not yet
    proved"); so is a search that stopped at the solver's cap. ``as_of``: ISO time; statements made later are left out. Pure: equal input
    gives equal output (while no deadline strikes).
    """
    words = lexicon()
    books = work(given, domain, deadline, as_of, words)
    found = _findings(books, given, domain, words)
    rows = _tallies(books, given, domain, found)
    found += records.judge(books.gathered.labels, rows, given.known, given.event, domain, books.gathered.documents, words)
    return Balanced(
        tallies=tuple(rows),
        findings=tuple(found),
        choices=tuple(sorted(books.choices.items())),
        proved=books.proved,
    )


def work(given: EventInput, domain: Domain, deadline: float | None, as_of: str | None, words: Lexicon) -> Books:
    """Everything up to chosen readings and solved components."""
    until = None if deadline is None else time.monotonic() + deadline
    gathered = gather(given, domain, as_of)
    figures, folds = fold_places(gathered.figures, given.event, domain, gathered.parents)
    figures = lists.summed(figures, domain)
    parts = toll.unnamed_parts(figures)
    hits = hit.everybody([f for f in figures if f.id not in parts], domain, words)
    first = _by_cell([f for f in figures if f.id not in parts], hits)
    revised = revisions.revise(first, domain, gathered.documents, words, given.event.id)
    live = [f for f in figures if f.id not in revised.superseded and f.id not in parts and f.id not in hits]
    when = given.event.window.start if given.event.window else None
    solved = []
    choices: dict[str, int] = {f.id: 0 for f in figures}
    proved = True
    for component in components(live, domain, when):
        solution = solve(component, until)
        proved = proved and solution.proved
        solved.append(Solved(component, solution, Prover(component, solution)))
        for stand, choice in zip(solution.stands, solution.choices, strict=True):
            choices.update((f.id, choice) for f in stand.figures)
    choices.update(hits)
    cells = _by_cell(figures, choices)
    wholes = toll.holders(cells, domain, words)
    aside = revised.superseded | {f.id for f, _, _ in wholes} | parts
    gone = hit.moved([f for f in figures if f.id not in hits], aside, domain)
    taken_back = [f for f in gathered.withdrawn if f.claim not in gathered.denied or not denials.still_told(f, cells)]
    changes = (
        *revised.findings,
        *revisions.withdrawn(taken_back, cells, domain, gathered.documents, given.event.id),
        *(definitions.whole(f, own, rest, domain, given.event.id) for f, own, rest in wholes),
        *hit.transitions(gone, figures, gathered.documents, domain, given.event.id),
    )
    set_aside = frozenset(f.id for f, _, _ in wholes) | parts
    return Books(gathered, figures, folds, tuple(solved), choices, cells, aside, set_aside, revised.pairs, changes, proved, gone)


def _by_cell(figures: Sequence[Figure], choices: Mapping[str, int]) -> dict[Cell, tuple[Figure, ...]]:
    out: dict[Cell, list[Figure]] = defaultdict(list)
    for figure in figures:
        out[figure.options[choices.get(figure.id, 0)]].append(figure)
    return {cell: tuple(rows) for cell, rows in out.items()}


def _findings(books: Books, given: EventInput, domain: Domain, words: Lexicon) -> list[Finding]:
    documents, event = books.gathered.documents, given.event.id
    cells = {cell: tuple(f for f in figures if f.id not in books.wholes) for cell, figures in books.cells.items()}
    out: list[Finding] = []
    covered: set[str] = set()
    for found in books.solved:
        for finding, claims in conflicts.told_conflicts(found.prover, found.solution, domain, documents, event):
            out.append(finding)
            covered |= claims
    for cell, figures in cells.items():
        if all(f.id in covered for f in figures):
            continue
        finding_ = divergence.diverging(cell, figures, domain, documents, books.explained, event, books.superseded)
        if finding_ is not None:
            out.append(finding_)
    out += larger.parts(books.cells, domain, documents, words, event)
    out += books.revised
    for found in books.solved:
        senses = definitions.definitions(found, cells, domain, documents, event)
        out += senses.values()
        out += definitions.readings(found, frozenset(senses), domain, documents, event)
        out += definitions.sums(found, cells, domain, documents, event)
    taken = frozenset(c for f in out if f.kind != "definition_difference" for c in f.claims)
    out += definitions.hedges(cells, taken, domain, documents, event)
    out += definitions.scopes(cells, books.folds, given.event, domain, documents, books.gathered.places)
    out += denials.denied(books.gathered, books.cells, domain, event)
    # People are of reports, not of events: told where the reports that differ both have figures, so that one clash is one finding.
    out += roles.people(given.entities, documents, words, event, frozenset(f.claim.document for f in books.figures))
    return out


def _tallies(books: Books, given: EventInput, domain: Domain, found: Sequence[Finding]) -> list[Tally]:
    event = given.event.id
    told_clashing = {c for f in found if f.kind in ("contradiction", "imbalance") for c in f.claims}
    clashing = frozenset(
        f.id for fs in books.cells.values() for f in fs if f.id in told_clashing or any(c.id in told_clashing for c in f.retold)
    )
    solved_of = {cell: s for s in books.solved for cell in s.solution.bounds}
    by_cell: dict[Cell, Tally] = {}
    cells = {cell: figures for cell, fs in books.cells.items() if (figures := tuple(f for f in fs if f.id not in books.gone))}
    counts = Counts(books.cells, domain)
    for cell, figures in cells.items():
        tally = tallies.reported(cell, figures, books.superseded, domain, event, clashing)
        loose = tallies.of_one_count(cell, tally, figures, counts)
        if loose is not tally:
            tally = loose
        elif any(not f.words and not f.soft for f in figures):
            tally = tallies.with_bounds(tally, cell, solved_of.get(cell), counts)
        by_cell[cell] = tally
    by_cell = toll.hold_parts(by_cell, domain)
    heads = toll.headlines(cells, by_cell, domain, books.gathered.parents, event)
    heads += hit.after_moves(books.gone, books.figures, domain, event)
    over = {Cell(t.measure, t.facets) for t in heads}
    rows = [t for cell, t in by_cell.items() if cell not in over]
    for solved in books.solved:
        rows += derive.derived(solved, books.cells, counts, domain, event)
        rows += derive.rests(solved, books.cells, counts, domain, event)
    whole = {**by_cell, **{Cell(t.measure, t.facets): t for t in heads}}
    left = hit.survivors(whole, cells, domain, event)
    instead = {Cell(t.measure, t.facets) for t in left}
    rows = [t for t in rows + heads if Cell(t.measure, t.facets, t.scope.place, t.scope.period) not in instead] + left
    rows += toll.from_parts({**whole, **{Cell(t.measure, t.facets): t for t in left}}, domain, event)
    kind = domain.events.get(given.event.kind)
    if kind is not None and kind.scene == "closed":
        rows = closed.final(rows, books.figures, books.gathered.documents, domain, lexicon(), event)
    if not books.proved:
        rows = _noted(rows, {c.measure for c in solved_of}, "not yet proved: the deadline cut the search short")
    else:
        cut = {c.measure for s in books.solved if not s.solution.complete for c in s.solution.bounds}
        rows = _noted(rows, cut, f"not yet proved: the search for what clashes stopped at {number(CAP)} sets")
    order_ = {measure: i for i, measure in enumerate(domain.measures)}
    return sorted(rows, key=lambda t: (order_.get(t.measure, 999), t.scope.place or "", t.scope.period, len(t.facets), t.facets.notation()))


def _noted(rows: Sequence[Tally], measures: Container[str], note: str) -> list[Tally]:
    """The tallies, a note with those of some measures."""
    return [
        msgspec.structs.replace(t, relation=f"{t.relation}; {note}" if t.relation else note) if t.measure in measures else t for t in rows
    ]
