"""Rows of a table that came again with other figures: the later version stands, and what it changed is a correction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from crosstally.domain.model import Domain
from crosstally.values import Claim, Document, Finding

from .cells import Cell, canonical
from .words import evidence, name, publisher


def replaced(documents: Iterable[Document]) -> dict[str, str]:
    """Document id of a row to that of the newest version of it, for every row that has a newer one."""
    newest: dict[tuple[str, str], Document] = {}
    rows = [d for d in documents if d.row is not None]
    for document in rows:
        assert document.row is not None
        key = (document.row.table, document.row.key)
        known = newest.get(key)
        if known is None or _age(known) < _age(document):
            newest[key] = document
    found = {d.id: newest[d.row.table, d.row.key].id for d in rows if d.row is not None}
    return {old: new for old, new in found.items() if old != new}


def _age(document: Document) -> tuple[int, str, str]:
    return (document.row.version if document.row else 0, document.published or "", document.id)


def corrections(old: Iterable[Claim], new: Iterable[Claim], event: str, documents: Mapping[str, Document], domain: Domain) -> tuple[Finding, ...]:
    """One finding for each figure that the newer version of a row gives otherwise, or gives no more. ``old``, ``new``: claims of the two."""
    now = {_cell(c, domain): c for c in new if c.quantity is not None}
    found = []
    for claim in old:
        if claim.quantity is None:
            continue
        cell = _cell(claim, domain)
        after = now.get(cell)
        gives = "no such figure" if after is None or after.quantity is None else after.quantity.notation()
        if gives == claim.quantity.notation():
            continue
        told = (claim,) if after is None else (claim, after)
        text = (
            f"{publisher(documents.get(claim.document))}: a row of the table gave {claim.quantity.notation()} {name(cell, domain)}; "
            f"the row as it stands now gives {gives}, and that stands."
        )
        found.append(
            Finding("revision", text, tuple(c.id for c in told), evidence(told), event, "correction", title=f"Row corrected: {name(cell, domain)}",
                    measure=claim.measure)
        )  # fmt: skip
    return tuple(found)


def _cell(claim: Claim, domain: Domain) -> Cell:
    return Cell(claim.measure, canonical(claim.facets, domain), claim.scope.place, claim.scope.period, claim.scope.cumulative)
