"""Which reports tell one count. A night is counted more than once, and a figure of one count less a figure of another is a figure of nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from crosstally.domain.model import Domain

from .cells import Cell, Figure
from .times import has_clock, order

TELLING = 10  # a number that two counts of different hours would hardly share by chance, at least

Book = tuple[str, str | None, str, bool]  # strand, place, period, cumulative: what one count can hold
Told = tuple[Book, str]  # a report, as far as it tells of one book


class Counts:
    """Reports of an event by count, worked out apart for every strand and scope.

    Two reports tell one count where they share an exact figure of ``TELLING`` or more in one cell, where one speaker's figures have one stated
    hour, or where one carries the other's words; so do all that are joined through others. Whether two further reports do cannot be told.
    """

    def __init__(self, cells: Mapping[Cell, Sequence[Figure]], domain: Domain) -> None:
        self._domain = domain
        self._up: dict[Told, Told] = {}
        self._odds: set[frozenset[str]] = set()
        rows = {cell: [f for f in figures if not f.words and not f.soft] for cell, figures in cells.items() if cell.mode == "happened"}
        clocks: dict[tuple[Book, str, str], list[Told]] = {}
        for cell, figures in rows.items():
            book = self._book(cell)
            shared: dict[int, Told] = {}
            for figure in figures:
                first, *copies = ((book, d) for d in figure.printed)
                for copy in copies:
                    self._join(first, copy)
                if figure.exact and (figure.low or 0) >= TELLING:
                    self._join(first, shared.setdefault(figure.low or 0, first))
                if figure.origin.named and has_clock(figure.claim.said_at):
                    clocks.setdefault((book, figure.origin.key, figure.claim.said_at or ""), []).append(first)
        for first, *others in clocks.values():
            for other in others:
                self._join(first, other)
        self.exceeded = frozenset(root for cell, figures in rows.items() if self.balance(cell) for root in self._lower(cell, figures))

    def balance(self, cell: Cell) -> bool:
        measure = self._domain.measures.get(cell.measure)
        return measure is not None and measure.strand == "balance"

    def of(self, cell: Cell, figures: Iterable[Figure]) -> frozenset[Told]:
        """The counts that the figures of a cell are of, each by one of its reports."""
        book = self._book(cell)
        return frozenset(self._root((book, d)) for f in figures for d in f.printed)

    def one(self, told: Sequence[tuple[Cell, Sequence[Figure]]]) -> tuple[Figure, ...] | None:
        """One figure a cell, all of one count, and of none that another count exceeds: that would be the later. None where there is none."""
        each = [self.of(cell, figures) for cell, figures in told]
        common = frozenset.intersection(*each) - self.exceeded if each else frozenset()
        return next((t for root in self._in_order(told) if root in common and (t := self._taken(root, told))), None if each else ())

    def closing(self, told: Sequence[tuple[Cell, Sequence[Figure]]]) -> tuple[Figure, ...] | None:
        """One figure a cell, of a sum that leaves nothing over: figures of two counts would hardly close, unless they are small."""
        telling = all(f.exact and (f.low or 0) >= TELLING for _, figures in told for f in figures)
        large = telling and all(self.of(cell, figures) - self.exceeded for cell, figures in told)
        return tuple(figures[0] for _, figures in told) if large and len(told) > 2 else None

    def _in_order(self, told: Sequence[tuple[Cell, Sequence[Figure]]]) -> list[Told]:
        return [self._root((self._book(cell), d)) for cell, figures in told[:1] for f in figures for d in f.printed]

    def _taken(self, root: Told, told: Sequence[tuple[Cell, Sequence[Figure]]]) -> tuple[Figure, ...]:
        return tuple(next(f for f in figures if root in self.of(cell, (f,))) for cell, figures in told)

    def at_odds(self, a: Figure, b: Figure) -> bool:
        """Whether their reports give different figures for something of the balance."""
        return frozenset((a.claim.document, b.claim.document)) in self._odds

    def _lower(self, cell: Cell, figures: Sequence[Figure]) -> set[Told]:
        """Counts that have a figure below that of another count, unless it is stated to be the later one. Notes who is at odds."""
        out: set[Told] = set()
        once = {(f.claim.document, f.low, f.high, f.claim.as_of, f.claim.said_at): f for f in figures}
        for a, b in combinations(once.values(), 2):
            if a.agrees(b):
                continue
            self._odds.add(frozenset((a.claim.document, b.claim.document)))
            low, high = (a, b) if (a.low or 0) < (b.low or 0) else (b, a)
            below, above = self.of(cell, (low,)), self.of(cell, (high,))
            if not below & above and order(low.claim.as_of or low.claim.said_at, high.claim.as_of or high.claim.said_at) != 1:
                out |= below
        return out

    def _book(self, cell: Cell) -> Book:
        measure = self._domain.measures.get(cell.measure)
        return (measure.strand if measure else "", cell.place, cell.period, cell.cumulative)

    def _root(self, told: Told) -> Told:
        while (up := self._up.get(told, told)) != told:
            told = up
        return told

    def _join(self, a: Told, b: Told) -> None:
        a, b = self._root(a), self._root(b)
        if a != b:
            self._up[b] = a
