"""The raw convention: the ledger's own account as a table, one row a tally. No rule changes anything; words stay words, open ends stay open."""

from __future__ import annotations

from collections.abc import Mapping

from crosstally.domain.model import Domain
from crosstally.domain.sharing import finest_for
from crosstally.values import Book, Coded, CodedCell, CodedColumn, CodedRow, Tally
from crosstally.values.coded import CellValue

from .facts import Facts, Finest

_COLUMNS: tuple[CodedColumn, ...] = (
    *(CodedColumn(n) for n in ("event", "class", "title", "date_start", "date_end", "place", "measure", "facets", "scope_place", "scope_period")),
    *(CodedColumn(n, "int") for n in ("low", "high", "latest", "best")),
    *(CodedColumn(n) for n in ("words", "state", "independent_sources", "relation", "account")),
)


def raw_table(book: Book, domain: Domain, statement: str, finest: Finest = None) -> Coded:
    """Every tally of every event, in the order of the book."""
    facts = Facts(book, domain, finest)
    titles = {e.id: e for e in book.events}
    rows = []
    for tally in sorted(book.tallies, key=lambda t: (t.event, t.measure, t.facets.notation(), t.scope.place or "", t.scope.period)):
        event = titles.get(tally.event)
        if event is None:
            continue
        window = event.window
        wide = finest_for(tally.measure, tally.facets, domain)
        values: Mapping[str, CellValue] = {
            "event": event.id,
            "class": event.kind,
            "title": event.title if facts.finest is None or wide is None else None,  # a title names the town
            "date_start": window.start[:10] if window and window.start else None,
            "date_end": window.end[:10] if window and window.end else None,
            "place": _name(facts, event.places[0] if event.places else None, wide),
            "measure": tally.measure,
            "facets": tally.facets.notation() or None,
            "scope_place": _name(facts, tally.scope.place, wide),
            "scope_period": tally.scope.period,
            "low": tally.low,
            "high": tally.high,
            "latest": tally.latest,
            "best": tally.best,
            "words": "; ".join(tally.words) or None,
            "state": tally.state,
            "independent_sources": tally.voices.notation(),
            "relation": tally.relation or None,
            "account": tally.account or None,
        }
        rows.append(_row(tally, values, facts, wide))
    return Coded("raw", "The ledger's own account", _COLUMNS, tuple(rows), statement=statement)


def _row(tally: Tally, values: Mapping[str, CellValue], facts: Facts, wide: Finest) -> CodedRow:
    claims = tuple(c.id for c in facts.settled(tally))
    figures = ("low", "high", "latest", "best", "words")
    cells = tuple(CodedCell(c.name, values[c.name], values[c.name] if c.name in figures else None, claims=claims if c.name in figures else ())
                  for c in _COLUMNS)  # fmt: skip
    parts = (tally.event, tally.measure, tally.facets.notation(), _shown_id(facts, tally.scope.place, wide), tally.scope.period)
    return CodedRow(
        id="/".join(p for p in parts if p),
        event=tally.event,
        unit="tally",
        cells=cells,
        place=tally.scope.place,
        claims=claims,
    )


def _shown_id(facts: Facts, place: str | None, wide: Finest) -> str:
    """The place's id as far as it may be shown."""
    if place is None or facts.finest is None:
        return place or ""
    found = facts.shown(place, wide)
    return found.id if found is not None else "elsewhere"


def _name(facts: Facts, place: str | None, wide: Finest) -> str | None:
    found = facts.shown(place, wide)
    return found.name if found is not None else place if facts.finest is None else None
