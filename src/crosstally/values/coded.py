"""The account coded by a convention of the field: a table whose every cell says what it was in the ledger, and which rules made it what it is."""

from __future__ import annotations

from typing import Literal

import msgspec

ColumnKind = Literal["text", "int", "real"]
CellValue = str | int | float | None
Unit = Literal["incident", "summary", "period", "tally"]


class CodingRule(msgspec.Struct, frozen=True):
    """One rule of a convention. ``text`` says what it does; ``verified``: read in the recorder's own published method, else a setting.

    ``source``: where it was read. ``id`` is "convention.rule", as cells cite it.
    """

    id: str
    text: str
    verified: bool = False
    source: str = ""


class CodedColumn(msgspec.Struct, frozen=True):
    """``measure``: the measure it counts, "" for what is no count."""

    name: str
    kind: ColumnKind = "text"
    measure: str = ""


class CodedCell(msgspec.Struct, frozen=True):
    """``value`` under the convention, None = empty. ``raw``: what the ledger's own account has in its place, None = nothing.

    ``changed``: the value is a number that the ledger does not give. ``rules``: ids of the rules that made it, in order.
    ``claims``: ids of the claims it rests on. ``note``: what a person should know, in words.
    """

    column: str
    value: CellValue = None
    raw: CellValue = None
    changed: bool = False
    rules: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    note: str = ""


class CodedRow(msgspec.Struct, frozen=True):
    """``event``: id in the ledger; ``place``: the row's place id or None. ``unit``: what one row is: an incident, a summary of what is told
    beyond incidents, the rest of a period's total, or (raw) one tally. ``cells``: one a column, in the order of the columns.
    ``claims``: all claims the row rests on."""

    id: str
    event: str
    unit: Unit
    cells: tuple[CodedCell, ...]
    place: str | None = None
    claims: tuple[str, ...] = ()

    def cell(self, column: str) -> CodedCell:
        """The cell of a column. Raises KeyError for a column that the convention does not have."""
        for cell in self.cells:
            if cell.column == column:
                return cell
        raise KeyError(column)


class LeftOut(msgspec.Struct, frozen=True):
    """Something of the ledger that the convention makes no row of: why, and by which rule."""

    event: str
    title: str
    reason: str
    rule: str


class Coded(msgspec.Struct, frozen=True):
    """The whole ledger under one convention. ``statement``: what must stand beside the table wherever it is shared."""

    convention: str
    title: str
    columns: tuple[CodedColumn, ...]
    rows: tuple[CodedRow, ...]
    rules: tuple[CodingRule, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    statement: str = ""

    def rule(self, id: str) -> CodingRule:
        """The rule of an id. Raises KeyError for one that the convention does not have."""
        for rule in self.rules:
            if rule.id == id:
                return rule
        raise KeyError(id)

    def of(self, event: str) -> tuple[CodedRow, ...]:
        """The rows of one event."""
        return tuple(row for row in self.rows if row.event == event)
